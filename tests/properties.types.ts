/**
 * Compile-time only: every property that the pack reads, by the name @pulumi/aws publishes. The pack itself must not
 * pull in these typings, so it reads by name; a name that is gone fails `npm run types` here.
 */

import type * as aws from "@pulumi/aws";
import type * as input from "@pulumi/aws/types/input";

type Reads<Args, Keys extends keyof Args> = Pick<Args, Keys>;

export type Properties = {
    methodSettings: Reads<aws.apigateway.MethodSettingsArgs, "restApi" | "stageName" | "methodPath" | "settings">;
    settings: Reads<
        input.apigateway.MethodSettingsSettings,
        "loggingLevel" | "dataTraceEnabled" | "cachingEnabled" | "cacheDataEncrypted"
    >;
    stage: Reads<
        aws.apigateway.StageArgs,
        "restApi" | "stageName" | "accessLogSettings" | "region" | "clientCertificateId" | "xrayTracingEnabled"
    >;
    stageOutputs: Reads<aws.apigateway.StageState, "webAclArn">;
    domainName: Reads<aws.apigateway.DomainNameArgs, "domainName" | "securityPolicy" | "endpointConfiguration">;
    domainEndpoint: Reads<input.apigateway.DomainNameEndpointConfiguration, "types">;
    deployment: Reads<aws.apigateway.DeploymentArgs, "restApi">;
    account: Reads<aws.apigateway.AccountArgs, "cloudwatchRoleArn" | "region">;
    v2Api: Reads<aws.apigatewayv2.ApiArgs, "protocolType" | "body" | "target">;
    v2Route: Reads<aws.apigatewayv2.RouteArgs, "apiId" | "routeKey" | "authorizationType">;
    v2Integration: Reads<aws.apigatewayv2.IntegrationArgs, "apiId" | "connectionType" | "integrationUri" | "tlsConfig">;
    v2Stage: Reads<
        aws.apigatewayv2.StageArgs,
        "apiId" | "name" | "accessLogSettings" | "defaultRouteSettings" | "routeSettings"
    >;
    routeDefaults: Reads<input.apigatewayv2.StageDefaultRouteSettings, "loggingLevel" | "dataTraceEnabled">;
    route: Reads<input.apigatewayv2.StageRouteSetting, "routeKey" | "loggingLevel" | "dataTraceEnabled">;
    logGroup: Reads<aws.cloudwatch.LogGroupArgs, "name" | "retentionInDays" | "logGroupClass" | "region">;
    deliverySource: Reads<aws.cloudwatch.LogDeliverySourceArgs, "name" | "logType" | "resourceArn">;
    delivery: Reads<aws.cloudwatch.LogDeliveryArgs, "deliverySourceName">;
    accessLog: Reads<input.apigateway.StageAccessLogSettings, "destinationArn" | "format">;
    v2AccessLog: Reads<input.apigatewayv2.StageAccessLogSettings, "destinationArn" | "format">;
    deliveryStream: Reads<aws.kinesis.FirehoseDeliveryStreamArgs, "name">;
    webAclAssociation: Reads<aws.wafv2.WebAclAssociationArgs, "resourceArn" | "webAclArn">;
    regionalWebAclAssociation: Reads<aws.wafregional.WebAclAssociationArgs, "resourceArn" | "webAclId">;
    dbInstance: Reads<aws.rds.InstanceArgs, "identifier" | "engine" | "enabledCloudwatchLogsExports">;
    dbCluster: Reads<
        aws.rds.ClusterArgs,
        | "clusterIdentifier"
        | "engine"
        | "engineMode"
        | "engineVersion"
        | "enabledCloudwatchLogsExports"
        | "dbClusterParameterGroupName"
    >;
    clusterParameterGroup: Reads<aws.rds.ClusterParameterGroupArgs, "name" | "family" | "parameters">;
    clusterParameter: Reads<input.rds.ClusterParameterGroupParameter, "name" | "value" | "applyMethod">;
    v2DomainName: Reads<aws.apigatewayv2.DomainNameArgs, "domainName">;
    database: Reads<aws.rds.Instance, "arn">;
    cluster: Reads<aws.rds.Cluster, "arn">;
};
