export interface Matches<Thing, One> {
    readonly matched: ReadonlySet<Thing>;
    readonly taken: ReadonlySet<One>;
    /** For a thing without a match: all that want the same candidates, of which there are too few for them. */
    readonly rivals: ReadonlyMap<Thing, readonly Thing[]>;
}

/** Matches things with candidates, each of which belongs to one thing only (by augmenting paths, Kuhn 1955). */
export function matchUp<Thing, One>(
    things: readonly Thing[],
    candidatesOf: (thing: Thing) => readonly One[],
): Matches<Thing, One> {
    const candidates = new Map(things.map((thing) => [thing, candidatesOf(thing)]));
    const ownerOf = new Map<One, Thing>();
    const matchOf = new Map<Thing, One>();
    const rivals = new Map<Thing, readonly Thing[]>();
    for (const thing of things) {
        // The thing that would take a candidate, if the candidate's owner could have another one.
        const wantedBy = new Map<One, Thing>();
        const pending = [thing];
        let free: One | undefined;
        for (const next of pending) {
            const wanted = (candidates.get(next) as readonly One[]).filter((one) => !wantedBy.has(one));
            free = wanted.find((one) => !ownerOf.has(one));
            for (const one of free === undefined ? wanted : [free]) {
                wantedBy.set(one, next);
                const owner = ownerOf.get(one);
                if (owner !== undefined) {
                    pending.push(owner);
                }
            }
            if (free !== undefined) {
                break;
            }
        }
        if (free === undefined) {
            rivals.set(thing, pending);
        }
        for (let one = free; one !== undefined; ) {
            const owner = wantedBy.get(one) as Thing;
            const before = matchOf.get(owner);
            ownerOf.set(one, owner);
            matchOf.set(owner, one);
            one = before;
        }
    }
    return { matched: new Set(matchOf.keys()), taken: new Set(ownerOf.keys()), rivals };
}
