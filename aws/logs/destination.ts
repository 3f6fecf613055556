/** Which log group of a stack each log of a service goes to, and whether it exists before the log is turned on. */

import { accountAndRegion, apartness } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import type { Origins } from "../origins";
import { type Bundle, bundlesInTime } from "./bundle";
import { type Candidates, candidatesAmong, type FreeCandidates } from "./candidates";
import { logGroups } from "./log-group";
import { shareOut } from "./share";

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

/** One log of a writer, which goes to a log group of its own. */
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
export type LogDestination = "in time" | "undeclared" | "undecided" | { readonly late: Resource };

/**
 * Answers the destination of each log.
 *
 * @param originsOf what the name of a log group comes from, among the origins of all writers
 * @param unusual the log groups that take a log of another kind: they are unlikely to take one of these, too
 */
export function destinations<One extends Log>(
    stack: Stack,
    logs: readonly One[],
    originsOf: (group: Resource, property: string) => Origins,
    unusual: ReadonlySet<Resource> = new Set(),
): (log: One) => LogDestination {
    const groups = groupsFor(stack, logs, originsOf, unusual);
    const nameless = logs.filter((log) => !groups.named(log).some((group) => groups.isInTime(log.writer, group)));
    const { served, taken, lacking } = shareOut<Log, Writer>(nameless, groups.offeredTo);
    const free = groups.without(taken);
    const isNameless = new Set<Log>(nameless);
    return (log) => {
        if (!isNameless.has(log) || served.has(log)) {
            return "in time";
        }
        const [late] = groups.named(log);
        if (late !== undefined) {
            return { late };
        }
        // The groups are enough for the logs of this writer, but not for those of others as well.
        return lacking.has(log.writer) ? withoutGroup(log, groups, free) : "undecided";
    };
}

/** The destination of a log for which no group is left that exists in time. */
function withoutGroup({ writer, isUnknown }: Log, groups: GroupsOfLogs, free: FreeCandidates): LogDestination {
    const isTogether = (group: Resource) => groups.areTogether(writer, group);
    const late = free.named(writer).find(isTogether);
    if (late !== undefined) {
        return { late };
    }
    const isUnclear = isUnknown || free.external(writer).some(isTogether) || groups.hasUnlikely(writer);
    return isUnclear ? "undecided" : "undeclared";
}

/** The log groups of a stack, as the logs of some writers look for theirs. */
interface GroupsOfLogs {
    /** Whether a group may be in the region and account of a writer. */
    areTogether(writer: Writer, group: Resource): boolean;
    /** The groups that have the name of a log's group, once that is known. */
    named(log: Log): readonly Resource[];
    /** Whether a group exists before the logs of a writer are turned on. */
    isInTime(writer: Writer, group: Resource): boolean;
    /** The groups without a known name that exist in time and may be those of a writer's logs. */
    offeredTo(writer: Writer): readonly Bundle[];
    /** Whether one of the unusual groups exists in time and may be that of a writer's log. */
    hasUnlikely(writer: Writer): boolean;
    /** The groups without a known name that may be those of other logs. */
    without(taken: ReadonlySet<Resource>): FreeCandidates;
}

function groupsFor(
    stack: Stack,
    logs: readonly Log[],
    originsOf: (group: Resource, property: string) => Origins,
    unusual: ReadonlySet<Resource>,
): GroupsOfLogs {
    const { byName, unnamed } = logGroups(stack);
    const areApart = apartness();
    const isThere = (group: Resource) => stack.isRead(group) || stack.isImported(group);
    const areTogether = ({ resource }: Writer, group: Resource) => !areApart(resource, group);
    const named = ({ writer, groupName }: Log) =>
        (groupName === undefined ? [] : (byName.get(groupName) ?? [])).filter((group) => areTogether(writer, group));
    const likely = candidatesAmong(
        unnamed.filter((group) => !unusual.has(group)),
        originsOf,
    );
    const unlikely = candidatesAmong(
        unnamed.filter((group) => unusual.has(group)),
        originsOf,
    );
    const writers = new Set(logs.map(({ writer }) => writer));
    const bundles = bundlesInTime(stack, writers, new Set([...logs.flatMap(named), ...unnamed]), (group) =>
        JSON.stringify([accountAndRegion(group), likely.originsOf(group), unlikely.originsOf(group)]),
    );
    const offered = (among: Candidates, writer: Writer) =>
        [...bundles.inTime(writer)].filter(({ first }) => among.mayBe(writer, first) && areTogether(writer, first));
    return {
        areTogether,
        named,
        isInTime: (writer, group) => isThere(group) || bundles.inTime(writer).has(bundles.of(group)),
        offeredTo: (writer) => offered(likely, writer),
        hasUnlikely: (writer) => offered(unlikely, writer).length > 0,
        without: likely.without,
    };
}
