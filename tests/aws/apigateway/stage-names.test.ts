import { type StageNames, stageNames } from "../../../aws/apigateway/stage-names";
import { type Row, table } from "../../support/rows";
import { stack } from "../../support/stack";
import {
    type Declared,
    declare,
    deployment,
    from,
    idOf,
    logGroup,
    type Moment,
    methodSettings,
    nativeStage,
    nativeV2Stage,
    restApi,
    stage,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
} from "../../support/wire/declare";

interface Given {
    readonly stage: Declared;
    readonly apis?: readonly Declared[];
    readonly at?: Moment;
    /** A resource policy gets no stack. */
    readonly alone?: true;
}

const ORDERS = restApi("orders", { name: "orders-v2" });

function namesOf({ stage: given, apis = [ORDERS], at = "deployed", alone }: Given): StageNames {
    const { stack: all, named } = stack([...apis, given], at);
    return stageNames(named(given.name), alone ? undefined : all);
}

const PROPS = { restApi: idOf("orders"), stageName: "prod" };

table("stageNames", (given: Given) => namesOf(given).known, [
    [
        "a stage goes by each name and id of its API, and by both of its own names",
        { stage: stage("live", PROPS) },
        [
            ...["id-orders/live", "id-orders/prod", "orders/live", "orders/prod"],
            ...["orders-v2/live", "orders-v2/prod", "id-orders/live", "id-orders/prod"],
        ],
    ],
    [
        "before the API exists, its names are known, and its id is not",
        { stage: stage("live", PROPS), at: "first preview" },
        ["orders/live", "orders/prod", "orders-v2/live", "orders-v2/prod"],
    ],
    [
        "without a stack, an API is known by its id only",
        { stage: stage("live", PROPS), alone: true },
        ["id-orders/live", "id-orders/prod"],
    ],
    [
        "without a stack and without an id it has no name",
        { stage: stage("live", { stageName: "prod" }), alone: true },
        [],
    ],
    [
        "an API of another stack is known by its id",
        { stage: stage("live", { restApi: "a1b2c3", stageName: "prod" }) },
        ["a1b2c3/live", "a1b2c3/prod"],
    ],
    [
        "a name that is not known yet, and a name of a wrong type, are left out",
        {
            stage: stage("live", { restApi: "a1b2c3", stageName: UNKNOWN_VALUE }),
            apis: [restApi("orders", { name: ["x"] })],
        },
        ["a1b2c3/live"],
    ],
    [
        "an API that may be one of two has no name",
        {
            stage: stage("live", { restApi: idOf("orders", "orders", "returns") }),
            apis: [ORDERS, restApi("returns")],
            at: "first preview",
        },
        [],
    ],
    [
        "method settings go by the name of the stage that they configure, and not by their own",
        { stage: methodSettings("logging", PROPS), at: "first preview" },
        ["orders/prod", "orders-v2/prod"],
    ],
    [
        "a deployment goes by the name of the stage that it makes",
        { stage: deployment("first", PROPS), at: "first preview" },
        ["orders/prod", "orders-v2/prod"],
    ],
    [
        "a stage of aws-native goes by its names",
        { stage: nativeStage("live", { restApiId: "a1b2c3", stageName: "prod" }), alone: true },
        ["a1b2c3/live", "a1b2c3/prod"],
    ],
    [
        "the name of a WebSocket or HTTP stage is its name on AWS, or else stageName in aws-native",
        {
            stage: v2Stage("live", { apiId: idOf("chat"), name: "prod" }),
            apis: [v2Api("chat", "WEBSOCKET")],
            at: "first preview",
        },
        ["chat/live", "chat/prod"],
    ],
    [
        "a v2 stage of aws-native goes by its names",
        { stage: nativeV2Stage("live", { apiId: "a1b2c3", stageName: "prod" }), alone: true },
        ["a1b2c3/live", "a1b2c3/prod"],
    ],
    [
        "what only names a stage has no such names",
        { stage: declare("aws:apigateway/basePathMapping:BasePathMapping", "live", PROPS) },
        [],
    ],
    ["what is not a stage has no such names", { stage: logGroup("orders", { name: "/orders/prod" }) }, []],
    [
        "a deployment of aws-native goes by the name of the stage that it makes",
        {
            stage: declare("aws-native:apigateway:Deployment", "first", { restApiId: "a1b2c3", stageName: "prod" }),
            alone: true,
        },
        ["a1b2c3/prod"],
    ],
    [
        "overrides of quick create are for the stage $default",
        {
            stage: declare("aws-native:apigatewayv2:ApiGatewayManagedOverrides", "live", { apiId: "a1b2c3" }),
            alone: true,
        },
        ["a1b2c3/$default"],
    ],
    ...(["aws:apigatewayv2/api:Api", "aws-native:apigatewayv2:Api"] as const).map(
        (type): Row<Given, readonly string[]> => [
            `an ${type} with a target goes by the stage $default`,
            { stage: declare(type, "chat", { target: "arn", name: "chat-v2", apiId: "a1b2c3" }), alone: true },
            ["chat/$default", "chat-v2/$default", type.startsWith("aws:") ? "id/$default" : "a1b2c3/$default"],
        ],
    ),
    ["an API without a target makes no stage", { stage: v2Api("chat", "HTTP"), alone: true }, []],
]);

const pet = declare("random:index/randomPet:RandomPet", "pet", {});

table("stageNames of which a part is not known yet", (given: Given) => namesOf(given).partlyKnown, [
    [
        "the name of a stage is one",
        {
            stage: stage("live", { restApi: idOf("orders"), stageName: from("pet", "prod") }),
            apis: [ORDERS, pet],
            at: "first preview",
        },
        [
            ["orders/", undefined],
            ["orders-v2/", undefined],
        ],
    ],
    ["a stage whose names are known has none", { stage: stage("live", PROPS), at: "first preview" }, []],
    [
        "an API that is not of the stack is one",
        {
            stage: stage("live", { restApi: from("pet", "a1b2c3"), stageName: "prod" }),
            apis: [pet],
            at: "first preview",
        },
        [
            [undefined, "/live"],
            [undefined, "/prod"],
        ],
    ],
    [
        "both may be",
        {
            stage: deployment("first", { restApi: from("pet", "a1b2c3"), stageName: from("pet", "prod") }),
            apis: [pet],
            at: "first preview",
        },
        [[undefined, "/", undefined]],
    ],
    [
        "without a stack, an API that is not known yet is none",
        { stage: stage("live", { restApi: UNKNOWN_VALUE, stageName: "prod" }), alone: true },
        [],
    ],
]);
