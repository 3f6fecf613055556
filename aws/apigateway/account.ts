/**
 * The account-level CloudWatch role. It is one setting per AWS account and region, and API Gateway cannot write
 * execution logs without it (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */

import type { Resource } from "../../stack/resource";
import { anyOfType, ofType, type Stack } from "../../stack/stack";
import { type Maybe, text } from "../../stack/values";
import { logsAccessToLogGroup } from "./access-log";
import { allRestStages, loggingEntries, nativeRestStages, settingOf, writesLog } from "./rest-stage";
import { ACCOUNT, METHOD_SETTINGS, NATIVE_ACCOUNT } from "./types";
import { v2Stages, writesExecutionLog } from "./v2-stage";

/**
 * The Accounts that the stack makes. One that is only read has no inputs; but so has one without a role, which is then a
 * mistake.
 */
export function accounts(stack: Stack): Resource[] {
    return anyOfType(stack, ACCOUNT, NATIVE_ACCOUNT).filter(
        (account) => !stack.isRead(account) || roleOf(account) === undefined,
    );
}

/** The property that holds the role's ARN; @pulumi/aws and aws-native spell it differently. */
export function roleProperty(account: Resource): "cloudwatchRoleArn" | "cloudWatchRoleArn" {
    return account.type === ACCOUNT ? "cloudwatchRoleArn" : "cloudWatchRoleArn";
}

/** The ARN of an Account's CloudWatch role. */
export function roleOf(account: Resource): Maybe<string> {
    return text(account, roleProperty(account));
}

function isSwitch(settings: Resource): boolean {
    return writesLog({
        key: text(settings, "methodPath"),
        level: text(settings, ...settingOf(settings, "loggingLevel")),
    });
}

/** A resource that turns a log on, and which. */
export interface LoggingResource {
    readonly resource: Resource;
    readonly log: "execution" | "access";
}

/**
 * The resources that turn execution logging on, and the REST and WebSocket stages that send their access log to a log
 * group. They need the role to be set before they are created. (HTTP APIs do not, nor does a log that goes to Firehose:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html.)
 */
export function loggingResources(stack: Stack): LoggingResource[] {
    const native = nativeRestStages(stack);
    const v2 = v2Stages(stack);
    const execution = [
        ...ofType(stack, METHOD_SETTINGS).filter(isSwitch),
        ...native.filter((stage) => loggingEntries(stage.settings).length > 0).map((stage) => stage.resource),
        ...v2.filter(writesExecutionLog).map((stage) => stage.resource),
    ];
    const seen = new Set(execution);
    const access = [
        ...allRestStages(stack).flatMap(({ makers }) => makers),
        ...v2.filter(({ protocol }) => protocol === "WEBSOCKET").map(({ resource }) => resource),
    ].filter((maker) => logsAccessToLogGroup(stack, maker) && !seen.has(maker));
    return [
        ...execution.map((resource) => ({ resource, log: "execution" as const })),
        ...access.map((resource) => ({ resource, log: "access" as const })),
    ];
}
