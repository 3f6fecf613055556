/**
 * Reading properties that may be unknown.
 *
 * Every policy reads every property through this file, one property at a time, so that one unknown value never
 * silences a policy. The result is a known value, `undefined` (absent: the program does not set it) or `UNKNOWN`.
 */

import type { Inputs } from "./resource";

/** A value that is not known yet, or that cannot be read. */
export const UNKNOWN: unique symbol = Symbol("unknown");
/** What is read of a property: its value; `undefined` if it is not set; or `UNKNOWN`. */
export type Maybe<T> = T | undefined | typeof UNKNOWN;

/**
 * Whether something holds; `UNKNOWN` where that depends on values that are not known yet. To be compared with `true` or
 * `false`, because `UNKNOWN` counts as true in a condition.
 */
export type Whether = boolean | typeof UNKNOWN;

/** Whether two values are known and not the same. */
export function differ(a: Maybe<string>, b: Maybe<string>): boolean {
    return isKnown(a) && isKnown(b) && a !== b;
}

/** Whether a value that was read is known: set, and not unknown. */
export function isKnown<T>(value: Maybe<T>): value is T {
    return value !== undefined && value !== UNKNOWN;
}

/** Of several values, the first that is known; else unknown if one of them is. */
export function firstKnown<T>(values: readonly Maybe<T>[]): Maybe<T> {
    return values.find(isKnown) ?? values.find((value) => value === UNKNOWN);
}

/** What is read from: a resource of a stack, or the inputs of one resource (which come without dependencies). */
export interface Readable {
    readonly type?: string;
    readonly props: unknown;
    readonly propertyDependencies?: Readonly<Record<string, readonly unknown[]>>;
    /** What to read in the place of a secret, by its path, to find out what depends on it; left out, it is unknown. */
    readonly sealed?: ((path: Path) => unknown) | undefined;
}

/** For fixes: a resource as it is deployed, or as the program has it where that is not known. */
export function deployed({ props, outputs = props }: Pick<Inputs, "props" | "outputs">): Readable {
    return { props: outputs };
}

/**
 * Whether the program sets a property, be its value known or not. Where there are no dependencies, what is unknown counts
 * as set: it may be.
 *
 * @param value what was read of the property
 */
export function isSet(value: Maybe<unknown>, of: Readable, property: string): boolean {
    const { propertyDependencies: all } = of;
    const mayBeSet = all === undefined || Object.hasOwn(all, property) || walk(of.props, [property]) === OPAQUE;
    return isKnown(value) || (value === UNKNOWN && mayBeSet);
}

/** The path of a value: a property's name, then the names and list indices inside it. */
export type Path = readonly [string, ...(string | number)[]];

const MISSING = Symbol("missing");

/**
 * The engine's sentinels for a value that is not known yet, one per type
 * (https://github.com/pulumi/pulumi-policy/blob/main/sdk/nodejs/policy/proxy.ts). A longer string may contain one, when
 * a provider used it like an id.
 */
const SENTINELS =
    /04da6b54-80e4-46f7-96ec-b56ff0331ba9|1c4a061d-8072-4f0a-a4cb-0ff528b18fe7|3eeb2bf0-c639-47a8-9e75-3b44932eb421|6a19a0b0-7e62-4c92-b797-7f8e31da9cc2|030794c1-ac77-496b-92df-f27374a8bd58|e48ece36-62e2-4504-bad9-02848725956a|dd056dcd-154b-4c76-9bd3-c8f88648b5ff/;

function isSentinel(value: unknown): boolean {
    // `pulumi preview --json` prints `[unknown]`.
    return typeof value === "string" && (SENTINELS.test(value) || value === "[unknown]");
}

/** What `pulumi policy analyze` sends for a secret that it cannot decrypt: the value is set, but cannot be read. */
export const OPAQUE = "[secret]";

