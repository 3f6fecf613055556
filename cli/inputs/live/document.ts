/** What `live` writes: what an AWS account has, in the shapes in which AWS answers. docs/live.md describes it. */

import type * as rest from "@aws-sdk/client-api-gateway";
import type * as v2 from "@aws-sdk/client-apigatewayv2";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import { compare } from "../../../stack/text";
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
        ...(["stageName", "deploymentId", "documentationVersion", "createdDate", "lastUpdatedDate"] as const),
        ...([
            "methodSettings",
            "accessLogSettings",
            "canarySettings",
            "tracingEnabled",
            "clientCertificateId",
        ] as const),
        ...(["cacheClusterEnabled", "cacheClusterSize", "cacheClusterStatus", "webAclArn"] as const),
    ],
    canary: ["percentTraffic", "deploymentId", "useStageCache"],
    domainName: [
        ...(["domainName", "domainNameId", "domainNameArn", "domainNameStatus", "securityPolicy"] as const),
        ...(["endpointAccessMode", "endpointConfiguration", "mutualTlsAuthentication", "routingMode"] as const),
    ],
    api: ["ApiId", "Name", "ProtocolType", "CreatedDate", "DisableExecuteApiEndpoint", "ApiGatewayManaged"],
    stage: [
        ...([
            "StageName",
            "DeploymentId",
            "AutoDeploy",
            "CreatedDate",
            "LastUpdatedDate",
            "ApiGatewayManaged",
        ] as const),
        ...(["DefaultRouteSettings", "RouteSettings", "AccessLogSettings", "ClientCertificateId"] as const),
    ],
    route: [
        ...(["RouteId", "RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes"] as const),
        ...(["ApiKeyRequired", "ApiGatewayManaged"] as const),
    ],
    integration: [
        ...(["IntegrationId", "IntegrationType", "IntegrationSubtype", "IntegrationMethod", "ConnectionType"] as const),
        ...(["ConnectionId", "TlsConfig", "PayloadFormatVersion", "TimeoutInMillis", "ApiGatewayManaged"] as const),
    ],
    logGroup: [
        ...(["logGroupName", "logGroupArn", "creationTime", "retentionInDays", "retentionPolicyName"] as const),
        ...(["logGroupClass", "kmsKeyId", "deletionProtectionEnabled"] as const),
    ],
    deliverySource: ["name", "logType", "resourceArns"],
    delivery: ["id", "deliverySourceName", "deliveryDestinationArn"],
} as const;

type Fields = typeof FIELDS;

/** As JSON has it: dates are texts. */
export type Written<T> = T extends Date
    ? string
    : T extends readonly (infer Entry)[]
      ? readonly Written<Entry>[]
      : T extends object
        ? { readonly [Key in keyof T]: Written<T[Key]> }
        : T;

type Shape<Sdk, Kind extends keyof Fields, Required extends keyof Sdk = never> = Written<
    Pick<Sdk, Fields[Kind][number] & keyof Sdk>
> & { readonly [Key in Required]: string };

export type LiveRestStage = Omit<Shape<rest.Stage, "restStage", "stageName">, "canarySettings"> & {
    readonly canarySettings?: Shape<rest.CanarySettings, "canary">;
};
export type RestApi = Shape<rest.RestApi, "restApi", "id"> & { readonly stages: readonly LiveRestStage[] };
export type DomainName = Shape<rest.DomainName, "domainName", "domainName">;
export type Stage = Shape<v2.Stage, "stage", "StageName">;
export type Route = Shape<v2.Route, "route", "RouteId">;
export type Integration = Shape<v2.Integration, "integration", "IntegrationId">;
export type Api = Shape<v2.Api, "api", "ApiId"> & {
    readonly stages: readonly Stage[];
    readonly routes: readonly Route[];
    readonly integrations: readonly Integration[];
};
export type LogGroup = Shape<logs.LogGroup, "logGroup", "logGroupName">;
export type DeliverySource = Shape<logs.DeliverySource, "deliverySource", "name">;
export type Delivery = Shape<logs.Delivery, "delivery", "id">;

/** Something that could not be read, because AWS refused or did not answer. */
export interface Unread {
    readonly service: "apigateway" | "apigatewayv2" | "logs" | "sts";
    readonly operation: string;
    readonly region: string;
    /** Of which API, or with which beginning of the names; `null` if it is of the whole region. */
    readonly resource: string | null;
    readonly reason: string;
}

export interface LiveRegion {
    readonly region: string;
    /** The settings of API Gateway that the account has in the region; `null` if they could not be read. */
    readonly account: Shape<rest.GetAccountCommandOutput, "account"> | null;
    readonly restApis: readonly RestApi[];
    readonly apis: readonly Api[];
    readonly domainNames: readonly DomainName[];
    readonly logGroups: readonly LogGroup[];
    readonly deliverySources: readonly DeliverySource[];
    readonly deliveries: readonly Delivery[];
    readonly unread: readonly Unread[];
}

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

/** The fields of an answer that are written, in the order of `FIELDS`; what AWS leaves out is left out. */
export function written<Sdk extends object, Kind extends keyof Fields, Required extends keyof Sdk = never>(
    answer: Sdk,
    kind: Kind,
): Shape<Sdk, Kind, Required> {
    const all = answer as Readonly<Record<string, unknown>>;
    const fields: readonly string[] = FIELDS[kind];
    const some = fields.filter((field) => all[field] !== undefined && all[field] !== null);
    return Object.fromEntries(some.map((field) => [field, plain(all[field])])) as Shape<Sdk, Kind, Required>;
}

/** Dates as texts, and maps in the order of their keys, so that what is the same is written in the same way. */
function plain(value: unknown): unknown {
    if (value instanceof Date) {
        return value.toISOString();
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([key, inner]) => [key, plain(inner)]));
}
