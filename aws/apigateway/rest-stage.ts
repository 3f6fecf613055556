/** The stages of REST APIs with the method settings that belong to each. */

import { sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { flag, indices, isKnown, type Maybe, type Readable, text, UNKNOWN } from "../../stack/values";
import { type ApiReference, apiOf, type Match, sameApi } from "./api";
import { isLogging } from "./logging-level";
import { coverage, keyOf } from "./method-path";
import { DEPLOYMENT, METHOD_SETTINGS, NATIVE_STAGE, STAGE } from "./types";

/** One entry of method settings: its key (see method-path.ts) and its logging level. */
export interface Entry {
    readonly key: Maybe<string>;
    /** Whether the key is `*\/*`. */
    readonly coversAllMethods: Match;
    readonly level: Maybe<string>;
}

/** An entry inside an aws-native stage. */
export interface InlineEntry extends Entry {
    readonly dataTrace: Maybe<boolean>;
}

/** An entry and the resource that sets it: method settings, or an aws-native stage. */
export interface MethodSettings extends Entry {
    readonly resource: Resource;
}

/** One stage on AWS, which one or more resources create. */
export interface RestStage {
    /** The resource to report on: a Stage where there is one, else the Deployment. */
    readonly resource: Resource;
    /** That resource, and others that create the same stage. */
    readonly makers: readonly Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    readonly settings: readonly MethodSettings[];
    /** Settings that may belong to this stage: it is not known yet which stage they name. */
    readonly candidates: readonly MethodSettings[];
}

/** A stage of @pulumi/aws before its settings are known. */
interface BareStage {
    readonly makers: Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
}

/** Stages first: if a Stage and a Deployment create the same stage, findings are reported on the Stage. */
const MAKERS = [STAGE, DEPLOYMENT] as const;

/**
 * The stages of @pulumi/aws: Stage resources, and Deployments with a `stageName` (before @pulumi/aws v7). Two resources
 * that name the same API and the same stage are one stage on AWS.
 */
function bareStages(stack: Stack): BareStage[] {
    const stages: BareStage[] = [];
    const byName = new Map<string, BareStage[]>();
    for (const resource of MAKERS.flatMap((type) => ofType(stack, type))) {
        const name = text(resource, "stageName");
        if (resource.type === DEPLOYMENT && !isKnown(name)) {
            continue;
        }
        const api = apiOf(stack, resource);
        const namesakes = isKnown(name) ? (byName.get(name) ?? []) : [];
        const same = namesakes.find((other) => sameApi(other.api, api) === "yes");
        if (same !== undefined) {
            same.makers.push(resource);
            continue;
        }
        const stage: BareStage = { makers: [resource], name, api };
        stages.push(stage);
        if (isKnown(name)) {
            byName.set(name, [...namesakes, stage]);
        }
    }
    return stages;
}

function coversAll(key: Maybe<string>): Match {
    if (key === UNKNOWN) {
        return "maybe";
    }
    return key !== undefined && coverage(key).covers === "all methods" ? "yes" : "no";
}

/** Method settings, with the values that show which stage they belong to. */
interface UnassignedSettings extends MethodSettings {
    readonly api: ApiReference;
    readonly stageName: Maybe<string>;
    readonly stages: ReadonlySet<BareStage>;
}

const METHOD_TYPES = ["aws:apigateway/resource:Resource", "aws:apigateway/method:Method"];

function unassignedSettings(stack: Stack, stages: readonly BareStage[]): UnassignedSettings[] {
    const made = new Map(stages.flatMap((stage) => stage.makers.map((maker) => [maker, stage] as const)));
    return ofType(stack, METHOD_SETTINGS).map((resource) => {
        const named = [...sources(stack, resource, ["stageName"], MAKERS)].map((maker) => made.get(maker));
        const key = text(resource, "methodPath");
        return {
            resource,
            key,
            coversAllMethods: key === UNKNOWN && isOfOneMethod(stack, resource) ? "no" : coversAll(key),
            level: text(resource, "settings", "loggingLevel"),
            api: apiOf(stack, resource),
            stageName: text(resource, "stageName"),
            stages: new Set(named.filter((stage) => stage !== undefined)),
        };
    });
}

/** An unknown key that contains a value of a Resource or a Method is for one method, whatever it will be. */
function isOfOneMethod(stack: Stack, resource: Resource): boolean {
    return sources(stack, resource, ["methodPath"], METHOD_TYPES).size > 0;
}

function sameStage(stage: BareStage, settings: UnassignedSettings): Match {
    const api = sameApi(stage.api, settings.api);
    const named = settings.stages.has(stage);
    if (api === "no" || stage.name === undefined || settings.stageName === undefined) {
        return "no";
    }
    if (isKnown(stage.name) && isKnown(settings.stageName) && stage.name !== settings.stageName) {
        return "no";
    }
    if (named && settings.stages.size === 1) {
        return "yes";
    }
    if (isKnown(stage.name) && isKnown(settings.stageName)) {
        return api;
    }
    return named || settings.stages.size === 0 ? "maybe" : "no";
}

/** The entries inside an aws-native stage; `UNKNOWN` if the list itself is unknown. */
export function inlineEntries(stage: Readable): Maybe<InlineEntry[]> {
    const list = indices(stage, "methodSettings");
    return isKnown(list) ? list.map((index) => inlineEntry(stage, index)) : list;
}

function inlineEntry(stage: Readable, index: number): InlineEntry {
    const path = text(stage, "methodSettings", index, "resourcePath");
    const method = text(stage, "methodSettings", index, "httpMethod");
    const known = isKnown(path) && isKnown(method) ? keyOf(path, method) : undefined;
    const key = path === UNKNOWN || method === UNKNOWN ? UNKNOWN : known;
    return {
        key,
        coversAllMethods: coversAll(key),
        level: text(stage, "methodSettings", index, "loggingLevel"),
        dataTrace: flag(stage, "methodSettings", index, "dataTraceEnabled"),
    };
}

function nativeStage(stack: Stack, resource: Resource): RestStage {
    const entries = inlineEntries(resource);
    return {
        resource,
        makers: [resource],
        name: text(resource, "stageName"),
        api: apiOf(stack, resource),
        settings: isKnown(entries) ? entries.map((entry) => ({ ...entry, resource })) : [],
        candidates: [],
    };
}

/** Every stage of a REST API that the stack creates with @pulumi/aws. */
export function restStages(stack: Stack): RestStage[] {
    const stages = bareStages(stack);
    const settings = unassignedSettings(stack, stages);
    return stages.map((stage) => ({
        resource: stage.makers[0] as Resource,
        makers: stage.makers,
        name: stage.name,
        api: stage.api,
        settings: settings.filter((one) => sameStage(stage, one) === "yes"),
        candidates: settings.filter((one) => sameStage(stage, one) === "maybe"),
    }));
}

/** Every stage of a REST API that the stack creates with aws-native, which has its method settings inside. */
export function nativeRestStages(stack: Stack): RestStage[] {
    return ofType(stack, NATIVE_STAGE).map((resource) => nativeStage(stack, resource));
}

/** The entries that write an execution log. */
export function loggingEntries<T extends Entry>(entries: readonly T[]): T[] {
    return entries.filter((entry) => isLogging(entry.level));
}
