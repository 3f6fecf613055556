import type { Path } from "../../apigateway/values";
import type { Inputs } from "./scope";

type Bag = Record<string | number, unknown>;

/**
 * States an input in place, as a program would have: everything beside it stays as it is, unknown and secret values
 * included, and the provider no longer takes it for one of its own defaults (`__defaults` lists those). What stands in
 * the way without being an object is replaced by one.
 */
export function state(resource: Inputs, value: unknown, ...path: Path): void {
    let at: Bag = resource.props;
    path.slice(0, -1).forEach((key, depth) => {
        const next = at[key];
        const isList = Array.isArray(next);
        if (typeof next !== "object" || next === null || isList !== (typeof path[depth + 1] === "number")) {
            at[key] = {};
        }
        at = at[key] as Bag;
    });
    const last = path[path.length - 1] as string | number;
    at[last] = value;
    const defaults = at.__defaults;
    if (Array.isArray(defaults)) {
        // Copied first: the policy SDK's proxy around a list breaks its filter.
        at.__defaults = [...defaults].filter((name) => name !== last);
    }
}
