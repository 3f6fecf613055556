/** What has to exist before a resource is created. */

import { append } from "./maps";
import { isComponent } from "./relations";
import type { Resource } from "./resource";
import type { Stack } from "./stack";

/**
 * Answers which resources need a given one to exist before them: because they depend on it, on something below it in the
 * tree of components that they depend on, or on something that needs it; or because their parent or provider does.
 *
 * A component is ready when its children are, so depending on one is depending on all that is below it.
 *
 * @param dependents the only resources whose needs are looked into, with all that they need themselves
 */
export function dependencyIndex(
    stack: Stack,
    dependents: Iterable<Resource>,
): (resource: Resource) => ReadonlySet<Resource> {
    const { needs, neededBy } = needsOf(stack, dependents);
    const children = (resource: Resource) => (stack.children.get(resource) ?? []).filter((child) => needs.has(child));
    const ofSiblings = new Map<Resource | undefined, ReadonlySet<Resource>>();
    return (resource) => {
        // What nothing names is needed as its siblings are: by those that need the components above it.
        const isNamed = neededBy.has(resource) || children(resource).length > 0;
        const known = isNamed ? undefined : ofSiblings.get(resource.parent);
        const found = known ?? dependentsOf(resource);
        if (!isNamed) {
            ofSiblings.set(resource.parent, found);
        }
        return found;
    };

    function dependentsOf(resource: Resource): ReadonlySet<Resource> {
        const found = new Set<Resource>();
        const climbed = new Set<Resource>();
        const pending = [resource];
        const add = (dependent: Resource) => {
            if (!found.has(dependent)) {
                found.add(dependent);
                pending.push(dependent);
            }
        };
        for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
            neededBy.get(next)?.forEach(add);
            for (let at = next.parent; at !== undefined && !climbed.has(at); at = at.parent) {
                climbed.add(at);
                if (isComponent(at)) {
                    neededBy.get(at)?.forEach(add);
                }
            }
            children(next).forEach(add);
        }
        return found;
    }
}

/** All that some resources need, directly or not, and by which resources each is named. */
function needsOf(stack: Stack, dependents: Iterable<Resource>) {
    const needs = new Set<Resource>(dependents);
    const neededBy = new Map<Resource, Resource[]>();
    const expanded = new Set<Resource>();
    // A set that is added to while it is walked is walked to its end.
    for (const next of needs) {
        for (const dependency of namedBy(stack, next)) {
            append(neededBy, dependency, next);
            needs.add(dependency);
            if (isComponent(dependency) && !expanded.has(dependency)) {
                const inside = new Set([dependency]);
                for (const one of inside) {
                    expanded.add(one);
                    needs.add(one);
                    for (const child of stack.children.get(one) ?? []) {
                        if (!expanded.has(child)) {
                            inside.add(child);
                        }
                    }
                }
            }
        }
        if (next.parent !== undefined) {
            needs.add(next.parent);
        }
    }
    return { needs, neededBy };
}

/** The resources that one names itself: its dependencies, those of its properties, and its provider. */
function namedBy(stack: Stack, resource: Resource): Set<Resource> {
    const named = new Set(resource.dependencies);
    for (const dependencies of Object.values(resource.propertyDependencies)) {
        for (const dependency of dependencies) {
            named.add(dependency);
        }
    }
    const provider = stack.byUrn.get(resource.provider?.urn ?? "");
    return provider === undefined ? named : named.add(provider);
}
