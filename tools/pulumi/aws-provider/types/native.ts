import { ACCOUNT_ID, alphanumeric, hex, text } from "../values";
import type { Types } from "./type";
import { apiId } from "./v2";
import { uuid } from "./waf";

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
    "aws-native:apigateway:ClientCertificate": {
        id: (seed) => alphanumeric(seed, 6),
        computed: (_, id) => ({ clientCertificateId: id }),
    },
    "aws-native:apigateway:DomainName": {
        replaces: ["domainName"],
        id: (_, { domainName }) => text(domainName),
        computed: (_, id, aws) => ({
            distributionDomainName: `${alphanumeric(id, 14)}.cloudfront.net`,
            distributionHostedZoneId: "Z2FDTNDATAQYW2",
            domainNameArn: `arn:aws:apigateway:${aws.region}::/domainnames/${id}`,
            regionalDomainName: `d-${alphanumeric(id, 10)}.execute-api.${aws.region}.amazonaws.com`,
            regionalHostedZoneId: `Z${alphanumeric(id, 13).toUpperCase()}`,
        }),
    },
    "aws-native:apigatewayv2:Route": {
        required: ["apiId", "routeKey"],
        replaces: ["apiId"],
        id: (seed, { apiId }) => `${text(apiId)}|${alphanumeric(seed, 7)}`,
        computed: (_, id) => ({ routeId: text(id.split("|")[1]) }),
    },
    "aws-native:apigatewayv2:Integration": {
        required: ["apiId", "integrationType"],
        replaces: ["apiId"],
        id: (seed, { apiId }) => `${text(apiId)}|${alphanumeric(seed, 7)}`,
        computed: (_, id) => ({ integrationId: text(id.split("|")[1]) }),
    },
    "aws-native:apigatewayv2:ApiGatewayManagedOverrides": {
        required: ["apiId"],
        replaces: ["apiId"],
        id: (_, { apiId }) => text(apiId),
    },
    "aws-native:wafv2:WebAcl": {
        required: ["defaultAction", "scope", "visibilityConfig"],
        autoName: "name",
        replaces: ["name", "scope"],
        id: (seed, { name, scope }) => `${text(name)}|${uuid(seed)}|${text(scope)}`,
        computed: (_, id, aws) => {
            const [name = "", awsId = "", scope] = id.split("|");
            const kind = scope === "CLOUDFRONT" ? "global" : "regional";
            return {
                arn: `arn:aws:wafv2:${aws.region}:${ACCOUNT_ID}:${kind}/webacl/${name}/${awsId}`,
                awsId,
                capacity: 0,
                labelNamespace: `awswaf:${ACCOUNT_ID}:webacl:${name}:`,
            };
        },
    },
    "aws-native:wafv2:WebAclAssociation": {
        required: ["resourceArn", "webAclArn"],
        replaces: ["resourceArn", "webAclArn"],
        id: (_, { resourceArn, webAclArn }) => `${text(resourceArn)}|${text(webAclArn)}`,
    },
    // aws-native names what has a property "name", "<type>Name", or "<end of the type>Name" (provider/pkg/autonaming of
    // pulumi-aws-native). Databases have none; RDS names those that the program does not.
    "aws-native:rds:DbInstance": {
        replaces: ["dbInstanceIdentifier", "dbName", "kmsKeyId", "masterUsername", "storageEncrypted"],
        id: (seed, { dbInstanceIdentifier }) => text(dbInstanceIdentifier) || `d${alphanumeric(seed, 15)}`,
        computed: (_, id, aws) => ({
            dbInstanceArn: `arn:aws:rds:${aws.region}:${ACCOUNT_ID}:db:${id}`,
            dbiResourceId: `db-${alphanumeric(id, 26).toUpperCase()}`,
        }),
        settle: (_, id) => ({ dbInstanceIdentifier: id }),
    },
    "aws-native:rds:DbCluster": {
        replaces: ["dbClusterIdentifier", "databaseName", "engineMode", "kmsKeyId", "storageEncrypted"],
        id: (seed, { dbClusterIdentifier }) => text(dbClusterIdentifier) || `c${alphanumeric(seed, 15)}`,
        computed: (_, id, aws) => ({
            dbClusterArn: `arn:aws:rds:${aws.region}:${ACCOUNT_ID}:cluster:${id}`,
            dbClusterResourceId: `cluster-${alphanumeric(id, 26).toUpperCase()}`,
        }),
        settle: (_, id) => ({ dbClusterIdentifier: id }),
    },
    "aws-native:rds:DbClusterParameterGroup": {
        required: ["description", "family", "parameters"],
        autoName: "dbClusterParameterGroupName",
        replaces: ["dbClusterParameterGroupName", "description", "family"],
        id: (_, { dbClusterParameterGroupName }) => text(dbClusterParameterGroupName),
    },
    "aws-native:logs:LogGroup": {
        autoName: "logGroupName",
        replaces: ["logGroupName"],
        id: (_, { logGroupName }) => text(logGroupName),
        // CloudFormation's Arn attribute, which ends in ":*".
        computed: (_, id, aws) => ({ arn: `arn:aws:logs:${aws.region}:${ACCOUNT_ID}:log-group:${id}:*` }),
    },
};
