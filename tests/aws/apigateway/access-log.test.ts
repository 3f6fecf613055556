import { type AccessLog, accessLogGroups, accessLogOf } from "../../../aws/apigateway/access-log";
import { table } from "../../support/rows";
import { names, stack } from "../../support/stack";
import { component, computed, type Declared, deployment, from, logGroup, stage } from "../../support/wire/declare";

function accessLog(declared: Declared): AccessLog {
    const { stack: all, named } = stack([declared]);
    return accessLogOf(all, named(declared.name));
}
const to = (destinationArn: string) =>
    stage("prod", { accessLogSettings: { destinationArn, format: "$context.requestId" } });
const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-orders";

table("accessLogOf", accessLog, [
    ["a Deployment of @pulumi/aws cannot have an access log", deployment("v1", { accessLogSettings: {} }), "none"],
    ["the ARN of a log group is one", to("arn:aws:logs:eu-west-1:123456789012:log-group:access"), "log group"],
    ["text that contains the ARN of a log group is not one", to("x-arn:aws:logs:eu-west-1:1:l:a"), "something else"],
    ["the ARN of a Firehose stream is one", to(STREAM), "Firehose stream"],
    ["text that contains the ARN of a Firehose stream is not one", to(`x-${STREAM}`), "something else"],
    ["a name with a line break is not the name of a Firehose stream", to(`${STREAM}\nx`), "something else"],
]);

function groupsIn(declared: readonly Declared[]): string[] {
    return names(accessLogGroups(stack(declared).stack));
}
const group = (name: string, options: { parent?: string } = {}) => logGroup(name, { arn: computed(name) }, options);
const logsTo = (...origins: string[]) =>
    stage("prod", { accessLogSettings: from(origins, { destinationArn: "arn", format: "x" }) });

table("accessLogGroups", groupsIn, [
    ["the log group that a stage logs to is one", [group("access"), group("other"), logsTo("access")], ["access"]],
    ["a stage that logs to no log group has none", [group("other"), stage("prod")], []],
    [
        "the only log group of a component that a stage logs to is one",
        [component("my:index:Logs", "logs"), group("access", { parent: "logs" }), logsTo("logs")],
        ["access"],
    ],
    [
        "of two log groups of a component, none is known to be the one",
        [
            component("my:index:Logs", "logs"),
            group("access", { parent: "logs" }),
            group("audit", { parent: "logs" }),
            logsTo("logs"),
        ],
        [],
    ],
]);
