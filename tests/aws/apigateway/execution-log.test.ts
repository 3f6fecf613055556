import {
    loggingStages,
    restExecutionLogGroup,
    stageOfExecutionLogGroup,
    webSocketExecutionLogGroup,
} from "../../../aws/apigateway/execution-log";
import { table } from "../../support/rows";
import { stack } from "../../support/stack";
import { type Declared, declare, deployment, methodSettings, nativeStage, stage } from "../../support/wire/declare";

table(
    "the name of a stage's execution log group",
    (name: (id: string, stage: string) => string) => name("a1b2", "v1"),
    [
        ["REST", restExecutionLogGroup, "API-Gateway-Execution-Logs_a1b2/v1"],
        ["WebSocket", webSocketExecutionLogGroup, "/aws/apigateway/a1b2/v1"],
    ],
);

table("stageOfExecutionLogGroup", stageOfExecutionLogGroup, [
    ["a stage of a REST API has one", "API-Gateway-Execution-Logs_a1/prod", { kind: "REST", api: "a1", name: "prod" }],
    [
        "a canary is of its stage",
        "API-Gateway-Execution-Logs_a1/prod/Canary",
        { kind: "REST", api: "a1", name: "prod" },
    ],
    ["a stage of a WebSocket API has one", "/aws/apigateway/a1/live", { kind: "WebSocket", api: "a1", name: "live" }],
    ["a name without a stage is not one", "API-Gateway-Execution-Logs_a1", undefined],
    ["a name with more before the API is not one", "API-Gateway-Execution-Logs_x/a1/prod", undefined],
    ["a name with more after the stage is not one", "API-Gateway-Execution-Logs_a1/prod/Other", undefined],
    ["a name that begins otherwise is not one", "/aws/apilambda/:a1/prod", undefined],
]);

const onProd = { restApi: "a1", stageName: "prod" };
const logging = methodSettings("all", { ...onProd, methodPath: "*/*", settings: { loggingLevel: "INFO" } });
const CANARY = { percentTraffic: 5 };

/** The ends of the names of a stage's log groups. */
function suffixes(declared: readonly Declared[]): readonly string[] {
    return loggingStages(stack(declared).stack).flatMap((one) => one.suffixes);
}

table("the log groups of a stage", suffixes, [
    ["are one without a canary", [logging, stage("prod", onProd)], [""]],
    ["are two with a canary", [logging, stage("prod", { ...onProd, canarySettings: CANARY })], ["", "/Canary"]],
    [
        "are two with a canary of only one of the resources that create the stage",
        [logging, stage("prod", { ...onProd, canarySettings: CANARY }), deployment("v1", onProd)],
        ["", "/Canary"],
    ],
    [
        "are two with a canary of an aws-native stage",
        [
            nativeStage("prod", {
                restApiId: "a1",
                stageName: "prod",
                canarySetting: CANARY,
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
            }),
        ],
        ["", "/Canary"],
    ],
    [
        "are two with a canary of an aws-native deployment's stage",
        [
            declare("aws-native:apigateway:Deployment", "v1", {
                restApiId: "a1",
                stageName: "prod",
                stageDescription: { loggingLevel: "INFO", canarySetting: CANARY },
            }),
        ],
        ["", "/Canary"],
    ],
    [
        "are none for an aws-native deployment that creates no stage",
        [
            declare("aws-native:apigateway:Deployment", "v1", {
                restApiId: "a1",
                stageDescription: { loggingLevel: "INFO" },
            }),
        ],
        [],
    ],
]);
