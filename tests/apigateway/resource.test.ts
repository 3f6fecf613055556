import assert from "node:assert/strict";
import {
    descendants,
    fromAncestors,
    ofType,
    prerequisites,
    type Resource,
    region,
    sources,
    stackOf,
} from "../../apigateway/resource";
import { UNKNOWN } from "../../apigateway/values";
import {
    account,
    component,
    type Declared,
    declare,
    deployment,
    from,
    idOf,
    logGroup,
    methodSettings,
    restApi,
    stage,
    UNKNOWN_VALUE,
} from "../wire/declare";
import { table } from "./rows";
import { names, stack } from "./stack";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";

const orders = restApi("orders");
const shop = component("my:index:Shop", "shop");
const inShop = { parent: "shop" };

/** What property `restApi` of the resource "of" gets its value from: REST APIs, by name. */
function apisOf(declared: readonly Declared[]): string[] {
    const { stack: all, named } = stack(declared);
    return names(sources(all, named("of"), ["restApi"], [REST_API]));
}

table("sources", apisOf, [
    ["a value that the program states has none", [orders, stage("of", { restApi: "a1" })], []],
    ["a property that is not there has none", [orders, stage("of")], []],
    ["a property of another name does not count", [orders, stage("of", { deployment: idOf("orders") })], []],
    ["a plain dependency does not count", [orders, stage("of", {}, { dependsOn: ["orders"] })], []],
    ["a resource of the type is the source", [orders, stage("of", { restApi: idOf("orders") })], ["orders"]],
    [
        "all resources of the type are",
        [orders, restApi("returns"), stage("of", { restApi: from(["orders", "returns"], "x") })],
        ["orders", "returns"],
    ],
    [
        "a resource of another type is none",
        [declare("random:index/randomPet:RandomPet", "pet", {}), stage("of", { restApi: from("pet", "x") })],
        [],
    ],

    // passed on by something between
    [
        "a stage passes on what it got",
        [orders, stage("prod", { restApi: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
        ["orders"],
    ],
    [
        "a deployment passes on what it got from a stage",
        [
            orders,
            stage("prod", { restApi: idOf("orders") }),
            deployment("v1", { restApi: from("prod", "x") }),
            methodSettings("of", { restApi: from("v1", "x") }),
        ],
        ["orders"],
    ],
    [
        "a stage passes on no other property of its own",
        [orders, stage("prod", { deployment: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
        [],
    ],
    [
        "a source passes nothing on, it is the end",
        [orders, restApi("copy", { restApi: idOf("orders") }), stage("of", { restApi: idOf("copy") })],
        ["copy"],
    ],
    [
        "one that is named and one that is passed on both count",
        [
            orders,
            restApi("returns"),
            stage("prod", { restApi: idOf("orders") }),
            methodSettings("of", { restApi: from(["prod", "returns"], "x") }),
        ],
        ["orders", "returns"],
    ],
    [
        "a child of what is between does not count",
        [
            stage("prod", { restApi: "a1" }),
            restApi("orders", {}, { parent: "prod" }),
            methodSettings("of", { restApi: from("prod", "x") }),
        ],
        [],
    ],

    // components
    [
        "a component stands for its children",
        [shop, restApi("orders", {}, inShop), stage("of", { restApi: from("shop", "x") })],
        ["orders"],
    ],
    [
        "a component stands for all its children of the type, and for no others",
        [
            shop,
            restApi("orders", {}, inShop),
            restApi("returns", {}, inShop),
            stage("prod", {}, inShop),
            stage("of", { restApi: from("shop", "x") }),
        ],
        ["orders", "returns"],
    ],
    [
        "a component stands for what is further down",
        [
            shop,
            component("my:index:Inner", "inner", inShop),
            deployment("v1", {}, { parent: "inner" }),
            restApi("orders", {}, { parent: "v1" }),
            stage("of", { restApi: from("shop", "x") }),
        ],
        ["orders"],
    ],
    [
        "beside a child of its own a component stands for nothing",
        [
            shop,
            restApi("orders", {}, inShop),
            restApi("returns", {}, inShop),
            stage("of", { restApi: from(["shop", "orders"], "x") }),
        ],
        ["orders"],
    ],
    [
        "the order of the two does not matter",
        [
            shop,
            restApi("orders", {}, inShop),
            restApi("returns", {}, inShop),
            stage("of", { restApi: from(["orders", "shop"], "x") }),
        ],
        ["orders"],
    ],
    [
        "a component that is passed on stands for its children",
        [
            shop,
            restApi("orders", {}, inShop),
            stage("prod", { restApi: from("shop", "x") }),
            methodSettings("of", { restApi: from("prod", "x") }),
        ],
        ["orders"],
    ],
    [
        "a component without children stands for nothing",
        [shop, orders, stage("of", { restApi: from("shop", "x") })],
        [],
    ],

    // cycles, which no program can have and no file is safe from
    ["a resource that gets its value from itself ends", [stage("of", { restApi: from("of", "x") })], []],
    [
        "two resources that get it from each other end",
        [deployment("v1", { restApi: from("of", "x") }), stage("of", { restApi: from("v1", "x") })],
        [],
    ],
    [
        "a cycle on the way ends, with what is beside it",
        [
            orders,
            deployment("v1", { restApi: from(["v2", "orders"], "x") }),
            deployment("v2", { restApi: from("v1", "x") }),
            stage("of", { restApi: from("v2", "x") }),
        ],
        ["orders"],
    ],
]);

table(
    "sources of several properties and types",
    (declared: readonly Declared[]) => {
        const { stack: all, named } = stack(declared);
        return names(sources(all, named("of"), ["restApi", "restApiId"], [REST_API, STAGE]));
    },
    [
        [
            "all of them count",
            [orders, restApi("returns"), stage("of", { restApi: idOf("orders"), restApiId: idOf("returns") })],
            ["orders", "returns"],
        ],
        [
            "a resource of one type ends the search for another",
            [orders, stage("prod", { restApi: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
            ["prod"],
        ],
        [
            "a value passed on may change its property",
            [
                orders,
                deployment("v1", { restApiId: idOf("orders") }),
                methodSettings("of", { restApi: from("v1", "x") }),
            ],
            ["orders"],
        ],
    ],
);

/** What exists before the resource "of", by name; the stack itself always does. */
function before(declared: readonly Declared[]): string[] {
    const { stack: all, named } = stack(declared);
    return names(prerequisites(all, named("of"))).filter((name) => name !== "shop-dev");
}

table("prerequisites", before, [
    ["what stands alone has none", [orders, stage("of")], []],
    ["a dependency is one", [account("role"), stage("of", {}, { dependsOn: ["role"] })], ["role"]],
    ["what a property comes from is one", [orders, stage("of", { restApi: idOf("orders") })], ["orders"]],
    [
        "what those depend on are some, too",
        [
            account("a"),
            account("b", {}, { dependsOn: ["a"] }),
            account("c", { region: from("b", "x") }),
            stage("of", {}, { dependsOn: ["c"] }),
        ],
        ["a", "b", "c"],
    ],
    ["what depends on it is none", [stage("of"), account("later", {}, { dependsOn: ["of"] })], []],
    ["its parent is one", [shop, stage("of", {}, inShop)], ["shop"]],
    [
        "what its parents depend on are some",
        [
            account("a"),
            component("my:index:Shop", "shop", { dependsOn: ["a"] }),
            component("my:index:Inner", "inner", inShop),
            stage("of", {}, { parent: "inner" }),
        ],
        ["a", "inner", "shop"],
    ],
    ["its parent's other children are none", [shop, account("sibling", {}, inShop), stage("of", {}, inShop)], ["shop"]],
    ["its own children are none", [stage("of"), account("child", {}, { parent: "of" })], []],
    [
        "a component is there when all below it are",
        [
            shop,
            account("child", {}, inShop),
            component("my:index:Inner", "inner", inShop),
            account("grandchild", {}, { parent: "inner" }),
            stage("of", {}, { dependsOn: ["shop"] }),
        ],
        ["child", "grandchild", "inner", "shop"],
    ],
    [
        "what the children of a component depend on are some",
        [
            account("a"),
            shop,
            account("child", {}, { parent: "shop", dependsOn: ["a"] }),
            stage("of", {}, { dependsOn: ["shop"] }),
        ],
        ["a", "child", "shop"],
    ],
    [
        "any other resource is there before its children",
        [orders, account("child", {}, { parent: "orders" }), stage("of", {}, { dependsOn: ["orders"] })],
        ["orders"],
    ],
    [
        "a component that is its parent and a dependency of something else has all below it",
        [
            shop,
            account("child", {}, inShop),
            account("a", {}, { dependsOn: ["shop"] }),
            stage("of", {}, { parent: "shop", dependsOn: ["a"] }),
        ],
        ["a", "child", "of", "shop"],
    ],

    // cycles
    ["a resource that depends on itself ends", [stage("of", {}, { dependsOn: ["of"] })], ["of"]],
    [
        "two that depend on each other end",
        [account("a", {}, { dependsOn: ["of"] }), stage("of", {}, { dependsOn: ["a"] })],
        ["a", "of"],
    ],
    [
        "a child that its component waits for ends",
        [
            component("my:index:Shop", "shop", { dependsOn: ["of"] }),
            stage("of", {}, { parent: "shop", dependsOn: ["shop"] }),
        ],
        ["of", "shop"],
    ],
]);

table(
    "prerequisites of a resource whose properties alone say what it depends on",
    (declared: readonly Declared[]) => {
        const { stack: all, named } = stack(declared);
        return names(prerequisites(all, { ...named("of"), dependencies: [] })).filter((name) => name !== "shop-dev");
    },
    [["what a property comes from is one", [orders, stage("of", { restApi: idOf("orders") })], ["orders"]]],
);

table(
    "descendants",
    (declared: readonly Declared[]) => {
        const { stack: all, named } = stack(declared);
        return names(descendants(all, named("shop")));
    },
    [
        ["what has no children has none", [shop, orders], []],
        [
            "children and theirs, and nobody else's",
            [
                shop,
                restApi("orders", {}, inShop),
                deployment("v1", {}, { parent: "orders" }),
                stage("prod", {}, { parent: "v1" }),
                restApi("returns"),
            ],
            ["orders", "prod", "v1"],
        ],
    ],
);

table(
    "fromAncestors",
    (wanted: string) => {
        const { named } = stack([
            shop,
            component("my:index:Shop", "inner", inShop),
            orders,
            stage("prod", {}, { parent: "inner" }),
        ]);
        return fromAncestors(named("prod"), ({ type, name }) => (type === wanted ? name : undefined));
    },
    [
        ["the nearest that gives an answer", "my:index:Shop", "inner"],
        ["the stack is everybody's", "pulumi:pulumi:Stack", "shop-dev"],
        ["the resource is not its own", STAGE, undefined],
        ["no ancestor, no answer", REST_API, undefined],
    ],
);

table(
    "ofType",
    (types: readonly string[]) =>
        names(ofType(stack([orders, stage("prod"), stage("test"), logGroup("logs")]).stack, ...types)),
    [
        ["all of a type", [STAGE], ["prod", "test"]],
        ["all of several types", [STAGE, REST_API], ["orders", "prod", "test"]],
        ["a type is itself, not a part of one", ["aws:apigateway/stage"], []],
        ["none of no type", [], []],
    ],
);

table(
    "stackOf",
    (declared: readonly Declared[]) => {
        const { stack: all } = stack(declared);
        return [...all.children].map(([parent, children]) => [parent.name, names(children)]);
    },
    [
        [
            "leads from each parent to its children",
            [shop, restApi("orders", {}, inShop), restApi("returns", {}, inShop)],
            [
                ["shop-dev", ["shop"]],
                ["shop", ["orders", "returns"]],
            ],
        ],
        ["leads nowhere without any", [], []],
    ],
);

it("stackOf sorts the same resources out once", () => {
    const resources: readonly Resource[] = [];
    assert.equal(stackOf(resources), stackOf(resources));
});

table("region", region, [
    [
        "its own comes first",
        { props: { region: "us-east-1" }, provider: provider({ region: "eu-west-1" }) },
        "us-east-1",
    ],
    ["its provider's comes second", { props: {}, provider: provider({ region: "eu-west-1" }) }, "eu-west-1"],
    ["an empty one is none", { props: { region: "" }, provider: provider({ region: "eu-west-1" }) }, "eu-west-1"],
    ["nobody says", { props: {}, provider: provider({}) }, undefined],
    ["nobody says without a provider", { props: {} }, undefined],
    ["its own without a provider", { props: { region: "us-east-1" } }, "us-east-1"],
    [
        "its own is not known yet",
        { props: { region: UNKNOWN_VALUE }, provider: provider({ region: "eu-west-1" }) },
        UNKNOWN,
    ],
    ["its provider's is not known yet", { props: {}, provider: provider({ region: UNKNOWN_VALUE }) }, UNKNOWN],
]);

function provider(props: Record<string, unknown>) {
    return { urn: "urn:pulumi:dev::shop::pulumi:providers:aws::aws", props };
}
