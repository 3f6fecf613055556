/** The log groups that databases export their logs to. */

import { dependenciesOf } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { isKnown, type Maybe, text, UNKNOWN } from "../../stack/values";
import { destinations, type Log, type LogDestination, type Writer } from "../logs/destination";
import { logGroups } from "../logs/log-group";
import { carriesValues, isOfAnotherProgram, originsOf } from "../origins";
import { DATABASE_TYPES, exportedLogs, isClusterMember, kindOf } from "./database";
import { IDENTIFIERS, identifierProperty } from "./identifier";

/** One log of a database. */
export interface ExportedLog {
    readonly type: string;
    /** The name of its log group, once it is known. */
    readonly groupName: string | undefined;
    readonly group: LogDestination;
}

/** A database and the logs that it exports to CloudWatch. */
export interface ExportingDatabase {
    readonly database: Resource;
    readonly logs: readonly ExportedLog[];
    /** Whether there may be more logs, of types that are not known yet. */
    readonly hasUnknown: boolean;
}

interface Exporting extends Pick<ExportingDatabase, "database"> {
    readonly identifier: Maybe<string>;
    readonly types: readonly string[];
}

/** The databases of a stack, with the log groups of what they export; without members, whose cluster exports for them. */
export function exportingDatabases(stack: Stack): ExportingDatabase[] {
    const databases = ofType(stack, ...DATABASE_TYPES).filter((database) => !isClusterMember(database));
    const exporting = databases.map((database) => ({ database, ...typesOf(database), ...writerOf(database) }));
    const isNamed = unclaimedName(stack, exporting);
    const logs = exporting.flatMap(({ database, types, identifier, writer }) =>
        types.map((type) => ({
            database,
            type,
            writer,
            groupName: isKnown(identifier) ? logGroupName(database, identifier, type) : undefined,
            isUnknown: identifier === UNKNOWN && isNamed(database, type),
        })),
    );
    const destinationOf = destinations(stack, logs, identifierOrigins(stack, logs));
    const logsOf = new Map<Resource, ExportedLog[]>(databases.map((database) => [database, []]));
    for (const log of logs) {
        const { database, type, groupName } = log;
        logsOf.get(database)?.push({ type, groupName, group: destinationOf(log) });
    }
    return exporting.map(({ database, hasUnknown }) => ({
        database,
        hasUnknown,
        logs: logsOf.get(database) as ExportedLog[],
    }));
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html; identifiers are
 * stored in lower case
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html).
 */
export function logGroupName(database: Pick<Resource, "type" | "props">, identifier: string, type: string): string {
    return `/aws/rds/${kindOf(database)}/${identifier.toLowerCase()}/${type}`;
}

function typesOf(database: Resource): { types: string[]; hasUnknown: boolean } {
    const exported: Maybe<readonly Maybe<string>[]> = exportedLogs(database) ?? [];
    return exported === UNKNOWN
        ? { types: [], hasUnknown: true }
        : { types: [...new Set(exported.filter(isKnown))], hasUnknown: exported.includes(UNKNOWN) };
}

function writerOf(database: Resource): { identifier: Maybe<string>; writer: Writer } {
    const property = identifierProperty(database);
    const identifier = text(database, property);
    const sources = identifier === UNKNOWN ? dependenciesOf(database, [property]) : [];
    const isExternal = identifier !== undefined && sources.every(isOfAnotherProgram);
    return {
        identifier,
        writer: { resource: database, switches: [database], origins: [database, ...sources], isExternal },
    };
}

/**
 * Answers what the name of a log group comes from: databases, or else what their identifiers come from, too. A name that
 * comes from another new resource, like a random suffix, is that of no other database's group.
 */
function identifierOrigins(stack: Stack, logs: readonly Log[]) {
    const origins = new Set(logs.flatMap(({ writer }) => writer.origins));
    const isOrigin = (one: Resource) => origins.has(one);
    const databases = new Set(logs.map(({ writer }) => writer.resource));
    const passedOn = (dependency: Resource) =>
        carriesValues(dependency) ? Object.keys(dependency.propertyDependencies) : IDENTIFIERS;
    return (group: Resource, property: string) => {
        const found = originsOf(stack, group, property, isOrigin, passedOn, isOfAnotherProgram);
        const own = found.origins.filter((one) => databases.has(one));
        return { ...found, origins: own.length > 0 ? own : found.origins };
    };
}

/**
 * Answers whether a log group has a name that a database may turn out to have given it: it fits the kind of the database
 * and the type of its log, and is not the one of another database.
 */
function unclaimedName(stack: Stack, exporting: readonly Exporting[]): (database: Resource, type: string) => boolean {
    const claimed = new Set(
        exporting.flatMap(({ database, identifier, types }) =>
            isKnown(identifier) ? types.map((type) => logGroupName(database, identifier, type)) : [],
        ),
    );
    const unclaimed = new Set(
        [...logGroups(stack).byName.keys()]
            .filter((name) => !claimed.has(name))
            .map((name) => name.replace(/^(\/aws\/rds\/[a-z]+\/)[^/]+/, "$1")),
    );
    return (database, type) => unclaimed.has(logGroupName(database, "", type));
}
