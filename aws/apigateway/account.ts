/**
 * The account-level CloudWatch role. It is one setting per AWS account and region, and API Gateway cannot write
 * execution logs without it (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */

import { type Code, variable } from "../../stack/code";
import type { Inputs, Resource } from "../../stack/resource";
import { anyOfType, ofType, type Stack } from "../../stack/stack";
import { quote } from "../../stack/text";
import { type Maybe, text, UNKNOWN } from "../../stack/values";
import type { LiveFix } from "../live-fix";
import { logsAccessToLogGroup, mayLogAccessToLogGroup } from "./access-log";
import {
    allRestStages,
    loggingEntries,
    mayLogByItself,
    mayLogEntry,
    nativeRestStages,
    settingOf,
    writesLog,
} from "./rest-stage";
import { ACCOUNT, METHOD_SETTINGS, NATIVE_ACCOUNT } from "./types";
import { maySetLogging, setsLogging, v2Stages, writesExecutionLog } from "./v2-stage";

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
function roleProperty(account: Pick<Inputs, "type">): "cloudwatchRoleArn" | "cloudWatchRoleArn" {
    return account.type === ACCOUNT ? "cloudwatchRoleArn" : "cloudWatchRoleArn";
}

/** The ARN of an Account's CloudWatch role. */
export function roleOf(account: Pick<Inputs, "type" | "props">): Maybe<string> {
    return text(account, roleProperty(account));
}

/** The finding on an Account without a role. */
export interface MissingRole {
    readonly problem: string;
    readonly advice: string;
    readonly code: Code;
    readonly live: readonly LiveFix[];
}

/** What is wrong with an Account without a role, and how to fix it. */
export function missingRole(account: Pick<Inputs, "type" | "name">): MissingRole {
    const key = roleProperty(account);
    return {
        problem: `Account ${quote(account.name)} has no CloudWatch role, so API Gateway cannot write logs in its account and region.`,
        advice: `Set ${key} to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.`,
        code: { inputs: { [key]: variable("role.arn") } },
        live: [{ kind: "account role" }],
    };
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

/** The resources of which it is not known yet whether they turn a log on, without those that turn one on for certain. */
export function undecidedLogging(stack: Stack): Resource[] {
    const certain = new Set(loggingResources(stack).map(({ resource }) => resource));
    const v2 = v2Stages(stack).filter(({ protocol }) => protocol !== "HTTP");
    const makers = [...allRestStages(stack).flatMap((stage) => stage.makers), ...v2.map(({ resource }) => resource)];
    const undecided = new Set([
        ...ofType(stack, METHOD_SETTINGS).filter((one) =>
            mayLogEntry({ level: text(one, "settings", "loggingLevel"), key: text(one, "methodPath") }),
        ),
        ...nativeRestStages(stack).flatMap((stage) => stage.makers.filter(mayLogByItself)),
        ...v2.filter((stage) => maySetLogging(stage) || setsLogging(stage)).map(({ resource }) => resource),
        ...makers.filter((maker) => mayLogAccessToLogGroup(stack, maker)),
        ...v2
            .filter(({ protocol }) => protocol === UNKNOWN)
            .flatMap(({ resource }) => (logsAccessToLogGroup(stack, resource) ? [resource] : [])),
    ]);
    return [...undecided].filter((one) => !certain.has(one));
}
