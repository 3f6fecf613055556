import assert from "node:assert/strict";
import { ancestorsOf, descendants, fromAncestors, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { table } from "../support/rows";
import { names, stack } from "../support/stack";
import {
    component,
    type Declared,
    declare,
    deployment,
    from,
    idOf,
    methodSettings,
    restApi,
    stage,
} from "../support/wire/declare";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";

const orders = restApi("orders");
const shop = component("my:index:Shop", "shop");
const inShop = { parent: "shop" };
const shopIn = (parent: string) => component("my:index:Shop", "shop", { parent });

/** What property `restApi` of the resource "of" gets its value from: REST APIs, by name. */
function apisOf(declared: readonly Declared[]): string[] {
    const { stack: all, named } = stack(declared);
    return names(sources(all, named("of"), ["restApi"], ofTypes(...[REST_API])));
}

table("sources", apisOf, [
    ["a value that the program sets has no source", [orders, stage("of", { restApi: "a1" })], []],
    ["a property that is not set has no source", [orders, stage("of")], []],
    ["the source of another property does not count", [orders, stage("of", { deployment: idOf("orders") })], []],
    [
        "a dependency that is not the source of a property does not count",
        [orders, stage("of", {}, { dependsOn: ["orders"] })],
        [],
    ],
    [
        "a resource of the type is the source of the property",
        [orders, stage("of", { restApi: idOf("orders") })],
        ["orders"],
    ],
    [
        "several resources of the type are all sources",
        [orders, restApi("returns"), stage("of", { restApi: from(["orders", "returns"], "x") })],
        ["orders", "returns"],
    ],
    [
        "a resource of another type is not a source",
        [declare("random:index/randomPet:RandomPet", "pet", {}), stage("of", { restApi: from("pet", "x") })],
        [],
    ],

    // values that another resource passes on
    [
        "a stage passes on the source of its property",
        [orders, stage("prod", { restApi: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
        ["orders"],
    ],
    [
        "a deployment passes on the source that a stage passed on",
        [
            orders,
            stage("prod", { restApi: idOf("orders") }),
            deployment("v1", { restApi: from("prod", "x") }),
            methodSettings("of", { restApi: from("v1", "x") }),
        ],
        ["orders"],
    ],
    [
        "a stage does not pass on the source of another property",
        [orders, stage("prod", { deployment: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
        [],
    ],
    [
        "a source does not pass on its own source",
        [orders, restApi("copy", { restApi: idOf("orders") }), stage("of", { restApi: idOf("copy") })],
        ["copy"],
    ],
    [
        "a direct source and one that is passed on both count",
        [
            orders,
            restApi("returns"),
            stage("prod", { restApi: idOf("orders") }),
            methodSettings("of", { restApi: from(["prod", "returns"], "x") }),
        ],
        ["orders", "returns"],
    ],
    [
        "a child of the resource in between does not count",
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
        "a component stands for its descendants",
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
        "next to one of its children, a component stands for nothing",
        [
            shop,
            restApi("orders", {}, inShop),
            restApi("returns", {}, inShop),
            stage("of", { restApi: from(["shop", "orders"], "x") }),
        ],
        ["orders"],
    ],
    [
        "the order of a component and its child does not matter",
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

    // cycles, which a program cannot have, but a file can
    ["a resource that gets its value from itself has no source", [stage("of", { restApi: from("of", "x") })], []],
    [
        "two resources that get their value from each other have no source",
        [deployment("v1", { restApi: from("of", "x") }), stage("of", { restApi: from("v1", "x") })],
        [],
    ],
    [
        "the sources next to a cycle are found",
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
        return names(sources(all, named("of"), ["restApi", "restApiId"], ofTypes(...[REST_API, STAGE])));
    },
    [
        [
            "the sources of all properties count",
            [orders, restApi("returns"), stage("of", { restApi: idOf("orders"), restApiId: idOf("returns") })],
            ["orders", "returns"],
        ],
        [
            "a resource of one type does not pass on a source of another type",
            [orders, stage("prod", { restApi: idOf("orders") }), methodSettings("of", { restApi: from("prod", "x") })],
            ["prod"],
        ],
        [
            "a value may be passed on from a property of another name",
            [
                orders,
                deployment("v1", { restApiId: idOf("orders") }),
                methodSettings("of", { restApi: from("v1", "x") }),
            ],
            ["orders"],
        ],
    ],
);

describe("sources below a component", () => {
    const declared = [
        shop,
        restApi("orders", {}, inShop),
        ...["a", "b", "c"].map((one) => stage(one, { restApi: from("shop", "x") })),
    ];
    const isRestApi = ofTypes(REST_API);

    it("are looked for once, however many resources depend on the component", () => {
        const { stack: all, named } = stack(declared);
        const asked: string[] = [];
        const isWanted = (resource: Resource) => {
            asked.push(resource.name);
            return isRestApi(resource);
        };
        for (const one of ["a", "b", "c"]) {
            assert.deepEqual(names(sources(all, named(one), ["restApi"], isWanted)), ["orders"]);
        }
        assert.equal(asked.filter((name) => name === "orders").length, 1);
    });

    it("are those of the stack", () => {
        for (const [given, expected] of [
            [declared, ["orders"]],
            [
                [...declared, restApi("returns", {}, inShop)],
                ["orders", "returns"],
            ],
        ] as const) {
            const { stack: all, named } = stack(given);
            assert.deepEqual(names(sources(all, named("a"), ["restApi"], isRestApi)), expected);
        }
    });
});

table(
    "descendants",
    (declared: readonly Declared[]) => {
        const { stack: all, named } = stack(declared);
        return names(descendants(all, named("shop")));
    },
    [
        ["a resource without children has no descendants", [shop, orders], []],
        [
            "children and their children are descendants, and no others",
            [
                shop,
                restApi("orders", {}, inShop),
                deployment("v1", {}, { parent: "orders" }),
                stage("prod", {}, { parent: "v1" }),
                restApi("returns"),
            ],
            ["orders", "prod", "v1"],
        ],

        // circles, which a program cannot make, but the analyzer protocol can say
        ["a component that is its own parent has no descendants", [shopIn("shop")], []],
        [
            "a component in a circle of parents has the others as descendants, each once",
            [shopIn("inner"), component("my:index:Shop", "inner", inShop), restApi("orders", {}, { parent: "inner" })],
            ["inner", "orders"],
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
        ["the nearest ancestor with a result counts", "my:index:Shop", "inner"],
        ["the stack is an ancestor of every resource", "pulumi:pulumi:Stack", "shop-dev"],
        ["a resource is not its own ancestor", STAGE, undefined],
        ["without such an ancestor there is no result", REST_API, undefined],
    ],
);

table(
    "ancestorsOf",
    (declared: readonly Declared[]) => [...ancestorsOf(stack(declared).named("shop"))].map(({ name }) => name),
    [
        [
            "the stack is the last ancestor",
            [shopIn("outer"), component("my:index:Shop", "outer")],
            ["outer", "shop-dev"],
        ],
        ["a resource that is its own parent has no ancestors", [shopIn("shop")], []],
        [
            "a resource in a circle of parents has the others as ancestors, each once",
            [shopIn("inner"), component("my:index:Shop", "inner", inShop)],
            ["inner"],
        ],
        [
            "a resource below a circle of parents has each of them as an ancestor once",
            [
                shopIn("inner"),
                component("my:index:Shop", "inner", { parent: "outer" }),
                component("my:index:Shop", "outer", { parent: "inner" }),
            ],
            ["inner", "outer"],
        ],
    ],
);
