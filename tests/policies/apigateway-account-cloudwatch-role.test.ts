import assert from "node:assert/strict";
import { evaluateStack } from "../../pack/evaluate";
import { policyMessageOf } from "../../pack/finding";
import policy from "../../policies/apigateway-account-cloudwatch-role";
import { stack } from "../support/stack";
import {
    account,
    component,
    computed,
    declare,
    from,
    idOf,
    logGroup,
    methodSettings,
    nativeAccount,
    nativeStage,
    nativeV2Stage,
    type Options,
    restApi,
    stage,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
    wire,
} from "../support/wire/declare";
import { evaluate } from "../support/wire/evaluator";
import { stackTable } from "../support/wire/table";

const ROLE = "arn:aws:iam::123456789012:role/logs";
const PROVIDER = { region: "eu-west-1", version: "7.48.0" };
const role = declare("aws:iam/role:Role", "role", { arn: computed(ROLE) });
const withRole = (name = "account", options: Options = {}) =>
    account(name, { cloudwatchRoleArn: from("role", ROLE) }, options);
const orders = restApi("orders");
const settings = (options: Options = {}, level: unknown = "INFO", name = "all") =>
    methodSettings(
        name,
        { restApi: idOf("orders"), stageName: "prod", methodPath: "*/*", settings: { loggingLevel: level } },
        options,
    );

const EMPTY = `Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.
Set cloudwatchRoleArn to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.
cloudwatchRoleArn: role.arn`;
const noDependency = (name: string, what = "MethodSettings") =>
    `${what} "${name}" turns execution logging on but does not depend on Account "account", so its creation fails if the CloudWatch role is not set yet.
Make it depend on the Account.
{ dependsOn: [account] }`;
const TWO = `Account "second" configures the same AWS account and region as Account "account"; the one that is updated last takes effect.
Keep one Account per AWS account and region.`;
const missing = (where: string) =>
    `The stack turns execution logging on${where} but declares no API Gateway Account; without the Account's CloudWatch role, API Gateway writes no logs.
Declare one Account per AWS account and region. Retain it when the stack is destroyed, because other APIs need it too.
new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { retainOnDelete: true })`;
const reference = declare("pulumi:pulumi:StackReference", "network", {});
const PREVIEW = ["first preview", "first preview, provider v6"] as const;
const place = (what: string) =>
    `${what}: whether it is in the AWS account and region of Account "account" is not known yet`;
const NEAR = place('MethodSettings "all"');
const SECOND = place('Account "second"');

const MAY_LOG = 'MethodSettings "all": whether it turns logging on is not known yet';

