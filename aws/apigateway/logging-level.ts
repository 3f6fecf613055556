/**
 * Levels of execution logging. AWS also accepts `OFF`; a level that is not set means the same.
 * Allowed levels are a set, not a threshold: with the parameter ERROR, Security Hub fails a stage at INFO
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1).
 */
export const LOGGING_LEVELS = ["ERROR", "INFO"] as const;
/** A level that writes an execution log: `ERROR` or `INFO`. */
export type LoggingLevel = (typeof LOGGING_LEVELS)[number];

/** Whether a level, spelled exactly as AWS spells it, writes an execution log. */
export function isLogging(level: unknown): level is LoggingLevel {
    return level === "ERROR" || level === "INFO";
}

/** The level to suggest: ERROR if it is allowed, else the first that is. */
export function preferredLevel(levels: readonly LoggingLevel[]): LoggingLevel {
    return levels.includes("ERROR") ? "ERROR" : (levels[0] as LoggingLevel);
}
