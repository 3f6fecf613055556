import { declaration, howToDeclare } from "../aws/logs/declaration";
import { logGroupFix } from "../aws/logs/live-fix";
import { DATABASE_TYPES, describeDatabase, kindOf } from "../aws/rds/database";
import { hasGeneratedIdentifier, identifierProperty } from "../aws/rds/identifier";
import { type ExportedLog, type ExportingDatabase, exportingDatabases, logGroupName } from "../aws/rds/log-group";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { type Declaration, textAround, variable } from "../stack/code";
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
        // As long as names are not known, a group that is declared may be that of any of the logs.
        const isAny = undeclared.some(({ groupName }) => groupName === undefined) && undeclared.length < logs.length;
        return isAny
            ? notDeclared(database, logs, "of which this stack does not declare all")
            : notDeclared(database, undeclared, "that this stack does not declare");
    }
    const late = logs.filter(({ group }) => typeof group === "object");
    const lateGroups = [...new Set(late.map(({ group }) => (group as { readonly late: Resource }).late))];
    const needDatabase = dependencyIndex(stack, lateGroups)(database);
    const isNamedAfterIt = lateGroups.some((group) => needDatabase.has(group));
    if (late.some(({ groupName }) => groupName === undefined) && !isNamedAfterIt) {
        // The group has its name from where the identifier comes from, but may be that of something else.
        return notDeclared(database, late, "that it does not depend on");
    }
    if (late.length > 0) {
        return doesNotDepend(database, lateGroups, isNamedAfterIt);
    }
    if (hasUnknown) {
        return { undecided: `${describeDatabase(database)}: the logs that it exports are not known yet` };
    }
    return logs.some(({ group }) => group === "undecided")
        ? { undecided: `${describeDatabase(database)}: the name of its log group is not known yet` }
        : undefined;
}

function notDeclared(database: Resource, logs: readonly ExportedLog[], which: string): Finding {
    const isGenerated = hasGeneratedIdentifier(database);
    const isOne = logs.length === 1;
    const what = `its ${both(logs.map(({ type }) => type))} ${isOne ? "log to a log group" : "logs to log groups"}`;
    const kind = kindOf(database);
    const advice = [
        ...(isGenerated
            ? [
                  `Set ${identifierProperty(database)}, for an existing ${kind} to its present value, because a generated one is not known in advance.`,
              ]
            : []),
        ...howToDeclare(kind, logs.length, isGenerated ? [] : logs.flatMap(({ groupName = [] }) => groupName)),
    ];
    return {
        resource: database,
        problem: `${describeDatabase(database)} exports ${what} ${which}, so ${isOne ? "its" : "their"} events never expire.`,
        advice: advice.join(" "),
        code: { declare: logs.map((log) => logGroupFor(database, log, isGenerated)) },
        live: logs.map(({ groupName }) => logGroupFix(groupName)),
    };
}

function logGroupFor(database: Resource, { type, groupName }: ExportedLog, isGenerated: boolean): Declaration {
    const name = isGenerated
        ? logGroupName(database, "<identifier>", type)
        : (groupName ?? textAround("identifier", (identifier) => logGroupName(database, identifier, type)));
    return declaration(`${database.name}-${type}-log`, name);
}

function doesNotDepend(database: Resource, groups: readonly Resource[], isNamedAfterIt: boolean): Finding {
    const isOne = groups.length === 1;
    const kind = kindOf(database);
    const which = `${isOne ? "log group" : "log groups"} ${both(groups.map(({ name }) => quote(name)))}`;
    const effect = isOne
        ? "RDS may create the group first, and that group never expires"
        : "RDS may create them first, and such groups never expire";
    return {
        resource: database,
        problem: `${describeDatabase(database)} does not depend on its ${which}, so ${effect}.`,
        advice: isNamedAfterIt
            ? `Set ${identifierProperty(database)} in the program, and use that string in the names of the log groups instead of the ${kind}'s output; then make the ${kind} depend on them.`
            : `Make the ${kind} depend on the ${isOne ? "log group" : "log groups"}.`,
        code: { options: { dependsOn: isOne ? variable("logGroup") : { variable: "logGroups", isList: true } } },
    };
}
