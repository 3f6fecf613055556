/** What `live` writes: what an AWS account has, in the shapes in which AWS answers. docs/live.md describes it. */

import type * as rest from "@aws-sdk/client-api-gateway";
import type * as v2 from "@aws-sdk/client-apigatewayv2";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import type { TOOL } from "../../tool";

/** Goes up when what a reader may rely on changes; a field more does not change it. */
export const LIVE_VERSION = 1;

/**
 * The fields of each shape that are written. No others are, so that nothing secret is: stage variables, templates and
 * parameters of integrations, and their URIs often contain keys or tokens.
 */
export const FIELDS = {
    account: ["cloudwatchRoleArn", "throttleSettings", "features", "apiKeyVersion"],
    restApi: ["id", "name", "createdDate", "endpointConfiguration", "disableExecuteApiEndpoint"],
    restStage: [
        "stageName",
        "deploymentId",
        "documentationVersion",
        "createdDate",
        "lastUpdatedDate",
        "methodSettings",
        "accessLogSettings",
        "canarySettings",
        "tracingEnabled",
        "clientCertificateId",
        "cacheClusterEnabled",
        "cacheClusterSize",
        "cacheClusterStatus",
        "webAclArn",
    ],
    canary: ["percentTraffic", "deploymentId", "useStageCache"],
    domainName: [
        "domainName",
        "domainNameId",
        "domainNameArn",
        "domainNameStatus",
        "securityPolicy",
        "endpointAccessMode",
        "endpointConfiguration",
        "mutualTlsAuthentication",
        "routingMode",
    ],
    api: ["ApiId", "Name", "ProtocolType", "CreatedDate", "DisableExecuteApiEndpoint", "ApiGatewayManaged"],
    stage: [
        "StageName",
        "DeploymentId",
        "AutoDeploy",
        "CreatedDate",
        "LastUpdatedDate",
        "ApiGatewayManaged",
        "DefaultRouteSettings",
        "RouteSettings",
        "AccessLogSettings",
        "ClientCertificateId",
    ],
    route: [
        "RouteId",
        "RouteKey",
        "Target",
        "AuthorizationType",
        "AuthorizerId",
        "AuthorizationScopes",
        "ApiKeyRequired",
        "ApiGatewayManaged",
    ],
    integration: [
        "IntegrationId",
        "IntegrationType",
        "IntegrationSubtype",
        "IntegrationMethod",
        "ConnectionType",
        "ConnectionId",
        "TlsConfig",
        "PayloadFormatVersion",
        "TimeoutInMillis",
        "ApiGatewayManaged",
    ],
    logGroup: [
        "logGroupName",
        "logGroupArn",
        "creationTime",
        "retentionInDays",
        "retentionPolicyName",
        "logGroupClass",
        "kmsKeyId",
        "deletionProtectionEnabled",
    ],
    deliverySource: ["name", "logType", "resourceArns"],
    delivery: ["id", "deliverySourceName", "deliveryDestinationArn"],
} as const;

/** Names of fields, by the kind of answer. */
export type LiveFields = typeof FIELDS;

/** As JSON has it: dates are texts. */
export type Written<T> = T extends Date
    ? string
    : T extends readonly (infer Entry)[]
      ? readonly Written<Entry>[]
      : T extends object
        ? { readonly [Key in keyof T]: Written<T[Key]> }
        : T;

/** The fields of an answer that are written; those in `Required` are in every answer. */
export type Shape<Sdk, Kind extends keyof LiveFields, Required extends keyof Sdk = never> = Written<
    Pick<Sdk, LiveFields[Kind][number] & keyof Sdk>
> & { readonly [Key in Required]: string };

/** A stage of a REST API. */
export type LiveRestStage = Omit<Shape<rest.Stage, "restStage", "stageName">, "canarySettings"> & {
    readonly canarySettings?: Shape<rest.CanarySettings, "canary">;
};
/** A REST API and its stages. */
export type LiveRestApi = Shape<rest.RestApi, "restApi", "id"> & { readonly stages: readonly LiveRestStage[] };
/** A custom domain name. */
export type LiveDomainName = Shape<rest.DomainName, "domainName", "domainName">;
/** A stage of an HTTP or WebSocket API. */
export type LiveStage = Shape<v2.Stage, "stage", "StageName">;
/** A route of an HTTP or WebSocket API. */
export type LiveRoute = Shape<v2.Route, "route", "RouteId">;
/** An integration of an HTTP or WebSocket API. */
export type LiveIntegration = Shape<v2.Integration, "integration", "IntegrationId">;
/** An HTTP or WebSocket API and its parts. */
export type LiveApi = Shape<v2.Api, "api", "ApiId"> & {
    readonly stages: readonly LiveStage[];
    readonly routes: readonly LiveRoute[];
    readonly integrations: readonly LiveIntegration[];
};
/** A log group of CloudWatch Logs. */
export type LiveLogGroup = Shape<logs.LogGroup, "logGroup", "logGroupName">;
/** A resource whose logs are delivered. */
export type LiveDeliverySource = Shape<logs.DeliverySource, "deliverySource", "name">;
/** A delivery of the logs of a source. */
export type LiveDelivery = Shape<logs.Delivery, "delivery", "id">;

/** Something that could not be read, because AWS refused or did not answer. */
export interface Unread {
    readonly service: "apigateway" | "apigatewayv2" | "logs" | "sts";
    readonly operation: string;
    readonly region: string;
    /** Of which API, or with which beginning of the names; `null` if it is of the whole region. */
    readonly resource: string | null;
    readonly reason: string;
}

/** API Gateway and its logs in a region of an account. */
export interface LiveRegion {
    readonly region: string;
    /** The settings of API Gateway that the account has in the region; `null` if they could not be read. */
    readonly account: Shape<rest.GetAccountCommandOutput, "account"> | null;
    readonly restApis: readonly LiveRestApi[];
    readonly apis: readonly LiveApi[];
    readonly domainNames: readonly LiveDomainName[];
    readonly logGroups: readonly LiveLogGroup[];
    readonly deliverySources: readonly LiveDeliverySource[];
    readonly deliveries: readonly LiveDelivery[];
    readonly unread: readonly Unread[];
}

/** The output of `apigateway-guard live`. */
export interface LiveDocument {
    readonly version: typeof LIVE_VERSION;
    readonly tool: typeof TOOL;
    /** When it was read. */
    readonly time: string;
    /** The id of the account; `null` if no region answered. */
    readonly account: string | null;
    /** `aws`, `aws-cn` or `aws-us-gov`, which ARNs begin with. */
    readonly partition: string | null;
    readonly regions: readonly LiveRegion[];
}
