/** Which log group of a stack each log of a service goes to, and whether it exists before the log is turned on. */

import { dependencyIndex } from "../../stack/dependencies";
import { areApart } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import type { Origins } from "../origins";
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
    const inTime = groupsInTime(stack, writers, new Set([...logs.flatMap(named), ...unnamed]));
    const isInTime = (writer: Writer, group: Resource) => stack.isRead(group) || inTime(writer).includes(group);
    // Of groups without a known name, each can be the group of one log only.
    const others = new Set(logs.filter((log) => !named(log).some((group) => isInTime(log.writer, group))));
    const { matched, taken, rivals } = matchUp([...others], ({ writer }) =>
        inTime(writer).filter((group) => candidates.mayBe(writer, group) && areTogether(writer, group)),
    );
    const free = candidates.without(taken);
    return (log) => {
        const { writer } = log;
        if (!others.has(log) || matched.has(log)) {
            return "in time";
        }
        const [late] = named(log);
        if (late !== undefined) {
            return { late };
        }
        if (rivals.get(log)?.some((other) => other.writer !== writer)) {
            return "undecided";
        }
        const candidate = free.named(writer).find((group) => areTogether(writer, group));
        if (candidate !== undefined) {
            return { late: candidate };
        }
        const unclear = [...free.external(writer), ...inTime(writer).filter((group) => unlikely.mayBe(writer, group))];
        return log.isUnknown || unclear.some((group) => areTogether(writer, group)) ? "undecided" : "undeclared";
    };
}

function areTogether({ resource }: Writer, group: Resource): boolean {
    return !areApart(group, resource);
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
            const groups = byOrigin.get(origin);
            groups === undefined ? byOrigin.set(origin, [group]) : groups.push(group);
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
        mayBe: (writer: Writer, group: Resource) => {
            const origins = originsByGroup.get(group);
            if (origins === undefined || origins.size === 0) {
                return origins !== undefined && writer.isExternal;
            }
            return writer.origins.some((one) => origins.has(one));
        },
    };
}

/** Of some log groups those that exist before a writer does, or else before everything that turns its logs on. */
function groupsInTime(stack: Stack, writers: ReadonlySet<Writer>, groups: ReadonlySet<Resource>) {
    const resources = new Set([...writers].flatMap(({ resource, switches }) => [resource, ...switches]));
    const dependentsOf = dependencyIndex(stack, resources);
    const before = new Map<Resource, Set<Resource>>([...resources].map((resource) => [resource, new Set()]));
    for (const group of groups) {
        for (const dependent of dependentsOf(group)) {
            before.get(dependent)?.add(group);
        }
    }
    return ({ resource, switches: [first, ...others] }: Writer): Resource[] => {
        const groupsBefore = (one: Resource | undefined) => [...(before.get(one as Resource) as Set<Resource>)];
        const ofSwitches = groupsBefore(first).filter((group) => others.every((one) => before.get(one)?.has(group)));
        return [...new Set([...groupsBefore(resource), ...ofSwitches])];
    };
}
