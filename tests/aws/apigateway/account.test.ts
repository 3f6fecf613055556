import { accounts } from "../../../aws/apigateway/account";
import { stackOf } from "../../../stack/stack";
import { table } from "../../support/rows";
import { names, stack } from "../../support/stack";
import { account, type Declared, nativeAccount } from "../../support/wire/declare";

/** The Accounts of a stack, all of whose resources were sent without inputs. */
function foundAmong(declared: readonly Declared[]): string[] {
    return names(accounts(stackOf(stack(declared).resources, () => true)));
}

table("accounts that were sent without inputs", foundAmong, [
    ["one with a role is only read", [account("account", { cloudwatchRoleArn: "arn" })], []],
    ["one of aws-native with a role is only read", [nativeAccount("account", { cloudWatchRoleArn: "arn" })], []],
    ["one without a role may be of this program, which then lacks the role", [account("account")], ["account"]],
]);
