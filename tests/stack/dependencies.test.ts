import assert from "node:assert/strict";
import { dependencyIndex } from "../../stack/dependencies";
import type { Resource } from "../../stack/resource";
import { stackOf } from "../../stack/stack";
import { table } from "../support/rows";
import { names, stack } from "../support/stack";
import { account, component, type Declared, from, idOf, restApi, stage } from "../support/wire/declare";

const orders = restApi("orders");
const shop = component("my:index:Shop", "shop");
const inShop = { parent: "shop" };

/** The names of the prerequisites of the resource "of", without the stack, which always is one. */
function before(declared: readonly Declared[]): string[] {
    const { stack: all, resources, named } = stack(declared);
    const isBefore = dependencyIndex(all, [named("of")]);
    return names(resources.filter((one) => isBefore(one).has(named("of")))).filter((name) => name !== "shop-dev");
}

table("the prerequisites of a resource", before, [
    ["a resource without dependencies has none", [orders, stage("of")], []],
    ["a dependency is a prerequisite", [account("role"), stage("of", {}, { dependsOn: ["role"] })], ["role"]],
    ["the source of a property is one", [orders, stage("of", { restApi: idOf("orders") })], ["orders"]],
    [
        "the dependencies of dependencies are prerequisites",
        [
            account("a"),
            account("b", {}, { dependsOn: ["a"] }),
            account("c", { region: from("b", "x") }),
            stage("of", {}, { dependsOn: ["c"] }),
        ],
        ["a", "b", "c"],
    ],
    [
        "a resource that depends on it is not a prerequisite",
        [stage("of"), account("later", {}, { dependsOn: ["of"] })],
        [],
    ],
    ["its parent is a prerequisite", [shop, stage("of", {}, inShop)], ["shop"]],
    [
        "the dependencies of its ancestors are prerequisites",
        [
            account("a"),
            component("my:index:Shop", "shop", { dependsOn: ["a"] }),
            component("my:index:Inner", "inner", inShop),
            stage("of", {}, { parent: "inner" }),
        ],
        ["a", "inner", "shop"],
    ],
    [
        "a parent is a prerequisite, though one beside it is not",
        [account("sibling"), account("parent"), stage("of", {}, { parent: "parent" })],
        ["parent"],
    ],
    ["its siblings are not prerequisites", [shop, account("sibling", {}, inShop), stage("of", {}, inShop)], ["shop"]],
    ["its own children are not prerequisites", [stage("of"), account("child", {}, { parent: "of" })], []],
    [
        "the descendants of a component that it depends on are prerequisites",
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
        "the dependencies of a component's children are prerequisites",
        [
            account("a"),
            shop,
            account("child", {}, { parent: "shop", dependsOn: ["a"] }),
            stage("of", {}, { dependsOn: ["shop"] }),
        ],
        ["a", "child", "shop"],
    ],
    [
        "the children of a resource that is not a component are not prerequisites",
        [orders, account("child", {}, { parent: "orders" }), stage("of", {}, { dependsOn: ["orders"] })],
        ["orders"],
    ],
    [
        "the descendants of its parent are prerequisites if a dependency depends on the parent",
        [
            shop,
            account("child", {}, inShop),
            account("a", {}, { dependsOn: ["shop"] }),
            stage("of", {}, { parent: "shop", dependsOn: ["a"] }),
        ],
        ["a", "child", "of", "shop"],
    ],

    // cycles
    ["a resource that depends on itself is its own prerequisite", [stage("of", {}, { dependsOn: ["of"] })], ["of"]],
    [
        "two resources that depend on each other are both prerequisites",
        [account("a", {}, { dependsOn: ["of"] }), stage("of", {}, { dependsOn: ["a"] })],
        ["a", "of"],
    ],
    [
        "a component and a child that it depends on are both prerequisites",
        [
            component("my:index:Shop", "shop", { dependsOn: ["of"] }),
            stage("of", {}, { parent: "shop", dependsOn: ["shop"] }),
        ],
        ["of", "shop"],
    ],
]);

describe("the prerequisites of a resource", () => {
    it("are the sources of its properties, be they among its dependencies or not", () => {
        const { resources } = stack([orders, stage("of", { restApi: idOf("orders") })]);
        const [api, of] = resources.slice(-2) as [Resource, Resource];
        const linked = { ...of, dependencies: [] };
        assert.deepEqual([...dependencyIndex(stackOf([api, linked]), [linked])(api)], [linked]);
    });

    it("are its own parent, and not one beside it that has children of its own", () => {
        const inside = (parent: string) => [account(parent), stage(`in ${parent}`, {}, { parent })];
        const { stack: all, named } = stack([...inside("a"), ...inside("b")]);
        const needing = dependencyIndex(all, [named("in a"), named("in b")]);
        assert.deepEqual(
            ["a", "b"].map((name) => names(needing(named(name)))),
            [["in a"], ["in b"]],
        );
    });
});
