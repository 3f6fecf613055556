import policy from "../../policies/apigatewayv2-integration-private-https";
import { component, declare, from, fromRead, idOf, nativeV2Api, secret, v2Api, v2Stage } from "../support/wire/declare";
import { configTable, stackTable, withPack } from "../support/wire/table";

type Props = Record<string, unknown>;

const LISTENER =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/orders/0123456789abcdef/0123456789abcdef";

const shop = v2Api("shop", "HTTP");
const chat = v2Api("shop", "WEBSOCKET");
const link = declare("aws:apigatewayv2/vpcLink:VpcLink", "link", {});
const listener = declare("aws:lb/listener:Listener", "listener", {});
const reference = declare("pulumi:pulumi:StackReference", "network", {});
const integration = (props: Props, options = {}) =>
    declare(
        "aws:apigatewayv2/integration:Integration",
        "orders",
        { apiId: idOf("shop"), integrationType: "HTTP_PROXY", connectionType: "VPC_LINK", ...props },
        options,
    );
const nativeIntegration = (props: Props) =>
    declare("aws-native:apigatewayv2:Integration", "orders", {
        apiId: idOf("shop"),
        integrationType: "HTTP_PROXY",
        ...props,
    });

const PLAIN = `Integration "orders" of API "shop" goes through a VPC link without TLS: it has no tlsConfig.
Set tlsConfig, and let the listener or service behind the VPC link use HTTPS. serverNameToVerify is the name on its certificate.
tlsConfig: { serverNameToVerify: "<name on the certificate>" }`;
const UNKNOWN_PROTOCOL = "it is not known whether its API is an HTTP API";
const PREVIEWS = ["first preview", "first preview, provider v6"] as const;

