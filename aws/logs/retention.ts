/** How long CloudWatch keeps the events of a log group. */

/**
 * The retentions in days that CloudWatch accepts. With a retention of 0, or without one, events never expire.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const RETENTION_DAYS = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The accepted retention that is nearest to a number of days; if two are equally near, the longer one. */
export function nearestRetention(days: number): number {
    return RETENTION_DAYS.reduce((best, next) => (Math.abs(next - days) <= Math.abs(best - days) ? next : best));
}

/** From the fewest to the most days; 0 for no most. */
export interface RetentionBounds {
    readonly minDays: number;
    readonly maxDays: number;
}

/** The accepted retentions within bounds, in days, from the shortest on. */
export function retentionsWithin({ minDays, maxDays }: RetentionBounds): number[] {
    return RETENTION_DAYS.filter((days) => days >= minDays && (maxDays === 0 || days <= maxDays));
}

/** The retention to suggest: 90 days, or the nearest to it within bounds. */
export function preferredRetention(bounds: RetentionBounds): number {
    return retentionsWithin(bounds).reduce((best, days) => (Math.abs(days - 90) < Math.abs(best - 90) ? days : best));
}

/** Whether CloudWatch accepts a number of days as a retention. */
export function isRetention(days: number): boolean {
    return (RETENTION_DAYS as readonly number[]).includes(days);
}
