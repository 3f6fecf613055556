import { otherStacksApis } from "../aws/apigateway/api";
import { describeStage, expressionsFor } from "../aws/apigateway/describe";
import {
    executionLogGroup,
    type LoggingStage,
    loggingStages,
    restExecutionLogGroup,
    undecidedStages,
    webSocketExecutionLogGroup,
} from "../aws/apigateway/execution-log";
import { type ExecutionLog, executionLogs } from "../aws/apigateway/execution-log-group";
import { DEPLOYMENT, NATIVE_DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "../aws/apigateway/types";
import type { LiveFix } from "../aws/live-fix";
import { declaration, howToDeclare } from "../aws/logs/declaration";
import { logGroupFix } from "../aws/logs/live-fix";
import { LOG_DELIVERY, LOG_DELIVERY_SOURCE, LOG_GROUP } from "../aws/logs/types";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { type Declaration, type Expression, textAround, variable } from "../stack/code";
import { dependencyIndex } from "../stack/dependencies";
import { groupBy } from "../stack/maps";
import type { Resource } from "../stack/resource";
import type { LiveAccount, Stack } from "../stack/stack";
import { quote } from "../stack/text";
import { isKnown } from "../stack/values";

/**
 * API Gateway creates the log group of an execution log if it is missing, and such a group never expires. A group that
 * is declared by its exact name before logging is turned on has the retention that the program sets.
 */
export default stackPolicy({
    name: "apigateway-stage-execution-log-group",
    displayName: "Logging stages have their execution log group declared",
    description:
        "Every stage that writes an execution log has its log group declared before logging is turned on, so that its retention is bounded.",
    severity: "medium",
    supports: ["APIGateway.1", "CloudWatch.16"],
    remediationSteps:
        "Declare an aws.cloudwatch.LogGroup by the exact name of the stage's execution log group, with a retention, and make the stage depend on it.",
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    types: [STAGE, DEPLOYMENT, NATIVE_STAGE, NATIVE_DEPLOYMENT, V2_STAGE, NATIVE_V2_STAGE],
    evaluate: (stack) => {
        const logs = executionLogs(stack, loggingStages(stack).filter(canHaveLogGroup));
        const byStage = groupBy(logs, ({ stage }) => stage);
        const isElsewhere = otherStacksApis(stack);
        const { live } = stack;
        const answers = [...byStage].map(([stage, own]) =>
            live === undefined ? answerFor(stack, stage, own, isElsewhere(stage.api)) : liveAnswerFor(live, stage, own),
        );
        const undecided = undecidedStages(stack).map((stage) => ({
            undecided: `${describeStage(stage)}: whether it writes an execution log is not known yet`,
        }));
        return [...answers, ...undecided];
    },
});

/** In a live account there is no order: a log group exists, or it does not. */
function liveAnswerFor(
    { unread }: LiveAccount,
    stage: LoggingStage,
    logs: readonly ExecutionLog[],
): Answer | undefined {
    const missing = logs.filter(({ group }) => group === "undeclared");
    if (missing.length === 0) {
        return undefined;
    }
    if ([LOG_GROUP, LOG_DELIVERY, LOG_DELIVERY_SOURCE].some((type) => unread.has(type))) {
        return { undecided: `${describeStage(stage)}: whether its log group exists could not be read` };
    }
    const [groups, it, exist] = missing.length === 1 ? ["a log group", "it", "does"] : ["log groups", "them", "do"];
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} writes its execution log to ${groups} that ${exist} not exist yet; API Gateway creates ${it} without a retention.`,
        advice: `Create ${it} with a retention before the next request does.`,
        code: { declare: missing.map((log) => logGroupFor(stage, log)) },
        live: fixesFor(stage, missing),
    };
}

function answerFor(
    stack: Stack,
    stage: LoggingStage,
    logs: readonly ExecutionLog[],
    isElsewhere: boolean,
): Answer | undefined {
    if (!stage.isCertain && logs.some(({ group }) => group !== "in time")) {
        return { undecided: `${describeStage(stage)}: it is not known whether its API is a WebSocket API` };
    }
    const undeclared = logs.filter(({ group }) => group === "undeclared");
    if (undeclared.length > 0) {
        return notDeclared(stage, undeclared, isElsewhere);
    }
    for (const { group } of logs) {
        if (typeof group === "object") {
            return doesNotDepend(stack, stage, group.late);
        }
    }
    return logs.some(({ group }) => group === "undecided")
        ? { undecided: `${describeStage(stage)}: the name of its log group is not known yet` }
        : undefined;
}

/** CloudWatch does not allow `$` in a name, so the log group of a stage called `$default` cannot be declared. */
function canHaveLogGroup({ name }: LoggingStage): boolean {
    return !isKnown(name) || !name.includes("$");
}

/** Pulumi generates `<resource name>-` and seven hexadecimal digits. The name of a REST stage is never generated. */
function isAutoNamed({ kind, name, resource }: LoggingStage): boolean {
    const prefix = `${resource.name}-`;
    return (
        kind === "WebSocket" &&
        isKnown(name) &&
        name.startsWith(prefix) &&
        /^[0-9a-f]{7}$/.test(name.slice(prefix.length))
    );
}

function doesNotDepend(stack: Stack, stage: LoggingStage, group: Resource): Finding {
    const who = expressionsFor(stage).reachedBy === "stage" ? "stage" : "stage's method settings";
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} does not depend on its execution log group ${quote(group.name)}, so API Gateway may create the group first, and that group never expires.`,
        advice: dependencyIndex(stack, [group])(stage.resource).has(group)
            ? "Name the stage in the program, and use that string in the group's name instead of the stage's output; then make the stage depend on the group."
            : `Make the ${who} depend on the log group.`,
        code: { options: { dependsOn: variable("logGroup") } },
    };
}

