import { apigatewayStageExecutionLogGroup as policy } from "../../policies/apigateway-stage-execution-log-group";
import {
    component,
    type Declared,
    declare,
    deployment,
    from,
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
} from "../wire/declare";
import { stackTable } from "../wire/table";

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
const logs = (stageName = "prod", options: Options = {}) =>
    logGroup(
        "logs",
        { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from([], stageName)}` },
        options,
    );
const waits: Options = { dependsOn: ["logs"] };

const chat = v2Api("chat", "WEBSOCKET");
const socket = (name = "prod", options: Options = {}) =>
    v2Stage("prod", { apiId: idOf("chat"), name, defaultRouteSettings: { loggingLevel: "INFO" } }, options);

const FACT = `Stage "prod" of API "orders" writes its execution log to a log group that this stack does not declare, so the log never expires.`;
const DECLARE = "Declare the log group by its exact name with a retention, and make the stage depend on it.";
const group = (name: string) =>
    `new aws.cloudwatch.LogGroup("prod-execution-log", { name: ${name}, retentionInDays: 90 })`;
const TEMPLATE = group("pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`");
const KNOWN = `${FACT}
${DECLARE} If CloudWatch has the group already, import it with { import: "API-Gateway-Execution-Logs_id-orders/prod" }.
${group('"API-Gateway-Execution-Logs_id-orders/prod"')}`;
const UNDECLARED = `${FACT}\n${DECLARE}\n${TEMPLATE}`;
const EARLY = `Stage "prod" of API "orders" does not wait for its execution log group "logs", so API Gateway may create the group first, and that one never expires.
Make the stage depend on the log group.
{ dependsOn: [logGroup] }`;
const TOO_LATE = EARLY.replace(
    "Make the stage depend on the log group.",
    "Name the stage in the program, and use that text in the group's name instead of the stage's output; then make the stage depend on the group.",
);

const SOCKET = `${FACT.replace("orders", "chat")}\n${DECLARE}\n${group("pulumi.interpolate`/aws/apigateway/${api.id}/prod`")}`;

/** Before and after the ids are known, when the message has the name to import. */
function bothWays(when: string, given: readonly Declared[], before: string, after: string) {
    return [
        { when, given, finds: { prod: before }, at: ["first preview", "first preview, provider v6"] as const },
        { when, given, finds: { prod: after }, at: ["deployed"] as const },
    ];
}

stackTable(policy, [
    // L1
    { when: "a stage that waits for its log group is fine", given: [orders, logs(), prod(waits), settings()] },
    {
        when: "a stage that waits through something else is fine",
        given: [
            orders,
            logs(),
            deployment("v1", { restApi: idOf("orders") }, waits),
            prod({ dependsOn: ["v1"] }),
            settings(),
        ],
    },
    {
        when: "method settings that wait in the stage's place are fine, since it is they who switch the log on",
        given: [orders, logs(), prod(), settings(waits)],
    },
    {
        when: "one of two method settings that waits is not enough",
        given: [
            orders,
            logs(),
            prod(),
            settings(waits),
            methodSettings("one", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "~1a/GET",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: EARLY },
    },
    {
        when: "a stage that does not wait for its log group is found",
        given: [orders, logs(), prod(), settings()],
        finds: { prod: EARLY },
    },
    { when: "a stage that logs nothing needs no log group", given: [orders, prod(), settings({}, "OFF")] },
    { when: "a stage without method settings logs nothing", given: [orders, prod()] },
    ...bothWays("a stage that logs without a log group is found", [orders, prod(), settings()], UNDECLARED, KNOWN),
    ...bothWays(
        "a log group that Pulumi names is nobody's execution log group",
        [orders, logGroup("logs", { name: "logs-1234567" }), prod(waits), settings()],
        UNDECLARED,
        KNOWN,
    ),
    {
        when: "a wrong name that takes the API's id is found once the id is known",
        given: [
            orders,
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}_prod` }),
            prod(waits),
            settings(),
        ],
        finds: { prod: KNOWN },
        at: ["deployed"],
    },
    {
        when: "a name not known yet that takes the API's id is taken for the right one",
        given: [
            orders,
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}_prod` }),
            prod(waits),
            settings(),
        ],
        at: ["first preview", "first preview, provider v6"],
    },
    ...bothWays(
        "a log group of another API is not the stage's",
        [
            orders,
            restApi("returns"),
            logGroup("logs", { name: interpolate`API-Gateway-Execution-Logs_${idOf("returns")}/prod` }),
            prod(waits),
            settings(),
        ],
        UNDECLARED,
        KNOWN,
    ),
    ...bothWays(
        "a log group of another region is not the stage's",
        [orders, { ...logs(), provider: { region: "us-east-1" } }, prod(waits), settings()],
        UNDECLARED,
        KNOWN,
    ),
    ...bothWays(
        "a log group named after something else is not the stage's",
        [
            orders,
            declare("aws:lambda/function:Function", "fn", {}),
            logGroup("logs", { name: from("fn", "/aws/lambda/fn") }),
            prod(waits),
            settings(),
        ],
        UNDECLARED,
        KNOWN,
    ),
    {
        when: "each stage of an API has its own log group",
        given: [
            orders,
            logs(),
            { ...logs("test"), name: "test-logs" },
            prod(waits),
            test({ dependsOn: ["test-logs"] }),
            settings(),
            settings({}, "INFO", "test"),
        ],
    },
    {
        when: "a log group that nobody waits for is the one to wait for, beside another stage with its own",
        given: [
            orders,
            logs(),
            { ...logs("test"), name: "test-logs" },
            prod(),
            test({ dependsOn: ["test-logs"] }),
            settings(),
            settings({}, "INFO", "test"),
        ],
        finds: { prod: EARLY },
    },
    ...bothWays(
        "the log group of another stage is not the stage's",
        [orders, logs("test"), prod(), test(waits), settings(), settings({}, "INFO", "test")],
        UNDECLARED,
        KNOWN,
    ),
    {
        when: "a log group named after the stage's output cannot be waited for by the stage",
        given: [
            orders,
            prod(),
            logGroup("logs", {
                name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from("prod", "prod")}`,
            }),
            settings(),
        ],
        finds: { prod: TOO_LATE },
    },
    {
        when: "a log group named after another stage is not the stage's",
        given: [
            orders,
            prod(),
            test(),
            logGroup("logs", {
                name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/${from("test", "test")}`,
            }),
            settings(waits),
        ],
        finds: { prod: UNDECLARED },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a log group by the stage's exact name is its own, also when only another stage waits for it",
        given: [orders, logs(), prod(), test(waits), settings(), settings({}, "INFO", "test")],
        finds: {
            prod: EARLY,
            test: KNOWN.replaceAll("prod", "test"),
        },
        at: ["deployed"],
    },
    {
        when: "a log group that the stage of another API waits for is still this API's",
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
        finds: { prod: EARLY },
    },
    {
        when: "a log group named after the outputs of an aws-native stage is its own",
        given: [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
            logGroup("logs", { name: from("prod", "API-Gateway-Execution-Logs_id-orders/prod") }),
        ],
        finds: { prod: TOO_LATE },
    },
    {
        when: "a log group named after the outputs of an aws-native WebSocket stage is its own",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO" },
            }),
            logGroup("logs", { name: from("prod", "/aws/apigateway/id-chat/prod") }),
        ],
        finds: { prod: TOO_LATE.replace("orders", "chat") },
    },
    {
        when: "a log group named after the stage that a Deployment makes is its own",
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
                waits,
            ),
        ],
    },
    {
        when: "a log group named after one of two resources that make a stage is the stage's own",
        given: [
            orders,
            prod(),
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            logGroup("logs", { name: from("v1", "API-Gateway-Execution-Logs_id-orders/prod") }),
            settings(waits),
        ],
    },
    {
        when: "a log group that has to do with a Deployment without a stage may be that of any stage",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders") }),
            logGroup("logs", { name: from(["orders", "v1"], "API-Gateway-Execution-Logs_id-orders/prod") }),
            prod(waits),
            settings(),
        ],
    },
    {
        when: "a stage of a component is told to make its settings wait",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({ parent: "shop" }),
            logs(),
            settings(),
        ],
        finds: { prod: EARLY.replace("Make the stage depend", "Make the stage's method settings depend") },
    },
    {
        when: "a stage of a component without a log group is told in the component's terms",
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
        when: "a stage that a Deployment makes is told like any",
        given: [orders, deployment("prod", { restApi: idOf("orders"), stageName: "prod" }), settings()],
        finds: { prod: UNDECLARED },
        at: ["first preview"],
    },
    {
        when: "the stage of an API of another stack, by known ids",
        given: [
            logGroup("logs", { name: "API-Gateway-Execution-Logs_abc123/prod" }),
            stage("prod", { restApi: "abc123", stageName: "prod" }, waits),
            methodSettings("all", {
                restApi: "abc123",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
    },
    ...bothWays(
        "the stage of an API of another stack without a log group is found",
        [
            stage("prod", { restApi: "id-orders", stageName: "prod" }),
            methodSettings("all", {
                restApi: "id-orders",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        KNOWN.replace('"orders"', '"id-orders"'),
        KNOWN.replace('"orders"', '"id-orders"'),
    ),
    {
        when: "a stage name not known yet is that of no log group and of no source, known as they are",
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
        when: "an API id not known yet from another stack leaves it undecided",
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
        when: "a stage name not known yet leaves it undecided",
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
        when: "an aws-native stage that waits for an aws-native log group is fine",
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
                waits,
            ),
        ],
    },
    ...bothWays(
        "an aws-native stage without a log group is found",
        [
            orders,
            nativeStage("prod", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
        ],
        UNDECLARED,
        KNOWN,
    ),

    // WebSocket
    {
        when: "a WebSocket stage that waits for its log group is fine",
        given: [
            chat,
            logGroup("logs", { name: interpolate`/aws/apigateway/${idOf("chat")}/prod` }),
            socket("prod", waits),
        ],
    },
    {
        when: "a WebSocket stage that does not wait for its log group is found",
        given: [chat, logGroup("logs", { name: interpolate`/aws/apigateway/${idOf("chat")}/prod` }), socket()],
        finds: { prod: EARLY.replace("orders", "chat") },
    },
    {
        when: "a WebSocket log group named after another stage is not the stage's",
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
        when: "an aws-native WebSocket stage without a log group is found",
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
        when: "a WebSocket stage whose name nobody says is found",
        given: [chat, v2Stage("prod", { apiId: idOf("chat"), defaultRouteSettings: { loggingLevel: "INFO" } })],
        finds: { prod: SOCKET.replace("/prod`", "/<stage name>`") },
    },
    ...["prod-blue", "test-1a2b3c4", "prod-x1a2b3c4", "prod-blue-1a2b3c4", "prod-1A2B3C4"].map((name) => ({
        when: `a WebSocket stage that the program names ${name} has a name`,
        given: [chat, socket(name)],
        finds: { prod: SOCKET.replace('"prod"', JSON.stringify(name)).replace("/prod`", `/${name}\``) },
        at: ["first preview"] as const,
    })),
    {
        when: "a REST stage has the name that the program gives it, whatever it looks like",
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
    ...bothWays(
        "a WebSocket stage without a log group is found",
        [chat, socket()],
        SOCKET,
        `${FACT.replace("orders", "chat")}
${DECLARE} If CloudWatch has the group already, import it with { import: "/aws/apigateway/id-chat/prod" }.
${group('"/aws/apigateway/id-chat/prod"')}`,
    ),
    ...bothWays(
        "a WebSocket stage that Pulumi names is to be named first",
        [chat, socket("prod-1a2b3c4")],
        `${FACT.replace('"prod" of API "orders"', '"prod-1a2b3c4" of API "chat"')}
Name the stage, since the name that Pulumi makes up is not known before it. ${DECLARE}
${group("pulumi.interpolate`/aws/apigateway/${api.id}/<stage name>`")}`,
        `${FACT.replace('"prod" of API "orders"', '"prod-1a2b3c4" of API "chat"')}
Name the stage, since the name that Pulumi makes up is not known before it. ${DECLARE}
${group("pulumi.interpolate`/aws/apigateway/${api.id}/<stage name>`")}`,
    ),
    { when: "no log group can be called $default", given: [chat, socket("$default")] },
    { when: "an HTTP stage has no execution log", given: [v2Api("chat", "HTTP"), socket()] },

    // deliveries
    {
        when: "an execution log that is delivered elsewhere is fine",
        given: [orders, prod(), settings(), source(), delivery()],
    },
    {
        when: "a delivery by known names is one too",
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
        when: "a delivery for an API whose id only ends like the stage's is another's",
        given: [
            orders,
            prod(),
            settings(),
            source({ resourceArn: "arn:aws:apigateway:eu-west-1:123456789012:/restapis/x-id-orders/stages/prod" }),
            delivery(),
        ],
        finds: { prod: KNOWN },
        at: ["deployed"],
    },
    {
        when: "a delivery by aws-native is one too",
        given: [
            orders,
            prod(),
            settings(),
            { ...source(), type: "aws-native:logs:DeliverySource" },
            { ...delivery(), type: "aws-native:logs:Delivery" },
        ],
    },
    {
        when: "a delivery of an aws-native stage's own ARN is one too",
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
        when: "a delivery of the stage's own ARN is one too",
        given: [
            orders,
            prod(),
            settings(),
            source({ resourceArn: from("prod", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/prod") }),
            delivery(),
        ],
    },
    ...bothWays(
        "a source that nothing takes from delivers nothing",
        [orders, prod(), settings(), source()],
        UNDECLARED,
        KNOWN,
    ),
    ...bothWays(
        "a delivery that says no source takes from none",
        [orders, prod(), settings(), source(), { ...delivery(), props: {} }],
        UNDECLARED,
        KNOWN,
    ),
    {
        when: "a source of a stage that is there already is none of an API's still to be created",
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
    ...bothWays(
        "a delivery from another source is another delivery",
        [
            orders,
            prod(),
            settings(),
            source(),
            { ...source({ logType: "ACCESS_LOGS" }), name: "other" },
            { ...delivery(), props: { deliverySourceName: from("other", "other") } },
        ],
        UNDECLARED,
        KNOWN,
    ),
    ...bothWays(
        "a delivery of other logs is no delivery of the execution log",
        [orders, prod(), settings(), source({ logType: "ACCESS_LOGS" }), delivery()],
        UNDECLARED,
        KNOWN,
    ),
    ...bothWays(
        "a delivery for another stage is not the stage's",
        [
            orders,
            prod(),
            test(),
            settings(),
            source({ resourceArn: from("test", "arn:aws:apigateway:eu-west-1::/restapis/id-orders/stages/test") }),
            delivery(),
        ],
        UNDECLARED,
        KNOWN,
    ),
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
