import { v2Stages, writesExecutionLog } from "../../../aws/apigateway/v2-stage";
import { UNKNOWN } from "../../../stack/values";
import { table } from "../../support/rows";
import { stack } from "../../support/stack";
import { type Declared, declare, from, idOf, v2Api, v2Stage } from "../../support/wire/declare";

const stage = (props: Record<string, unknown> = {}) => v2Stage("prod", { apiId: idOf("chat"), name: "prod", ...props });
const stagesOf = (declared: readonly Declared[]) => v2Stages(stack(declared).stack);

const chat = v2Api("chat", "WEBSOCKET");
const INFO = { defaultRouteSettings: { loggingLevel: "INFO" } };

table("writesExecutionLog", (declared: readonly Declared[]) => stagesOf(declared).map(writesExecutionLog), [
    ["a stage with a default level does", [chat, stage(INFO)], [true]],
    [
        "a stage with a level for one route does",
        [chat, stage({ routeSettings: [{}, { routeKey: "send", loggingLevel: "ERROR" }] })],
        [true],
    ],
    ["a stage without a level does not", [chat, stage()], [false]],
    ["a stage at OFF does not", [chat, stage({ defaultRouteSettings: { loggingLevel: "OFF" } })], [false]],
    [
        "a stage whose level is not known yet does not",
        [
            chat,
            declare("pulumi:pulumi:StackReference", "network", {}),
            stage({ defaultRouteSettings: { loggingLevel: from("network", "INFO") } }),
        ],
        [false],
    ],
    ["a stage of an HTTP API does not", [v2Api("chat", "HTTP"), stage(INFO)], [false]],
    ["a stage whose protocol is not known does not", [stage({ ...INFO, apiId: "abc123" })], [false]],
]);

const NAMES = ["__proto__", "__route", "constructor", "toString"];
const settings = (names: readonly string[]) =>
    `{${names.map((name) => `${JSON.stringify(name)}:{"LoggingLevel":"OFF"}`).join()}}`;
const nativeStage = (routeSettings: string) =>
    declare("aws-native:apigatewayv2:Stage", "prod", { apiId: "a1", routeSettings: JSON.parse(routeSettings) });

table(
    "the routes of an aws-native stage",
    (routeSettings: string) =>
        stagesOf([nativeStage(routeSettings)]).flatMap(({ routes }) =>
            routes.map(({ routeKey, level }) => [routeKey, level]),
        ),
    [
        ["are all there, whatever they are called", settings(NAMES), NAMES.map((name) => [name, "OFF"])],
        ["are sorted, in whatever order they come", settings(NAMES.toReversed()), NAMES.map((name) => [name, "OFF"])],
        [
            "do not have the level that another route has",
            '{"__proto__":{"LoggingLevel":"OFF"},"a":{}}',
            [
                ["__proto__", "OFF"],
                ["a", undefined],
            ],
        ],
        ["are without the engine's list of defaults", '{"__defaults":[],"a":{}}', [["a", undefined]]],
    ],
);

table(
    "the data tracing of a stage",
    (defaultRouteSettings: unknown) =>
        stagesOf([chat, declare("pulumi:pulumi:StackReference", "network", {}), stage({ defaultRouteSettings })]).map(
            ({ defaults }) => defaults.dataTrace,
        ),
    [
        ["is what its settings say", { dataTraceEnabled: true }, [true]],
        [
            "is not set by settings that lack it, whatever they depend on",
            { loggingLevel: from("network", "INFO") },
            [false],
        ],
        ["is not known while none of the settings is", from("network", { dataTraceEnabled: true }), [UNKNOWN]],
    ],
);
