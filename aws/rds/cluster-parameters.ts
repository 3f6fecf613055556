/** The parameters of a DB cluster, which it gets from its cluster parameter group. */

import { getOrAdd, groupBy } from "../../stack/maps";
import { accountAndRegion, areApart } from "../../stack/provider";
import { dependenciesOf, ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { indices, isKnown, keys, type Maybe, number, text, UNKNOWN } from "../../stack/values";
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
    const find = (cluster: Resource, name: Maybe<string>): readonly Resource[] => {
        const found = isKnown(name)
            ? (byName.get(name.toLowerCase()) ?? [])
            : [...sources(stack, cluster, [GROUP_NAME], isGroup)].filter((group) => !stack.isRead(group));
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
        const key = JSON.stringify([accountAndRegion(cluster), origin]);
        return getOrAdd(lists, key, () => find(cluster, name));
    };
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
