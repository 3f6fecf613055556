/** Stacks for domain tests: declared like the rows of policy tests, and linked as the policy SDK links them. */

import type { Resource } from "../../stack/resource";
import { type Stack, stackOf } from "../../stack/stack";
import { type Declared, type Moment, wire } from "./wire/declare";

export interface Declaration {
    readonly stack: Stack;
    readonly resources: readonly Resource[];
    /** The resource with a name; the stack itself is "shop-dev". */
    readonly named: (name: string) => Resource;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** @param propsOf what policies get in place of a resource's properties */
export function stack(
    declared: readonly Declared[],
    moment: Moment = "first preview",
    propsOf: (resource: Pick<Resource, "type" | "props">) => Resource["props"] = ({ props }) => props,
): Declaration {
    const wired = wire(declared, moment);
    const resources = new Map(
        wired.map(({ type, name, urn, props, provider }) => {
            const resource: Writable<Resource> = {
                ...{ type, name, urn, props: propsOf({ type, props }) },
                dependencies: [],
                propertyDependencies: {},
            };
            if (provider !== undefined) {
                resource.provider = provider;
            }
            return [urn, resource] as const;
        }),
    );
    const get = (urn: string) => resources.get(urn) as Resource;
    for (const { urn, parent, dependencies = [], propertyDependencies = {} } of wired) {
        const resource = get(urn) as Writable<Resource>;
        if (parent !== undefined) {
            resource.parent = get(parent);
        }
        resource.dependencies = dependencies.map(get).filter(Boolean);
        resource.propertyDependencies = Object.fromEntries(
            Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(get).filter(Boolean)]),
        );
    }
    const all = [...resources.values()];
    return { stack: stackOf(all), resources: all, named: (name) => all.find((one) => one.name === name) as Resource };
}

/** The names of resources, in alphabetical order, because the order of a set does not matter. */
export function names(resources: Iterable<Resource>): string[] {
    return [...resources].map(({ name }) => name).sort();
}
