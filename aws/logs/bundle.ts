/** Log groups in bundles: a component may hold thousands of groups, and thousands of writers may depend on it. */

import { dependencyIndex } from "../../stack/dependencies";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";

/** Log groups that are alike to every writer. */
export interface Bundle {
    /** Stands for all of them. */
    readonly first: Resource;
    readonly groups: Resource[];
}

/** Of something that writes logs, the resources of which one or another has to need a group; see `Writer`. */
interface Switched {
    readonly resource: Resource;
    readonly switches: readonly Resource[];
}

/**
 * Answers the bundle of a group, and the bundles that exist before a writer does, or else before everything that turns its
 * logs on.
 *
 * @param likenessOf what has to be the same for all groups of a bundle, beside the resources that need them
 */
export function bundlesInTime<Writer extends Switched>(
    stack: Stack,
    writers: ReadonlySet<Writer>,
    groups: ReadonlySet<Resource>,
    likenessOf: (group: Resource) => string,
) {
    const resources = new Set([...writers].flatMap(({ resource, switches }) => [resource, ...switches]));
    const before = new Map([...resources].map((resource) => [resource, new Set<Bundle>()]));
    const bundles = new Map<string, Bundle>();
    const bundleOf = new Map<Resource, Bundle>();
    const dependentsOf = dependencyIndex(stack, resources);
    const nameOf = naming([...resources]);
    for (const group of groups) {
        const dependents = dependentsOf(group);
        const key = `${nameOf(dependents)} ${likenessOf(group)}`;
        const bundle = bundles.get(key) ?? { first: group, groups: [] };
        bundle.groups.push(group);
        bundleOf.set(group, bundle);
        if (bundle.first === group) {
            bundles.set(key, bundle);
            for (const dependent of dependents) {
                before.get(dependent)?.add(bundle);
            }
        }
    }
    const bundlesBefore = (resource: Resource | undefined) => before.get(resource as Resource) as Set<Bundle>;
    const inTime = new Map(
        [...writers].map((writer) => {
            const [first, ...others] = writer.switches;
            const ofSwitches = [...bundlesBefore(first)].filter((one) =>
                others.every((other) => bundlesBefore(other).has(one)),
            );
            return [writer, new Set([...bundlesBefore(writer.resource), ...ofSwitches])];
        }),
    );
    return {
        bundleOf: (group: Resource) => bundleOf.get(group) as Bundle,
        inTime: (writer: Writer) => inTime.get(writer) as ReadonlySet<Bundle>,
    };
}

/** Answers a string that is the same for sets with the same of the given resources. */
function naming(resources: readonly Resource[]): (set: ReadonlySet<Resource>) => string {
    const numbers = new Map(resources.map((resource, number) => [resource, number]));
    const names = new Map<ReadonlySet<Resource>, string>();
    return (set) => {
        const name =
            names.get(set) ??
            [...set]
                .flatMap((one) => numbers.get(one) ?? [])
                .sort()
                .join();
        names.set(set, name);
        return name;
    };
}
