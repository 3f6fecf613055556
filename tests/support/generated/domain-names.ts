/** Custom domain names of REST APIs. */

import * as fc from "fast-check";
import { computed } from "../wire/declare";
import { type Draft, list, make, type ShapeOf, where } from "./draft";

export const DOMAIN_NAMES = {
    domainNames: list(
        fc.record({
            native: fc.boolean(),
            endpoint: fc.constantFrom("REGIONAL", "EDGE", "PRIVATE", undefined),
            securityPolicy: fc.constantFrom(
                ...["TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09", "SecurityPolicy_TLS13_2025_EDGE", undefined],
            ),
            where,
        }),
        2,
    ),
};

export function addDomainNames(draft: Draft, { domainNames }: ShapeOf<typeof DOMAIN_NAMES>): void {
    for (const { native, endpoint, securityPolicy, where: there } of domainNames) {
        const types = native ? [endpoint] : endpoint;
        make(
            draft,
            native ? "aws-native:apigateway:DomainName" : "aws:apigateway/domainName:DomainName",
            {
                domainName: "example.com",
                securityPolicy,
                ...(endpoint === undefined ? {} : { endpointConfiguration: { types } }),
            },
            {
                where: there,
                ...(securityPolicy === undefined ? { outputs: { securityPolicy: computed("TLS_1_2") } } : {}),
            },
        );
    }
}
