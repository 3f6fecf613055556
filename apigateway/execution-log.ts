/** The log group an execution log goes to, who declares it, and what has to wait for it. */

import { API_TYPES, type ApiReference, differ, type Match } from "./api";
import { restExecutionLogGroup, webSocketExecutionLogGroup } from "./log-group";
import {
    DEPLOYMENT,
    LOG_DELIVERY,
    LOG_DELIVERY_SOURCE,
    LOG_GROUP,
    NATIVE_LOG_DELIVERY,
    NATIVE_LOG_DELIVERY_SOURCE,
    NATIVE_LOG_GROUP,
    NATIVE_STAGE,
    NATIVE_V2_STAGE,
    ofType,
    prerequisites,
    type Resource,
    region,
    STAGE,
    type Stack,
    sources,
    V2_STAGE,
} from "./resource";
import { loggingEntries, nativeRestStages, restStages } from "./rest-stage";
import { v2Stages, writesExecutionLog } from "./v2-stage";
import { isKnown, type Maybe, text } from "./values";

/** A stage that writes an execution log. */
export interface LoggingStage {
    readonly kind: "REST" | "WebSocket";
    readonly resource: Resource;
    /** That resource, and others that make the same stage. */
    readonly makers: readonly Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    /** What switches the log on, and with it makes API Gateway create the log group: the last that can wait for it. */
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

/** The log group of a stage whose API id and name are known. */
export function executionLogGroup({ kind, api, name }: LoggingStage): string | undefined {
    if (!isKnown(api.id) || !isKnown(name)) {
        return undefined;
    }
    return kind === "REST" ? restExecutionLogGroup(api.id, name) : webSocketExecutionLogGroup(api.id, name);
}

/** The log groups of a stack: by name, and those whose name is not known yet. */
export interface LogGroups {
    readonly byName: ReadonlyMap<string, readonly Resource[]>;
    readonly unnamed: readonly { readonly group: Resource; readonly property: string }[];
}

export function logGroups(stack: Stack): LogGroups {
    const byName = new Map<string, Resource[]>();
    const unnamed: { group: Resource; property: string }[] = [];
    for (const group of ofType(stack, LOG_GROUP, NATIVE_LOG_GROUP)) {
        const property = group.type === LOG_GROUP ? "name" : "logGroupName";
        const name = text(group, property);
        if (isKnown(name)) {
            byName.set(name, [...(byName.get(name) ?? []), group]);
        } else {
            unnamed.push({ group, property });
        }
    }
    return { byName, unnamed };
}

/**
 * The log groups that are a stage's own, and those that may be: while its name is unknown, a group that is named after
 * the API may be that of any of the API's stages.
 */
export interface LogGroupsOf {
    readonly own: readonly Resource[];
    readonly perhaps: readonly Resource[];
}

export function logGroupsOf(stack: Stack, { byName, unnamed }: LogGroups, stage: LoggingStage): LogGroupsOf {
    const name = executionLogGroup(stage);
    const named = name === undefined ? [] : (byName.get(name) ?? []);
    const after = (match: Match) =>
        unnamed
            .filter(({ group, property }) => namedAfter(stack, group, property, stage) === match)
            .map(({ group }) => group);
    const here = (group: Resource) => !differ(region(group), region(stage.resource));
    return { own: [...named, ...after("yes")].filter(here), perhaps: after("maybe").filter(here) };
}

const STAGE_TYPES = [STAGE, DEPLOYMENT, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE];

/** Whether a property is put together from the stage, or perhaps for it: from its API and from no other stage. */
function namedAfter(stack: Stack, resource: Resource, property: string, stage: LoggingStage): Match {
    const named = [...sources(stack, resource, [property], [...API_TYPES, ...STAGE_TYPES])];
    const stages = named.filter((one) => STAGE_TYPES.includes(one.type) && isStage(one));
    if (stages.length > 0) {
        return stages.some((one) => stage.makers.includes(one)) ? "yes" : "no";
    }
    return named.some((one) => stage.api.apis.has(one)) ? "maybe" : "no";
}

/** A Deployment makes a stage only if it names one. */
function isStage(resource: Resource): boolean {
    return resource.type !== DEPLOYMENT || text(resource, "stageName") !== undefined;
}

/** Whether the stage waits for the group, or else everything that switches its log on does. */
export function waitsFor(stack: Stack, stage: LoggingStage, group: Resource): boolean {
    const waits = (resource: Resource) => prerequisites(stack, resource).has(group);
    return waits(stage.resource) || stage.switches.every(waits);
}

/**
 * Whether a delivery takes the stage's execution log elsewhere, so that API Gateway's own group stays empty
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-create-log-delivery.html).
 */
export function isDelivered(stack: Stack, stage: LoggingStage): boolean {
    const deliveries = ofType(stack, LOG_DELIVERY, NATIVE_LOG_DELIVERY);
    return ofType(stack, LOG_DELIVERY_SOURCE, NATIVE_LOG_DELIVERY_SOURCE)
        .filter((source) => text(source, "logType") === "EXECUTION_LOGS" && isSourceOf(stack, source, stage))
        .some((source) => deliveries.some((delivery) => takesFrom(delivery, source)));
}

function isSourceOf(stack: Stack, source: Resource, stage: LoggingStage): boolean {
    const arn = text(source, "resourceArn");
    if (!isKnown(arn)) {
        return namedAfter(stack, source, "resourceArn", stage) !== "no";
    }
    return (
        isKnown(stage.api.id) && isKnown(stage.name) && arn.endsWith(`/restapis/${stage.api.id}/stages/${stage.name}`)
    );
}

function takesFrom(delivery: Resource, source: Resource): boolean {
    const name = text(delivery, "deliverySourceName");
    return isKnown(name)
        ? name === text(source, "name")
        : (delivery.propertyDependencies.deliverySourceName ?? []).includes(source);
}
