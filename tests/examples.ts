/** What the pack must find in each of the examples: every mistake once, on the resource to change, and nothing else. */

import securityHub from "../config/security-hub.json";
import type { Finding } from "./support/engine/run";

/** A finding without the heading and the level, which depend on the run. */
export type Expected = Pick<Finding, "policy" | "resource" | "message">;

/**
 * The configs of the examples that are about policies which are disabled by default. With the default config these
 * examples have no findings.
 */
export const CONFIGS: Readonly<Record<string, Readonly<Record<string, string | object>>>> = {
    "security-hub": securityHub,
    "security-hub-mistakes": securityHub,
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
            policy: "apigateway-account-cloudwatch-role",
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
dataTraceEnabled: false`,
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
    "security-hub-mistakes": [],
    databases: [],
    "databases-mistakes": [],
};
