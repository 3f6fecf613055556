/** The value of a key, which is made if there is none yet. */
export function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
    const known = map.get(key);
    if (known !== undefined) {
        return known;
    }
    const made = make();
    map.set(key, made);
    return made;
}
