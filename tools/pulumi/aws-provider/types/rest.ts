import { secret } from "../values";
import type { Types } from "./type";

// The values of SecurityPolicy in API Gateway's API.
const SECURITY_POLICIES = [
    ..."TLS_1_0 TLS_1_2 SecurityPolicy_TLS13_1_3_2025_09 SecurityPolicy_TLS13_1_3_FIPS_2025_09".split(" "),
    ..."SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09 SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09".split(" "),
    ..."SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09 SecurityPolicy_TLS13_1_2_PQ_2025_09".split(" "),
    ..."SecurityPolicy_TLS13_1_2_2021_06 SecurityPolicy_TLS13_2025_EDGE".split(" "),
    ..."SecurityPolicy_TLS12_PFS_2025_EDGE SecurityPolicy_TLS12_2018_EDGE".split(" "),
];

export const rest: Types = {
    "aws:apigateway/restApi:RestApi": {
        autoName: "name",
        blocks: { endpointConfiguration: { computed: { ipAddressType: "ipv4", vpcEndpointIds: [] } } },
        taggable: true,
        id: "{random:10}",
        // The component of awsx makes a new deployment whenever one of these changes, or comes to be known.
        computed: {
            apiKeySource: "HEADER",
            arn: "arn:aws:apigateway:{region}::/restapis/{id}",
            binaryMediaTypes: [],
            endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE", vpcEndpointIds: [] },
            executionArn: "arn:aws:execute-api:{region}:{account}:{id}",
            minimumCompressionSize: "",
            policy: "",
            rootResourceId: "{random:10}",
        },
        unset: { body: null },
    },

    "aws:apigateway/deployment:Deployment": {
        required: ["restApi"],
        replaces: ["restApi", "triggers", "variables", "stageName"],
        // Up to v6 a Deployment could make a stage.
        removedInV7: ["stageName", "stageDescription", "canarySettings"],
        id: "{random:6}",
        unset: { triggers: null, variables: null },
    },

    "aws:apigateway/stage:Stage": {
        required: ["restApi", "deployment", "stageName"],
        blocks: { canarySettings: { defaults: { percentTraffic: 0 } } },
        replaces: ["restApi", "stageName"],
        taggable: true,
        id: "ags-{restApi}-{stageName}",
        computed: {
            arn: "arn:aws:apigateway:{region}::/restapis/{restApi}/stages/{stageName}",
            executionArn: "arn:aws:execute-api:{region}:{account}:{restApi}/{stageName}",
            invokeUrl: "https://{restApi}.execute-api.{region}.amazonaws.com/{stageName}",
            webAclArn: "",
        },
        // As stored by the real provider (states of pulumi-aws-apigateway's upgrade tests).
        unset: {
            accessLogSettings: null,
            canarySettings: null,
            clientCertificateId: "",
            variables: null,
            xrayTracingEnabled: false,
        },
    },

    "aws:apigateway/methodSettings:MethodSettings": {
        required: ["restApi", "stageName", "methodPath", "settings"],
        blocks: {
            settings: {
                defaults: { throttlingBurstLimit: -1, throttlingRateLimit: -1 },
                // The API leaves out a level that was never set; the provider's state then has "".
                computed: {
                    cacheDataEncrypted: false,
                    cachingEnabled: false,
                    dataTraceEnabled: false,
                    loggingLevel: "",
                    metricsEnabled: false,
                },
            },
        },
        oneOf: { "settings.loggingLevel": ["OFF", "ERROR", "INFO"] },
        replaces: ["restApi", "stageName", "methodPath"],
        id: "{restApi}-{stageName}-{methodPath}",
    },

    // One per account and region: there is nothing in it to make an id of.
    "aws:apigateway/account:Account": {
        // The schema's default is "" (internal/service/apigateway/account.go), so a role that is removed is gone.
        framework: {
            defaults: { cloudwatchRoleArn: "" },
            rawState: {
                throttleSettings: { replace: secret({ replacement: [{ burst_limit: 5000, rate_limit: 10000 }] }) },
            },
        },
        unset: { cloudwatchRoleArn: "" },
        id: "{account}",
        computed: { throttleSettings: [{ burstLimit: 5000, rateLimit: 10000 }] },
        read: { cloudwatchRoleArn: "arn:aws:iam::{account}:role/apigateway-cloudwatch" },
    },

    "aws:apigateway/domainName:DomainName": {
        required: ["domainName"],
        blocks: { endpointConfiguration: { computed: { ipAddressType: "ipv4" } } },
        oneOf: {
            "endpointConfiguration.types": ["EDGE", "REGIONAL", "PRIVATE"],
            endpointAccessMode: ["BASIC", "STRICT"],
            securityPolicy: SECURITY_POLICIES,
        },
        replaces: ["domainName"],
        taggable: true,
        id: "{domainName}",
        computed: {
            arn: "arn:aws:apigateway:{region}::/domainnames/{domainName}",
            endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE" },
            securityPolicy: "TLS_1_2",
        },
        // No access mode goes with a policy such as TLS_1_2 (domain_name_test.go), and the schema does not compute one.
        unset: { endpointAccessMode: "", mutualTlsAuthentication: null },
    },

    "aws:apigateway/resource:Resource": {
        required: ["restApi", "parentId", "pathPart"],
        replaces: ["restApi"],
        id: "{random:6}",
        computed: { path: "/{pathPart}" },
    },

    "aws:apigateway/method:Method": {
        required: ["restApi", "resourceId", "httpMethod", "authorization"],
        replaces: ["restApi", "resourceId", "httpMethod"],
        id: "agm-{restApi}-{resourceId}-{httpMethod}",
    },

    "aws:apigateway/integration:Integration": {
        required: ["restApi", "resourceId", "httpMethod", "type"],
        replaces: ["restApi", "resourceId", "httpMethod", "type"],
        id: "agi-{restApi}-{resourceId}-{httpMethod}",
        unset: { requestTemplates: null },
    },
};
