/** The only adapter to @pulumi/policy: it turns a policy of this pack into a policy of the SDK. */

import type {
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
import type { Policy, ResourcePolicy, StackPolicy } from "./policy";
import { applyRemedy } from "./remedy";

/**
 * A policy for `new PolicyPack`. A stack policy writes what it could not decide to stderr as one line, which the engine
 * shows in the stack's diagnostics.
 */
export function toPulumi(policy: Policy): ResourceValidationPolicy | StackValidationPolicy {
    return policy.kind === "stack" ? stackValidation(policy) : resourceValidation(policy);
}

function stackValidation(policy: StackPolicy): StackValidationPolicy {
    return {
        ...metadataOf(policy),
        validateStack: (args, report) => {
            const config = configOf(policy, args);
            if (!args.resources.some(({ type }) => policy.types.includes(type))) {
                return args.notApplicable(reasonOf(policy));
            }
            const { findings, undecided } = evaluateStack(policy, stackOf(args.resources), config);
            for (const finding of findings) {
                report(messageOf(finding), finding.resource?.urn);
            }
            if (undecided.length > 0) {
                console.error(undecidedLine(policy.name, undecided));
            }
        },
    };
}

function resourceValidation(policy: ResourcePolicy): ResourceValidationPolicy {
    const findingOf = (args: ResourceValidationArgs) => {
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
        ...(mirrors !== undefined && { framework: frameworkOf(mirrors) }),
        tags: allTags(policy),
        configSchema: { properties: policy.config as PolicyConfigSchema["properties"] },
    };
}

function frameworkOf(control: ControlId): PolicyComplianceFramework {
    const { title, standard } = CONTROLS[control];
    return { name: "AWS Security Hub", version: standard, reference: control, specification: title };
}

/** A policy's own tags, the controls that it supports, and the requirements that AWS maps its controls to. */
export function allTags({ mirrors, supports = [], tags = [] }: Policy): string[] {
    const controls = [...(mirrors === undefined ? [] : [mirrors]), ...supports];
    return [...new Set([...tags, ...supports.map((one) => `Security Hub ${one}`), ...controls.flatMap(tagsOf)])];
}
