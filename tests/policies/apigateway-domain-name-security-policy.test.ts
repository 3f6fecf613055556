import policy from "../../policies/apigateway-domain-name-security-policy";
import { declare, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, resourceTable, withPack } from "../support/wire/table";

const domain = (types: unknown, props: Record<string, unknown> = {}) =>
    declare("aws:apigateway/domainName:DomainName", "shop", {
        domainName: "api.example.com",
        ...(types === undefined ? {} : { endpointConfiguration: { types } }),
        ...props,
    });
const native = (types: unknown, props: Record<string, unknown> = {}) =>
    declare("aws-native:apigateway:DomainName", "shop", { endpointConfiguration: { types }, ...props });

const REGIONAL =
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09, SecurityPolicy_TLS13_1_3_2025_09 or SecurityPolicy_TLS13_1_3_FIPS_2025_09";
const EDGE = "SecurityPolicy_TLS12_PFS_2025_EDGE or SecurityPolicy_TLS13_2025_EDGE";
const UNSET = "sets no security policy, and AWS's default is TLS_1_2, which Security Hub does not recommend.";
const OLD = 'has the security policy "TLS_1_2", which Security Hub does not recommend.';
const MODE =
    "and endpointAccessMode to STRICT, or to BASIC while clients migrate. The domain name can then use neither mutual TLS nor HTTP APIs.";
const REGIONAL_FIX = `Set securityPolicy to ${REGIONAL}, ${MODE}
securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "STRICT"`;
const EDGE_FIX = `Set securityPolicy to ${EDGE}, ${MODE}
securityPolicy: "SecurityPolicy_TLS12_PFS_2025_EDGE", endpointAccessMode: "STRICT"`;
const ANY_FIX = `Set securityPolicy to ${REGIONAL} (for an edge-optimized endpoint, ${EDGE}), ${MODE}`;

const ALLOWED = [
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
];
const NOT_ALLOWED = [
    "TLS_1_0",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS12_2018_EDGE",
    "securitypolicy_tls13_1_3_2025_09",
];

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        ...ALLOWED.map((securityPolicy) => ({
            when: `${securityPolicy} is fine`,
            given: domain("REGIONAL", { securityPolicy, endpointAccessMode: "STRICT" }),
        })),
        ...NOT_ALLOWED.map((securityPolicy) => ({
            when: `${securityPolicy} is a finding`,
            given: domain("REGIONAL", { securityPolicy }),
            finds: `DomainName "shop" ${OLD.replace("TLS_1_2", securityPolicy)}\n${REGIONAL_FIX}`,
        })),
        {
            when: "TLS_1_2 of a regional domain name is a finding",
            given: domain("REGIONAL", { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${REGIONAL_FIX}`,
        },
        {
            when: "TLS_1_2 of an edge-optimized domain name is a finding",
            given: domain("EDGE", { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${EDGE_FIX}`,
        },
        {
            when: "a domain name without a type of endpoint is advised on both",
            given: domain(undefined, { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${ANY_FIX}`,
        },
        {
            when: "a type of endpoint that is not text is not set",
            given: domain(5, { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${ANY_FIX}`,
        },
        {
            when: "a domain name without a security policy is a finding",
            given: domain("REGIONAL"),
            finds: `DomainName "shop" ${UNSET}\n${REGIONAL_FIX}`,
        },
        {
            when: "a security policy that is empty is not set",
            given: domain("REGIONAL", { securityPolicy: "" }),
            finds: `DomainName "shop" ${UNSET}\n${REGIONAL_FIX}`,
        },
        {
            when: "a security policy that is a list is not set",
            given: domain("REGIONAL", { securityPolicy: ["SecurityPolicy_TLS13_1_3_2025_09"] }),
            finds: `DomainName "shop" ${UNSET}\n${REGIONAL_FIX}`,
        },
        {
            when: "mutual TLS does not excuse a domain name",
            given: domain("REGIONAL", { mutualTlsAuthentication: { truststoreUri: "s3://trust/store.pem" } }),
            finds: `DomainName "shop" ${UNSET}\n${REGIONAL_FIX}`,
        },
        {
            when: "a security policy that is not known yet is not a finding",
            given: domain("REGIONAL", { securityPolicy: UNKNOWN_VALUE }),
        },
        {
            when: "a domain name of private APIs is not a finding",
            given: domain("PRIVATE", { securityPolicy: "TLS_1_2" }),
        },
        {
            when: "a type of endpoint that is not known yet may be that of private APIs",
            given: domain(UNKNOWN_VALUE, { securityPolicy: "TLS_1_2" }),
        },
        {
            when: "a domain name that is only read is not a finding",
            given: declare("aws:apigateway/domainName:DomainName", "shop", {}),
        },
        {
            when: "a domain name of HTTP and WebSocket APIs is not a finding",
            given: declare("aws:apigatewayv2/domainName:DomainName", "shop", {
                domainName: "api.example.com",
                domainNameConfiguration: { endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
            }),
        },

        // aws-native
        {
            when: "an aws-native domain name with a recommended policy is fine",
            given: native(["EDGE"], { securityPolicy: "SecurityPolicy_TLS13_2025_EDGE" }),
        },
        {
            when: "an aws-native domain name without a security policy is a finding",
            given: native(["REGIONAL"]),
            finds: `DomainName "shop" ${UNSET}\n${REGIONAL_FIX}`,
        },
        {
            when: "an edge-optimized aws-native domain name is advised on policies for such",
            given: native(["EDGE"], { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${EDGE_FIX}`,
        },
        {
            when: "an aws-native domain name with two types of endpoints is advised on both",
            given: native(["EDGE", "REGIONAL"], { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${ANY_FIX}`,
        },
        {
            when: "a list of types that is empty is not set",
            given: native([], { securityPolicy: "TLS_1_2" }),
            finds: `DomainName "shop" ${OLD}\n${ANY_FIX}`,
        },
        {
            when: "a type in a list that is not known yet may be that of private APIs",
            given: native([UNKNOWN_VALUE], { securityPolicy: "TLS_1_2" }),
        },
        {
            when: "an aws-native domain name of private APIs is not a finding",
            given: declare("aws-native:apigateway:DomainNameV2", "shop", { securityPolicy: "TLS_1_2" }),
        },
    ]);

    configTable(policy, pack, [
        {
            when: "with an unknown key",
            config: { policies: ["TLS_1_2"] },
            fails: 'there is no config key "policies". Its keys are "exemptions", "exemptionTag".',
        },
    ]);
});
