import { apiFinder } from "../../../aws/apigateway/api";
import { protocolFinder } from "../../../aws/apigateway/protocol";
import { UNKNOWN } from "../../../stack/values";
import { table } from "../../support/rows";
import { stack } from "../../support/stack";
import {
    component,
    computed,
    type Declared,
    declare,
    from,
    idOf,
    type Moment,
    nativeV2Api,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
} from "../../support/wire/declare";

const stage = (props: Record<string, unknown> = {}) => v2Stage("prod", { apiId: idOf("chat"), name: "prod", ...props });
const other = (props: Record<string, unknown>) => v2Stage("other", { apiId: "abc123", ...props });
const route = (routeKey: unknown, props: Record<string, unknown> = {}) =>
    declare("aws:apigatewayv2/route:Route", "route", { apiId: "abc123", routeKey, ...props });
const integration = (props: Record<string, unknown>) =>
    declare("aws:apigatewayv2/integration:Integration", "integration", {
        apiId: "abc123",
        connectionType: "VPC_LINK",
        ...props,
    });
const reference = declare("pulumi:pulumi:StackReference", "network", {});

/** The protocol of the API of the stage "prod". */
function protocolOf(declared: readonly Declared[], moment?: Moment) {
    const { stack: all, named } = stack(declared, moment);
    const apiOf = apiFinder(all);
    return protocolFinder(all)(named("prod"), apiOf(named("prod")));
}

table("the protocol of an API in the stack", protocolOf, [
    ["is its protocolType", [v2Api("chat", "WEBSOCKET"), stage()], "WEBSOCKET"],
    ["is its protocolType in aws-native", [nativeV2Api("chat", { protocolType: "HTTP" }), stage()], "HTTP"],
    [
        "is its protocolType, even if it has a body",
        [nativeV2Api("chat", { protocolType: "WEBSOCKET", body: {} }), stage()],
        "WEBSOCKET",
    ],
    ["is HTTP if it has a body", [nativeV2Api("chat", { body: {} }), stage()], "HTTP"],
    ["is HTTP if it has a body in S3", [nativeV2Api("chat", { bodyS3Location: {} }), stage()], "HTTP"],
    ["is unknown if it sets neither", [nativeV2Api("chat", {}), stage()], UNKNOWN],
    [
        "is that of its route if it sets neither",
        [nativeV2Api("chat", {}), stage(), route("GET /", { apiId: idOf("chat") })],
        "HTTP",
    ],
    [
        "is its protocolType, whatever a route is called",
        [v2Api("chat", "HTTP"), stage(), route("$connect", { apiId: idOf("chat") })],
        "HTTP",
    ],
    [
        "is unknown if it may be one of two that have different ones",
        [v2Api("chat", "WEBSOCKET"), v2Api("shop", "HTTP"), stage({ apiId: from(["chat", "shop"], "x") })],
        UNKNOWN,
    ],
    [
        "is unknown if it may be one of two, and that of one is not known",
        [v2Api("chat", "WEBSOCKET"), nativeV2Api("shop", {}), stage({ apiId: from(["chat", "shop"], "x") })],
        UNKNOWN,
    ],
    [
        "is unknown if it may be one of two whose protocols are not known",
        [nativeV2Api("chat", {}), nativeV2Api("shop", {}), stage({ apiId: from(["chat", "shop"], "x") })],
        UNKNOWN,
    ],
    [
        "is that of both if it may be one of two",
        [v2Api("chat", "WEBSOCKET"), v2Api("shop", "WEBSOCKET"), stage({ apiId: from(["chat", "shop"], "x") })],
        "WEBSOCKET",
    ],
    [
        "is unknown if the only one that it may be is in another region",
        [v2Api("chat", "WEBSOCKET", { provider: { region: "us-east-1" } }), stage()],
        UNKNOWN,
    ],
    [
        "is that of the only API in the component",
        [
            component("my:index:Chat", "box"),
            v2Api("chat", "WEBSOCKET", { parent: "box" }),
            v2Stage("prod", { apiId: from("box", "id-chat") }),
        ],
        "WEBSOCKET",
    ],
    [
        "is not that of another API",
        [v2Api("chat", "WEBSOCKET"), v2Api("shop", "HTTP"), stage(), other({ apiId: idOf("shop") })],
        "WEBSOCKET",
    ],
    [
        "is that of the API with the id and in the region of the stage",
        [
            declare("aws:apigatewayv2/api:Api", "a", { id: "abc123", protocolType: "HTTP", region: "us-east-1" }),
            declare("aws:apigatewayv2/api:Api", "b", { id: "abc123", protocolType: "WEBSOCKET", region: "eu-west-1" }),
            stage({ apiId: "abc123" }),
        ],
        "WEBSOCKET",
    ],
]);

