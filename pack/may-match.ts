/** Patterns and texts of which a part is not known yet. */

/** What an unknown part may contain: names of stages and ids of APIs have neither slashes nor colons. */
const FREE = /[^/:]/;

/**
 * Whether a pattern may match a text once all of it is known: `orders/dev-*` may match `orders/` and an unknown name.
 *
 * @param parts the parts of the text; `undefined` for one that is unknown
 */
export function mayMatch(pattern: string, parts: readonly (string | undefined)[]): boolean {
    // The places in the pattern up to which it can have matched what was read.
    let places = afterStars(pattern, [0]);
    for (const part of parts) {
        places = part === undefined ? anywhereFrom(pattern, places) : after(pattern, places, part);
    }
    return places.has(pattern.length);
}

/** With each place before a `*`, the place after it: a `*` may stand for nothing. */
function afterStars(pattern: string, places: Iterable<number>): Set<number> {
    const found = new Set(places);
    // A set that is added to while it is walked is walked to its end.
    for (const place of found) {
        if (pattern[place] === "*") {
            found.add(place + 1);
        }
    }
    return found;
}

function after(pattern: string, places: ReadonlySet<number>, text: string): Set<number> {
    let now = new Set(places);
    for (const character of text.split("")) {
        const next = [...now].flatMap((place) => {
            const expected = pattern[place];
            return expected === "*" ? [place] : expected === character ? [place + 1] : [];
        });
        now = afterStars(pattern, next);
    }
    return now;
}

function anywhereFrom(pattern: string, places: ReadonlySet<number>): Set<number> {
    const found = new Set(places);
    for (const place of found) {
        const expected = pattern[place];
        if (expected !== undefined && FREE.test(expected)) {
            found.add(place + 1);
        }
    }
    return found;
}
