import { apigatewayStageExecutionLogging as policy } from "../../policies/apigateway-stage-execution-logging";
import {
    component,
    computed,
    declare,
    deployment,
    from,
    idOf,
    interpolate,
    logGroup,
    methodSettings,
    nativeStage,
    restApi,
    stage,
} from "../wire/declare";
import { stackTable } from "../wire/table";

const orders = restApi("orders");
const prod = stage("prod", { restApi: idOf("orders"), deployment: from("orders", "d1"), stageName: "prod" });
const settings = (name: string, methodPath: unknown, level: unknown, props: Record<string, unknown> = {}) =>
    methodSettings(name, {
        restApi: idOf("orders"),
        stageName: "prod",
        methodPath,
        settings: { loggingLevel: level },
        ...props,
    });
const everything = settings("all", "*/*", "INFO");
const reference = declare("pulumi:pulumi:StackReference", "network", {});

const FIX = `Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`;
const ELSEWHERE = FIX.replace("INFO.", "INFO. Settings made in another stack cannot be seen from this one.");
const NONE = `Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.\n${FIX}`;

stackTable(policy, [
    // shapes.md S1 to S6, facts.md vectors 1 to 8 and 12
    { when: "a stage without method settings is found", given: [orders, prod], finds: { prod: NONE } },
    { when: "a stage with settings for all methods is fine", given: [orders, prod, everything] },
    {
        when: "the order of resources does not matter",
        given: [everything, prod, orders],
    },
    {
        when: "settings without a level are judged by the policy for levels, not twice",
        given: [orders, prod, settings("all", "*/*", undefined, { settings: { throttlingBurstLimit: 5 } })],
    },
    { when: "settings OFF are judged by the policy for levels", given: [orders, prod, settings("all", "*/*", "OFF")] },
    {
        when: "settings for single methods leave all others dark",
        given: [orders, prod, settings("get", "~1a/GET", "INFO"), settings("post", "b/POST", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for GET /a, POST /b only, so execution logging is off for every other method.\n${FIX}`,
        },
    },
    {
        when: "an override beside the settings for all methods is none of this policy's concern",
        given: [orders, prod, everything, settings("get", "~1a/GET", "OFF")],
    },
    {
        when: "half a wildcard and ANY cover nothing",
        given: [orders, prod, settings("get", "*/GET", "INFO"), settings("any", "a/ANY", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for a/ANY, */GET, which API Gateway takes for no method at all, so execution logging is off.\n${FIX}`,
        },
    },
    {
        when: "half a wildcard beside an override is told with it",
        given: [orders, prod, settings("half", "*/GET", "INFO"), settings("get", "~1a/GET", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for GET /a, */GET only, so execution logging is off for every other method.\n${FIX}`,
        },
    },
    { when: "a leading slash before */* is the same key", given: [orders, prod, settings("all", "/*/*", "INFO")] },
    {
        when: "a method path put together from a resource is an override, whatever it will be",
        given: [
            orders,
            prod,
            declare("aws:apigateway/resource:Resource", "pets", { restApi: idOf("orders"), pathPart: "pets" }),
            settings("get", interpolate`${from("pets", "pets")}/GET`, "INFO"),
        ],
        finds: {
            prod: NONE.replace("no method settings for */*", "method settings for GET /pets only").replace(
                "off.",
                "off for every other method.",
            ),
        },
        at: ["deployed"],
    },
    {
        when: "a method path put together from a resource is an override, before anybody knows it",
        given: [
            orders,
            prod,
            declare("aws:apigateway/resource:Resource", "pets", { restApi: idOf("orders"), pathPart: "pets" }),
            settings("get", interpolate`${from("pets", "pets")}/GET`, "INFO"),
        ],
        finds: {
            prod: NONE.replace("no method settings for */*", "method settings for single methods only").replace(
                "off.",
                "off for every other method.",
            ),
        },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a method path put together from a method is an override, whatever it will be",
        given: [
            orders,
            prod,
            declare("aws:apigateway/method:Method", "pets", { restApi: idOf("orders") }),
            settings("get", interpolate`${from("pets", "pets")}/GET`, "INFO"),
        ],
        finds: {
            prod: NONE.replace("no method settings for */*", "method settings for single methods only").replace(
                "off.",
                "off for every other method.",
            ),
        },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a known */* is for all methods, wherever it comes from",
        given: [
            orders,
            prod,
            declare("aws:apigateway/method:Method", "pets", { restApi: idOf("orders") }),
            settings("all", interpolate`*/${from("pets", "*")}`, "INFO"),
        ],
        at: ["deployed"],
    },
    {
        when: "a method path that nothing explains may be */*",
        given: [orders, prod, reference, settings("all", from("network", "*/*"), "INFO")],
        undecided: 'Stage "prod" of API "orders": which method settings are its own is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a method path that is no text covers nothing known",
        given: [orders, prod, settings("all", ["*/*"], "INFO")],
        finds: {
            prod: NONE.replace("no method settings for */*", "method settings for single methods only").replace(
                "off.",
                "off for every other method.",
            ),
        },
    },

    // S7, T4, T10: components
    {
        when: "a stage of the RestAPI component is told in the component's terms",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
        ],
        finds: { prod: NONE.replace("stage.restApi", "api.api.id").replace("stage.stageName", "api.stage.stageName") },
    },
    {
        when: "a stage of awsx's API is told in the component's terms, however deep it is",
        given: [
            component("my:index:Service", "service"),
            component("aws:apigateway:x:API", "shop", { parent: "service" }),
            component("my:index:Inner", "inner", { parent: "shop" }),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "inner" }),
        ],
        finds: {
            prod: NONE.replace("stage.restApi", "api.restAPI.id").replace("stage.stageName", "api.stage.stageName"),
        },
    },
    {
        when: "settings that name the component and not its children belong to its stage",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            deployment("orders-deployment", { restApi: idOf("orders"), stageName: "" }, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            methodSettings("all", {
                restApi: idOf("orders", "shop"),
                stageName: from("shop", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "ERROR" },
            }),
        ],
    },
    {
        when: "settings that name the component and its child belong to the child's stage",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            stage("prod-returns", { restApi: idOf("returns"), stageName: "prod" }, { parent: "shop" }),
            methodSettings("all", {
                restApi: idOf("orders", "orders", "shop"),
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "ERROR" },
            }),
        ],
        finds: {
            "prod-returns": NONE.replace('"prod-logging"', '"prod-returns-logging"')
                .replace('"orders"', '"returns"')
                .replace("stage.restApi", "api.api.id")
                .replace("stage.stageName", "api.stage.stageName"),
        },
    },
    {
        when: "settings of one of two APIs in a component are undecided while nobody knows which",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            methodSettings("all", {
                restApi: idOf("orders", "shop"),
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "ERROR" },
            }),
        ],
        undecided: 'Stage "prod" of API "orders": which method settings are its own is not known yet',
        at: ["first preview"],
    },
    {
        when: "a stage named by the settings decides between two APIs of a component",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            methodSettings("all", {
                restApi: idOf("orders", "shop"),
                stageName: from("prod", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "ERROR" },
            }),
        ],
    },
    {
        when: "settings of one of two stages in a component are undecided while nobody knows which",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            stage("test", { restApi: idOf("orders"), stageName: "test" }, { parent: "shop" }),
            methodSettings("all", {
                restApi: idOf("orders", "shop"),
                stageName: from("shop", "prod"),
                methodPath: "*/*",
                settings: { loggingLevel: "ERROR" },
            }),
        ],
        undecided:
            'Stage "prod" of API "orders": which method settings are its own is not known yet; Stage "test" of API "orders": which method settings are its own is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "settings that take the API's id from the stage belong to the stage",
        given: [
            orders,
            prod,
            settings("all", "*/*", "INFO", {
                restApi: from("prod", "id-orders"),
                stageName: from("prod", "prod"),
            }),
        ],
    },
    {
        when: "parents tell where nothing else does",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { stageName: "prod" }, { parent: "orders" }),
            settings("all", "*/*", "INFO", { restApi: undefined }),
            methodSettings("own", { stageName: "prod", methodPath: "*/*", settings: {} }, { parent: "shop" }),
        ],
    },
    {
        when: "the stack is everybody's parent and tells nothing",
        given: [orders, prod, methodSettings("all", { stageName: "prod", methodPath: "*/*", settings: {} })],
        finds: { prod: NONE },
    },
    {
        when: "absent equals nothing, not even absent",
        given: [
            stage("prod", { stageName: "prod" }),
            methodSettings("all", { stageName: "prod", methodPath: "*/*", settings: { loggingLevel: "INFO" } }),
        ],
        finds: { prod: `Stage "prod" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}` },
    },
    {
        when: "settings without a stage name belong to no stage",
        given: [orders, prod, settings("all", "*/*", "INFO", { stageName: null })],
        finds: { prod: NONE },
    },

    // S8 to S10: stages that a Deployment makes
    {
        when: "a Deployment with a stage name is a stage",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "dev" })],
        finds: {
            v1: `Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.
Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("v1-logging", { restApi: deployment.restApi, stageName: "dev", methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`,
        },
    },
    {
        when: "a Deployment's stage with settings is fine",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            settings("all", "*/*", "INFO", { stageName: from("v1", "prod") }),
        ],
    },
    ...["", null, undefined].map((stageName) => ({
        when: `a Deployment whose stage name is ${JSON.stringify(stageName)} makes no stage`,
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName })],
    })),
    {
        when: "a Stage and a Deployment of one name are one stage, told once, on the Stage",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "prod" }), prod],
        finds: { prod: NONE },
    },
    {
        when: "settings that name the Deployment count for the Stage of the same name",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            prod,
            settings("all", "*/*", "INFO", { stageName: from("v1", "prod") }),
        ],
    },
    {
        when: "a Deployment's stage of another name is a stage of its own",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "dev" }), prod, everything],
        finds: {
            v1: `Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.
Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("v1-logging", { restApi: deployment.restApi, stageName: "dev", methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`,
        },
    },
    {
        when: "two Stages of one API and name are one stage",
        given: [orders, prod, stage("prod-again", { restApi: idOf("orders"), stageName: "prod" }), everything],
    },

    {
        when: "two Stages of one API and name are one stage, with another API's of that name between them",
        given: [
            orders,
            prod,
            restApi("returns"),
            stage("prod-returns", { restApi: idOf("returns"), stageName: "prod" }),
            stage("prod-again", { restApi: idOf("orders"), stageName: "prod" }),
        ],
        finds: {
            prod: NONE,
            "prod-returns": NONE.replace('"prod-logging"', '"prod-returns-logging"').replace('"orders"', '"returns"'),
        },
    },

    // S11, S13, S14, T3, T7: which stage settings belong to
    {
        when: "settings of another API's stage of the same name do not count",
        given: [
            orders,
            prod,
            restApi("returns"),
            stage("prod-returns", { restApi: idOf("returns"), stageName: "prod" }),
            settings("all", "*/*", "INFO", { restApi: idOf("returns") }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "settings of another stage of the API do not count",
        given: [
            orders,
            prod,
            stage("test", { restApi: idOf("orders"), stageName: "test" }),
            settings("all", "*/*", "INFO", { stageName: from("test", "test") }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "a known foreign id beats every dependency",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: "other", stageName: from("prod", "prod") })],
        finds: { prod: NONE },
    },
    {
        when: "a known foreign id beats an edge to the API",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: from("orders", "other") })],
        finds: { prod: NONE },
        at: ["deployed"],
    },
    {
        when: "another region is another stage, whatever else is equal",
        given: [
            orders,
            stage("prod", { restApi: idOf("orders"), stageName: "prod", region: "eu-west-1" }),
            settings("all", "*/*", "INFO", { region: "us-east-1" }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "the provider tells the region where the resource does not",
        given: [orders, prod, { ...everything, provider: { region: "us-east-1" } }],
        finds: { prod: NONE },
    },
    {
        when: "a provider of another version is no other region",
        given: [orders, prod, { ...everything, provider: { region: "eu-west-1", version: "7.30.0" } }],
    },

    // S18, S19: APIs and settings of other stacks
    {
        when: "settings for a stage of another stack are no finding",
        given: [reference, settings("all", "*/*", "INFO", { restApi: from("network", "abc123") })],
    },
    {
        when: "a stage of an API of another stack has its settings by value",
        given: [
            stage("prod", { restApi: "abc123", stageName: "prod" }),
            settings("all", "*/*", "INFO", { restApi: "abc123" }),
        ],
    },
    {
        when: "a stage of an API of another stack without settings gets a hint",
        given: [stage("prod", { restApi: "abc123", stageName: "prod" })],
        finds: {
            prod: `Stage "prod" of API "abc123" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}`,
        },
    },
    {
        when: "an id from elsewhere may or may not be the stage's",
        given: [
            reference,
            stage("prod", { restApi: from("network", "abc123"), stageName: "prod" }),
            settings("all", "*/*", "INFO", { restApi: "abc123" }),
        ],
        undecided: 'Stage "prod": which method settings are its own is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a known id is not that of an API still to be created",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: "abc123" })],
        finds: { prod: NONE },
    },
    {
        when: "an API that is there already is known by its own id",
        given: [restApi("orders", { id: "abc123" }), prod, settings("all", "*/*", "INFO", { restApi: "abc123" })],
        at: ["first preview"],
    },

    // names that are not known yet
    {
        when: "a stage name not known yet, and settings that name the stage",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from("prod", "calm-cat") }),
        ],
    },
    {
        when: "a stage name not known yet, and settings that name another stage",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            stage("test", { restApi: idOf("orders"), stageName: "test" }),
            settings("all", "*/*", "INFO", { stageName: from("test", "test") }),
        ],
        finds: { prod: NONE },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a stage name not known yet, and settings that name none",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "prod") }),
            everything,
        ],
        undecided: 'Stage "prod" of API "orders": which method settings are its own is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a stage without a name of its own belongs to nobody's settings",
        given: [orders, stage("prod", { restApi: idOf("orders") }), everything],
        finds: { prod: NONE },
    },

    // L2, D1, S16, T15 and what is none of its concern
    {
        when: "a log group alone logs nothing",
        given: [
            orders,
            logGroup("logs", {
                name: interpolate`API-Gateway-Execution-Logs_${idOf("orders")}/prod`,
                retentionInDays: 7,
            }),
            { ...prod, dependsOn: ["logs"] },
        ],
        finds: { prod: NONE },
    },
    {
        when: "access logs, tracing and stage variables are not execution logs",
        given: [
            orders,
            stage("prod", {
                restApi: idOf("orders"),
                stageName: "prod",
                accessLogSettings: { destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:a", format: "{}" },
                xrayTracingEnabled: true,
                variables: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "computed values of a stage that nobody states do not matter",
        given: [
            orders,
            { ...prod, props: { ...prod.props, arn: computed("arn"), webAclArn: computed("") } },
            everything,
        ],
    },
    { when: "aws-native stages carry their settings inside and are judged there", given: [nativeStage("prod", {})] },
    {
        when: "properties of every wrong type are no statement",
        given: [
            stage("prod", { restApi: ["x"], stageName: { a: 1 } }),
            methodSettings("all", { restApi: 5, stageName: false, methodPath: null, settings: "INFO" }),
            deployment("d", { restApi: null, stageName: ["dev"] }),
        ],
        finds: { prod: `Stage "prod" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}` },
    },
]);
