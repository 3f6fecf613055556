import {
    AURORA_MYSQL,
    DATABASE_TYPES,
    describeDatabase,
    engineOf,
    exportedLogs,
    exportsProperty,
    isClusterMember,
    isServerlessV1,
    type Kind,
    kindOf,
} from "../aws/rds/database";
import { logExportsFixes } from "../aws/rds/live-fix";
import type { ControlId } from "../pack/controls";
import type { Finding } from "../pack/finding";
import { resourcePolicy } from "../pack/policy";
import { remedyWithCode } from "../pack/remedy";
import type { Inputs } from "../stack/resource";
import { both } from "../stack/text";
import { isKnown, type Maybe, UNKNOWN } from "../stack/values";

const MIRRORED = ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.40", "RDS.42"] as const;

interface Requirement {
    readonly control: (typeof MIRRORED)[number];
    readonly of: Kind;
    readonly engine: RegExp;
    readonly logs: readonly string[];
}

/**
 * The Express edition has no SQL Server Agent
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.CommonDBATasks.Agent.html), and RDS offers
 * only its error log for export (https://github.com/turbot/steampipe-mod-aws-compliance/issues/295).
 */
const SQL_SERVER_EXPRESS = /^sqlserver-ex$/;
const SQL_SERVER_WITH_AGENT = /^sqlserver-(?!ex$)/;

/**
 * The logs that each control demands. RDS.9 and RDS.36 are about instances; those of a cluster export what their cluster
 * does (see `isClusterMember`). A Multi-AZ DB cluster of MySQL has no audit log to export
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html, EnableCloudwatchLogsExports).
 */
const REQUIREMENTS: readonly Requirement[] = [
    { control: "RDS.9", of: "instance", engine: /^oracle-/, logs: ["alert", "audit", "trace", "listener"] },
    { control: "RDS.9", of: "instance", engine: /^postgres$/, logs: ["postgresql", "upgrade"] },
    { control: "RDS.9", of: "instance", engine: /^(mysql|mariadb)$/, logs: ["audit", "error", "general", "slowquery"] },
    { control: "RDS.9", of: "instance", engine: SQL_SERVER_WITH_AGENT, logs: ["error", "agent"] },
    { control: "RDS.9", of: "instance", engine: SQL_SERVER_EXPRESS, logs: ["error"] },
    { control: "RDS.9", of: "cluster", engine: AURORA_MYSQL, logs: ["audit", "error", "general", "slowquery"] },
    { control: "RDS.9", of: "cluster", engine: /^aurora-postgresql$/, logs: ["postgresql"] },
    { control: "RDS.9", of: "cluster", engine: /^mysql$/, logs: ["error", "general", "slowquery"] },
    { control: "RDS.9", of: "cluster", engine: /^postgres$/, logs: ["postgresql", "upgrade"] },
    { control: "RDS.34", of: "cluster", engine: AURORA_MYSQL, logs: ["audit"] },
    { control: "RDS.36", of: "instance", engine: /^postgres$/, logs: ["postgresql"] },
    { control: "RDS.36", of: "cluster", engine: /^postgres$/, logs: ["postgresql"] },
    { control: "RDS.37", of: "cluster", engine: /^aurora-postgresql$/, logs: ["postgresql"] },
    { control: "RDS.40", of: "instance", engine: SQL_SERVER_WITH_AGENT, logs: ["agent", "error"] },
    { control: "RDS.40", of: "instance", engine: SQL_SERVER_EXPRESS, logs: ["error"] },
    { control: "RDS.42", of: "instance", engine: /^mariadb$/, logs: ["audit", "error"] },
];

export default resourcePolicy({
    name: "rds-log-exports",
    displayName: "Databases export their logs to CloudWatch",
    description: "RDS DB instances and DB clusters export the logs of their engine to CloudWatch.",
    mirrors: MIRRORED,
    isOptional: true,
    remediationSteps:
        "Add the missing log types to enabledCloudwatchLogsExports of the aws.rds.Instance or aws.rds.Cluster.",
    types: DATABASE_TYPES,
    config: {
        controls: {
            description: "The Security Hub controls whose log types are demanded.",
            type: "array",
            items: { type: "string", enum: MIRRORED },
            minItems: 1,
            uniqueItems: true,
            default: MIRRORED,
        },
        logTypes: {
            description:
                "The only log types to demand, of those that the controls do; a database for which none is left is not checked. Left out: all that the controls demand.",
            type: "array",
            items: { type: "string", enum: [...new Set(REQUIREMENTS.flatMap(({ logs }) => logs))] },
            minItems: 1,
            uniqueItems: true,
        },
    },
    remediates: true,
    evaluate: (database, { controls, logTypes }) => {
        const exported = exportedLogs(database) ?? [];
        if (exported === UNKNOWN) {
            return undefined;
        }
        const isWanted = (log: string) => (logTypes?.includes(log) ?? true) && !exported.includes(log);
        const unmet = requirementsFor(database)
            .filter(({ control }) => controls.includes(control))
            .map(({ control, logs }) => ({ control, missing: logs.filter(isWanted) }))
            // Each entry that is not known yet may be one of the missing.
            .filter(({ missing }) => missing.length > exported.filter((log) => log === UNKNOWN).length);
        const missing = [...new Set(unmet.flatMap((one) => one.missing))];
        const failed = unmet.map(({ control }) => control);
        return failed.length === 0 ? undefined : findingFor(database, exported, missing, failed);
    },
});

function requirementsFor(database: Inputs): readonly Requirement[] {
    const engine = engineOf(database);
    if (!isKnown(engine) || isClusterMember(database) || isServerlessV1(database) !== false) {
        return [];
    }
    return REQUIREMENTS.filter((one) => one.of === kindOf(database) && one.engine.test(engine));
}

function findingFor(
    database: Inputs,
    exported: readonly Maybe<string>[],
    missing: readonly string[],
    controls: readonly ControlId[],
): Finding {
    const property = exportsProperty(database);
    const isExact = !exported.includes(UNKNOWN);
    const logs = `${both(missing)} ${missing.length === 1 ? "log" : "logs"}`;
    return {
        problem: `${describeDatabase(database)} does not export ${isExact ? "" : "all of "}its ${logs} to CloudWatch.`,
        advice: isExact
            ? `Add ${both(missing)} to ${property}.`
            : `Add those of ${both(missing)} that are missing to ${property}.`,
        ...remedyWithCode(
            database,
            exported.length === 0
                ? [{ set: [property], to: missing }]
                : missing.map((log, index) => ({ set: [property, exported.length + index] as const, to: log })),
        ),
        live: logExportsFixes(database, missing),
        controls,
    };
}
