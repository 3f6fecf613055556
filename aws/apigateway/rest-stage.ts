/** The stages of REST APIs with the method settings that belong to each. */

import { append } from "../../stack/maps";
import { dependenciesOf, isComponent, ofTypes, sources } from "../../stack/relations";
import type { Inputs, Resource } from "../../stack/resource";
import { anyOfType, ofType, oncePerStack, type Stack } from "../../stack/stack";
import {
    flag,
    indices,
    isKnown,
    isSet,
    type Maybe,
    type Path,
    type Readable,
    text,
    UNKNOWN,
    type Whether,
} from "../../stack/values";
import { API_PROPERTIES, type ApiIndex, type ApiReference, apiFinder, apiIndex, sameApi } from "./api";
import { isLogging } from "./logging-level";
import { coverage, keyOf } from "./method-path";
import { DEPLOYMENT, METHOD_SETTINGS, NATIVE_DEPLOYMENT, NATIVE_STAGE, STAGE } from "./types";

/** One entry of method settings: its key (see method-path.ts) and its logging level. */
export interface SettingsEntry {
    readonly key: Maybe<string>;
    /** Whether the key is `*\/*`. */
    readonly coversAllMethods: Whether;
    readonly level: Maybe<string>;
}

/** An entry inside an aws-native resource that makes a stage. */
export interface InlineEntry extends SettingsEntry {
    readonly dataTrace: Whether;
    /** The path of its settings in the resource. */
    readonly path: Path;
}

/** An entry and the resource that sets it: method settings, or an aws-native stage. */
export interface MethodSettings extends SettingsEntry {
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
    readonly settings: MethodSettings[];
    readonly candidates: MethodSettings[];
}

/** Stages first: if a Stage and a Deployment create the same stage, findings are reported on the Stage. */
const MAKERS = [STAGE, DEPLOYMENT] as const;
const isMaker = ofTypes(...MAKERS);

/**
 * The stages of @pulumi/aws: Stage resources, and Deployments with a `stageName` (before @pulumi/aws v7). Two resources
 * that name the same API and the same stage are one stage on AWS. So are, while their names are not known yet, a Deployment
 * and the only Stage whose name comes from the same resources.
 */
function bareStages(stack: Stack): { stages: readonly BareStage[]; index: ApiIndex<BareStage> } {
    const apiOf = apiFinder(stack);
    const stages: BareStage[] = [];
    const index = apiIndex<BareStage>();
    const byOrigins = new Map<string, BareStage[]>();
    for (const resource of MAKERS.flatMap((type) => ofType(stack, type)).filter(makesStage)) {
        const name = text(resource, "stageName");
        const api = apiOf(resource);
        const origins = name === UNKNOWN ? originsOfName(resource) : undefined;
        const namesakes = isKnown(name)
            ? [...index.find(api, name)].filter((other) => other.name === name)
            : resource.type === DEPLOYMENT && origins !== undefined
              ? (byOrigins.get(origins) ?? [])
              : [];
        const [same, another] = namesakes.filter((other) => sameApi(other.api, api) === true);
        if (same !== undefined && (isKnown(name) || another === undefined)) {
            same.makers.push(resource);
            continue;
        }
        const stage: BareStage = { makers: [resource], name, api, settings: [], candidates: [] };
        stages.push(stage);
        index.add(stage, api, name);
        // Two Stages may be named by one resource, each with an ending of its own.
        if (resource.type === STAGE && origins !== undefined) {
            append(byOrigins, origins, stage);
        }
    }
    return { stages, index };
}

/** The resources that the name of a stage comes from, as a key: a RandomPet for example, also through a Deployment. */
function originsOfName(resource: Resource): string | undefined {
    const origins = dependenciesOf(resource, ["stageName"]).flatMap((origin) =>
        origin.type === DEPLOYMENT ? dependenciesOf(origin, ["stageName"]) : [origin],
    );
    const urns = new Set(origins.map(({ urn }) => urn));
    return urns.size === 0 ? undefined : JSON.stringify([...urns].sort());
}

/** Whether a resource makes a stage: a Deployment does if it names one, be the name known or not. */
export function makesStage(resource: Readable & Pick<Inputs, "type">): boolean {
    if (resource.type !== DEPLOYMENT && resource.type !== NATIVE_DEPLOYMENT) {
        return true;
    }
    return isSet(text(resource, "stageName"), resource, "stageName");
}

