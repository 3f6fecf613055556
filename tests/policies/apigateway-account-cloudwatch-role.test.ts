import assert from "node:assert/strict";
import { apigatewayAccountCloudwatchRole as policy } from "../../policies/apigateway-account-cloudwatch-role";
import {
    account,
    component,
    computed,
    declare,
    from,
    idOf,
    methodSettings,
    nativeAccount,
    nativeStage,
    nativeV2Stage,
    type Options,
    restApi,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
    wire,
} from "../wire/declare";
import { stackTable, withPack } from "../wire/table";

const ROLE = "arn:aws:iam::123456789012:role/logs";
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

const EMPTY = `Account "account" states no CloudWatch role, so API Gateway writes no logs in its account and region.
Set cloudwatchRoleArn to a role that API Gateway may assume, with the policy AmazonAPIGatewayPushToCloudWatchLogs.
cloudwatchRoleArn: role.arn`;
const early = (name: string, what = "Method settings") =>
    `${what} "${name}" switches execution logging on without waiting for Account "account", so its creation can fail for want of the CloudWatch role.
Make it depend on the Account.
{ dependsOn: [account] }`;
const TWO = `Account "second" sets the same account and region as Account "account"; whichever is updated last wins.
Keep one Account per AWS account and region.`;
const missing = (where: string) =>
    `The stack switches execution logging on${where} and declares no API Gateway Account, without whose CloudWatch role nothing is written.
Declare an Account once per AWS account and region. Keep it when the stack is destroyed, since other APIs need it too.
new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { retainOnDelete: true })`;