stackTable(policy, [
    // the role (tests/engine/shapes.ts: A1)
    { when: "an Account with a role is fine", given: [role, withRole()] },
    {
        when: "an Account with a role from another stack is fine",
        given: [account("account", { cloudwatchRoleArn: ROLE })],
    },
    ...[undefined, "", null, 5, computed("")].map((cloudwatchRoleArn) => ({
        when: `an Account whose role is ${JSON.stringify(cloudwatchRoleArn)} is left to apigateway-account-role-set`,
        given: [account("account", { cloudwatchRoleArn })],
    })),
    {
        when: "an Account without inputs and without a role is a finding",
        given: [{ ...account("account", { cloudwatchRoleArn: "" }), isRead: true }],
        finds: { account: EMPTY },
        at: ["deployed"],
    },
    {
        when: "an aws-native Account with a role is fine",
        given: [nativeAccount("account", { cloudWatchRoleArn: ROLE })],
    },
    {
        when: "an aws-native Account without inputs and without a role is a finding",
        given: [{ ...nativeAccount("account", { cloudwatchRoleArn: ROLE }), isRead: true }],
        finds: { account: EMPTY.replaceAll("cloudwatchRoleArn", "cloudWatchRoleArn") },
        at: ["deployed"],
    },

    // dependencies on the Account
    {
        when: "method settings that depend on the Account are fine",
        given: [role, withRole(), orders, settings({ dependsOn: ["account"] })],
    },
    {
        when: "method settings that depend on the Account transitively are fine",
        given: [
            role,
            withRole(),
            orders,
            declare("aws:apigateway/stage:Stage", "prod", { restApi: idOf("orders") }, { dependsOn: ["account"] }),
            settings({ dependsOn: ["prod"] }),
        ],
    },
    {
        when: "method settings that depend on the Account through a property are fine",
        given: [
            role,
            withRole(),
            orders,
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: from("account", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
    },
    {
        when: "children of a component that depends on the Account are fine",
        given: [
            role,
            withRole(),
            component("my:index:Shop", "shop", { dependsOn: ["account"] }),
            orders,
            settings({ parent: "shop" }),
        ],
    },
    {
        when: "method settings that depend on a component with the Account inside are fine",
        given: [
            role,
            component("my:index:Base", "base"),
            withRole("account", { parent: "base" }),
            orders,
            settings({ dependsOn: ["base"] }),
        ],
    },
    {
        when: "a dependency on the parent of the Account is not a dependency on the Account",
        given: [role, withRole("account", { parent: "orders" }), orders, settings()],
        finds: { all: noDependency("all") },
    },
    {
        when: "method settings that do not depend on the Account are a finding",
        given: [role, withRole(), orders, settings()],
        finds: { all: noDependency("all") },
    },
    {
        when: "each of several method settings that do not depend on the Account is a finding",
        given: [
            role,
            withRole(),
            orders,
            settings(),
            settings({ dependsOn: ["account"] }, "ERROR", "other"),
            settings({}, "ERROR", "third"),
        ],
        finds: { all: noDependency("all"), third: noDependency("third") },
    },
    { when: "method settings at OFF need no role", given: [role, withRole(), orders, settings({}, "OFF")] },
    ...["/*/*", "authenticate/*"].map((methodPath) => ({
        when: `method settings for ${methodPath} match no method, so they need no role`,
        given: [
            role,
            withRole(),
            orders,
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath,
                settings: { loggingLevel: "INFO" },
            }),
        ],
    })),
    {
        when: "an entry of an aws-native stage without a path matches no method, so it needs no role",
        given: [role, withRole(), nativeStage("prod", { methodSettings: [{ loggingLevel: "INFO" }] })],
    },
    {
        when: "method settings of providers that have a list of one need the role",
        given: [
            role,
            withRole(),
            orders,
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "*/*",
                settings: [{ loggingLevel: "INFO" }],
            }),
        ],
        finds: { all: noDependency("all") },
    },
    {
        when: "method settings that are only read need no role",
        given: [role, withRole(), orders, { ...settings(), isRead: true }],
        at: ["deployed"],
    },
    {
        when: "an access log without a format needs no role, because it is off",
        given: [
            role,
            withRole(),
            orders,
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: {
                    destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
                    format: "",
                },
            }),
        ],
    },
    { when: "method settings without a level need no role", given: [role, withRole(), orders, settings({}, null)] },
    {
        when: "method settings with a level that is not known yet are not a finding",
        given: [role, withRole(), orders, settings({}, UNKNOWN_VALUE)],
    },
    {
        when: "an aws-native stage that logs and does not depend on the Account is a finding",
        given: [
            role,
            withRole(),
            nativeStage("prod", { methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }] }),
        ],
        finds: { prod: noDependency("prod", "Stage") },
    },
    {
        when: "an aws-native stage that does not log needs no role",
        given: [role, withRole(), nativeStage("prod", { methodSettings: [] }), nativeStage("test", {})],
    },
    {
        when: "a WebSocket stage that logs and does not depend on the Account is a finding",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
        ],
        finds: { prod: noDependency("prod", "Stage") },
    },
    {
        when: "a WebSocket stage with one route that logs needs the role, too",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("prod", { apiId: idOf("chat"), routeSettings: [{ routeKey: "send", loggingLevel: "INFO" }] }),
        ],
        finds: { prod: noDependency("prod", "Stage") },
    },
    {
        when: "a WebSocket stage that does not log needs no role",
        given: [role, withRole(), v2Api("chat", "WEBSOCKET"), v2Stage("prod", { apiId: idOf("chat") })],
    },
    {
        when: "a stage of an HTTP API needs no role",
        given: [
            role,
            withRole(),
            v2Api("chat", "HTTP"),
            v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
        ],
    },

    {
        when: "something has to depend on an Account without a role, too",
        given: [account("account"), orders, settings()],
        finds: { all: noDependency("all") },
    },
    {
        when: "nothing has to depend on an Account that is only read",
        given: [{ ...account("account", { cloudwatchRoleArn: ROLE }), isRead: true }, orders, settings()],
    },
    {
        when: "an Account that is only read is not a second one",
        given: [role, withRole(), { ...account("second", { cloudwatchRoleArn: ROLE }), isRead: true }],
    },
    {
        when: "providers that differ in retries and tags only are of one account",
        given: [
            role,
            withRole("account", { provider: { ...PROVIDER, maxRetries: 3 } }),
            withRole("second", { provider: { ...PROVIDER, defaultTags: { tags: { team: "a" } } } }),
        ],
        finds: { second: TWO },
    },
    {
        when: "requireInStack is not met by an Account in another AWS account",
        given: [
            role,
            withRole("account", { provider: { ...PROVIDER, assumeRoles: [{ roleArn: ROLE }] } }),
            orders,
            settings({
                provider: { ...PROVIDER, assumeRoles: [{ roleArn: ROLE.replace("123456789012", "210987654321") }] },
            }),
        ],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },

    // which Account belongs to which resources (A5)
    {
        when: "nothing has to depend on an Account in another region",
        given: [role, withRole("account", { provider: { region: "us-east-1" } }), orders, settings()],
    },
    {
        when: "nothing has to depend on an Account in another AWS account",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", profile: "audit" } }),
            orders,
            settings({ provider: { region: "eu-west-1" } }),
        ],
    },
    {
        when: "nothing has to depend on an Account whose region is not set",
        given: [role, withRole("account", { provider: {} }), orders, settings({ provider: { region: "eu-west-1" } })],
    },
    {
        when: "whether something has to depend on an Account whose provider is not known yet is undecided",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", profile: UNKNOWN_VALUE, name: "a" } }),
            orders,
            settings({ provider: { region: "eu-west-1", profile: UNKNOWN_VALUE, name: "b" } }),
        ],
        undecided: NEAR,
    },
    {
        when: "whether something has to depend on an Account whose provider has a nested unknown value is undecided",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }], x: 1 } }),
            orders,
            settings({ provider: { region: "eu-west-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }] } }),
        ],
        undecided: NEAR,
    },
    {
        when: "what depends on an Account whose provider is not known yet is fine, wherever it is",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", profile: UNKNOWN_VALUE } }),
            orders,
            settings({ dependsOn: ["account"] }),
        ],
    },
    {
        when: "nothing has to depend on an Account in another region, whatever its credentials are",
        given: [
            role,
            withRole("account", { provider: { region: "us-east-1", profile: UNKNOWN_VALUE } }),
            orders,
            settings(),
        ],
    },
    {
        when: "a region of its own that is not known yet may be that of the Account",
        given: [
            role,
            withRole(),
            reference,
            orders,
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
                region: from("network", "us-east-1"),
            }),
        ],
        undecided: NEAR,
        at: PREVIEW,
    },
    {
        when: "a region that only the provider knows is that of the provider",
        given: [
            role,
            account("account", { cloudwatchRoleArn: from("role", ROLE), region: computed("eu-west-1") }),
            orders,
            settings(),
        ],
        finds: { all: noDependency("all") },
    },
    ...[UNKNOWN_VALUE, "[secret]"].map((region) => ({
        when: `two Accounts of providers whose regions are ${region === UNKNOWN_VALUE ? "not known yet" : "sealed"} are undecided`,
        given: [
            role,
            withRole("account", { provider: { region, name: "a" } }),
            withRole("second", { provider: { region, name: "b" } }),
        ],
        undecided: SECOND,
    })),
    {
        when: "two Accounts of one provider whose region is not known yet are in one region",
        given: [
            role,
            withRole("account", { provider: { region: UNKNOWN_VALUE } }),
            withRole("second", { provider: { region: UNKNOWN_VALUE } }),
        ],
        finds: { second: TWO },
    },
    {
        when: "an Account whose region is not known yet may be in that of another",
        given: [role, withRole(), withRole("second", { provider: { region: UNKNOWN_VALUE } })],
        undecided: SECOND,
    },
    {
        when: "two Accounts whose own regions come from another resource are undecided until these are known",
        given: [
            role,
            reference,
            ...["account", "second"].map((name) =>
                account(name, {
                    cloudwatchRoleArn: from("role", ROLE),
                    region: from("network", name === "second" ? "us-east-1" : "eu-west-1"),
                }),
            ),
        ],
        undecided: SECOND,
        at: PREVIEW,
    },
    {
        when: "two Accounts are undecided if the provider of one assumes a role of the program",
        given: [
            role,
            withRole(),
            withRole("second", { provider: { ...PROVIDER, assumeRoles: [{ roleArn: UNKNOWN_VALUE }] } }),
        ],
        undecided: SECOND,
    },
    {
        when: "two Accounts with an unknown role in each of two regions are apart",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }] } }),
            withRole("second", { provider: { region: "us-east-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }] } }),
        ],
    },
    {
        when: "with requireInStack, what logs in regions that are not known yet is one finding",
        given: [
            orders,
            settings({ provider: { region: UNKNOWN_VALUE, name: "a" } }),
            settings({ provider: { region: UNKNOWN_VALUE, name: "b" } }, "INFO", "second"),
        ],
        config: { requireInStack: true },
        finds: { "": missing("") },
    },
    {
        when: "resources with the same provider are in the same AWS account, even if a credential is not known",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", accessKey: "[secret]" } }),
            orders,
            settings({ provider: { region: "eu-west-1", accessKey: "[secret]" } }),
        ],
        finds: { all: noDependency("all") },
    },
    {
        when: "a different provider version, and a region of the resource's own, are the same account and region",
        given: [
            role,
            account(
                "account",
                { cloudwatchRoleArn: from("role", ROLE), region: "eu-west-1" },
                { provider: { version: "7.1.0" } },
            ),
            orders,
            settings({ provider: { region: "eu-west-1", version: "7.2.0" } }),
        ],
        finds: { all: noDependency("all") },
    },
    {
        when: "resources without a provider are in the same AWS account",
        given: [role, withoutProvider(withRole()), withoutProvider(settings()), orders],
        finds: { all: noDependency("all") },
    },
    {
        when: "method settings that do not depend on an Account with a literal role are a finding",
        given: [account("account", { cloudwatchRoleArn: ROLE }), settings(), orders],
        finds: { all: noDependency("all") },
    },
    {
        when: "a REST stage with an access log that does not depend on the Account is a finding",
        given: [
            role,
            withRole(),
            orders,
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: {
                    destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
                    format: "$context.requestId",
                },
            }),
        ],
        finds: { prod: noDependency("prod", "Stage").replace("execution", "access") },
    },
    {
        when: "a REST stage with an access log to a log group of the stack needs the Account, too",
        given: [
            role,
            withRole(),
            orders,
            logGroup("access", {
                name: "access",
                arn: computed("arn:aws:logs:eu-west-1:123456789012:log-group:access"),
            }),
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: {
                    destinationArn: from("access", "arn:aws:logs:eu-west-1:123456789012:log-group:access"),
                    format: "$context.requestId",
                },
            }),
        ],
        finds: { prod: noDependency("prod", "Stage").replace("execution", "access") },
    },
    {
        when: "an access log to Firehose needs no role",
        given: [
            role,
            withRole(),
            orders,
            declare("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "stream", {}),
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: {
                    destinationArn: from("stream", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a"),
                    format: "$context.requestId",
                },
            }),
        ],
    },
    {
        when: "a WebSocket stage with an access log to a log group needs the Account",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("prod", {
                apiId: idOf("chat"),
                name: "prod",
                accessLogSettings: {
                    destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
                    format: "$context.requestId",
                },
            }),
        ],
        finds: { prod: noDependency("prod", "Stage").replace("execution", "access") },
    },
    {
        when: "an aws-native deployment that makes a stage with logging needs the Account",
        given: [
            role,
            withRole(),
            declare("aws-native:apigateway:Deployment", "first", {
                restApiId: "a1",
                stageName: "prod",
                stageDescription: { loggingLevel: "INFO" },
            }),
        ],
        finds: { first: noDependency("first", "Deployment") },
    },
    {
        when: "an HTTP stage with an access log does not need the Account",
        given: [
            role,
            withRole(),
            v2Api("shop", "HTTP"),
            v2Stage("prod", {
                apiId: idOf("shop"),
                name: "prod",
                accessLogSettings: {
                    destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
                    format: "$context.requestId",
                },
            }),
        ],
    },
    {
        when: "what depends on a provider that depends on the Account depends on the Account",
        given: [
            role,
            withRole(),
            declare("pulumi:providers:aws", "later", PROVIDER, { dependsOn: ["account"], provider: "none" }),
            restApi("orders", {}, { provider: "later" }),
            settings({ provider: PROVIDER }),
        ],
    },
    {
        when: "a resource without outputs is not a mistake, and may turn logging on",
        given: [
            role,
            { ...account("account", { cloudwatchRoleArn: from("role", ROLE) }), hasNoOutputs: true },
            orders,
            { ...settings(), hasNoOutputs: true },
        ],
        undecided: MAY_LOG,
    },
    {
        when: "without an Account it does not matter whether a level that is not known yet turns logging on",
        given: [orders, settings({}, from("orders", "INFO"))],
    },
    {
        when: "a level that is not known yet is undecided",
        given: [role, withRole(), orders, settings({}, from("orders", "INFO"))],
        at: ["first preview", "first preview, provider v6"],
        undecided: MAY_LOG,
    },
    {
        when: "a level that is not known yet is fine with a dependency on the Account",
        given: [role, withRole(), orders, settings({ dependsOn: ["account"] }, from("orders", "INFO"))],
    },
    {
        when: "settings that match no method do not log, whatever their level turns out to be",
        given: [
            role,
            withRole(),
            orders,
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "/*/*",
                settings: { loggingLevel: from("orders", "OFF") },
            }),
        ],
    },
    {
        when: "with requireInStack, a level that is not known yet is undecided without an Account",
        given: [orders, settings({}, from("orders", "INFO"))],
        config: { requireInStack: true },
        at: ["first preview", "first preview, provider v6"],
        undecided: MAY_LOG,
    },
    {
        when: "with requireInStack, an Account that is missing anyway is only a finding",
        given: [orders, settings(), settings({}, from("orders", "INFO"), "other")],
        config: { requireInStack: true },
        at: ["first preview", "first preview, provider v6"],
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "entries of aws-native that are not known yet are undecided",
        given: [
            role,
            withRole(),
            orders,
            nativeStage("prod", { restApiId: idOf("orders"), methodSettings: from("orders", []) }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod": whether it turns logging on is not known yet',
    },
    {
        when: "the destination of an access log that is not known yet is undecided",
        given: [
            role,
            withRole(),
            orders,
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: {
                    destinationArn: from("role", "arn:aws:firehose:x:1:deliverystream/amazon-apigateway-a"),
                },
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod": whether it turns logging on is not known yet',
    },
    {
        when: "the level of a WebSocket stage that is not known yet is undecided",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("live", {
                apiId: idOf("chat"),
                name: "live",
                defaultRouteSettings: { loggingLevel: from("role", "OFF") },
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "live": whether it turns logging on is not known yet',
    },
    {
        when: "a resource without a provider is not in the AWS account of one with a provider",
        given: [account("account", { cloudwatchRoleArn: ROLE }, { provider: {} }), withoutProvider(settings()), orders],
    },
    {
        when: "two Accounts in one account and region are a finding, on the one that sorts last",
        given: [role, withRole("second"), withRole()],
        finds: { second: TWO },
    },
    {
        when: "of three Accounts in one account and region, two are findings that name the first",
        given: [role, withRole("third"), withRole("second"), withRole()],
        finds: { second: TWO, third: TWO.replace('"second"', '"third"') },
    },
    {
        when: "method settings that depend on one of two Accounts are fine",
        given: [role, withRole(), withRole("second"), orders, settings({ dependsOn: ["second"] })],
        finds: { second: TWO },
    },
    {
        when: "one Account in each region is fine",
        given: [
            role,
            account("account", { cloudwatchRoleArn: ROLE, region: "eu-west-1" }),
            account("second", { cloudwatchRoleArn: ROLE, region: "us-east-1" }),
        ],
    },

    // the Account of another stack
    { when: "a stack without an Account is fine", given: [orders, settings()] },
    {
        when: "with requireInStack, a missing Account is a finding on the stack",
        given: [orders, settings()],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "with requireInStack, a missing Account is one finding for each account and region",
        given: [orders, settings(), settings({}, "INFO", "again")],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "with requireInStack, a region that is not set is left out of the message",
        given: [orders, settings({ provider: {} })],
        config: { requireInStack: true },
        finds: { "": missing("") },
    },
    {
        when: "with requireInStack, an Account whose own region is another one is not enough",
        given: [
            role,
            account("account", { cloudwatchRoleArn: ROLE, region: "us-east-1" }),
            orders,
            settings({ dependsOn: ["account"] }),
        ],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    ...[
        nativeStage("prod", { methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }] }),
        v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
        nativeV2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
    ].map((stage) => ({
        when: `with requireInStack, a missing Account is a finding if only an ${stage.type} logs`,
        given: [v2Api("chat", "WEBSOCKET"), stage],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    })),
    {
        when: "with requireInStack, a stack with an Account is fine",
        given: [role, withRole(), orders, settings({ dependsOn: ["account"] })],
        config: { requireInStack: true },
    },
    {
        when: "with requireInStack, an Account with another provider of the region is fine",
        given: [role, withRole("account", { provider: { region: "eu-west-1", profile: "b" } }), orders, settings()],
        config: { requireInStack: true },
    },
    {
        when: "with requireInStack, an Account whose provider is in another region is not enough",
        given: [role, withRole("account", { provider: { region: "us-east-1" } }), orders, settings()],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "with requireInStack, a stack that does not log is fine",
        given: [orders, settings({}, "OFF")],
        config: { requireInStack: true },
    },
]);

describe(`${policy.name} with requireInStack`, () => {
    it("reports a missing Account once for each region that logs", () => {
        const given = [orders, settings(), settings({ provider: { region: "us-east-1" } }, "INFO", "other")];
        const { findings } = evaluate(policy, wire(given, "deployed"), { requireInStack: true });
        assert.deepEqual(
            findings.map(({ message }) => message),
            [missing(" in eu-west-1"), missing(" in us-east-1")],
        );
    });
});

describe(`${policy.name} in a live account`, () => {
    it("reports two Accounts, and no order of creation", () => {
        const { stack: all } = stack([account("account"), account("second"), orders, settings()], "deployed");
        const live = { ...all, live: { unread: new Set<string>() } };
        const { findings } = evaluateStack(policy, live, { config: { requireInStack: true }, today: "2026-11-25" });
        assert.deepEqual(findings.map(policyMessageOf), [TWO]);
    });
});

function withoutProvider(declared: ReturnType<typeof account>): ReturnType<typeof account> {
    return { ...declared, provider: "none" };
}
