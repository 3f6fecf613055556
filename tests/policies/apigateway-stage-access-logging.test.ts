import policy from "../../policies/apigateway-stage-access-logging";
import {
    component,
    computed,
    type Declared,
    declare,
    deployment,
    from,
    fromRead,
    idOf,
    interpolate,
    logGroup,
    nativeLogGroup,
    nativeStage,
    restApi,
    stage,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

const GROUP_ARN = "arn:aws:logs:eu-west-1:123456789012:log-group:access";
const streamArn = (name: string) => `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`;
const FORMAT = "$context.requestId";

const orders = restApi("orders");
const group = logGroup("access", { name: "access-1234567", arn: computed(GROUP_ARN) });
const stream = (name: unknown) =>
    declare("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "stream", { name, arn: computed("arn") });
const nativeStream = (deliveryStreamName: unknown) =>
    declare("aws-native:kinesisfirehose:DeliveryStream", "stream", { deliveryStreamName, arn: computed("arn") });
const reference = declare("pulumi:pulumi:StackReference", "network", {});
const pet = declare("random:index/randomPet:RandomPet", "pet", {});

const prod = (props: Declared["props"] = {}) =>
    stage("prod", { restApi: idOf("orders"), stageName: "prod", accessLogSettings: null, ...props });
const to = (destinationArn: unknown, format: unknown = FORMAT) =>
    prod({ accessLogSettings: { destinationArn, format } });
const native = (props: Declared["props"]) =>
    nativeStage("prod", { restApiId: idOf("orders"), stageName: "prod", ...props });
const makesStage = (props: Declared["props"] = {}) =>
    deployment("v1", { restApi: idOf("orders"), stageName: "prod", ...props });
const nativeDeployment = (stageDescription: unknown) =>
    declare("aws-native:apigateway:Deployment", "v1", {
        restApiId: idOf("orders"),
        stageName: "prod",
        stageDescription,
    });

const LOG = '{ destinationArn: logGroup.arn, format: JSON.stringify({ requestId: "$context.requestId" }) }';
const NONE = `Stage "prod" of API "orders" has no access log.
Set the destination and the format of the access log in the access log settings of the stage.
accessLogSettings: ${LOG}`;
const NATIVE = NONE.replace("accessLogSettings", "accessLogSetting");
const NATIVE_DEPLOYMENT = NONE.replace(/accessLogSettings.*/, () => `stageDescription: { accessLogSetting: ${LOG} }`);
const OF_DEPLOYMENT = `Stage "prod" of API "orders" has no access log.
Remove stageName from the Deployment, and declare the stage as a resource of its own, with access log settings.
new aws.apigateway.Stage("v1-stage", { restApi: deployment.restApi, deployment: deployment.id, stageName: "prod", accessLogSettings: ${LOG} })`;
const refused = (
    what: string,
) => `Stage "prod" of API "orders" sends its access log to ${what}, which API Gateway refuses.
Send the access log to a CloudWatch log group, or to a Firehose stream whose name begins with amazon-apigateway-.
accessLogSettings: ${LOG}`;
const MISNAMED = refused("a Firehose stream whose name does not begin with amazon-apigateway-");
const SOMETHING_ELSE = refused("something that is neither a CloudWatch log group nor a Firehose stream");
const NOT_KNOWN = 'Stage "prod" of API "orders": the destination of its access log is not known yet';
const PREVIEW = ["first preview", "first preview, provider v6"] as const;

stackTable(policy, [
    // the settings
    { when: "a stage that logs to a log group is fine", given: [orders, group, to(from("access", GROUP_ARN))] },
    { when: "a stage without access log settings is a finding", given: [orders, prod()], finds: { prod: NONE } },
    {
        when: "settings that the provider computes count as not set",
        given: [orders, prod({ accessLogSettings: computed(null) })],
        finds: { prod: NONE },
    },
    {
        when: "settings without a destination are a finding",
        given: [orders, prod({ accessLogSettings: { format: FORMAT } })],
        finds: { prod: NONE },
    },
    ...["", null, undefined, 5].map((format) => ({
        when: `a format that is ${format === "" ? "empty" : format} is a finding`,
        given: [orders, prod({ accessLogSettings: { destinationArn: GROUP_ARN, format } })],
        finds: { prod: NONE },
    })),
    {
        when: "an empty format is a finding, whatever the destination is",
        given: [orders, group, to(from("access", GROUP_ARN), "")],
        finds: { prod: NONE },
    },
    {
        when: "a format that is not known yet is a format",
        given: [orders, reference, to(GROUP_ARN, from("network", FORMAT))],
    },
    { when: "an empty destination is a finding", given: [orders, to("")], finds: { prod: NONE } },
    { when: "a destination of a wrong type is a finding", given: [orders, to([GROUP_ARN])], finds: { prod: NONE } },
    {
        when: "settings of a wrong type are a finding",
        given: [orders, prod({ accessLogSettings: GROUP_ARN })],
        finds: { prod: NONE },
    },
    {
        when: "a stage that writes an execution log only is a finding",
        given: [
            orders,
            prod(),
            declare("aws:apigateway/methodSettings:MethodSettings", "all", {
                restApi: idOf("orders"),
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: "INFO" },
            }),
        ],
        finds: { prod: NONE },
    },

    // log groups
    { when: "a known log group of another stack is fine", given: [orders, to(GROUP_ARN)] },
    {
        when: "a log group in another partition is fine",
        given: [orders, to(`${GROUP_ARN.replace("aws", "aws-cn")}:*`)],
    },
    {
        when: "a log group whose ARN is made of its name is fine",
        given: [
            orders,
            group,
            to(interpolate`arn:aws:logs:eu-west-1:123456789012:log-group:${from("access", "access-1234567")}`),
        ],
    },
    {
        when: "settings that come from a log group as a whole are fine",
        given: [
            orders,
            group,
            prod({ accessLogSettings: from("access", { destinationArn: GROUP_ARN, format: FORMAT }) }),
        ],
    },
    {
        when: "a log group inside a component is fine",
        given: [
            orders,
            component("my:index:Logs", "logs"),
            logGroup("access", { name: "access" }, { parent: "logs" }),
            to(from("logs", GROUP_ARN)),
        ],
    },
    {
        when: "a log group that is passed on by a parameter is fine",
        given: [
            orders,
            group,
            declare("aws:ssm/parameter:Parameter", "arn", { value: from("access", GROUP_ARN) }),
            to(from("arn", GROUP_ARN)),
        ],
    },
    {
        when: "a log group that is passed on by another stage is fine",
        given: [
            orders,
            group,
            to(from("access", GROUP_ARN)),
            stage("test", {
                restApi: idOf("orders"),
                stageName: "test",
                accessLogSettings: { destinationArn: from("prod", GROUP_ARN), format: FORMAT },
            }),
        ],
    },
    {
        when: "an aws-native log group is fine",
        given: [orders, nativeLogGroup("access", { logGroupName: "access" }), to(from("access", `${GROUP_ARN}:*`))],
    },

    // Firehose
    {
        when: "a Firehose stream with the right name is fine",
        given: [orders, stream("amazon-apigateway-orders"), to(from("stream", streamArn("amazon-apigateway-orders")))],
    },
    {
        when: "a Firehose stream with another name is a finding",
        given: [orders, stream("orders-1234567"), to(from("stream", streamArn("orders-1234567")))],
        finds: { prod: MISNAMED },
    },
    {
        when: "an aws-native Firehose stream with the right name is fine",
        given: [orders, nativeStream("amazon-apigateway-o"), to(from("stream", streamArn("amazon-apigateway-o")))],
    },
    {
        when: "an aws-native Firehose stream with another name is a finding",
        given: [orders, nativeStream("orders"), to(from("stream", streamArn("orders")))],
        finds: { prod: MISNAMED },
    },
    {
        when: "a Firehose stream whose name is not known yet is undecided",
        given: [orders, pet, stream(from("pet", "orders")), to(from("stream", streamArn("orders")))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "a Firehose stream whose name is of a wrong type is undecided",
        given: [orders, stream(["orders"]), to(from("stream", streamArn("orders")))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "one of two Firehose streams is fine if both have the right name",
        given: [
            orders,
            stream("amazon-apigateway-a"),
            { ...stream("amazon-apigateway-b"), name: "other" },
            to(from(["stream", "other"], streamArn("amazon-apigateway-a"))),
        ],
    },
    {
        when: "either a log group or a Firehose stream is undecided until it is known",
        given: [orders, group, stream("orders"), to(from(["access", "stream"], GROUP_ARN))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },

    // other destinations
    {
        when: "a destination that is neither a log group nor a stream is a finding",
        given: [orders, to("arn:aws:s3:::logs")],
        finds: { prod: SOMETHING_ELSE },
    },
    {
        when: "a data stream is not a Firehose stream",
        given: [orders, to("arn:aws:kinesis:eu-west-1:123456789012:stream/amazon-apigateway-orders")],
        finds: { prod: SOMETHING_ELSE },
    },
    {
        when: "a destination from another stack is undecided until it is known",
        given: [orders, reference, to(from("network", GROUP_ARN))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "a destination that is only read is undecided until it is known",
        given: [orders, to(fromRead(GROUP_ARN))],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "a destination that cannot be read is undecided",
        given: [orders, { ...to("[secret]") }],
        undecided: NOT_KNOWN,
    },
    {
        when: "a stage of which nothing is known is undecided",
        given: [orders, { ...prod(), hasNoOutputs: true }],
        undecided: NOT_KNOWN,
    },
    {
        when: "a stage that is only read is not this program's",
        given: [{ ...prod({ restApi: "abc" }), isRead: true }],
        at: ["deployed"],
    },

    // what makes a stage
    { when: "a stage of a deployment is a finding", given: [orders, makesStage()], finds: { v1: OF_DEPLOYMENT } },
    {
        when: "a stage of a deployment whose name is not known yet is a finding",
        given: [orders, pet, makesStage({ stageName: from("pet", "prod") })],
        finds: { v1: OF_DEPLOYMENT.replace('"prod"', '"v1"').replace('"prod"', "deployment.stageName") },
        at: PREVIEW,
    },
    {
        when: "a deployment without a stage is fine",
        given: [orders, deployment("v1", { restApi: idOf("orders") })],
    },
    {
        when: "a deployment and a Stage that make the same stage need one destination",
        given: [orders, makesStage(), to(GROUP_ARN)],
    },
    {
        when: "a deployment and a Stage that make the same stage are a finding on the Stage if neither has a destination",
        given: [orders, makesStage(), prod()],
        finds: { prod: NONE },
    },
    {
        when: "an aws-native stage with a destination is fine",
        given: [orders, native({ accessLogSetting: { destinationArn: GROUP_ARN, format: FORMAT } })],
    },
    {
        when: "an aws-native stage without a destination is a finding",
        given: [orders, native({ accessLogSetting: { format: FORMAT } })],
        finds: { prod: NATIVE },
    },
    {
        when: "an aws-native stage has other settings than one of @pulumi/aws",
        given: [orders, native({ accessLogSettings: { destinationArn: GROUP_ARN, format: FORMAT } })],
        finds: { prod: NATIVE },
    },
    {
        when: "an aws-native deployment with a destination in its stage description is fine",
        given: [
            orders,
            group,
            nativeDeployment({ accessLogSetting: { destinationArn: from("access", GROUP_ARN), format: FORMAT } }),
        ],
    },
    {
        when: "an aws-native deployment without a stage description is a finding",
        given: [orders, nativeDeployment(undefined)],
        finds: { v1: NATIVE_DEPLOYMENT },
    },
    {
        when: "a stage description without a destination is a finding, whatever else of it is not known yet",
        given: [
            orders,
            declare("aws:dynamodb/table:Table", "table", {}),
            nativeDeployment({ variables: { table: from("table", "t") } }),
        ],
        finds: { v1: NATIVE_DEPLOYMENT },
    },
    {
        when: "a stage description that is not known yet is undecided",
        given: [
            orders,
            reference,
            nativeDeployment(from("network", { accessLogSetting: { destinationArn: GROUP_ARN, format: FORMAT } })),
        ],
        undecided: NOT_KNOWN,
        at: PREVIEW,
    },
    {
        when: "stages of HTTP and WebSocket APIs are left to another policy",
        given: [v2Api("chat", "WEBSOCKET"), v2Stage("prod", { apiId: idOf("chat"), name: "prod" })],
    },
    {
        when: "a stage of an API in another stack is a finding",
        given: [reference, prod({ restApi: from("network", "abc") })],
        finds: { prod: NONE.replace(' of API "orders"', "") },
        at: PREVIEW,
    },
]);