stackTable(policy, [
    // A1, vector 27: the role
    { when: "an Account with a role is fine", given: [role, withRole()] },
    {
        when: "an Account with the role of another stack is fine",
        given: [account("account", { cloudwatchRoleArn: ROLE })],
    },
    { when: "an Account without a role is found", given: [account("account")], finds: { account: EMPTY } },
    ...["", null, 5].map((cloudwatchRoleArn) => ({
        when: `an Account whose role is ${JSON.stringify(cloudwatchRoleArn)} is found`,
        given: [account("account", { cloudwatchRoleArn })],
        finds: { account: EMPTY },
    })),
    {
        when: "an Account whose role the provider makes up has none stated",
        given: [account("account", { cloudwatchRoleArn: computed("") })],
        finds: { account: EMPTY },
    },
    {
        when: "aws-native spells the role differently",
        given: [nativeAccount("account", { cloudWatchRoleArn: ROLE })],
    },
    {
        when: "an Account of aws-native without a role is found",
        given: [nativeAccount("account", { cloudwatchRoleArn: ROLE })],
        finds: { account: EMPTY.replaceAll("cloudwatchRoleArn", "cloudWatchRoleArn") },
    },

    // vector 28: waiting for the Account
    {
        when: "method settings that depend on the Account are fine",
        given: [role, withRole(), orders, settings({ dependsOn: ["account"] })],
    },
    {
        when: "method settings that depend on it through something else are fine",
        given: [
            role,
            withRole(),
            orders,
            declare("aws:apigateway/stage:Stage", "prod", { restApi: idOf("orders") }, { dependsOn: ["account"] }),
            settings({ dependsOn: ["prod"] }),
        ],
    },
    {
        when: "method settings that depend on it by a property are fine",
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
        when: "children of a component that depends on it are fine",
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
        when: "depending on a resource is not depending on its children",
        given: [role, withRole("account", { parent: "orders" }), orders, settings()],
        finds: { all: early("all") },
    },
    {
        when: "method settings that do not wait are found",
        given: [role, withRole(), orders, settings()],
        finds: { all: early("all") },
    },
    {
        when: "each of several that do not wait is found",
        given: [
            role,
            withRole(),
            orders,
            settings(),
            settings({ dependsOn: ["account"] }, "ERROR", "other"),
            settings({}, "ERROR", "third"),
        ],
        finds: { all: early("all"), third: early("third") },
    },
    { when: "OFF needs no role", given: [role, withRole(), orders, settings({}, "OFF")] },
    { when: "no level needs no role", given: [role, withRole(), orders, settings({}, null)] },
    { when: "a level not known yet needs no role yet", given: [role, withRole(), orders, settings({}, UNKNOWN_VALUE)] },
    {
        when: "an aws-native stage that logs and does not wait is found",
        given: [
            role,
            withRole(),
            nativeStage("prod", { methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }] }),
        ],
        finds: { prod: early("prod", "Stage") },
    },
    {
        when: "an aws-native stage that logs nothing needs no role",
        given: [role, withRole(), nativeStage("prod", { methodSettings: [] }), nativeStage("test", {})],
    },
    {
        when: "a WebSocket stage that logs and does not wait is found",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
        ],
        finds: { prod: early("prod", "Stage") },
    },
    {
        when: "a WebSocket stage with one route that logs needs the role too",
        given: [
            role,
            withRole(),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("prod", { apiId: idOf("chat"), routeSettings: [{ routeKey: "send", loggingLevel: "INFO" }] }),
        ],
        finds: { prod: early("prod", "Stage") },
    },
    {
        when: "a WebSocket stage that logs nothing needs no role",
        given: [role, withRole(), v2Api("chat", "WEBSOCKET"), v2Stage("prod", { apiId: idOf("chat") })],
    },
    {
        when: "an HTTP stage writes no execution log",
        given: [
            role,
            withRole(),
            v2Api("chat", "HTTP"),
            v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } }),
        ],
    },

    {
        when: "an Account that states nothing at all is made here",
        given: [account("account"), orders, settings()],
        finds: { account: EMPTY, all: early("all") },
    },
    {
        when: "an Account that is only read is there already",
        given: [{ ...account("account", { cloudwatchRoleArn: ROLE }), isRead: true }, orders, settings()],
    },

    // A5, T16: which Account is whose
    {
        when: "an Account of another region is not waited for",
        given: [role, withRole("account", { provider: { region: "us-east-1" } }), orders, settings()],
    },
    {
        when: "an Account of another account is not waited for",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", profile: "audit" } }),
            orders,
            settings({ provider: { region: "eu-west-1" } }),
        ],
    },
    {
        when: "an Account whose region nobody knows is not waited for",
        given: [role, withRole("account", { provider: {} }), orders, settings({ provider: { region: "eu-west-1" } })],
    },
    {
        when: "an Account whose provider is not known yet is not waited for",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", profile: UNKNOWN_VALUE, name: "a" } }),
            orders,
            settings({ provider: { region: "eu-west-1", profile: UNKNOWN_VALUE, name: "b" } }),
        ],
    },
    {
        when: "an Account whose provider is not known further in is not waited for",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }], x: 1 } }),
            orders,
            settings({ provider: { region: "eu-west-1", assumeRoles: [{ roleArn: UNKNOWN_VALUE }] } }),
        ],
    },
    {
        when: "one provider is one account, known or not",
        given: [
            role,
            withRole("account", { provider: { region: "eu-west-1", accessKey: "[secret]" } }),
            orders,
            settings({ provider: { region: "eu-west-1", accessKey: "[secret]" } }),
        ],
        finds: { all: early("all") },
    },
    {
        when: "a provider of another version, and one without a region of its own, are the same account and region",
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
        finds: { all: early("all") },
    },
    {
        when: "resources without any provider are taken to be in one account",
        given: [role, withoutProvider(withRole()), withoutProvider(settings()), orders],
        finds: { all: early("all") },
    },
    {
        when: "an Account whose role comes from nowhere in the stack may be one that is only read",
        given: [account("account", { cloudwatchRoleArn: ROLE }), settings(), orders],
    },
    {
        when: "a resource without a provider is in nobody else's account",
        given: [account("account", { cloudwatchRoleArn: ROLE }, { provider: {} }), withoutProvider(settings()), orders],
    },
    {
        when: "two Accounts of one account and region are told, on the one that sorts last",
        given: [role, withRole("second"), withRole()],
        finds: { second: TWO },
    },
    {
        when: "what waits for one of two Accounts is fine",
        given: [role, withRole(), withRole("second"), orders, settings({ dependsOn: ["second"] })],
        finds: { second: TWO },
    },
    {
        when: "an Account for each region is fine",
        given: [
            role,
            account("account", { cloudwatchRoleArn: ROLE, region: "eu-west-1" }),
            account("second", { cloudwatchRoleArn: ROLE, region: "us-east-1" }),
        ],
    },

    // A2, vector 26: the Account of another stack
    { when: "a stack that leaves the Account to another is fine", given: [orders, settings()] },
    {
        when: "requireInStack asks for the Account, on the stack",
        given: [orders, settings()],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "requireInStack asks once for each account and region",
        given: [orders, settings(), settings({}, "INFO", "again")],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "requireInStack names no region that nobody knows",
        given: [orders, settings({ provider: {} })],
        config: { requireInStack: true },
        finds: { "": missing("") },
    },
    {
        when: "requireInStack asks for one in the region that logs",
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
        when: `requireInStack asks for the Account where only an ${stage.type} logs`,
        given: [v2Api("chat", "WEBSOCKET"), stage],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    })),
    {
        when: "requireInStack is content with an Account",
        given: [role, withRole(), orders, settings({ dependsOn: ["account"] })],
        config: { requireInStack: true },
    },
    {
        when: "requireInStack is content with an Account under another provider of the region",
        given: [role, withRole("account", { provider: { region: "eu-west-1", profile: "b" } }), orders, settings()],
        config: { requireInStack: true },
    },
    {
        when: "requireInStack is not content with the Account of another region",
        given: [role, withRole("account", { provider: { region: "us-east-1" } }), orders, settings()],
        config: { requireInStack: true },
        finds: { "": missing(" in eu-west-1") },
    },
    {
        when: "requireInStack asks nothing of a stack that logs nothing",
        given: [orders, settings({}, "OFF")],
        config: { requireInStack: true },
    },
]);

describe(`${policy.name} with requireInStack`, () => {
    const pack = withPack();

    it("asks for one Account in each region that logs", async () => {
        await pack().configure({ [policy.name]: { requireInStack: true } }, (name) =>
            name === policy.name ? "advisory" : "disabled",
        );
        const found = await pack().analyzeStack(
            wire([orders, settings(), settings({ provider: { region: "us-east-1" } }, "INFO", "other")], "deployed"),
        );
        assert.deepEqual(
            found.map(({ message }) => message),
            [" in eu-west-1", " in us-east-1"].map((where) => `${policy.description}\n${missing(where)}`),
        );
    });
});

function withoutProvider(declared: ReturnType<typeof account>): ReturnType<typeof account> {
    return { ...declared, provider: "none" };
}
