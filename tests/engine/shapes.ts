/** Shapes of real programs, many to a program: each with the findings it must have, as `policy: resource`. */

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { raw } from "../support/engine/states";

export interface Shape {
    readonly shape: string;
    readonly make: () => void;
    readonly finds?: readonly string[];
    /** What v7 of the provider refuses. */
    readonly beforeV7?: boolean;
}

export function programOf(shapes: readonly Shape[]): () => Promise<void> {
    return async () => {
        for (const { make } of shapes) {
            make();
        }
    };
}

/** Before v7 a Deployment could make a stage. */
function deploymentOfV6(name: string, props: pulumi.Inputs): pulumi.CustomResource {
    // The version of the program's own @pulumi/aws, so that there is one provider.
    return raw("aws:apigateway/deployment:Deployment", props, name, { version: VERSION });
}

const VERSION: string = require("@pulumi/aws/package.json").version;

const restApi = (name: string, options?: pulumi.CustomResourceOptions) => new aws.apigateway.RestApi(name, {}, options);

function stage(name: string, api: aws.apigateway.RestApi, stageName: pulumi.Input<string> = "prod") {
    const deployment = new aws.apigateway.Deployment(name, { restApi: api.id });
    return new aws.apigateway.Stage(name, { restApi: api.id, deployment: deployment.id, stageName });
}

type Settings = aws.types.input.apigateway.MethodSettingsSettings;

function settings(name: string, of: aws.apigateway.Stage, methodPath: pulumi.Input<string>, inside: Settings) {
    const { restApi: id, stageName } = of;
    return new aws.apigateway.MethodSettings(name, { restApi: id, stageName, methodPath, settings: inside });
}

const INFO: Settings = { loggingLevel: "INFO" };
const NO_SETTINGS = (name: string) => `apigateway-stage-execution-logging: ${name}`;
const BAD_LEVEL = (name: string) => `apigateway-method-settings-logging-level: ${name}`;

