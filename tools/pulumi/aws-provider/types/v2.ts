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
};

/** The provider sends level and data trace for WebSocket APIs only; AWS answers an HTTP API's stage without a level. */
function settled(settings: unknown, webSocket: boolean): Props {
    const known: Props = {
        dataTraceEnabled: false,
        detailedMetricsEnabled: false,
        loggingLevel: "OFF",
        throttlingBurstLimit: 0,
        throttlingRateLimit: 0,
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
        replaces: ["protocolType"],
        taggable: true,
        id: (seed, { protocolType }) => apiId(seed, protocolType),
        computed: ({ protocolType }, id, aws) => ({
            apiEndpoint: `${protocolType === "WEBSOCKET" ? "wss" : "https"}://${id}.execute-api.${aws.region}.amazonaws.com`,
            arn: `arn:aws:apigateway:${aws.region}::/apis/${id}`,
            executionArn: `arn:aws:execute-api:${aws.region}:${ACCOUNT_ID}:${id}`,
            ipAddressType: "ipv4",
        }),
        unset: { corsConfiguration: null, description: "", disableExecuteApiEndpoint: false, version: "" },
        read: (id) => ({ name: id, protocolType: isWebSocket(id) ? "WEBSOCKET" : "HTTP" }),
    },

    "aws:apigatewayv2/stage:Stage": {
        required: ["apiId"],
        autoName: "name",
        defaults: { autoDeploy: false },
        blocks: {
            accessLogSettings: {},
            defaultRouteSettings: routeSettings,
            routeSettings: { ...routeSettings, key: "routeKey" },
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
            description: "",
            routeSettings: [],
            stageVariables: {},
        },
        settle: (outputs) => {
            const webSocket = isWebSocket(outputs.apiId);
            const routes = Array.isArray(outputs.routeSettings) ? outputs.routeSettings : [];
            return {
                defaultRouteSettings: settled(outputs.defaultRouteSettings, webSocket),
                routeSettings: routes.map((route) => settled(route, webSocket)),
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
        replaces: ["apiId"],
        id: (seed) => alphanumeric(seed, 7),
        unset: { authorizerId: "", target: "" },
    },

    "aws:apigatewayv2/integration:Integration": {
        required: ["apiId", "integrationType"],
        defaults: { connectionType: "INTERNET", payloadFormatVersion: "1.0" },
        blocks: { tlsConfig: {} },
        replaces: ["apiId", "integrationType"],
        id: (seed) => alphanumeric(seed, 7),
        computed: () => ({ integrationResponseSelectionExpression: "", timeoutMilliseconds: 30000 }),
        unset: { connectionId: "", integrationUri: "", tlsConfig: null },
    },
};
