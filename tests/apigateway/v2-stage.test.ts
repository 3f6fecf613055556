import { v2Stages, writesExecutionLog } from "../../apigateway/v2-stage";
import { UNKNOWN } from "../../apigateway/values";
import { type Declared, declare, from, idOf, nativeV2Api, v2Api, v2Stage } from "../wire/declare";
import { table } from "./rows";
import { stack } from "./stack";

const stage = (props: Record<string, unknown> = {}) => v2Stage("prod", { apiId: idOf("chat"), name: "prod", ...props });
const stagesOf = (declared: readonly Declared[]) => v2Stages(stack(declared).stack);

table(
    "the protocol of a stage's API",
    (declared: readonly Declared[]) => stagesOf(declared).map(({ protocol }) => protocol),
    [
        ["is what the API states", [v2Api("chat", "WEBSOCKET"), stage()], ["WEBSOCKET"]],
        ["is what an API of aws-native states", [nativeV2Api("chat", { protocolType: "HTTP" }), stage()], ["HTTP"]],
        [
            "is stated before any body",
            [nativeV2Api("chat", { protocolType: "WEBSOCKET", body: {} }), stage()],
            ["WEBSOCKET"],
        ],
        ["is HTTP for an API with a body", [nativeV2Api("chat", { body: {} }), stage()], ["HTTP"]],
        ["is HTTP for an API with a body elsewhere", [nativeV2Api("chat", { bodyS3Location: {} }), stage()], ["HTTP"]],
        ["is unknown where the API states nothing", [nativeV2Api("chat", {}), stage()], [UNKNOWN]],
        ["is unknown without the API", [stage({ apiId: "abc123" })], [UNKNOWN]],
        [
            "is unknown for one of two APIs",
            [v2Api("chat", "WEBSOCKET"), v2Api("shop", "WEBSOCKET"), stage({ apiId: from(["chat", "shop"], "x") })],
            [UNKNOWN],
        ],
        [
            "is each its own API's",
            [v2Api("chat", "WEBSOCKET"), v2Api("shop", "HTTP"), stage(), v2Stage("other", { apiId: idOf("shop") })],
            ["HTTP", "WEBSOCKET"],
        ],
    ],
);

const chat = v2Api("chat", "WEBSOCKET");
const INFO = { defaultRouteSettings: { loggingLevel: "INFO" } };

table("writesExecutionLog", (declared: readonly Declared[]) => stagesOf(declared).map(writesExecutionLog), [
    ["a level by default does", [chat, stage(INFO)], [true]],
    [
        "a level of one route does",
        [chat, stage({ routeSettings: [{}, { routeKey: "send", loggingLevel: "ERROR" }] })],
        [true],
    ],
    ["no level does not", [chat, stage()], [false]],
    ["OFF does not", [chat, stage({ defaultRouteSettings: { loggingLevel: "OFF" } })], [false]],
    [
        "a level not known yet does not yet",
        [
            chat,
            declare("pulumi:pulumi:StackReference", "network", {}),
            stage({ defaultRouteSettings: { loggingLevel: from("network", "INFO") } }),
        ],
        [false],
    ],
    ["a level of an HTTP API does not", [v2Api("chat", "HTTP"), stage(INFO)], [false]],
    ["a level of who knows what does not", [stage({ ...INFO, apiId: "abc123" })], [false]],
]);
