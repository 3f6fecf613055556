import policy from "../../policies/apigatewayv2-stage-access-logging";
import {
    computed,
    type Declared,
    declare,
    from,
    fromRead,
    idOf,
    logGroup,
    nativeV2Api,
    nativeV2Stage,
    restApi,
    stage,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

const GROUP_ARN = "arn:aws:logs:eu-west-1:123456789012:log-group:access";
const streamArn = (name: string) => `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`;
const FORMAT = "$context.requestId";

const http = v2Api("orders", "HTTP");
const webSocket = v2Api("orders", "WEBSOCKET");
const group = logGroup("access", { name: "access-1234567", arn: computed(GROUP_ARN) });
const stream = (name: unknown) =>
    declare("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "stream", { name, arn: computed("arn") });
const reference = declare("pulumi:pulumi:StackReference", "network", {});
const pet = declare("random:index/randomPet:RandomPet", "pet", {});
const fn = declare("aws:lambda/function:Function", "fn", { arn: computed("arn:fn") });
const prod = (props: Declared["props"] = {}) =>
    v2Stage("prod", { apiId: idOf("orders"), name: "prod", accessLogSettings: null, ...props });
const to = (destinationArn: unknown) => prod({ accessLogSettings: { destinationArn, format: FORMAT } });
const quick = (target: unknown = from("fn", "arn:fn")): Declared => ({
    ...http,
    props: { ...http.props, target },
});
const overrides = (stage: unknown, apiId: unknown = idOf("orders")) =>
    declare("aws-native:apigatewayv2:ApiGatewayManagedOverrides", "overrides", { apiId, stage });

const LOG = '{ destinationArn: logGroup.arn, format: JSON.stringify({ requestId: "$context.requestId" }) }';
const NONE = `Stage "prod" of API "orders" has no access log.
Set the destination and the format of the access log in the access log settings of the stage.
accessLogSettings: ${LOG}`;
const refused = (
    what: string,
) => `Stage "prod" of API "orders" sends its access log to ${what}, which API Gateway refuses.
Send the access log to a CloudWatch log group.
accessLogSettings: ${LOG}`;
const FIREHOSE = refused("Firehose");
const MISNAMED = refused("a Firehose stream whose name does not begin with amazon-apigateway-");
const SOMETHING_ELSE = refused("something that is not a CloudWatch log group");
const OF_OVERRIDES = SOMETHING_ELSE.replace("prod", "$$default").replace(
    /accessLogSettings.*/,
    () => `stage: { accessLogSettings: ${LOG} }`,
);
const QUICK = `Stage "$default" of API "orders", which API Gateway creates because the API has a target, has no access log.
Instead of the target, declare an integration, a route, and a stage with access log settings. A target cannot be removed from an API that exists, so replace the API.
new aws.apigatewayv2.Stage("orders-default", { apiId: api.id, name: "$default", autoDeploy: true, accessLogSettings: ${LOG} })`;
const NOT_KNOWN = 'Stage "prod" of API "orders": the destination of its access log is not known yet';
const PREVIEW = ["first preview", "first preview, provider v6"] as const;

stackTable(policy, [
    ...["", null, undefined].map((format) => ({
        when: `a format that is ${format === "" ? "empty" : format} is a finding`,
        given: [http, prod({ accessLogSettings: { destinationArn: GROUP_ARN, format } })],
        finds: { prod: NONE },
    })),
    {
        when: "a format that is not known yet is a format",
        given: [
            http,
            reference,
            prod({ accessLogSettings: { destinationArn: GROUP_ARN, format: from("network", FORMAT) } }),
        ],
    },
    // the settings
    { when: "an HTTP stage that logs to a log group is fine", given: [http, group, to(from("access", GROUP_ARN))] },
    { when: "a WebSocket stage that logs to a log group is fine", given: [webSocket, to(GROUP_ARN)] },
    { when: "an HTTP stage without access log settings is a finding", given: [http, prod()], finds: { prod: NONE } },
    {
        when: "a WebSocket stage without access log settings is a finding, although it writes an execution log",
        given: [webSocket, prod({ defaultRouteSettings: { loggingLevel: "INFO" } })],
        finds: { prod: NONE },
    },
    {
        when: "settings without a destination are a finding",
        given: [http, prod({ accessLogSettings: { destinationArn: "", format: FORMAT } })],
        finds: { prod: NONE },
    },
    { when: "a destination of a wrong type is a finding", given: [http, to(5)], finds: { prod: NONE } },
    {
        when: "an API with an OpenAPI body has no stage until the program declares one",
        given: [{ ...http, props: { ...http.props, body: "{}" } }],
    },
    {
        when: "a stage of an API with an OpenAPI body is checked like any other",
        given: [{ ...http, props: { ...http.props, body: "{}" } }, prod()],
        finds: { prod: NONE },
    },
    {
        when: "a stage of an API in another stack is checked, although its protocol is not known",
        given: [prod({ apiId: "abc" })],
        finds: { prod: NONE.replace("orders", "abc") },
    },
    {
        when: "an aws-native stage with a destination is fine",
        given: [
            nativeV2Api("orders", { protocolType: "HTTP" }),
            nativeV2Stage("prod", {
                apiId: idOf("orders"),
                stageName: "prod",
                accessLogSettings: { destinationArn: GROUP_ARN, format: FORMAT },
            }),
        ],
    },
    {
        when: "an aws-native stage without a destination is a finding",
        given: [
            nativeV2Api("orders", { protocolType: "HTTP" }),
            nativeV2Stage("prod", { apiId: idOf("orders"), stageName: "prod" }),
        ],
        finds: { prod: NONE },
    },
    {
        when: "a stage that is only read is not this program's",
        given: [{ ...prod({ apiId: "abc" }), isRead: true }],
        at: ["deployed"],
    },
    {
        when: "a stage of a REST API is left to another policy",
        given: [restApi("api"), stage("rest", { restApi: idOf("api"), stageName: "rest" }), http],
    },

    // destinations
    {
        when: "a destination from another stack is undecided until it is known",
        given: [http, reference, to(from("network", GROUP_ARN))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "a destination that is only read is undecided until it is known",
        given: [http, to(fromRead(GROUP_ARN))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "a stage of which nothing is known is undecided",
        given: [http, { ...prod(), hasNoOutputs: true }],
        undecided: NOT_KNOWN,
    },
    {
        when: "a destination that is not a log group is a finding",
        given: [http, to("arn:aws:s3:::logs")],
        finds: { prod: SOMETHING_ELSE },
    },
    {
        when: "an HTTP stage that logs to Firehose is a finding",
        given: [http, stream("amazon-apigateway-orders"), to(from("stream", streamArn("amazon-apigateway-orders")))],
        finds: { prod: FIREHOSE },
    },
    {
        when: "an HTTP stage that logs to Firehose is a finding, whatever the stream's name is",
        given: [http, to(streamArn("orders"))],
        finds: { prod: FIREHOSE },
    },
    {
        when: "a WebSocket stage that logs to a Firehose stream with the right name is fine",
        given: [webSocket, to(streamArn("amazon-apigateway-orders"))],
    },
    {
        when: "a WebSocket stage that logs to a Firehose stream with another name is a finding",
        given: [webSocket, to(streamArn("orders"))],
        finds: { prod: MISNAMED },
    },
    {
        when: "a stage that logs to Firehose is undecided if the protocol of its API is not known",
        given: [
            prod({
                apiId: "abc",
                accessLogSettings: { destinationArn: streamArn("amazon-apigateway-orders"), format: FORMAT },
            }),
        ],
        undecided: 'Stage "prod" of API "abc": it is not known whether its API is an HTTP API',
    },
    {
        when: "a stage that logs to a misnamed Firehose stream is a finding, whatever the protocol of its API is",
        given: [prod({ apiId: "abc", accessLogSettings: { destinationArn: streamArn("orders"), format: FORMAT } })],
        finds: { prod: MISNAMED.replace("orders", "abc") },
    },

    // quick create
    { when: "an API of quick create is a finding", given: [fn, quick()], finds: { orders: QUICK } },
    {
        when: "an API of quick create with a known target is a finding",
        given: [quick("https://example.com")],
        finds: { orders: QUICK },
    },
    {
        when: "an aws-native API of quick create is a finding",
        given: [fn, nativeV2Api("orders", { protocolType: "HTTP", target: from("fn", "arn:fn") })],
        finds: { orders: QUICK },
    },
    {
        when: "an API of quick create is a finding, although another stage has an access log",
        given: [fn, quick(), to(GROUP_ARN)],
        finds: { orders: QUICK },
    },
    {
        when: "an API with a target that is a secret that could not be decrypted is a finding",
        given: [quick("[secret]")],
        finds: { orders: QUICK },
    },
    {
        when: "an API without a target has no stage of quick create",
        given: [{ ...http, props: { ...http.props, target: null } }],
    },
    { when: "a target that the provider computes is not set", given: [quick(computed(null))] },
    { when: "a target of a wrong type is not set", given: [quick(5)] },
    {
        when: "an API without outputs is undecided, because it may have a target",
        given: [{ ...http, hasNoOutputs: true }],
        undecided: 'API "orders": it is not known whether API Gateway creates a stage for it',
    },
    {
        when: "an API that is only read is not this program's",
        given: [{ ...quick("https://example.com"), isRead: true }],
        at: ["deployed"],
    },
    {
        when: "overrides can give the stage of quick create an access log",
        given: [
            fn,
            quick(),
            group,
            overrides({ accessLogSettings: { destinationArn: from("access", GROUP_ARN), format: FORMAT } }),
        ],
    },
    {
        when: "overrides without an access log are a finding on the API",
        given: [fn, quick(), pet, overrides({ stageVariables: { a: from("pet", "b") } })],
        finds: { orders: QUICK },
    },
    {
        when: "overrides without a stage are a finding on the API",
        given: [fn, quick(), overrides(undefined)],
        finds: { orders: QUICK },
    },
    {
        when: "overrides with a wrong destination are a finding on them",
        given: [fn, quick(), overrides({ accessLogSettings: { destinationArn: "arn:aws:s3:::logs", format: FORMAT } })],
        finds: { overrides: OF_OVERRIDES },
    },
    {
        when: "overrides with a Firehose stream are a finding on them, because only HTTP APIs have quick create",
        given: [
            fn,
            quick(),
            overrides({ accessLogSettings: { destinationArn: streamArn("amazon-apigateway-x"), format: FORMAT } }),
        ],
        finds: {
            overrides: OF_OVERRIDES.replace("something that is not a CloudWatch log group", "Firehose"),
        },
    },
    {
        when: "overrides with a destination that is not known yet are undecided",
        given: [
            fn,
            quick(),
            reference,
            overrides({ accessLogSettings: { destinationArn: from("network", GROUP_ARN), format: FORMAT } }),
        ],
        undecided: NOT_KNOWN.replace("prod", "$$default"),
        at: PREVIEW,
    },
    {
        when: "overrides for another API do not count",
        given: [fn, quick(), overrides({ accessLogSettings: { destinationArn: GROUP_ARN, format: FORMAT } }, "abc")],
        finds: { orders: QUICK },
    },
    {
        when: "overrides for an API that is not known yet are undecided",
        given: [
            fn,
            quick(),
            reference,
            overrides({ accessLogSettings: { destinationArn: GROUP_ARN, format: FORMAT } }, from("network", "abc")),
        ],
        undecided: 'Stage "$default" of API "orders": which API some overrides are for is not known yet',
        at: PREVIEW,
    },
    {
        when: "overrides in another region are for another API",
        given: [
            fn,
            quick(),
            reference,
            {
                ...overrides(
                    { accessLogSettings: { destinationArn: GROUP_ARN, format: FORMAT } },
                    from("network", "abc"),
                ),
                provider: { region: "us-east-1" },
            },
        ],
        finds: { orders: QUICK },
    },
]);
