import type { Stack } from "../../stack/stack";
import { isKnown } from "../../stack/values";
import type { LogGroupFix } from "../logs/live-fix";
import { hasCanary, restExecutionLogGroup, webSocketExecutionLogGroup } from "./execution-log";
import { nativeRestStages, restStages } from "./rest-stage";
import type { RestStageFix } from "./rest-stage-fix";
import type { WebSocketStageFix } from "./v2-stage-fix";

/** Whether a stage is to write an execution log. */
export function letsLog({ set }: RestStageFix | WebSocketStageFix): boolean {
    return set.some(({ setting }) => setting === "level");
}

/**
 * The log groups of stages of a stack that are to write an execution log. API Gateway would create those that are missing,
 * and they would never expire.
 */
export function executionLogGroupFixes(
    stack: Stack,
    fixes: readonly (RestStageFix | WebSocketStageFix)[],
): LogGroupFix[] {
    const logging = fixes.filter(letsLog);
    const canaries = new Set(
        (logging.length === 0 ? [] : [...restStages(stack), ...nativeRestStages(stack)])
            .filter(({ makers }) => makers.some(hasCanary))
            .flatMap(({ api, name }) =>
                isKnown(api.id) && isKnown(name) ? [restExecutionLogGroup(api.id, name)] : [],
            ),
    );
    return logging
        .flatMap((fix) => {
            if (fix.kind === "WebSocket stage") {
                return [webSocketExecutionLogGroup(fix.apiId, fix.stageName)];
            }
            const group = restExecutionLogGroup(fix.restApi, fix.stageName);
            return canaries.has(group) ? [group, `${group}/Canary`] : [group];
        })
        .filter(canExist)
        .map((name) => ({ kind: "log group", name }));
}

/** CloudWatch does not allow `$` in a name, as in that of a stage called `$default`. */
function canExist(group: string): boolean {
    return !group.includes("$");
}
