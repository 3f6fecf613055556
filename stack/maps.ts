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