function notDeclared(stage: LoggingStage, logs: readonly ExecutionLog[], isElsewhere: boolean): Finding {
    const isOne = logs.length === 1;
    const names = logs.map(({ suffix }) => executionLogGroup(stage, suffix)).filter((name) => name !== undefined);
    const advice = [
        ...(isAutoNamed(stage)
            ? ["Give the stage a name, because the one that Pulumi generates is not known in advance."]
            : []),
        ...howToDeclare("stage", logs.length, isAutoNamed(stage) ? [] : names),
    ];
    // The stack of an API may declare the groups of its stages, since it has the id at hand.
    const unless = isElsewhere ? "; unless another stack does," : ", so";
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} writes its execution log to ${isOne ? "a log group" : "log groups"} that this stack does not declare${unless} its events never expire.`,
        advice: advice.join(" "),
        code: { declare: logs.map((log) => logGroupFor(stage, log)) },
        live: fixesFor(stage, logs),
    };
}

function fixesFor(stage: LoggingStage, logs: readonly ExecutionLog[]): LiveFix[] {
    return logs.map(({ suffix }) => logGroupFix(executionLogGroup(stage, suffix)));
}

function logGroupFor(stage: LoggingStage, { suffix }: ExecutionLog): Declaration {
    const known = isAutoNamed(stage) ? undefined : executionLogGroup(stage, suffix);
    const stageName = isKnown(stage.name) && !isAutoNamed(stage) ? stage.name : "<stage name>";
    const name = known ?? nameExpression(stage, `${stageName}${suffix}`);
    const resource = `${stage.resource.name}${suffix === "" ? "" : "-canary"}-execution-log`;
    return declaration(resource, name);
}

/** The group's name as an expression, because the API's id is not known until the API is created. */
function nameExpression(stage: LoggingStage, stageName: string): Expression {
    const { reachedBy, restApi } = expressionsFor(stage);
    const groupName = stage.kind === "REST" ? restExecutionLogGroup : webSocketExecutionLogGroup;
    return textAround(reachedBy === "component" ? restApi : "api.id", (id) => groupName(id, stageName));
}