export const REST_SHAPES: readonly Shape[] = [
    { shape: "S1 no settings", make: () => stage("s1", restApi("s1")), finds: [NO_SETTINGS("s1")] },
    { shape: "S2 all methods at INFO", make: () => settings("s2", stage("s2", restApi("s2")), "*/*", INFO) },
    {
        shape: "S3 throttling, caching, metrics only",
        make: () => {
            const api = restApi("s3");
            settings("s3-throttled", stage("s3-throttled", api, "a"), "*/*", { throttlingBurstLimit: 5000 });
            settings("s3-cached", stage("s3-cached", api, "b"), "*/*", { cachingEnabled: true });
            settings("s3-metrics", stage("s3-metrics", api, "c"), "*/*", { metricsEnabled: false });
        },
        finds: [BAD_LEVEL("s3-cached"), BAD_LEVEL("s3-metrics"), BAD_LEVEL("s3-throttled")],
    },
    {
        shape: "S3 data trace only",
        make: () => settings("s3-traced", stage("s3-traced", restApi("s3-traced")), "*/*", { dataTraceEnabled: true }),
        finds: ["apigateway-method-settings-data-trace: s3-traced", BAD_LEVEL("s3-traced")],
    },
    {
        shape: "S4 all methods OFF",
        make: () => settings("s4", stage("s4", restApi("s4")), "*/*", { loggingLevel: "OFF" }),
        finds: [BAD_LEVEL("s4")],
    },
    {
        shape: "S5 settings for single methods only",
        make: () => {
            const api = restApi("s5");
            const of = stage("s5", api);
            const pets = new aws.apigateway.Resource("s5", {
                restApi: api.id,
                parentId: api.rootResourceId,
                pathPart: "pets",
            });
            const get = new aws.apigateway.Method("s5", {
                restApi: api.id,
                resourceId: pets.id,
                httpMethod: "GET",
                authorization: "NONE",
            });
            settings("s5", of, pulumi.interpolate`${pets.pathPart}/${get.httpMethod}`, INFO);
            settings("s5-unknown", of, pulumi.interpolate`${pets.path}/${get.httpMethod}`, INFO);
        },
        finds: [NO_SETTINGS("s5")],
    },
    {
        shape: "S6 overrides beside all methods",
        make: () => {
            const of = stage("s6", restApi("s6"));
            const all = settings("s6", of, "*/*", INFO);
            const after = { dependsOn: [all] };
            const { restApi: id, stageName } = of;
            const override = (name: string, methodPath: string, inside: Settings) =>
                new aws.apigateway.MethodSettings(
                    name,
                    { restApi: id, stageName, methodPath, settings: inside },
                    after,
                );
            override("s6-off", "~1a/GET", { loggingLevel: "OFF" });
            override("s6-unstated", "b/GET", { cachingEnabled: true });
            override("s6-error", "~1pets~1{id}/GET", { loggingLevel: "ERROR" });
        },
        finds: [BAD_LEVEL("s6-off"), BAD_LEVEL("s6-unstated")],
    },
    {
        shape: "S7 a component of the program's own, three levels deep",
        make: () => {
            const outer = new pulumi.ComponentResource("shop:index:Outer", "s7");
            const inner = new pulumi.ComponentResource("shop:index:Inner", "s7", {}, { parent: outer });
            const api = restApi("s7", { parent: inner });
            const deployment = new aws.apigateway.Deployment("s7", { restApi: api.id }, { parent: api });
            const args = { restApi: api.id, deployment: deployment.id, stageName: "prod" };
            const of = new aws.apigateway.Stage("s7", args, { parent: deployment });
            const all = { restApi: api.id, stageName: of.stageName, methodPath: "*/*", settings: INFO };
            new aws.apigateway.MethodSettings("s7", all, { parent: of });
        },
    },
    {
        shape: "S8 a Deployment with a stage name is a stage",
        beforeV7: true,
        make: () => {
            const api = restApi("s8");
            deploymentOfV6("s8", { restApi: api.id, stageName: "dev" });
            deploymentOfV6("s8-empty", { restApi: api.id, stageName: "" });
            deploymentOfV6("s8-none", { restApi: api.id });
            deploymentOfV6("s8-fine", { restApi: api.id, stageName: "fine" });
            const all = { restApi: api.id, stageName: "fine", methodPath: "*/*", settings: INFO };
            new aws.apigateway.MethodSettings("s8-fine", all);
        },
        finds: [NO_SETTINGS("s8")],
    },
    {
        shape: "S9 a Stage and a Deployment of one name are one stage, of two names two",
        beforeV7: true,
        make: () => {
            const api = restApi("s9");
            const one = deploymentOfV6("s9", { restApi: api.id, stageName: "prod" });
            new aws.apigateway.Stage("s9", { restApi: api.id, deployment: one.id, stageName: "prod" });
            deploymentOfV6("s9b", { restApi: api.id, stageName: "dev" });
        },
        finds: [NO_SETTINGS("s9"), NO_SETTINGS("s9b")],
    },
    {
        shape: "S10 two Stages of one name are one stage",
        make: () => {
            const api = restApi("s10");
            settings("s10", stage("s10", api), "*/*", INFO);
            stage("s10-again", api);
        },
    },
    {
        shape: "S11 a stage name by value",
        make: () => {
            const api = restApi("s11");
            stage("s11", api);
            const all = { restApi: api.id, stageName: "prod", methodPath: "*/*", settings: INFO };
            new aws.apigateway.MethodSettings("s11", all);
        },
    },
    {
        shape: "S13 several stages of several APIs with the same names",
        make: () => {
            const [one, two] = [restApi("s13-one"), restApi("s13-two")];
            settings("s13-one", stage("s13-one", one, "dev"), "*/*", INFO);
            stage("s13-two", two, "dev");
            stage("s13-other", one, "test");
        },
        finds: [NO_SETTINGS("s13-other"), NO_SETTINGS("s13-two")],
    },
    {
        shape: "S14 two regions",
        make: () => {
            const provider = new aws.Provider("s14", { region: "eu-west-1" });
            const far = restApi("s14-far", { provider });
            const deployment = new aws.apigateway.Deployment("s14-far", { restApi: far.id }, { provider });
            const args = { restApi: far.id, deployment: deployment.id, stageName: "prod" };
            new aws.apigateway.Stage("s14-far", args, { provider });
            settings("s14-near", stage("s14-near", restApi("s14-near")), "*/*", INFO);
        },
        finds: [NO_SETTINGS("s14-far")],
    },
    {
        shape: "S15 stages of aws-native have their settings inside",
        make: () => {
            const inside = (...methodSettings: object[]) => ({
                restApiId: "abc123",
                stageName: "prod",
                methodSettings,
            });
            const everything = { resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" };
            const type = "aws-native:apigateway:Stage";
            raw(type, inside(everything), "s15-fine");
            raw(type, { restApiId: "abc123", stageName: "none" }, "s15-none");
            raw(
                type,
                inside(everything, { resourcePath: "/~1a~1b", httpMethod: "GET", loggingLevel: "OFF" }),
                "s15-off",
            );
        },
        finds: [BAD_LEVEL("s15-none"), BAD_LEVEL("s15-off")],
    },
    {
        shape: "S16 an OpenAPI body carries no settings",
        make: () => stage("s16", new aws.apigateway.RestApi("s16", { body: "{}" })),
        finds: [NO_SETTINGS("s16")],
    },
    {
        shape: "S18, S19 APIs and stages of another stack",
        make: () => {
            const of = (restApiId: string, stageName: string) => ({ restApi: restApiId, stageName, methodPath: "*/*" });
            new aws.apigateway.MethodSettings("s18", {
                ...of("elsewhere1", "prod"),
                settings: { loggingLevel: "OFF" },
            });
            new aws.apigateway.MethodSettings("s19", { ...of("elsewhere2", "prod"), settings: INFO });
            const deployment = new aws.apigateway.Deployment("s19", { restApi: "elsewhere2" });
            const args = { restApi: "elsewhere2", deployment: deployment.id };
            new aws.apigateway.Stage("s19", { ...args, stageName: "prod" });
            new aws.apigateway.Stage("s19-dark", { ...args, stageName: "dark" });
        },
        finds: [BAD_LEVEL("s18"), NO_SETTINGS("s19-dark")],
    },
    {
        shape: "S20 two settings for one key, one of them OFF",
        make: () => {
            const of = stage("s20", restApi("s20"));
            settings("s20", of, "*/*", INFO);
            settings("s20-off", of, "*/*", { loggingLevel: "OFF" });
        },
        finds: [BAD_LEVEL("s20-off")],
    },
    {
        shape: "D1 decoys: stage variables, access logs, tracing",
        make: () => {
            const api = restApi("d1");
            const deployment = new aws.apigateway.Deployment("d1", { restApi: api.id });
            new aws.apigateway.Stage("d1", {
                restApi: api.id,
                deployment: deployment.id,
                stageName: "prod",
                variables: { loggingLevel: "INFO", cloudwatchRoleArn: "arn" },
                xrayTracingEnabled: true,
            });
        },
        finds: [NO_SETTINGS("d1")],
    },
];

const NO_GROUP = (name: string) => `apigateway-stage-execution-log-group: ${name}`;
const NO_RETENTION = (name: string) => `cloudwatch-log-group-retention: ${name}`;

function logGroup(name: string, groupName?: pulumi.Input<string>, retentionInDays: 0 | 1 | 7 = 7) {
    return new aws.cloudwatch.LogGroup(
        name,
        groupName === undefined ? { retentionInDays } : { retentionInDays, name: groupName },
    );
}

export const LOG_GROUP_SHAPES: readonly Shape[] = [
    {
        shape: "L1 a stage waits for its log group",
        make: () => {
            const api = restApi("l1");
            const group = logGroup("l1", pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`);
            const deployment = new aws.apigateway.Deployment("l1", { restApi: api.id });
            const args = { restApi: api.id, deployment: deployment.id, stageName: "prod" };
            settings("l1", new aws.apigateway.Stage("l1", args, { dependsOn: [group] }), "*/*", INFO);
        },
    },
    {
        shape: "L1 a stage does not wait for its log group",
        make: () => {
            const api = restApi("l1-early");
            logGroup("l1-early", pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`);
            settings("l1-early", stage("l1-early", api), "*/*", INFO);
        },
        finds: [NO_GROUP("l1-early")],
    },
    {
        shape: "L3 a log group with a name of Pulumi's",
        make: () => {
            logGroup("l3");
            settings("l3", stage("l3", restApi("l3")), "*/*", INFO);
        },
        finds: [NO_GROUP("l3")],
    },
    {
        shape: "a delivery takes the execution log elsewhere",
        make: () => {
            const api = restApi("delivered");
            settings("delivered", stage("delivered", api), "*/*", INFO);
            const source = new aws.cloudwatch.LogDeliverySource("delivered", {
                name: "delivered",
                logType: "EXECUTION_LOGS",
                resourceArn: pulumi.interpolate`arn:aws:apigateway:us-east-1:123456789012:/restapis/${api.id}/stages/prod`,
            });
            new aws.cloudwatch.LogDelivery("delivered", {
                deliverySourceName: source.name,
                deliveryDestinationArn: "arn:aws:logs:us-east-1:123456789012:delivery-destination:audit",
            });
        },
    },
    {
        shape: "log groups that expire and that do not",
        make: () => {
            logGroup("short", "/shop/short", 1);
            logGroup("never", "/shop/never", 0);
            new aws.cloudwatch.LogGroup("unstated", { name: "/shop/unstated" });
            new aws.cloudwatch.LogGroup("delivery", { name: "/shop/delivery", logGroupClass: "DELIVERY" });
            raw("aws-native:logs:LogGroup", { logGroupName: "/shop/native", retentionInDays: 14 }, "native");
            raw("aws-native:logs:LogGroup", { logGroupName: "/shop/native-never" }, "native-never");
        },
        finds: [NO_RETENTION("native-never"), NO_RETENTION("never"), NO_RETENTION("unstated")],
    },
    {
        shape: "resources that are only read",
        make: () => {
            aws.cloudwatch.LogGroup.get("read", "/shop/read");
            aws.apigateway.Account.get("read", "123456789012");
        },
    },
];

const DARK = (name: string) => `apigatewayv2-stage-execution-logging: ${name}`;

function v2Stage(name: string, apiId: pulumi.Input<string>, more: Partial<aws.apigatewayv2.StageArgs> = {}) {
    return new aws.apigatewayv2.Stage(name, { apiId, name, ...more });
}

export const V2_SHAPES: readonly Shape[] = [
    {
        shape: "W1 WebSocket stages without a level, at OFF, with access logs only",
        make: () => {
            const api = new aws.apigatewayv2.Api("w1", { protocolType: "WEBSOCKET" });
            v2Stage("w1-unstated", api.id);
            v2Stage("w1-off", api.id, { defaultRouteSettings: { loggingLevel: "OFF" } });
            v2Stage("w1-throttled", api.id, { defaultRouteSettings: { throttlingBurstLimit: 5 } });
            const accessLogSettings = {
                destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:a",
                format: "{}",
            };
            v2Stage("w1-access", api.id, { accessLogSettings });
        },
        finds: [DARK("w1-access"), DARK("w1-off"), DARK("w1-throttled"), DARK("w1-unstated")],
    },
    {
        shape: "W2, W3 WebSocket stages that log, and a route that is OFF",
        make: () => {
            const api = new aws.apigatewayv2.Api("w2", { protocolType: "WEBSOCKET" });
            const defaultRouteSettings = { loggingLevel: "INFO" };
            v2Stage("w2-fine", api.id, { defaultRouteSettings });
            v2Stage("w3-off", api.id, {
                defaultRouteSettings,
                routeSettings: [{ routeKey: "$connect", loggingLevel: "OFF" }],
            });
        },
        finds: [NO_GROUP("w2-fine"), NO_GROUP("w3-off"), DARK("w3-off")],
    },
    {
        shape: "W4, W9 HTTP APIs",
        make: () => {
            const api = new aws.apigatewayv2.Api("w4", { protocolType: "HTTP" });
            v2Stage("w4", api.id);
            v2Stage("w4-level", api.id, { defaultRouteSettings: { loggingLevel: "INFO", dataTraceEnabled: true } });
            new aws.apigatewayv2.Api("w9", { protocolType: "HTTP", target: "https://example.com/" });
        },
    },
    {
        shape: "W6, W7 aws-native",
        make: () => {
            const api = raw("aws-native:apigatewayv2:Api", { protocolType: "WEBSOCKET", name: "w6" }, "w6");
            v2Stage("w6", api.id);
            const http = raw("aws-native:apigatewayv2:Api", { protocolType: "HTTP", name: "w6-http" }, "w6-http");
            v2Stage("w6-http", http.id);
            raw("aws-native:apigatewayv2:Stage", { apiId: api.id, stageName: "w7" }, "w7");
        },
        finds: [DARK("w6"), DARK("w7")],
    },
    {
        shape: "W8 $default says nothing of the protocol",
        make: () => {
            const api = new aws.apigatewayv2.Api("w8", { protocolType: "WEBSOCKET" });
            new aws.apigatewayv2.Stage("w8", { apiId: api.id, name: "$default" });
        },
        finds: [DARK("w8")],
    },
];

/** Two Accounts of one account and region, and what waits for neither; the Account of another region is nobody's. */
export const ACCOUNT_SHAPES: readonly Shape[] = [
    {
        shape: "A1, A5 Accounts",
        make: () => {
            const role = new aws.iam.Role("a1", { assumeRolePolicy: "{}" });
            const account = new aws.apigateway.Account("a1", { cloudwatchRoleArn: role.arn });
            new aws.apigateway.Account("a5", { cloudwatchRoleArn: role.arn });
            const of = stage("a1", restApi("a1"));
            const all = { restApi: of.restApi, stageName: of.stageName, settings: INFO };
            new aws.apigateway.MethodSettings("a1", { ...all, methodPath: "*/*" }, { dependsOn: [account] });
            new aws.apigateway.MethodSettings("a1-early", { ...all, methodPath: "a/GET" });
            const api = new aws.apigatewayv2.Api("a1", { protocolType: "WEBSOCKET" });
            v2Stage("a1-chat", api.id, { defaultRouteSettings: { loggingLevel: "INFO" } });
            const provider = new aws.Provider("far", { region: "eu-west-1" });
            new aws.apigateway.Account("far", { cloudwatchRoleArn: role.arn }, { provider });
        },
        finds: ["a1-chat", "a1-early", "a5"].map((name) => `apigateway-account-cloudwatch-role: ${name}`),
    },
];

/** A stage that logs, of an API whose deployment is replaced for every version. */
export function redeployed(version: string): () => Promise<void> {
    return async () => {
        const api = restApi("orders");
        const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id, triggers: { version } });
        const args = { restApi: api.id, deployment: deployment.id, stageName: "prod" };
        settings("prod", new aws.apigateway.Stage("prod", args), "*/*", INFO);
    };
}
