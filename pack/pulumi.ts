/** The only adapter to @pulumi/policy: it turns a policy of this pack into a policy of the SDK. */

import type {
    Policies,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { getOrAdd } from "../stack/maps";
import { stackOf } from "../stack/stack";
import { readConfig } from "./config";
import { CONTROLS, type ControlId, tagsOf } from "./controls";
import { appliesTo, evaluateResource, evaluateStack } from "./evaluate";
import { type Exempt, exemptLine, today } from "./exemptions";
import { type Finding, policyMessageOf, undecidedLine } from "./finding";
import { defaultLevel, type Policy, type ResourcePolicy, type StackPolicy } from "./policy";
import { applyRemedy } from "./remedy";
import { withWanted } from "./wanted";

/** What the engine has sent to resource policies. */
interface Seen {
    /** The URNs of resources without inputs. */
    readonly withoutInputs: Set<string>;
    /** What is exempt, by policy and URN: a resource comes twice where its policy remediates. */
    readonly exempt: Map<string, Map<string, Exempt>>;
    /** The resource policies that were asked, with their configs: stack policies run later, and suggest code that fits. */
    readonly asked: Map<string, { readonly policy: ResourcePolicy; readonly config: object }>;
}

/**
 * Policies for `new PolicyPack`. What a stack policy could not decide, and what is exempt from a policy, goes to stderr in
 * a line each, which the engine shows under the stack's diagnostics. A resource policy does not know when a stack is
 * complete, so the first stack policy writes the lines of all resource policies.
 *
 * Previews and updates do not send a resource that a program only reads. `pulumi policy analyze` does: with empty inputs
 * to resource policies, and with outputs to stack policies, which run later. So the resource policies take note of it; if
 * a config disables all of them, such a resource is evaluated like any other. (A resource that `--target` or `--exclude` leaves out has neither.)
 *
 * @param clock answers today's day, as `2027-03-31`
 */
export function toPulumi(policies: readonly Policy[], clock: () => string = today): Policies {
    const seen: Seen = { withoutInputs: new Set(), exempt: new Map(), asked: new Map() };
    return policies.map((policy) =>
        policy.kind === "stack" ? stackValidation(policy, seen, clock) : resourceValidation(policy, seen, clock),
    );
}

function stackValidation(policy: StackPolicy, seen: Seen, clock: () => string): StackValidationPolicy {
    const reason = reasonOf(policy);
    return {
        ...metadataOf(policy),
        validateStack: (args, report) => {
            for (const [name, exempt] of seen.exempt) {
                console.error(exemptLine(name, exempt));
            }
            seen.exempt.clear();
            const config = configOf(policy, args);
            if (!args.resources.some(({ type }) => policy.types.includes(type))) {
                return notApplicable(args, reason);
            }
            const { findings, exempt, undecided } = evaluateStack(
                policy,
                stackOf(
                    args.resources,
                    ({ urn, props }) => seen.withoutInputs.has(urn) && Object.keys(props).length > 0,
                ),
                { config, today: clock() },
            );
            for (const finding of findings) {
                report(policyMessageOf(withWanted(finding, [...seen.asked.values()])), finding.resource?.urn);
            }
            if (exempt.length > 0) {
                const byUrn = new Map(exempt.map((one) => [one.finding.resource?.urn as string, one]));
                console.error(exemptLine(policy.name, byUrn));
            }
            if (undecided.length > 0) {
                console.error(undecidedLine(policy.name, undecided));
            }
        },
    };
}

function resourceValidation(policy: ResourcePolicy, seen: Seen, clock: () => string): ResourceValidationPolicy {
    const reason = reasonOf(policy);
    const findingOf = (args: ResourceValidationArgs): Finding | undefined => {
        if (Object.keys(args.props).length > 0) {
            seen.withoutInputs.delete(args.urn);
        } else {
            seen.withoutInputs.add(args.urn);
        }
        const config = configOf(policy, args);
        if (policy.wants !== undefined) {
            seen.asked.set(policy.name, { policy, config });
        }
        if (!appliesTo(policy, args)) {
            return notApplicable(args, reason);
        }
        const result = evaluateResource(policy, args, { config, today: clock() });
        if (result === undefined || !("reasons" in result)) {
            return result;
        }
        getOrAdd<string, Map<string, Exempt>>(seen.exempt, policy.name, () => new Map()).set(args.urn, result);
        return undefined;
    };
    return {
        ...metadataOf(policy),
        validateResource: (args, report) => {
            const finding = findingOf(args);
            if (finding !== undefined) {
                report(policyMessageOf(finding));
            }
        },
        ...(policy.remediates && {
            remediateResource: (args) => {
                const remedy = findingOf(args)?.remedy;
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

function reasonOf({ types }: Policy): string {
    return `Policy only applies to ${types.join(", ")}`;
}

function metadataOf(policy: Policy) {
    const { name, displayName, description, severity, mirrors, remediationSteps, url } = policy;
    return {
        name,
        displayName,
        description,
        severity,
        remediationSteps,
        url,
        ...(mirrors.length > 0 && { framework: frameworkOf(mirrors) }),
        ...(policy.isOptional && { enforcementLevel: defaultLevel(policy) }),
        tags: allTags(policy),
        configSchema: { properties: policy.config as PolicyConfigSchema["properties"] },
    };
}

/** Security Hub's controls of one policy are all in the same standard. */
function frameworkOf(controls: readonly ControlId[]): PolicyComplianceFramework {
    return {
        name: "AWS Security Hub",
        version: CONTROLS[controls[0] as ControlId].standard,
        reference: controls.join(", "),
        specification: controls.map((one) => CONTROLS[one].title).join("; "),
    };
}

/** A policy's own tags, the controls that it supports, and the requirements that AWS maps its controls to. */
export function allTags({ mirrors, supports, tags = [] }: Policy): string[] {
    const controls = [...mirrors, ...supports];
    return [...new Set([...tags, ...supports.map((one) => `Security Hub ${one}`), ...controls.flatMap(tagsOf)])];
}
