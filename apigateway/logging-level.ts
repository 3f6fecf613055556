/**
 * Levels of execution logging. `OFF` is the third value AWS accepts; a level that is not stated means off too.
 * Allowed levels are a set, not a threshold: with the parameter ERROR, Security Hub fails a stage at INFO
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1).
 */
export const LEVELS = ["ERROR", "INFO"] as const;
export type Level = (typeof LEVELS)[number];

/** Whether a level, exactly as AWS spells it, writes an execution log at all. */
export function isLogging(level: unknown): level is Level {
    return level === "ERROR" || level === "INFO";
}

/** "ERROR or INFO" */
export function either(levels: readonly Level[]): string {
    return levels.join(" or ");
}

/** The level to suggest: ERROR if it is allowed, else the first that is. */
export function preferred(levels: readonly Level[]): Level {
    return levels.includes("ERROR") ? "ERROR" : (levels[0] as Level);
}
