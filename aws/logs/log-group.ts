/** The log groups that a stack declares. */

import { append } from "../../stack/maps";
import type { Inputs, Resource } from "../../stack/resource";
import { anyOfType, oncePerStack } from "../../stack/stack";
import { isKnown, type Maybe, type Readable, text, UNKNOWN } from "../../stack/values";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "./types";

/** The property that holds a log group's name. */
export function nameProperty(group: Pick<Inputs, "type">): "name" | "logGroupName" {
    return group.type === LOG_GROUP ? "name" : "logGroupName";
}

/** The name of a log group on AWS. */
export function groupNameOf(group: Readable & Pick<Inputs, "type">): Maybe<string> {
    return text(group, nameProperty(group));
}

/** The log groups of a stack: those whose name is known, by name, and those whose name is not known yet. */
export interface LogGroups {
    readonly byName: ReadonlyMap<string, readonly Resource[]>;
    readonly unnamed: readonly Resource[];
}

/** The log groups of a stack, those included that are only read; without those that have no name. */
export const logGroups = oncePerStack((stack): LogGroups => {
    const byName = new Map<string, Resource[]>();
    const unnamed: Resource[] = [];
    for (const group of anyOfType(stack, LOG_GROUP, NATIVE_LOG_GROUP)) {
        const name = groupNameOf(group);
        if (isKnown(name)) {
            append(byName, name, group);
        } else if (name === UNKNOWN) {
            unnamed.push(group);
        }
    }
    return { byName, unnamed };
});
