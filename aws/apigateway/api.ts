/** Which API a stage, method settings or log group belongs to, and whether two of them belong to the same one. */

import { region } from "../../stack/provider";
import { descendants, fromAncestors, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { differ, isKnown, type Maybe, text, UNKNOWN } from "../../stack/values";
import { NATIVE_REST_API, NATIVE_V2_API, REST_API, V2_API } from "./types";

export type Match = "yes" | "no" | "maybe";

/** What is known about the API of a resource: its id, and the API resources of the stack that it may be. */
export interface ApiReference {
    readonly id: Maybe<string>;
    readonly apis: ReadonlySet<Resource>;
    readonly region: Maybe<string>;
}

export const API_TYPES: readonly string[] = [REST_API, NATIVE_REST_API, V2_API, NATIVE_V2_API];

/** The properties that hold the id of the API: @pulumi/aws REST, aws-native REST, and both for apigatewayv2. */
const REFERENCES = ["restApi", "restApiId", "apiId"] as const;

function firstKnown(resource: Resource, properties: readonly string[]): Maybe<string> {
    const values = properties.map((property) => text(resource, property));
    return values.find(isKnown) ?? values.find((value) => value === UNKNOWN);
}

/** The id of an API resource. @pulumi/aws and aws-native use different property names for it. */
export function idOf(api: Resource): Maybe<string> {
    return firstKnown(api, ["id", ...REFERENCES]);
}

function fromParents(stack: Stack, resource: Resource): ReadonlySet<Resource> {
    const apis = fromAncestors(resource, (ancestor) => {
        if (API_TYPES.includes(ancestor.type)) {
            return [ancestor];
        }
        // The stack is an ancestor of every resource, so it does not show which resources belong together.
        const below = ancestor.parent === undefined ? [] : descendants(stack, ancestor);
        const found = below.filter((one) => API_TYPES.includes(one.type));
        return found.length === 1 ? found : undefined;
    });
    return new Set(apis);
}

/** The API that a resource belongs to: by its id, by the resource that the id comes from, or by an ancestor. */
export function apiOf(stack: Stack, resource: Resource, properties: readonly string[] = REFERENCES): ApiReference {
    const stated = firstKnown(resource, properties);
    const named = sources(stack, resource, properties, API_TYPES);
    const apis = named.size === 0 && stated === undefined ? fromParents(stack, resource) : named;
    const [only, another] = apis;
    const id = !isKnown(stated) && only !== undefined && another === undefined ? idOf(only) : stated;
    return { id: id ?? (apis.size > 0 ? UNKNOWN : undefined), apis, region: region(resource) };
}

/**
 * Known ids decide, even against the dependencies. Without known ids, the API resources decide. An API that is still to
 * be created has no id yet, so it is not the API of a resource that has only a known id.
 */
export function sameApi(a: ApiReference, b: ApiReference): Match {
    if (differ(a.region, b.region) || a.id === undefined || b.id === undefined) {
        return "no";
    }
    if (isKnown(a.id) && isKnown(b.id)) {
        return a.id === b.id ? "yes" : "no";
    }
    if (a.apis.size > 0 && b.apis.size > 0) {
        if (![...a.apis].some((api) => b.apis.has(api))) {
            return "no";
        }
        return a.apis.size === 1 && b.apis.size === 1 ? "yes" : "maybe";
    }
    const stillToBeCreated = isKnown(a.id) ? b.apis : isKnown(b.id) ? a.apis : new Set();
    return stillToBeCreated.size > 0 ? "no" : "maybe";
}
