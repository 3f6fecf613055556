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

export function hasAccessLog(stage: Resource): boolean {
    const settings = SETTINGS.get(stage.type);
    return (
        settings !== undefined &&
        (isKnown(text(stage, ...settings, "destinationArn")) || Object.hasOwn(stage.propertyDependencies, settings[0]))
    );
}

/** The log groups of a stack that take the access log of a stage. */
export function accessLogGroups(stack: Stack): ReadonlySet<Resource> {
    const groups = new Set<Resource>();
    for (const [type, [property]] of SETTINGS) {
        for (const stage of anyOfType(stack, type)) {
            for (const group of sources(stack, stage, [property], ofTypes(LOG_GROUP, NATIVE_LOG_GROUP))) {
                groups.add(group);
            }
        }
    }
    return groups;
}
