import policy from "../../policies/apigatewayv2-stage-data-trace";
import { table } from "../support/rows";
import { component, computed, from, idOf, nativeV2Stage, v2Api, v2Stage, wire } from "../support/wire/declare";
import { evaluate } from "../support/wire/evaluator";
import { stackTable } from "../support/wire/table";

const chat = v2Api("chat", "WEBSOCKET");
const stage = (props: Record<string, unknown>) => v2Stage("prod", { apiId: idOf("chat"), name: "prod", ...props });
const FIX = `Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full messages.
defaultRouteSettings: { dataTraceEnabled: false }`;
const WITHOUT_CODE = FIX.replace(/\n.*$/, "");

stackTable(policy, [
    {
        when: "a stage without data tracing is fine",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO" } })],
    },
    {
        when: "data tracing that the provider computes is not a finding",
        given: [chat, stage({ defaultRouteSettings: { loggingLevel: "INFO", dataTraceEnabled: computed(false) } })],
    },
    {
        when: "data tracing by default is a finding",
        given: [chat, stage({ defaultRouteSettings: { dataTraceEnabled: true } })],
        finds: { prod: `Stage "prod" of API "chat" turns data tracing on in its default route settings.\n${FIX}` },
    },
    {
        when: "data tracing by default and for routes is one finding",
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
            prod: `Stage "prod" of API "chat" turns data tracing on in its default route settings, for route "$connect", for a route.\n${WITHOUT_CODE}`,
        },
    },
    {
        when: "the code keeps the settings of other routes",
        given: [
            chat,
            stage({
                defaultRouteSettings: { dataTraceEnabled: true },
                routeSettings: [
                    { routeKey: "$connect", loggingLevel: "INFO", dataTraceEnabled: true },
                    { routeKey: "send", throttlingBurstLimit: 5 },
                ],
            }),
        ],
        finds: {
            prod: `Stage "prod" of API "chat" turns data tracing on in its default route settings, for route "$connect".\n${FIX.replace(/\n.*$/, '\ndefaultRouteSettings: { dataTraceEnabled: false }, routeSettings: [{ routeKey: "$connect", dataTraceEnabled: false, loggingLevel: "INFO" }, { routeKey: "send", throttlingBurstLimit: 5 }]')}`,
        },
    },
    {
        when: "there is no code for routes whose settings are not all known yet",
        given: [
            component("my:index:Settings", "config"),
            chat,
            stage({
                routeSettings: [
                    { routeKey: "$connect", dataTraceEnabled: true },
                    { routeKey: "send", throttlingBurstLimit: from("config", 5) },
                ],
            }),
        ],
        at: ["first preview"],
        finds: {
            prod: `Stage "prod" of API "chat" turns data tracing on for route "$connect".\n${WITHOUT_CODE}`,
        },
    },
    {
        when: "data tracing for a route of an aws-native stage is a finding",
        given: [
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                routeSettings: { send: { DataTraceEnabled: true } },
            }),
        ],
        finds: { prod: `Stage "prod" of API "chat" turns data tracing on for route "send".\n${WITHOUT_CODE}` },
    },
    {
        when: "data tracing of an HTTP API is not a finding",
        given: [v2Api("chat", "HTTP"), stage({ defaultRouteSettings: { dataTraceEnabled: true } })],
    },
    {
        when: "data tracing is undecided if the API is in another stack",
        given: [stage({ apiId: "abc123", defaultRouteSettings: { dataTraceEnabled: true } })],
        undecided: 'Stage "prod" of API "abc123": it is not known whether its API is a WebSocket API',
    },
    {
        when: "data tracing is undecided while it is not known",
        given: [component("my:index:Settings", "config"), chat, stage({ defaultRouteSettings: from("config", {}) })],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "chat": it is not known yet whether it turns data tracing on',
    },
    {
        when: "data tracing that is not known is undecided if the API is in another stack",
        given: [
            component("my:index:Settings", "config"),
            stage({ apiId: "abc123", routeSettings: from("config", []) }),
        ],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "prod" of API "abc123": it is not known whether its API is a WebSocket API',
    },
    {
        when: "data tracing that is not known does not matter for an HTTP API",
        given: [
            component("my:index:Settings", "config"),
            v2Api("chat", "HTTP"),
            stage({ defaultRouteSettings: from("config", {}) }),
        ],
    },
    {
        when: "data tracing is not set in a block that lacks it, whatever else comes from another resource",
        given: [
            component("my:index:Settings", "config"),
            chat,
            nativeV2Stage("prod", {
                apiId: idOf("chat"),
                stageName: "prod",
                defaultRouteSettings: { loggingLevel: "INFO", throttlingBurstLimit: from("config", 5) },
            }),
        ],
    },
    {
        when: "a stage without data tracing is fine if the API is in another stack",
        given: [stage({ apiId: "abc123" })],
    },
]);

/** What fixes a stage with some settings on AWS. */
function fixesOf(props: Record<string, unknown>) {
    return evaluate(policy, wire([chat, stage(props)], "deployed"), {}).findings.flatMap(({ live = [] }) => live);
}
const fix = (...routes: readonly (string | undefined)[]) => ({
    kind: "WebSocket stage" as const,
    apiId: "id-chat",
    stageName: "prod",
    set: routes.map((route) => ({ setting: "no data trace" as const, route })),
});
const TRACED = { routeKey: "send", dataTraceEnabled: true };

table("the fix of data tracing on AWS", fixesOf, [
    ["is for the default where that traces", { defaultRouteSettings: { dataTraceEnabled: true } }, [fix(undefined)]],
    ["is for the routes that trace", { routeSettings: [TRACED, { routeKey: "read" }] }, [fix("send")]],
    [
        "is for both",
        { defaultRouteSettings: { dataTraceEnabled: true }, routeSettings: [TRACED] },
        [fix(undefined, "send")],
    ],
]);
