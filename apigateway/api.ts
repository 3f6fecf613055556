/** Which API a stage, method settings or log group belongs to, and whether two of them belong to the same one. */

import {
    descendants,
    fromAncestors,
    NATIVE_REST_API,
    NATIVE_V2_API,
    REST_API,
    type Resource,
    region,
    type Stack,
    sources,
    V2_API,
} from "./resource";
import { isKnown, type Maybe, text, UNKNOWN } from "./values";

export type Match = "yes" | "no" | "maybe";

/** What is known of the API a resource belongs to: its id, and the API resources of the stack it may be. */
export interface ApiReference {
    readonly id: Maybe<string>;
    readonly apis: ReadonlySet<Resource>;
    readonly region: Maybe<string>;
}

export const API_TYPES: readonly string[] = [REST_API, NATIVE_REST_API, V2_API, NATIVE_V2_API];

/** How the types call the id of their API: @pulumi/aws REST, aws-native REST, and both for apigatewayv2. */
const REFERENCES = ["restApi", "restApiId", "apiId"] as const;

function firstKnown(resource: Resource, properties: readonly string[]): Maybe<string> {
    const values = properties.map((property) => text(resource, property));
    return values.find(isKnown) ?? values.find((value) => value === UNKNOWN);
}

/** The id of an API resource, which aws-native gives another name than @pulumi/aws. */
export function idOf(api: Resource): Maybe<string> {
    return firstKnown(api, ["id", ...REFERENCES]);
}

function fromParents(stack: Stack, resource: Resource): ReadonlySet<Resource> {
    const apis = fromAncestors(resource, (ancestor) => {
        if (API_TYPES.includes(ancestor.type)) {
            return [ancestor];
        }
        // The stack itself is everybody's ancestor, so it says nothing about who belongs to whom.
        const below = ancestor.parent === undefined ? [] : descendants(stack, ancestor);
        const found = below.filter((one) => API_TYPES.includes(one.type));
        return found.length === 1 ? found : undefined;
    });
    return new Set(apis);
}

/** The API that a resource names, by id, by what the id comes from, or by its parents. */
export function apiOf(stack: Stack, resource: Resource, properties: readonly string[] = REFERENCES): ApiReference {
    const stated = firstKnown(resource, properties);
    const named = sources(stack, resource, properties, API_TYPES);
    const apis = named.size === 0 && stated === undefined ? fromParents(stack, resource) : named;
    const [only, another] = apis;
    const id = !isKnown(stated) && only !== undefined && another === undefined ? idOf(only) : stated;
    return { id: id ?? (apis.size > 0 ? UNKNOWN : undefined), apis, region: region(resource) };
}

export function differ(a: Maybe<string>, b: Maybe<string>): boolean {
    return isKnown(a) && isKnown(b) && a !== b;
}

/**
 * Known ids decide, also against what the dependencies say. Without them the API resources decide. A resource that
 * names an API by a known id only cannot belong to one that is still to be created.
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
