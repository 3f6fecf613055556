/** Where on AWS a resource is, and the credentials that a program has for it. */

import { parseArn } from "../../aws/identity";
import { region as regionOf } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import { isKnown, text } from "../../stack/values";
import type { StackState } from "../inputs/state";

/** What is not known is left out. */
export interface Place {
    readonly account?: string;
    readonly region?: string;
    readonly profile?: string;
}

type Found = Pick<Place, "account" | "region">;

/** Answers the place of a resource of a stack: its own, or what ARNs of its provider's resources have; else the default. */
export function placeFinder(
    { name, live }: StackState,
    resources: readonly Resource[],
    byDefault: Place,
): (resource: Resource) => Place {
    const [account = ""] = live === undefined ? [] : name.split("/");
    const ofProviders = live === undefined ? arnsByProvider(resources) : new Map<string, Found>();
    return (resource) => {
        const { provider } = resource;
        const region = regionOf(resource);
        const profile = provider === undefined ? undefined : text(provider, "profile");
        return {
            ...byDefault,
            ...(ACCOUNT.test(account) ? { account } : {}),
            ...ofProviders.get(provider?.urn ?? ""),
            ...(isKnown(region) ? { region } : {}),
            ...(isKnown(profile) ? { profile } : {}),
        };
    };
}

const ACCOUNT = /^\d{12}$/;

/** What a script may change is in the account of the provider; of other services, some ARNs are of other accounts. */
const OWN = /^arn:[^:]*:(apigateway|execute-api|logs|rds):/;

/** The ARN of a stage has no account; those of other resources have. */
function arnsByProvider(resources: readonly Resource[]): ReadonlyMap<string, Found> {
    const found = new Map<string, Found>();
    for (const resource of resources) {
        const { urn = "" } = resource.provider ?? {};
        for (const arn of ["arn", "executionArn"].map((property) => text(resource, property))) {
            const { account = "", region = "" } = (isKnown(arn) && OWN.test(arn) && parseArn(arn)) || {};
            found.set(urn, {
                ...(ACCOUNT.test(account) ? { account } : {}),
                ...(region === "" ? {} : { region }),
                ...found.get(urn),
            });
        }
    }
    return found;
}

/** The options that each command of the AWS CLI gets. */
export function optionsFor({ region, profile }: Place): string[] {
    return [
        ...(region === undefined ? [] : ["--region", region]),
        ...(profile === undefined ? [] : ["--profile", profile]),
    ];
}

export function describePlace({ account, region, profile }: Place): string {
    const parts = [
        ...(account === undefined ? [] : [`account ${account}`]),
        ...(region === undefined ? [] : [`region ${region}`]),
        ...(profile === undefined ? [] : [`profile ${profile}`]),
    ];
    return parts.join(", ");
}
