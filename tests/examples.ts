/** What the pack must find in each of the examples: every mistake once, on the resource to change, and nothing else. */

import securityHub from "../config/security-hub.json";
import type { Finding } from "./support/engine/run";

/** A finding without the heading and the level, which depend on the run. */
export type Expected = Pick<Finding, "policy" | "resource" | "message">;

/** No control of Security Hub asks for access logs of REST stages, so its config leaves that policy disabled. */
const withAccessLogs = { ...securityHub, "apigateway-stage-access-logging": "advisory" };

/**
 * The configs of the examples that are about policies which are disabled by default. With the default config these
 * examples have no findings.
 */
export const CONFIGS: Readonly<Record<string, Readonly<Record<string, string | object>>>> = {
    "security-hub": withAccessLogs,
    "security-hub-mistakes": withAccessLogs,
    databases: securityHub,
    "databases-mistakes": securityHub,
};

const addSettings = (name: string, restApi: string, stageName: string) =>
    `Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("${name}-logging", { restApi: ${restApi}, stageName: ${stageName}, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`;

const SET_LEVEL = `Set loggingLevel to ERROR or INFO.
settings: { loggingLevel: "ERROR" }`;

const ROUTES = "Set loggingLevel to ERROR or INFO in the default route settings and in those of every route.";