stackTable(policy, [
    {
        when: "a private integration without a TLS configuration is a finding",
        given: [
            shop,
            link,
            listener,
            integration({ connectionId: from("link", "l1"), integrationUri: from("listener", LISTENER) }),
        ],
        finds: { orders: PLAIN },
    },
    {
        when: "a TLS configuration of null, as providers send it, is not set",
        given: [shop, integration({ tlsConfig: null })],
        finds: { orders: PLAIN },
    },
    {
        when: "a URL with https is not a TLS configuration",
        given: [shop, integration({ integrationUri: "https://orders.example.com" })],
        finds: { orders: PLAIN },
    },
    {
        when: "a private integration with a server name is fine",
        given: [shop, integration({ tlsConfig: { serverNameToVerify: "orders.example.com" } })],
    },
    { when: "an empty TLS configuration is enough", given: [shop, integration({ tlsConfig: {} })] },
    {
        when: "a TLS configuration without a server name, as the provider returns it, is enough",
        given: [shop, integration({ tlsConfig: { serverNameToVerify: "" } })],
    },
    {
        when: "a TLS configuration with a server name of null is enough",
        given: [shop, integration({ tlsConfig: { serverNameToVerify: null } })],
    },
    {
        when: "a server name that is a secret is enough",
        given: [shop, integration({ tlsConfig: { serverNameToVerify: secret("orders.example.com") } })],
    },
    {
        when: "a server name that is not known yet is enough where its block is sent",
        given: [
            shop,
            reference,
            integration({ tlsConfig: { serverNameToVerify: from("network", "orders.example.com") } }),
        ],
    },
    {
        when: "a TLS configuration that is not known yet is undecided",
        given: [shop, reference, integration({ tlsConfig: from("network", {}) })],
        at: PREVIEWS,
        undecided: 'Integration "orders" of API "shop": its TLS configuration is not known yet',
    },
    {
        when: "a TLS configuration from a resource that is only read is undecided",
        given: [shop, integration({ tlsConfig: fromRead({}) })],
        at: PREVIEWS,
        undecided: 'Integration "orders" of API "shop": its TLS configuration is not known yet',
    },
    {
        when: "a TLS configuration that is a text is not one",
        given: [shop, integration({ tlsConfig: "yes" })],
        finds: { orders: PLAIN },
    },
    {
        when: "a TLS configuration that is a list is not one",
        given: [shop, integration({ tlsConfig: [{}] })],
        finds: { orders: PLAIN },
    },
    {
        when: "an integration through the internet is not a finding",
        given: [shop, integration({ connectionType: "INTERNET" })],
    },
    { when: "an integration without a connection type is not private", given: [shop, nativeIntegration({})] },
    {
        when: "a connection type of a wrong type is not set",
        given: [shop, integration({ connectionType: ["VPC_LINK"] })],
    },
    {
        when: "a connection type that is not known yet is undecided",
        given: [shop, reference, integration({ connectionType: from("network", "VPC_LINK") })],
        at: PREVIEWS,
        undecided: 'Integration "orders" of API "shop": its connection type is not known yet',
    },
    {
        when: "a connection type that is not known yet does not matter with a TLS configuration",
        given: [shop, reference, integration({ connectionType: from("network", "VPC_LINK"), tlsConfig: {} })],
    },
    {
        when: "an integration without outputs is undecided",
        given: [shop, { ...integration({}), hasNoOutputs: true }],
        undecided: 'Integration "orders" of API "shop": its connection type is not known yet',
    },
    { when: "an integration that is only read is not evaluated", given: [shop, { ...integration({}), isRead: true }] },

    // WebSocket APIs
    {
        when: "a private integration of a WebSocket API cannot have a TLS configuration",
        given: [chat, integration({ integrationUri: "http://orders.example.com" })],
    },
    {
        when: "an unknown connection type does not matter for a WebSocket API",
        given: [chat, reference, integration({ connectionType: from("network", "VPC_LINK") })],
    },
    {
        when: "an integration without outputs does not matter for a WebSocket API",
        given: [chat, { ...integration({}), hasNoOutputs: true }],
    },
    { when: "a protocol that is neither is not a finding", given: [v2Api("shop", "GRPC"), integration({})] },

    // APIs whose protocol is not known
    {
        when: "an integration of an API in another stack is undecided",
        given: [integration({ apiId: "abc123" })],
        undecided: `Integration "orders" of API "abc123": ${UNKNOWN_PROTOCOL}`,
    },
    {
        when: "the ARN of a listener shows that the API is an HTTP API",
        given: [integration({ apiId: "abc123", integrationUri: LISTENER })],
        finds: { orders: PLAIN.replace('"shop"', '"abc123"') },
    },
    {
        when: "a URL shows that the API is a WebSocket API",
        given: [integration({ apiId: "abc123", integrationUri: "http://orders.example.com" })],
    },
    {
        when: "a route with a path shows that the API in another stack is an HTTP API",
        given: [
            listener,
            integration({ apiId: "abc123", integrationUri: from("listener", LISTENER) }),
            declare("aws:apigatewayv2/route:Route", "route", { apiId: "abc123", routeKey: "ANY /orders" }),
        ],
        finds: { orders: PLAIN.replace('"shop"', '"abc123"') },
    },
    {
        when: "the URL of a stage shows that the API in another stack is a WebSocket API",
        given: [
            integration({ apiId: "abc123" }),
            v2Stage("prod", { apiId: "abc123", invokeUrl: "wss://abc123.execute-api.eu-west-1.amazonaws.com/prod" }),
        ],
    },
    {
        when: "an integration through the internet is fine, whatever the protocol is",
        given: [integration({ apiId: "abc123", connectionType: "INTERNET" })],
    },
    {
        when: "an integration with a TLS configuration is fine, whatever the protocol is",
        given: [integration({ apiId: "abc123", tlsConfig: {} })],
    },
    {
        when: "a protocol that is not known yet is undecided",
        given: [reference, v2Api("shop", from("network", "HTTP")), integration({})],
        at: PREVIEWS,
        undecided: `Integration "orders" of API "shop": ${UNKNOWN_PROTOCOL}`,
    },

    // aws-native, components
    {
        when: "a private aws-native integration without a TLS configuration is a finding",
        given: [nativeV2Api("shop", { protocolType: "HTTP" }), nativeIntegration({ connectionType: "VPC_LINK" })],
        finds: { orders: PLAIN },
    },
    {
        when: "a private aws-native integration with a TLS configuration is fine",
        given: [shop, nativeIntegration({ connectionType: "VPC_LINK", tlsConfig: {} })],
    },
    {
        when: "an integration of an API with a body is one of an HTTP API",
        given: [nativeV2Api("shop", { body: {} }), integration({})],
        finds: { orders: PLAIN },
    },
    {
        when: "an integration of the only API in a component is a finding",
        given: [
            component("my:index:Shop", "box"),
            v2Api("shop", "HTTP", { parent: "box" }),
            integration({ apiId: from("box", "id-shop") }),
        ],
        at: PREVIEWS,
        finds: { orders: PLAIN },
    },
]);

describe(policy.name, () => {
    const pack = withPack();

    configTable(policy, pack, [
        {
            when: "with an unknown key",
            config: { serverName: "x" },
            fails: 'there is no config key "serverName". Its keys are "exemptions", "exemptionTag".',
        },
    ]);
});
