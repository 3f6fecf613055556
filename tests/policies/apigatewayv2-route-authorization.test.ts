import policy from "../../policies/apigatewayv2-route-authorization";
import {
    component,
    computed,
    type Declared,
    declare,
    from,
    fromRead,
    idOf,
    nativeV2Api,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { configTable, stackTable, withPack } from "../support/wire/table";

type Props = Record<string, unknown>;

const route = (props: Props, name = "route", options = {}) =>
    declare(
        "aws:apigatewayv2/route:Route",
        name,
        { apiId: idOf("shop"), authorizationType: "NONE", ...props },
        options,
    );
const nativeRoute = (props: Props) =>
    declare("aws-native:apigatewayv2:Route", "route", { apiId: idOf("shop"), routeKey: "GET /orders", ...props });
const overrides = (props: Props) =>
    declare("aws-native:apigatewayv2:ApiGatewayManagedOverrides", "overrides", { apiId: idOf("quick"), ...props });
const quick = (target: unknown, props: Props = {}): Declared => {
    const api = v2Api("quick", "HTTP");
    return { ...api, props: { ...api.props, target, ...props } };
};

const shop = v2Api("shop", "HTTP");
const chat = v2Api("shop", "WEBSOCKET");
const fn = declare("aws:lambda/function:Function", "fn", {});
const authorizer = declare("aws:apigatewayv2/authorizer:Authorizer", "authorizer", { apiId: idOf("shop") });
const reference = declare("pulumi:pulumi:StackReference", "network", {});

const FIX = `Set authorizationType to AWS_IAM, CUSTOM (with an authorizerId) or JWT (with an authorizerId, for HTTP APIs only).
authorizationType: "AWS_IAM"`;
const NONE = "has no authorization: its authorizationType is NONE or not set";
const OPEN = `Route "GET /orders" of API "shop" ${NONE}.\n${FIX}`;
const QUICK = `The route that API Gateway creates for the target of API "quick" ${NONE}.
Declare an Integration and a Route with authorizationType AWS_IAM, CUSTOM or JWT in place of target (leaving out target replaces the API), or set the type with ApiGatewayManagedOverrides of aws-native.`;
const UNKNOWN_PROTOCOL = "it is not known whether its API is a WebSocket API";
const PREVIEWS = ["first preview", "first preview, provider v6"] as const;

stackTable(policy, [
    // HTTP APIs
    {
        when: "a route with the default authorization type is a finding",
        given: [shop, route({ routeKey: "GET /orders" })],
        finds: { route: OPEN },
    },
    {
        when: "a route without an authorization type is a finding",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: undefined })],
        finds: { route: OPEN },
    },
    {
        when: "a route with a JWT authorizer is fine",
        given: [
            shop,
            authorizer,
            route({ routeKey: "GET /orders", authorizationType: "JWT", authorizerId: from("authorizer", "a1") }),
        ],
    },
    {
        when: "a route with a Lambda authorizer is fine",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "CUSTOM" })],
    },
    {
        when: "a route with IAM is fine",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "AWS_IAM" })],
    },
    {
        when: "an API key is not an authorization type",
        given: [shop, route({ routeKey: "GET /orders", apiKeyRequired: true })],
        finds: { route: OPEN },
    },
    {
        when: "an authorizer alone is not an authorization type",
        given: [shop, authorizer, route({ routeKey: "GET /orders", authorizerId: from("authorizer", "a1") })],
        finds: { route: OPEN },
    },
    {
        when: "each route without authorization is a finding, the catch-all and preflights included",
        given: [
            shop,
            route({ routeKey: "$default" }, "all"),
            route({ routeKey: "OPTIONS /{proxy+}" }, "preflight"),
            route({ routeKey: "GET /orders", authorizationType: "JWT" }, "orders"),
        ],
        finds: {
            all: OPEN.replace("GET /orders", "$default"),
            preflight: OPEN.replace("GET /orders", "OPTIONS /{proxy+}"),
        },
    },
    {
        when: "a type in lower case is a finding",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "jwt" })],
        finds: {
            route: `Route "GET /orders" of API "shop" has authorizationType "jwt", which is not AWS_IAM, CUSTOM or JWT.\n${FIX}`,
        },
    },
    {
        when: "a list is not an authorization type",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: ["JWT"] })],
        finds: { route: OPEN },
    },
    {
        when: "a route whose key is a number is reported by its name in the program",
        given: [shop, route({ routeKey: 5 })],
        finds: { route: OPEN.replace("GET /orders", "route") },
    },
    {
        when: "a route whose key is not known yet is reported by its name in the program",
        given: [shop, reference, route({ routeKey: from("network", "GET /orders") })],
        at: PREVIEWS,
        finds: { route: OPEN.replace("GET /orders", "route") },
    },
    {
        when: "a type that is not known yet is undecided",
        given: [shop, reference, route({ routeKey: "GET /orders", authorizationType: from("network", "JWT") })],
        at: PREVIEWS,
        undecided: 'Route "GET /orders" of API "shop": its authorization type is not known yet',
    },
    {
        when: "a type that becomes known decides",
        given: [shop, reference, route({ routeKey: "GET /orders", authorizationType: from("network", "NONE") })],
        at: ["deployed"],
        finds: { route: OPEN },
    },
    {
        when: "a type from a resource that is only read is undecided until it is known",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: fromRead("JWT") })],
        at: PREVIEWS,
        undecided: 'Route "GET /orders" of API "shop": its authorization type is not known yet',
    },
    {
        when: "a type that is a secret that could not be decrypted is undecided",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "[secret]" })],
        undecided: 'Route "GET /orders" of API "shop": its authorization type is not known yet',
    },
    {
        when: "a route without outputs is undecided",
        given: [shop, { ...route({ routeKey: "GET /orders" }), hasNoOutputs: true }],
        undecided: 'Route "route" of API "shop": its authorization type is not known yet',
    },
    {
        when: "a route that is only read is not evaluated",
        given: [shop, { ...route({ routeKey: "GET /orders" }), isRead: true }],
    },
    {
        when: "the routes of a component are found under their API",
        given: [
            component("my:index:Shop", "box"),
            v2Api("shop", "HTTP", { parent: "box" }),
            route({ routeKey: "$default", apiId: undefined }, "route", { parent: "box", dependsOn: ["shop"] }),
        ],
        finds: { route: OPEN.replace("GET /orders", "$default") },
    },

    // WebSocket APIs
    {
        when: "$connect without authorization is a finding",
        given: [chat, route({ routeKey: "$connect" })],
        finds: { route: OPEN.replace("GET /orders", "$connect") },
    },
    {
        when: "$connect with a Lambda authorizer is fine, and so are the other routes",
        given: [
            chat,
            route({ routeKey: "$connect", authorizationType: "CUSTOM" }, "connect"),
            route({ routeKey: "$disconnect" }, "disconnect"),
            route({ routeKey: "$default" }, "default"),
            route({ routeKey: "send" }, "send"),
            route({ routeKey: "get", authorizationType: "jwt" }, "get"),
        ],
    },
    {
        when: "a route whose key is not known yet may be $connect, so it is undecided",
        given: [chat, reference, route({ routeKey: from("network", "send") })],
        at: PREVIEWS,
        undecided: 'Route "route" of API "shop": it is not known whether it is $connect',
    },
    {
        when: "a type that is not known yet does not matter for a route other than $connect",
        given: [chat, reference, route({ routeKey: "send", authorizationType: from("network", "NONE") })],
    },
    {
        when: "with everyWebSocketRoute, each route without authorization is a finding",
        given: [
            chat,
            route({ routeKey: "$connect" }, "connect"),
            route({ routeKey: "send" }, "send"),
            route({ routeKey: "get", authorizationType: "AWS_IAM" }, "get"),
        ],
        config: { everyWebSocketRoute: true },
        finds: {
            connect: OPEN.replace("GET /orders", "$connect"),
            send: `Route "send" of API "shop" ${NONE}.
API Gateway accepts an authorizationType on $connect only: authorize $connect, and exempt this route by a policy exception.`,
        },
    },
    {
        when: "with everyWebSocketRoute, the protocol does not matter",
        given: [route({ routeKey: "$default", apiId: "abc123" })],
        config: { everyWebSocketRoute: true },
        finds: { route: OPEN.replace("GET /orders", "$default").replace('"shop"', '"abc123"') },
    },

    // APIs whose protocol is not known
    {
        when: "a method and a path are a route of an HTTP API, even if that is in another stack",
        given: [route({ routeKey: "GET /orders", apiId: "abc123" })],
        finds: { route: OPEN.replace('"shop"', '"abc123"') },
    },
    {
        when: "a method and a path are a route of an HTTP API, even if nothing is known of that yet",
        given: [reference, route({ routeKey: "GET /orders", apiId: from("network", "abc123") })],
        at: PREVIEWS,
        finds: { route: OPEN.replace(' of API "shop"', "") },
    },
    {
        when: "$connect is a route of a WebSocket API, even if that is in another stack",
        given: [
            route({ routeKey: "$connect", apiId: "abc123" }, "connect"),
            route({ routeKey: "$disconnect", apiId: "abc123" }, "disconnect"),
            route({ routeKey: "$default", apiId: "abc123" }, "default"),
            route({ routeKey: "send", apiId: "abc123" }, "send"),
        ],
        finds: { connect: OPEN.replace("GET /orders", "$connect").replace('"shop"', '"abc123"') },
    },
    {
        when: "$default of an API in another stack is undecided without another sign of the protocol",
        given: [route({ routeKey: "$default", apiId: "abc123" })],
        undecided: `Route "$default" of API "abc123": ${UNKNOWN_PROTOCOL}`,
    },
    {
        when: "$default is a finding if another route shows that the API is an HTTP API",
        given: [
            route({ routeKey: "$default", apiId: "abc123" }),
            route({ routeKey: "GET /orders", apiId: "abc123", authorizationType: "JWT" }, "orders"),
        ],
        finds: { route: OPEN.replace("GET /orders", "$default").replace('"shop"', '"abc123"') },
    },
    {
        when: "$default is a finding if the URL of a stage shows that the API is an HTTP API",
        given: [
            route({ routeKey: "$default", apiId: "abc123" }),
            v2Stage("prod", { apiId: "abc123", invokeUrl: "https://abc123.execute-api.eu-west-1.amazonaws.com/" }),
        ],
        finds: { route: OPEN.replace("GET /orders", "$default").replace('"shop"', '"abc123"') },
    },
    {
        when: "$default with authorization is fine, whatever the protocol is",
        given: [route({ routeKey: "$default", apiId: "abc123", authorizationType: "JWT" })],
    },
    {
        when: "$default is undecided if the API may be one of two with different protocols",
        given: [
            shop,
            v2Api("other", "WEBSOCKET"),
            route({ routeKey: "$default", apiId: from(["shop", "other"], "x") }),
        ],
        at: PREVIEWS,
        undecided: `Route "$default": ${UNKNOWN_PROTOCOL}`,
    },
    {
        when: "$default is a finding if the API may be one of two HTTP APIs",
        given: [shop, v2Api("other", "HTTP"), route({ routeKey: "$default", apiId: from(["shop", "other"], "x") })],
        at: PREVIEWS,
        finds: { route: `Route "$default" ${NONE}.\n${FIX}` },
    },
    {
        when: "the protocol of an API whose id comes through an SSM parameter is known",
        given: [
            chat,
            declare("aws:ssm/parameter:Parameter", "parameter", { value: idOf("shop") }),
            route({ routeKey: "$default", apiId: idOf("shop", "parameter") }),
        ],
    },

    // authorizationTypes
    {
        when: "a type that authorizationTypes does not allow is a finding",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "JWT" })],
        config: { authorizationTypes: ["CUSTOM"] },
        finds: {
            route: `Route "GET /orders" of API "shop" has authorizationType "JWT", which is not CUSTOM.
Set authorizationType to CUSTOM (with an authorizerId).
authorizationType: "CUSTOM", authorizerId: authorizer.id`,
        },
    },
    {
        when: "a type that authorizationTypes allows is fine",
        given: [shop, route({ routeKey: "GET /orders", authorizationType: "JWT" })],
        config: { authorizationTypes: ["JWT", "CUSTOM"] },
    },
    {
        when: "a route without authorization is a finding with the allowed types",
        given: [shop, route({ routeKey: "GET /orders" })],
        config: { authorizationTypes: ["AWS_IAM"] },
        finds: {
            route: `Route "GET /orders" of API "shop" ${NONE}.
Set authorizationType to AWS_IAM.
authorizationType: "AWS_IAM"`,
        },
    },

    // aws-native
    {
        when: "an aws-native route without an authorization type is a finding",
        given: [nativeV2Api("shop", { protocolType: "HTTP" }), nativeRoute({})],
        finds: { route: OPEN },
    },
    {
        when: "an aws-native route with an authorization type is fine",
        given: [shop, nativeRoute({ authorizationType: "AWS_IAM" })],
    },

    // routes that are not resources
    { when: "an HTTP API without a target makes no route", given: [v2Api("quick", "HTTP")] },
    { when: "a target of null makes no route", given: [quick(null)] },
    {
        when: "an API with a target makes a route without authorization",
        given: [quick("https://example.com")],
        finds: { quick: QUICK },
    },
    {
        when: "a target that is not known yet makes a route, too",
        given: [fn, quick(from("fn", "arn:aws:lambda:eu-west-1:123456789012:function:fn"), { routeKey: "GET /" })],
        finds: { quick: QUICK },
    },
    {
        when: "a target that is a secret that could not be decrypted makes a route, too",
        given: [quick("[secret]")],
        finds: { quick: QUICK },
    },
    {
        when: "an aws-native API with a target makes a route without authorization",
        given: [nativeV2Api("quick", { protocolType: "HTTP", target: "https://example.com" })],
        finds: { quick: QUICK },
    },
    {
        when: "an API without outputs is undecided",
        given: [{ ...v2Api("quick", "HTTP"), hasNoOutputs: true }],
        undecided:
            'The route that API Gateway creates for the target of API "quick": its authorization type is not known yet',
    },
    { when: "an API that is only read is not evaluated", given: [{ ...quick("https://example.com"), isRead: true }] },
    {
        when: "overrides that authorize the route make it fine",
        given: [quick("https://example.com"), overrides({ route: { authorizationType: "JWT", authorizerId: "a1" } })],
    },
    {
        when: "overrides of an API of aws-native make its route fine",
        given: [
            nativeV2Api("quick", { protocolType: "HTTP", target: "https://example.com" }),
            overrides({ route: { authorizationType: "AWS_IAM" } }),
        ],
    },
    {
        when: "overrides of the stage only do not authorize the route",
        given: [quick("https://example.com"), overrides({ stage: { autoDeploy: false } })],
        finds: { quick: QUICK },
    },
    {
        when: "overrides with a type that is not allowed are a finding on the API",
        given: [quick("https://example.com"), overrides({ route: { authorizationType: "JWT" } })],
        config: { authorizationTypes: ["AWS_IAM"] },
        finds: {
            quick: QUICK.replace(NONE, 'has authorizationType "JWT", which is not AWS_IAM').replace(
                "AWS_IAM, CUSTOM or JWT",
                "AWS_IAM",
            ),
        },
    },
    {
        when: "overrides of another API do not authorize the route",
        given: [
            quick("https://example.com"),
            shop,
            overrides({ apiId: idOf("shop"), route: { authorizationType: "JWT" } }),
        ],
        finds: { quick: QUICK },
    },
    {
        when: "overrides in another region do not authorize the route, even with the same id",
        given: [
            quick("https://example.com", { id: "abc123", region: "eu-west-1" }),
            overrides({ apiId: "abc123", region: "us-east-1", route: { authorizationType: "JWT" } }),
        ],
        finds: { quick: QUICK },
    },
    {
        when: "overrides with a type that is not known yet are undecided",
        given: [
            reference,
            quick("https://example.com"),
            overrides({ route: { authorizationType: from("network", "JWT") } }),
        ],
        at: PREVIEWS,
        undecided:
            'The route that API Gateway creates for the target of API "quick": its authorization type is not known yet',
    },
    {
        when: "overrides that may be of another API are undecided",
        given: [
            reference,
            quick("https://example.com"),
            overrides({ apiId: from("network", "id-quick"), route: { authorizationType: "JWT" } }),
        ],
        at: PREVIEWS,
        undecided:
            'The route that API Gateway creates for the target of API "quick": its authorization type is not known yet',
    },
    {
        when: "overrides that may be of another API do not matter if others set a type",
        given: [
            reference,
            quick("https://example.com"),
            { ...overrides({ apiId: from("network", "x"), route: { authorizationType: "NONE" } }), name: "first" },
            overrides({ route: { authorizationType: "JWT" } }),
        ],
    },
    {
        when: "overrides that may be of another API do not matter if they set no type",
        given: [reference, quick("https://example.com"), overrides({ apiId: from("network", "id-quick") })],
        finds: { quick: QUICK },
    },
    {
        when: "overrides of wrong types do not authorize the route",
        given: [quick("https://example.com"), overrides({ route: "JWT" })],
        finds: { quick: QUICK },
    },
    { when: "a target of a wrong type makes no route", given: [quick(["https://example.com"])] },
    { when: "routes in a body are not visible", given: [{ ...shop, props: { ...shop.props, body: computed("{}") } }] },
]);

describe(policy.name, () => {
    const pack = withPack();

    configTable(policy, pack, [
        {
            when: "with a misspelt key",
            config: { everyWebsocketRoutes: true },
            fails: 'there is no config key "everyWebsocketRoutes". Did you mean "everyWebSocketRoute"?',
        },
    ]);
});
