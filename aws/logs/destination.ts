/** Which log group of a stack each log of a service goes to, and whether it exists before the log is turned on. */

import { append } from "../../stack/maps";
import { accountAndRegion, apartness } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import type { Origins } from "../origins";
import { type Bundle, bundlesInTime } from "./bundle";
import { logGroups, nameProperty } from "./log-group";
import { matchUp } from "./match-up";

/** Something that writes logs, for which its service creates the log groups if they are missing. */
export interface Writer {
    readonly resource: Resource;
    /**
     * The resources that turn the logs on, whereupon the service creates the groups. They are the last that can depend on
     * them.
     */
    readonly switches: readonly Resource[];
    /** The resources that the names of the groups may come from, the nearest first. */
    readonly origins: readonly Resource[];
    /** Whether the names may be made of values that are all from outside of the stack. */
    readonly isExternal: boolean;
}

export interface Log {
    readonly writer: Writer;
    /** The name of the log's group, once it is known. */
    readonly groupName: string | undefined;
    /** Whether the group may be any, because not enough is known of its name. */
    readonly isUnknown: boolean;
}

/**
 * Whether a log's group is declared and exists in time; is declared, but may be created too late; is not declared; or
 * whether that is undecided, because its name is not known yet.
 */
export type Destination = "in time" | "undeclared" | "undecided" | { readonly late: Resource };

/**
 * @param originsOf what the name of a log group comes from, among the origins of all writers
 * @param unusual the log groups that take a log of another kind: they are unlikely to take one of these, too
 */
export function destinations<One extends Log>(
    stack: Stack,
    logs: readonly One[],
    originsOf: (group: Resource, property: string) => Origins,
    unusual: ReadonlySet<Resource> = new Set(),
): (log: One) => Destination {
    const { byName, unnamed } = logGroups(stack);
    const areApart = apartness();
    const areTogether = ({ resource }: Writer, group: Resource) => !areApart(resource, group);
    const named = ({ writer, groupName }: One) =>
        (groupName === undefined ? [] : (byName.get(groupName) ?? [])).filter((group) => areTogether(writer, group));
    const candidates = candidateIndex(
        unnamed.filter((group) => !unusual.has(group)),
        originsOf,
    );
    const unlikely = candidateIndex(
        unnamed.filter((group) => unusual.has(group)),
        originsOf,
    );
    const writers = new Set(logs.map(({ writer }) => writer));
    const { bundleOf, inTime } = bundlesInTime(stack, writers, new Set([...logs.flatMap(named), ...unnamed]), (group) =>
        JSON.stringify([accountAndRegion(group), candidates.originsOf(group), unlikely.originsOf(group)]),
    );
    const isInTime = (writer: Writer, group: Resource) => stack.isRead(group) || inTime(writer).has(bundleOf(group));
    // Of groups without a known name, each can be the group of one log only.
    const others = logs.filter((log) => !named(log).some((group) => isInTime(log.writer, group)));
    const wantedBy = new Map<Writer, number>();
    for (const { writer } of others) {
        wantedBy.set(writer, (wantedBy.get(writer) ?? 0) + 1);
    }
    const offeredTo = new Map(
        [...wantedBy.keys()].map((writer) => [
            writer,
            [...inTime(writer)].filter(({ first }) => candidates.mayBe(writer, first) && areTogether(writer, first)),
        ]),
    );
    const offered = (writer: Writer) => offeredTo.get(writer) as readonly Bundle[];
    const room = (writer: Writer) => offered(writer).reduce((sum, { groups }) => sum + groups.length, 0);
    const lacking = new Set([...wantedBy].flatMap(([writer, count]) => (count > room(writer) ? writer : [])));
    // What a writer without enough groups has is its own, as long as names do not say otherwise.
    const byNeed = [
        ...others.filter(({ writer }) => lacking.has(writer)),
        ...others.filter(({ writer }) => !lacking.has(writer)),
    ];
    const { matched, taken } = matchUp(
        byNeed,
        ({ writer }) => offered(writer),
        ({ groups }) => groups.length,
    );
    const free = candidates.without(new Set([...taken].flatMap(([{ groups }, count]) => groups.slice(0, count))));
    const isOther = new Set(others);
    return (log) => {
        const { writer } = log;
        if (!isOther.has(log) || matched.has(log)) {
            return "in time";
        }
        const [late] = named(log);
        if (late !== undefined) {
            return { late };
        }
        if (!lacking.has(writer)) {
            // The groups are enough for the logs of this writer, but not for those of others as well.
            return "undecided";
        }
        const candidate = free.named(writer).find((group) => areTogether(writer, group));
        if (candidate !== undefined) {
            return { late: candidate };
        }
        const isUnclear =
            free.external(writer).some((group) => areTogether(writer, group)) ||
            [...inTime(writer)].some(({ first }) => unlikely.mayBe(writer, first) && areTogether(writer, first));
        return log.isUnknown || isUnclear ? "undecided" : "undeclared";
    };
}

/** Log groups without a known name by what their name comes from. */
function candidateIndex(unnamed: readonly Resource[], originsOf: (group: Resource, property: string) => Origins) {
    const byOrigin = new Map<Resource, Resource[]>();
    const originsByGroup = new Map<Resource, ReadonlySet<Resource>>();
    /** Their name may be that of any log group, but for one whose name comes from a resource that is still to be created. */
    const external: Resource[] = [];
    for (const group of unnamed) {
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
        without: (taken: ReadonlySet<Resource>) => {
            const isFree = (group: Resource) => !taken.has(group);
            const free = new Map([...byOrigin].map(([origin, groups]) => [origin, groups.filter(isFree)]));
            const freeExternal = external.filter(isFree);
            return {
                external: (writer: Writer) => (writer.isExternal ? freeExternal : []),
                /** Groups that are named after the nearest origin of the writer that has any. */
                named: ({ origins }: Writer) =>
                    origins.map((one) => free.get(one) ?? []).find(({ length }) => length > 0) ?? [],
            };
        },
        /** What the name of a group comes from, if the group is one of these. */
        originsOf: (group: Resource) => {
            const origins = originsByGroup.get(group);
            return origins && [...origins].map(({ urn }) => urn);
        },
        mayBe: (writer: Writer, group: Resource) => {
            const origins = originsByGroup.get(group);
            if (origins === undefined || origins.size === 0) {
                return origins !== undefined && writer.isExternal;
            }
            return writer.origins.some((one) => origins.has(one));
        },
    };
}
