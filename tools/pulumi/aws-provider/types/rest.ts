import { ACCOUNT_ID, type Aws, alphanumeric, hex, secret, text } from "../values";
import type { Types } from "./type";

const CREATED = "2026-01-01T00:00:00Z";

// The values of SecurityPolicy in API Gateway's API.
const SECURITY_POLICIES = [
    ...["TLS_1_0", "TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09", "SecurityPolicy_TLS13_1_3_FIPS_2025_09"],
    ...["SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09"],
    ...["SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_PQ_2025_09"],
    ...["SecurityPolicy_TLS13_1_2_2021_06", "SecurityPolicy_TLS13_2025_EDGE"],
    ...["SecurityPolicy_TLS12_PFS_2025_EDGE", "SecurityPolicy_TLS12_2018_EDGE"],
];

function executionArn(aws: Aws, api: unknown, stage = ""): string {
    return `arn:aws:execute-api:${aws.region}:${ACCOUNT_ID}:${text(api)}${stage}`;
}

function invokeUrl(aws: Aws, api: unknown, stage: unknown): string {
    return `https://${text(api)}.execute-api.${aws.region}.amazonaws.com/${text(stage)}`;
}

export const rest: Types = {
    "aws:apigateway/restApi:RestApi": {
        autoName: "name",
        defaults: { putRestApiMode: "overwrite" },
        blocks: { endpointConfiguration: { computed: { ipAddressType: "ipv4", vpcEndpointIds: [] } } },
        taggable: true,
        id: (seed) => alphanumeric(seed, 10),
        // The default is not a change from "" (internal/service/apigateway/rest_api.go of terraform-provider-aws).
        ignored: ({ putRestApiMode }) => (putRestApiMode === "overwrite" ? ["putRestApiMode"] : []),
        computed: (_, id, aws) => ({
            apiKeySource: "HEADER",
            arn: `arn:aws:apigateway:${aws.region}::/restapis/${id}`,
            binaryMediaTypes: [],
            createdDate: CREATED,
            description: "",
            disableExecuteApiEndpoint: false,
            endpointAccessMode: null,
            endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE", vpcEndpointIds: [] },
            executionArn: executionArn(aws, id),
            minimumCompressionSize: "",
            policy: "",
            rootResourceId: alphanumeric(`${id}/`, 10),
            securityPolicy: null,
        }),
        unset: { body: null, failOnWarnings: null, parameters: null },
        read: (id) => ({ name: id, putRestApiMode: "overwrite" }),
    },

    "aws:apigateway/deployment:Deployment": {
        required: ["restApi"],
        replaces: ["restApi", "triggers", "variables", "stageName"],
        removedInV7: ["stageName", "stageDescription", "canarySettings"],
        id: (seed) => alphanumeric(seed, 6),
        // Up to v6 a Deployment could make a stage (stageName); v7 removed that and the two outputs that went with it.
        computed: ({ restApi, stageName }, _, aws) =>
            aws.v7
                ? { createdDate: CREATED }
                : {
                      createdDate: CREATED,
                      executionArn: executionArn(aws, restApi, `/${text(stageName)}`),
                      invokeUrl: invokeUrl(aws, restApi, stageName),
                  },
        unset: { description: "", triggers: null, variables: null },
    },

    "aws:apigateway/stage:Stage": {
        required: ["restApi", "deployment", "stageName"],
        blocks: { accessLogSettings: {}, canarySettings: { defaults: { percentTraffic: 0 } } },
        replaces: ["restApi", "stageName"],
        taggable: true,
        id: (_, { restApi, stageName }) => `ags-${text(restApi)}-${text(stageName)}`,
        computed: ({ restApi, stageName }, _, aws) => ({
            arn: `arn:aws:apigateway:${aws.region}::/restapis/${text(restApi)}/stages/${text(stageName)}`,
            executionArn: executionArn(aws, restApi, `/${text(stageName)}`),
            invokeUrl: invokeUrl(aws, restApi, stageName),
            webAclArn: "",
        }),
        // As stored by the real provider (states of pulumi-aws-apigateway's upgrade tests).
        unset: {
            accessLogSettings: null,
            cacheClusterEnabled: false,
            cacheClusterSize: "",
            canarySettings: null,
            clientCertificateId: "",
            description: "",
            documentationVersion: "",
            variables: null,
            xrayTracingEnabled: false,
        },
        read: (id) => {
            const [, restApi = "", stageName = ""] = /^(?:ags-)?([^-/]+)[-/](.+)$/.exec(id) ?? [];
            return { restApi, stageName, deployment: alphanumeric(id, 6) };
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
                    cacheTtlInSeconds: 300,
                    cachingEnabled: false,
                    dataTraceEnabled: false,
                    loggingLevel: "",
                    metricsEnabled: false,
                    requireAuthorizationForCacheControl: true,
                    unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
                },
            },
        },
        oneOf: { "settings.loggingLevel": ["OFF", "ERROR", "INFO"] },
        replaces: ["restApi", "stageName", "methodPath"],
        id: (_, { restApi, stageName, methodPath }) => `${text(restApi)}-${text(stageName)}-${text(methodPath)}`,
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
        id: (_seed, _props, aws) => (aws.v7 ? ACCOUNT_ID : "api-gateway-account"),
        computed: () => ({
            apiKeyVersion: "1",
            features: ["UsagePlans"],
            throttleSettings: [{ burstLimit: 5000, rateLimit: 10000 }],
        }),
        // AWS never set up for logging is `Account.get("account", "no-role")`.
        read: (id) => ({
            cloudwatchRoleArn: id === "no-role" ? "" : `arn:aws:iam::${ACCOUNT_ID}:role/apigateway-cloudwatch`,
        }),
    },

    "aws:apigateway/domainName:DomainName": {
        required: ["domainName"],
        blocks: {
            endpointConfiguration: { computed: { ipAddressType: "ipv4" } },
            mutualTlsAuthentication: { unset: { truststoreVersion: "" } },
        },
        oneOf: {
            "endpointConfiguration.types": ["EDGE", "REGIONAL", "PRIVATE"],
            endpointAccessMode: ["BASIC", "STRICT"],
            securityPolicy: SECURITY_POLICIES,
        },
        replaces: ["certificateBody", "certificateChain", "certificatePrivateKey", "domainName"],
        taggable: true,
        id: (_, { domainName }) => text(domainName),
        computed: ({ domainName }, id, aws) => ({
            arn: `arn:aws:apigateway:${aws.region}::/domainnames/${text(domainName)}`,
            certificateUploadDate: CREATED,
            cloudfrontDomainName: `${alphanumeric(id, 14)}.cloudfront.net`,
            // Every distribution of CloudFront has this one.
            cloudfrontZoneId: "Z2FDTNDATAQYW2",
            domainNameId: "",
            endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE" },
            ownershipVerificationCertificateArn: "",
            regionalDomainName: `d-${alphanumeric(id, 10)}.execute-api.${aws.region}.amazonaws.com`,
            regionalZoneId: `Z${alphanumeric(id, 13).toUpperCase()}`,
            routingMode: "BASE_PATH_MAPPING_ONLY",
            securityPolicy: "TLS_1_2",
        }),
        // No access mode goes with a policy such as TLS_1_2 (domain_name_test.go), and the schema does not compute one.
        unset: {
            certificateArn: "",
            certificateBody: null,
            certificateChain: null,
            certificateName: "",
            certificatePrivateKey: null,
            endpointAccessMode: "",
            mutualTlsAuthentication: null,
            policy: "",
            regionalCertificateArn: "",
            regionalCertificateName: "",
        },
        read: (id) => ({ domainName: id }),
    },

    "aws:apigateway/resource:Resource": {
        required: ["restApi", "parentId", "pathPart"],
        replaces: ["restApi"],
        id: (seed) => alphanumeric(seed, 6),
        computed: ({ pathPart }) => ({ path: `/${text(pathPart)}` }),
    },

    "aws:apigateway/method:Method": {
        required: ["restApi", "resourceId", "httpMethod", "authorization"],
        defaults: { apiKeyRequired: false },
        replaces: ["restApi", "resourceId", "httpMethod"],
        id: (_, { restApi, resourceId, httpMethod }) => `agm-${text(restApi)}-${text(resourceId)}-${text(httpMethod)}`,
        unset: {
            authorizationScopes: null,
            authorizerId: null,
            operationName: null,
            requestModels: null,
            requestParameters: null,
            requestValidatorId: null,
        },
    },

    "aws:apigateway/integration:Integration": {
        required: ["restApi", "resourceId", "httpMethod", "type"],
        defaults: { connectionType: "INTERNET", timeoutMilliseconds: 29000 },
        blocks: { tlsConfig: { defaults: { insecureSkipVerification: false } } },
        replaces: ["restApi", "resourceId", "httpMethod", "type"],
        id: (_, { restApi, resourceId, httpMethod }) => `agi-${text(restApi)}-${text(resourceId)}-${text(httpMethod)}`,
        computed: ({ resourceId }) => ({ cacheNamespace: text(resourceId), passthroughBehavior: "WHEN_NO_MATCH" }),
        unset: {
            cacheKeyParameters: null,
            connectionId: "",
            contentHandling: "",
            credentials: "",
            integrationHttpMethod: "",
            requestParameters: null,
            requestTemplates: null,
            tlsConfig: null,
            uri: "",
        },
    },

    "aws:apigateway/clientCertificate:ClientCertificate": {
        taggable: true,
        id: (seed) => alphanumeric(seed, 6),
        computed: (_, id, aws) => ({
            arn: `arn:aws:apigateway:${aws.region}::/clientcertificates/${id}`,
            createdDate: CREATED,
            expirationDate: "2027-01-01T00:00:00Z",
            pemEncodedCertificate: `-----BEGIN CERTIFICATE-----\n${hex(id, 64)}\n-----END CERTIFICATE-----\n`,
        }),
        unset: { description: "" },
    },
};
