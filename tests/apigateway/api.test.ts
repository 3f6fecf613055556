import { type ApiReference, apiOf, idOf, type Match, sameApi } from "../../apigateway/api";
import type { Resource } from "../../apigateway/resource";
import { UNKNOWN } from "../../apigateway/values";
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
} from "../wire/declare";
import { table } from "./rows";
import { names, stack } from "./stack";

const { named } = stack([restApi("orders"), restApi("returns"), restApi("stock")]);
const [orders, returns, stock] = ["orders", "returns", "stock"].map(named) as [Resource, Resource, Resource];

function reference(apiId: ApiReference["id"], apis: readonly Resource[] = [], region?: string): ApiReference {
    return { id: apiId, apis: new Set(apis), region };
}

/** Whichever of the two is asked about the other, the answer must be the same. */
function bothWays([a, b]: readonly [ApiReference, ApiReference]): readonly [Match, Match] {
    return [sameApi(a, b), sameApi(b, a)];
}
const YES: readonly [Match, Match] = ["yes", "yes"];
const NO: readonly [Match, Match] = ["no", "no"];
const MAYBE: readonly [Match, Match] = ["maybe", "maybe"];

table("sameApi", bothWays, [
    // known ids
    ["equal ids are one API", [reference("a1"), reference("a1")], YES],
    ["two ids are two APIs", [reference("a1"), reference("b2")], NO],
    ["equal ids are one API, whatever they come from", [reference("a1", [orders]), reference("a1", [returns])], YES],
    ["two ids are two APIs, whatever they come from", [reference("a1", [orders]), reference("b2", [orders])], NO],

    // regions
    ["equal ids in two regions are two APIs", [reference("a1", [], "eu-west-1"), reference("a1", [], "us-east-1")], NO],
    ["equal ids in one region are one API", [reference("a1", [], "eu-west-1"), reference("a1", [], "eu-west-1")], YES],
    ["a region that nobody says is no other region", [reference("a1", [], "eu-west-1"), reference("a1")], YES],
    [
        "a region not known yet is no other region",
        [reference("a1", [], "eu-west-1"), { ...reference("a1"), region: UNKNOWN }],
        YES,
    ],
    [
        "one resource in two regions is two APIs",
        [reference(UNKNOWN, [orders], "eu-west-1"), reference(UNKNOWN, [orders], "us-east-1")],
        NO,
    ],

    // absent
    ["no API is not the same as no API", [reference(undefined), reference(undefined)], NO],
    ["no API is not a known one", [reference(undefined), reference("a1")], NO],
    ["no API is not an unknown one", [reference(undefined), reference(UNKNOWN)], NO],
    ["no API is not one of the stack", [reference(undefined), reference(UNKNOWN, [orders])], NO],

    // unknown ids: what they come from decides
    ["one resource is one API", [reference(UNKNOWN, [orders]), reference(UNKNOWN, [orders])], YES],
    ["two resources are two APIs", [reference(UNKNOWN, [orders]), reference(UNKNOWN, [returns])], NO],
    ["one of two may be it", [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [orders])], MAYBE],
    [
        "one of two may be it, listed last",
        [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [returns])],
        MAYBE,
    ],
    ["the same two may be two", [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [orders, returns])], MAYBE],
    [
        "one of two and of two others may be it",
        [reference(UNKNOWN, [orders, stock]), reference(UNKNOWN, [stock, returns])],
        MAYBE,
    ],
    ["none of two is it", [reference(UNKNOWN, [orders, returns]), reference(UNKNOWN, [stock])], NO],
    ["two unknown ids from elsewhere may be one", [reference(UNKNOWN), reference(UNKNOWN)], MAYBE],
    [
        "an unknown id from elsewhere may be that of an API of the stack",
        [reference(UNKNOWN), reference(UNKNOWN, [orders])],
        MAYBE,
    ],

    // one known id
    ["an id not known yet may be a known one", [reference(UNKNOWN), reference("a1")], MAYBE],
    ["an API still to be created has no known id", [reference(UNKNOWN, [orders]), reference("a1")], NO],
    [
        "an id not known yet may be that of a known API of the stack",
        [reference(UNKNOWN), reference("a1", [orders])],
        MAYBE,
    ],
    ["one resource is one API, known to one side only", [reference(UNKNOWN, [orders]), reference("a1", [orders])], YES],
    ["two resources are two APIs, one of them known", [reference(UNKNOWN, [orders]), reference("a1", [returns])], NO],
]);

/** What is known of the API of the resource called "of": its id, and the names of the APIs it may be. */
function found(declared: readonly Declared[], moment?: Moment): { id: ApiReference["id"]; apis: string[] } {
    const { stack: all, named: get } = stack(declared, moment);
    const { id: apiId, apis } = apiOf(all, get("of"));
    return { id: apiId, apis: names(apis) };
}

const created = restApi("orders");
const deployed = restApi("orders", { id: "a1" });

