import policy from "../../policies/apigatewayv2-stage-execution-logging";
import {
    computed,
    declare,
    from,
    fromRead,
    idOf,
    nativeV2Api,
    nativeV2Stage,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

const chat = v2Api("chat", "WEBSOCKET");
const stage = (props: Record<string, unknown>, name = "prod") => v2Stage(name, { apiId: idOf("chat"), name, ...props });
const reference = declare("pulumi:pulumi:StackReference", "network", {});

const FIX = `Set loggingLevel to ERROR or INFO in the default route settings and in those of every route.
defaultRouteSettings: { loggingLevel: "ERROR" }`;
const OFF = `Stage "prod" of API "chat" writes no execution logs: loggingLevel in its default route settings is OFF or not set.\n${FIX}`;
const ROUTE_FIX = FIX.replace(/default[^\n]*$/, 'routeSettings: [{ routeKey: "$connect", loggingLevel: "ERROR" }]');
const WITHOUT_CODE = FIX.replace(/\n.*$/, "");
const NOT_KNOWN = "it is not known whether its API is a WebSocket API";

stackTable(policy, [
    // the default level (tests/engine/shapes.ts: W1, W2)
    { when: "ERROR by default is fine", given: [chat, stage({ defaultRouteSettings: { loggingLevel: "ERROR" } })] },
    { when: "INFO by default is fine", given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO" } })] },
    { when: "a stage without default route settings is a finding", given: [chat, stage({})], finds: { prod: OFF } },
    {
        when: "access logs are not execution logs",
        given: [chat, stage({ accessLogSettings: { destinationArn: "arn", format: "$context.requestId" } })],
        finds: { prod: OFF },
    },
    {
        when: "a stage with throttling only is a finding, before and after it is deployed",
        given: [chat, stage({ defaultRouteSettings: { throttlingBurstLimit: 5, loggingLevel: computed("OFF") } })],
        finds: { prod: OFF },
    },
    {
        when: "default route settings that the provider computes count as not set",
        given: [chat, stage({ defaultRouteSettings: computed({ loggingLevel: "OFF" }) })],
        finds: { prod: OFF },
    },
    {
        when: "OFF by default is a finding, whatever the levels of the routes are",
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
        when: "a level in lower case is a finding",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "info" } })],
        finds: {
            prod: `Stage "prod" of API "chat" sets loggingLevel to "info" in its default route settings, which is not ERROR or INFO.\n${FIX}`,
        },
    },
    {
        when: "ERROR is a finding if levels allows only INFO",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "ERROR" } })],
        config: { levels: ["INFO"] },
        finds: {
            prod: `Stage "prod" of API "chat" sets loggingLevel to "ERROR" in its default route settings, which is not INFO.
Set loggingLevel to INFO in the default route settings and in those of every route.
defaultRouteSettings: { loggingLevel: "INFO" }`,
        },
    },

    // the levels of routes (W3)
    {
        when: "all routes that are OFF are one finding",
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
            prod: `Stage "prod" of API "chat" does not log routes "$connect", "$default": loggingLevel there is OFF or not set.\n${ROUTE_FIX.replace("}]", '}, { routeKey: "send", loggingLevel: "ERROR" }, { routeKey: "$default", loggingLevel: "ERROR" }]')}`,
        },
    },
    {
        when: "a route without a level is a finding",
        given: [
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [{ routeKey: "$connect", throttlingBurstLimit: 5 }],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" does not log route "$connect": loggingLevel there is OFF or not set.\n${ROUTE_FIX.replace("}]", ", throttlingBurstLimit: 5 }]").replace(" ,", ",")}`,
        },
    },
    {
        when: "the level of a route whose key comes from another resource is undecided until it is known",
        given: [
            chat,
            declare("aws:apigatewayv2/route:Route", "send", { apiId: idOf("chat"), routeKey: "send" }),
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [{ routeKey: from("send", "send"), loggingLevel: computed("OFF") }],
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
    },
    {
        when: "a stage without a level and its route that is OFF are one finding",
        given: [chat, stage({ routeSettings: [{ loggingLevel: "OFF" }] })],
        finds: {
            prod: OFF.replace(
                "not set.",
                "not set; it does not log a route: loggingLevel there is OFF or not set.",
            ).replace(/\n.*$/, ""),
        },
    },

    {
        when: "a route whose key is not known yet is reported without the key",
        given: [
            reference,
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: [{ routeKey: from("network", "send"), loggingLevel: "OFF" }],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" does not log a route: loggingLevel there is OFF or not set.\n${WITHOUT_CODE}`,
        },
        at: ["first preview"],
    },

    // which APIs are WebSocket APIs (W4 to W9)
    { when: "a stage of an HTTP API is not a finding", given: [v2Api("chat", "HTTP"), stage({})] },
    {
        when: "a level of an HTTP API, which the provider drops, is not a finding",
        given: [v2Api("chat", "HTTP"), stage({ defaultRouteSettings: { loggingLevel: "OFF" } })],
    },
    { when: "an HTTP API that creates its own stage is not a finding", given: [v2Api("chat", "HTTP")] },
    {
        when: "a stage with an allowed level is fine if the API is in another stack",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: "INFO" } })],
    },
    {
        when: "a stage without a level is undecided if the API is in another stack",
        given: [stage({ apiId: "abc123" })],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "the URL of a stage tells that an API in another stack is a WebSocket API",
        given: [stage({ apiId: "abc123", invokeUrl: "wss://abc123.execute-api.eu-west-1.amazonaws.com/prod" })],
        finds: { prod: OFF.replace('"chat"', '"abc123"') },
    },
    {
        when: "the URL of a stage tells that an API in another stack is an HTTP API",
        given: [stage({ apiId: "abc123", invokeUrl: "https://abc123.execute-api.eu-west-1.amazonaws.com/prod" })],
    },
    {
        when: "a stage at OFF is a finding once it is deployed, because only WebSocket stages then have a level",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: "OFF" } })],
        at: ["deployed"],
        finds: { prod: OFF.replace('"chat"', '"abc123"') },
    },
    {
        when: "a stage at OFF is undecided before it is deployed, because the program may set that for an HTTP API, too",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: "OFF" } })],
        at: ["first preview", "first preview, provider v6"],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "a route $disconnect in the stack tells that an API in another stack is a WebSocket API",
        given: [
            stage({ apiId: "abc123" }),
            declare("aws:apigatewayv2/route:Route", "bye", { apiId: "abc123", routeKey: "$disconnect" }),
        ],
        finds: { prod: OFF.replace('"chat"', '"abc123"') },
    },
    {
        when: "a route of another API tells nothing",
        given: [
            stage({ apiId: "abc123" }),
            declare("aws:apigatewayv2/route:Route", "bye", { apiId: "def456", routeKey: "$disconnect" }),
        ],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "a stage without outputs is undecided",
        given: [chat, { ...stage({}), hasNoOutputs: true }],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
    },
    {
        when: "a level from a resource that is only read is undecided",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: fromRead("INFO") } })],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "route settings from a resource that is only read are undecided until they are known",
        given: [
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: fromRead([{ routeKey: "$connect", loggingLevel: "OFF" }]),
            }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
    },
    {
        when: "the protocol of an API whose id comes through an SSM parameter is known",
        given: [
            v2Api("shop", "HTTP"),
            declare("aws:ssm/parameter:Parameter", "parameter", { value: idOf("shop") }),
            stage({ apiId: idOf("shop", "parameter") }),
        ],
    },
    { when: "a stage that is only read is not evaluated", given: [chat, { ...stage({}), isRead: true }] },
    {
        when: "an API that is only read tells its protocol",
        given: [{ ...chat, isRead: true }, stage({ apiId: "id-chat" })],
        at: ["deployed"],
        finds: { prod: OFF.replace('"chat"', '"id-chat"') },
    },
    {
        when: "of more than three undecided stages, the others are only counted",
        given: ["a", "b", "c", "d", "e"].map((name) => stage({ apiId: "abc123" }, name)),
        undecided: `${["a", "b", "c"].map((name) => `Stage "${name}" of API "abc123": ${NOT_KNOWN}`).join("; ")}; and 2 more`,
    },
    {
        when: "all undecided stages are one line",
        given: [stage({ apiId: "abc123" }), stage({ apiId: "abc123" }, "test")],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}; Stage "test" of API "abc123": ${NOT_KNOWN}`,
    },
    {
        when: "a level that is not known yet is undecided if the API is in another stack",
        given: [reference, stage({ apiId: "abc123", defaultRouteSettings: { loggingLevel: from("network", "INFO") } })],
        undecided: `Stage "prod" of API "abc123": ${NOT_KNOWN}`,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a level that is not known yet is undecided",
        given: [reference, chat, stage({ defaultRouteSettings: { loggingLevel: from("network", "INFO") } })],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a level that is not known yet does not matter for an HTTP API",
        given: [
            reference,
            v2Api("shop", "HTTP"),
            stage({ apiId: idOf("shop"), defaultRouteSettings: { loggingLevel: from("network", "INFO") } }),
        ],
    },
    {
        when: "an API that exists already is found by its id",
        given: [
            declare("aws:apigatewayv2/api:Api", "chat", { id: "abc123", protocolType: "WEBSOCKET" }),
            stage({ apiId: "abc123" }),
        ],
        finds: { prod: OFF.replace('"chat"', '"abc123"') },
    },
    {
        when: "an API in another region is another API, even with the same id",
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
        when: "a route that is OFF is a finding, whatever the default will be",
        given: [
            reference,
            chat,
            stage({
                defaultRouteSettings: { loggingLevel: from("network", "INFO") },
                routeSettings: [{ routeKey: "send", loggingLevel: "OFF" }],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" does not log route "send": loggingLevel there is OFF or not set.\n${ROUTE_FIX.replace("$connect", "send")}`,
        },
    },
    {
        when: "a protocol that is neither HTTP nor WEBSOCKET is not a finding",
        given: [v2Api("chat", "GRPC"), stage({})],
    },
    {
        when: "a protocol that is not known yet is undecided",
        given: [reference, v2Api("chat", from("network", "WEBSOCKET")), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "the stage name $default does not make the API an HTTP API",
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
        when: "two stages are two findings",
        given: [chat, stage({}), stage({}, "test")],
        finds: { prod: OFF, test: OFF.replace("prod", "test") },
    },

    // aws-native
    {
        when: "a stage of @pulumi/aws without a level is a finding if the API is of aws-native",
        given: [nativeV2Api("chat", { protocolType: "WEBSOCKET" }), stage({})],
        finds: { prod: OFF },
    },
    {
        when: "an aws-native stage without a level is a finding",
        given: [
            nativeV2Api("chat", { protocolType: "WEBSOCKET" }),
            nativeV2Stage("prod", { apiId: idOf("chat"), stageName: "prod" }),
        ],
        finds: { prod: OFF },
    },
    {
        when: "an aws-native stage is reported by its name on AWS",
        given: [chat, nativeV2Stage("live", { apiId: idOf("chat"), stageName: "prod" })],
        finds: { live: OFF },
    },
    {
        when: "an aws-native stage that logs is fine",
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
        when: "a route of an aws-native stage that is OFF is a finding in either spelling",
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
            prod: `Stage "prod" of API "chat" does not log routes "$connect", "send": loggingLevel there is OFF or not set.\n${WITHOUT_CODE}`,
        },
    },
    {
        when: "the known level of a route of an aws-native stage counts, whatever else comes from another resource",
        given: [
            chat,
            declare("aws:ssm/parameter:Parameter", "limit", {}),
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "ERROR" },
                routeSettings: {
                    $connect: { LoggingLevel: "INFO", ThrottlingBurstLimit: from("limit", 5) },
                    send: { LoggingLevel: "OFF" },
                },
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" does not log route "send": loggingLevel there is OFF or not set.
Set loggingLevel to ERROR or INFO in the default route settings and in those of every route.`,
        },
    },
    { when: "an aws-native API with a body is an HTTP API", given: [nativeV2Api("chat", { body: {} }), stage({})] },
    {
        when: "an aws-native API with a body in S3 is an HTTP API",
        given: [nativeV2Api("chat", { bodyS3Location: { bucket: "b" } }), stage({})],
    },
    {
        when: "an aws-native API with a body that is null is undecided",
        given: [nativeV2Api("chat", { body: null }), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
    },
    {
        when: "a level that is a secret that could not be decrypted is undecided",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "[secret]" } })],
        undecided: 'Stage "prod" of API "chat": its logging level is not known yet',
    },
    {
        when: "an aws-native API without a protocol is undecided",
        given: [nativeV2Api("chat", {}), stage({})],
        undecided: `Stage "prod" of API "chat": ${NOT_KNOWN}`,
    },
    {
        when: "properties of wrong types count as not set",
        given: [chat, stage({ name: 5, defaultRouteSettings: [1], routeSettings: "all" })],
        finds: { prod: OFF },
    },
]);
