/** Property values as files hold them, turned into what the engine hands to a policy, but without secrets. */

import { OPAQUE } from "../../stack/values";
import { isPublic } from "./vocabulary";

/** Properties by name, or the values of a map by key. */
export type Properties = Record<string, unknown>;

/** Marks an object that is not a map; the other signatures say what it is (sdk/go/common/resource/sig). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/**
 * The properties of a resource, without the engine's own (`__defaults`), which it keeps to itself at the top level. What the
 * file marks as secret is `[secret]`, whether or not the file shows it, unless it cannot be a secret.
 *
 * Lists and maps are copied one after the other: they may be nested more deeply than the stack allows a function to recurse.
 */
export function plainProperties(properties: unknown): Properties {
    const all = withoutMark(properties);
    const entries = Object.entries(isObject(all) ? all : {}).filter(([key]) => !key.startsWith("__"));
    const result: Properties = Object.fromEntries(entries);
    const copies = [result];
    for (const copy of copies) {
        for (const key of Object.keys(copy)) {
            const value = withoutMark(copy[key]);
            const inner = Array.isArray(value) ? [...value] : isObject(value) ? { ...value } : undefined;
            copy[key] = inner ?? value;
            if (inner !== undefined) {
                copies.push(inner as Properties);
            }
        }
    }
    return result;
}

/** Whether a value is a map, or an object that is marked as something else. */
export function isObject(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a map, and not an object that is marked as something else. */
export function isMap(value: unknown): value is Properties {
    return isObject(value) && !(SIGNATURE in value);
}

/** What a marked object stands for. */
function withoutMark(value: unknown): unknown {
    if (!isObject(value)) {
        return value;
    }
    switch (value[SIGNATURE]) {
        case SECRET:
            return withoutSecret(value);
        case REFERENCE:
            return idOf(value);
        case FLOAT:
            return floatOf(value);
        default:
            return value;
    }
}

/**
 * A secret ends here: of its value nothing is left but what cannot be one (see vocabulary.ts). Of a list that holds for each
 * entry; the keys of a map may be secrets as well.
 *
 * A state that shows secrets has them as JSON within JSON; each level of it doubles the text, so there are few.
 */
function withoutSecret({ plaintext }: Properties): unknown {
    let value: unknown;
    try {
        value = typeof plaintext === "string" ? withoutMark(JSON.parse(plaintext)) : OPAQUE;
    } catch {
        return OPAQUE;
    }
    const shown = (one: unknown) => (isPublic(one) ? one : OPAQUE);
    return Array.isArray(value) ? value.map(shown) : shown(value);
}

/** Infinity and the like, by their bits: JSON cannot express them as numbers. */
function floatOf({ value }: Properties): number {
    const bits = typeof value === "string" ? value : "";
    return /^[\da-f]{1,16}$/i.test(bits) ? Buffer.from(bits.padStart(16, "0"), "hex").readDoubleBE() : Number.NaN;
}

/** A resource is passed by its id, a component, which has none, by its URN; some versions wrapped the id in `V`. */
function idOf({ id, urn }: Properties): unknown {
    const passed = (isObject(id) ? id.V : id) ?? urn;
    return typeof passed === "string" ? passed : "";
}
