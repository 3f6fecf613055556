/** The stages of REST APIs with the method settings that belong to each. */

import { type ApiReference, apiOf, type Match, sameApi } from "./api";
import { isLogging } from "./logging-level";
import { coverage, keyOf } from "./method-path";
import {
    DEPLOYMENT,
    METHOD_SETTINGS,
    NATIVE_STAGE,
    ofType,
    type Resource,
    STAGE,
    type Stack,
    sources,
} from "./resource";
import { flag, indices, isKnown, type Maybe, type Readable, text, UNKNOWN } from "./values";

/** One entry of method settings: its key (see method-path.ts) and its logging level. */
export interface Entry {
    readonly key: Maybe<string>;
    /** Whether the key is `*\/*`. */
    readonly everything: Match;
    readonly level: Maybe<string>;
}

/** One of the entries that an aws-native stage has inside. */
export interface InlineEntry extends Entry {
    readonly dataTrace: Maybe<boolean>;
}

/** An entry and the resource that states it: method settings, or an aws-native stage. */
export interface MethodSettings extends Entry {
    readonly resource: Resource;
}

/** One stage as AWS has it, made by one or by several resources. */
export interface RestStage {
    /** The resource to report on: a Stage where there is one, else the Deployment. */
    readonly resource: Resource;
    /** That resource, and others that make the same stage. */
    readonly makers: readonly Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    readonly settings: readonly MethodSettings[];
    /** Settings of which nobody can tell yet whether they belong to this stage. */
    readonly perhaps: readonly MethodSettings[];
}

interface Made {
    readonly makers: Resource[];
    readonly name: Maybe<string>;
    readonly api: ApiReference;
}

/** Stages first: where a Stage and a Deployment make the same stage, the Stage is the one to report on. */
const MAKERS = [STAGE, DEPLOYMENT] as const;

/**
 * The stages of @pulumi/aws: Stage resources, and Deployments with a `stageName` (before @pulumi/aws v7). Two that name
 * the same API and the same stage are one stage on AWS.
 */
function madeStages(stack: Stack): Made[] {
    const stages: Made[] = [];
    const byName = new Map<string, Made[]>();
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
        const stage: Made = { makers: [resource], name, api };
        stages.push(stage);
        if (isKnown(name)) {
            byName.set(name, [...namesakes, stage]);
        }
    }
    return stages;
}

function isEverything(key: Maybe<string>): Match {
    if (key === UNKNOWN) {
        return "maybe";
    }
    return key !== undefined && coverage(key).covers === "everything" ? "yes" : "no";
}

/** Method settings with what says where they belong. */
interface Loose extends MethodSettings {
    readonly api: ApiReference;
    readonly stageName: Maybe<string>;
    readonly stages: ReadonlySet<Made>;
}

const METHOD_TYPES = ["aws:apigateway/resource:Resource", "aws:apigateway/method:Method"];

function looseSettings(stack: Stack, stages: readonly Made[]): Loose[] {
    const made = new Map(stages.flatMap((stage) => stage.makers.map((maker) => [maker, stage] as const)));
    return ofType(stack, METHOD_SETTINGS).map((resource) => {
        const named = [...sources(stack, resource, ["stageName"], MAKERS)].map((maker) => made.get(maker));
        const key = text(resource, "methodPath");
        return {
            resource,
            key,
            everything: key === UNKNOWN && isOfOneMethod(stack, resource) ? "no" : isEverything(key),
            level: text(resource, "settings", "loggingLevel"),
            api: apiOf(stack, resource),
            stageName: text(resource, "stageName"),
            stages: new Set(named.filter((stage) => stage !== undefined)),
        };
    });
}

/** An unknown key that is put together from a resource or a method is an override, whatever its text will be. */
function isOfOneMethod(stack: Stack, resource: Resource): boolean {
    return sources(stack, resource, ["methodPath"], METHOD_TYPES).size > 0;
}

function sameStage(stage: Made, settings: Loose): Match {
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

/** The entries written inside an aws-native stage; `UNKNOWN` when the list itself is. */
export function inlineEntries(stage: Readable): Maybe<InlineEntry[]> {
    const list = indices(stage, "methodSettings");
    return isKnown(list) ? list.map((index) => inlineEntry(stage, index)) : list;
}

function inlineEntry(stage: Readable, index: number): InlineEntry {
    const path = text(stage, "methodSettings", index, "resourcePath");
    const method = text(stage, "methodSettings", index, "httpMethod");
    const stated = isKnown(path) && isKnown(method) ? keyOf(path, method) : undefined;
    const key = path === UNKNOWN || method === UNKNOWN ? UNKNOWN : stated;
    return {
        key,
        everything: isEverything(key),
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
        perhaps: [],
    };
}

/** Every stage of a REST API that the stack makes with @pulumi/aws. */
export function restStages(stack: Stack): RestStage[] {
    const stages = madeStages(stack);
    const settings = looseSettings(stack, stages);
    return stages.map((stage) => ({
        resource: stage.makers[0] as Resource,
        makers: stage.makers,
        name: stage.name,
        api: stage.api,
        settings: settings.filter((one) => sameStage(stage, one) === "yes"),
        perhaps: settings.filter((one) => sameStage(stage, one) === "maybe"),
    }));
}

/** Every stage of a REST API that the stack makes with aws-native, which has its method settings inside. */
export function nativeRestStages(stack: Stack): RestStage[] {
    return ofType(stack, NATIVE_STAGE).map((resource) => nativeStage(stack, resource));
}

/** The entries that write an execution log. */
export function loggingEntries<T extends Entry>(entries: readonly T[]): T[] {
    return entries.filter((entry) => isLogging(entry.level));
}
