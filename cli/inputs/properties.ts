/** Property values as files hold them, turned into what the engine hands to a policy. */

export type Properties = Record<string, unknown>;

/** Marks an object that is not a map; the other signatures say what it is (sdk/go/common/resource/sig). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/** What `pulumi policy analyze` puts in the place of a secret it cannot open, whatever its type. */
const OPAQUE = "[secret]";

/**
 * The properties of a resource, without the engine's own (`__defaults`), which it keeps to itself at the top level.
 *
 * Lists and maps are copied one after the other: they may be nested more deeply than the stack allows a function to recurse.
 */
export function plainProperties(properties: unknown): Properties {
    const entries = Object.entries(isObject(properties) ? properties : {}).filter(([key]) => !key.startsWith("__"));
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

/**
 * The texts and numbers in values that are marked as secret and shown all the same, and the keys of maps there. Values
 * may be nested more deeply than the stack allows a function to recurse.
 */
export function addSecrets(properties: unknown, secrets: Set<string>): void {
    const open = [properties];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
        if (isSecret(value)) {
            addAll(secretOf(value), secrets);
        } else if (typeof value === "object" && value !== null) {
            // Most of a state is plain texts.
            for (const inner of Object.values(value)) {
                if (typeof inner === "object") {
                    open.push(inner);
                }
            }
        }
    }
}

function addAll(secret: unknown, secrets: Set<string>): void {
    const open = [secret];
    // A secret may stand for nothing, such as a resource without an id.
    while (open.length > 0) {
        const value = open.pop();
        if (isSecret(value)) {
            open.push(secretOf(value));
        } else if (typeof value === "object" && value !== null) {
            for (const [key, inner] of Object.entries(value)) {
                if (isObject(value)) {
                    secrets.add(key);
                }
                open.push(inner);
            }
        } else if ((typeof value === "string" || typeof value === "number") && value !== OPAQUE) {
            secrets.add(String(value));
        }
    }
}

/** JSON may write a digit or one of the letters a to f as `\u0031`, and so a signature that it does not show. */
const ESCAPED = /\\u00(?:3\d|6[1-6])/;

/** Whether a document may have values that are marked as secret, by its text: a search for them takes far longer. */
export function mayHaveSecrets(text: string): boolean {
    return text.includes(SECRET) || ESCAPED.test(text);
}

export function isObject(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: unknown): value is Properties {
    return isObject(value) && value[SIGNATURE] === SECRET;
}

/** What a marked object stands for. */
function withoutMark(value: unknown): unknown {
    if (!isObject(value)) {
        return value;
    }
    switch (value[SIGNATURE]) {
        case SECRET:
            return secretOf(value);
        case REFERENCE:
            return idOf(value);
        case FLOAT:
            return floatOf(value);
        default:
            return value;
    }
}

/** A state that shows secrets has them as JSON within JSON; each level of it doubles the text, so there are few. */
function secretOf({ plaintext }: Properties): unknown {
    try {
        return typeof plaintext === "string" ? withoutMark(JSON.parse(plaintext)) : OPAQUE;
    } catch {
        return OPAQUE;
    }
}

/** Infinity and the like, by their bits: JSON cannot express them as numbers. */
function floatOf({ value }: Properties): number {
    const bits = typeof value === "string" ? value : "";
    return /^[\da-f]{1,16}$/i.test(bits) ? Buffer.from(bits.padStart(16, "0"), "hex").readDoubleBE() : Number.NaN;
}

/** A resource is passed by its id, a component, which has none, by its URN; some versions wrapped the id in `V`. */
function idOf({ id, urn }: Properties): unknown {
    const wrapped = isObject(id) ? id.V : id;
    return isObject(wrapped) ? "" : (wrapped ?? urn);
}
