import type { ApiReference } from "../../apigateway/api";
import { describeStage, finding, quote, reach } from "../../apigateway/messages";
import { type Maybe, UNKNOWN } from "../../apigateway/values";
import { component, type Declared, deployment, restApi, stage } from "../wire/declare";
import { table } from "./rows";
import { stack } from "./stack";

const { named } = stack([restApi("orders"), restApi("returns"), stage("prod")]);

function told([name, id, ...apis]: readonly [Maybe<string>, ApiReference["id"], ...string[]]): string {
    const api: ApiReference = { id, apis: new Set(apis.map(named)), region: undefined };
    return describeStage({ resource: named("prod"), name, api });
}

table("describeStage", told, [
    ["the stage's own name, and the API's in the program", ["v1", "a1", "orders"], 'Stage "v1" of API "orders"'],
    ["an API of another stack by its id", ["v1", "a1"], 'Stage "v1" of API "a1"'],
    ["an API that may be one of two by its id", ["v1", "a1", "orders", "returns"], 'Stage "v1" of API "a1"'],
    [
        "an API that may be one of two, and has no id yet, not at all",
        ["v1", UNKNOWN, "orders", "returns"],
        'Stage "v1"',
    ],
    ["an API not known yet not at all", ["v1", UNKNOWN], 'Stage "v1"'],
    ["no API not at all", ["v1", undefined], 'Stage "v1"'],
    ["a stage whose name is not known yet by its name in the program", [UNKNOWN, "a1"], 'Stage "prod" of API "a1"'],
    ["a stage without a name by its name in the program", [undefined, "a1"], 'Stage "prod" of API "a1"'],
    ["a name with quotes as TypeScript writes it", ['a"b', UNKNOWN], 'Stage "a\\"b"'],
]);

table("finding", (parts: readonly [string, string, string?]) => finding(...parts), [
    ["the fact, the fix, the code, a line each", ["Fact.", "Fix.", "code"], "Fact.\nFix.\ncode"],
    ["no line for no code", ["Fact.", "Fix."], "Fact.\nFix."],
    ["no line for a line break in a part", ["GET /a\r\nb", "Fix."], "GET /a\\r\\nb\nFix."],
]);

table("quote", quote, [
    ["a name", "prod", '"prod"'],
    ["a name that needs escaping", 'a"\\\n', '"a\\"\\\\\\n"'],
]);

/** How to reach the stage that the resource "of" makes, whose name is v1. */
function reached(declared: readonly Declared[]): ReturnType<typeof reach> {
    return reach({ resource: stack(declared).named("of"), name: "v1" });
}

table("reach", reached, [
    ["a Stage", [stage("of")], { restApi: "stage.restApi", stageName: "stage.stageName" }],
    [
        "a Deployment, which has no stage to ask for its name",
        [deployment("of")],
        { restApi: "deployment.restApi", stageName: '"v1"' },
    ],
    [
        "a stage of the RestAPI component",
        [component("aws-apigateway:index:RestAPI", "shop"), stage("of", {}, { parent: "shop" })],
        { restApi: "api.api.id", stageName: "api.stage.stageName" },
    ],
    [
        "a stage of awsx's API, deeper down",
        [
            component("aws:apigateway:x:API", "shop"),
            component("my:index:Inner", "inner", { parent: "shop" }),
            deployment("of", {}, { parent: "inner" }),
        ],
        { restApi: "api.restAPI.id", stageName: "api.stage.stageName" },
    ],
    [
        "a stage of a component that nobody knows",
        [component("my:index:Shop", "shop"), stage("of", {}, { parent: "shop" })],
        { restApi: "stage.restApi", stageName: "stage.stageName" },
    ],
]);
