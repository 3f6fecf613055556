/** DB instances and DB clusters, in @pulumi/aws and in aws-native. */

import type { Inputs } from "../../stack/resource";
import { quote } from "../../stack/text";
import { indices, isKnown, type Maybe, text, UNKNOWN, type Whether } from "../../stack/values";
import { DB_CLUSTER, DB_INSTANCE, NATIVE_DB_CLUSTER, NATIVE_DB_INSTANCE } from "./types";

type Database = Pick<Inputs, "type" | "props">;

/** The types of DB instances and DB clusters. */
export const DATABASE_TYPES = [DB_INSTANCE, DB_CLUSTER, NATIVE_DB_INSTANCE, NATIVE_DB_CLUSTER] as const;

/** Whether a database is a DB instance or a DB cluster. */
export type Kind = "instance" | "cluster";

/** The kind of a database, by its type. */
export function kindOf({ type }: Database): Kind {
    return type === DB_CLUSTER || type === NATIVE_DB_CLUSTER ? "cluster" : "instance";
}

/** `DB cluster "orders"`, with the name of the resource in the program. */
export function describeDatabase(database: Pick<Inputs, "type" | "props" | "name">): string {
    return `DB ${kindOf(database)} ${quote(database.name)}`;
}

/**
 * The engine in lower case, as the provider stores it (terraform-provider-aws, internal/service/rds/instance.go). Not set
 * for what gets the engine of its source, like a replica.
 */
export function engineOf(database: Database): Maybe<string> {
    const engine = text(database, "engine");
    return isKnown(engine) ? engine.toLowerCase() : engine;
}

/** `aurora` is the name of Aurora MySQL 1, compatible with MySQL 5.6. */
export const AURORA_MYSQL = /^aurora(-mysql)?$/;

/**
 * Whether an instance leaves its log exports to its cluster
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, EnableCloudwatchLogsExports).
 */
export function isClusterMember(database: Database): boolean {
    return database.type === NATIVE_DB_INSTANCE && text(database, "dbClusterIdentifier") !== undefined;
}

/** The property with the log types that a database exports to CloudWatch. */
export function exportsProperty({ type }: Database): "enabledCloudwatchLogsExports" | "enableCloudwatchLogsExports" {
    return type === DB_INSTANCE || type === DB_CLUSTER ? "enabledCloudwatchLogsExports" : "enableCloudwatchLogsExports";
}

/** The log types that a database exports to CloudWatch. */
export function exportedLogs(database: Database): Maybe<readonly Maybe<string>[]> {
    const property = exportsProperty(database);
    const entries = indices(database, property);
    return isKnown(entries) ? entries.map((index) => text(database, property, index)) : entries;
}

/**
 * A cluster of Aurora Serverless v1 has no instances, and no exports to choose: Security Hub's RDS.34 leaves it out
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-34).
 */
export function isServerlessV1(database: Database): Whether {
    const mode = kindOf(database) === "cluster" ? text(database, "engineMode") : undefined;
    return mode === UNKNOWN ? UNKNOWN : mode === "serverless";
}
