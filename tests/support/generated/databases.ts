/** Databases of RDS, with the parameter groups of clusters and the log groups of the logs that they export. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { computed, from } from "../wire/declare";
import { textOf } from "./apis";
import {
    componentAt,
    type Draft,
    index,
    isFree,
    list,
    type Made,
    madeUp,
    make,
    near,
    nextName,
    perhapsElsewhere,
    pick,
    place,
    type ShapeOf,
    stackReference,
    type Where,
    where,
} from "./draft";

const LOG_TYPES = ["audit", "error", "general", "slowquery", "postgresql", "upgrade", "alert", "agent"];
const ENGINES = {
    instance: ["mysql", "postgres", "mariadb", "oracle-ee", "sqlserver-ex"],
    cluster: ["aurora-mysql", "aurora-mysql", "aurora", "aurora-postgresql", "mysql", "postgres"],
};

export const DATABASES = {
    parameterGroups: list(
        fc.record({
            native: fc.boolean(),
            named: fc.constantFrom("by text", "by Pulumi", "by prefix"),
            logging: fc.constantFrom("1", 1, "0", undefined),
            events: fc.constantFrom("CONNECT", "CONNECT,QUERY_DCL", undefined),
            where,
        }),
        2,
    ),
    databases: list(
        fc.record({
            native: fc.boolean(),
            kind: fc.constantFrom("instance", "cluster", "cluster"),
            engine: index,
            engineMode: fc.constantFrom(undefined, undefined, "provisioned", "serverless"),
            isReplica: fc.boolean(),
            named: fc.constantFrom("by text", "by text", "by Pulumi", "by prefix", "of a pet"),
            exports: fc.option(fc.subarray(LOG_TYPES, { maxLength: 4 }), { nil: undefined }),
            parameters: fc.constantFrom("output", "output", "text", "default", "another", "none"),
            group: index,
            hasMember: fc.boolean(),
            place,
            where,
        }),
        3,
    ),
    exportGroups: list(
        fc.record({
            native: fc.boolean(),
            database: index,
            type: fc.option(index, { freq: 4, nil: undefined }),
            isOutput: fc.boolean(),
            isInTime: fc.boolean(),
            retentionInDays: fc.constantFrom(undefined, 90),
            place,
            where: perhapsElsewhere,
        }),
        5,
    ),
};

type Shape = ShapeOf<typeof DATABASES>;

/** The identifier of a database, as the program sets it, and as it is once the database is there. */
interface Identifier {
    readonly value: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    /** Whether the program chooses it, by a text or by what another resource has. */
    readonly isChosen: boolean;
    readonly source?: Made;
}

/** A database, and what its log groups need to know about it. */
interface Database {
    readonly made: Made;
    readonly kind: "instance" | "cluster";
    readonly identifier: Identifier;
    readonly exports: readonly string[];
    readonly where: Where;
    readonly dependsOn: string[];
}

export function addDatabases(draft: Draft, { parameterGroups, databases, exportGroups }: Shape): void {
    const groups = parameterGroups.map((shape, number) => addParameterGroup(draft, shape, number));
    const made = databases.map((shape, number) => addDatabase(draft, shape, number, groups));
    for (const shape of exportGroups) {
        addLogGroup(draft, shape, made);
    }
}

interface ParameterGroup {
    readonly made: Made;
    readonly name: string;
    readonly isNamed: boolean;
    readonly where: Where;
}

const GROUP_NAME = "dbClusterParameterGroupName";

function addParameterGroup(draft: Draft, shape: Shape["parameterGroups"][number], number: number): ParameterGroup {
    const { native, named, logging, events, where: there } = shape;
    const own = nextName(draft);
    const isPrefixed = named === "by prefix" && !native;
    const name = isPrefixed ? generated("audit-", number) : named === "by text" ? `audit${number}` : madeUp(own);
    const parameters = Object.entries({ time_zone: "UTC", server_audit_logging: logging, server_audit_events: events })
        .filter(([, value]) => value !== undefined)
        .map(([parameter, value]) => ({ name: parameter, value }));
    const [type, props] = native
        ? [
              "aws-native:rds:DbClusterParameterGroup",
              { [GROUP_NAME]: name, parameters: Object.fromEntries(parameters.map((one) => [one.name, one.value])) },
          ]
        : [
              "aws:rds/clusterParameterGroup:ClusterParameterGroup",
              { parameters, ...(isPrefixed ? { namePrefix: "audit-" } : { name }) },
          ];
    const outputs = isPrefixed ? { name: computed(name) } : {};
    const made = make(draft, type as string, props as Properties, { name: own, where: there, outputs });
    return { made, name, isNamed: named === "by text", where: there };
}

/** A name that the provider makes up when it creates a resource. */
function generated(prefix: string, number: number): string {
    return `${prefix}2026112500354512340000000${number}`;
}

const TYPES = {
    instance: { classic: "aws:rds/instance:Instance", native: "aws-native:rds:DbInstance" },
    cluster: { classic: "aws:rds/cluster:Cluster", native: "aws-native:rds:DbCluster" },
};

