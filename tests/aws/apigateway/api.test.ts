import { type ApiReference, apiFinder, idOf, otherStacksApis, sameApi } from "../../../aws/apigateway/api";
import type { Resource } from "../../../stack/resource";
import { UNKNOWN, type Whether } from "../../../stack/values";
import { table } from "../../support/rows";
import { names, stack } from "../../support/stack";
import {
    component,
    computed,
    type Declared,
    declare,
    from,
    idOf as id,
    type Moment,
    methodSettings,
    nativeStage,
    nativeV2Api,
    restApi,
    stage,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
} from "../../support/wire/declare";

const { named } = stack([restApi("orders"), restApi("returns"), restApi("stock")]);
const [orders, returns, stock] = ["orders", "returns", "stock"].map(named) as [Resource, Resource, Resource];

function reference(apiId: ApiReference["id"], apis: readonly Resource[] = [], region?: string): ApiReference {
    return { id: apiId, apis: new Set(apis), place: { props: { region } } };
}

/** The result must be the same in both directions. */
function bothWays([a, b]: readonly [ApiReference, ApiReference]): readonly [Whether, Whether] {
    return [sameApi(a, b), sameApi(b, a)];
}
const YES: readonly [Whether, Whether] = [true, true];
const NO: readonly [Whether, Whether] = [false, false];
const MAYBE: readonly [Whether, Whether] = [UNKNOWN, UNKNOWN];

table("sameApi", bothWays, [
    // known ids
    ["equal ids are the same API", [reference("a1"), reference("a1")], YES],
    ["different ids are different APIs", [reference("a1"), reference("b2")], NO],
    [
        "equal ids are the same API, whatever they come from",
        [reference("a1", [orders]), reference("a1", [returns])],
        YES,
    ],
    [
        "different ids are different APIs, whatever they come from",
        [reference("a1", [orders]), reference("b2", [orders])],
        NO,
    ],

    // regions
    [
        "equal ids in different regions are different APIs",
        [reference("a1", [], "eu-west-1"), reference("a1", [], "us-east-1")],
        NO,
    ],
    [
        "equal ids in one region are the same API",
        [reference("a1", [], "eu-west-1"), reference("a1", [], "eu-west-1")],
        YES,
    ],
    ["a region that is not set is not a different region", [reference("a1", [], "eu-west-1"), reference("a1")], YES],
    [
        "a region that is not known yet is not a different region",
        [reference("a1", [], "eu-west-1"), reference("a1", [], UNKNOWN_VALUE)],
        YES,
    ],
    [
        "the same API resource in different regions is different APIs",
        [reference(UNKNOWN, [orders], "eu-west-1"), reference(UNKNOWN, [orders], "us-east-1")],
        NO,
    ],

    // absent
    ["two resources without an API do not have the same API", [reference(undefined), reference(undefined)], NO],
    ["no API is not an API with a known id", [reference(undefined), reference("a1")], NO],
    ["no API is not an API with an unknown id", [reference(undefined), reference(UNKNOWN)], NO],
    ["no API is not an API of the stack", [reference(undefined), reference(UNKNOWN, [orders])], NO],

    // unknown ids: the APIs that they come from decide
    ["the same API resource is the same API", [reference(UNKNOWN, [orders]), reference(UNKNOWN, [orders])], YES],
    ["different API resources are different APIs", [reference(UNKNOWN, [orders]), reference(UNKNOWN, [returns])], NO],
    [
        "one of two API resources may be the same API",
        [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [orders])],
        MAYBE,
    ],
    [
        "one of two API resources, listed last, may be the same API",
        [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [returns])],
        MAYBE,
    ],
    [
        "the same two API resources may be different APIs",
        [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [orders, returns])],
        MAYBE,
    ],
    [
        "two pairs of API resources with one in common may be the same API",
        [reference(UNKNOWN, [orders, stock]), reference(UNKNOWN, [stock, returns])],
        MAYBE,
    ],
    [
        "a third API resource is a different API than either of two",
        [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [stock])],
        NO,
    ],
    ["two unknown ids from outside the stack may be the same API", [reference(UNKNOWN), reference(UNKNOWN)], MAYBE],
    [
        "an unknown id from outside the stack may be an API of the stack",
        [reference(UNKNOWN), reference(UNKNOWN, [orders])],
        MAYBE,
    ],

    // one known id
    ["an unknown id may be equal to a known id", [reference(UNKNOWN), reference("a1")], MAYBE],
    [
        "a known id is not the id of an API that is still to be created",
        [reference(UNKNOWN, [orders]), reference("a1")],
        NO,
    ],
    [
        "an unknown id may be an API of the stack with a known id",
        [reference(UNKNOWN), reference("a1", [orders])],
        MAYBE,
    ],
    [
        "the same API resource is the same API, even if only one side knows its id",
        [reference(UNKNOWN, [orders]), reference("a1", [orders])],
        YES,
    ],
    [
        "different API resources are different APIs, even if only one id is known",
        [reference(UNKNOWN, [orders]), reference("a1", [returns])],
        NO,
    ],
]);

