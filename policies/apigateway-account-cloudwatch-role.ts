import { accounts, type LoggingResource, loggingResources, roleOf, roleProperty } from "../aws/apigateway/account";
import {
    ACCOUNT,
    METHOD_SETTINGS,
    NATIVE_ACCOUNT,
    NATIVE_DEPLOYMENT,
    NATIVE_STAGE,
    NATIVE_V2_STAGE,
    STAGE,
    V2_STAGE,
} from "../aws/apigateway/types";
import type { Answer, Finding, Undecided } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { variable } from "../stack/code";
import { dependencyIndex } from "../stack/dependencies";
import { getOrAdd } from "../stack/maps";
import { accountAndRegion, areApart, isSomewhereUnknown, region } from "../stack/provider";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { quote } from "../stack/text";
import { isKnown, UNKNOWN } from "../stack/values";

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
    types: [
        ACCOUNT,
        NATIVE_ACCOUNT,
        METHOD_SETTINGS,
        STAGE,
        NATIVE_STAGE,
        NATIVE_DEPLOYMENT,
        V2_STAGE,
        NATIVE_V2_STAGE,
    ],
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
        const wrong = [
            ...declared.filter((account) => roleOf(account) === undefined).map(emptyRole),
            ...duplicates(declared),
        ];
        // In a live account everything exists already, and what depends on what is not known.
        return stack.live === undefined ? [...wrong, ...inProgram(stack, declared, requireInStack)] : wrong;
    },
});

function inProgram(stack: Stack, declared: readonly Resource[], requireInStack: boolean): Answer[] {
    const logging = loggingResources(stack);
    return [
        ...independent(stack, logging, declared),
        ...(requireInStack ? withoutAccount(logging, declared).map(noAccount) : []),
    ];
}

/** Accounts that overwrite the setting of one before them, by URN, and those that may. */
function duplicates(declared: readonly Resource[]): Answer[] {
    const firsts = new Map<string, Resource>();
    return declared.flatMap((account): Answer[] => {
        const others = [...firsts.values()];
        const first = getOrAdd(firsts, accountAndRegion(account), () => account);
        if (first !== account) {
            return [twoAccounts(account, first)];
        }
        const other = others.find((one) => mayBeTogether(one, account));
        return other === undefined ? [] : [undecidedPlace("Account", account, other)];
    });
}

/** Whether two resources that are not known to be in one AWS account and region may yet turn out to be. */
function mayBeTogether(a: Resource, b: Resource): boolean {
    return (isSomewhereUnknown(a) || isSomewhereUnknown(b)) && !areApart(a, b);
}

function undecidedPlace(kind: string, resource: Resource, account: Resource): Undecided {
    return {
        undecided: `${kind} ${quote(resource.name)}: whether it is in the AWS account and region of Account ${quote(account.name)} is not known yet`,
    };
}

/** What logs in the account and region of an Account that the stack makes, without depending on it. */
function independent(stack: Stack, logging: readonly LoggingResource[], declared: readonly Resource[]): Answer[] {
    const dependentsOf = dependencyIndex(
        stack,
        logging.map(({ resource }) => resource),
    );
    const byPlace = new Map<string, { readonly account: Resource; readonly dependents: Set<Resource> }>();
    for (const account of declared) {
        const { dependents } = getOrAdd(byPlace, accountAndRegion(account), () => ({ account, dependents: new Set() }));
        for (const dependent of dependentsOf(account)) {
            dependents.add(dependent);
        }
    }
    const places = [...byPlace.values()];
    return logging.flatMap((one): Answer[] => {
        const { resource } = one;
        const here = byPlace.get(accountAndRegion(resource));
        if (here !== undefined) {
            return here.dependents.has(resource) ? [] : [doesNotDepend(one, here.account)];
        }
        const near = places.filter(({ account }) => mayBeTogether(account, resource));
        const [first] = near.some(({ dependents }) => dependents.has(resource)) ? [] : near;
        return first === undefined ? [] : [undecidedPlace(kindOf(resource), resource, first.account)];
    });
}

/**
 * One logging resource for each account and region without an Account in this stack. An Account under another provider
 * may well be of the same AWS account, unless account ids or regions show that it is not.
 */
function withoutAccount(logging: readonly LoggingResource[], declared: readonly Resource[]): LoggingResource[] {
    const placeOf = (resource: Resource) => (region(resource) === UNKNOWN ? undefined : accountAndRegion(resource));
    const byPlace = new Map(logging.toReversed().map((one) => [placeOf(one.resource), one]));
    return [...byPlace.values()]
        .toReversed()
        .filter(({ resource }) => declared.every((account) => areApart(account, resource)));
}

function emptyRole(account: Resource): Finding {
    const key = roleProperty(account);
    return {
        resource: account,
        problem: `Account ${quote(account.name)} has no CloudWatch role, so API Gateway cannot write logs in its account and region.`,
        advice: `Set ${key} to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.`,
        code: { inputs: { [key]: variable("role.arn") } },
        live: [{ kind: "account role" }],
    };
}

/** What messages call a logging resource that is not a Stage. */
const KINDS: ReadonlyMap<string, string> = new Map([
    [METHOD_SETTINGS, "MethodSettings"],
    [NATIVE_DEPLOYMENT, "Deployment"],
]);

function kindOf({ type }: Resource): string {
    return KINDS.get(type) ?? "Stage";
}

function twoAccounts(account: Resource, first: Resource): Finding {
    return {
        resource: account,
        problem: `Account ${quote(account.name)} configures the same AWS account and region as Account ${quote(first.name)}; the one that is updated last takes effect.`,
        advice: "Keep one Account per AWS account and region.",
    };
}

function doesNotDepend({ resource, log }: LoggingResource, account: Resource): Finding {
    return {
        resource,
        problem: `${kindOf(resource)} ${quote(resource.name)} turns ${log} logging on but does not depend on Account ${quote(account.name)}, so its creation fails if the CloudWatch role is not set yet.`,
        advice: "Make it depend on the Account.",
        code: { options: { dependsOn: variable("account") } },
    };
}

function noAccount({ resource, log }: LoggingResource): Finding {
    const where = region(resource);
    return {
        problem: `The stack turns ${log} logging on${isKnown(where) ? ` in ${where}` : ""} but declares no API Gateway Account; without the Account's CloudWatch role, API Gateway writes no logs.`,
        advice: "Declare one Account per AWS account and region. Retain it when the stack is destroyed, because other APIs need it too.",
        code: {
            declare: [
                {
                    type: ACCOUNT,
                    name: "account",
                    inputs: { cloudwatchRoleArn: variable("role.arn") },
                    options: { retainOnDelete: true },
                },
            ],
        },
    };
}
