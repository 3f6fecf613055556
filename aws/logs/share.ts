/**
 * Which logs of a preview have a log group whose name is not known yet. Each such group is that of one log only, so the
 * groups are shared out among all writers: where two stages of one API wait for one group that is named after the API, it
 * is that of one of them. Counted for each stage alone, it would do for both.
 */

import { groupBy } from "../../stack/maps";
import type { Resource } from "../../stack/resource";
import type { Bundle } from "./bundle";

/** The logs that got a group, and the groups that they took. */
export interface Share<Log, Writer> {
    readonly served: ReadonlySet<Log>;
    readonly taken: ReadonlySet<Resource>;
    /** The writers with more logs than groups that any of their logs may have. */
    readonly lacking: ReadonlySet<Writer>;
}

/**
 * Gives each log one of the groups that its writer waits for, as long as there are any.
 *
 * A writer without enough groups comes first: what it has is its own, as long as names do not say otherwise. Then come
 * those with the fewest to choose from. A log that gets none this way, although another order would leave it one, is
 * undecided and no worse.
 *
 * @param offeredTo the bundles that a writer waits for, and whose groups may be those of its logs
 */
export function shareOut<Log extends { readonly writer: Writer }, Writer>(
    logs: readonly Log[],
    offeredTo: (writer: Writer) => readonly Bundle[],
): Share<Log, Writer> {
    const offers = [...groupBy(logs, ({ writer }) => writer)].map(([writer, own]) => {
        const bundles = offeredTo(writer);
        const room = bundles.reduce((sum, { groups }) => sum + groups.length, 0);
        return { writer, own, bundles, room, isLacking: own.length > room };
    });
    const order = offers.toSorted((a, b) => Number(b.isLacking) - Number(a.isLacking) || a.room - b.room);
    const lacking = new Set(offers.filter(({ isLacking }) => isLacking).map(({ writer }) => writer));
    const served = new Set<Log>();
    const taken = new Set<Resource>();
    const counts = new Map<Bundle, number>();
    for (const { own, bundles } of order) {
        for (const log of own) {
            const bundle = bundles.find((one) => (counts.get(one) ?? 0) < one.groups.length);
            if (bundle === undefined) {
                break;
            }
            const count = counts.get(bundle) ?? 0;
            counts.set(bundle, count + 1);
            taken.add(bundle.groups[count] as Resource);
            served.add(log);
        }
    }
    return { served, taken, lacking };
}