table("apiOf in a first preview", (declared: readonly Declared[]) => found(declared), [
    ["an id is an id", [stage("of", { restApi: "a1" })], { id: "a1", apis: [] }],
    ["aws-native calls it restApiId", [nativeStage("of", { restApiId: "a1" })], { id: "a1", apis: [] }],
    ["apigatewayv2 calls it apiId", [v2Stage("of", { apiId: "a1" })], { id: "a1", apis: [] }],
    ["no API is no API", [stage("of")], { id: undefined, apis: [] }],
    [
        "an API that does not exist yet",
        [created, stage("of", { restApi: id("orders") })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "an API of apigatewayv2 that does not exist yet",
        [v2Api("chat", "WEBSOCKET"), v2Stage("of", { apiId: id("chat") })],
        { id: UNKNOWN, apis: ["chat"] },
    ],
    [
        "an id not known yet of an API that exists is the API's own",
        [deployed, stage("of", { restApi: id("orders") })],
        { id: "a1", apis: ["orders"] },
    ],
    [
        "an id not known yet of an aws-native API that exists is the API's own",
        [nativeV2Api("chat", { apiId: "c3" }), v2Stage("of", { apiId: id("chat") })],
        { id: "c3", apis: ["chat"] },
    ],
    [
        "an id from elsewhere that is not known yet",
        [declare("pulumi:pulumi:StackReference", "network", {}), stage("of", { restApi: from("network", "a1") })],
        { id: UNKNOWN, apis: [] },
    ],
    [
        "one of two APIs, none of which says the id",
        [deployed, restApi("returns"), stage("of", { restApi: from(["orders", "returns"], "x") })],
        { id: UNKNOWN, apis: ["orders", "returns"] },
    ],

    [
        "an id from elsewhere that is not known yet, by the name that aws-native has for it",
        [
            declare("pulumi:pulumi:StackReference", "network", {}),
            nativeStage("of", { restApiId: from("network", "a1") }),
        ],
        { id: UNKNOWN, apis: [] },
    ],
    [
        "an aws-native REST API that does not exist yet",
        [declare("aws-native:apigateway:RestApi", "orders", {}), nativeStage("of", { restApiId: id("orders") })],
        { id: UNKNOWN, apis: ["orders"] },
    ],

    // parents, where nothing else says
    ["a child of its API", [created, stage("of", {}, { parent: "orders" })], { id: UNKNOWN, apis: ["orders"] }],
    [
        "a child of an API that exists",
        [deployed, stage("of", {}, { parent: "orders" })],
        { id: "a1", apis: ["orders"] },
    ],
    [
        "a grandchild of its API",
        [created, stage("between", {}, { parent: "orders" }), methodSettings("of", {}, { parent: "between" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of a component with one API inside",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            stage("of", {}, { parent: "shop" }),
        ],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a child of a component with two APIs inside is nobody's",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("returns", {}, { parent: "shop" }),
            stage("of", {}, { parent: "shop" }),
        ],
        { id: undefined, apis: [] },
    ],
    [
        "a component without an API leaves it to the one around it",
        [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            component("my:index:Logging", "logging", { parent: "shop" }),
            stage("of", {}, { parent: "logging" }),
        ],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    [
        "a component's own API comes before that of the one around it",
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
        "a child of an API that has another inside",
        [created, restApi("returns", {}, { parent: "orders" }), stage("of", {}, { parent: "orders" })],
        { id: UNKNOWN, apis: ["orders"] },
    ],
    ["a child of the stack, which says nothing", [created, stage("of")], { id: undefined, apis: [] }],
    [
        "a known id is believed before a parent",
        [created, stage("of", { restApi: "a1" }, { parent: "orders" })],
        { id: "a1", apis: [] },
    ],
    [
        "an id not known yet from elsewhere is believed before a parent",
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
        "the id comes from the API",
        [created, stage("of", { restApi: id("orders") })],
        { id: "id-orders", apis: ["orders"] },
    ],
    [
        "a known id is believed before that of the API it was put together from",
        [created, stage("of", { restApi: from("orders", "b2") })],
        { id: "b2", apis: ["orders"] },
    ],
    [
        "an id that is empty is still the API's that it comes from, before a parent's",
        [created, restApi("returns"), stage("of", { restApi: from("orders", "") }, { parent: "returns" })],
        { id: "id-orders", apis: ["orders"] },
    ],
]);

table("idOf", (declared: Declared) => idOf(stack([declared]).named("api")), [
    ["@pulumi/aws calls it id", restApi("api", { id: "a1" }), "a1"],
    [
        "aws-native calls that of a REST API restApiId",
        declare("aws-native:apigateway:RestApi", "api", { restApiId: "a1" }),
        "a1",
    ],
    ["aws-native calls that of a WebSocket API apiId", nativeV2Api("api", { apiId: "a1" }), "a1"],
    ["an API that does not exist yet has none", restApi("api", { id: computed("a1") }), undefined],
    ["an empty id is none", restApi("api", { id: "" }), undefined],
    ["an unknown beside a known id does not matter", nativeV2Api("api", { id: UNKNOWN_VALUE, apiId: "a1" }), "a1"],
]);
