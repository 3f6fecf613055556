import {
    accounts,
    type LoggingResource,
    loggingResources,
    missingRole,
    roleOf,
    undecidedLogging,
} from "../aws/apigateway/account";
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
 *
 * An Account without a role is for apigateway-account-role-set, but for one without any inputs, which resource policies
 * cannot tell from one that is only read.
 */
export default stackPolicy({
    name: "apigateway-account-cloudwatch-role",
    displayName: "The API Gateway account has a CloudWatch role before anything logs",
    description:
        "API Gateway can write to CloudWatch before anything logs: one Account sets its role, and every resource that turns logging on depends on it.",
    severity: "medium",
    supports: ["APIGateway.1"],
    remediationSteps:
        "Keep one Account per AWS account and region, and make every resource that turns logging on depend on it. Give an Account without inputs a cloudwatchRoleArn.",
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
            ...declared
                .filter((account) => stack.isPassedOver(account) && roleOf(account) === undefined)
                .map((account) => ({ resource: account, ...missingRole(account) })),
            ...duplicates(declared),
        ];
        // In a live account everything exists already, and what depends on what is not known.
        return stack.live === undefined ? [...wrong, ...inProgram(stack, declared, requireInStack)] : wrong;
    },
});

function inProgram(stack: Stack, declared: readonly Resource[], requireInStack: boolean): Answer[] {
    const logging = loggingResources(stack);
    const missing = requireInStack ? withoutAccount(logging, declared) : [];
    // Whether these log matters only where a finding depends on it.
    const mayLog = undecidedLogging(stack).map((resource): LoggingResource => ({ resource, log: "execution" }));
    return [
        ...independent(stack, logging, declared, doesNotDepend),
        ...missing.map(noAccount),
        ...independent(stack, mayLog, declared, mayTurnLoggingOn),
        ...(requireInStack && missing.length === 0 ? withoutAccount(mayLog, declared).map(mayTurnLoggingOn) : []),
    ];
}

/** Accounts that overwrite the setting of one before them, by URN, and those that may. */
function duplicates(declared: readonly Resource[]): Answer[] {
    const firsts = new Map<string, Resource>();
    const unknown: Resource[] = [];
    return declared.flatMap((account): Answer[] => {
        const isUnknown = isSomewhereUnknown(account);
        const near = nearest(account, isUnknown ? firsts.values() : unknown);
        const first = getOrAdd(firsts, accountAndRegion(account), () => account);
        if (first !== account) {
            return [twoAccounts(account, first)];
        }
        if (isUnknown) {
            unknown.push(account);
        }
        return near === undefined ? [] : [undecidedPlace("Account", account, near)];
    });
}

/** The first of some Accounts that is not known to be in another account or region than a resource. */
function nearest(resource: Resource, accounts: Iterable<Resource>): Resource | undefined {
    for (const account of accounts) {
        if (!areApart(account, resource)) {
            return account;
        }
    }
    return undefined;
}

function undecidedPlace(kind: string, resource: Resource, account: Resource): Undecided {
    return {
        undecided: `${kind} ${quote(resource.name)}: whether it is in the AWS account and region of Account ${quote(account.name)} is not known yet`,
    };
}

/**
 * Answers for resources in the account and region of an Account that the stack creates, if they do not depend on it.
 *
 * @param answer what to say of a resource that does not depend on an Account
 */
function independent(
    stack: Stack,
    logging: readonly LoggingResource[],
    declared: readonly Resource[],
    answer: (one: LoggingResource, account: Resource) => Answer,
): Answer[] {
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
    const unknown = places.filter(({ account }) => isSomewhereUnknown(account));
    return logging.flatMap((one): Answer[] => {
        const { resource } = one;
        const here = byPlace.get(accountAndRegion(resource));
        if (here !== undefined) {
            return here.dependents.has(resource) ? [] : [answer(one, here.account)];
        }
        const others = isSomewhereUnknown(resource) ? places : unknown;
        const near = others.filter(({ account }) => !areApart(account, resource));
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

/** What messages call a logging resource that is not a Stage. */
const KINDS: ReadonlyMap<string, string> = new Map([
    [METHOD_SETTINGS, "MethodSettings"],
    [NATIVE_DEPLOYMENT, "Deployment"],
]);

function mayTurnLoggingOn({ resource }: LoggingResource): Undecided {
    return {
        undecided: `${kindOf(resource)} ${quote(resource.name)}: whether it turns logging on is not known yet`,
    };
}

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
