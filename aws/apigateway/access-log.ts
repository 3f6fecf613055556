/** Access logs of stages, which a stage sends to a destination of the program's choice. */

import { ofTypes, sources } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { anyOfType, type Stack } from "../../stack/stack";
import { isKnown, text } from "../../stack/values";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "../logs/types";
import { NATIVE_DEPLOYMENT, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "./types";

/** Where a stage sets the destination of its access log. */
const SETTINGS: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
    [STAGE, ["accessLogSettings"]],
    [V2_STAGE, ["accessLogSettings"]],
    [NATIVE_STAGE, ["accessLogSetting"]],
    [NATIVE_V2_STAGE, ["accessLogSettings"]],
    [NATIVE_DEPLOYMENT, ["stageDescription", "accessLogSetting"]],
]);

/** Whether a stage is known to send its access log to a log group, and not to Firehose, which needs no role. */
export function logsAccessToLogGroup(stack: Stack, stage: Resource): boolean {
    const settings = SETTINGS.get(stage.type);
    if (settings === undefined) {
        return false;
    }
    const destination = text(stage, ...settings, "destinationArn");
    return isKnown(destination) ? /^arn:[^:]*:logs:/.test(destination) : groupsOf(stack, stage, settings[0]).size > 0;
}

function groupsOf(stack: Stack, stage: Resource, property: string): ReadonlySet<Resource> {
    return sources(stack, stage, [property], ofTypes(LOG_GROUP, NATIVE_LOG_GROUP));
}

/** The log groups of a stack that take the access log of a stage. */
export function accessLogGroups(stack: Stack): ReadonlySet<Resource> {
    const groups = new Set<Resource>();
    for (const [type, [property]] of SETTINGS) {
        for (const stage of anyOfType(stack, type)) {
            for (const group of groupsOf(stack, stage, property)) {
                groups.add(group);
            }
        }
    }
    return groups;
}
