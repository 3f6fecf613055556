import { ACCOUNT_ID, alphanumeric, isObject, type Props, text } from "../values";
import type { Block, Types } from "./type";

const LEVELS = ["OFF", "ERROR", "INFO"];

/**
 * A stage carries only its API's id, and this provider may see the stage in another run (so in another process) than
 * the API. The real one asks AWS for the protocol; here the id itself says it: it ends in "w" for a WebSocket API, in
 * anything else for an HTTP API. It still looks like one of AWS's.
 */
export function apiId(seed: string, protocolType: unknown): string {
    return alphanumeric(seed, 9) + (protocolType === "WEBSOCKET" ? "w" : "h");
}

export function isWebSocket(id: unknown): boolean {
    return text(id).endsWith("w");
}

const routeSettings: Block = {
    defaults: { dataTraceEnabled: false, detailedMetricsEnabled: false },
    computed: { loggingLevel: "OFF" },
    unset: { throttlingBurstLimit: 0, throttlingRateLimit: 0 },
};

/** The provider sends level and data trace for WebSocket APIs only; AWS answers an HTTP API's stage without a level. */
function settled(settings: unknown, webSocket: boolean, noLimit: 0 | null): Props {
    const known: Props = {
        dataTraceEnabled: false,
        detailedMetricsEnabled: false,
        loggingLevel: "OFF",
        throttlingBurstLimit: noLimit,
        throttlingRateLimit: noLimit,
        ...(isObject(settings) ? settings : {}),
    };
    return webSocket ? known : { ...known, dataTraceEnabled: false, loggingLevel: "" };
}

