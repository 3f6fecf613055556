import type { StackValidationPolicy } from "@pulumi/policy";
import { accounts, loggingResources, roleOf, sameAccountAndRegion } from "../apigateway/account";
import { differ } from "../apigateway/api";
import { finding, quote } from "../apigateway/messages";
import {
    ACCOUNT,
    METHOD_SETTINGS,
    NATIVE_ACCOUNT,
    NATIVE_STAGE,
    NATIVE_V2_STAGE,
    prerequisites,
    type Resource,
    region,
    type Stack,
    V2_STAGE,
} from "../apigateway/resource";
import { isKnown } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { EXECUTION_LOGGING, NIST_LOGGING } from "./common/framework";
import { onStack } from "./common/scope";

const NAME = "apigateway-account-cloudwatch-role";
const TYPES = [ACCOUNT, NATIVE_ACCOUNT, METHOD_SETTINGS, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE];

interface Config {
    readonly requireInStack: boolean;
}

const SCHEMA = {
    properties: {
        requireInStack: {
            description:
                "Whether a stack that logs must declare the Account itself. The role is usually set once per account and region, in another stack.",
            type: "boolean" as const,
            default: false,
        },
    },
};

/**
 * Without the role, switching logging on fails: "CloudWatch Logs role ARN must be set in account settings to enable
 * logging". Nothing orders the two but an explicit dependency (aws/aws-cdk#10722).
 */
export const apigatewayAccountCloudwatchRole: StackValidationPolicy = {
    name: NAME,
    displayName: "The API Gateway account has a CloudWatch role before anything logs",
    description: "API Gateway may write to CloudWatch: the account has a role, and what logs waits for it.",
    severity: "medium",
    framework: EXECUTION_LOGGING,
    tags: NIST_LOGGING,
    remediationSteps:
        "Give the aws.apigateway.Account a cloudwatchRoleArn, keep one Account per AWS account and region, and make what logs depend on it.",
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    configSchema: SCHEMA,
    validateStack: onStack(NAME, TYPES, strictConfig<Config>(NAME, SCHEMA), (stack, { requireInStack }, verdicts) => {
        const declared = accounts(stack);
        for (const account of declared.filter((one) => roleOf(one) === undefined)) {
            verdicts.finding(emptyRole(account), account);
        }
        for (const [account, first] of contested(declared)) {
            verdicts.finding(twoAccounts(account, first), account);
        }
        const logging = loggingResources(stack);
        for (const [resource, account] of early(stack, logging, declared)) {
            verdicts.finding(doesNotWait(resource, account), resource);
        }
        if (requireInStack) {
            for (const resource of withoutAccount(logging, declared)) {
                verdicts.finding(noAccount(resource));
            }
        }
    }),
};

/** Accounts that overwrite the setting of another one; they come sorted by URN, and of two the last is told. */
function contested(declared: readonly Resource[]): [Resource, Resource][] {
    return declared.flatMap((account, index) => {
        const first = declared.slice(0, index).find((other) => sameAccountAndRegion(account, other));
        return first === undefined ? [] : [[account, first] as [Resource, Resource]];
    });
}

/** What logs in the account and region of an Account that the stack makes, without depending on it. */
function early(stack: Stack, logging: readonly Resource[], declared: readonly Resource[]): [Resource, Resource][] {
    const made = declared.filter(isMade);
    return logging.flatMap((resource) => {
        const mine = made.filter((account) => sameAccountAndRegion(resource, account));
        const [account] = mine;
        if (account === undefined) {
            return [];
        }
        const before = prerequisites(stack, resource);
        return mine.some((one) => before.has(one)) ? [] : [[resource, account] as [Resource, Resource]];
    });
}

/**
 * An Account that is only read (`Account.get`) is there already and need not be waited for. `pulumi policy analyze` sends
 * it like any other, but without dependencies of its properties; so is one whose role the program states as a text sent.
 */
function isMade(account: Resource): boolean {
    return Object.keys(account.propertyDependencies).length > 0 || roleOf(account) === undefined;
}

/**
 * One logging resource for each account and region without an Account in this stack. An Account under another provider
 * may well be of the same AWS account, so only a region that is known to be another one rules it out.
 */
function withoutAccount(logging: readonly Resource[], declared: readonly Resource[]): Resource[] {
    const orphans = logging.filter((resource) =>
        declared.every((account) => differ(region(account), region(resource))),
    );
    return orphans.filter((one, index) => !orphans.slice(0, index).some((other) => sameAccountAndRegion(one, other)));
}

function emptyRole(account: Resource): string {
    const key = account.type === ACCOUNT ? "cloudwatchRoleArn" : "cloudWatchRoleArn";
    return finding(
        `Account ${quote(account.name)} states no CloudWatch role, so API Gateway writes no logs in its account and region.`,
        `Set ${key} to a role that API Gateway may assume, with the policy AmazonAPIGatewayPushToCloudWatchLogs.`,
        `${key}: role.arn`,
    );
}

function twoAccounts(account: Resource, first: Resource): string {
    return finding(
        `Account ${quote(account.name)} sets the same account and region as Account ${quote(first.name)}; whichever is updated last wins.`,
        "Keep one Account per AWS account and region.",
    );
}

function doesNotWait(resource: Resource, account: Resource): string {
    const what = resource.type === METHOD_SETTINGS ? "Method settings" : "Stage";
    return finding(
        `${what} ${quote(resource.name)} switches execution logging on without waiting for Account ${quote(account.name)}, so its creation can fail for want of the CloudWatch role.`,
        "Make it depend on the Account.",
        "{ dependsOn: [account] }",
    );
}

function noAccount(resource: Resource): string {
    const where = region(resource);
    return finding(
        `The stack switches execution logging on${isKnown(where) ? ` in ${where}` : ""} and declares no API Gateway Account, without whose CloudWatch role nothing is written.`,
        "Declare an Account once per AWS account and region. Keep it when the stack is destroyed, since other APIs need it too.",
        'new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { retainOnDelete: true })',
    );
}
