interface MapOf<Key, Value> {
    get(key: Key): Value | undefined;
    set(key: Key, value: Value): unknown;
}

/** The value of a key, which is made if there is none yet. */
export function getOrAdd<Key, Value>(map: MapOf<Key, Value>, key: Key, make: () => Value): Value {
    const known = map.get(key);
    if (known !== undefined) {
        return known;
    }
    const made = make();
    map.set(key, made);
    return made;
}

/** Adds to the list of a key. */
export function append<Key, Value>(lists: MapOf<Key, Value[]>, key: Key, value: Value): void {
    const list = lists.get(key);
    list === undefined ? lists.set(key, [value]) : list.push(value);
}

/** Things by what they have in common, in the order of their first; those for which that is `undefined` are left out. */
export function groupBy<Thing, Key>(
    things: Iterable<Thing>,
    keyOf: (thing: Thing) => Key | undefined,
): Map<Key, Thing[]> {
    const groups = new Map<Key, Thing[]>();
    for (const thing of things) {
        const key = keyOf(thing);
        if (key !== undefined) {
            append(groups, key, thing);
        }
    }
    return groups;
}
