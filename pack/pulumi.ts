/** The only adapter to @pulumi/policy: it turns a policy of this pack into a policy of the SDK. */

import { isDeepStrictEqual } from "node:util";
import type {
    Policies,
    PolicyConfigSchema,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { Resource } from "../stack/resource";
import { type Stack, stackOf } from "../stack/stack";
import { readConfig } from "./config";
import { appliesTo, evaluateStack } from "./evaluate";
import { today } from "./exemptions";
import { type Finding, policyMessageOf } from "./finding";
import { metadataOf, notApplicableReason } from "./metadata";
import { type LogNote, type Say, sayAll, stackNotes } from "./notes";
import type { Policy, ResourcePolicy, StackPolicy } from "./policy";
import { applyRemedy } from "./remedy";
import { askedOf, findingOf, isOnlyRead, noteAsked, noteInputs, nothingSeen, takeNotes } from "./seen";
import { withWanted } from "./wanted";

/** What the policies of a pack have in common. */
interface Context {
    /** Shows what is exempt, and what a policy could not decide. */
    readonly say: Say;
    /** Answers today's day, as `2027-03-31`. */
    readonly clock?: () => string;
}

/**
 * Policies for `new PolicyPack`. A resource policy does not know when a stack is complete, so the first stack policy says
 * what all resource policies exempt.
 */
export function toPulumi(policies: readonly Policy[], { say, clock = today }: Context): Policies {
    const run = { say, clock, seen: nothingSeen(), shared: shareStacks() };
    return policies.map((policy) =>
        policy.kind === "stack" ? stackValidation(policy, run) : resourceValidation(policy, run),
    );
}

interface Run extends Required<Context> {
    readonly seen: ReturnType<typeof nothingSeen>;
    readonly shared: ReturnType<typeof shareStacks>;
}

/**
 * One stack for all stack policies of a request, so that what they have in common is worked out once. The SDK makes the
 * resources anew for each policy. It evaluates the policies of a request one after the other with nothing but microtasks
 * between them, so the policies until the next macrotask are those of the same request.
 */
function shareStacks() {
    let last: { readonly stack: Stack; readonly urns: readonly string[] } | undefined;
    const keep = (kept: typeof last) => {
        last = kept;
        setImmediate(() => {
            last = undefined;
        });
    };
    return {
        stackOf: (resources: readonly Resource[], isRead: (resource: Resource) => boolean): Stack => {
            const { stack, urns = [] } = last ?? {};
            if (stack !== undefined && isDeepStrictEqual(urns, urnsOf(resources))) {
                return stack;
            }
            const made = stackOf(resources, isRead);
            keep({ stack: made, urns: urnsOf(resources) });
            return made;
        },
        /** Waits for something, after which the policies of the same request go on. */
        during: async (wait: () => Promise<void>): Promise<void> => {
            const kept = last;
            await wait();
            keep(kept);
        },
    };
}

function urnsOf(resources: readonly Resource[]): string[] {
    return resources.map(({ urn }) => urn);
}

function stackValidation(policy: StackPolicy, { seen, shared, say, clock }: Run): StackValidationPolicy {
    const reason = notApplicableReason(policy);
    const evaluate = (args: StackValidationArgs, report: (message: string, urn?: string) => void): LogNote[] => {
        const config = configOf(policy, args);
        if (!args.resources.some(({ type }) => policy.types.includes(type))) {
            return notApplicable(args, reason);
        }
        const stack = shared.stackOf(args.resources, (resource) => isOnlyRead(seen, resource));
        const { findings, exempt, undecided } = evaluateStack(policy, stack, { config, today: clock() });
        for (const finding of findings) {
            report(policyMessageOf(withWanted(finding, askedOf(seen))), finding.resource?.urn);
        }
        return stackNotes(policy.name, exempt, undecided);
    };
    return {
        ...sdkMetadata(policy),
        validateStack: async (args, report) => {
            const notes = takeNotes(seen);
            try {
                notes.push(...evaluate(args, report));
            } finally {
                if (notes.length > 0) {
                    await shared.during(() => sayAll(say, notes));
                }
            }
        },
    };
}

function resourceValidation(policy: ResourcePolicy, { seen, clock }: Run): ResourceValidationPolicy {
    const reason = notApplicableReason(policy);
    const evaluate = (args: ResourceValidationArgs): Finding | undefined => {
        noteInputs(seen, args.urn, Object.keys(args.props).length === 0);
        const config = configOf(policy, args);
        noteAsked(seen, policy, config);
        return appliesTo(policy, args)
            ? findingOf(seen, policy, args, { config, today: clock() })
            : notApplicable(args, reason);
    };
    return {
        ...sdkMetadata(policy),
        validateResource: (args, report) => {
            const finding = evaluate(args);
            if (finding !== undefined) {
                report(policyMessageOf(finding));
            }
        },
        ...(policy.remediates && {
            remediateResource: (args) => {
                const remedy = evaluate(args)?.remedy;
                if (remedy === undefined) {
                    return undefined;
                }
                applyRemedy(args.props, remedy);
                return args.props;
            },
        }),
    };
}

/** Read before the resource is looked at, so that a mistake in the config is always reported. */
function configOf(policy: Policy, args: ResourceValidationArgs | StackValidationArgs): object {
    return readConfig(policy, args.getConfig());
}

/** By way of an error, as the SDK has it; each policy throws one for most resources, and a stack trace costs the most. */
function notApplicable(args: ResourceValidationArgs | StackValidationArgs, reason: string): never {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return args.notApplicable(reason);
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

function sdkMetadata(policy: Policy) {
    const { configSchema, ...metadata } = metadataOf(policy);
    const { properties } = configSchema;
    return { ...metadata, configSchema: { properties: properties as PolicyConfigSchema["properties"] } };
}
