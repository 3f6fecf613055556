import { apigatewayv2StageDataTrace as policy } from "../../policies/apigatewayv2-stage-data-trace";
import { computed, idOf, nativeV2Stage, v2Api, v2Stage } from "../wire/declare";
import { stackTable } from "../wire/table";

const chat = v2Api("chat", "WEBSOCKET");
const stage = (props: Record<string, unknown>) => v2Stage("prod", { apiId: idOf("chat"), name: "prod", ...props });
const FIX = "Set dataTraceEnabled to false, or leave it out.\ndataTraceEnabled: false";

stackTable(policy, [
    {
        when: "a stage without data tracing is fine",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO" } })],
    },
    {
        when: "data tracing that the provider works out is not stated",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO", dataTraceEnabled: computed(false) } })],
    },
    {
        when: "data tracing by default is found",
        given: [chat, stage({ defaultRouteSettings: { dataTraceEnabled: true } })],
        finds: { prod: `Stage "prod" of API "chat" logs full messages by its default route settings.\n${FIX}` },
    },
    {
        when: "data tracing for routes is found, all in one finding",
        given: [
            chat,
            stage({
                defaultRouteSettings: { dataTraceEnabled: true },
                routeSettings: [
                    { routeKey: "$connect", dataTraceEnabled: true },
                    { routeKey: "send", dataTraceEnabled: false },
                    { dataTraceEnabled: true },
                ],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" logs full messages by its default route settings, for route "$connect", for a route.\n${FIX}`,
        },
    },
    {
        when: "data tracing for a route of aws-native is found",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                routeSettings: { send: { DataTraceEnabled: true } },
            }),
        ],
        finds: { prod: `Stage "prod" of API "chat" logs full messages for route "send".\n${FIX}` },
    },
    {
        when: "an HTTP API cannot trace data",
        given: [v2Api("chat", "HTTP"), stage({ defaultRouteSettings: { dataTraceEnabled: true } })],
    },
    {
        when: "an API of another stack may be an HTTP API",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { dataTraceEnabled: true } })],
        undecided: 'Stage "prod" of API "abc123": whether its API is a WebSocket API is not known here',
    },
    { when: "an API of another stack without data tracing is fine", given: [stage({ apiId: "abc123" })] },
]);
