/** A stack: its resources by type, and the children of each resource. */

import type { Resource } from "./resource";

export interface Stack {
    readonly byType: ReadonlyMap<string, readonly Resource[]>;
    readonly children: ReadonlyMap<Resource, readonly Resource[]>;
}

export function stackOf(resources: readonly Resource[]): Stack {
    let children: Stack["children"] | undefined;
    return {
        byType: grouped(resources, (resource) => resource.type),
        // Computed on first use: only the children of components are needed, and many stacks have no component.
        get children() {
            children ??= grouped(resources, (resource) => resource.parent);
            return children;
        },
    };
}

function grouped<Key>(resources: readonly Resource[], keyOf: (resource: Resource) => Key | undefined) {
    const groups = new Map<Key, Resource[]>();
    for (const resource of resources) {
        const key = keyOf(resource);
        const group = key === undefined ? undefined : groups.get(key);
        if (group !== undefined) {
            group.push(resource);
        } else if (key !== undefined) {
            groups.set(key, [resource]);
        }
    }
    return groups;
}

/** Sorted by URN, because the engine sends resources in any order, and findings must not depend on it. */
export function ofType(stack: Stack, ...types: readonly string[]): Resource[] {
    const resources = types.flatMap((type) => stack.byType.get(type) ?? []);
    return resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));
}
