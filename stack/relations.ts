/** How resources of a stack are related: ancestors, descendants, the sources of a property, prerequisites. */

import type { Resource } from "./resource";
import type { Stack } from "./stack";

/** What `wanted` returns for the nearest ancestor for which it returns anything. */
export function fromAncestors<T>(resource: Resource, wanted: (ancestor: Resource) => T | undefined): T | undefined {
    for (let ancestor = resource.parent; ancestor !== undefined; ancestor = ancestor.parent) {
        const found = wanted(ancestor);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** All descendants of a resource. */
export function descendants(stack: Stack, resource: Resource): Resource[] {
    return (stack.children.get(resource) ?? []).flatMap((child) => [child, ...descendants(stack, child)]);
}

/** Only components have no provider. */
function isComponent(resource: Resource): boolean {
    return resource.provider === undefined;
}

/**
 * The resources of given types that a property gets its value from.
 *
 * A dependency may be a resource that passes the value on (`stage.restApi`). It may also be a component, which stands
 * for its descendants, unless a resource of the given types is found without it.
 */
export function sources(
    stack: Stack,
    resource: Resource,
    properties: readonly string[],
    types: readonly string[],
): ReadonlySet<Resource> {
    const found = new Set<Resource>();
    const components: Resource[] = [];
    const seen = new Set<Resource>();
    const pending = properties.flatMap((property) => resource.propertyDependencies[property] ?? []);
    for (const dependency of pending) {
        if (seen.has(dependency)) {
            continue;
        }
        seen.add(dependency);
        if (types.includes(dependency.type)) {
            found.add(dependency);
        } else if (isComponent(dependency)) {
            components.push(dependency);
        } else {
            pending.push(...properties.flatMap((property) => dependency.propertyDependencies[property] ?? []));
        }
    }
    if (found.size > 0) {
        return found;
    }
    const children = components.flatMap((component) => descendants(stack, component));
    return new Set(children.filter((child) => types.includes(child.type)));
}

/**
 * Everything that exists before a resource is created: its ancestors, and what it or they depend on, directly or
 * transitively. A dependency on a component is a dependency on all of its descendants.
 */
export function prerequisites(stack: Stack, resource: Resource): ReadonlySet<Resource> {
    const found = new Set<Resource>();
    const pending: Resource[] = [resource];
    const add = (one: Resource) => {
        if (!found.has(one)) {
            found.add(one);
            pending.push(one);
        }
    };
    const expanded = new Set<Resource>();
    for (const next of pending) {
        for (const dependency of [...next.dependencies, ...Object.values(next.propertyDependencies).flat()]) {
            add(dependency);
            if (isComponent(dependency) && !expanded.has(dependency)) {
                expanded.add(dependency);
                descendants(stack, dependency).forEach(add);
            }
        }
        if (next.parent !== undefined) {
            add(next.parent);
        }
    }
    return found;
}
