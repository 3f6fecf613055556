/** Which API a stage, method settings or log group belongs to, and whether two of them belong to the same one. */

import { areApart } from "../../stack/provider";
import { descendants, fromAncestors, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, type Maybe, text, UNKNOWN } from "../../stack/values";
import { NATIVE_REST_API, NATIVE_V2_API, REST_API, V2_API } from "./types";

export type Match = "yes" | "no" | "maybe";

/** What is known of the API a resource belongs to: its id, and the API resources of the stack it may be. */
export interface ApiReference {
    readonly id: Maybe<string>;
    readonly apis: ReadonlySet<Resource>;
    /** The resource whose reference this is, which is in the region and account of its API. */
    readonly place: Pick<Resource, "props" | "provider">;
}

export const API_TYPES: readonly string[] = [REST_API, NATIVE_REST_API, V2_API, NATIVE_V2_API];

/** The properties that hold the id of the API: @pulumi/aws REST, aws-native REST, and both for apigatewayv2. */
export const API_PROPERTIES = ["restApi", "restApiId", "apiId"] as const;

function firstKnown(resource: Resource, properties: readonly string[]): Maybe<string> {
    const values = properties.map((property) => text(resource, property));
    return values.find(isKnown) ?? values.find((value) => value === UNKNOWN);
}

/** The id of an API resource, which aws-native gives another name than @pulumi/aws. */
export function idOf(api: Resource): Maybe<string> {
    return firstKnown(api, ["id", ...API_PROPERTIES]);
}

function fromParents(stack: Stack, resource: Resource): ReadonlySet<Resource> {
    const apis = fromAncestors(resource, (ancestor) => {
        if (API_TYPES.includes(ancestor.type)) {
            return [ancestor];
        }
        // The stack itself is an ancestor of every resource, so it says nothing about what belongs to what.
        const below = ancestor.parent === undefined ? [] : descendants(stack, ancestor);
        const found = below.filter((one) => API_TYPES.includes(one.type));
        return found.length === 1 ? found : undefined;
    });
    return new Set(apis);
}

/** The API that a resource names, by id, by what the id comes from, or by its parents. */
export function apiOf(stack: Stack, resource: Resource, properties: readonly string[] = API_PROPERTIES): ApiReference {
    const known = firstKnown(resource, properties);
    const named = sources(stack, resource, properties, ofTypes(...API_TYPES));
    const apis = named.size === 0 && known === undefined ? fromParents(stack, resource) : named;
    const [only, another] = apis;
    const id = !isKnown(known) && only !== undefined && another === undefined ? idOf(only) : known;
    return { id: id ?? (apis.size > 0 ? UNKNOWN : undefined), apis, place: resource };
}

/**
 * Known ids decide, also against what the dependencies say. Without them the API resources decide. A resource that
 * names an API by a known id only cannot belong to one that is still to be created.
 */
export function sameApi(a: ApiReference, b: ApiReference): Match {
    if (a.id === undefined || b.id === undefined || areApart(a.place, b.place)) {
        return "no";
    }
    if (isKnown(a.id) && isKnown(b.id)) {
        return a.id === b.id ? "yes" : "no";
    }
    if (a.apis.size > 0 && b.apis.size > 0) {
        if (a.apis !== b.apis && ![...a.apis].some((api) => b.apis.has(api))) {
            return "no";
        }
        return a.apis.size === 1 && b.apis.size === 1 ? "yes" : "maybe";
    }
    const stillToBeCreated = isKnown(a.id) ? b.apis : isKnown(b.id) ? a.apis : new Set();
    return stillToBeCreated.size > 0 ? "no" : "maybe";
}

/** Things by the API they belong to and by name: what may belong to a reference and a name is found without a search. */
export interface ApiIndex<T> {
    add(thing: T, reference: ApiReference, name: Maybe<string>): void;
    /** Everything for which neither `sameApi` nor two known names answer "no"; and some things more. */
    find(reference: ApiReference, name: Maybe<string>): Iterable<T>;
}

/** Things by name; those without a known name are under `null`. */
type ByName<T> = Map<string | null, T[]>;

export function apiIndex<T>(): ApiIndex<T> {
    const byId = new Map<string, ByName<T>>();
    const byApi = new Map<Resource, ByName<T>>();
    const ofUnknownApi: ByName<T> = new Map();
    const all: ByName<T> = new Map();
    const isLoose = ({ id, apis }: ApiReference) => id === UNKNOWN && apis.size === 0;
    return {
        add: (thing, reference, name) => {
            const key = isKnown(name) ? name : null;
            const { id, apis } = reference;
            const places = [
                all,
                ...(isKnown(id) ? [getOrAdd<string, ByName<T>>(byId, id, () => new Map())] : []),
                ...[...apis].map((api) => getOrAdd<Resource, ByName<T>>(byApi, api, () => new Map())),
                ...(isLoose(reference) ? [ofUnknownApi] : []),
            ];
            for (const place of places) {
                getOrAdd<string | null, T[]>(place, key, () => []).push(thing);
            }
        },
        find: (reference, name) => {
            const { id, apis } = reference;
            const places = isLoose(reference)
                ? [all]
                : [isKnown(id) ? byId.get(id) : undefined, ...[...apis].map((api) => byApi.get(api)), ofUnknownApi];
            const found = new Set<T>();
            for (const place of places) {
                const named = isKnown(name) ? [place?.get(name), place?.get(null)] : (place?.values() ?? []);
                for (const things of named) {
                    for (const thing of things ?? []) {
                        found.add(thing);
                    }
                }
            }
            return found;
        },
    };
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
    const known = map.get(key);
    if (known !== undefined) {
        return known;
    }
    const made = make();
    map.set(key, made);
    return made;
}
