/** Remedies: applied to a resource's inputs, and as the code that a program needs for the same end. */

import type { Fields, Value } from "../stack/code";
import { compare } from "../stack/text";
import { indices, isKnown, json, keys, type Path, type Readable, UNKNOWN } from "../stack/values";
import type { Finding, Remedy } from "./finding";

type Container = Record<string | number, unknown>;

/** Changes the inputs of a resource in place, which preserves the other values, unknown and secret ones included. */
export function applyRemedy(inputs: Record<string, unknown>, remedy: Remedy): void {
    for (const { set, to } of remedy) {
        setInput(inputs, set, to);
    }
}

/**
 * Sets an input as if the program had set it: its name is removed from `__defaults`, the list of the provider's
 * defaults. A value on the path that cannot contain the next step of the path is replaced by an object.
 */
function setInput(inputs: Record<string, unknown>, path: Path, value: unknown): void {
    let at: Container = inputs;
    path.slice(0, -1).forEach((key, depth) => {
        const next = at[key];
        const isList = Array.isArray(next);
        if (typeof next !== "object" || next === null || isList !== (typeof path[depth + 1] === "number")) {
            at[key] = {};
        }
        at = at[key] as Container;
    });
    const last = path[path.length - 1] as string | number;
    at[last] = value;
    const defaults = at.__defaults;
    if (Array.isArray(defaults)) {
        // Copied first, because `filter` does not work on the policy SDK's proxy of a list.
        at.__defaults = [...defaults].filter((name) => name !== last);
    }
}

/**
 * A remedy with its code, so that the two never differ. Code that sets a list replaces all of its entries, so it has the
 * entries that are right as well. If those are not known, there is no code, and the advice has to do.
 */
export function remedyWithCode(resource: Readable, remedy: Remedy): Pick<Finding, "remedy" | "code"> {
    return { remedy, ...codeOf(resource, remedy) };
}

/**
 * The same code for a finding that must not be remediated.
 *
 * @param isDefault which values of a list's entries are the provider's own: what a stack policy reads has those as well
 */
export function codeOf(
    resource: Readable,
    remedy: Remedy,
    isDefault: (value: unknown) => boolean = () => false,
): Pick<Finding, "code"> {
    const inputs = inputsAfter(resource, remedy, isDefault);
    return inputs === undefined ? {} : { code: { inputs: fieldsOf(inputs) } };
}

/** The inputs that a remedy sets, with the whole of each list that it changes; nothing if such a list is not known. */
function inputsAfter(
    resource: Readable,
    remedy: Remedy,
    isDefault: (value: unknown) => boolean,
): Record<string, unknown> | undefined {
    const inputs: Record<string, unknown> = {};
    const lists = new Map(remedy.flatMap(({ set }) => listPath(set)).map((path) => [JSON.stringify(path), path]));
    for (const path of lists.values()) {
        const list = listAt(resource, path, isDefault);
        if (list === undefined) {
            return undefined;
        }
        setInput(inputs, path, list);
    }
    applyRemedy(inputs, remedy);
    return inputs;
}

/** A list whose entries are all known. What the provider is going to compute in one is not the program's to set. */
function listAt(resource: Readable, path: Path, isDefault: (value: unknown) => boolean): unknown[] | undefined {
    const at = indices(resource, ...path);
    const entries = isKnown(at) ? at.map((index) => entryAt(resource, [...path, index], isDefault)) : [undefined];
    return entries.includes(undefined) ? undefined : entries;
}

/** An entry of a list; undefined if a part of it is not known. */
function entryAt(resource: Readable, path: Path, isDefault: (value: unknown) => boolean): unknown {
    const names = keys(resource, ...path);
    if (!isKnown(names)) {
        return valueAt(resource, path);
    }
    const fields = names.map((name) => [name, valueAt(resource, [...path, name])] as const);
    return fields.some(([, value]) => value === undefined)
        ? undefined
        : Object.fromEntries(fields.filter(([, value]) => value !== null && !isDefault(value)));
}

/** A value; `null` if it is absent, and undefined if a part of it is not known. */
function valueAt(resource: Readable, path: Path): unknown {
    const value = json(resource, ...path);
    return value === UNKNOWN ? undefined : JSON.parse(value ?? "null");
}

/** The path of the list that a path goes through, if it goes through one. */
function listPath([property, ...inside]: Path): [Path] | [] {
    const end = inside.findIndex((key) => typeof key === "number");
    return end === -1 ? [] : [[property, ...inside.slice(0, end)]];
}

/** No property of a list that a remedy changes is deeper: `stageDescription.methodSettings[0].loggingLevel`. */
const DEEPEST = 4;

/** The properties that tell an entry of a list from others. */
const FIRST = ["httpMethod", "resourcePath", "routeKey"];

/**
 * Keys that are not the name of a property, such as the engine's `__defaults`, are not for a program to set. In an order
 * of their own, because the engine and files have them in different ones.
 */
function fieldsOf(inputs: object, depth = 1): Fields {
    const sorted = Object.entries(inputs).sort(([a], [b]) => FIRST.indexOf(b) - FIRST.indexOf(a) || compare(a, b));
    const entries = sorted.flatMap(([property, input]) => {
        const value = /^[a-z]\w*$/i.test(property) ? codeValueOf(input, depth) : undefined;
        return value === undefined ? [] : [[property, value] as const];
    });
    return Object.fromEntries(entries);
}

function codeValueOf(input: unknown, depth: number): Value | undefined {
    if (depth > DEEPEST) {
        return undefined;
    }
    if (Array.isArray(input)) {
        return input.map((entry) => codeValueOf(entry, depth + 1)).filter((value) => value !== undefined);
    }
    if (typeof input === "object" && input !== null) {
        return { block: fieldsOf(input, depth + 1) };
    }
    return typeof input === "string" || typeof input === "number" || typeof input === "boolean" ? input : undefined;
}
