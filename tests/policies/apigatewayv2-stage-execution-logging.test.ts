import { apigatewayv2StageExecutionLogging as policy } from "../../policies/apigatewayv2-stage-execution-logging";
import { computed, declare, from, idOf, nativeV2Api, nativeV2Stage, v2Api, v2Stage } from "../wire/declare";
import { stackTable } from "../wire/table";

const chat = v2Api("chat", "WEBSOCKET");
const stage = (props: Record<string, unknown>, name = "prod") => v2Stage(name, { apiId: idOf("chat"), name, ...props });
const reference = declare("pulumi:pulumi:StackReference", "network", {});

const FIX = `Set loggingLevel to ERROR or INFO in the default route settings, and to OFF in no route.
defaultRouteSettings: { loggingLevel: "ERROR" }`;
const OFF = `Stage "prod" of API "chat" has execution logging off: the level in its default route settings is OFF or not stated.\n${FIX}`;
const ROUTE_FIX = FIX.replace(/default.*$/, 'routeSettings: [{ routeKey: "$connect", loggingLevel: "ERROR" }]');
const NOT_KNOWN = "whether its API is a WebSocket API is not known here";

stackTable(policy, [
    // W1 and W2, vectors 14 to 17
    { when: "ERROR by default is fine", given: [chat, stage({ defaultRouteSettings: { loggingLevel: "ERROR" } })] },
    { when: "INFO by default is fine", given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO" } })] },
    { when: "a stage without default route settings is found", given: [chat, stage({})], finds: { prod: OFF } },
    {
        when: "access logs are no execution logs",
        given: [chat, stage({ accessLogSettings: { destinationArn: "arn", format: "$context.requestId" } })],
        finds: { prod: OFF },
    },
    {
        when: "a stage with throttling only is found, before and after it exists",
        given: [chat, stage({ defaultRouteSettings: { throttlingBurstLimit: 5, loggingLevel: computed("OFF") } })],
        finds: { prod: OFF },
    },
    {
        when: "default route settings that the provider makes up state nothing",
        given: [chat, stage({ defaultRouteSettings: computed({ loggingLevel: "OFF" }) })],
        finds: { prod: OFF },
    },
    {
        when: "OFF by default is found, whatever the routes say",
        given: [
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "OFF" },
                routeSettings: [{ routeKey: "$connect", loggingLevel: "INFO" }],
            }),
        ],
        finds: { prod: OFF },
    },
    {
        when: "a level in lower case is none of AWS's",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "info" } })],
        finds: {
            prod: `Stage "prod" of API "chat" has level "info" in its default route settings, which is not ERROR or INFO.\n${FIX}`,
        },
    },
    {
        when: "levels is a set",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "ERROR" } })],
        config: { levels: ["INFO"] },
        finds: {
            prod: `Stage "prod" of API "chat" has level "ERROR" in its default route settings, which is not INFO.
Set loggingLevel to INFO in the default route settings, and to OFF in no route.
defaultRouteSettings: { loggingLevel: "INFO" }`,
        },
    },

    // W3
    {
        when: "routes that are OFF are found, all in one finding",
        given: [
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [
                    { routeKey: "$connect", loggingLevel: "OFF" },
                    { routeKey: "send", loggingLevel: "ERROR" },
                    { routeKey: "$default", loggingLevel: "OFF" },
                ],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" switches execution logging OFF for route "$connect", "$default".\n${ROUTE_FIX}`,
        },
    },
    {
        when: "a route that states no level is none of AWS's concern",
        given: [
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [{ routeKey: "$connect", throttlingBurstLimit: 5 }],
            }),
        ],
    },
    {
        when: "a stage and one of its routes may both be wrong",
        given: [chat, stage({ routeSettings: [{ loggingLevel: "OFF" }] })],
        finds: { prod: OFF.replace("not stated.", "not stated; it switches execution logging OFF for a route.") },
    },

    {
        when: "a route whose key is not known yet is told without it",
        given: [
            reference,
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [{ routeKey: from("network", "send"), loggingLevel: "OFF" }],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" switches execution logging OFF for a route.\n${ROUTE_FIX.replace("$connect", "<route key>")}`,
        },
        at: ["first preview"],
    },

    // W4 to W9: which APIs are WebSocket APIs
    { when: "an HTTP API is never flagged", given: [v2Api("chat", "HTTP"), stage({})] },
    {
        when: "an HTTP API is not flagged for a level that the provider drops",
        given: [v2Api("chat", "HTTP"), stage({ defaultRouteSettings: { loggingLevel: "OFF" } })],
    },
    { when: "an HTTP API that makes its own stage is no finding", given: [v2Api("chat", "HTTP")] },
    {
        when: "an API of another stack with a valid level is fine",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: "INFO" } })],
    },
    {
        when: "an API of another stack may be an HTTP API",
        given: [stage({ apiId: "abc123" })],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "of more than three undecided stages the rest is a number",
        given: ["a", "b", "c", "d", "e"].map((name) => stage({ apiId: "abc123" }, name)),
        undecided: `${["a", "b", "c"].map((name) => `Stage "${name}" of API "abc123": ${NOT_KNOWN}`).join("; ")}; and 2 more`,
    },
    {
        when: "all that is undecided is one line",
        given: [stage({ apiId: "abc123" }), stage({ apiId: "abc123" }, "test")],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}; Stage "test" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "a level not known yet of an API not known here is undecided",
        given: [reference, stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: from("network", "INFO") } })],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a level not known yet is undecided",
        given: [reference, chat, stage({ defaultRouteSettings: { loggingLevel: from("network", "INFO") } })],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a level not known yet is none of an HTTP API's concern",
        given: [
            reference,
            v2Api("shop", "HTTP"),
            stage({ apiId: idOf("shop"), defaultRouteSettings: { loggingLevel: from("network", "INFO") } }),
        ],
    },
    {
        when: "an API that is there already is known by its id",
        given: [
            declare("aws:apigatewayv2/api:Api", "chat", { id: "abc123", protocolType: "WEBSOCKET" }),
            stage({ apiId: "abc123" }),
        ],
        finds: { prod: OFF.replace('"chat"', '"abc123"') },
    },
    {
        when: "an API of another region is another API, whatever its id",
        given: [
            declare("aws:apigatewayv2/api:Api", "chat", {
                id: "abc123",
                protocolType: "WEBSOCKET",
                region: "us-east-1",
            }),
            stage({ apiId: "abc123" }),
        ],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "a route that is OFF is found whatever the default will be",
        given: [
            reference,
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: from("network", "INFO") },
                routeSettings: [{ routeKey: "send", loggingLevel: "OFF" }],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" switches execution logging OFF for route "send".\n${ROUTE_FIX.replace("$connect", "send")}`,
        },
    },
    {
        when: "a protocol that is neither of the two is nobody's concern",
        given: [v2Api("chat", "GRPC"), stage({})],
    },
    {
        when: "a protocol not known yet is undecided",
        given: [reference, v2Api("chat", from("network", "WEBSOCKET")), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "the name $default is no hint",
        given: [chat, stage({ name: "$default" })],
        finds: { prod: OFF.replace("prod", "$default") },
    },
    {
        when: "a stage of the same name on an HTTP API is another stage",
        given: [
            chat,
            v2Api("shop", "HTTP"),
            stage({ defaultRouteSettings: { loggingLevel: "INFO" } }),
            v2Stage("other", { apiId: idOf("shop"), name: "prod" }),
        ],
    },
    {
        when: "two stages are told each for itself",
        given: [chat, stage({}), stage({}, "test")],
        finds: { prod: OFF, test: OFF.replace("prod", "test") },
    },

    // aws-native
    {
        when: "a stage of @pulumi/aws on an API of aws-native is judged",
        given: [nativeV2Api("chat", { protocolType: "WEBSOCKET" }), stage({})],
        finds: { prod: OFF },
    },
    {
        when: "a stage of aws-native is judged",
        given: [
            nativeV2Api("chat", { protocolType: "WEBSOCKET" }),
            nativeV2Stage("prod", { apiId: idOf("chat"), stageName: "prod" }),
        ],
        finds: { prod: OFF },
    },
    {
        when: "a stage of aws-native is told by the name it has on AWS",
        given: [chat, nativeV2Stage("live", { apiId: idOf("chat"), stageName: "prod" })],
        finds: { live: OFF },
    },
    {
        when: "a stage of aws-native that logs is fine",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: { $connect: { LoggingLevel: "ERROR" }, __defaults: [] },
            }),
        ],
    },
    {
        when: "a route of aws-native that is OFF is found in either spelling",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: { $connect: { LoggingLevel: "OFF" }, send: { loggingLevel: "OFF" } },
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" switches execution logging OFF for route "$connect", "send".\n${ROUTE_FIX}`,
        },
    },
    { when: "an API of aws-native with a body is an HTTP API", given: [nativeV2Api("chat", { body: {} }), stage({})] },
    {
        when: "an API of aws-native with a body elsewhere is an HTTP API",
        given: [nativeV2Api("chat", { bodyS3Location: { bucket: "b" } }), stage({})],
    },
    {
        when: "an API of aws-native with a body that is null is undecided",
        given: [nativeV2Api("chat", { body: null }), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
    },
    {
        when: "a level that is a secret nobody can open is not known",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "[secret]" } })],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
    },
    {
        when: "an API of aws-native that states no protocol is undecided",
        given: [nativeV2Api("chat", {}), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
    },
    {
        when: "properties of every wrong type are no statement",
        given: [chat, stage({ name: 5, defaultRouteSettings: [1], routeSettings: "all" })],
        finds: { prod: OFF },
    },
]);
