/** How databases are fixed on AWS itself, whichever program makes them. */

import type { Inputs } from "../../stack/resource";
import { both, quote } from "../../stack/text";
import { deployed, isKnown, text } from "../../stack/values";
import { type Cannot, type Command, cannot, option } from "../command";
import type { LogGroupFix } from "../logs/live-fix";
import { type Kind, kindOf } from "./database";
import { identifierProperty } from "./identifier";
import { logGroupName } from "./log-group";

/** A database is to export logs of some types. */
export interface LogExportsFix {
    readonly kind: "log exports";
    readonly of: Kind;
    readonly identifier: string;
    readonly types: readonly string[];
}

/** With the log groups: RDS would create those that are missing, and they would never expire. */
export function logExportsFixes(database: Inputs, types: readonly string[]): (LogExportsFix | LogGroupFix | Cannot)[] {
    const identifier = text(deployed(database), identifierProperty(database));
    return isKnown(identifier)
        ? [
              ...types.map((type) => ({ kind: "log group" as const, name: logGroupName(database, identifier, type) })),
              { kind: "log exports", of: kindOf(database), identifier, types },
          ]
        : [cannot("The identifier of the database is not known: deploy the stack first.")];
}

/**
 * `--apply-immediately` would also apply whatever else is pending. The exports of an instance change immediately without it
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html).
 */
export function logExportsCommands(fixes: readonly LogExportsFix[]): Command[] {
    const byDatabase = new Map<string, LogExportsFix>();
    for (const fix of fixes) {
        const key = JSON.stringify([fix.of, fix.identifier]);
        const types = new Set([...(byDatabase.get(key)?.types ?? []), ...fix.types]);
        byDatabase.set(key, { ...fix, types: [...types] });
    }
    return [...byDatabase.values()].map(({ of, identifier, types }) => ({
        args: [
            "aws",
            "rds",
            `modify-db-${of}`,
            ...option(`--db-${of}-identifier`, identifier),
            "--cloudwatch-logs-export-configuration",
            JSON.stringify({ EnableLogTypes: types }),
        ],
        what: `DB ${of} ${quote(identifier)}: export of its ${both(types)} ${types.length === 1 ? "log" : "logs"}`,
    }));
}
