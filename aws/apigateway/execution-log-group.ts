/** Which log group of a stack each execution log goes to, and whether it exists before the log is turned on. */

import { ofTypes } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, text, UNKNOWN, type Whether } from "../../stack/values";
import { deliveredSources } from "../logs/delivery";
import { destinations, type LogDestination } from "../logs/destination";
import { isOfAnotherProgram, type Origins, originsOf } from "../origins";
import { accessLogGroups } from "./access-log";
import { isApi, passedOn } from "./api";
import { executionLogGroup, type LoggingStage } from "./execution-log";
import { makesStage } from "./rest-stage";
import { DEPLOYMENT, NATIVE_DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "./types";

/** One log group that a stage writes to. */
export interface ExecutionLog {
    readonly stage: LoggingStage;
    /** See `LoggingStage.suffixes`. */
    readonly suffix: string;
    readonly group: LogDestination;
}

/** The execution logs of some stages with the destination of each; without those that a delivery takes elsewhere. */
export function executionLogs(stack: Stack, stages: readonly LoggingStage[]): ExecutionLog[] {
    const delivered = deliveries(stack, stages);
    const logs = stages.filter((stage) => delivered(stage) !== true).flatMap(logsOf);
    const originsOfName = (group: Resource, property: string) => stageOrigins(stack, group, property);
    // A group that takes an access log may well take the execution log, too; that is unusual.
    const destinationOf = destinations(stack, logs, originsOfName, accessLogGroups(stack));
    return logs.map((log): ExecutionLog => {
        const { stage, suffix } = log;
        const group = destinationOf(log);
        const isElsewhere = group !== "in time" && delivered(stage) === UNKNOWN;
        return { stage, suffix, group: isElsewhere ? "undecided" : group };
    });
}

function logsOf(stage: LoggingStage) {
    const { resource, switches, makers, name, api } = stage;
    const writer = {
        resource,
        switches,
        origins: [...makers, ...api.apis],
        isExternal: isKnown(api.id) || api.apis.size === 0,
    };
    const isUnknown = name === UNKNOWN || (api.id === UNKNOWN && api.apis.size === 0);
    return stage.suffixes.map((suffix) => ({
        stage,
        suffix,
        writer,
        groupName: executionLogGroup(stage, suffix),
        isUnknown,
    }));
}

const isOfStageType = ofTypes(STAGE, DEPLOYMENT, NATIVE_STAGE, NATIVE_DEPLOYMENT, V2_STAGE, NATIVE_V2_STAGE);
const isStage = (one: Resource) => isOfStageType(one) && makesStage(one);
const isStageOrApi = (one: Resource) => isStage(one) || isApi(one);

/** The stages, or else the APIs, that a property gets its value from. */
function stageOrigins(stack: Stack, resource: Resource, property: string): Origins {
    const { origins, isExternal } = originsOf(stack, resource, property, isStageOrApi, passedOn, isOfAnotherProgram);
    const stages = origins.filter(isStage);
    return { origins: stages.length > 0 ? stages : origins, isExternal };
}

/**
 * Whether a delivery takes the execution log of a stage elsewhere, so that API Gateway's own group stays empty
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-create-log-delivery.html).
 */
function deliveries(stack: Stack, stages: readonly LoggingStage[]): (stage: LoggingStage) => Whether {
    const arns = new Set<string>();
    const origins = new Set<Resource>();
    for (const source of deliveredSources(stack, "EXECUTION_LOGS")) {
        const arn = text(source, "resourceArn");
        if (isKnown(arn)) {
            arns.add(arn.slice(arn.indexOf("/restapis/")));
        } else {
            for (const origin of stageOrigins(stack, source, "resourceArn").origins) {
                origins.add(origin);
            }
        }
    }
    const counts = new Map<Resource, number>();
    for (const api of stages.flatMap((stage) => [...stage.api.apis])) {
        counts.set(api, (counts.get(api) ?? 0) + 1);
    }
    return ({ makers, api, name }) => {
        const isNamed = isKnown(api.id) && isKnown(name) && arns.has(`/restapis/${api.id}/stages/${name}`);
        if (isNamed || makers.some((maker) => origins.has(maker))) {
            return true;
        }
        // An ARN that is made of the API alone may name any of its stages.
        const own = [...api.apis].filter((one) => origins.has(one));
        return own.length === 0 ? false : own.every((one) => counts.get(one) === 1) ? true : UNKNOWN;
    };
}
