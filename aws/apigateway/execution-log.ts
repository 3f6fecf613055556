/** The stages that write an execution log, and the log groups it goes to. */

import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, isSet, keys, type Maybe, type Path } from "../../stack/values";
import type { ApiReference } from "./api";
import { isLogging } from "./logging-level";
import { allRestStages, loggingEntries, mayLogByItself, mayLogEntry, type RestStage } from "./rest-stage";
import { maySetLogging, setsLogging, type V2Stage, v2Stages } from "./v2-stage";

/** How the names of all execution log groups begin: those of REST APIs, and those of WebSocket APIs. */
export const EXECUTION_LOG_PREFIXES = ["API-Gateway-Execution-Logs_", "/aws/apigateway/"] as const;
const [REST_PREFIX, WEBSOCKET_PREFIX] = EXECUTION_LOG_PREFIXES;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export function restExecutionLogGroup(apiId: string, stageName: string): string {
    return `${REST_PREFIX}${apiId}/${stageName}`;
}

/** https://repost.aws/knowledge-center/api-gateway-cloudwatch-logs */
export function webSocketExecutionLogGroup(apiId: string, stageName: string): string {
    return `${WEBSOCKET_PREFIX}${apiId}/${stageName}`;
}

/** The stage whose execution log, or whose canary's, a log group of some name is for; API and stage need not exist. */
export function stageOfExecutionLogGroup(
    group: string,
): { readonly kind: LoggingStage["kind"]; readonly api: string; readonly name: string } | undefined {
    const kind = group.startsWith(REST_PREFIX) ? "REST" : group.startsWith(WEBSOCKET_PREFIX) ? "WebSocket" : undefined;
    const rest = group.slice((kind === "REST" ? REST_PREFIX : WEBSOCKET_PREFIX).length);
    const [, api, name] = /^([^/]+)\/([^/]+)(?:\/Canary)?$/.exec(rest) ?? [];
    return kind === undefined || api === undefined || name === undefined ? undefined : { kind, api, name };
}

/** A stage that writes an execution log, or may. */
export interface LoggingStage {
    readonly kind: "REST" | "WebSocket";
    /** False if it writes an execution log only in case its API is a WebSocket API. */
    readonly isCertain: boolean;
    readonly resource: Resource;
    /** That resource, and others that make the same stage. */
    readonly makers: readonly Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    /**
     * The resources that turn the log on, whereupon API Gateway creates the log group. They are the last that can depend
     * on it.
     */
    readonly switches: readonly Resource[];
    /** What follows the name of the stage in the names of its log groups: nothing, and "/Canary" for a canary's. */
    readonly suffixes: readonly string[];
}

/** The stages of a stack that write an execution log, those included of which it is not certain. */
export function loggingStages(stack: Stack): LoggingStage[] {
    const rest = allRestStages(stack).map(
        ({ resource, makers, name, api, settings }): LoggingStage => ({
            kind: "REST",
            isCertain: true,
            resource,
            makers,
            name,
            api,
            switches: loggingEntries(settings).map((entry) => entry.resource),
            suffixes: makers.some(hasCanary) ? ["", "/Canary"] : [""],
        }),
    );
    const webSocket = v2Stages(stack)
        .filter((stage) => stage.protocol !== "HTTP" && setsLogging(stage))
        .map(
            ({ resource, name, api, protocol }): LoggingStage => ({
                kind: "WebSocket",
                isCertain: protocol === "WEBSOCKET",
                resource,
                makers: [resource],
                name,
                api,
                switches: [resource],
                suffixes: [""],
            }),
        );
    return [...rest.filter((stage) => stage.switches.length > 0), ...webSocket];
}

/** The stages of which it is not known yet whether they write an execution log. */
export function undecidedStages(stack: Stack): (RestStage | V2Stage)[] {
    return [
        ...allRestStages(stack).filter((stage) => loggingEntries(stage.settings).length === 0 && mayLog(stage)),
        ...v2Stages(stack).filter((stage) => stage.protocol !== "HTTP" && maySetLogging(stage)),
    ];
}

function mayLog({ resource, settings, candidates }: RestStage): boolean {
    return (
        mayLogByItself(resource) ||
        settings.some(mayLogEntry) ||
        candidates.some((entry) => isLogging(entry.level) || mayLogEntry(entry))
    );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html */
export function hasCanary(maker: Resource): boolean {
    const paths: Path[] = [["canarySettings"], ["canarySetting"], ["stageDescription", "canarySetting"]];
    return paths.some((path) => isSet(keys(maker, ...path), maker, path[0]));
}

/** The name of a stage's log group, once the API id and the stage name are known. */
export function executionLogGroup({ kind, api, name }: LoggingStage, suffix: string): string | undefined {
    if (!isKnown(api.id) || !isKnown(name)) {
        return undefined;
    }
    const stageName = `${name}${suffix}`;
    return kind === "REST" ? restExecutionLogGroup(api.id, stageName) : webSocketExecutionLogGroup(api.id, stageName);
}
