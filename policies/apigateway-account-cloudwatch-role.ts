import { accounts, loggingResources, roleOf, roleProperty } from "../aws/apigateway/account";
import {
    ACCOUNT,
    METHOD_SETTINGS,
    NATIVE_ACCOUNT,
    NATIVE_STAGE,
    NATIVE_V2_STAGE,
    V2_STAGE,
} from "../aws/apigateway/types";
import type { Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { region, sameAccountAndRegion } from "../stack/provider";
import { prerequisites } from "../stack/relations";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { quote } from "../stack/text";
import { differ, isKnown } from "../stack/values";

/**
 * Without the role, turning logging on fails: "CloudWatch Logs role ARN must be set in account settings to enable
 * logging". Only an explicit dependency ensures that the role is set first (aws/aws-cdk#10722).
 */
export default stackPolicy({
    name: "apigateway-account-cloudwatch-role",
    displayName: "The API Gateway account has a CloudWatch role before anything logs",
    description:
        "API Gateway can write to CloudWatch: the account has a role, and every resource that turns logging on depends on it.",
    severity: "medium",
    supports: ["APIGateway.1"],
    remediationSteps:
        "Give the aws.apigateway.Account a cloudwatchRoleArn, keep one Account per AWS account and region, and make every resource that turns logging on depend on it.",
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    types: [ACCOUNT, NATIVE_ACCOUNT, METHOD_SETTINGS, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE],
    config: {
        requireInStack: {
            description:
                "Whether a stack that logs must declare the Account itself. The role is usually set once per account and region, in another stack.",
            type: "boolean",
            default: false,
        },
    },
    evaluate: (stack, { requireInStack }) => {
        const declared = accounts(stack);
        const logging = loggingResources(stack);
        return [
            ...declared.filter((account) => roleOf(account) === undefined).map(emptyRole),
            ...duplicates(declared).map(([account, first]) => twoAccounts(account, first)),
            ...independent(stack, logging, declared).map(([resource, account]) => doesNotDepend(resource, account)),
            ...(requireInStack ? withoutAccount(logging, declared).map(noAccount) : []),
        ];
    },
});

type Pair = readonly [Resource, Resource];

/** Each Account in the account and region of an earlier one (by URN), with the earlier one. */
function duplicates(declared: readonly Resource[]): Pair[] {
    return declared.flatMap((account, index) => {
        const first = declared.slice(0, index).find((other) => sameAccountAndRegion(account, other));
        return first === undefined ? [] : [[account, first] as const];
    });
}

/** Each logging resource that does not depend on the Account that the stack creates for it, with that Account. */
function independent(stack: Stack, logging: readonly Resource[], declared: readonly Resource[]): Pair[] {
    const made = declared.filter(isMade);
    return logging.flatMap((resource) => {
        const mine = made.filter((account) => sameAccountAndRegion(resource, account));
        const [account] = mine;
        if (account === undefined) {
            return [];
        }
        const before = prerequisites(stack, resource);
        return mine.some((one) => before.has(one)) ? [] : [[resource, account] as const];
    });
}

/**
 * An Account that is only read (`Account.get`) exists already, so nothing has to depend on it. `pulumi policy analyze`
 * sends it like any other Account, but without property dependencies, like an Account whose role is a literal.
 */
function isMade(account: Resource): boolean {
    return Object.keys(account.propertyDependencies).length > 0 || roleOf(account) === undefined;
}

/**
 * One logging resource for each account and region without an Account in this stack. An Account with another provider
 * may be in the same AWS account, so it is ruled out only if its region is known to be different.
 */
function withoutAccount(logging: readonly Resource[], declared: readonly Resource[]): Resource[] {
    const uncovered = logging.filter((resource) =>
        declared.every((account) => differ(region(account), region(resource))),
    );
    return uncovered.filter(
        (one, index) => !uncovered.slice(0, index).some((other) => sameAccountAndRegion(one, other)),
    );
}

function emptyRole(account: Resource): Finding {
    const key = roleProperty(account);
    return {
        resource: account,
        problem: `Account ${quote(account.name)} has no CloudWatch role, so API Gateway cannot write logs in its account and region.`,
        advice: `Set ${key} to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.`,
        code: `${key}: role.arn`,
    };
}

function twoAccounts(account: Resource, first: Resource): Finding {
    return {
        resource: account,
        problem: `Account ${quote(account.name)} configures the same AWS account and region as Account ${quote(first.name)}; the one that is updated last takes effect.`,
        advice: "Keep one Account per AWS account and region.",
    };
}

function doesNotDepend(resource: Resource, account: Resource): Finding {
    const kind = resource.type === METHOD_SETTINGS ? "MethodSettings" : "Stage";
    return {
        resource,
        problem: `${kind} ${quote(resource.name)} turns execution logging on but does not depend on Account ${quote(account.name)}, so its creation fails if the CloudWatch role is not set yet.`,
        advice: "Make it depend on the Account.",
        code: "{ dependsOn: [account] }",
    };
}

function noAccount(resource: Resource): Finding {
    const where = region(resource);
    return {
        problem: `The stack turns execution logging on${isKnown(where) ? ` in ${where}` : ""} but declares no API Gateway Account; without the Account's CloudWatch role, API Gateway writes no logs.`,
        advice: "Declare one Account per AWS account and region. Retain it when the stack is destroyed, because other APIs need it too.",
        code: 'new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { retainOnDelete: true })',
    };
}
