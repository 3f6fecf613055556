import { readConfig } from "../../pack/config";
import { evaluateStack } from "../../pack/evaluate";
import { policyMessageOf } from "../../pack/finding";
import policy from "../../policies/apigateway-stage-execution-log-group";
import { table } from "../support/rows";
import { stack } from "../support/stack";
import {
    component,
    computed,
    type Declared,
    declare,
    deployment,
    from,
    fromRead,
    idOf,
    interpolate,
    logGroup,
    methodSettings,
    nativeLogGroup,
    nativeStage,
    nativeV2Stage,
    type Options,
    restApi,
    stage,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

const orders = restApi("orders");
const prod = (options: Options = {}) => stage("prod", { restApi: idOf("orders"), stageName: "prod" }, options);
const test = (options: Options = {}) => stage("test", { restApi: idOf("orders"), stageName: "test" }, options);
const settings = (options: Options = {}, level: unknown = "INFO", stageName = "prod") =>
    methodSettings(
        `all-${stageName}`,
        {
            restApi: idOf("orders"),
            stageName: from(stageName, stageName),
            methodPath: "*/*",
            settings: { loggingLevel: level },
        },
        options,
    );
const logs = (stageName = "prod", options: Options = {}, name = "logs") =>
    logGroup(name, { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from([], stageName)}` }, options);
const canary = (options: Options = {}) =>
    stage("prod", { restApi: idOf("orders"), stageName: "prod", canarySettings: { percentTraffic: 10 } }, options);
const withAccessLog = (name: unknown) => [
    orders,
    logGroup("access", { name, arn: computed("arn") }),
    stage("prod", {
        restApi: idOf("orders"),
        stageName: "prod",
        accessLogSettings: { destinationArn: from("access", "arn"), format: "$context.requestId" },
    }),
    settings(),
];
const afterLogs: Options = { dependsOn: ["logs"] };

const chat = v2Api("chat", "WEBSOCKET");
const socket = (name = "prod", options: Options = {}) =>
    v2Stage("prod", { apiId: idOf("chat"), name, defaultRouteSettings: { loggingLevel: "INFO" } }, options);

const PROBLEM = `Stage "prod" of API "orders" writes its execution log to a log group that this stack does not declare, so its events never expire.`;
const ADVICE = "Declare the log group by its exact name with a retention, and make the stage depend on it.";
const BOTH = `${PROBLEM.replace("a log group that", "log groups that")}
Declare the log groups by their exact names with a retention, and make the stage depend on them.`;
const group = (name: string, stage = "prod") =>
    `new aws.cloudwatch.LogGroup("${stage}-execution-log", { name: ${name}, retentionInDays: 90 })`;
const TEMPLATE = group("pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`");
const CANARY_TEMPLATE = group("pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod/Canary`", "prod-canary");
const IMPORTABLE = `${PROBLEM}
${ADVICE} If CloudWatch has the group already, import it with { import: "API-Gateway-Execution-Logs_id-orders/prod" }.
${group('"API-Gateway-Execution-Logs_id-orders/prod"')}`;
const ELSEWHERE = IMPORTABLE.replace('"orders"', '"id-orders"').replace(", so its", "; unless another stack does, its");
const UNDECLARED = `${PROBLEM}\n${ADVICE}\n${TEMPLATE}`;
const NO_DEPENDENCY = `Stage "prod" of API "orders" does not depend on its execution log group "logs", so API Gateway may create the group first, and that group never expires.
Make the stage depend on the log group.
{ dependsOn: [logGroup] }`;
const NAMED_AFTER_OUTPUT = NO_DEPENDENCY.replace(
    "Make the stage depend on the log group.",
    "Name the stage in the program, and use that string in the group's name instead of the stage's output; then make the stage depend on the group.",
);

const SOCKET = `${PROBLEM.replace("orders", "chat")}\n${ADVICE}\n${group("pulumi.interpolate`/aws/apigateway/${api.id}/prod`")}`;

/** A row before the ids are known, and one after, when the message contains the name to import. */
function beforeAndAfter(when: string, given: readonly Declared[], before: string, after: string) {
    return [
        { when, given, finds: { prod: before }, at: ["first preview", "first preview, provider v6"] as const },
        { when, given, finds: { prod: after }, at: ["deployed"] as const },
    ];
}

const PREVIEWS = ["first preview", "first preview, provider v6"] as const;
const mayLog = (what: string) => `${what}: whether it writes an execution log is not known yet`;

stackTable(policy, [
    {
        when: "a level that is not known yet is undecided",
        given: [orders, prod(), settings({}, from("orders", "OFF"))],
        at: PREVIEWS,
        undecided: mayLog('Stage "prod" of API "orders"'),
    },
    {
        when: "beside an entry that logs, a level that is not known yet changes nothing",
        given: [
            orders,
            logs(),
            prod(afterLogs),
            settings(),
            methodSettings("one", {
                restApi: idOf("orders"),
                stageName: from("prod", "prod"),
                methodPath: "items/GET",
                settings: { loggingLevel: from("orders", "OFF") },
            }),
        ],
    },
    {
        when: "a stage and settings without outputs are undecided",
        given: [orders, { ...prod(), hasNoOutputs: true }, { ...settings(), hasNoOutputs: true }],
        undecided: mayLog('Stage "prod" of API "orders"'),
    },
    {
        when: "entries of aws-native that are not known yet are undecided",
        given: [
            orders,
            nativeStage("prod", { restApiId: idOf("orders"), stageName: "prod", methodSettings: from("orders", []) }),
        ],
        at: PREVIEWS,
        undecided: mayLog('Stage "prod" of API "orders"'),
    },
    {
        when: "the level of a WebSocket stage that is not known yet is undecided",
        given: [
            chat,
            v2Stage("live", {
                apiId: idOf("chat"),
                name: "live",
                defaultRouteSettings: { loggingLevel: from("chat", "OFF") },
            }),
        ],
        at: PREVIEWS,
        undecided: mayLog('Stage "live" of API "chat"'),
    },
    {
        when: "the level of an HTTP API's stage does not matter, known or not",
        given: [
            v2Api("web", "HTTP"),
            v2Stage("live", {
                apiId: idOf("web"),
                name: "live",
                defaultRouteSettings: { loggingLevel: from("web", "OFF") },
            }),
        ],
    },
    {
        when: "a Deployment that makes a stage is undecided like one",
        given: [
            orders,
            deployment("prod", { restApi: idOf("orders"), stageName: "prod" }),
            settings({}, from("orders", "OFF")),
        ],
        at: PREVIEWS,
        undecided: mayLog('Stage "prod" of API "orders"'),
    },
    {
        when: "the log group of SST's WebSocket API has its name in the component's terms",
        given: [
            component("sst:aws:ApiGatewayWebSocket", "shop"),
            v2Api("chat", "WEBSOCKET", { parent: "shop" }),
            socket("prod", { parent: "shop" }),
        ],
        finds: { prod: SOCKET.replace("api.id", "api.nodes.api.id") },
        at: ["first preview", "first preview, provider v6"],
    },

    // REST (tests/engine/shapes.ts: L1)
    { when: "a stage that depends on its log group is fine", given: [orders, logs(), prod(afterLogs), settings()] },
    {
        when: "a stage that depends on its log group transitively is fine",
        given: [
            orders,
            logs(),
            deployment("v1", { restApi: idOf("orders") }, afterLogs),
            prod({ dependsOn: ["v1"] }),
            settings(),
        ],
    },
    {
        when: "method settings that depend on the log group instead of the stage are fine, because they turn the log on",
        given: [orders, logs(), prod(), settings(afterLogs)],
    },
    {
        when: "a stage is a finding if only one of its two method settings depends on the log group",
        given: [
            orders,
            logs(),
            prod(),
            settings(afterLogs),
            methodSettings("one", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "~1a/GET",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: NO_DEPENDENCY },
    },
    {
        when: "a stage that does not depend on its log group is a finding",
        given: [orders, logs(), prod(), settings()],
        finds: { prod: NO_DEPENDENCY },
    },
    { when: "a stage at OFF needs no log group", given: [orders, prod(), settings({}, "OFF")] },
    { when: "a stage without method settings needs no log group", given: [orders, prod()] },
    ...["/*/*", "authenticate/*", undefined].map((methodPath) => ({
        when: `settings for ${methodPath} match no method, so they need no log group`,
        given: [
            orders,
            prod(),
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath,
                settings: { loggingLevel: "INFO" },
            }),
        ],
    })),
    {
        when: "settings whose path is not known yet may match a method",
        given: [
            orders,
            prod(),
            declare("random:index/randomPet:RandomPet", "pet", {}),
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: from("pet", "authenticate/GET"),
                settings: { loggingLevel: "INFO" },
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        finds: { prod: UNDECLARED },
    },
    {
        when: "an entry of an aws-native stage without a path or without a method needs no log group",
        given: [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [
                    { loggingLevel: "INFO" },
                    { resourcePath: "/*", loggingLevel: "INFO" },
                    { httpMethod: "*", loggingLevel: "INFO" },
                ],
            }),
        ],
    },
    {
        when: "settings of providers that have a list of one need a log group",
        given: [
            orders,
            prod(),
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "*/*",
                settings: [{ loggingLevel: "INFO" }],
            }),
        ],
        at: ["first preview"],
        finds: { prod: UNDECLARED },
    },
    {
        when: "settings that are only read turn the log on",
        given: [orders, prod(), { ...settings(), isRead: true }],
        at: ["deployed"],
        finds: { prod: IMPORTABLE },
    },
    ...beforeAndAfter(
        "a stage that logs without a log group is a finding",
        [orders, prod(), settings()],
        UNDECLARED,
        IMPORTABLE,
    ),
    ...beforeAndAfter(
        "a log group with a generated name is not an execution log group",
        [orders, logGroup("logs", { name: "logs-1234567" }), prod(afterLogs), settings()],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "a wrong name with the API's id is a finding once the id is known",
        given: [
            orders,
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}_prod` }),
            prod(afterLogs),
            settings(),
        ],
        finds: { prod: IMPORTABLE },
        at: ["deployed"],
    },
    {
        when: "a wrong name with the API's id is not a finding before the id is known",
        given: [
            orders,
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}_prod` }),
            prod(afterLogs),
            settings(),
        ],
        at: ["first preview", "first preview, provider v6"],
    },
    ...beforeAndAfter(
        "a log group of another API is not the stage's own",
        [
            orders,
            restApi("returns"),
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("returns")}/prod` }),
            prod(afterLogs),
            settings(),
        ],
        UNDECLARED,
        IMPORTABLE,
    ),
    ...beforeAndAfter(
        "a log group in another region is not the stage's own",
        [orders, { ...logs(), provider: { region: "us-east-1" } }, prod(afterLogs), settings()],
        UNDECLARED,
        IMPORTABLE,
    ),
    ...beforeAndAfter(
        "a log group named after another resource is not the stage's own",
        [
            orders,
            declare("aws:lambda/function:Function", "fn", {}),
            logGroup("logs", { name: from("fn", "/aws/lambda/fn") }),
            prod(afterLogs),
            settings(),
        ],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "each stage of an API has its own log group",
        given: [
            orders,
            logs(),
            { ...logs("test"), name: "test-logs" },
            prod(afterLogs),
            test({ dependsOn: ["test-logs"] }),
            settings(),
            settings({}, "INFO", "test"),
        ],
    },
    {
        when: "the log group that no other stage depends on is the one that the stage must depend on",
        given: [
            orders,
            logs(),
            { ...logs("test"), name: "test-logs" },
            prod(),
            test({ dependsOn: ["test-logs"] }),
            settings(),
            settings({}, "INFO", "test"),
        ],
        finds: { prod: NO_DEPENDENCY },
    },
    ...beforeAndAfter(
        "a log group that another stage depends on is not the stage's own",
        [orders, logs("test"), prod(), test(afterLogs), settings(), settings({}, "INFO", "test")],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "a stage cannot depend on a log group that is named after the stage's output",
        given: [
            orders,
            prod(),
            logGroup("logs", {
                name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from("prod", "prod")}`,
            }),
            settings(),
        ],
        finds: { prod: NAMED_AFTER_OUTPUT },
    },
    {
        when: "a log group named after another stage is not the stage's own",
        given: [
            orders,
            prod(),
            test(),
            logGroup("logs", {
                name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from("test", "test")}`,
            }),
            settings(afterLogs),
        ],
        finds: { prod: UNDECLARED },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a log group with the exact name is the stage's own, even if only another stage depends on it",
        given: [orders, logs(), prod(), test(afterLogs), settings(), settings({}, "INFO", "test")],
        finds: {
            prod: NO_DEPENDENCY,
            test: IMPORTABLE.replaceAll("prod", "test"),
        },
        at: ["deployed"],
    },
    {
        when: "a log group of this API is the stage's own, even if a stage of another API depends on it",
        given: [
            orders,
            logs(),
            prod(),
            settings(),
            restApi("returns"),
            logGroup("own", { name: interpolate`API-Gateway-Execution-Logs_${idOf("returns")}/test` }),
            stage("test", { restApi: idOf("returns"), stageName: "test" }, { dependsOn: ["logs", "own"] }),
            methodSettings("all-test", {
                restApi: idOf("returns"),
                stageName: "test",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: NO_DEPENDENCY },
    },
    {
        when: "a log group named after the outputs of an aws-native stage is the stage's own",
        given: [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
            logGroup("logs", { name: from("prod", "API-Gateway-Execution-Logs_id-orders/prod") }),
        ],
        finds: { prod: NAMED_AFTER_OUTPUT },
    },
    {
        when: "a log group named after the outputs of an aws-native WebSocket stage is the stage's own",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO" },
            }),
            logGroup("logs", { name: from("prod", "/aws/apigateway/id-chat/prod") }),
        ],
        finds: { prod: NAMED_AFTER_OUTPUT.replace("orders", "chat") },
    },
    {
        when: "a log group named after a Deployment that creates a stage is the stage's own",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            logGroup("logs", { name: from("v1", "API-Gateway-Execution-Logs_id-orders/prod") }),
            methodSettings(
                "all",
                {
                    restApi: idOf("orders"),
                    stageName: "prod",
                    methodPath: "*/*",
                    settings: { loggingLevel: "INFO" },
                },
                afterLogs,
            ),
        ],
    },
    {
        when: "a log group named after one of two resources that create a stage is the stage's own",
        given: [
            orders,
            prod(),
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            logGroup("logs", { name: from("v1", "API-Gateway-Execution-Logs_id-orders/prod") }),
            settings(afterLogs),
        ],
    },
    {
        when: "a log group named after a Deployment without a stage may belong to any stage",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders") }),
            logGroup("logs", { name: from(["orders", "v1"], "API-Gateway-Execution-Logs_id-orders/prod") }),
            prod(afterLogs),
            settings(),
        ],
    },
    {
        when: "a stage of a component gets the advice that its method settings depend on the log group",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({ parent: "shop" }),
            logs(),
            settings(),
        ],
        finds: { prod: NO_DEPENDENCY.replace("Make the stage depend", "Make the stage's method settings depend") },
    },
    {
        when: "a stage of a component without a log group is reported in the component's terms",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({ parent: "shop" }),
            settings(),
        ],
        finds: { prod: UNDECLARED.replace("${api.id}", "${api.api.id}") },
        at: ["first preview"],
    },
    {
        when: "a stage that a Deployment creates is reported like any other",
        given: [orders, deployment("prod", { restApi: idOf("orders"), stageName: "prod" }), settings()],
        finds: { prod: UNDECLARED },
        at: ["first preview"],
    },
    {
        when: "a stage of an API in another stack is fine with a log group by known names",
        given: [
            logGroup("logs", { name: "API-Gateway-Execution-Logs_abc123/prod" }),
            stage("prod", { restApi: "abc123", stageName: "prod" }, afterLogs),
            methodSettings("all", {
                restApi: "abc123",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
    },
    // log groups that are something else, and names that come from elsewhere
    {
        when: "the log group of the stage's access log may take its execution log, too",
        given: withAccessLog(interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/prod`),
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": the name of its log group is not known yet',
    },
    {
        when: "the log group of the stage's access log takes its execution log, too, by its name",
        given: withAccessLog(interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/prod`),
        at: ["deployed"],
    },
    {
        when: "the log group of the stage's access log has another name than its execution log group",
        given: withAccessLog(interpolate`/access/${idOf("orders")}`),
        at: ["deployed"],
        finds: { prod: IMPORTABLE },
    },
    {
        when: "the log group of the stage's access log does not hide that its execution log group is late",
        given: [...withAccessLog(interpolate`/access/${idOf("orders")}`), logs()],
        finds: { prod: NO_DEPENDENCY },
    },
    {
        when: "a component with the log groups of both logs has the one of the execution log",
        given: [
            orders,
            component("my:index:Logs", "both"),
            { ...logs(), parent: "both" },
            logGroup(
                "access",
                { name: interpolate`/access/${idOf("orders")}`, arn: computed("arn") },
                { parent: "both" },
            ),
            stage(
                "prod",
                {
                    restApi: idOf("orders"),
                    stageName: "prod",
                    accessLogSettings: { destinationArn: from("both", "arn"), format: "$context.requestId" },
                },
                afterLogs,
            ),
            settings(),
        ],
    },
    {
        when: "an access log to a group with a name of its own is not an execution log",
        given: withAccessLog("/access/orders"),
        at: ["first preview", "first preview, provider v6"],
        finds: { prod: UNDECLARED },
    },
    {
        when: "one log group for two stages of an API is undecided for one of them until its name is known",
        given: [
            orders,
            logs(),
            prod(afterLogs),
            settings(),
            stage("test", { restApi: idOf("orders"), stageName: "test" }, afterLogs),
            settings({}, "INFO", "test"),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "test" of API "orders": the name of its log group is not known yet',
    },
    {
        when: "the log group of each of two stages is found among those that both depend on",
        given: [
            orders,
            logs(),
            logGroup("more", { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/test` }),
            prod({ dependsOn: ["logs", "more"] }),
            settings(),
            stage("test", { restApi: idOf("orders"), stageName: "test" }, { dependsOn: ["more"] }),
            settings({}, "INFO", "test"),
        ],
    },
    {
        when: "a log group named after a deployment's API is the API's",
        given: [
            orders,
            declare("aws:apigateway/deployment:Deployment", "first", { restApi: idOf("orders") }),
            logGroup("logs", { name: from("first", "API-Gateway-Execution-Logs_id-orders/prod") }),
            prod(afterLogs),
            settings(),
        ],
    },
    {
        when: "a log group named by an SSM parameter that has the API's id is the API's",
        given: [
            orders,
            declare("aws:ssm/parameter:Parameter", "parameter", { value: idOf("orders") }),
            logGroup("logs", { name: from("parameter", "API-Gateway-Execution-Logs_id-orders/prod") }),
            prod(afterLogs),
            settings(),
        ],
    },
    {
        when: "a log group whose name comes from another stack may be that of an API that exists",
        given: [
            declare("pulumi:pulumi:StackReference", "network", {}),
            logGroup("logs", { name: from("network", "API-Gateway-Execution-Logs_abc123/prod") }),
            stage("prod", { restApi: "abc123", stageName: "prod" }),
            methodSettings("all", {
                restApi: "abc123",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "abc123": the name of its log group is not known yet',
    },
    {
        when: "a log group that is named after a new resource is not that of an API that exists",
        given: [
            declare("random:index/randomPet:RandomPet", "pet", {}),
            logGroup("logs", { name: from("pet", "calm-cat") }),
            stage("prod", { restApi: "id-orders", stageName: "prod" }),
            methodSettings("all", {
                restApi: "id-orders",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: ELSEWHERE },
    },
    {
        when: "a log group whose name comes from a resource that is only read may be that of an API that exists",
        given: [
            logGroup("logs", { name: fromRead("API-Gateway-Execution-Logs_abc123/prod") }),
            stage("prod", { restApi: "abc123", stageName: "prod" }, afterLogs),
            methodSettings("all", {
                restApi: "abc123",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
    },
    ...beforeAndAfter(
        "a log group whose name comes from another stack is not that of an API still to be created",
        [
            orders,
            declare("pulumi:pulumi:StackReference", "network", {}),
            logGroup("logs", { name: from("network", "audit") }),
            prod(afterLogs),
            settings(),
        ],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "a log group without outputs may be the stage's own",
        given: [orders, { ...logs(), hasNoOutputs: true }, prod(afterLogs), settings()],
    },
    {
        when: "nothing has to depend on a log group that is only read",
        given: [
            { ...logGroup("logs", { name: "API-Gateway-Execution-Logs_id-orders/prod" }), isRead: true },
            orders,
            prod(),
            settings(),
        ],
        at: ["deployed"],
    },
    ...[false, true].map((isImported) => ({
        when: `${isImported ? "nothing" : "the stage"} has to depend on a log group that is ${isImported ? "" : "not "}imported, as files show`,
        given: [
            { ...logGroup("logs", { name: "API-Gateway-Execution-Logs_abc/prod" }), isImported },
            stage("prod", { restApi: "abc", stageName: "prod" }),
            methodSettings("all", {
                restApi: "abc",
                stageName: from("prod", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: NO_DEPENDENCY.replace('"orders"', '"abc"') },
        ...(isImported && { findsInFiles: {} }),
    })),

    {
        when: "a delivery that names the API only may be for any of its stages until its ARN is known",
        given: [
            orders,
            prod(),
            settings(),
            test(),
            settings({}, "INFO", "test"),
            declare("aws:cloudwatch/logDeliverySource:LogDeliverySource", "source", {
                name: "source",
                logType: "EXECUTION_LOGS",
                resourceArn: interpolate`arn:aws:apigateway:eu-west-1:123456789012:/restapis/${idOf("orders")}/stages/test`,
            }),
            declare("aws:cloudwatch/logDelivery:LogDelivery", "delivery", {
                deliverySourceName: from("source", "source"),
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided:
            'Stage "prod" of API "orders": the name of its log group is not known yet; Stage "test" of API "orders": the name of its log group is not known yet',
    },
    {
        when: "a delivery that names the API only does not matter to stages whose log groups exist in time",
        given: [
            orders,
            logs(),
            logs("test", {}, "test-logs"),
            prod(afterLogs),
            settings(),
            test({ dependsOn: ["test-logs"] }),
            settings({}, "INFO", "test"),
            source({ resourceArn: interpolate`arn:aws:apigateway:eu-west-1::/restapis/${idOf("orders")}/stages/test` }),
            delivery(),
        ],
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a delivery that names the API only may be for a canary whose log group is missing",
        given: [
            orders,
            logs(),
            canary(afterLogs),
            settings(),
            test(),
            settings({}, "INFO", "test"),
            source({ resourceArn: interpolate`arn:aws:apigateway:eu-west-1::/restapis/${idOf("orders")}/stages/test` }),
            delivery(),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided:
            'Stage "prod" of API "orders": the name of its log group is not known yet; Stage "test" of API "orders": the name of its log group is not known yet',
    },
    {
        when: "a delivery that names two APIs may be for any stage of the one that has two",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            test(),
            stage("prod", { restApi: from("shop", "id-returns"), stageName: "prod" }),
            methodSettings("all-prod", {
                restApi: from("shop", "id-returns"),
                stageName: from("prod", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
            settings({}, "INFO", "test"),
            source({ resourceArn: from(["orders", "returns"], "arn") }),
            delivery(),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided:
            'Stage "prod": the name of its log group is not known yet; Stage "test" of API "orders": the name of its log group is not known yet',
    },
    {
        when: "a stage of another stack's API is fine with a log group that it depends on, though neither name is known yet",
        given: [
            declare("pulumi:pulumi:StackReference", "network", {}),
            logGroup("logs", { name: from("network", "API-Gateway-Execution-Logs_abc123/prod") }),
            stage("prod", { restApi: from("network", "abc123"), stageName: "prod" }, afterLogs),
            methodSettings("all-prod", {
                restApi: from("network", "abc123"),
                stageName: from("prod", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
    },
    {
        when: "a stage that may be of a WebSocket API is fine with the log group that it would need",
        given: [
            logGroup("logs", { name: "/aws/apigateway/abc123/prod" }),
            v2Stage(
                "prod",
                { apiId: "abc123", name: "prod", defaultRouteSettings: { loggingLevel: "INFO" } },
                afterLogs,
            ),
        ],
    },
    // a canary has a log group of its own
    {
        when: "a stage with a canary and both log groups is fine",
        given: [
            orders,
            logs(),
            logs("prod/Canary", {}, "canary"),
            canary({ dependsOn: ["logs", "canary"] }),
            settings(),
        ],
    },
    ...beforeAndAfter(
        "a canary is one, also while its deployment is not known yet",
        [
            orders,
            deployment("first", { restApi: idOf("orders") }),
            logs(),
            stage(
                "prod",
                {
                    restApi: idOf("orders"),
                    stageName: "prod",
                    canarySettings: { percentTraffic: 10, deploymentId: from("first", "d1") },
                },
                afterLogs,
            ),
            settings(),
        ],
        `${PROBLEM}\n${ADVICE}\n${CANARY_TEMPLATE}`,
        IMPORTABLE.replaceAll("/prod", "/prod/Canary").replace("prod-execution", "prod-canary-execution"),
    ),
    ...beforeAndAfter(
        "a canary is one, also while none of its settings is known yet",
        [
            orders,
            deployment("first", { restApi: idOf("orders") }),
            logs(),
            stage(
                "prod",
                {
                    restApi: idOf("orders"),
                    stageName: "prod",
                    canarySettings: from("first", { percentTraffic: 10 }),
                },
                afterLogs,
            ),
            settings(),
        ],
        `${PROBLEM}\n${ADVICE}\n${CANARY_TEMPLATE}`,
        IMPORTABLE.replaceAll("/prod", "/prod/Canary").replace("prod-execution", "prod-canary-execution"),
    ),
    {
        when: "settings of a canary that only the provider knows are none yet",
        given: [
            orders,
            logs(),
            stage(
                "prod",
                { restApi: idOf("orders"), stageName: "prod", canarySettings: computed({ percentTraffic: 10 }) },
                afterLogs,
            ),
            settings(),
        ],
        at: ["first preview", "first preview, provider v6"],
    },
    ...beforeAndAfter(
        "a canary without a log group is a finding",
        [orders, logs(), canary(afterLogs), settings()],
        `${PROBLEM}\n${ADVICE}\n${CANARY_TEMPLATE}`,
        IMPORTABLE.replaceAll("/prod", "/prod/Canary").replace("prod-execution", "prod-canary-execution"),
    ),
    ...beforeAndAfter(
        "a stage and its canary without log groups are one finding",
        [orders, canary(), settings()],
        `${BOTH}\n${TEMPLATE}; ${CANARY_TEMPLATE}`,
        `${BOTH} If CloudWatch has them already, import them with { import: "API-Gateway-Execution-Logs_id-orders/prod" } and { import: "API-Gateway-Execution-Logs_id-orders/prod/Canary" }.
${group('"API-Gateway-Execution-Logs_id-orders/prod"')}; ${group('"API-Gateway-Execution-Logs_id-orders/prod/Canary"', "prod-canary")}`,
    ),
    {
        when: "the stage of an aws-native deployment needs a log group",
        given: [
            restApi("orders"),
            declare("aws-native:apigateway:Deployment", "prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                stageDescription: { loggingLevel: "INFO" },
            }),
        ],
        at: ["first preview"],
        finds: { prod: UNDECLARED },
    },
    {
        when: "the stage of an aws-native deployment needs a log group, whatever its description depends on",
        given: [
            restApi("orders"),
            logGroup("access", {
                name: "/access/orders",
                arn: computed("arn:aws:logs:eu-west-1:123456789012:log-group:x"),
            }),
            declare("aws-native:apigateway:Deployment", "prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                stageDescription: {
                    loggingLevel: "INFO",
                    accessLogSetting: { destinationArn: from("access", "arn"), format: "$context.requestId" },
                },
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        finds: { prod: UNDECLARED },
    },
    {
        when: "a stage that logs if its API is a WebSocket API is undecided",
        given: [v2Stage("prod", { apiId: "abc123", name: "prod", defaultRouteSettings: { loggingLevel: "INFO" } })],
        undecided: 'Stage "prod" of API "abc123": it is not known whether its API is a WebSocket API',
    },

    ...beforeAndAfter(
        "a stage of an API in another stack without a log group is a finding",
        [
            stage("prod", { restApi: "id-orders", stageName: "prod" }),
            methodSettings("all", {
                restApi: "id-orders",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        ELSEWHERE,
        ELSEWHERE,
    ),
    {
        when: "a stage name that is not known yet does not match a known log group or delivery source",
        given: [
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: "abc123", stageName: from("pet", "calm-cat") }),
            methodSettings("all", {
                restApi: "abc123",
                stageName: from("prod", "calm-cat"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
            logGroup("logs", { name: "API-Gateway-Execution-Logs_abc123/prod" }),
            source({ resourceArn: "arn:aws:apigateway:eu-west-1:123456789012:/restapis/abc123/stages/prod" }),
            delivery(),
        ],
        undecided: 'Stage "prod" of API "abc123": the name of its log group is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "an API id from another stack that is not known yet is undecided",
        given: [
            declare("pulumi:pulumi:StackReference", "network", {}),
            stage("prod", { restApi: from("network", "abc123"), stageName: "prod" }),
            methodSettings("all", {
                restApi: from("network", "abc123"),
                stageName: from("prod", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        undecided: 'Stage "prod": the name of its log group is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a stage name that is not known yet is undecided",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings(),
        ],
        undecided: 'Stage "prod" of API "orders": the name of its log group is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "an aws-native stage that depends on an aws-native log group is fine",
        given: [
            orders,
            nativeLogGroup("logs", { logGroupName: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/prod` }),
            nativeStage(
                "prod",
                {
                    restApiId: idOf("orders"),
                    stageName: "prod",
                    methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
                },
                afterLogs,
            ),
        ],
    },
    ...beforeAndAfter(
        "an aws-native stage without a log group is a finding",
        [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
        ],
        UNDECLARED,
        IMPORTABLE,
    ),

    // WebSocket
    {
        when: "a WebSocket stage that depends on its log group is fine",
        given: [
            chat,
            logGroup("logs", { name: interpolate`/aws/apigateway/${idOf("chat")}/prod` }),
            socket("prod", afterLogs),
        ],
    },
    {
        when: "a WebSocket stage that does not depend on its log group is a finding",
        given: [chat, logGroup("logs", { name: interpolate`/aws/apigateway/${idOf("chat")}/prod` }), socket()],
        finds: { prod: NO_DEPENDENCY.replace("orders", "chat") },
    },
    {
        when: "a WebSocket log group named after another stage is not the stage's own",
        given: [
            chat,
            socket(),
            v2Stage("test", { apiId: idOf("chat"), name: "test" }),
            logGroup("logs", { name: interpolate`/aws/apigateway/${idOf("chat")}/${from("test", "test")}` }),
        ],
        finds: { prod: SOCKET },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "an aws-native WebSocket stage without a log group is a finding",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: SOCKET },
        at: ["first preview"],
    },
    {
        when: "a WebSocket stage without a name is a finding",
        given: [chat, v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } })],
        finds: { prod: SOCKET.replace("/prod`", "/<stage name>`") },
    },
    ...["prod-blue", "test-1a2b3c4", "prod-x1a2b3c4", "prod-blue-1a2b3c4", "prod-1a2b3c4-blue", "prod-1A2B3C4"].map(
        (name) => ({
            when: `the name ${name} of a WebSocket stage is not a generated one`,
            given: [chat, socket(name)],
            finds: { prod: SOCKET.replace('"prod"', JSON.stringify(name)).replace("/prod`", `/${name}\``) },
            at: ["first preview"] as const,
        }),
    ),
    {
        when: "the name of a REST stage is never a generated one, whatever it looks like",
        given: [
            orders,
            stage("prod", { restApi: idOf("orders"), stageName: "prod-2026001" }),
            methodSettings("all", {
                restApi: idOf("orders"),
                stageName: "prod-2026001",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: UNDECLARED.replace('"prod"', '"prod-2026001"').replace("/prod`", "/prod-2026001`") },
        at: ["first preview"],
    },
    ...beforeAndAfter(
        "a WebSocket stage without a log group is a finding",
        [chat, socket()],
        SOCKET,
        `${PROBLEM.replace("orders", "chat")}
${ADVICE} If CloudWatch has the group already, import it with { import: "/aws/apigateway/id-chat/prod" }.
${group('"/aws/apigateway/id-chat/prod"')}`,
    ),
    ...beforeAndAfter(
        "a WebSocket stage with a generated name must be named first",
        [chat, socket("prod-1a2b3c4")],
        `${PROBLEM.replace('"prod" of API "orders"', '"prod-1a2b3c4" of API "chat"')}
Give the stage a name, because the one that Pulumi generates is not known in advance. ${ADVICE}
${group("pulumi.interpolate`/aws/apigateway/${api.id}/<stage name>`")}`,
        `${PROBLEM.replace('"prod" of API "orders"', '"prod-1a2b3c4" of API "chat"')}
Give the stage a name, because the one that Pulumi generates is not known in advance. ${ADVICE}
${group("pulumi.interpolate`/aws/apigateway/${api.id}/<stage name>`")}`,
    ),
    {
        when: "a stage called $default needs no log group, because no log group can have its name",
        given: [chat, socket("$default")],
    },
    { when: "a stage of an HTTP API needs no log group", given: [v2Api("chat", "HTTP"), socket()] },

    // deliveries
    {
        when: "an execution log that is delivered elsewhere is fine",
        given: [orders, prod(), settings(), source(), delivery()],
    },
    {
        when: "a delivery with known names is fine, too",
        given: [
            orders,
            prod(),
            settings(),
            {
                ...source(),
                props: {
                    ...source().props,
                    resourceArn: "arn:aws:apigateway:eu-west-1:123456789012:/restapis/id-orders/stages/prod",
                },
            },
            { ...delivery(), props: { deliverySourceName: "execution" } },
        ],
        at: ["deployed"],
    },
    {
        when: "a delivery for an API whose id only ends with the stage's API id does not count",
        given: [
            orders,
            prod(),
            settings(),
            source({ resourceArn: "arn:aws:apigateway:eu-west-1:123456789012:/restapis/x-id-orders/stages/prod" }),
            delivery(),
        ],
        finds: { prod: IMPORTABLE },
        at: ["deployed"],
    },
    {
        when: "an aws-native delivery is fine, too",
        given: [
            orders,
            prod(),
            settings(),
            { ...source(), type: "aws-native:logs:DeliverySource" },
            { ...delivery(), type: "aws-native:logs:Delivery" },
        ],
    },
    {
        when: "a delivery by the ARN of an aws-native stage is fine, too",
        given: [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
            source({ resourceArn: from("prod", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/prod") }),
            delivery(),
        ],
    },
    {
        when: "a delivery by the ARN of the stage is fine, too",
        given: [
            orders,
            prod(),
            settings(),
            source({ resourceArn: from("prod", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/prod") }),
            delivery(),
        ],
    },
    ...beforeAndAfter(
        "a delivery source without a delivery does not count",
        [orders, prod(), settings(), source()],
        UNDECLARED,
        IMPORTABLE,
    ),
    ...beforeAndAfter(
        "a delivery without a source does not count",
        [orders, prod(), settings(), source(), { ...delivery(), props: {} }],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "a delivery of an existing stage does not count for an API that is still to be created",
        given: [
            orders,
            prod(),
            settings(),
            source({ resourceArn: "arn:aws:apigateway:eu-west-1:123456789012:/restapis/abc123/stages/prod" }),
            delivery(),
        ],
        finds: { prod: UNDECLARED },
        at: ["first preview", "first preview, provider v6"],
    },
    ...beforeAndAfter(
        "a delivery from another source does not count",
        [
            orders,
            prod(),
            settings(),
            source(),
            { ...source({ logType: "ACCESS_LOGS" }), name: "other" },
            { ...delivery(), props: { deliverySourceName: from("other", "other") } },
        ],
        UNDECLARED,
        IMPORTABLE,
    ),
    ...beforeAndAfter(
        "a delivery of other logs does not count",
        [orders, prod(), settings(), source({ logType: "ACCESS_LOGS" }), delivery()],
        UNDECLARED,
        IMPORTABLE,
    ),
    {
        when: "a delivery by the ARN of the Stage is fine where a Deployment creates the same stage",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            prod(),
            settings(),
            source({ resourceArn: from("prod", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/prod") }),
            delivery(),
        ],
    },
    ...beforeAndAfter(
        "a delivery for another stage does not count",
        [
            orders,
            prod(),
            test(),
            settings(),
            source({ resourceArn: from("test", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/test") }),
            delivery(),
        ],
        UNDECLARED,
        IMPORTABLE,
    ),
]);

/** What is said of a live account, some of whose types could not be read. */
function liveAnswers({
    declared,
    unread = [],
}: {
    readonly declared: readonly Declared[];
    readonly unread?: string[];
}) {
    const { stack: all } = stack(declared, "deployed");
    const live = { ...all, live: { unread: new Set(unread) } };
    const { findings, undecided } = evaluateStack(policy, live, {
        config: readConfig(policy, {}),
        today: "2026-11-25",
    });
    return { findings: findings.map(policyMessageOf), undecided: undecided.map((one) => one.undecided) };
}
const LIVE = [orders, prod(), settings()];
const NOT_READ = {
    findings: [],
    undecided: ['Stage "prod" of API "orders": whether its log group exists could not be read'],
};

table(`${policy.name} in a live account`, liveAnswers, [
    [
        "a log group that does not exist is a finding",
        { declared: LIVE },
        {
            findings: [
                `Stage "prod" of API "orders" writes its execution log to a log group that does not exist yet; API Gateway creates it without a retention.
Create it with a retention before the next request does.
${group('"API-Gateway-Execution-Logs_id-orders/prod"')}`,
            ],
            undecided: [],
        },
    ],
    [
        "two log groups that do not exist are one finding",
        { declared: [orders, canary(), settings()] },
        {
            findings: [
                `Stage "prod" of API "orders" writes its execution log to log groups that do not exist yet; API Gateway creates them without a retention.
Create them with a retention before the next request does.
${group('"API-Gateway-Execution-Logs_id-orders/prod"')}; ${group('"API-Gateway-Execution-Logs_id-orders/prod/Canary"', "prod-canary")}`,
            ],
            undecided: [],
        },
    ],
    [
        "a log group that exists is fine, whatever could not be read",
        { declared: [...LIVE, logs()], unread: ["aws:cloudwatch/logGroup:LogGroup"] },
        { findings: [], undecided: [] },
    ],
    [
        "without the log groups it is undecided",
        { declared: LIVE, unread: ["aws:cloudwatch/logGroup:LogGroup"] },
        NOT_READ,
    ],
    [
        "without the deliveries it is undecided",
        { declared: LIVE, unread: ["aws:cloudwatch/logDelivery:LogDelivery"] },
        NOT_READ,
    ],
    [
        "without the sources of deliveries it is undecided",
        { declared: LIVE, unread: ["aws:cloudwatch/logDeliverySource:LogDeliverySource"] },
        NOT_READ,
    ],
]);

function source(props: Record<string, unknown> = {}): Declared {
    return declare("aws:cloudwatch/logDeliverySource:LogDeliverySource", "execution", {
        name: "execution",
        logType: "EXECUTION_LOGS",
        resourceArn: interpolate`arn:aws:apigateway:eu-west-1:123456789012:/restapis/${idOf("orders")}/stages/prod`,
        ...props,
    });
}

function delivery(): Declared {
    return declare("aws:cloudwatch/logDelivery:LogDelivery", "delivery", {
        deliverySourceName: from("execution", "execution"),
    });
}
