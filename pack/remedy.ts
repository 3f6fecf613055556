import type { Path } from "../stack/values";
import type { Remedy } from "./finding";

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
