import { isObject, type Props, text } from "../values";
import type { Block, Types } from "./type";

const LEVELS = ["OFF", "ERROR", "INFO"];

/**
 * A stage carries only its API's id, and this provider may see the stage in another run (so in another process) than
 * the API. The real one asks AWS for the protocol; here the id itself says it: it ends in "w" for a WebSocket API, in
 * anything else for an HTTP API. It still looks like one of AWS's.
 */
export function apiId({ protocolType }: Props): string {
    return `{random:9}${protocolType === "WEBSOCKET" ? "w" : "h"}`;
}

function isWebSocket(id: unknown): boolean {
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
        oneOf: { protocolType: ["WEBSOCKET", "HTTP"] },
        replaces: ["protocolType", "target"],
        taggable: true,
        id: apiId,
        computed: ({ protocolType }) => ({
            apiEndpoint: `${protocolType === "WEBSOCKET" ? "wss" : "https"}://{id}.execute-api.{region}.amazonaws.com`,
            arn: "arn:aws:apigateway:{region}::/apis/{id}",
            executionArn: "arn:aws:execute-api:{region}:{account}:{id}",
        }),
        // What quick create (`target`) makes on AWS, a route, an integration and a stage, is not read: no output has it.
        unset: { body: null, target: null },
    },

    "aws:apigatewayv2/stage:Stage": {
        required: ["apiId"],
        autoName: "name",
        defaults: { autoDeploy: false },
        blocks: {
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
        id: "{name}",
        computed: ({ apiId, name }) => ({
            arn: "arn:aws:apigateway:{region}::/apis/{apiId}/stages/{name}",
            executionArn: "arn:aws:execute-api:{region}:{account}:{apiId}/{name}",
            invokeUrl: `${isWebSocket(apiId) ? "wss" : "https"}://{apiId}.execute-api.{region}.amazonaws.com/${
                name === "$default" ? "" : "{name}"
            }`,
        }),
        unset: { accessLogSettings: null, defaultRouteSettings: null, routeSettings: [], stageVariables: null },
        suppressed: ["defaultRouteSettings"],
        settle: (outputs) => {
            const webSocket = isWebSocket(outputs.apiId);
            const routes = Array.isArray(outputs.routeSettings) ? outputs.routeSettings : [];
            return {
                defaultRouteSettings: settled(outputs.defaultRouteSettings, webSocket, 0),
                routeSettings: routes.map((route) => settled(route, webSocket, null)),
            };
        },
    },

    "aws:apigatewayv2/route:Route": {
        required: ["apiId", "routeKey"],
        defaults: { authorizationType: "NONE" },
        oneOf: { authorizationType: ["NONE", "AWS_IAM", "CUSTOM", "JWT"] },
        replaces: ["apiId"],
        id: "{random:7}",
        unset: { authorizerId: "", requestParameters: [], target: "" },
    },

    "aws:apigatewayv2/integration:Integration": {
        required: ["apiId", "integrationType"],
        defaults: { connectionType: "INTERNET" },
        // An empty block is one, too: it is sent as an empty TlsConfig, which AWS repeats (expandTLSConfig and
        // flattenTLSConfig in internal/service/apigatewayv2/integration.go).
        blocks: { tlsConfig: { unset: { serverNameToVerify: "" } } },
        oneOf: {
            connectionType: ["INTERNET", "VPC_LINK"],
            integrationType: ["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"],
        },
        replaces: ["apiId", "integrationType"],
        id: "{random:7}",
        unset: { connectionId: "", integrationUri: "", tlsConfig: null },
    },
};
