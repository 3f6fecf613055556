/** Stacks for domain tests, written like the policies' rows and put together as the policy SDK does. */

import { type Resource, type Stack, stackOf } from "../../apigateway/resource";
import { type Declared, type Moment, wire } from "../wire/declare";

export interface Declaration {
    readonly stack: Stack;
    /** The resource of a name; the stack's own is "shop-dev". */
    readonly named: (name: string) => Resource;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function stack(declared: readonly Declared[], moment: Moment = "first preview"): Declaration {
    const wired = wire(declared, moment);
    const resources = new Map(
        wired.map(({ type, name, urn, props, provider }) => {
            const resource: Writable<Resource> = { type, name, urn, props, dependencies: [], propertyDependencies: {} };
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
        resource.dependencies = dependencies.map(get);
        resource.propertyDependencies = Object.fromEntries(
            Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(get)]),
        );
    }
    const all = [...resources.values()];
    return { stack: stackOf(all), named: (name) => all.find((one) => one.name === name) as Resource };
}

/** The names of resources, in alphabetical order, since sets of them have none. */
export function names(resources: Iterable<Resource>): string[] {
    return [...resources].map(({ name }) => name).sort();
}
