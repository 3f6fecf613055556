/**
 * Reading properties that may be unknown.
 *
 * Every policy reads every property through this file, one property at a time, so that one unknown value never
 * silences a policy. An answer is a known value, `undefined` (absent: the program does not state it) or `UNKNOWN`.
 */

export const UNKNOWN: unique symbol = Symbol("unknown");
export type Maybe<T> = T | undefined | typeof UNKNOWN;

export function isKnown<T>(value: Maybe<T>): value is T {
    return value !== undefined && value !== UNKNOWN;
}

/** What is read from: a resource of a stack, or the inputs of one resource (which come without dependencies). */
export interface Readable {
    readonly props: unknown;
    readonly propertyDependencies?: Readonly<Record<string, readonly unknown[]>>;
}

/** Where a property is: its name, then names and list indices further in. */
export type Path = readonly [string, ...(string | number)[]];

const MISSING = Symbol("missing");

/**
 * The engine's stand-ins for a value nobody knows yet, one per type
 * (https://github.com/pulumi/pulumi-policy/blob/main/sdk/nodejs/policy/proxy.ts). One may also be inside a text, where a
 * provider passed it on as if it were an id.
 */
const STAND_INS =
    /04da6b54-80e4-46f7-96ec-b56ff0331ba9|1c4a061d-8072-4f0a-a4cb-0ff528b18fe7|3eeb2bf0-c639-47a8-9e75-3b44932eb421|6a19a0b0-7e62-4c92-b797-7f8e31da9cc2|030794c1-ac77-496b-92df-f27374a8bd58|e48ece36-62e2-4504-bad9-02848725956a|dd056dcd-154b-4c76-9bd3-c8f88648b5ff/;

function isStandIn(value: unknown): boolean {
    // `pulumi preview --json` prints the latter.
    return typeof value === "string" && (STAND_INS.test(value) || value === "[unknown]");
}

/** Stated, but nobody can read it: what `pulumi policy analyze` puts in place of a secret it cannot open. */
const OPAQUE = "[secret]";

function step(from: unknown, key: string | number): unknown {
    if (typeof from !== "object" || from === null) {
        return MISSING;
    }
    try {
        const value = (from as Record<string | number, unknown>)[key];
        if (isStandIn(value)) {
            return UNKNOWN;
        }
        return value === undefined ? MISSING : value;
    } catch {
        // The policy SDK hands out proxies that throw on an unknown value, and on nothing else.
        return UNKNOWN;
    }
}

function walk(from: unknown, path: readonly (string | number)[]): unknown {
    let value = from;
    for (const key of path) {
        value = step(value, key);
        if (value === UNKNOWN || value === OPAQUE) {
            return value;
        }
    }
    return value === null || value === "" ? undefined : value;
}

/**
 * The value at a path.
 *
 * In a stack there are two kinds of unknown. A property that gets its value from another resource is truly unknown, also
 * when it is missing: in previews, providers before v7 leave out what they do not know. One that depends on
 * nothing is the provider's own computed value, which means that the program does not state it: absent.
 */
function read(of: Readable, path: Path): Maybe<unknown> {
    const value = walk(of.props, path);
    if (value === OPAQUE) {
        return UNKNOWN;
    }
    if (value !== UNKNOWN && value !== MISSING) {
        return value;
    }
    if (of.propertyDependencies === undefined) {
        return value === UNKNOWN ? UNKNOWN : undefined;
    }
    return (of.propertyDependencies[path[0]]?.length ?? 0) > 0 ? UNKNOWN : undefined;
}

function readAs<T>(of: Readable, path: Path, convert: (value: unknown) => T | undefined): Maybe<T> {
    const value = read(of, path);
    return isKnown(value) ? convert(value) : value;
}

/** A string; anything else counts as not stated. */
export function text(of: Readable, ...path: Path): Maybe<string> {
    return readAs(of, path, (value) => (typeof value === "string" ? value : undefined));
}

/** A number, also one in a string, as in states of 2017 (`"365"`). */
export function number(of: Readable, ...path: Path): Maybe<number> {
    return readAs(of, path, (value) => {
        if (typeof value === "number") {
            return value;
        }
        return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
    });
}

/** A boolean, also one in a string: CloudFormation-shaped programs write `"true"`. */
export function flag(of: Readable, ...path: Path): Maybe<boolean> {
    return readAs(of, path, (value) => {
        if (typeof value === "boolean") {
            return value;
        }
        return value === "true" ? true : value === "false" ? false : undefined;
    });
}

/** The indices of a list, to go on reading with. */
export function indices(of: Readable, ...path: Path): Maybe<number[]> {
    return readAs(of, path, (value) => (Array.isArray(value) ? [...value.keys()] : undefined));
}

/** The keys of a map, to go on reading with; those of the engine's own (`__defaults`) left out. */
export function keys(of: Readable, ...path: Path): Maybe<string[]> {
    return readAs(of, path, (value) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.keys(value as object).filter((key) => !key.startsWith("__"))
            : undefined,
    );
}

/** Whatever is there, as text to compare; unknown if any part of it is. */
export function json(of: Readable, ...path: Path): Maybe<string> {
    const value = read(of, path);
    if (!isKnown(value)) {
        return value;
    }
    let known = true;
    try {
        const whole = JSON.stringify(value, (_key, part) => {
            known &&= part !== OPAQUE && !isStandIn(part);
            return part;
        });
        return known ? whole : UNKNOWN;
    } catch {
        // The policy SDK's proxy again, with an unknown value further in.
        return UNKNOWN;
    }
}
