/** Where on AWS the resources of a provider are, from the ARNs of some of them. */

import { parseArn } from "../aws/identity";
import type { Resource } from "../stack/resource";
import { isKnown, text } from "../stack/values";

/** The account and region of a provider, as far as ARNs tell. */
export interface ProviderPlace {
    readonly account?: string;
    readonly region?: string;
}

/** The id of an AWS account. */
export const ACCOUNT_ID = /^\d{12}$/;

/** What is of these services is in the account of the provider; a network or a key, for one, may be shared by another account. */
const OWN = /^arn:[^:]*:(apigateway|execute-api|logs|rds):/;

/** By the URN of the provider. The ARN of a stage has no account; that of its log group has, and the one an API is called by. */
export function placesByProvider(resources: readonly Resource[]): ReadonlyMap<string, ProviderPlace> {
    const found = new Map<string, ProviderPlace>();
    for (const resource of resources) {
        const { urn = "" } = resource.provider ?? {};
        for (const arn of ["arn", "executionArn"].map((property) => text(resource, property))) {
            const { account = "", region = "" } = (isKnown(arn) && OWN.test(arn) && parseArn(arn)) || {};
            found.set(urn, {
                ...(ACCOUNT_ID.test(account) ? { account } : {}),
                ...(region === "" ? {} : { region }),
                ...found.get(urn),
            });
        }
    }
    return found;
}
