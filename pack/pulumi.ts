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
import { stackOf } from "../stack/stack";
import { readConfig } from "./config";
import { CONTROLS, type ControlId, tagsOf } from "./controls";
import { appliesTo, evaluateStack } from "./evaluate";
import { messageOf, undecidedLine } from "./finding";
import { defaultLevel, type Policy, type ResourcePolicy, type StackPolicy } from "./policy";
import { applyRemedy } from "./remedy";

/** Resources without inputs, by URN, of those that the engine has sent to a resource policy. */
type WithoutInputs = Set<string>;

/**
 * Policies for `new PolicyPack`. What a stack policy could not decide goes to stderr in one line, which the engine shows
 * under the stack's diagnostics.
 *
 * Previews and updates do not send a resource that a program only reads. `pulumi policy analyze` does: with empty inputs
 * to resource policies, and with outputs to stack policies, which run later. So the resource policies take note of it; if
 * a config disables all of them, such a resource is evaluated like any other. (A resource that `--target` or `--exclude` leaves out has neither.)
 */
export function toPulumi(policies: readonly Policy[]): Policies {
    const withoutInputs: WithoutInputs = new Set();
    return policies.map((policy) =>
        policy.kind === "stack" ? stackValidation(policy, withoutInputs) : resourceValidation(policy, withoutInputs),
    );
}

function stackValidation(policy: StackPolicy, withoutInputs: WithoutInputs): StackValidationPolicy {
    return {
        ...metadataOf(policy),
        validateStack: (args, report) => {
            const config = configOf(policy, args);
            if (!args.resources.some(({ type }) => policy.types.includes(type))) {
                return args.notApplicable(reasonOf(policy));
            }
            const { findings, undecided } = evaluateStack(
                policy,
                stackOf(args.resources, ({ urn, props }) => withoutInputs.has(urn) && Object.keys(props).length > 0),
                config,
            );
            for (const finding of findings) {
                report(messageOf(finding), finding.resource?.urn);
            }
            if (undecided.length > 0) {
                console.error(undecidedLine(policy.name, undecided));
            }
        },
    };
}

function resourceValidation(policy: ResourcePolicy, withoutInputs: WithoutInputs): ResourceValidationPolicy {
    const findingOf = (args: ResourceValidationArgs) => {
        if (Object.keys(args.props).length > 0) {
            withoutInputs.delete(args.urn);
        } else {
            withoutInputs.add(args.urn);
        }
        const config = configOf(policy, args);
        return appliesTo(policy, args) ? policy.evaluate(args, config) : args.notApplicable(reasonOf(policy));
    };
    return {
        ...metadataOf(policy),
        validateResource: (args, report) => {
            const finding = findingOf(args);
            if (finding !== undefined) {
                report(messageOf(finding));
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

function reasonOf({ types }: Policy): string {
    return `Policy only applies to ${types.join(", ")}`;
}

function metadataOf(policy: Policy) {
    const { name, displayName, description, severity, mirrors, remediationSteps, url } = policy;
    return {
        ...{ name, displayName, description, severity, remediationSteps, url },
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
