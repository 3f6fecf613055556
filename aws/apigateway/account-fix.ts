/** How an account gets a CloudWatch role. It is one setting for all APIs of the region, so one that is set stays. */

import type { Command, Wanted } from "../command";

/** The account is to have a CloudWatch role. */
export interface AccountRoleFix {
    readonly kind: "account role";
}

/** The command that makes sure of the role, and of which role: one that is given, a new one, or just any. */
export function roleCommand({ role, otherRole }: Pick<Wanted, "role" | "otherRole">): Command {
    switch (role) {
        case undefined:
            return {
                args: ["require_account_role"],
                what: `the account must have a CloudWatch role${otherRole === undefined ? "" : `; ${otherRole} is of another account`}`,
            };
        case "new":
            return {
                args: ["create_account_role"],
                what: "the account has a CloudWatch role: its own, or else a new one",
            };
        default:
            return {
                args: ["set_account_role", role],
                what: `the account has a CloudWatch role: its own, or else ${role}`,
            };
    }
}
