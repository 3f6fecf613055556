/** Custom domain names of REST APIs, and the security policies (TLS versions and ciphers) that AWS offers for them. */

import { indices, type Maybe, type Readable, text, UNKNOWN } from "../../stack/values";

/**
 * The security policies that Security Hub allows, by the type of endpoint that they are for
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-11,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html). The first of each
 * also accepts clients with TLS 1.2.
 */
export const RECOMMENDED_POLICIES = {
    REGIONAL: [
        "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        "SecurityPolicy_TLS13_1_3_2025_09",
        "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    ],
    EDGE: ["SecurityPolicy_TLS12_PFS_2025_EDGE", "SecurityPolicy_TLS13_2025_EDGE"],
} as const;

/** The type of a domain name's endpoint; undefined if it is not set, or if there are several. */
export function endpointOf(domain: Readable): Maybe<string> {
    const path = ["endpointConfiguration", "types"] as const;
    const list = indices(domain, ...path);
    if (list === UNKNOWN) {
        return UNKNOWN;
    }
    // In @pulumi/aws it is a string: the provider accepts only one type.
    return list === undefined ? text(domain, ...path) : list.length > 1 ? undefined : text(domain, ...path, 0);
}
