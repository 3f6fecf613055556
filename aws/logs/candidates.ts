/** Log groups whose name is not known yet, by what their name comes from. */

import { append } from "../../stack/maps";
import type { Resource } from "../../stack/resource";
import type { Origins } from "../origins";
import { nameProperty } from "./log-group";

/** What the names of a writer's log groups come from; see `Writer`. */
interface Named {
    readonly origins: readonly Resource[];
    readonly isExternal: boolean;
}

/** Log groups without a known name, any of which may be that of a log. */
export interface Candidates {
    /** What the name of a group comes from; `undefined` if the group is none of these. */
    originsOf(group: Resource): readonly string[] | undefined;
    /** Whether a group may be that of a writer's log. */
    mayBe(writer: Named, group: Resource): boolean;
    /** Those that are left once some are taken. */
    without(taken: ReadonlySet<Resource>): FreeCandidates;
}

/** The candidates that no log has taken. */
export interface FreeCandidates {
    /** Those that are named after the nearest origin of a writer that has any. */
    named(writer: Named): readonly Resource[];
    /** Those whose name comes from outside of the stack, as a writer's does. */
    external(writer: Named): readonly Resource[];
}

/** @param originsOf what the name of a log group, which a property holds, comes from */
export function candidatesAmong(
    groups: readonly Resource[],
    originsOf: (group: Resource, property: string) => Origins,
): Candidates {
    const byOrigin = new Map<Resource, Resource[]>();
    const originsByGroup = new Map<Resource, ReadonlySet<Resource>>();
    /** Their name may be that of any log group, but for one whose name comes from a resource that is still to be created. */
    const external: Resource[] = [];
    for (const group of groups) {
        const { origins, isExternal } = originsOf(group, nameProperty(group));
        if (origins.length > 0 || isExternal) {
            originsByGroup.set(group, new Set(origins));
        }
        for (const origin of origins) {
            append(byOrigin, origin, group);
        }
        if (origins.length === 0 && isExternal) {
            external.push(group);
        }
    }
    return {
        originsOf: (group) => {
            const origins = originsByGroup.get(group);
            return origins && [...origins].map(({ urn }) => urn);
        },
        mayBe: (writer, group) => {
            const origins = originsByGroup.get(group);
            if (origins === undefined || origins.size === 0) {
                return origins !== undefined && writer.isExternal;
            }
            return writer.origins.some((one) => origins.has(one));
        },
        without: (taken) => {
            const isFree = (group: Resource) => !taken.has(group);
            const free = new Map([...byOrigin].map(([origin, own]) => [origin, own.filter(isFree)]));
            const freeExternal = external.filter(isFree);
            return {
                named: ({ origins }) =>
                    origins.map((one) => free.get(one) ?? []).find(({ length }) => length > 0) ?? [],
                external: (writer) => (writer.isExternal ? freeExternal : []),
            };
        },
    };
}
