/** What a resource's provider says of it: the region, and the AWS account as far as its credentials tell. */

import { getOrAdd } from "./maps";
import type { Resource } from "./resource";
import { differ, isKnown, isSet, json, type Maybe, type Readable, text, UNKNOWN } from "./values";

type Provider = NonNullable<Resource["provider"]>;

/** What shows where a resource is. Without its dependencies, an unknown region counts as its own. */
type Located = Pick<Resource, "props" | "provider"> & Pick<Readable, "propertyDependencies">;

/** The region of a resource: its own (providers from v7 on), else its provider's. */
export function region(resource: Located): Maybe<string> {
    const own = ownRegion(resource);
    return own === undefined && resource.provider !== undefined ? text(resource.provider, "region") : own;
}

/** The region that the program sets for the resource itself; one that the provider only computes is the provider's. */
function ownRegion(resource: Located): Maybe<string> {
    const own = text(resource, "region");
    return isSet(own, resource, "region") ? own : undefined;
}

/** The inputs of a provider that choose the credentials, and with them the account; tags, retries and skips do not. */
const CREDENTIALS = [
    "profile",
    "accessKey",
    "secretKey",
    "token",
    "sharedConfigFiles",
    "sharedCredentialsFiles",
    "assumeRole",
    "assumeRoles",
    "assumeRoleWithWebIdentity",
    "roleArn",
    "endpoints",
    "allowedAccountIds",
    "forbiddenAccountIds",
];

/**
 * A key that is the same for resources that are known to be in one AWS account and region: those of one provider, or of
 * providers with the same credentials (components bring a default provider of their own), and in the same region. An
 * unknown region is the same as no other but that of the same provider.
 */
export function accountAndRegion(resource: Located & Pick<Resource, "urn">): string {
    const { provider } = resource;
    return JSON.stringify([regionKey(resource), provider === undefined ? null : credentialsOf(provider)]);
}

function regionKey(resource: Located & Pick<Resource, "urn">): unknown {
    const where = region(resource);
    if (where !== UNKNOWN) {
        return where ?? null;
    }
    return { unknownOf: ownRegion(resource) === UNKNOWN ? resource.urn : resource.provider?.urn };
}

/** Whether the account and region of a resource may turn out to be those of another, because they are not known yet. */
export function isSomewhereUnknown(resource: Located): boolean {
    const { provider } = resource;
    return region(resource) === UNKNOWN || (provider !== undefined && credentialsOf(provider) === provider.urn);
}

function credentialsOf(provider: Provider): unknown {
    const inputs = CREDENTIALS.map((name) => json(provider, name));
    return inputs.includes(UNKNOWN) ? provider.urn : inputs.map((input) => (isKnown(input) ? input : null));
}

/** Whether two resources are known to be in different regions or in different AWS accounts. */
export function areApart(a: Located, b: Located): boolean {
    return (
        differ(region(a), region(b)) ||
        (a.provider?.urn !== b.provider?.urn && differ(accountId(a.provider), accountId(b.provider)))
    );
}

/** `areApart` for many resources, which compares each two accounts and regions only once. */
export function apartness(): (a: Resource, b: Resource) => boolean {
    const places = new Map<Resource, string>();
    const compared = new Map<string, Map<string, boolean>>();
    const keyOf = (resource: Resource) => getOrAdd(places, resource, () => accountAndRegion(resource));
    return (a, b) => {
        const others = getOrAdd(compared, keyOf(a), () => new Map<string, boolean>());
        return getOrAdd(others, keyOf(b), () => areApart(a, b));
    };
}

/** The id of the AWS account, if a role that the provider assumes names it, or it is the only account that is allowed. */
function accountId(provider: Provider | undefined): Maybe<string> {
    if (provider === undefined) {
        return undefined;
    }
    for (const name of ["assumeRoles", "assumeRole", "assumeRoleWithWebIdentity", "roleArn"]) {
        const roles = json(provider, name);
        if (roles === UNKNOWN) {
            return UNKNOWN;
        }
        // The last role of a chain is the one that acts.
        const id = roles === undefined ? undefined : [...roles.matchAll(/:iam::(\d{12}):/g)].at(-1)?.[1];
        if (id !== undefined) {
            return id;
        }
    }
    const allowed = json(provider, "allowedAccountIds");
    const ids = isKnown(allowed) ? allowed.match(/\d{12}/g) : null;
    return ids?.length === 1 ? ids[0] : undefined;
}
