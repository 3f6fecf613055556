import { declaration, howToDeclare } from "../aws/logs/declaration";
import { DATABASE_TYPES, describeDatabase, kindOf } from "../aws/rds/database";
import { hasGeneratedIdentifier, identifierProperty } from "../aws/rds/identifier";
import { type ExportedLog, type ExportingDatabase, exportingDatabases, logGroupName } from "../aws/rds/log-group";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { dependencyIndex } from "../stack/dependencies";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { both, quote } from "../stack/text";

/**
 * RDS creates the log group of an exported log if it is missing, and such a group never expires. It uses one that exists,
 * with the retention that the program sets
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html).
 */
export default stackPolicy({
    name: "rds-log-export-log-group",
    displayName: "Databases that export logs have their log groups declared",
    description:
        "Every database that exports logs to CloudWatch has their log groups declared before it is created, so that their retention is bounded.",
    severity: "medium",
    supports: ["CloudWatch.16"],
    isOptional: true,
    remediationSteps:
        "Declare an aws.cloudwatch.LogGroup by the exact name of each exported log's group, with a retention, and make the database depend on it.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html",
    types: DATABASE_TYPES,
    evaluate: (stack) => exportingDatabases(stack).map((exporting) => answerFor(stack, exporting)),
});

function answerFor(stack: Stack, { database, logs, hasUnknown }: ExportingDatabase): Answer | undefined {
    const undeclared = logs.filter(({ group }) => group === "undeclared");
    if (undeclared.length > 0) {
        return notDeclared(database, logs, undeclared);
    }
    const late = logs.flatMap(({ group }) => (typeof group === "object" ? [group.late] : []));
    if (late.length > 0) {
        return doesNotDepend(stack, database, late);
    }
    if (hasUnknown) {
        return { undecided: `${describeDatabase(database)}: the logs that it exports are not known yet` };
    }
    return logs.some(({ group }) => group === "undecided")
        ? { undecided: `${describeDatabase(database)}: the name of its log group is not known yet` }
        : undefined;
}

function notDeclared(database: Resource, logs: readonly ExportedLog[], undeclared: readonly ExportedLog[]): Finding {
    const isGenerated = hasGeneratedIdentifier(database);
    // As long as names are not known, a group that is declared may be that of any of the logs.
    const isAny = undeclared.some(({ groupName }) => groupName === undefined) && undeclared.length < logs.length;
    const missing = isAny ? logs : undeclared;
    const isOne = missing.length === 1;
    const what = `its ${both(missing.map(({ type }) => type))} ${isOne ? "log" : "logs"}`;
    const where = isAny
        ? "log groups of which this stack does not declare all"
        : `${isOne ? "a log group" : "log groups"} that this stack does not declare`;
    const names = missing.flatMap(({ groupName = [] }) => groupName);
    const kind = kindOf(database);
    const advice = [
        ...(isGenerated
            ? [
                  `Set ${identifierProperty(database)}, for an existing ${kind} to its present value, because a generated one is not known in advance.`,
              ]
            : []),
        ...howToDeclare(kind, missing.length, isGenerated ? [] : names),
    ];
    return {
        resource: database,
        problem: `${describeDatabase(database)} exports ${what} to ${where}, so ${isOne ? "its" : "their"} events never expire.`,
        advice: advice.join(" "),
        code: missing.map((log) => codeFor(database, log, isGenerated)).join("; "),
    };
}

function codeFor(database: Resource, { type, groupName }: ExportedLog, isGenerated: boolean): string {
    const name = isGenerated
        ? quote(logGroupName(database, "<identifier>", type))
        : groupName === undefined
          ? `pulumi.interpolate\`${logGroupName(database, "${identifier}", type)}\``
          : quote(groupName);
    return declaration(`${database.name}-${type}-log`, name);
}

function doesNotDepend(stack: Stack, database: Resource, groups: readonly Resource[]): Finding {
    const isOne = groups.length === 1;
    const kind = kindOf(database);
    const [which, them, such] = isOne
        ? ["log group", "the group", "that group never expires"]
        : ["log groups", "them", "such groups never expire"];
    const needsDatabase = dependencyIndex(stack, groups);
    return {
        resource: database,
        problem: `${describeDatabase(database)} does not depend on its ${which} ${both(groups.map(({ name }) => quote(name)))}, so RDS may create ${them} first, and ${such}.`,
        advice: groups.some((group) => needsDatabase(database).has(group))
            ? `Set ${identifierProperty(database)} in the program, and use that string in the names of the log groups instead of the ${kind}'s output; then make the ${kind} depend on them.`
            : `Make the ${kind} depend on the ${which}.`,
        code: `{ dependsOn: [${isOne ? "logGroup" : "...logGroups"}] }`,
    };
}
