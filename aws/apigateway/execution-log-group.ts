/** Which log group of a stack each execution log goes to, and whether it exists before the log is turned on. */

import { dependencyIndex } from "../../stack/dependencies";
import { areApart } from "../../stack/provider";
import { dependenciesOf, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, text, UNKNOWN } from "../../stack/values";
import { deliveredSources } from "../logs/delivery";
import { logGroups, nameProperty } from "../logs/log-group";
import { matchUp } from "../logs/match-up";
import { accessLogGroups } from "./access-log";
import { API_TYPES, carriesValues, type Match, passedOn } from "./api";
import { executionLogGroup, type LoggingStage } from "./execution-log";
import { makesStage } from "./rest-stage";
import { DEPLOYMENT, NATIVE_DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "./types";

/** One log group that a stage writes to. */
export interface ExecutionLog {
    readonly stage: LoggingStage;
    /** See `LoggingStage.suffixes`. */
    readonly suffix: string;
    /**
     * Whether the log group is declared and exists in time; is declared, but may be created too late; is not declared; or
     * whether that is undecided, because its name is not known yet.
     */
    readonly group: "in time" | "undeclared" | "undecided" | { readonly late: Resource };
}

export function executionLogs(stack: Stack, stages: readonly LoggingStage[]): ExecutionLog[] {
    const { byName, unnamed } = logGroups(stack);
    const delivered = deliveries(stack, stages);
    const logs = stages
        .filter((stage) => delivered(stage) !== "yes")
        .flatMap((stage) =>
            stage.suffixes.map((suffix) => ({ stage, suffix, name: executionLogGroup(stage, suffix) })),
        );
    const named = (log: { stage: LoggingStage; name: string | undefined }) =>
        (log.name === undefined ? [] : (byName.get(log.name) ?? [])).filter((group) => areTogether(log.stage, group));
    // A group that takes an access log may well take the execution log, too; that is unusual.
    const access = accessLogGroups(stack);
    const candidates = candidateIndex(
        stack,
        unnamed.filter((group) => !access.has(group)),
    );
    const unusual = candidateIndex(
        stack,
        unnamed.filter((group) => access.has(group)),
    );
    const inTime = groupsInTime(stack, stages, new Set([...logs.flatMap(named), ...unnamed]));
    const isInTime = (stage: LoggingStage, group: Resource) => stack.isRead(group) || inTime(stage).includes(group);
    // Of groups without a known name, each can be the group of one log only.
    const others = new Set(logs.filter((log) => !named(log).some((group) => isInTime(log.stage, group))));
    const { matched, taken, rivals } = matchUp([...others], ({ stage }) =>
        inTime(stage).filter((group) => candidates.mayBe(stage, group) && areTogether(stage, group)),
    );
    const free = candidates.without(taken);
    return logs.map((log): ExecutionLog => {
        const { stage, suffix } = log;
        const answer = (group: ExecutionLog["group"]) => ({ stage, suffix, group });
        const [late] = named(log);
        if (!others.has(log) || matched.has(log)) {
            return answer("in time");
        }
        if (delivered(stage) === "maybe") {
            return answer("undecided");
        }
        if (late !== undefined) {
            return answer({ late });
        }
        if (rivals.get(log)?.some((other) => other.stage !== stage)) {
            return answer("undecided");
        }
        const candidate = free.named(stage).find((group) => areTogether(stage, group));
        if (candidate !== undefined) {
            return answer({ late: candidate });
        }
        const isUnknown = stage.name === UNKNOWN || (stage.api.id === UNKNOWN && stage.api.apis.size === 0);
        const unclear = [...free.external(stage), ...inTime(stage).filter((group) => unusual.mayBe(stage, group))];
        return answer(isUnknown || unclear.some((group) => areTogether(stage, group)) ? "undecided" : "undeclared");
    });
}

function areTogether(stage: LoggingStage, group: Resource): boolean {
    return !areApart(group, stage.resource);
}

const STAGE_TYPES = [STAGE, DEPLOYMENT, NATIVE_STAGE, NATIVE_DEPLOYMENT, V2_STAGE, NATIVE_V2_STAGE];

/** The stages and APIs that a property gets its value from; and whether it may have it from outside of the stack. */
function originsOf(stack: Stack, resource: Resource, property: string) {
    let isExternal = dependenciesOf(resource, [property]).length === 0;
    const follow = (dependency: Resource) => {
        const properties = [property, ...passedOn(dependency)];
        isExternal ||= carriesValues(dependency) && dependenciesOf(dependency, properties).length === 0;
        return properties;
    };
    const isStage = (one: Resource) => STAGE_TYPES.includes(one.type) && makesStage(one);
    const isApi = ofTypes(...API_TYPES);
    const origins = [...sources(stack, resource, [property], (one) => isStage(one) || isApi(one), follow)];
    const stages = origins.filter(isStage);
    return { origins: stages.length > 0 ? stages : origins, isExternal };
}

/** Log groups without a known name by what their name comes from. */
function candidateIndex(stack: Stack, unnamed: readonly Resource[]) {
    const byOrigin = new Map<Resource, Resource[]>();
    const originsByGroup = new Map<Resource, ReadonlySet<Resource>>();
    /** Their name may be that of any log group, but for one of an API that is still to be created. */
    const external: Resource[] = [];
    for (const group of unnamed) {
        const { origins, isExternal } = originsOf(stack, group, nameProperty(group));
        if (origins.length > 0 || isExternal) {
            originsByGroup.set(group, new Set(origins));
        }
        for (const origin of origins) {
            const groups = byOrigin.get(origin);
            groups === undefined ? byOrigin.set(origin, [group]) : groups.push(group);
        }
        if (origins.length === 0 && isExternal) {
            external.push(group);
        }
    }
    const hasId = ({ api }: LoggingStage) => isKnown(api.id) || api.apis.size === 0;
    return {
        without: (taken: ReadonlySet<Resource>) => {
            const isFree = (group: Resource) => !taken.has(group);
            const free = new Map([...byOrigin].map(([origin, groups]) => [origin, groups.filter(isFree)]));
            const freeExternal = external.filter(isFree);
            return {
                external: (stage: LoggingStage) => (hasId(stage) ? freeExternal : []),
                /** Groups that are named after the stage, or else after its API. */
                named: ({ makers, api }: LoggingStage) =>
                    [...makers, ...api.apis].map((one) => free.get(one) ?? []).find(({ length }) => length > 0) ?? [],
            };
        },
        mayBe: (stage: LoggingStage, group: Resource) => {
            const origins = originsByGroup.get(group);
            if (origins === undefined || origins.size === 0) {
                return origins !== undefined && hasId(stage);
            }
            return [...stage.makers, ...stage.api.apis].some((one) => origins.has(one));
        },
    };
}

/** Of some log groups those that exist before a stage does, or else before everything that turns its log on. */
function groupsInTime(stack: Stack, stages: readonly LoggingStage[], groups: ReadonlySet<Resource>) {
    const resources = new Set(stages.flatMap(({ resource, switches }) => [resource, ...switches]));
    const dependentsOf = dependencyIndex(stack, resources);
    const before = new Map<Resource, Set<Resource>>([...resources].map((resource) => [resource, new Set()]));
    for (const group of groups) {
        for (const dependent of dependentsOf(group)) {
            before.get(dependent)?.add(group);
        }
    }
    return ({ resource, switches: [first, ...others] }: LoggingStage): Resource[] => {
        const groupsBefore = (one: Resource | undefined) => [...(before.get(one as Resource) as Set<Resource>)];
        const ofSwitches = groupsBefore(first).filter((group) => others.every((one) => before.get(one)?.has(group)));
        return [...new Set([...groupsBefore(resource), ...ofSwitches])];
    };
}

/**
 * Whether a delivery takes the execution log of a stage elsewhere, so that API Gateway's own group stays empty
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-create-log-delivery.html).
 */
function deliveries(stack: Stack, stages: readonly LoggingStage[]): (stage: LoggingStage) => Match {
    const arns = new Set<string>();
    const origins = new Set<Resource>();
    for (const source of deliveredSources(stack, "EXECUTION_LOGS")) {
        const arn = text(source, "resourceArn");
        if (isKnown(arn)) {
            arns.add(arn.slice(arn.indexOf("/restapis/")));
        } else {
            for (const origin of originsOf(stack, source, "resourceArn").origins) {
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
            return "yes";
        }
        // An ARN that is made of the API alone may name any of its stages.
        const own = [...api.apis].filter((one) => origins.has(one));
        return own.length === 0 ? "no" : own.every((one) => counts.get(one) === 1) ? "yes" : "maybe";
    };
}
