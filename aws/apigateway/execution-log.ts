/** The log group that an execution log goes to, which resource declares it, and what must depend on it. */

import { region } from "../../stack/provider";
import { prerequisites, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { differ, isKnown, type Maybe, text } from "../../stack/values";
import { deliveredSources } from "../logs/delivery";
import { type LogGroups, nameProperty } from "../logs/log-group";
import { API_TYPES, type ApiReference, type Match } from "./api";
import { loggingEntries, nativeRestStages, restStages } from "./rest-stage";
import { DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "./types";
import { v2Stages, writesExecutionLog } from "./v2-stage";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export function restExecutionLogGroup(apiId: string, stageName: string): string {
    return `API-Gateway-Execution-Logs_${apiId}/${stageName}`;
}

/** https://repost.aws/knowledge-center/api-gateway-cloudwatch-logs */
export function webSocketExecutionLogGroup(apiId: string, stageName: string): string {
    return `/aws/apigateway/${apiId}/${stageName}`;
}

/** A stage that writes an execution log. */
export interface LoggingStage {
    readonly kind: "REST" | "WebSocket";
    readonly resource: Resource;
    /** That resource, and others that create the same stage. */
    readonly makers: readonly Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    /**
     * The resources that turn the log on. API Gateway then creates the log group if it is missing, so no later
     * resource can depend on the group in time.
     */
    readonly switches: readonly Resource[];
}

export function loggingStages(stack: Stack): LoggingStage[] {
    const rest = [...restStages(stack), ...nativeRestStages(stack)].map(
        ({ resource, makers, name, api, settings }): LoggingStage => ({
            kind: "REST",
            resource,
            makers,
            name,
            api,
            switches: loggingEntries(settings).map((entry) => entry.resource),
        }),
    );
    const webSocket = v2Stages(stack)
        .filter(writesExecutionLog)
        .map(
            ({ resource, name, api }): LoggingStage => ({
                kind: "WebSocket",
                resource,
                makers: [resource],
                name,
                api,
                switches: [resource],
            }),
        );
    return [...rest.filter((stage) => stage.switches.length > 0), ...webSocket];
}

/** The name of a stage's log group, once the API id and the stage name are known. */
export function executionLogGroup({ kind, api, name }: LoggingStage): string | undefined {
    if (!isKnown(api.id) || !isKnown(name)) {
        return undefined;
    }
    return kind === "REST" ? restExecutionLogGroup(api.id, name) : webSocketExecutionLogGroup(api.id, name);
}

/**
 * The log groups of a stage, and the candidates: while the name of a group is unknown, a group that is named after the
 * API may belong to any of the API's stages.
 */
export interface StageLogGroups {
    readonly own: readonly Resource[];
    readonly candidates: readonly Resource[];
}

export function logGroupsOf(stack: Stack, { byName, unnamed }: LogGroups, stage: LoggingStage): StageLogGroups {
    const name = executionLogGroup(stage);
    const named = name === undefined ? [] : (byName.get(name) ?? []);
    const unnamedThat = (match: Match) =>
        unnamed.filter((group) => isNamedAfter(stack, group, nameProperty(group), stage) === match);
    const here = (group: Resource) => !differ(region(group), region(stage.resource));
    return { own: [...named, ...unnamedThat("yes")].filter(here), candidates: unnamedThat("maybe").filter(here) };
}

const STAGE_TYPES = [STAGE, DEPLOYMENT, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE];

/** Whether a property gets its value from the stage ("yes"), or from the API and from no other stage ("maybe"). */
function isNamedAfter(stack: Stack, resource: Resource, property: string, stage: LoggingStage): Match {
    const named = [...sources(stack, resource, [property], [...API_TYPES, ...STAGE_TYPES])];
    const stages = named.filter((one) => STAGE_TYPES.includes(one.type) && isStage(one));
    if (stages.length > 0) {
        return stages.some((one) => stage.makers.includes(one)) ? "yes" : "no";
    }
    return named.some((one) => stage.api.apis.has(one)) ? "maybe" : "no";
}

/** A Deployment creates a stage only if it has a `stageName`. */
function isStage(resource: Resource): boolean {
    return resource.type !== DEPLOYMENT || text(resource, "stageName") !== undefined;
}

/** Whether the stage, or everything that turns its log on, depends on the group. */
export function dependsOnGroup(stack: Stack, stage: LoggingStage, group: Resource): boolean {
    const depends = (resource: Resource) => prerequisites(stack, resource).has(group);
    return depends(stage.resource) || stage.switches.every(depends);
}

/**
 * Whether a delivery sends the stage's execution log elsewhere, so that API Gateway's own group stays empty
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-create-log-delivery.html).
 */
export function isDelivered(stack: Stack, stage: LoggingStage): boolean {
    return deliveredSources(stack, "EXECUTION_LOGS").some((source) => isSourceOf(stack, source, stage));
}

function isSourceOf(stack: Stack, source: Resource, stage: LoggingStage): boolean {
    const arn = text(source, "resourceArn");
    if (!isKnown(arn)) {
        return isNamedAfter(stack, source, "resourceArn", stage) !== "no";
    }
    return (
        isKnown(stage.api.id) && isKnown(stage.name) && arn.endsWith(`/restapis/${stage.api.id}/stages/${stage.name}`)
    );
}
