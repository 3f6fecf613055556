/** What a policy says of itself to the engine and to Pulumi Cloud. */

import { CONTROLS, type ControlId, tagsOf } from "./controls";
import { defaultLevel, type Policy } from "./policy";

/** A policy without its rule, in the shape of the policy SDK. */
export function metadataOf(policy: Policy) {
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
        configSchema: { properties: policy.config },
    };
}

/** Security Hub's controls of one policy are all in the same standard. */
function frameworkOf(controls: readonly ControlId[]) {
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

/** Why a policy does not apply to a resource or a stack. */
export function notApplicableReason({ types }: Policy): string {
    return `Policy only applies to ${types.join(", ")}`;
}