export const EXAMPLES: Readonly<Record<string, readonly Expected[]>> = {
    "rest-api": [],
    "rest-api-mistakes": [
        {
            policy: "apigateway-account-role-set",
            resource: "aws:apigateway/account:Account::account",
            message: `Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.
Set cloudwatchRoleArn to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.
cloudwatchRoleArn: role.arn`,
        },
        {
            policy: "apigateway-account-cloudwatch-role",
            resource: "aws:apigateway/methodSettings:MethodSettings::prod",
            message: `MethodSettings "prod" turns execution logging on but does not depend on Account "account", so its creation fails if the CloudWatch role is not set yet.
Make it depend on the Account.
{ dependsOn: [account] }`,
        },
        {
            policy: "apigateway-method-settings-logging-level",
            resource: "aws:apigateway/methodSettings:MethodSettings::prod-list-orders",
            message: `MethodSettings "prod-list-orders" sets loggingLevel to OFF for GET /orders.\n${SET_LEVEL}`,
        },
        {
            policy: "apigateway-method-settings-logging-level",
            resource: "aws:apigateway/methodSettings:MethodSettings::test",
            message: `MethodSettings "test" sets no loggingLevel for */*, so execution logging is off.\n${SET_LEVEL}`,
        },
        {
            policy: "apigateway-stage-execution-logging",
            resource: "aws:apigateway/stage:Stage::dev",
            message: `Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.
${addSettings("dev", "stage.restApi", "stage.stageName")}`,
        },
        {
            policy: "cloudwatch-log-group-retention",
            resource: "aws:cloudwatch/logGroup:LogGroup::orders-prod",
            message: `Log group "orders-prod" never expires: it has no retention.
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
retentionInDays: 90`,
        },
    ],
    "websocket-api": [],
    "websocket-api-mistakes": [
        {
            policy: "apigatewayv2-stage-execution-logging",
            resource: "aws:apigatewayv2/stage:Stage::dev",
            message: `Stage "dev" of API "chat" writes no execution logs: loggingLevel in its default route settings is OFF or not set.
${ROUTES}
defaultRouteSettings: { loggingLevel: "ERROR" }`,
        },
        {
            policy: "apigatewayv2-stage-data-trace",
            resource: "aws:apigatewayv2/stage:Stage::prod",
            message: `Stage "prod" of API "chat" turns data tracing on in its default route settings.
Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full messages.
defaultRouteSettings: { dataTraceEnabled: false }`,
        },
        {
            policy: "apigatewayv2-stage-execution-logging",
            resource: "aws:apigatewayv2/stage:Stage::prod",
            message: `Stage "prod" of API "chat" does not log route "send": loggingLevel there is OFF or not set.
${ROUTES}
routeSettings: [{ routeKey: "send", loggingLevel: "ERROR" }]`,
        },
        {
            policy: "apigateway-stage-execution-log-group",
            resource: "aws:apigatewayv2/stage:Stage::test",
            message: `Stage "test-d2dbc93" of API "chat" writes its execution log to a log group that this stack does not declare, so its events never expire.
Give the stage a name, because the one that Pulumi generates is not known in advance. Declare the log group by its exact name with a retention, and make the stage depend on it.
new aws.cloudwatch.LogGroup("test-execution-log", { name: pulumi.interpolate\`/aws/apigateway/\${api.id}/<stage name>\`, retentionInDays: 90 })`,
        },
    ],
    "http-api": [],
    "component-restapi": [],
    "component-restapi-mistakes": [
        {
            policy: "apigateway-stage-execution-logging",
            resource: "aws:apigateway/stage:Stage::orders",
            message: `Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
${addSettings("orders", "api.api.id", "api.stage.stageName")}`,
        },
    ],
    "component-awsx": [],
    "component-awsx-mistakes": [
        {
            policy: "apigateway-stage-execution-logging",
            resource: "aws:apigateway/stage:Stage::orders",
            message: `Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
${addSettings("orders", "api.restAPI.id", "api.stage.stageName")}`,
        },
    ],
    "security-hub": [],
    "security-hub-mistakes": [
        {
            policy: "apigateway-domain-name-security-policy",
            resource: "aws:apigateway/domainName:DomainName::orders",
            message: `DomainName "orders" has the security policy "TLS_1_2", which Security Hub does not recommend.
Set securityPolicy to SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09, SecurityPolicy_TLS13_1_3_2025_09 or SecurityPolicy_TLS13_1_3_FIPS_2025_09, and endpointAccessMode to STRICT, or to BASIC while clients migrate. The domain name can then use neither mutual TLS nor HTTP APIs.
securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "STRICT"`,
        },
        {
            policy: "apigateway-method-settings-cache-encryption",
            resource: "aws:apigateway/methodSettings:MethodSettings::prod-list-orders",
            message: `MethodSettings "prod-list-orders" caches responses for GET /orders, but cacheDataEncrypted is not true.
Set cacheDataEncrypted to true: if it is left out, the cache is not encrypted, except that settings for one method keep what */* had when they were created.
settings: { cacheDataEncrypted: true }`,
        },
        {
            policy: "apigateway-stage-web-acl",
            resource: "aws:apigateway/stage:Stage::beta",
            message: `Stage "beta" of API "orders" is not associated with a web ACL.
Associate a web ACL with the ARN of the stage.
new aws.wafv2.WebAclAssociation("beta-web-acl", { resourceArn: stage.arn, webAclArn: webAcl.arn })`,
        },
        {
            policy: "apigateway-stage-access-logging",
            resource: "aws:apigateway/stage:Stage::demo",
            message: `Stage "demo" of API "orders" has no access log.
Set the destination and the format of the access log in the access log settings of the stage.
accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify({ requestId: "$context.requestId" }) }`,
        },
        {
            policy: "apigateway-stage-client-certificate",
            resource: "aws:apigateway/stage:Stage::dev",
            message: `Stage "dev" has no client certificate, so backends cannot verify that requests come from API Gateway.
Set clientCertificateId to the id of a ClientCertificate, and let the backends verify it.
clientCertificateId: certificate.id`,
        },
        {
            policy: "apigateway-stage-xray-tracing",
            resource: "aws:apigateway/stage:Stage::test",
            message: `Stage "test" does not have X-Ray tracing enabled.
Set xrayTracingEnabled to true.
xrayTracingEnabled: true`,
        },
        {
            policy: "apigatewayv2-integration-private-https",
            resource: "aws:apigatewayv2/integration:Integration::shop",
            message: `Integration "shop" of API "shop" goes through a VPC link without TLS: it has no tlsConfig.
Set tlsConfig, and let the listener or service behind the VPC link use HTTPS. serverNameToVerify is the name on its certificate.
tlsConfig: { serverNameToVerify: "<name on the certificate>" }`,
        },
        {
            policy: "apigatewayv2-route-authorization",
            resource: "aws:apigatewayv2/route:Route::shop",
            message: `Route "ANY /{proxy+}" of API "shop" has no authorization: its authorizationType is NONE or not set.
Set authorizationType to AWS_IAM, CUSTOM (with an authorizerId) or JWT (with an authorizerId, for HTTP APIs only).
authorizationType: "AWS_IAM"`,
        },
        {
            policy: "apigatewayv2-stage-access-logging",
            resource: "aws:apigatewayv2/stage:Stage::shop",
            message: `Stage "$default" of API "shop" has no access log.
Set the destination and the format of the access log in the access log settings of the stage.
accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify({ requestId: "$context.requestId" }) }`,
        },
    ],
    databases: [],
    "databases-mistakes": [
        {
            policy: "rds-cluster-audit-logging",
            resource: "aws:rds/clusterParameterGroup:ClusterParameterGroup::shop",
            message: `Cluster parameter group "shop" of DB cluster "shop" sets neither server_audit_logging nor server_audit_events, so it writes no audit log.
Set server_audit_logging to 1 and server_audit_events to the events to log.
parameters: [{ name: "general_log", value: "1" }, { name: "slow_query_log", value: "1" }, { name: "log_output", value: "FILE" }, { name: "server_audit_logging", value: "1" }, { name: "server_audit_events", value: "CONNECT,QUERY_DCL,QUERY_DDL" }]`,
        },
        {
            policy: "rds-log-export-log-group",
            resource: "aws:rds/instance:Instance::ledger",
            message: `DB instance "ledger" exports its agent and error logs to log groups that this stack does not declare, so their events never expire.
Declare the log groups by their exact names with a retention, and make the instance depend on them. If CloudWatch has them already, import them with { import: "/aws/rds/instance/ledger/agent" } and { import: "/aws/rds/instance/ledger/error" }.
new aws.cloudwatch.LogGroup("ledger-agent-log", { name: "/aws/rds/instance/ledger/agent", retentionInDays: 365 }); new aws.cloudwatch.LogGroup("ledger-error-log", { name: "/aws/rds/instance/ledger/error", retentionInDays: 365 })`,
        },
        {
            policy: "rds-log-exports",
            resource: "aws:rds/instance:Instance::orders",
            message: `DB instance "orders" does not export its upgrade log to CloudWatch.
Add upgrade to enabledCloudwatchLogsExports.
enabledCloudwatchLogsExports: ["postgresql", "upgrade"]`,
        },
    ],
};
