/** Which API a stage, method settings or log group belongs to, and whether two of them belong to the same one. */

import { append, getOrAdd } from "../../stack/maps";
import { areApart } from "../../stack/provider";
import { ancestorsOf, fromAncestors, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { anyOfType, oncePerStack, type Stack } from "../../stack/stack";
import { firstKnown, isKnown, type Maybe, type Readable, text, UNKNOWN, type Whether } from "../../stack/values";
import { carriesValues } from "../origins";
import { NATIVE_REST_API, NATIVE_V2_API, REST_API, V2_API } from "./types";

/** What is known of the API a resource belongs to: its id, and the API resources of the stack it may be. */
export interface ApiReference {
    readonly id: Maybe<string>;
    readonly apis: ReadonlySet<Resource>;
    /** The resource whose reference this is, which is in the region and account of its API. */
    readonly place: Pick<Resource, "props" | "provider">;
}

/** The types of APIs: REST, HTTP and WebSocket. */
export const API_TYPES: readonly string[] = [REST_API, NATIVE_REST_API, V2_API, NATIVE_V2_API];
/** Whether a resource is an API of any kind. */
export const isApi = ofTypes(...API_TYPES);

/** The properties that hold the id of the API: @pulumi/aws REST, aws-native REST, and both for apigatewayv2. */
export const API_PROPERTIES = ["restApi", "restApiId", "apiId"] as const;

/** The properties by which a resource may pass on the id of an API. */
export function passedOn(resource: Resource): readonly string[] {
    return carriesValues(resource) ? Object.keys(resource.propertyDependencies) : API_PROPERTIES;
}

function firstOf(resource: Readable, properties: readonly string[]): Maybe<string> {
    return firstKnown(properties.map((property) => text(resource, property)));
}

/** The id of an API resource, which aws-native gives another name than @pulumi/aws. */
export function idOf(api: Readable): Maybe<string> {
    return firstOf(api, ["id", ...API_PROPERTIES]);
}

/** The reference of an API resource to itself. */
export function referenceTo(api: Resource): ApiReference {
    return { id: idOf(api) ?? UNKNOWN, apis: new Set([api]), place: api };
}

/** The APIs below each component: the only one, or `null` for one of several. */
function apisBelow(stack: Stack): ReadonlyMap<Resource, Resource | null> {
    const below = new Map<Resource, Resource | null>();
    for (const api of anyOfType(stack, ...API_TYPES)) {
        for (const ancestor of ancestorsOf(api)) {
            if (below.get(ancestor) === null) {
                // Above a component with several APIs, every one has several.
                break;
            }
            below.set(ancestor, below.has(ancestor) ? null : api);
        }
    }
    return below;
}

/** Answers the API that a resource names, by id, by what the id comes from, or by its parents. */
export const apiFinder = oncePerStack((stack): ((resource: Resource) => ApiReference) => {
    const below = apisBelow(stack);
    const fromParents = (resource: Resource) =>
        fromAncestors(resource, (ancestor) => {
            if (API_TYPES.includes(ancestor.type)) {
                return ancestor;
            }
            // The stack itself is an ancestor of every resource, so it says nothing about what belongs to what.
            return ancestor.parent === undefined ? undefined : (below.get(ancestor) ?? undefined);
        });
    return (resource) => {
        const known = firstOf(resource, API_PROPERTIES);
        const named = sources(stack, resource, API_PROPERTIES, isApi, passedOn);
        const parental = named.size === 0 && known === undefined ? fromParents(resource) : undefined;
        const apis = parental === undefined ? named : new Set([parental]);
        const [only, another] = apis;
        const id = !isKnown(known) && only !== undefined && another === undefined ? idOf(only) : known;
        return { id: id ?? (apis.size > 0 ? UNKNOWN : undefined), apis, place: resource };
    };
});

/**
 * Known ids decide, also against what the dependencies say. Without them the API resources decide. A resource that
 * names an API by a known id only cannot belong to one that is still to be created.
 */
export function sameApi(a: ApiReference, b: ApiReference): Whether {
    if (a.id === undefined || b.id === undefined || areApart(a.place, b.place)) {
        return false;
    }
    if (isKnown(a.id) && isKnown(b.id)) {
        return a.id === b.id;
    }
    if (a.apis.size > 0 && b.apis.size > 0) {
        if (a.apis !== b.apis && ![...a.apis].some((api) => b.apis.has(api))) {
            return false;
        }
        return a.apis.size === 1 && b.apis.size === 1 ? true : UNKNOWN;
    }
    const stillToBeCreated = isKnown(a.id) ? b.apis : isKnown(b.id) ? a.apis : new Set();
    return stillToBeCreated.size > 0 ? false : UNKNOWN;
}

/** Answers whether the API of a reference is, as far as is known, not of this stack. */
export function otherStacksApis(stack: Stack): (reference: ApiReference) => boolean {
    const ids = new Set(
        anyOfType(stack, ...API_TYPES)
            .map(idOf)
            .filter(isKnown),
    );
    return ({ id, apis }) => apis.size === 0 && !(isKnown(id) && ids.has(id));
}

/** Things by the API they belong to and by name: what may belong to a reference and a name is found without a search. */
export interface ApiIndex<T> {
    add(thing: T, reference: ApiReference, name: Maybe<string>): void;
    /** All that neither `sameApi` nor its known name excludes; and some things more. */
    find(reference: ApiReference, name: Maybe<string>): Iterable<T>;
}

/** Things by name; those without a known name are under `null`. */
type ByName<T> = Map<string | null, T[]>;

/** A new index, with nothing in it. */
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
                append(place, key, thing);
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