/** Where a resource that makes a stage has a property of the stage. */
export function stagePath({ type }: Pick<Inputs, "type">, property: string): readonly [string, ...string[]] {
    return type === NATIVE_DEPLOYMENT ? ["stageDescription", property] : [property];
}

function coversAll(key: Maybe<string>): Whether {
    if (key === UNKNOWN) {
        return UNKNOWN;
    }
    return key !== undefined && coverage(key).covers === "all methods";
}

/** Method settings, with the values that show which stage they belong to. */
interface UnassignedSettings extends MethodSettings {
    readonly api: ApiReference;
    readonly stageName: Maybe<string>;
    /** The stages that their stage name comes from, if it comes from any. */
    readonly stages: ReadonlySet<BareStage>;
}

const isMethod = ofTypes("aws:apigateway/resource:Resource", "aws:apigateway/method:Method");

/** Gives each stage the settings that belong to it, and those that may. */
function assignSettings(stack: Stack, stages: readonly BareStage[], index: ApiIndex<BareStage>): void {
    const apiOf = apiFinder(stack);
    const byMaker = new Map(stages.flatMap((stage) => stage.makers.map((maker) => [maker, stage] as const)));
    for (const resource of anyOfType(stack, METHOD_SETTINGS)) {
        const stageName = text(resource, "stageName");
        const key = text(resource, "methodPath");
        const level = text(resource, ...settingOf(resource, "loggingLevel"));
        // Settings that are only read are evaluated by no policy, so they count only where they turn the log on.
        if (stack.isRead(resource) && level !== UNKNOWN && !isLogging(level)) {
            continue;
        }
        const named = [...sources(stack, resource, ["stageName"], isMaker)].flatMap(
            (maker) => byMaker.get(maker) ?? [],
        );
        const api = apiOfSettings(resource, apiOf(resource), new Set(named));
        const found = [...index.find(api, stageName)];
        const settings: UnassignedSettings = {
            resource,
            key,
            coversAllMethods: key === UNKNOWN && isOfOneMethod(stack, resource) ? false : coversAll(key),
            level,
            api,
            stageName,
            stages: new Set(named.length > 0 ? named : found.filter((stage) => isNamedAlike(stage, resource))),
        };
        for (const stage of new Set([...found, ...named])) {
            const match = sameStage(stage, settings);
            if (match !== false) {
                (match === true ? stage.settings : stage.candidates).push(settings);
            }
        }
    }
}

/**
 * The API of method settings. A component that gives both the id of the API and the name of its only stage gives the id
 * of that stage's API, whichever APIs are inside it: its program may have passed another one on to it.
 */
function apiOfSettings(settings: Resource, api: ApiReference, named: ReadonlySet<BareStage>): ApiReference {
    const [stage, another] = named;
    if (isKnown(api.id) || stage === undefined || another !== undefined) {
        return api;
    }
    const origins = dependenciesOf(settings, API_PROPERTIES);
    const givers = new Set(dependenciesOf(settings, ["stageName"]).filter(isComponent));
    const isGiven = origins.length > 0 && origins.every((origin) => givers.has(origin));
    return isGiven ? { ...stage.api, place: settings } : api;
}

/** Whether the names of a stage and of settings are unknown and come from the same resources. */
function isNamedAlike({ makers, name }: BareStage, settings: Resource): boolean {
    const origins = originsOfName(settings);
    return name === UNKNOWN && origins !== undefined && makers.some((maker) => originsOfName(maker) === origins);
}

/** An unknown key that contains a value of a Resource or a Method is for one method, whatever it will be. */
function isOfOneMethod(stack: Stack, resource: Resource): boolean {
    return sources(stack, resource, ["methodPath"], isMethod).size > 0;
}

function sameStage(stage: BareStage, settings: UnassignedSettings): Whether {
    const api = sameApi(stage.api, settings.api);
    const named = settings.stages.has(stage);
    if (api === false || stage.name === undefined || settings.stageName === undefined) {
        return false;
    }
    if (isKnown(stage.name) && isKnown(settings.stageName) && stage.name !== settings.stageName) {
        return false;
    }
    if (named && settings.stages.size === 1) {
        return true;
    }
    if (isKnown(stage.name) && isKnown(settings.stageName)) {
        return api;
    }
    return named || settings.stages.size === 0 ? UNKNOWN : false;
}

