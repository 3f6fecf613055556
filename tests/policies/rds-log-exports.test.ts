import assert from "node:assert/strict";
import type { ResourcePolicy } from "../../pack/policy";
import policy from "../../policies/rds-log-exports";
import {
    dbCluster,
    dbInstance,
    nativeDbCluster,
    nativeDbInstance,
    secret,
    UNKNOWN_VALUE,
} from "../support/wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../support/wire/table";

type Properties = Record<string, unknown>;

const instance = (engine: unknown, exports?: unknown) =>
    dbInstance("orders", { engine, enabledCloudwatchLogsExports: exports });
const cluster = (engine: unknown, exports?: unknown, props: Properties = {}) =>
    dbCluster("orders", { engine, engineMode: "provisioned", enabledCloudwatchLogsExports: exports, ...props });
const nativeInstance = (engine: unknown, exports?: unknown, props: Properties = {}) =>
    nativeDbInstance("orders", { engine, enableCloudwatchLogsExports: exports, ...props });
const nativeCluster = (engine: unknown, exports?: unknown, props: Properties = {}) =>
    nativeDbCluster("orders", { engine, enableCloudwatchLogsExports: exports, ...props });

const MYSQL = ["audit", "error", "general", "slowquery"];
const PROPERTY = "enabledCloudwatchLogsExports";
const finding = (what: string, logs: string, add: string, code: readonly string[], property = PROPERTY) =>
    `DB ${what} "orders" does not export its ${logs} to CloudWatch.
Add ${add} to ${property}.
${property}: [${code.map((log) => `"${log}"`).join(", ")}]`;
const ALL_OF_MYSQL = "audit, error, general and slowquery";
const POSTGRES = finding("instance", "postgresql and upgrade logs", "postgresql and upgrade", [
    "postgresql",
    "upgrade",
]);
const NATIVE = "enableCloudwatchLogsExports";

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        // instances, by engine
        {
            when: "an Oracle instance with the logs of RDS.9 is fine",
            given: instance("oracle-ee", ["listener", "trace", "audit", "alert"]),
        },
        {
            when: "an Oracle instance without exports is a finding",
            given: instance("oracle-se2-cdb"),
            finds: finding("instance", "alert, audit, trace and listener logs", "alert, audit, trace and listener", [
                "alert",
                "audit",
                "trace",
                "listener",
            ]),
        },
        {
            when: "a PostgreSQL instance with the logs of RDS.9 and RDS.36 is fine",
            given: instance("postgres", ["postgresql", "upgrade", "iam-db-auth-error"]),
        },
        { when: "a PostgreSQL instance without exports is a finding", given: instance("postgres"), finds: POSTGRES },
        {
            when: "a PostgreSQL instance without the upgrade log is a finding, because of RDS.9",
            given: instance("postgres", ["postgresql"]),
            finds: finding("instance", "upgrade log", "upgrade", ["postgresql", "upgrade"]),
        },
        ...["mysql", "mariadb"].flatMap((engine) => [
            { when: `${engine} with all four logs is fine`, given: instance(engine, MYSQL) },
            {
                when: `${engine} without exports is a finding`,
                given: instance(engine),
                finds: finding("instance", `${ALL_OF_MYSQL} logs`, ALL_OF_MYSQL, MYSQL),
            },
        ]),
        { when: "a SQL Server instance with both logs is fine", given: instance("sqlserver-web", ["agent", "error"]) },
        {
            when: "a SQL Server instance with one log is a finding",
            given: instance("sqlserver-se", ["error"]),
            finds: finding("instance", "agent log", "agent", ["error", "agent"]),
        },
        { when: "SQL Server Express has no agent log to export", given: instance("sqlserver-ex", ["error"]) },
        {
            when: "SQL Server Express without its error log is a finding",
            given: instance("sqlserver-ex"),
            finds: finding("instance", "error log", "error", ["error"]),
        },
        {
            when: "the Developer edition has an agent log",
            given: instance("sqlserver-dev-ee", ["error"]),
            finds: finding("instance", "agent log", "agent", ["error", "agent"]),
        },
        ...["db2-se", "custom-oracle-ee", "custom-sqlserver-se", "neptune", "aurora-mysql", "postgresql"].map(
            (engine) => ({
                when: `no logs are demanded of an instance of ${engine}`,
                given: instance(engine),
            }),
        ),
        { when: "the case of the engine does not matter", given: instance("Postgres"), finds: POSTGRES },
        {
            when: "the case of a log type does",
            given: instance("sqlserver-se", ["Agent", "error"]),
            finds: finding("instance", "agent log", "agent", ["Agent", "error", "agent"]),
        },
        { when: "an instance without an engine, like a replica, is not checked", given: instance(undefined) },
        { when: "an empty engine is none", given: instance("") },
        { when: "an engine that is not known yet is not a finding", given: instance(UNKNOWN_VALUE) },
        { when: "a number is not an engine", given: instance(5) },

        // clusters
        { when: "an Aurora MySQL cluster with all four logs is fine", given: cluster("aurora-mysql", MYSQL) },
        ...["aurora-mysql", "aurora"].map((engine) => ({
            when: `an ${engine} cluster without exports is a finding`,
            given: cluster(engine),
            finds: finding("cluster", `${ALL_OF_MYSQL} logs`, ALL_OF_MYSQL, MYSQL),
        })),
        {
            when: "an Aurora PostgreSQL cluster with its log is fine",
            given: cluster("aurora-postgresql", ["postgresql"]),
        },
        {
            when: "an Aurora PostgreSQL cluster without exports is a finding",
            given: cluster("aurora-postgresql", []),
            finds: finding("cluster", "postgresql log", "postgresql", ["postgresql"]),
        },
        {
            when: "a Multi-AZ DB cluster of MySQL with the logs that it can export is fine",
            given: cluster("mysql", ["error", "general", "slowquery"]),
        },
        {
            when: "a Multi-AZ DB cluster of MySQL without exports is a finding",
            given: cluster("mysql"),
            finds: finding("cluster", "error, general and slowquery logs", "error, general and slowquery", [
                "error",
                "general",
                "slowquery",
            ]),
        },
        {
            when: "a Multi-AZ DB cluster of PostgreSQL without exports is a finding",
            given: cluster("postgres"),
            finds: POSTGRES.replace("instance", "cluster"),
        },
        { when: "no logs are demanded of a Neptune cluster", given: cluster("neptune") },
        {
            when: "a cluster of Aurora Serverless v1 is not checked",
            given: cluster("aurora-mysql", undefined, { engineMode: "serverless" }),
        },
        {
            when: "a cluster whose mode is not known yet may be of Aurora Serverless v1",
            given: cluster("aurora-mysql", undefined, { engineMode: UNKNOWN_VALUE }),
        },
        {
            when: "a cluster whose mode is of a wrong type is a finding",
            given: cluster("aurora-postgresql", undefined, { engineMode: ["serverless"] }),
            finds: finding("cluster", "postgresql log", "postgresql", ["postgresql"]),
        },
        {
            when: "the mode of an instance does not matter",
            given: dbInstance("orders", { engine: "postgres", engineMode: "serverless" }),
            finds: POSTGRES,
        },

        // aws-native
        {
            when: "an aws-native instance with its logs is fine",
            given: nativeInstance("postgres", ["upgrade", "postgresql"]),
        },
        {
            when: "an aws-native instance without exports is a finding",
            given: nativeInstance("postgres", undefined, { [PROPERTY]: ["postgresql", "upgrade"] }),
            finds: POSTGRES.replaceAll(PROPERTY, NATIVE),
        },
        {
            when: "an aws-native instance in a cluster exports what its cluster does",
            given: nativeInstance("postgres", undefined, { dbClusterIdentifier: "orders" }),
        },
        {
            when: "the cluster of an aws-native instance may be still to be created",
            given: nativeInstance("postgres", undefined, { dbClusterIdentifier: UNKNOWN_VALUE }),
        },
        {
            when: "no logs are demanded of an aws-native instance of Aurora",
            given: nativeInstance("aurora-mysql"),
        },
        { when: "an aws-native cluster with its logs is fine", given: nativeCluster("aurora-mysql", MYSQL) },
        {
            when: "an aws-native cluster without exports is a finding, whatever its identifier",
            given: nativeCluster("aurora-postgresql", undefined, { dbClusterIdentifier: "orders" }),
            finds: finding("cluster", "postgresql log", "postgresql", ["postgresql"], NATIVE),
        },
        {
            when: "an aws-native cluster of Aurora Serverless v1 is not checked",
            given: nativeCluster("aurora-mysql", undefined, { engineMode: "serverless" }),
        },

        // the list
        ...[null, "", "postgresql", { postgresql: true }].map((exports) => ({
            when: `exports of ${JSON.stringify(exports)} are none`,
            given: instance("postgres", exports),
            finds: POSTGRES,
        })),
        { when: "exports that are not known yet are not a finding", given: instance("postgres", UNKNOWN_VALUE) },
        {
            when: "an entry that is not known yet may be the missing one",
            given: instance("postgres", ["postgresql", UNKNOWN_VALUE]),
        },
        {
            when: "one entry that is not known yet cannot be two missing ones",
            given: instance("mysql", ["audit", UNKNOWN_VALUE]),
            finds: `DB instance "orders" does not export all of its error, general and slowquery logs to CloudWatch.
Add those of error, general and slowquery that are missing to ${PROPERTY}.`,
        },
        {
            when: "entries of wrong types are none",
            given: instance("sqlserver-se", [5, ["agent"], "error", null]),
            finds: `DB instance "orders" does not export its agent log to CloudWatch.
Add agent to ${PROPERTY}.
${PROPERTY}: [5, ["agent"], "error", "agent"]`,
        },
        {
            when: "exports that policy analyze could not decrypt are not a finding",
            given: instance("mysql", "[secret]"),
        },

        // config
        {
            when: "only what the chosen controls demand is demanded",
            given: instance("postgres", ["postgresql"]),
            config: { controls: ["RDS.36", "RDS.37"] },
        },
        {
            when: "what a chosen control demands is demanded",
            given: instance("mariadb", ["general"]),
            config: { controls: ["RDS.42"] },
            finds: finding("instance", "audit and error logs", "audit and error", ["general", "audit", "error"]),
        },
        {
            when: "a database of which the chosen controls demand nothing is not checked",
            given: instance("mysql"),
            config: { controls: ["RDS.34", "RDS.42"] },
        },
        {
            when: "only the log types in logTypes are demanded",
            given: instance("mysql", ["general"]),
            config: { logTypes: ["audit", "error"] },
            finds: finding("instance", "audit and error logs", "audit and error", ["general", "audit", "error"]),
        },
        {
            when: "a database of which logTypes leaves nothing is not checked",
            given: instance("postgres"),
            config: { logTypes: ["audit", "error"] },
        },
    ]);

    describe("names the controls that a database fails", () => {
        const { evaluate } = policy as ResourcePolicy;
        const config = { controls: policy.mirrors };
        for (const [engine, exports, controls] of [
            ["postgres", [], ["RDS.9", "RDS.36"]],
            ["postgres", ["postgresql"], ["RDS.9"]],
            ["mariadb", ["audit", "error"], ["RDS.9"]],
            ["mariadb", ["audit"], ["RDS.9", "RDS.42"]],
            ["mariadb", ["audit", UNKNOWN_VALUE], ["RDS.9"]],
            ["sqlserver-ee", ["error"], ["RDS.9", "RDS.40"]],
            ["sqlserver-ex", [], ["RDS.9", "RDS.40"]],
        ] as const) {
            it(`${engine} with ${exports.join(" and ") || "no exports"} fails ${controls.join(" and ")}`, () => {
                const { type, name, props } = instance(engine, exports);
                assert.deepEqual(evaluate({ type, name, urn: "", props }, config)?.controls, controls);
            });
        }
        for (const [engine, exports, controls] of [
            ["aurora-mysql", [], ["RDS.9", "RDS.34"]],
            ["aurora-mysql", ["audit"], ["RDS.9"]],
            ["aurora-postgresql", [], ["RDS.9", "RDS.37"]],
            ["postgres", [], ["RDS.9", "RDS.36"]],
        ] as const) {
            it(`a cluster of ${engine} with ${exports.join() || "no exports"} fails ${controls.join(" and ")}`, () => {
                const { type, name, props } = cluster(engine, exports);
                assert.deepEqual(evaluate({ type, name, urn: "", props }, config)?.controls, controls);
            });
        }
    });

    remediationTable(policy, pack, [
        { when: "exports that are complete are left as they are", given: instance("sqlserver-se", ["agent", "error"]) },
        {
            when: "exports that are not set become what is demanded",
            given: instance("postgres"),
            becomes: { engine: "postgres", [PROPERTY]: ["postgresql", "upgrade"] },
        },
        {
            when: "exports of a wrong type become what is demanded",
            given: instance("postgres", "postgresql"),
            becomes: { engine: "postgres", [PROPERTY]: ["postgresql", "upgrade"] },
        },
        {
            when: "what is missing is added at the end",
            given: instance("mysql", ["slowquery", "audit"]),
            becomes: { engine: "mysql", [PROPERTY]: ["slowquery", "audit", "error", "general"] },
        },
        {
            when: "an entry that is not known yet stays",
            given: instance("mysql", [UNKNOWN_VALUE, "audit"]),
            becomes: { engine: "mysql", [PROPERTY]: [UNKNOWN_VALUE, "audit", "error", "general", "slowquery"] },
        },
        {
            when: "secret properties stay secret",
            given: dbInstance("orders", { engine: "postgres", password: secret("x"), [PROPERTY]: ["upgrade"] }),
            becomes: { engine: "postgres", password: secret("x"), [PROPERTY]: ["upgrade", "postgresql"] },
        },
        {
            when: "the exports of an aws-native cluster are completed",
            given: nativeCluster("aurora-mysql", ["audit"]),
            config: { logTypes: ["audit", "error"] },
            becomes: { engine: "aurora-mysql", [NATIVE]: ["audit", "error"] },
        },
    ]);

    configTable(policy, pack, [
        {
            when: "with a misspelt key",
            config: { logType: ["audit"] },
            fails: 'there is no config key "logType". Did you mean "logTypes"?',
        },
    ]);
});