const elsewhere = stage({ apiId: "abc123" });

table("the protocol of an API in another stack", protocolOf, [
    ["is unknown without a sign", [elsewhere], UNKNOWN],
    ["is WEBSOCKET by the URL of the stage", [stage({ apiId: "abc123", invokeUrl: "wss://x" })], "WEBSOCKET"],
    ["is HTTP by the URL of the stage", [stage({ apiId: "abc123", invokeUrl: "https://x" })], "HTTP"],
    ["is WEBSOCKET by the URL of another stage", [elsewhere, other({ invokeUrl: "wss://x" })], "WEBSOCKET"],
    [
        "is that of a sign of its own, even if nothing is known of the API",
        [reference, stage({ apiId: from("network", "abc123"), invokeUrl: "wss://x" })],
        "WEBSOCKET",
    ],
    [
        "is unknown by the URL of a stage of another API",
        [elsewhere, other({ apiId: "def456", invokeUrl: "wss://x" })],
        UNKNOWN,
    ],
    [
        "is unknown by the level OFF of a stage that is not deployed yet",
        [elsewhere, other({ defaultRouteSettings: { loggingLevel: "OFF" } })],
        UNKNOWN,
    ],
    ["is WEBSOCKET by a route $connect", [elsewhere, route("$connect")], "WEBSOCKET"],
    ["is WEBSOCKET by a route without a path", [elsewhere, route("send")], "WEBSOCKET"],
    ["is WEBSOCKET by a route with text before a method", [elsewhere, route("my GET /orders")], "WEBSOCKET"],
    ["is HTTP by a route with a method and a path", [elsewhere, route("ANY /orders/{proxy+}")], "HTTP"],
    ["is unknown by a route $default", [elsewhere, route("$default")], UNKNOWN],
    ["is unknown by a route whose key is not known yet", [elsewhere, route(computed("GET /"))], UNKNOWN],
    ["is unknown by a route whose key is a number", [elsewhere, route(5)], UNKNOWN],
    ["is that of one of many routes", [elsewhere, route("$default"), { ...route("GET /"), name: "second" }], "HTTP"],
    [
        "is HTTP by a private integration with an ARN",
        [elsewhere, integration({ integrationUri: "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/b/c" })],
        "HTTP",
    ],
    [
        "is WEBSOCKET by a private integration with a URL",
        [elsewhere, integration({ integrationUri: "http://example.com" })],
        "WEBSOCKET",
    ],
    [
        "is unknown by a private integration whose URI is not known yet",
        [elsewhere, integration({ integrationUri: UNKNOWN_VALUE })],
        UNKNOWN,
    ],
    [
        "is unknown by an integration that is not private",
        [
            elsewhere,
            integration({ connectionType: "INTERNET", integrationUri: "arn:aws:lambda:eu-west-1:1:function:f" }),
        ],
        UNKNOWN,
    ],
]);

table(
    "the protocol of a deployed API in another stack",
    (declared: readonly Declared[]) => protocolOf(declared, "deployed"),
    [
        [
            "is WEBSOCKET by the level OFF of a stage",
            [elsewhere, other({ defaultRouteSettings: { loggingLevel: "OFF" } })],
            "WEBSOCKET",
        ],
        [
            "is WEBSOCKET by the level OFF of a stage of which only the ARN is known",
            [elsewhere, other({ id: "", arn: "arn", defaultRouteSettings: { loggingLevel: "OFF" } })],
            "WEBSOCKET",
        ],
        [
            "is unknown if its id is known, though that comes from two of the same protocol",
            [v2Api("chat", "WEBSOCKET"), v2Api("shop", "WEBSOCKET"), stage({ apiId: from(["chat", "shop"], "x") })],
            UNKNOWN,
        ],
        [
            "is unknown by another level",
            [elsewhere, other({ defaultRouteSettings: { loggingLevel: "INFO" } })],
            UNKNOWN,
        ],
    ],
);
