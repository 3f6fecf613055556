import { ofType } from "../../stack/stack";
import { table } from "../support/rows";
import { names, stack } from "../support/stack";
import { component, type Declared, logGroup, restApi, stage } from "../support/wire/declare";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const orders = restApi("orders");
const shop = component("my:index:Shop", "shop");
const inShop = { parent: "shop" };

table(
    "ofType",
    (types: readonly string[]) =>
        names(ofType(stack([orders, stage("prod"), stage("test"), logGroup("logs")]).stack, ...types)),
    [
        ["gives all resources of a type", [STAGE], ["prod", "test"]],
        ["gives all resources of several types", [STAGE, REST_API], ["orders", "prod", "test"]],
        ["gives nothing for a part of a type", ["aws:apigateway/stage"], []],
        ["gives nothing without a type", [], []],
    ],
);

table(
    "stackOf",
    (declared: readonly Declared[]) => {
        const { stack: all, resources } = stack(declared);
        return resources.flatMap((one) => {
            const children = all.children.get(one);
            return children === undefined ? [] : [[one.name, names(children)]];
        });
    },
    [
        [
            "has the children of each parent",
            [shop, restApi("orders", {}, inShop), restApi("returns", {}, inShop)],
            [
                ["shop-dev", ["shop"]],
                ["shop", ["orders", "returns"]],
            ],
        ],
        ["has no children if there are no resources", [], []],
    ],
);
