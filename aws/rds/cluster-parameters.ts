/** The parameters of a DB cluster, which it gets from its cluster parameter group. */

import type { Fields, Value } from "../../stack/code";
import { getOrAdd, groupBy } from "../../stack/maps";
import { accountAndRegion, areApart } from "../../stack/provider";
import { dependenciesOf, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { compare } from "../../stack/text";
import { indices, isKnown, json, keys, type Maybe, number, text, UNKNOWN } from "../../stack/values";
import { AURORA_MYSQL, engineOf } from "./database";
import { CLUSTER_PARAMETER_GROUP, NATIVE_CLUSTER_PARAMETER_GROUP } from "./types";

const GROUP_TYPES = [CLUSTER_PARAMETER_GROUP, NATIVE_CLUSTER_PARAMETER_GROUP] as const;
/** Of clusters in both packages, and of aws-native's groups themselves. */
const GROUP_NAME = "dbClusterParameterGroupName";

/**
 * Answers the cluster parameter groups of the stack that may be a cluster's: one, or more if it is not known which; none
 * if the cluster's is not in the stack; or that the cluster uses the default group of its engine.
 */
export function parameterGroupFinder(stack: Stack): (cluster: Resource) => readonly Resource[] | "default" {
    const groups = ofType(stack, ...GROUP_TYPES);
    const isGroup = ofTypes(...GROUP_TYPES);
    const byName = groupBy(groups, (group) => {
        const name = text(group, group.type === CLUSTER_PARAMETER_GROUP ? "name" : GROUP_NAME);
        return isKnown(name) ? name.toLowerCase() : undefined;
    });
    const find = (cluster: Resource, name: Maybe<string>, families: RegExp): readonly Resource[] => {
        const found = isKnown(name)
            ? (byName.get(name.toLowerCase()) ?? [])
            : [...sources(stack, cluster, [GROUP_NAME], isGroup)].filter(
                  (group) => !stack.isRead(group) && mayBeOf(families, group),
              );
        return found.filter((group) => !areApart(group, cluster));
    };
    /** Clusters that are alike share one list: a component that their names come from may hold thousands of groups. */
    const lists = new Map<string, readonly Resource[]>();
    return (cluster) => {
        const name = text(cluster, GROUP_NAME);
        // Groups that are made have no dot in their name, which is stored in lower case
        // (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbclusterparametergroup.html).
        if (name === undefined || (isKnown(name) && /^default\./i.test(name))) {
            return "default";
        }
        const origin = isKnown(name) ? name.toLowerCase() : dependenciesOf(cluster, [GROUP_NAME]).map(({ urn }) => urn);
        const families = familiesOf(cluster);
        const key = JSON.stringify([accountAndRegion(cluster), origin, families.source]);
        return getOrAdd(lists, key, () => find(cluster, name, families));
    };
}

/**
 * A cluster takes only a group of the family of its engine's version, like `aurora-mysql5.7` for `5.7.mysql_aurora.2.11.2`
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html). Answers undefined if
 * the version is not known, or has no number.
 */
export function familyOf(cluster: Resource): string | undefined {
    const version = text(cluster, "engineVersion");
    const [major] = (isKnown(version) && /^\d+\.\d+/.exec(version)) || [];
    return major === undefined ? undefined : major === "5.6" ? "aurora5.6" : `aurora-mysql${major}`;
}

/** The families of the groups that an Aurora MySQL cluster may use; all if its engine is not known, or another one. */
function familiesOf(cluster: Resource): RegExp {
    const engine = engineOf(cluster);
    if (!isKnown(engine) || !AURORA_MYSQL.test(engine)) {
        return /^/;
    }
    const family = familyOf(cluster);
    return family === undefined ? /^aurora(-mysql)?\d/i : new RegExp(`^${family.replace(".", "\\.")}$`, "i");
}

function mayBeOf(families: RegExp, group: Resource): boolean {
    const family = text(group, "family");
    return !isKnown(family) || families.test(family);
}

/** The value of a parameter as text; not set if the group leaves the engine's default. */
export function parameterOf(group: Resource, parameter: string): Maybe<string> {
    return group.type === CLUSTER_PARAMETER_GROUP ? listed(group, parameter) : keyed(group, parameter);
}

/** In @pulumi/aws, the parameters are a list of names and values. */
function listed(group: Resource, parameter: string): Maybe<string> {
    const entries = indices(group, "parameters");
    if (!isKnown(entries)) {
        return entries;
    }
    const names = entries.map((index) => text(group, "parameters", index, "name"));
    const at = names.findIndex((name) => isKnown(name) && name.toLowerCase() === parameter);
    if (at >= 0) {
        return valueAt(group, ["parameters", at, "value"]);
    }
    return names.includes(UNKNOWN) ? UNKNOWN : undefined;
}

/** In aws-native, they are an object. */
function keyed(group: Resource, parameter: string): Maybe<string> {
    const names = keys(group, "parameters");
    if (!isKnown(names)) {
        return names;
    }
    return names.includes(parameter) ? valueAt(group, ["parameters", parameter]) : undefined;
}

function valueAt(group: Resource, path: readonly [string, ...(string | number)[]]): Maybe<string> {
    const value = text(group, ...path) ?? number(group, ...path);
    return typeof value === "number" ? String(value) : value;
}

/** The inputs that set some parameters of a group and keep its others; undefined if those are not known. */
export function inputsWith(group: Resource, wanted: Readonly<Record<string, string>>): Fields | undefined {
    const set = json(group, "parameters");
    if (set === UNKNOWN) {
        return undefined;
    }
    const before: unknown = JSON.parse(set ?? "null");
    const parameters = group.type === CLUSTER_PARAMETER_GROUP ? listWith(before, wanted) : mapWith(before, wanted);
    return parameters === undefined ? undefined : { parameters };
}

/** Providers before v7 leave out values that are not known yet. */
function listWith(before: unknown, wanted: Readonly<Record<string, string>>): Value | undefined {
    const entries = (Array.isArray(before) ? before : [])
        .map((entry: unknown) => plain(Object(entry), ["name", "value", "applyMethod"]))
        .filter(({ name }) => name !== undefined && !(name.toLowerCase() in wanted));
    const added = Object.entries(wanted).map(([name, value]) => ({ name, value }));
    return entries.every(({ value }) => value !== undefined)
        ? [...entries, ...added].map((block) => ({ block }))
        : undefined;
}

/** In alphabetical order: maps come in another order from the engine than from files. */
function mapWith(before: unknown, wanted: Readonly<Record<string, string>>): Value {
    const isMap = typeof before === "object" && before !== null && !Array.isArray(before);
    const all = { ...(isMap ? plain(before, Object.keys(before)) : {}), ...wanted };
    return { entries: Object.fromEntries(Object.entries(all).sort(([a], [b]) => compare(a, b))) };
}

/** Values as text, without any that is neither text nor a number, like the engine's `__defaults`. */
function plain(values: object, names: readonly string[]): Record<string, string> {
    const texts = names
        .map((name) => [name, (values as Record<string, unknown>)[name]] as const)
        .filter(([, value]) => typeof value === "string" || typeof value === "number")
        // The provider's default, which outputs have where the program sets nothing.
        .filter(([name, value]) => name !== "applyMethod" || value !== "immediate");
    return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}
