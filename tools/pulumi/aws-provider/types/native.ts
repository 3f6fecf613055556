import { ACCOUNT_ID, alphanumeric, hex, text } from "../values";
import type { Types } from "./type";
import { apiId } from "./v2";

/** aws-native answers what it was given, and what Cloud Control calls read-only properties. It fills in no defaults. */
export const native: Types = {
    "aws-native:apigateway:RestApi": {
        autoName: "name",
        id: (seed) => alphanumeric(seed, 10),
        computed: (_, id) => ({ restApiId: id, rootResourceId: alphanumeric(`${id}/`, 10) }),
    },
    "aws-native:apigateway:Deployment": {
        required: ["restApiId"],
        replaces: ["restApiId"],
        id: (seed, { restApiId }) => `${alphanumeric(seed, 6)}|${text(restApiId)}`,
        computed: (_, id) => ({ deploymentId: text(id.split("|")[0]) }),
    },
    "aws-native:apigateway:Stage": {
        required: ["restApiId"],
        autoName: "stageName",
        replaces: ["restApiId", "stageName"],
        id: (_, { restApiId, stageName }) => `${text(restApiId)}|${text(stageName)}`,
    },
    "aws-native:apigateway:Account": {
        id: (seed) => hex(seed, 12),
        computed: (_, id) => ({ awsId: id }),
    },
    "aws-native:apigatewayv2:Api": {
        autoName: "name",
        replaces: ["protocolType"],
        id: (seed, { protocolType }) => apiId(seed, protocolType),
        computed: ({ protocolType }, id, aws) => ({
            apiId: id,
            apiEndpoint: `${protocolType === "WEBSOCKET" ? "wss" : "https"}://${id}.execute-api.${aws.region}.amazonaws.com`,
        }),
    },
    "aws-native:apigatewayv2:Stage": {
        required: ["apiId"],
        autoName: "stageName",
        replaces: ["apiId", "stageName"],
        id: (_, { apiId, stageName }) => `${text(apiId)}|${text(stageName)}`,
    },
    "aws-native:logs:LogGroup": {
        autoName: "logGroupName",
        replaces: ["logGroupName"],
        id: (_, { logGroupName }) => text(logGroupName),
        // CloudFormation's Arn attribute, which ends in ":*".
        computed: (_, id, aws) => ({ arn: `arn:aws:logs:${aws.region}:${ACCOUNT_ID}:log-group:${id}:*` }),
    },
};