/**
 * The entries inside an aws-native Stage, or inside the `stageDescription` of an aws-native Deployment, whose own level is
 * for all methods; `UNKNOWN` if the list itself is unknown.
 */
export function inlineEntries(stage: Readable & Pick<Inputs, "type">): Maybe<InlineEntry[]> {
    if (stage.type === NATIVE_STAGE) {
        return entriesAt(stage, ["methodSettings"]);
    }
    const entries = entriesAt(stage, ["stageDescription", "methodSettings"]) ?? [];
    return entries === UNKNOWN || entries.some(({ coversAllMethods }) => coversAllMethods !== false)
        ? entries
        : [entryAt(stage, ["stageDescription"], "*/*"), ...entries];
}

function entriesAt(stage: Readable, path: Path): Maybe<InlineEntry[]> {
    const list = indices(stage, ...path);
    return isKnown(list)
        ? list.map((index) => {
              const place = [...path, index] as const;
              const resourcePath = text(stage, ...place, "resourcePath");
              const method = text(stage, ...place, "httpMethod");
              const known = isKnown(resourcePath) && isKnown(method) ? keyOf(resourcePath, method) : undefined;
              return entryAt(stage, place, resourcePath === UNKNOWN || method === UNKNOWN ? UNKNOWN : known);
          })
        : list;
}

function entryAt(stage: Readable, path: Path, key: Maybe<string>): InlineEntry {
    return {
        key,
        coversAllMethods: coversAll(key),
        level: text(stage, ...path, "loggingLevel"),
        dataTrace: flag(stage, ...path, "dataTraceEnabled") ?? false,
        path,
    };
}

/** Every stage of a REST API that the stack creates. */
export const allRestStages = oncePerStack((stack): readonly RestStage[] => [
    ...restStages(stack),
    ...nativeRestStages(stack),
]);

/** Those that it creates with @pulumi/aws. */
export const restStages = oncePerStack((stack): readonly RestStage[] => {
    const { stages, index } = bareStages(stack);
    assignSettings(stack, stages, index);
    return stages.map((stage) => ({ ...stage, resource: stage.makers[0] as Resource }));
});

/** Those that it creates with aws-native, which have their method settings inside. */
export const nativeRestStages = oncePerStack((stack): readonly RestStage[] => {
    const apiOf = apiFinder(stack);
    return ofType(stack, NATIVE_STAGE, NATIVE_DEPLOYMENT)
        .filter(makesStage)
        .map((resource) => {
            const entries = inlineEntries(resource);
            return {
                resource,
                makers: [resource],
                name: text(resource, "stageName"),
                api: apiOf(resource),
                settings: isKnown(entries) ? entries.map((entry) => ({ ...entry, resource })) : [],
                candidates: [],
            };
        });
});

/** The entries that write an execution log. */
export function loggingEntries<T extends SettingsEntry>(entries: readonly T[]): T[] {
    return entries.filter(writesLog);
}

/** Whether an entry writes an execution log: one whose key covers no method, or is not set, writes none at any level. */
export function writesLog({ key, level }: Pick<SettingsEntry, "key" | "level">): boolean {
    return isLogging(level) && key !== undefined && (key === UNKNOWN || coverage(key).covers !== "no method");
}

/**
 * Where a MethodSettings resource has one of its settings. States of old providers have a list of one in place of the object.
 */
export function settingOf(settings: Readable, name: string): Path {
    const list = indices(settings, "settings");
    return isKnown(list) && list.length === 1 ? ["settings", 0, name] : ["settings", name];
}

/** Whether an entry may turn out to write an execution log, once its level is known. One that matches no method does not. */
export function mayLogEntry({ level, key }: Pick<SettingsEntry, "level" | "key">): boolean {
    return level === UNKNOWN && key !== undefined && (key === UNKNOWN || coverage(key).covers !== "no method");
}

/** Whether it is not known yet which settings a resource of aws-native has inside, or at which level. */
export function mayLogByItself(maker: Resource): boolean {
    if (maker.type !== NATIVE_STAGE && maker.type !== NATIVE_DEPLOYMENT) {
        return false;
    }
    const entries = inlineEntries(maker);
    return entries === UNKNOWN || (isKnown(entries) && entries.some(mayLogEntry));
}
