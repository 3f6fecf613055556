/** What providers determine: the region of a resource, and whether two are in the same AWS account and region. */

import type { Resource } from "./resource";
import { differ, isKnown, json, type Maybe, text, UNKNOWN } from "./values";

/** The region of a resource: its own `region` property (provider v7 and later), else its provider's. */
export function region(resource: Pick<Resource, "props" | "provider">): Maybe<string> {
    const own = text({ props: resource.props }, "region");
    return own === undefined && resource.provider !== undefined ? text(resource.provider, "region") : own;
}

/**
 * Whether two resources are known to be in the same AWS account and region: the same region, and either the same
 * provider or providers whose inputs are equal except for the version (components bring their own default provider).
 */
export function sameAccountAndRegion(a: Resource, b: Resource): boolean {
    if (differ(region(a), region(b)) || isKnown(region(a)) !== isKnown(region(b))) {
        return false;
    }
    if (a.provider === undefined || b.provider === undefined) {
        return a.provider === b.provider;
    }
    const inputs = inputsOf(a.provider);
    return a.provider.urn === b.provider.urn || (inputs !== UNKNOWN && inputs === inputsOf(b.provider));
}

function inputsOf(provider: NonNullable<Resource["provider"]>): string | typeof UNKNOWN {
    const names = Object.keys(provider.props).filter((name) => !/^(version|region|__.*)$/.test(name));
    const inputs = names.sort().map((name) => [name, json(provider, name)] as const);
    return inputs.some(([, value]) => value === UNKNOWN) ? UNKNOWN : JSON.stringify(inputs);
}
