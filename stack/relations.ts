/** How resources of a stack are related: ancestors, descendants, and the sources of a property. */

import { getOrAdd } from "./maps";
import type { Resource } from "./resource";
import { oncePerStack, type Stack } from "./stack";

/**
 * The ancestors of a resource, the nearest first. No program can make a circle of parents, but the analyzer protocol can
 * say so: the way up ends where it would come back.
 */
export function* ancestorsOf(resource: Resource): Generator<Resource, void> {
    const seen = new Set([resource]);
    for (let at = resource.parent; at !== undefined && !seen.has(at); at = at.parent) {
        seen.add(at);
        yield at;
    }
}

/** The nearest ancestor for which `wanted` gives an answer. */
export function fromAncestors<T>(resource: Resource, wanted: (ancestor: Resource) => T | undefined): T | undefined {
    for (const ancestor of ancestorsOf(resource)) {
        const found = wanted(ancestor);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** All descendants of a resource, parents before their children, and each of them once, even in a circle of parents. */
export function descendants(stack: Stack, resource: Resource): Resource[] {
    const found = new Set<Resource>();
    const pending = [resource];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        for (const child of stack.children.get(next) ?? []) {
            if (child !== resource && !found.has(child)) {
                found.add(child);
                pending.push(child);
            }
        }
    }
    return [...found];
}

type IsWanted = (resource: Resource) => boolean;

/** What was found below components already: thousands of resources may depend on the same one. */
const foundBelow = oncePerStack(() => new WeakMap<IsWanted, Map<Resource, readonly Resource[]>>());

function wantedBelow(stack: Stack, isWanted: IsWanted, component: Resource): readonly Resource[] {
    const ofWanted = getOrAdd(foundBelow(stack), isWanted, () => new Map<Resource, readonly Resource[]>());
    return getOrAdd(ofWanted, component, () => descendants(stack, component).filter(isWanted));
}

/** Components have no provider, everything else has one. */
export function isComponent(resource: Resource): boolean {
    return resource.provider === undefined;
}

/** The resources that some properties depend on. */
export function dependenciesOf(resource: Resource, properties: readonly string[]): Resource[] {
    return properties.flatMap((property) => resource.propertyDependencies[property] ?? []);
}

/**
 * The wanted resources that a property gets its value from.
 *
 * A dependency may be a resource that passes the value on (`stage.restApi`), or a component in place of or beside
 * its children: it then stands for its descendants, unless a child is named as well.
 *
 * @param isWanted not a new function in each call: what is found below a component is kept for it
 * @param passedOn answers the properties of a dependency that may hold the value, or a part of it
 */
export function sources(
    stack: Stack,
    resource: Resource,
    properties: readonly string[],
    isWanted: IsWanted,
    passedOn: (dependency: Resource) => readonly string[] = () => properties,
): ReadonlySet<Resource> {
    const found = new Set<Resource>();
    const components: Resource[] = [];
    const seen = new Set<Resource>();
    const pending = dependenciesOf(resource, properties);
    for (const dependency of pending) {
        if (seen.has(dependency)) {
            continue;
        }
        seen.add(dependency);
        if (isWanted(dependency)) {
            found.add(dependency);
        } else if (isComponent(dependency)) {
            components.push(dependency);
        } else {
            for (const next of dependenciesOf(dependency, passedOn(dependency))) {
                pending.push(next);
            }
        }
    }
    if (found.size === 0) {
        for (const component of components) {
            for (const child of wantedBelow(stack, isWanted, component)) {
                found.add(child);
            }
        }
    }
    return found;
}

/** For `sources`: resources of given types. */
export function ofTypes(...types: readonly string[]): (resource: Resource) => boolean {
    return ({ type }) => types.includes(type);
}
