import { cannot } from "../aws/command";
import { familyOf, inputsWith, parameterGroupFinder, parameterOf } from "../aws/rds/cluster-parameters";
import { AURORA_MYSQL, describeDatabase, engineOf } from "../aws/rds/database";
import {
    CLUSTER_PARAMETER_GROUP,
    DB_CLUSTER,
    NATIVE_CLUSTER_PARAMETER_GROUP,
    NATIVE_DB_CLUSTER,
} from "../aws/rds/types";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { append, getOrAdd } from "../stack/maps";
import type { Resource } from "../stack/resource";
import { ofType } from "../stack/stack";
import { both, quote } from "../stack/text";
import { isKnown, UNKNOWN } from "../stack/values";

const SET = { server_audit_logging: "1", server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL" };
const PARAMETERS = { parameters: Object.entries(SET).map(([name, value]) => ({ block: { name, value } })) };
/** The family of a cluster without a version, or with one that has no number. */
const NEWEST_FAMILY = "aurora-mysql8.0";

/**
 * Aurora MySQL writes an audit log only with both parameters, which the default groups leave off and empty
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html).
 */
export default stackPolicy({
    name: "rds-cluster-audit-logging",
    displayName: "Aurora MySQL clusters write an audit log",
    description: "The parameters of every Aurora MySQL cluster turn its audit log on.",
    mirrors: ["RDS.45"],
    isOptional: true,
    remediationSteps:
        "Set server_audit_logging to 1 and server_audit_events to the events to log in the aws.rds.ClusterParameterGroup of the cluster.",
    types: [DB_CLUSTER, NATIVE_DB_CLUSTER, CLUSTER_PARAMETER_GROUP, NATIVE_CLUSTER_PARAMETER_GROUP],
    evaluate: (stack) => {
        const groupsOf = parameterGroupFinder(stack);
        const answers: Answer[] = [];
        const clustersOf = new Map<Resource, Resource[]>();
        // Clusters share lists of groups.
        const known = new Map<readonly Resource[], boolean>();
        const areRight = (groups: readonly Resource[]) =>
            getOrAdd(known, groups, () => groups.length > 0 && groups.every(isRight));
        for (const cluster of ofType(stack, DB_CLUSTER, NATIVE_DB_CLUSTER)) {
            const groups = groupsOf(cluster);
            if (!mayBeAuroraMySql(cluster) || (groups !== "default" && areRight(groups))) {
                continue;
            }
            const [group, another] = groups === "default" ? [] : groups;
            if (engineOf(cluster) === UNKNOWN) {
                answers.push(undecided(cluster, "its engine is not known yet"));
            } else if (groups === "default") {
                answers.push(usesDefault(cluster));
            } else if (group === undefined) {
                answers.push(undecided(cluster, "its cluster parameter group is not in this stack"));
            } else if (another !== undefined) {
                answers.push(undecided(cluster, "it is not known yet which cluster parameter group it uses"));
            } else if (problemsOf(group).length === 0) {
                answers.push(undecided(cluster, "the parameters of its group are not known yet"));
            } else {
                append(clustersOf, group, cluster);
            }
        }
        return [...answers, ...[...clustersOf].map(([group, clusters]) => leavesAuditOff(group, clusters))];
    },
});

function mayBeAuroraMySql(cluster: Resource): boolean {
    const engine = engineOf(cluster);
    return engine === UNKNOWN || (isKnown(engine) && AURORA_MYSQL.test(engine));
}

function isRight(group: Resource): boolean {
    return parameterOf(group, "server_audit_logging") === "1" && isKnown(parameterOf(group, "server_audit_events"));
}

function problemsOf(group: Resource): string[] {
    const logging = parameterOf(group, "server_audit_logging");
    const events = parameterOf(group, "server_audit_events");
    if (logging === undefined && events === undefined) {
        return ["sets neither server_audit_logging nor server_audit_events"];
    }
    return [
        ...(logging === undefined ? ["sets no server_audit_logging"] : []),
        ...(isKnown(logging) && logging !== "1" ? [`sets server_audit_logging to ${quote(logging)} instead of 1`] : []),
        ...(events === undefined ? ["sets no server_audit_events"] : []),
    ];
}

/** The parameters to set: events that the group has already may be chosen with care. */
function missingParameters(group: Resource): Record<string, string> {
    const { server_audit_logging, server_audit_events } = SET;
    return {
        ...(parameterOf(group, "server_audit_logging") !== "1" && { server_audit_logging }),
        ...(parameterOf(group, "server_audit_events") === undefined && { server_audit_events }),
    };
}

function undecided(cluster: Resource, why: string): Answer {
    return { undecided: `${describeDatabase(cluster)}: ${why}` };
}

function usesDefault(cluster: Resource): Finding {
    return {
        resource: cluster,
        problem: `${describeDatabase(cluster)} uses the default cluster parameter group, with which it writes no audit log.`,
        advice: "Declare a cluster parameter group that sets server_audit_logging to 1 and server_audit_events to the events to log, and set dbClusterParameterGroupName to its name.",
        code: {
            declare: [
                {
                    type: CLUSTER_PARAMETER_GROUP,
                    name: cluster.name,
                    inputs: { family: familyOf(cluster) ?? NEWEST_FAMILY, ...PARAMETERS },
                },
            ],
        },
        live: [
            cannot(
                "A default parameter group cannot be changed, and which events to log needs a decision. Then use aws rds create-db-cluster-parameter-group and aws rds modify-db-cluster.",
            ),
        ],
    };
}

function leavesAuditOff(group: Resource, clusters: readonly Resource[]): Finding {
    const names = both(clusters.map(({ name }) => quote(name)));
    const inputs = inputsWith(group, missingParameters(group));
    const [owners, it] = clusters.length === 1 ? ["DB cluster", "it writes"] : ["DB clusters", "they write"];
    return {
        resource: group,
        problem: `Cluster parameter group ${quote(group.name)} of ${owners} ${names} ${both(problemsOf(group))}, so ${it} no audit log.`,
        advice: "Set server_audit_logging to 1 and server_audit_events to the events to log.",
        ...(inputs && { code: { inputs } }),
        live: [
            cannot(
                "Which events to log needs a decision. Then use aws rds modify-db-cluster-parameter-group with server_audit_logging and server_audit_events.",
            ),
        ],
    };
}