function step(from: unknown, key: string | number): unknown {
    if (typeof from !== "object" || from === null) {
        return MISSING;
    }
    try {
        const value = (from as Record<string | number, unknown>)[key];
        if (isSentinel(value)) {
            return UNKNOWN;
        }
        // Own properties only: a map may have any key, `constructor` and `__proto__` included, or not have it.
        return value === undefined || !Object.hasOwn(from, key) ? MISSING : value;
    } catch {
        // The policy SDK's proxies throw on an unknown value, and on nothing else.
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
 * A stack has two kinds of unknown values. A property that gets its value from another resource is really unknown, even
 * if it is missing, because providers before v7 leave out unknown values in previews, and even if its list of
 * dependencies is empty, because the other resource is only read. An unknown property that depends on no resource is
 * computed by the provider. The program does not set it, so it is absent. A resource without any properties is one whose
 * provider the engine could not ask, so nothing of it is known.
 */
function read(of: Readable, path: Path): Maybe<unknown> {
    const value = walk(of.props, path);
    if (value === OPAQUE) {
        return of.sealed === undefined ? UNKNOWN : of.sealed(path);
    }
    if (value !== UNKNOWN && value !== MISSING) {
        return value;
    }
    if (of.propertyDependencies === undefined) {
        return value === UNKNOWN ? UNKNOWN : undefined;
    }
    if (value === MISSING && leavesNothingOut(of) && walk(of.props, [path[0]]) !== MISSING) {
        return undefined;
    }
    return Object.hasOwn(of.propertyDependencies, path[0]) || isEmpty(of.props) ? UNKNOWN : undefined;
}

/**
 * In a preview, aws-native returns all that the program sets inside a property, unknown values included
 * (https://github.com/pulumi/pulumi-aws-native/blob/master/provider/pkg/provider/previewOutputs.go).
 */
function leavesNothingOut({ type }: Readable): boolean {
    return type?.startsWith("aws-native:") === true;
}

function isEmpty(props: unknown): boolean {
    for (const _key in props as object) {
        return false;
    }
    return true;
}

function readAs<T>(of: Readable, path: Path, convert: (value: unknown) => T | undefined): Maybe<T> {
    const value = read(of, path);
    return isKnown(value) ? convert(value) : value;
}

/** A string; anything else counts as absent. */
export function text(of: Readable, ...path: Path): Maybe<string> {
    return readAs(of, path, (value) => (typeof value === "string" ? value : undefined));
}

/** A finite number, or a string that contains one, as in states of 2017 (`"365"`). */
export function number(of: Readable, ...path: Path): Maybe<number> {
    return readAs(of, path, (value) => {
        const given = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
        return Number.isFinite(given) ? (given as number) : undefined;
    });
}

/** A boolean, or a string that contains one: programs in the style of CloudFormation write `"true"`. */
export function flag(of: Readable, ...path: Path): Maybe<boolean> {
    return readAs(of, path, (value) => {
        if (typeof value === "boolean") {
            return value;
        }
        return value === "true" ? true : value === "false" ? false : undefined;
    });
}

/** The indices of a list, for the paths of its entries. */
export function indices(of: Readable, ...path: Path): Maybe<number[]> {
    return readAs(of, path, (value) => (Array.isArray(value) ? [...value.keys()] : undefined));
}

/** The keys of a map, for the paths of its values, without the engine's own `__defaults`, which is a list. */
export function keys(of: Readable, ...path: Path): Maybe<string[]> {
    return readAs(of, path, (value) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.keys(value as object).filter((key) => key !== "__defaults" || !Array.isArray(step(value, key)))
            : undefined,
    );
}

/** Any value, as JSON for comparisons; unknown if any part of it is unknown. */
export function json(of: Readable, ...path: Path): Maybe<string> {
    const value = read(of, path);
    if (!isKnown(value)) {
        return value;
    }
    let known = true;
    try {
        const whole = JSON.stringify(value, (_key, part) => {
            known &&= part !== OPAQUE && !isSentinel(part);
            return part;
        });
        return known ? whole : UNKNOWN;
    } catch {
        // The policy SDK's proxy threw on an unknown value inside.
        return UNKNOWN;
    }
}