const IDENTIFIERS = {
    instance: { classic: "identifier", native: "dbInstanceIdentifier" },
    cluster: { classic: "clusterIdentifier", native: "dbClusterIdentifier" },
};

function addDatabase(
    draft: Draft,
    shape: Shape["databases"][number],
    number: number,
    groups: readonly ParameterGroup[],
): Database {
    const { kind, native } = shape;
    const group = pick(groups, shape.group);
    const there = group === undefined ? shape.where : near(group, shape.where);
    const own = nextName(draft);
    const identifier = identifierOf(draft, shape, own, number);
    const engine = pick(ENGINES[kind], shape.engine);
    const isReplica = kind === "instance" && shape.isReplica;
    const parameters = kind === "cluster" ? parametersOf(shape, group) : {};
    const dependsOn: string[] = [];
    const made = make(
        draft,
        TYPES[kind][native ? "native" : "classic"],
        {
            ...identifier.inputs,
            [native ? "enableCloudwatchLogsExports" : "enabledCloudwatchLogsExports"]: shape.exports,
            ...(isReplica ? {} : { engine }),
            ...(kind === "cluster" ? { engineMode: shape.engineMode } : {}),
            ...parameters,
        },
        {
            name: own,
            outputs: {
                ...identifier.outputs,
                ...(isReplica ? { engine: computed(engine) } : {}),
                // AWS chooses a group, too.
                ...(kind === "cluster" && parameters[GROUP_NAME] === undefined
                    ? { [GROUP_NAME]: computed("default.aurora-mysql8.0") }
                    : {}),
            },
            where: there,
            parent: componentAt(draft, shape.place),
            dependsOn,
        },
    );
    if (kind === "cluster" && native && shape.hasMember) {
        const member = { dbClusterIdentifier: from(own, identifier.value), dbInstanceIdentifier: `member${number}` };
        make(draft, TYPES.instance.native, { ...member, engine }, { where: there });
    }
    return { made, kind, identifier, exports: shape.exports ?? [], where: there, dependsOn };
}

function identifierOf(
    draft: Draft,
    { kind, native, named, engine }: Shape["databases"][number],
    own: string,
    number: number,
): Identifier {
    const property = IDENTIFIERS[kind][native ? "native" : "classic"];
    if (named === "by text") {
        const value = `orders${number}`;
        return { value, inputs: { [property]: value }, outputs: {}, isChosen: true };
    }
    if (named === "of a pet") {
        const value = `cat${number}`;
        const isReference = draft.kind === "any" && engine === 0;
        const source = isReference ? stackReference(draft) : make(draft, "random:index/randomPet:RandomPet", {});
        return { value, inputs: { [property]: from(source.name, value) }, outputs: {}, isChosen: true, source };
    }
    // Pulumi names all but the clusters of @pulumi/aws.
    if (native || (named === "by Pulumi" && kind === "instance")) {
        return { value: madeUp(own), inputs: { [property]: madeUp(own) }, outputs: {}, isChosen: false };
    }
    const [prefix, inputs] =
        named === "by prefix" ? ["orders-", { [`${property}Prefix`]: "orders-" }] : (["tf-", {}] as const);
    const value = generated(prefix, number);
    return { value, inputs, outputs: { [property]: computed(value) }, isChosen: false };
}

const NOT_EXPORTED = "listener";

/** The cluster parameter group that a cluster sets. */
function parametersOf({ parameters }: Shape["databases"][number], group: ParameterGroup | undefined): Properties {
    if (parameters === "another" || parameters === "default") {
        return { [GROUP_NAME]: parameters === "another" ? "another" : "default.aurora-mysql8.0" };
    }
    if (parameters === "none" || group === undefined) {
        return {};
    }
    return { [GROUP_NAME]: textOf(parameters === "text" && group.isNamed ? [] : [group.made], group.name) };
}

function addLogGroup(draft: Draft, shape: Shape["exportGroups"][number], databases: readonly Database[]): void {
    const database = pick(databases, shape.database);
    if (database === undefined) {
        return;
    }
    const { made, kind, identifier, exports } = database;
    const type = (shape.type === undefined ? undefined : pick(exports, shape.type)) ?? NOT_EXPORTED;
    // Before the deployment, such a group may be the one of any exported log.
    if (draft.kind === "ordinary" && type === NOT_EXPORTED && identifier.source !== undefined) {
        return;
    }
    const name = `/aws/rds/${kind}/${identifier.value}/${type}`;
    const there = shape.where ?? database.where;
    if (!isFree(draft, name, there)) {
        return;
    }
    const isOutput = shape.isOutput || !identifier.isChosen;
    const group = make(
        draft,
        shape.native ? "aws-native:logs:LogGroup" : "aws:cloudwatch/logGroup:LogGroup",
        {
            [shape.native ? "logGroupName" : "name"]: textOf([isOutput ? made : identifier.source], name),
            retentionInDays: shape.retentionInDays,
        },
        { where: there, parent: componentAt(draft, shape.place) },
    );
    // A group named after a database's output cannot exist before the database.
    if (shape.isInTime && !isOutput) {
        database.dependsOn.push(group.name);
    }
}
