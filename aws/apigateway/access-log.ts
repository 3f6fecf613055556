/** Access logs of stages, which a stage sends to a destination of the program's choice. */

import { assignment, type Fields, type Value, variable } from "../../stack/code";
import { ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { anyOfType, type Stack } from "../../stack/stack";
import { isKnown, text, UNKNOWN } from "../../stack/values";
import { DELIVERY_STREAM, NATIVE_DELIVERY_STREAM } from "../firehose/types";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "../logs/types";
import { carriesValues } from "../origins";
import {
    NATIVE_DEPLOYMENT,
    NATIVE_STAGE,
    NATIVE_V2_MANAGED_OVERRIDES,
    NATIVE_V2_STAGE,
    STAGE,
    V2_STAGE,
} from "./types";

/** Where a stage sets the destination of its access log. */
const SETTINGS: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
    [STAGE, ["accessLogSettings"]],
    [V2_STAGE, ["accessLogSettings"]],
    [NATIVE_STAGE, ["accessLogSetting"]],
    [NATIVE_V2_STAGE, ["accessLogSettings"]],
    [NATIVE_DEPLOYMENT, ["stageDescription", "accessLogSetting"]],
    [NATIVE_V2_MANAGED_OVERRIDES, ["stage", "accessLogSettings"]],
]);

/**
 * How the name of a Firehose stream must begin for API Gateway to send access logs to it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html).
 */
export const FIREHOSE_PREFIX = "amazon-apigateway-";

/** Where a resource sends the access log of its stage. */
export type AccessLog =
    | "none"
    | "log group"
    | "Firehose stream"
    | "misnamed Firehose stream"
    | "something else"
    | "unknown";

/**
 * The access log that a resource sets for its stage. There is none without a destination, or without a format, which must
 * contain the id of the request
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */
export function accessLogOf(stack: Stack, stage: Resource): AccessLog {
    const settings = SETTINGS.get(stage.type);
    if (settings === undefined) {
        return "none";
    }
    if (text(stage, ...settings, "format") === undefined) {
        return "none";
    }
    const destination = text(stage, ...settings, "destinationArn");
    if (destination === UNKNOWN) {
        return destinationOf(stack, stage, settings[0]);
    }
    return destination === undefined ? "none" : kindOf(destination);
}

/** The inputs that give a stage of a type an access log. The format must contain the id of the request. */
export function accessLogInputs(type: string): Fields {
    const log: Value = {
        block: { destinationArn: variable("logGroup.arn"), format: { json: { requestId: "$context.requestId" } } },
    };
    return assignment(SETTINGS.get(type) as readonly [string, ...string[]], log).inputs;
}

function kindOf(arn: string): AccessLog {
    if (/^arn:[^:]*:logs:/.test(arn)) {
        return "log group";
    }
    const [, stream] = /^arn:[^:]*:firehose:.*:deliverystream\/(.*)$/.exec(arn) ?? [];
    return stream === undefined ? "something else" : ofStream(stream);
}

function ofStream(name: string): AccessLog {
    return name.startsWith(FIREHOSE_PREFIX) ? "Firehose stream" : "misnamed Firehose stream";
}

const isLogGroup = ofTypes(LOG_GROUP, NATIVE_LOG_GROUP);
const isDestination = ofTypes(LOG_GROUP, NATIVE_LOG_GROUP, DELIVERY_STREAM, NATIVE_DELIVERY_STREAM);

/** What a property that holds a destination comes from. */
function destinationsOf(stack: Stack, stage: Resource, property: string): Resource[] {
    const passedOn = (dependency: Resource) =>
        carriesValues(dependency) ? Object.keys(dependency.propertyDependencies) : [property];
    return [...sources(stack, stage, [property], isDestination, passedOn)];
}

/** The kind of a destination that is not known yet, by what the property that holds it comes from. */
function destinationOf(stack: Stack, stage: Resource, property: string): AccessLog {
    const found = destinationsOf(stack, stage, property).map((destination): AccessLog => {
        if (isLogGroup(destination)) {
            return "log group";
        }
        const name = text(destination, destination.type === DELIVERY_STREAM ? "name" : "deliveryStreamName");
        return isKnown(name) ? ofStream(name) : "unknown";
    });
    const [first = "unknown", ...others] = found;
    return others.every((other) => other === first) ? first : "unknown";
}

/** Whether a stage is known to send its access log to a log group, and not to Firehose, which needs no role. */
export function logsAccessToLogGroup(stack: Stack, stage: Resource): boolean {
    return accessLogOf(stack, stage) === "log group";
}

/** Whether a stage may turn out to send its access log to a log group, once the destination is known. */
export function mayLogAccessToLogGroup(stack: Stack, stage: Resource): boolean {
    const settings = SETTINGS.get(stage.type);
    if (settings === undefined || accessLogOf(stack, stage) !== "unknown") {
        return false;
    }
    const found = destinationsOf(stack, stage, settings[0]);
    return found.length === 0 || found.some(isLogGroup);
}

/** The log groups of a stack that take the access log of a stage, as far as it is known which of a component's does. */
export function accessLogGroups(stack: Stack): ReadonlySet<Resource> {
    const groups = new Set<Resource>();
    for (const [type, [property]] of SETTINGS) {
        for (const stage of anyOfType(stack, type)) {
            const [group, another] = sources(stack, stage, [property], isLogGroup);
            if (group !== undefined && another === undefined) {
                groups.add(group);
            }
        }
    }
    return groups;
}
