/** Log groups in bundles: a component may hold thousands of groups, and thousands of writers may depend on it. */

import { dependencyIndex } from "../../stack/dependencies";
import { getOrAdd } from "../../stack/maps";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";

/** Log groups that are alike to every writer. */
export interface Bundle {
    /** Stands for all of them. */
    readonly first: Resource;
    readonly groups: Resource[];
}

/** Something that writes logs: it, or else all of its switches, have to need a log group; see `Writer`. */
interface Switched {
    readonly resource: Resource;
    readonly switches: readonly Resource[];
}

/** The log groups of a stack in bundles. */
export interface Bundles<Writer extends Switched> {
    /** The bundle of a group, which is one of those that were bundled. */
    of(group: Resource): Bundle;
    /** The bundles that exist before a writer does, or else before everything that turns its logs on. */
    inTime(writer: Writer): ReadonlySet<Bundle>;
}

/**
 * Bundles the groups that the same resources need.
 *
 * @param likenessOf what has to be the same for all groups of a bundle, beside the resources that need them
 */
export function bundlesInTime<Writer extends Switched>(
    stack: Stack,
    writers: ReadonlySet<Writer>,
    groups: ReadonlySet<Resource>,
    likenessOf: (group: Resource) => string,
): Bundles<Writer> {
    const resources = new Set([...writers].flatMap(({ resource, switches }) => [resource, ...switches]));
    const { bundleOf, needs } = bundled(groups, dependencyIndex(stack, resources), likenessOf);
    const before = new Map([...resources].map((resource) => [resource, new Set<Bundle>()]));
    for (const [bundle, dependents] of needs) {
        for (const dependent of dependents) {
            before.get(dependent)?.add(bundle);
        }
    }
    const bundlesBefore = (resource: Resource) => before.get(resource) as ReadonlySet<Bundle>;
    const inTime = new Map([...writers].map((writer) => [writer, bundlesBeforeWriter(writer, bundlesBefore)]));
    return {
        of: (group) => bundleOf.get(group) as Bundle,
        inTime: (writer) => inTime.get(writer) as ReadonlySet<Bundle>,
    };
}

/** The bundle of each group, and the resources that need each bundle. */
function bundled(
    groups: ReadonlySet<Resource>,
    dependentsOf: (group: Resource) => ReadonlySet<Resource>,
    likenessOf: (group: Resource) => string,
) {
    // Groups that nothing names have the set of their siblings, so that it tells which of them are alike.
    const alike = new Map<ReadonlySet<Resource>, Map<string, Bundle>>();
    const bundleOf = new Map<Resource, Bundle>();
    const needs = new Map<Bundle, ReadonlySet<Resource>>();
    for (const group of groups) {
        const dependents = dependentsOf(group);
        const byLikeness = getOrAdd(alike, dependents, () => new Map<string, Bundle>());
        const bundle = getOrAdd(byLikeness, likenessOf(group), (): Bundle => ({ first: group, groups: [] }));
        bundle.groups.push(group);
        bundleOf.set(group, bundle);
        needs.set(bundle, dependents);
    }
    return { bundleOf, needs };
}

function bundlesBeforeWriter(
    { resource, switches }: Switched,
    bundlesBefore: (resource: Resource) => ReadonlySet<Bundle>,
): ReadonlySet<Bundle> {
    const before = switches.map(bundlesBefore);
    const beforeAll = before.flatMap((bundles) => [...bundles]).filter((one) => before.every((all) => all.has(one)));
    return new Set([...bundlesBefore(resource), ...beforeAll]);
}
