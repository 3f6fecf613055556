export interface Matches<Thing, One> {
    readonly matched: ReadonlySet<Thing>;
    /** How many things each candidate has taken. */
    readonly taken: ReadonlyMap<One, number>;
}

/**
 * Matches as many things as possible with candidates, each of which has room for a number of them (by augmenting paths,
 * Kuhn 1955).
 */
export function matchUp<Thing, One>(
    things: readonly Thing[],
    candidatesOf: (thing: Thing) => readonly One[],
    roomOf: (one: One) => number,
): Matches<Thing, One> {
    const matchOf = new Map<Thing, One>();
    const ownersOf = new Map<One, Set<Thing>>();
    const owners = (one: One): Set<Thing> => {
        const found = ownersOf.get(one) ?? new Set();
        ownersOf.set(one, found);
        return found;
    };
    /** Candidates from which a search has found no room: no later search can find any there, either. */
    const full = new Set<One>();
    for (const thing of things) {
        // The thing that would take a candidate, if one of the candidate's owners could have another one.
        const wantedBy = new Map<One, Thing>();
        let free = search(thing, wantedBy);
        if (free === undefined) {
            for (const one of wantedBy.keys()) {
                full.add(one);
            }
        }
        while (free !== undefined) {
            const owner = wantedBy.get(free) as Thing;
            const before = matchOf.get(owner);
            matchOf.set(owner, free);
            owners(free).add(owner);
            if (before !== undefined) {
                owners(before).delete(owner);
            }
            free = before;
        }
    }
    return { matched: new Set(matchOf.keys()), taken: new Map([...ownersOf].map(([one, { size }]) => [one, size])) };

    function search(thing: Thing, wantedBy: Map<One, Thing>): One | undefined {
        // A set that is added to while it is walked is walked to its end.
        const pending = new Set([thing]);
        for (const next of pending) {
            for (const one of candidatesOf(next)) {
                if (full.has(one) || wantedBy.has(one)) {
                    continue;
                }
                wantedBy.set(one, next);
                if (owners(one).size < roomOf(one)) {
                    return one;
                }
                for (const owner of owners(one)) {
                    pending.add(owner);
                }
            }
        }
        return undefined;
    }
}
