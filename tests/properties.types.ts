/**
 * Compile-time only: every property that the pack reads, by the name @pulumi/aws publishes. The pack itself must not
 * pull in these typings, so it reads by name; a name that is gone fails `npm run types` here.
 */

import type * as aws from "@pulumi/aws";
import type * as input from "@pulumi/aws/types/input";

type Reads<Args, Keys extends keyof Args> = Pick<Args, Keys>;

export type Properties = {
    methodSettings: Reads<aws.apigateway.MethodSettingsArgs, "restApi" | "stageName" | "methodPath" | "settings">;
    settings: Reads<input.apigateway.MethodSettingsSettings, "loggingLevel" | "dataTraceEnabled">;
    stage: Reads<aws.apigateway.StageArgs, "restApi" | "stageName" | "region">;
    deployment: Reads<aws.apigateway.DeploymentArgs, "restApi">;
    account: Reads<aws.apigateway.AccountArgs, "cloudwatchRoleArn" | "region">;
    v2Api: Reads<aws.apigatewayv2.ApiArgs, "protocolType">;
    v2Stage: Reads<aws.apigatewayv2.StageArgs, "apiId" | "name" | "defaultRouteSettings" | "routeSettings">;
    routeDefaults: Reads<input.apigatewayv2.StageDefaultRouteSettings, "loggingLevel" | "dataTraceEnabled">;
    route: Reads<input.apigatewayv2.StageRouteSetting, "routeKey" | "loggingLevel" | "dataTraceEnabled">;
    logGroup: Reads<aws.cloudwatch.LogGroupArgs, "name" | "retentionInDays" | "logGroupClass" | "region">;
    deliverySource: Reads<aws.cloudwatch.LogDeliverySourceArgs, "name" | "logType" | "resourceArn">;
    delivery: Reads<aws.cloudwatch.LogDeliveryArgs, "deliverySourceName">;
    domainName: Reads<aws.apigateway.DomainNameArgs, "domainName">;
    v2DomainName: Reads<aws.apigatewayv2.DomainNameArgs, "domainName">;
    webAclAssociation: Reads<aws.wafv2.WebAclAssociationArgs, "resourceArn">;
    database: Reads<aws.rds.Instance, "arn">;
    cluster: Reads<aws.rds.Cluster, "arn">;
};
