import type { Types } from "./type";
import { apiId } from "./v2";

/**
 * aws-native answers what it was given, and what Cloud Control calls read-only properties. It fills in no defaults. It
 * names what has a property "name", "<type>Name", or "<end of the type>Name" (provider/pkg/autonaming of
 * pulumi-aws-native). Databases have none; RDS names those that the program does not.
 */
export const native: Types = {
    "aws-native:apigateway:RestApi": {
        autoName: "name",
        id: "{random:10}",
        computed: { restApiId: "{id}", rootResourceId: "{random:10}" },
    },
    "aws-native:apigateway:Deployment": {
        replaces: ["restApiId"],
        id: "{random:6}|{restApiId}",
        computed: { deploymentId: "{id:0}" },
    },
    "aws-native:apigateway:Stage": {
        autoName: "stageName",
        replaces: ["restApiId", "stageName"],
        id: "{restApiId}|{stageName}",
    },
    "aws-native:apigatewayv2:Api": {
        autoName: "name",
        replaces: ["protocolType"],
        id: apiId,
        computed: ({ protocolType }) => ({
            apiId: "{id}",
            apiEndpoint: `${protocolType === "WEBSOCKET" ? "wss" : "https"}://{id}.execute-api.{region}.amazonaws.com`,
        }),
    },
    "aws-native:apigatewayv2:Stage": {
        autoName: "stageName",
        replaces: ["apiId", "stageName"],
        id: "{apiId}|{stageName}",
    },
    "aws-native:apigatewayv2:Route": {
        replaces: ["apiId"],
        id: "{apiId}|{random:7}",
        computed: { routeId: "{id:1}" },
    },
    "aws-native:apigatewayv2:Integration": {
        replaces: ["apiId"],
        id: "{apiId}|{random:7}",
        computed: { integrationId: "{id:1}" },
    },
    "aws-native:rds:DbInstance": {
        replaces: ["dbInstanceIdentifier"],
        id: ({ dbInstanceIdentifier }) =>
            dbInstanceIdentifier === undefined ? "d{random:15}" : "{dbInstanceIdentifier}",
        settle: () => ({ dbInstanceIdentifier: "{id}" }),
    },
    "aws-native:rds:DbClusterParameterGroup": {
        autoName: "dbClusterParameterGroupName",
        replaces: ["dbClusterParameterGroupName", "description", "family"],
        id: "{dbClusterParameterGroupName}",
    },
    "aws-native:logs:LogGroup": {
        autoName: "logGroupName",
        replaces: ["logGroupName"],
        id: "{logGroupName}",
        // CloudFormation's Arn attribute, which ends in ":*".
        computed: { arn: "arn:aws:logs:{region}:{account}:log-group:{id}:*" },
    },
};
