import { describeStage, expressionsFor } from "../aws/apigateway/describe";
import {
    dependsOnGroup,
    executionLogGroup,
    isDelivered,
    type LoggingStage,
    logGroupsOf,
    loggingStages,
    restExecutionLogGroup,
    webSocketExecutionLogGroup,
} from "../aws/apigateway/execution-log";
import { DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "../aws/apigateway/types";
import { logGroups } from "../aws/logs/log-group";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { prerequisites } from "../stack/relations";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { quote } from "../stack/text";
import { isKnown, UNKNOWN } from "../stack/values";

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
    types: [STAGE, DEPLOYMENT, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE],
    evaluate: (stack) => {
        const groups = logGroups(stack);
        const stages = loggingStages(stack)
            .filter(canHaveLogGroup)
            .map((stage) => ({ stage, ...logGroupsOf(stack, groups, stage) }));
        const isTaken = (group: Resource) =>
            stages.some(({ stage, candidates }) => candidates.includes(group) && dependsOnGroup(stack, stage, group));
        return stages.map(({ stage, own, candidates }): Answer | undefined => {
            const isInTime = (group: Resource) => dependsOnGroup(stack, stage, group);
            if (isDelivered(stack, stage) || own.some(isInTime) || candidates.some(isInTime)) {
                return undefined;
            }
            const late = own[0] ?? candidates.find((group) => !isTaken(group));
            if (late !== undefined) {
                return doesNotDepend(stack, stage, late);
            }
            return stage.name === UNKNOWN || (stage.api.id === UNKNOWN && stage.api.apis.size === 0)
                ? { undecided: `${describeStage(stage)}: the name of its log group is not known yet` }
                : notDeclared(stage);
        });
    },
});

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
    const who = expressionsFor(stage).restApi === "stage.restApi" ? "stage" : "stage's method settings";
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} does not depend on its execution log group ${quote(group.name)}, so API Gateway may create the group first, and that group never expires.`,
        advice: prerequisites(stack, group).has(stage.resource)
            ? "Name the stage in the program, and use that string in the group's name instead of the stage's output; then make the stage depend on the group."
            : `Make the ${who} depend on the log group.`,
        code: "{ dependsOn: [logGroup] }",
    };
}

function notDeclared(stage: LoggingStage): Finding {
    const advice = "Declare the log group by its exact name with a retention, and make the stage depend on it.";
    const name = executionLogGroup(stage);
    const finding = (groupName: string, more: Pick<Finding, "advice">): Finding => ({
        resource: stage.resource,
        problem: `${describeStage(stage)} writes its execution log to a log group that this stack does not declare, so its events never expire.`,
        code: `new aws.cloudwatch.LogGroup(${quote(`${stage.resource.name}-execution-log`)}, { name: ${groupName}, retentionInDays: 90 })`,
        ...more,
    });
    if (isAutoNamed(stage)) {
        const naming = "Give the stage a name, because the one that Pulumi generates is not known in advance.";
        return finding(nameExpression(stage, "<stage name>"), { advice: `${naming} ${advice}` });
    }
    if (name !== undefined) {
        const importing = `If CloudWatch has the group already, import it with { import: ${quote(name)} }.`;
        return finding(quote(name), { advice: `${advice} ${importing}` });
    }
    return finding(nameExpression(stage, isKnown(stage.name) ? stage.name : "<stage name>"), { advice });
}

/** The group's name as a TypeScript expression, because the API's id is not known until the API is created. */
function nameExpression(stage: LoggingStage, stageName: string): string {
    const { restApi } = expressionsFor(stage);
    const id = `\${${restApi.endsWith(".restApi") ? "api.id" : restApi}}`;
    const name =
        stage.kind === "REST" ? restExecutionLogGroup(id, stageName) : webSocketExecutionLogGroup(id, stageName);
    return `pulumi.interpolate\`${name}\``;
}
