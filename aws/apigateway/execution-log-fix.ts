import { oncePerStack, type Stack } from "../../stack/stack";
import { isKnown } from "../../stack/values";
import type { LogGroupFix } from "../logs/live-fix";
import { hasCanary, restExecutionLogGroup, webSocketExecutionLogGroup } from "./execution-log";
import { allRestStages } from "./rest-stage";
import type { RestStageFix } from "./rest-stage-fix";
import type { WebSocketStageFix } from "./v2-stage-fix";

/** Whether a stage is to write an execution log. */
export function letsLog({ set }: RestStageFix | WebSocketStageFix): boolean {
    return set.some(({ setting }) => setting === "level");
}

/** The log groups of the stages of REST APIs that have a canary. */
const groupsWithCanary = oncePerStack((stack): ReadonlySet<string> => {
    const stages = allRestStages(stack).filter(({ makers }) => makers.some(hasCanary));
    return new Set(
        stages.flatMap(({ api, name }) =>
            isKnown(api.id) && isKnown(name) ? [restExecutionLogGroup(api.id, name)] : [],
        ),
    );
});

/**
 * The log groups of stages of a stack that are to write an execution log. API Gateway would create those that are missing,
 * and they would never expire.
 */
export function executionLogGroupFixes(
    stack: Stack,
    fixes: readonly (RestStageFix | WebSocketStageFix)[],
): LogGroupFix[] {
    return fixes
        .filter(letsLog)
        .flatMap((fix) => {
            if (fix.kind === "WebSocket stage") {
                return [webSocketExecutionLogGroup(fix.apiId, fix.stageName)];
            }
            const group = restExecutionLogGroup(fix.restApi, fix.stageName);
            return groupsWithCanary(stack).has(group) ? [group, `${group}/Canary`] : [group];
        })
        .filter(canExist)
        .map((name) => ({ kind: "log group", name }));
}

/** CloudWatch does not allow `$` in a name, as in that of a stage called `$default`. */
function canExist(group: string): boolean {
    return !group.includes("$");
}
