import type { StackValidationPolicy } from "@pulumi/policy";
import {
    executionLogGroup,
    isDelivered,
    type LoggingStage,
    logGroups,
    logGroupsOf,
    loggingStages,
    waitsFor,
} from "../apigateway/execution-log";
import { restExecutionLogGroup, webSocketExecutionLogGroup } from "../apigateway/log-group";
import { describeStage, finding, quote, reach } from "../apigateway/messages";
import {
    DEPLOYMENT,
    NATIVE_STAGE,
    NATIVE_V2_STAGE,
    prerequisites,
    type Resource,
    STAGE,
    type Stack,
    V2_STAGE,
} from "../apigateway/resource";
import { isKnown, UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { NIST_RETENTION, securityHub } from "./common/framework";
import { onStack } from "./common/scope";

const NAME = "apigateway-stage-execution-log-group";
const SCHEMA = { properties: {} };

/**
 * API Gateway creates the log group of an execution log itself, and one it created never expires. Declared under its
 * exact name before logging is switched on, it has the retention the program gives it.
 */
export const apigatewayStageExecutionLogGroup: StackValidationPolicy = {
    name: NAME,
    displayName: "Logging stages have their execution log group declared",
    description:
        "Every stage that writes an execution log has its log group declared first, so that its retention is bounded.",
    severity: "medium",
    framework: securityHub("CloudWatch.16", "CloudWatch log groups should be retained for a specified time period"),
    tags: NIST_RETENTION,
    remediationSteps:
        "Declare an aws.cloudwatch.LogGroup by the exact name of the stage's execution log group, with a retention, and make the stage depend on it.",
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    configSchema: SCHEMA,
    validateStack: onStack(
        NAME,
        [STAGE, DEPLOYMENT, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE],
        strictConfig(NAME, SCHEMA),
        (stack, _config, verdicts) => {
            const groups = logGroups(stack);
            const stages = loggingStages(stack)
                .filter(canHaveLogGroup)
                .map((stage) => ({ stage, ...logGroupsOf(stack, groups, stage) }));
            for (const { stage, own, perhaps } of stages) {
                if (isDelivered(stack, stage) || [...own, ...perhaps].some((group) => waitsFor(stack, stage, group))) {
                    continue;
                }
                const isTaken = (group: Resource) =>
                    stages.some((other) => other.perhaps.includes(group) && waitsFor(stack, other.stage, group));
                const late = own[0] ?? perhaps.find((group) => !isTaken(group));
                if (late !== undefined) {
                    verdicts.finding(doesNotWait(stack, stage, late), stage.resource);
                } else if (stage.name === UNKNOWN || (stage.api.id === UNKNOWN && stage.api.apis.size === 0)) {
                    verdicts.undecided(`${describeStage(stage)}: the name of its log group is not known yet`);
                } else {
                    verdicts.finding(notDeclared(stage), stage.resource);
                }
            }
        },
    ),
};

/** CloudWatch allows no `$` in a name, so a stage called `$default` has no log group of its own to declare. */
function canHaveLogGroup(stage: LoggingStage): boolean {
    return !isKnown(stage.name) || !stage.name.includes("$");
}

/** Pulumi makes up a name as the resource's own and seven hexadecimal digits; REST stages must be given theirs. */
function isAutoNamed({ kind, name, resource }: LoggingStage): boolean {
    const prefix = `${resource.name}-`;
    return (
        kind === "WebSocket" &&
        isKnown(name) &&
        name.startsWith(prefix) &&
        /^[0-9a-f]{7}$/.test(name.slice(prefix.length))
    );
}

function doesNotWait(stack: Stack, stage: LoggingStage, group: Resource): string {
    const fact = `${describeStage(stage)} does not wait for its execution log group ${quote(group.name)}, so API Gateway may create the group first, and that one never expires.`;
    if (prerequisites(stack, group).has(stage.resource)) {
        return finding(
            fact,
            "Name the stage in the program, and use that text in the group's name instead of the stage's output; then make the stage depend on the group.",
            "{ dependsOn: [logGroup] }",
        );
    }
    const who = reach(stage).restApi === "stage.restApi" ? "stage" : "stage's method settings";
    return finding(fact, `Make the ${who} depend on the log group.`, "{ dependsOn: [logGroup] }");
}

function notDeclared(stage: LoggingStage): string {
    const fact = `${describeStage(stage)} writes its execution log to a log group that this stack does not declare, so the log never expires.`;
    const fix = "Declare the log group by its exact name with a retention, and make the stage depend on it.";
    const code = (name: string) =>
        `new aws.cloudwatch.LogGroup(${quote(`${stage.resource.name}-execution-log`)}, { name: ${name}, retentionInDays: 90 })`;
    if (isAutoNamed(stage)) {
        const named = `Name the stage, since the name that Pulumi makes up is not known before it. ${fix}`;
        return finding(fact, named, code(nameToBe(stage, "<stage name>")));
    }
    const known = executionLogGroup(stage);
    if (known !== undefined) {
        const imported = `${fix} If CloudWatch has the group already, import it with { import: ${quote(known)} }.`;
        return finding(fact, imported, code(quote(known)));
    }
    return finding(fact, fix, code(nameToBe(stage, isKnown(stage.name) ? stage.name : "<stage name>")));
}

/** The group's name as TypeScript, over an id that is not known before the API is there. */
function nameToBe(stage: LoggingStage, stageName: string): string {
    const { restApi } = reach(stage);
    const id = `\${${restApi.endsWith(".restApi") ? "api.id" : restApi}}`;
    const name =
        stage.kind === "REST" ? restExecutionLogGroup(id, stageName) : webSocketExecutionLogGroup(id, stageName);
    return `pulumi.interpolate\`${name}\``;
}
