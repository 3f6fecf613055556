/** How log groups are fixed on AWS itself, whichever program makes them. */

import { quote } from "../../stack/text";
import { isKnown, type Maybe } from "../../stack/values";
import { type Cannot, type Command, cannot, option, type Wanted } from "../command";

/** A log group is to exist, and not to keep its events for ever; one that has a retention keeps it. */
export interface LogGroupFix {
    readonly kind: "log group";
    readonly name: string;
}

/** A log group is to have a retention. */
export interface RetentionFix {
    readonly kind: "retention";
    readonly name: string;
    readonly days: number;
}

/** Makes sure that a log group exists, if its name is known. */
export function logGroupFix(name: Maybe<string>): LogGroupFix | Cannot {
    return isKnown(name) ? { kind: "log group", name } : UNKNOWN_GROUP;
}

/** Gives a log group a retention in days, if its name is known. */
export function retentionFix(name: Maybe<string>, days: number): RetentionFix | Cannot {
    return isKnown(name) ? { kind: "retention", name, days } : UNKNOWN_GROUP;
}

const UNKNOWN_GROUP = cannot("The name of the log group is not known: deploy the stack first.");

/** One command for each group; a retention that is to be set leaves nothing else to do. */
export function logGroupCommands(fixes: readonly (LogGroupFix | RetentionFix)[], wanted: Wanted): Command[] {
    const byName = new Map<string, LogGroupFix | RetentionFix>();
    for (const fix of fixes) {
        if (fix.kind === "retention" || !byName.has(fix.name)) {
            byName.set(fix.name, fix);
        }
    }
    return [...byName.values()].map((fix) =>
        fix.kind === "retention" ? retention(fix, wanted) : existence(fix, wanted),
    );
}

function retention({ name, days: own }: RetentionFix, { days }: Wanted): Command {
    return {
        args: [
            "aws",
            "logs",
            "put-retention-policy",
            ...option("--log-group-name", name),
            "--retention-in-days",
            String(days(own)),
        ],
        what: `log group ${quote(name)}: events expire after ${days(own)} days`,
    };
}

function existence({ name }: LogGroupFix, { days }: Wanted): Command {
    const retention = days(undefined);
    return {
        args: ["ensure_log_group", name, String(retention)],
        what: `log group ${quote(name)}: created if it is missing; events expire after ${retention} days, unless it has a retention`,
    };
}
