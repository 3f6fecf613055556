/** Where on AWS a resource is, and the credentials that a program has for it. */

import { option } from "../../aws/command";
import { region as regionOf } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import { isKnown, text } from "../../stack/values";
import { ACCOUNT_ID, type ProviderPlace, placesByProvider } from "../provider-places";
import type { StackState } from "../state";

/** What is not known is left out. */
export interface Place extends ProviderPlace {
    readonly profile?: string;
}

/** Answers the place of a resource of a stack: its own, or what ARNs of its provider's resources have; else the default. */
export function placeFinder(
    { name, live }: StackState,
    resources: readonly Resource[],
    byDefault: Place,
): (resource: Resource) => Place {
    const [account = ""] = live === undefined ? [] : name.split("/");
    const ofProviders = live === undefined ? placesByProvider(resources) : new Map<string, ProviderPlace>();
    return (resource) => {
        const { provider } = resource;
        const region = regionOf(resource);
        const profile = provider === undefined ? undefined : text(provider, "profile");
        return {
            ...byDefault,
            ...(ACCOUNT_ID.test(account) ? { account } : {}),
            ...ofProviders.get(provider?.urn ?? ""),
            ...(isKnown(region) ? { region } : {}),
            ...(isKnown(profile) ? { profile } : {}),
        };
    };
}

/** The options that each command of the AWS CLI gets. */
export function optionsFor({ region, profile }: Place): string[] {
    return [
        ...(region === undefined ? [] : option("--region", region)),
        ...(profile === undefined ? [] : option("--profile", profile)),
    ];
}

/** `account 123456789012, region eu-west-1`, as far as it is known. */
export function describePlace({ account, region, profile }: Place): string {
    const parts = [
        ...(account === undefined ? [] : [`account ${account}`]),
        ...(region === undefined ? [] : [`region ${region}`]),
        ...(profile === undefined ? [] : [`profile ${profile}`]),
    ];
    return parts.join(", ");
}
