/** What could not be read of a live account, for people. */

import type { Unread } from "./document";

/** A line for each operation and reason, with how often it is if it is so several times. */
export function unreadLines(unread: readonly Unread[]): string[] {
    const counts = new Map<string, number>();
    for (const { service, operation, reason } of unread) {
        const line = `${service} ${operation}: ${reason}`;
        counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}