export const v2: Types = {
    "aws:apigatewayv2/api:Api": {
        required: ["protocolType"],
        autoName: "name",
        defaults: {
            apiKeySelectionExpression: "$request.header.x-api-key",
            routeSelectionExpression: "$request.method $request.path",
        },
        blocks: { corsConfiguration: {} },
        oneOf: { protocolType: ["WEBSOCKET", "HTTP"] },
        replaces: ["credentialsArn", "protocolType", "routeKey", "target"],
        taggable: true,
        id: (seed, { protocolType }) => apiId(seed, protocolType),
        computed: ({ protocolType }, id, aws) => ({
            apiEndpoint: `${protocolType === "WEBSOCKET" ? "wss" : "https"}://${id}.execute-api.${aws.region}.amazonaws.com`,
            arn: `arn:aws:apigateway:${aws.region}::/apis/${id}`,
            executionArn: `arn:aws:execute-api:${aws.region}:${ACCOUNT_ID}:${id}`,
            ipAddressType: "ipv4",
        }),
        unset: {
            body: null,
            corsConfiguration: null,
            credentialsArn: null,
            description: "",
            disableExecuteApiEndpoint: false,
            failOnWarnings: null,
            routeKey: null,
            target: null,
            version: "",
        },
        // What quick create (`target`) makes on AWS, a route, an integration and a stage, is not read: no output has it.
        read: (id) => ({ name: id, protocolType: isWebSocket(id) ? "WEBSOCKET" : "HTTP" }),
    },

    "aws:apigatewayv2/stage:Stage": {
        required: ["apiId"],
        autoName: "name",
        defaults: { autoDeploy: false },
        blocks: {
            accessLogSettings: {},
            defaultRouteSettings: routeSettings,
            // Within a set, what the program does not set stays null (seen with pulumi-aws 7.48).
            routeSettings: {
                ...routeSettings,
                key: "routeKey",
                unset: { throttlingBurstLimit: null, throttlingRateLimit: null },
            },
        },
        oneOf: { "defaultRouteSettings.loggingLevel": LEVELS, "routeSettings.[].loggingLevel": LEVELS },
        replaces: ["apiId", "name"],
        taggable: true,
        // Not unique: every API may have a "prod".
        id: (_, { name }) => text(name),
        computed: ({ apiId, name }, _, aws) => ({
            arn: `arn:aws:apigateway:${aws.region}::/apis/${text(apiId)}/stages/${text(name)}`,
            deploymentId: "",
            executionArn: `arn:aws:execute-api:${aws.region}:${ACCOUNT_ID}:${text(apiId)}/${text(name)}`,
            invokeUrl: `${isWebSocket(apiId) ? "wss" : "https"}://${text(apiId)}.execute-api.${aws.region}.amazonaws.com/${
                name === "$default" ? "" : text(name)
            }`,
        }),
        unset: {
            accessLogSettings: null,
            clientCertificateId: "",
            defaultRouteSettings: null,
            description: "",
            routeSettings: [],
            stageVariables: null,
        },
        suppressed: ["defaultRouteSettings"],
        settle: (outputs) => {
            const webSocket = isWebSocket(outputs.apiId);
            const routes = Array.isArray(outputs.routeSettings) ? outputs.routeSettings : [];
            return {
                defaultRouteSettings: settled(outputs.defaultRouteSettings, webSocket, 0),
                routeSettings: routes.map((route) => settled(route, webSocket, null)),
            };
        },
        read: (id) => {
            const [apiId = "", name = ""] = id.split("/");
            return name ? { apiId, name } : { name: id };
        },
    },

    "aws:apigatewayv2/route:Route": {
        required: ["apiId", "routeKey"],
        defaults: { apiKeyRequired: false, authorizationType: "NONE" },
        oneOf: { authorizationType: ["NONE", "AWS_IAM", "CUSTOM", "JWT"] },
        replaces: ["apiId"],
        id: (seed) => alphanumeric(seed, 7),
        unset: {
            authorizationScopes: null,
            authorizerId: "",
            modelSelectionExpression: "",
            operationName: "",
            requestModels: null,
            requestParameters: [],
            routeResponseSelectionExpression: "",
            target: "",
        },
        read: (id) => ({ ...partOfApi(id), apiKeyRequired: false, authorizationType: "NONE", routeKey: "$default" }),
    },

    "aws:apigatewayv2/integration:Integration": {
        required: ["apiId", "integrationType"],
        defaults: { connectionType: "INTERNET", passthroughBehavior: "WHEN_NO_MATCH", payloadFormatVersion: "1.0" },
        // HTTP APIs have none, so the default is not a change from "" (internal/service/apigatewayv2/integration.go).
        ignored: ({ passthroughBehavior }) => (passthroughBehavior === "WHEN_NO_MATCH" ? ["passthroughBehavior"] : []),
        // An empty block is one, too: it is sent as an empty TlsConfig, which AWS repeats (expandTLSConfig and
        // flattenTLSConfig in the same file).
        blocks: { tlsConfig: { unset: { serverNameToVerify: "" } } },
        oneOf: {
            connectionType: ["INTERNET", "VPC_LINK"],
            integrationType: ["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"],
            payloadFormatVersion: ["1.0", "2.0"],
        },
        replaces: ["apiId", "integrationSubtype", "integrationType"],
        id: (seed) => alphanumeric(seed, 7),
        // AWS's answers as in internal/service/apigatewayv2/integration_test.go of terraform-provider-aws.
        computed: ({ apiId }) => ({
            integrationResponseSelectionExpression: isWebSocket(apiId) ? "${integration.response.statuscode}" : "",
            timeoutMilliseconds: isWebSocket(apiId) ? 29000 : 30000,
        }),
        unset: {
            connectionId: "",
            contentHandlingStrategy: "",
            credentialsArn: "",
            description: "",
            integrationMethod: "",
            integrationSubtype: "",
            integrationUri: "",
            requestParameters: null,
            requestTemplates: null,
            responseParameters: [],
            templateSelectionExpression: "",
            tlsConfig: null,
        },
        settle: ({ apiId, passthroughBehavior }) => ({
            passthroughBehavior: passthroughBehavior ?? (isWebSocket(apiId) ? "WHEN_NO_MATCH" : ""),
        }),
        read: (id) => ({
            ...partOfApi(id),
            connectionType: "INTERNET",
            integrationType: "HTTP_PROXY",
            payloadFormatVersion: "1.0",
        }),
    },

    "aws:apigatewayv2/vpcLink:VpcLink": {
        required: ["securityGroupIds", "subnetIds"],
        autoName: "name",
        replaces: ["securityGroupIds", "subnetIds"],
        taggable: true,
        id: (seed) => alphanumeric(seed, 6),
        computed: (_, id, aws) => ({ arn: `arn:aws:apigateway:${aws.region}::/vpclinks/${id}` }),
    },

    "aws:apigatewayv2/authorizer:Authorizer": {
        required: ["apiId", "authorizerType"],
        autoName: "name",
        blocks: { jwtConfiguration: { unset: { audiences: null, issuer: "" } } },
        oneOf: { authorizerType: ["REQUEST", "JWT"], authorizerPayloadFormatVersion: ["1.0", "2.0"] },
        replaces: ["apiId"],
        id: (seed) => alphanumeric(seed, 6),
        // The provider asks for 300 seconds where identity sources make caching possible (authorizer.go).
        computed: ({ apiId, authorizerType, identitySources }) => ({
            authorizerResultTtlInSeconds:
                authorizerType === "REQUEST" && !isWebSocket(apiId) && identitySources !== undefined ? 300 : 0,
        }),
        unset: {
            authorizerCredentialsArn: "",
            authorizerPayloadFormatVersion: "",
            authorizerUri: "",
            enableSimpleResponses: false,
            identitySources: null,
            jwtConfiguration: null,
        },
    },
};

/** Routes and integrations are imported and read by `<API id>/<id>`. */
function partOfApi(id: string): Props {
    const [apiId = ""] = id.split("/");
    return { apiId };
}
