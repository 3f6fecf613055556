/** What could not be read of a live account, for people. */

import type { Unread } from "./document";

/** What could not be read, a line operation and reason once. */
export function unreadLines(unread: readonly Unread[]): string[] {
    const counts = new Map<string, number>();
    for (const { service, operation, reason } of unread) {
        const line = `${service} ${operation}: ${reason}`;
        counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}
