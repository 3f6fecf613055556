/** Log groups: what API Gateway calls its own, how long CloudWatch keeps events, and patterns of names. */

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export function restExecutionLogGroup(apiId: string, stageName: string): string {
    return `API-Gateway-Execution-Logs_${apiId}/${stageName}`;
}

/** https://repost.aws/knowledge-center/api-gateway-cloudwatch-logs */
export function webSocketExecutionLogGroup(apiId: string, stageName: string): string {
    return `/aws/apigateway/${apiId}/${stageName}`;
}

/**
 * Days CloudWatch accepts for a retention; never to expire is 0 or no retention at all.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const RETENTION_DAYS = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The accepted retention nearest to a number of days; of two equally near, the longer. */
export function nearestRetention(days: number): number {
    return RETENTION_DAYS.reduce((best, next) => (Math.abs(next - days) <= Math.abs(best - days) ? next : best));
}

export function isRetention(days: number): boolean {
    return (RETENTION_DAYS as readonly number[]).includes(days);
}

/** Whether a whole name fits a pattern, in which `*` is any text (slashes included) and nothing else is special. */
export function fits(pattern: string, name: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}