/** What is known about the API of the resource "of": its id, and the names of the APIs that it may be. */
function found(declared: readonly Declared[], moment?: Moment): { id: ApiReference["id"]; apis: string[] } {
    const { stack: all, named: get } = stack(declared, moment);
    const { id: apiId, apis } = apiFinder(all)(get("of"));
    return { id: apiId, apis: names(apis) };
}

const created = restApi("orders");
const deployed = restApi("orders", { id: "a1" });

table("apiOf in a first preview", (declared: readonly Declared[]) => found(declared), [
    ["a known id is the API's id", [stage("of", { restApi: "a1" })], { id: "a1", apis: [] }],
    ["the property of aws-native is restApiId", [nativeStage("of", { restApiId: "a1" })], { id: "a1", apis: [] }],
    ["the property of apigatewayv2 is apiId", [v2Stage("of", { apiId: "a1" })], { id: "a1", apis: [] }],
    ["a resource without an API has no id", [stage("of")], { id: undefined, apis: [] }],
    [
        "a resource that is its own parent has no API",
        [restApi("orders", {}, { parent: "orders" }), stage("of", {}, { parent: "of" })],
        { id: undefined, apis: [] },
    ],
    [
        "a circle of parents leads to the API in it",
        [restApi("orders", {}, { parent: "of" }), stage("of", {}, { parent: "orders" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "an API that does not exist yet has an unknown id",
        [created, stage("of", { restApi: id("orders") })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "an API of apigatewayv2 that does not exist yet has an unknown id",
        [v2Api("chat", "WEBSOCKET"), v2Stage("of", { apiId: id("chat") })],
        { id: UNKNOWN, apis: ["chat"] },
    ],
    [
        "an unknown id that comes from an existing API is that API's id",
        [deployed, stage("of", { restApi: id("orders") })],
        { id: "a1", apis: ["orders"] },
    ],
    [
        "an unknown id that comes from an existing aws-native API is that API's id",
        [nativeV2Api("chat", { apiId: "c3" }), v2Stage("of", { apiId: id("chat") })],
        { id: "c3", apis: ["chat"] },
    ],
    [
        "an unknown id from outside the stack stays unknown",
        [declare("pulumi:pulumi:StackReference", "network", {}), stage("of", { restApi: from("network", "a1") })],
        { id: UNKNOWN, apis: [] },
    ],
    [
        "an unknown id that comes from one of two APIs stays unknown",
        [deployed, restApi("returns"), stage("of", { restApi: from(["orders", "returns"], "x") })],
        { id: UNKNOWN, apis: ["orders", "returns"] },
    ],

    [
        "an unknown id from outside the stack stays unknown with aws-native",
        [
            declare("pulumi:pulumi:StackReference", "network", {}),
            nativeStage("of", { restApiId: from("network", "a1") }),
        ],
        { id: UNKNOWN, apis: [] },
    ],
    [
        "an aws-native REST API that does not exist yet has an unknown id",
        [declare("aws-native:apigateway:RestApi", "orders", {}), nativeStage("of", { restApiId: id("orders") })],
        { id: UNKNOWN, apis: ["orders"] },
    ],

    // ancestors, if nothing else decides
    [
        "a child of an API belongs to the API",
        [created, stage("of", {}, { parent: "orders" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of an existing API has the API's id",
        [deployed, stage("of", {}, { parent: "orders" })],
        { id: "a1", apis: ["orders"] },
    ],
    [
        "a grandchild of an API belongs to the API",
        [created, stage("between", {}, { parent: "orders" }), methodSettings("of", {}, { parent: "between" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of a component with one API belongs to that API",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("of", {}, { parent: "shop" }),
        ],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of a component with two APIs belongs to neither",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            stage("of", {}, { parent: "shop" }),
        ],
        { id: undefined, apis: [] },
    ],
    [
        "in a component without an API, the component around it decides",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            component("my:index:Logging", "logging", { parent: "shop" }),
            stage("of", {}, { parent: "logging" }),
        ],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a component's own API comes before the API of the component around it",
        [
            component("my:index:Shop", "shop"),
            restApi("returns", {}, { parent: "shop" }),
            component("my:index:Inner", "inner", { parent: "shop" }),
            restApi("orders", {}, { parent: "inner" }),
            stage("of", {}, { parent: "inner" }),
        ],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of an API belongs to it, even if another API is its sibling",
        [created, restApi("returns", {}, { parent: "orders" }), stage("of", {}, { parent: "orders" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    ["a child of the stack does not belong to the stack's API", [created, stage("of")], { id: undefined, apis: [] }],
    [
        "a known id takes precedence over the parent",
        [created, stage("of", { restApi: "a1" }, { parent: "orders" })],
        { id: "a1", apis: [] },
    ],
    [
        "an unknown id from outside the stack takes precedence over the parent",
        [
            created,
            declare("pulumi:pulumi:StackReference", "network", {}),
            stage("of", { restApi: from("network", "a1") }, { parent: "orders" }),
        ],
        { id: UNKNOWN, apis: [] },
    ],
]);

table("apiOf once deployed", (declared: readonly Declared[]) => found(declared, "deployed"), [
    [
        "an id that comes from an API is that API's id",
        [created, stage("of", { restApi: id("orders") })],
        { id: "id-orders", apis: ["orders"] },
    ],
    [
        "a known id takes precedence over the id of the API that it comes from",
        [created, stage("of", { restApi: from("orders", "b2") })],
        { id: "b2", apis: ["orders"] },
    ],
    [
        "an empty id that comes from an API is that API's id, whatever the parent is",
        [created, restApi("returns"), stage("of", { restApi: from("orders", "") }, { parent: "returns" })],
        { id: "id-orders", apis: ["orders"] },
    ],
]);

table("idOf", (declared: Declared) => idOf(stack([declared]).named("api")), [
    ["the property of @pulumi/aws is id", restApi("api", { id: "a1" }), "a1"],
    [
        "the property of an aws-native REST API is restApiId",
        declare("aws-native:apigateway:RestApi", "api", { restApiId: "a1" }),
        "a1",
    ],
    ["the property of an aws-native WebSocket API is apiId", nativeV2Api("api", { apiId: "a1" }), "a1"],
    ["an API that does not exist yet has no id", restApi("api", { id: computed("a1") }), undefined],
    ["an empty id is not an id", restApi("api", { id: "" }), undefined],
    ["an unknown id next to a known id does not matter", nativeV2Api("api", { id: UNKNOWN_VALUE, apiId: "a1" }), "a1"],
]);

/** Whether an API with an id is of another stack than one with the REST API "orders", whose id is a1. */
function isElsewhere(of: ApiReference): boolean {
    return otherStacksApis(stack([restApi("orders", { id: "a1" })]).stack)(of);
}

table("otherStacksApis", isElsewhere, [
    ["an API of the stack is not elsewhere", reference(UNKNOWN, [orders]), false],
    ["the id of an API of the stack is not elsewhere, though nothing says where it comes from", reference("a1"), false],
    ["another id is elsewhere", reference("b2"), true],
    ["an id that is not known yet is elsewhere", reference(UNKNOWN), true],
    ["what has no API is elsewhere", reference(undefined), true],
]);
