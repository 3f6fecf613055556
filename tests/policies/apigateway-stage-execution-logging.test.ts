import policy from "../../policies/apigateway-stage-execution-logging";
import {
    component,
    computed,
    declare,
    deployment,
    from,
    fromRead,
    idOf,
    interpolate,
    logGroup,
    methodSettings,
    nativeStage,
    restApi,
    stage,
    UNKNOWN_VALUE,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

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
const allMethods = settings("all", "*/*", "INFO");
const reference = declare("pulumi:pulumi:StackReference", "network", {});
const pet = declare("random:index/randomPet:RandomPet", "pet", {});
const petStage = (name = "prod") => stage(name, { restApi: idOf("orders"), stageName: from("pet", "cat") });
const petDeployment = () => deployment("first", { restApi: idOf("orders"), stageName: from("pet", "cat") });
const PREVIEW = ["first preview", "first preview, provider v6"] as const;

const FIX = `Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`;
const ELSEWHERE = FIX.replace("INFO.", "INFO. Settings in another stack are not visible from this one.");
const NONE = `Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.\n${FIX}`;

stackTable(policy, [
    // settings for all methods and for single ones (tests/engine/shapes.ts: S1 to S6)
    { when: "a stage without method settings is a finding", given: [orders, prod], finds: { prod: NONE } },
    { when: "a stage with settings for all methods is fine", given: [orders, prod, allMethods] },
    {
        when: "the order of resources does not matter",
        given: [allMethods, prod, orders],
    },
    {
        when: "settings without a level are left to apigateway-method-settings-logging-level",
        given: [orders, prod, settings("all", "*/*", undefined, { settings: { throttlingBurstLimit: 5 } })],
    },
    {
        when: "settings at OFF are left to apigateway-method-settings-logging-level",
        given: [orders, prod, settings("all", "*/*", "OFF")],
    },
    {
        when: "a stage with settings for single methods only is a finding",
        given: [orders, prod, settings("get", "~1a/GET", "INFO"), settings("post", "b/POST", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for GET /a, POST /b only, so execution logging is off for every other method.\n${FIX}`,
        },
    },
    {
        when: "an override does not matter if there are settings for all methods",
        given: [orders, prod, allMethods, settings("get", "~1a/GET", "OFF")],
    },
    {
        when: "a partial wildcard and ANY cover no method",
        given: [orders, prod, settings("get", "*/GET", "INFO"), settings("any", "a/ANY", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for a/ANY, */GET, which match no method, so execution logging is off.\n${FIX}`,
        },
    },
    {
        when: "a partial wildcard is reported together with an override",
        given: [orders, prod, settings("half", "*/GET", "INFO"), settings("get", "~1a/GET", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for GET /a, */GET only, so execution logging is off for every other method.\n${FIX}`,
        },
    },
    {
        when: "*/* with a leading slash matches no method",
        given: [orders, prod, settings("all", "/*/*", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for /*/*, which match no method, so execution logging is off.\n${FIX}`,
        },
    },
    {
        when: "a path with a wildcard for all of its methods matches no method",
        given: [orders, prod, settings("all", "authenticate/*", "INFO")],
        finds: {
            prod: `Stage "prod" of API "orders" has method settings for authenticate/*, which match no method, so execution logging is off.\n${FIX}`,
        },
    },
    {
        when: "settings of providers that have a list of one count",
        given: [orders, prod, settings("all", "*/*", undefined, { settings: [{ loggingLevel: "INFO" }] })],
    },
    {
        when: "settings that are only read count",
        given: [orders, prod, { ...allMethods, isRead: true }],
        at: ["deployed"],
    },
    {
        when: "settings that are only read count if their level cannot be read",
        given: [orders, prod, { ...settings("all", "*/*", "[secret]"), isRead: true }],
        at: ["deployed"],
    },
    ...["OFF", undefined].map((level) => ({
        when: `settings that are only read and have the level ${level} do not count, because nothing evaluates them`,
        given: [orders, prod, { ...settings("all", "*/*", level), isRead: true }],
        finds: { prod: NONE },
        at: ["deployed"] as const,
    })),
    {
        when: "a stage whose name is not known yet is undecided while an exemption may cover it",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "dev-cat") }),
        ],
        config: { exemptions: [{ match: "orders/dev-*", reason: "Only for load tests" }] },
        undecided: 'Stage "prod": whether the exemption "orders/dev-*" covers it is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a stage without outputs is undecided while settings may be its own",
        given: [orders, { ...prod, hasNoOutputs: true }, { ...allMethods, hasNoOutputs: true }],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "settings without outputs may be for all methods",
        given: [orders, prod, { ...allMethods, hasNoOutputs: true }],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "a deployment without outputs and without a stage name does not make a stage",
        given: [orders, { ...deployment("first", { restApi: idOf("orders") }), hasNoOutputs: true }],
    },
    {
        when: "a deployment whose stage name is not known yet makes a stage",
        given: [
            orders,
            reference,
            deployment("first", { restApi: idOf("orders"), stageName: from("network", "live") }),
        ],
        at: ["first preview", "first preview, provider v6"],
        finds: {
            first: NONE.replace('"prod"', '"first"').replace("prod-logging", "first-logging"),
        },
    },
    {
        when: "a stage that is only read is not evaluated",
        given: [orders, { ...prod, isRead: true }],
    },
    {
        when: "an API id from a resource that is only read may be any",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: fromRead("id-orders") })],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "settings whose stage name is made from a stage's, but is another, are not the stage's",
        given: [orders, prod, settings("all", "*/*", "INFO", { stageName: from("prod", "prod-2") })],
        at: ["deployed"],
        finds: { prod: NONE },
    },
    {
        when: "settings named by the same random name as a stage are that stage's, and not another one's",
        given: [
            orders,
            prod,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("blue", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from("pet", "calm-cat") }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "settings named by the same random name as stages of two APIs are the stage's of their own API",
        given: [
            orders,
            restApi("returns"),
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("blue", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            stage("green", { restApi: idOf("returns"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from("pet", "calm-cat") }),
            settings("others", "*/*", "INFO", { restApi: idOf("returns"), stageName: from("pet", "calm-cat") }),
        ],
    },
    {
        when: "settings named by the same random name as stages of two APIs with known ids are the stage's of their own API",
        given: [
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("blue", { restApi: "a1", stageName: from("pet", "calm-cat") }),
            stage("green", { restApi: "b2", stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { restApi: "a1", stageName: from("pet", "calm-cat") }),
            settings("others", "*/*", "INFO", { restApi: "b2", stageName: from("pet", "calm-cat") }),
        ],
    },
    {
        when: "settings whose stage name two others are part of may be a stage's that is named by one of these and another",
        given: [
            orders,
            ...["a", "b", "c"].map((name) => declare("random:index/randomPet:RandomPet", name, {})),
            stage("prod", { restApi: idOf("orders"), stageName: from(["a", "b"], "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from(["b", "c"], "wild-cat") }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "settings and a stage whose names come from outside of the stack may have different ones",
        given: [
            orders,
            stage("prod", { restApi: idOf("orders"), stageName: fromRead("prod") }),
            settings("all", "*/*", "INFO", { stageName: fromRead("test") }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "settings and a stage with a known name from the same origin may be of different APIs while these are not known",
        given: [
            reference,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: from("network", UNKNOWN_VALUE), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", {
                restApi: from("network", UNKNOWN_VALUE),
                stageName: from("pet", "calm-cat"),
            }),
        ],
        at: ["deployed"],
        undecided: 'Stage "calm-cat": which method settings belong to it is not known yet',
    },
    {
        when: "settings named by another random name than a stage may be the stage's until both are known",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            declare("random:index/randomPet:RandomPet", "other-pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from("other-pet", "wild-cat") }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "settings named by two random names may be a stage's that is named by one of these, until all are known",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            declare("random:index/randomPet:RandomPet", "other-pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from(["pet", "other-pet"], "calm-cat-wild-cat") }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
    },
    {
        when: "a method path that contains a Resource's output is an override once it is known",
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
        when: "a method path that contains a Resource's output is an override before it is known",
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
        when: "a method path that contains a Method's output is an override before it is known",
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
        when: "a known */* covers all methods, wherever it comes from",
        given: [
            orders,
            prod,
            declare("aws:apigateway/method:Method", "pets", { restApi: idOf("orders") }),
            settings("all", interpolate`*/${from("pets", "*")}`, "INFO"),
        ],
        at: ["deployed"],
    },
    {
        when: "a method path from outside the stack that is not known yet is undecided",
        given: [orders, prod, reference, settings("all", from("network", "*/*"), "INFO")],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a method path that is not a string does not cover all methods",
        given: [orders, prod, settings("all", ["*/*"], "INFO")],
        finds: {
            prod: NONE.replace("no method settings for */*", "method settings for single methods only").replace(
                "off.",
                "off for every other method.",
            ),
        },
    },

    // components (S7)
    {
        when: "a stage of the RestAPI component is reported in the component's terms",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
        ],
        finds: { prod: NONE.replace("stage.restApi", "api.api.id").replace("stage.stageName", "api.stage.stageName") },
    },
    {
        when: "a stage of awsx's API is reported in the component's terms, however deep it is",
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
        when: "a stage of SST's API is reported in the component's terms",
        given: [
            component("sst:aws:ApiGatewayV1", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
        ],
        finds: {
            prod: NONE.replace("stage.restApi", "api.nodes.api.id").replace(
                "stage.stageName",
                "api.nodes.stage.stageName",
            ),
        },
    },
    {
        when: "settings that depend on the component only belong to its stage",
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
        when: "settings that depend on the component and its API belong to the stage of that API",
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
    ...[
        { when: "settings that take API and stage from a component are those of its only stage", of: "returns" },
        { when: "this holds whichever API the component has been given", of: "orders" },
    ].map(({ when, of }) => ({
        when,
        given: [
            orders,
            component("my:index:Shop", "shop"),
            restApi("returns", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf(of), stageName: "prod" }, { parent: "shop" }),
            settings("all", "*/*", "INFO", {
                restApi: from("shop", `id-${of}`),
                stageName: from("shop", "prod"),
            }),
        ],
    })),
    {
        when: "settings that take the stage only from a component are for the API that they name",
        given: [
            orders,
            component("my:index:Shop", "shop"),
            restApi("returns", {}, { parent: "shop" }),
            stage("prod", { restApi: idOf("orders"), stageName: "prod" }, { parent: "shop" }),
            settings("all", "*/*", "INFO", { restApi: idOf("returns"), stageName: from("shop", "prod") }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "settings for an unknown API in a component with two are undecided",
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
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
        at: ["first preview"],
    },
    {
        when: "settings for an unknown API in a component with two belong to the stage that they name",
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
        when: "settings for an unknown stage in a component with two are undecided",
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
            'Stage "prod" of API "orders": which method settings belong to it is not known yet; Stage "test" of API "orders": which method settings belong to it is not known yet',
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
        when: "settings without an API belong to the stage of the API next to them",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("prod", { stageName: "prod" }, { parent: "orders" }),
            settings("all", "*/*", "INFO", { restApi: undefined }),
            methodSettings("own", { stageName: "prod", methodPath: "*/*", settings: {} }, { parent: "shop" }),
        ],
    },
    {
        when: "settings without an API do not belong to a stage just because both are in the stack",
        given: [orders, prod, methodSettings("all", { stageName: "prod", methodPath: "*/*", settings: {} })],
        finds: { prod: NONE },
    },
    {
        when: "a stage without an API does not match settings without an API",
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

    // stages that a Deployment creates (S8 to S10)
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
        when: "a stage that a Deployment creates is fine with settings for all methods",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            settings("all", "*/*", "INFO", { stageName: from("v1", "prod") }),
        ],
    },
    ...["", null, undefined].map((stageName) => ({
        when: `a Deployment whose stage name is ${JSON.stringify(stageName)} creates no stage`,
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName })],
    })),
    {
        when: "a Stage and a Deployment with the same stage name are one finding, on the Stage",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "prod" }), prod],
        finds: { prod: NONE },
    },
    {
        when: "a Stage and a Deployment with the same stage name may be of two APIs while neither is known",
        given: [
            reference,
            declare("pulumi:pulumi:StackReference", "other", {}),
            deployment("v1", { restApi: from("other", "b2"), stageName: "prod" }),
            stage("prod", { restApi: from("network", "a1"), stageName: "prod" }),
        ],
        at: ["first preview", "first preview, provider v6"],
        finds: {
            prod: `Stage "prod" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}`,
            v1: `Stage "prod" has no method settings for */*, so execution logging is off.
${ELSEWHERE.replace("prod-logging", "v1-logging").replace("stage.restApi", "deployment.restApi").replace("stage.stageName", '"prod"')}`,
        },
    },
    {
        when: "settings that name the Deployment belong to the Stage with the same name, too",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            prod,
            settings("all", "*/*", "INFO", { stageName: from("v1", "prod") }),
        ],
    },
    {
        when: "a Stage and a Deployment that are named by the same random name are one finding, on the Stage",
        given: [orders, pet, petStage(), petDeployment()],
        finds: { prod: NONE.replaceAll(' "prod" of', ' "cat" of') },
        at: ["deployed"],
    },
    {
        when: "a Stage and a Deployment that are named by the same random name are one finding before it is known",
        given: [orders, pet, petStage(), petDeployment()],
        finds: { prod: NONE },
        at: PREVIEW,
    },
    {
        when: "a Stage that is named by its Deployment, which is named by a random name, is one stage with it",
        given: [
            orders,
            pet,
            petDeployment(),
            stage("prod", { restApi: idOf("orders"), stageName: from("first", "cat") }),
        ],
        finds: { prod: NONE },
        at: PREVIEW,
    },
    {
        when: "settings for the random name of a Stage and a Deployment are those of their one stage",
        given: [
            orders,
            pet,
            petStage(),
            petDeployment(),
            settings("all", "*/*", "INFO", { stageName: from("pet", "cat") }),
        ],
    },
    {
        when: "a Stage and a Deployment of two APIs are two stages, whatever random name they share",
        given: [
            orders,
            pet,
            restApi("returns"),
            petStage(),
            deployment("first", { restApi: idOf("returns"), stageName: from("pet", "cat") }),
        ],
        finds: {
            prod: NONE,
            first: NONE.replace('"prod" of API "orders"', '"first" of API "returns"').replace("prod-", "first-"),
        },
        at: PREVIEW,
    },
    {
        when: "a Deployment may be any of two Stages that are made of the same random name, so it is a stage of its own",
        given: [orders, pet, petStage(), petStage("test"), petDeployment()],
        finds: {
            prod: NONE,
            test: NONE.replaceAll("prod", "test"),
            first: NONE.replaceAll("prod", "first"),
        },
        at: PREVIEW,
    },
    {
        when: "a Stage and a Deployment whose names come from outside of the stack may have different ones",
        given: [
            orders,
            stage("prod", { restApi: idOf("orders"), stageName: fromRead("cat") }),
            deployment("first", { restApi: idOf("orders"), stageName: fromRead("cat") }),
        ],
        finds: { prod: NONE, first: NONE.replaceAll("prod", "first") },
        at: PREVIEW,
    },
    {
        when: "a Deployment with another stage name creates another stage",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "dev" }), prod, allMethods],
        finds: {
            v1: `Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.
Add method settings for */* with loggingLevel ERROR or INFO.
new aws.apigateway.MethodSettings("v1-logging", { restApi: deployment.restApi, stageName: "dev", methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`,
        },
    },
    {
        when: "two Stages with the same API and name are one stage",
        given: [orders, prod, stage("prod-again", { restApi: idOf("orders"), stageName: "prod" }), allMethods],
    },

    {
        when: "two Stages with the same API and name are one stage, even with a stage of another API in between",
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

    // which stage settings belong to (S11, S13, S14)
    {
        when: "settings for another API's stage with the same name do not count",
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
        when: "settings for another stage of the API do not count",
        given: [
            orders,
            prod,
            stage("test", { restApi: idOf("orders"), stageName: "test" }),
            settings("all", "*/*", "INFO", { stageName: from("test", "test") }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "settings for a known other API do not count, even if they depend on the stage",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: "other", stageName: from("prod", "prod") })],
        finds: { prod: NONE },
    },
    {
        when: "settings for a known other API do not count, even if they depend on the API",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: from("orders", "other") })],
        finds: { prod: NONE },
        at: ["deployed"],
    },
    {
        when: "settings in another region do not count, even if everything else is equal",
        given: [
            orders,
            stage("prod", { restApi: idOf("orders"), stageName: "prod", region: "eu-west-1" }),
            settings("all", "*/*", "INFO", { region: "us-east-1" }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "settings whose provider is in another region do not count",
        given: [orders, prod, { ...allMethods, provider: { region: "us-east-1" } }],
        finds: { prod: NONE },
    },
    {
        when: "settings with a different provider version count",
        given: [orders, prod, { ...allMethods, provider: { region: "eu-west-1", version: "7.30.0" } }],
    },

    // APIs and settings of other stacks (S18, S19)
    {
        when: "settings for a stage in another stack are not a finding",
        given: [reference, settings("all", "*/*", "INFO", { restApi: from("network", "abc123") })],
    },
    {
        when: "a stage of an API in another stack is fine with settings for the same id",
        given: [
            stage("prod", { restApi: "abc123", stageName: "prod" }),
            settings("all", "*/*", "INFO", { restApi: "abc123" }),
        ],
    },
    {
        when: "a stage of an API in another stack without settings is a finding with a hint",
        given: [stage("prod", { restApi: "abc123", stageName: "prod" })],
        finds: {
            prod: `Stage "prod" of API "abc123" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}`,
        },
    },
    {
        when: "a stage with an unknown id from another stack is undecided if settings may belong to it",
        given: [
            reference,
            stage("prod", { restApi: from("network", "abc123"), stageName: "prod" }),
            settings("all", "*/*", "INFO", { restApi: "abc123" }),
        ],
        undecided: 'Stage "prod": which method settings belong to it is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "settings with a known id do not belong to an API that is still to be created",
        given: [orders, prod, settings("all", "*/*", "INFO", { restApi: "abc123" })],
        finds: { prod: NONE },
    },
    {
        when: "settings with a known id belong to the existing API with that id",
        given: [restApi("orders", { id: "abc123" }), prod, settings("all", "*/*", "INFO", { restApi: "abc123" })],
        at: ["first preview"],
    },

    // names that are not known yet
    {
        when: "a stage name that is not known yet is fine if the settings depend on the stage",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "calm-cat") }),
            settings("all", "*/*", "INFO", { stageName: from("prod", "calm-cat") }),
        ],
    },
    {
        when: "a stage name that is not known yet is a finding if the settings depend on another stage",
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
        when: "a stage name that is not known yet is undecided if the settings depend on no stage",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            stage("prod", { restApi: idOf("orders"), stageName: from("pet", "prod") }),
            allMethods,
        ],
        undecided: 'Stage "prod" of API "orders": which method settings belong to it is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a stage without a name has no settings",
        given: [orders, stage("prod", { restApi: idOf("orders") }), allMethods],
        finds: { prod: NONE },
    },

    // what does not matter (D1)
    {
        when: "a log group does not turn execution logging on",
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
        when: "access logs, tracing and stage variables do not turn execution logging on",
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
        when: "values that the provider computes for a stage do not matter",
        given: [
            orders,
            { ...prod, props: { ...prod.props, arn: computed("arn"), webAclArn: computed("") } },
            allMethods,
        ],
    },
    {
        when: "an aws-native stage is left to apigateway-method-settings-logging-level",
        given: [nativeStage("prod", {})],
    },
    {
        when: "properties of wrong types count as not set",
        given: [
            stage("prod", { restApi: ["x"], stageName: { a: 1 } }),
            methodSettings("all", { restApi: 5, stageName: false, methodPath: null, settings: "INFO" }),
            deployment("d", { restApi: null, stageName: ["dev"] }),
        ],
        finds: { prod: `Stage "prod" has no method settings for */*, so execution logging is off.\n${ELSEWHERE}` },
    },
]);
