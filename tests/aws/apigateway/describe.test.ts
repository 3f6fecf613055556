import type { ApiReference } from "../../../aws/apigateway/api";
import { describeStage, expressionsFor, type StageExpressions } from "../../../aws/apigateway/describe";
import { type Maybe, UNKNOWN } from "../../../stack/values";
import { type Row, table } from "../../support/rows";
import { stack } from "../../support/stack";
import { component, type Declared, deployment, restApi, stage } from "../../support/wire/declare";

const { named } = stack([restApi("orders"), restApi("returns"), stage("prod")]);

function described([name, id, ...apis]: readonly [Maybe<string>, ApiReference["id"], ...string[]]): string {
    const api: ApiReference = { id, apis: new Set(apis.map(named)), place: { props: {} } };
    return describeStage({ resource: named("prod"), name, api });
}

table("describeStage", described, [
    [
        "a stage has its name on AWS, and its API its name in the program",
        ["v1", "a1", "orders"],
        'Stage "v1" of API "orders"',
    ],
    ["an API in another stack is named by its id", ["v1", "a1"], 'Stage "v1" of API "a1"'],
    ["an API that may be one of two is named by its id", ["v1", "a1", "orders", "returns"], 'Stage "v1" of API "a1"'],
    [
        "an API that may be one of two, without a known id, is left out",
        ["v1", UNKNOWN, "orders", "returns"],
        'Stage "v1"',
    ],
    ["an API that is not known yet is left out", ["v1", UNKNOWN], 'Stage "v1"'],
    ["an API that is not set is left out", ["v1", undefined], 'Stage "v1"'],
    ["a stage whose name is not known yet has its name in the program", [UNKNOWN, "a1"], 'Stage "prod" of API "a1"'],
    ["a stage without a name has its name in the program", [undefined, "a1"], 'Stage "prod" of API "a1"'],
    ["quotes in a name are escaped as in TypeScript", ['a"b', UNKNOWN], 'Stage "a\\"b"'],
]);

/** The expressions for the stage v1, which the resource "of" creates. */
function expressions(declared: readonly Declared[]): StageExpressions {
    return expressionsFor({ resource: stack(declared).named("of"), name: "v1" });
}

const OWN: StageExpressions = {
    reachedBy: "stage",
    restApi: "stage.restApi",
    stage: "stage",
    stageName: { variable: "stage.stageName" },
};

const THROUGH_REST_API: StageExpressions = {
    reachedBy: "component",
    restApi: "api.api.id",
    stage: "api.stage",
    stageName: { variable: "api.stage.stageName" },
};

table("expressionsFor", expressions, [
    ["a Stage is used directly", [stage("of")], OWN],
    [
        "a stage that a Deployment creates is used by its name",
        [deployment("of")],
        { reachedBy: "deployment", restApi: "deployment.restApi", stage: "stage", stageName: "v1" },
    ],
    [
        "a stage of the RestAPI component is used through the component",
        [component("aws-apigateway:index:RestAPI", "shop"), stage("of", {}, { parent: "shop" })],
        THROUGH_REST_API,
    ],
    [
        "a stage deep inside awsx's API is used through that component",
        [
            component("aws:apigateway:x:API", "shop"),
            component("my:index:Inner", "inner", { parent: "shop" }),
            deployment("of", {}, { parent: "inner" }),
        ],
        { ...THROUGH_REST_API, restApi: "api.restAPI.id" },
    ],
    [
        "a stage of any other component is used directly",
        [component("my:index:Shop", "shop"), stage("of", {}, { parent: "shop" })],
        OWN,
    ],
    ...["constructor", "toString", "__proto__", "hasOwnProperty"].map(
        (type): Row<readonly Declared[], StageExpressions> => [
            `a stage of a component of the type ${type} is used directly`,
            [component(type, "shop"), stage("of", {}, { parent: "shop" })],
            OWN,
        ],
    ),
]);
