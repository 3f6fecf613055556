/** Evaluates a policy, in the same way for the engine and for `check`. */

import type { Inputs, Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { type Exempt, exempted } from "./exemptions";
import type { Finding, Undecided } from "./finding";
import type { ResourcePolicy, StackPolicy } from "./policy";

/**
 * A resource that a program only reads (`LogGroup.get`) has no inputs and is not evaluated. `pulumi policy analyze`
 * sends such resources; previews and updates do not.
 */
export function appliesTo({ types }: ResourcePolicy, resource: Inputs): boolean {
    // The properties of most resources are never asked for, and then the pack's own server does not decode them.
    return types.includes(resource.type) && Object.keys(resource.props).length > 0;
}

/** What applies to all findings of a policy. */
export interface PolicyTerms {
    readonly config: object;
    /** In UTC, as `2027-03-31`. */
    readonly today: string;
}

/**
 * A finding on a resource, be it exempt or not; none while an exemption may cover the resource by a name that is not known
 * yet: it is before the resource is created, and a resource policy is then asked again.
 */
export function evaluateResource(
    policy: ResourcePolicy,
    resource: Inputs,
    terms: PolicyTerms,
): Finding | Exempt | undefined {
    const finding = appliesTo(policy, resource) ? policy.evaluate(resource, terms.config) : undefined;
    const answer = finding && exempted(finding, resource, { policy: policy.name, ...terms });
    return answer === undefined || "undecided" in answer ? undefined : answer;
}

/** The findings of a policy on a stack, those that are exempt, and what it could not decide; nothing without its types. */
export function evaluateStack(policy: StackPolicy, stack: Stack, terms: PolicyTerms) {
    const findings: Finding[] = [];
    const exempt: Exempt[] = [];
    const undecided: Undecided[] = [];
    if (policy.types.some((type) => stack.byType.get(type) !== undefined)) {
        for (const answer of policy.evaluate(stack, terms.config)) {
            if (answer === undefined) {
                continue;
            }
            if ("undecided" in answer) {
                undecided.push(answer);
                continue;
            }
            const resource = answer.resource ?? rootOf(stack);
            const result = exempted(answer, resource, { policy: policy.name, stack, ...terms });
            if ("undecided" in result) {
                undecided.push(result);
            } else if (!("reasons" in result)) {
                findings.push(result);
            } else if (resource !== undefined) {
                // What is exempt always has a resource: that of the stack, if it is of no other.
                exempt.push({ ...result, finding: { ...answer, resource } });
            }
        }
    }
    return { findings, exempt, undecided };
}

/** The resource that stands for the stack itself; a state may be without it. */
function rootOf(stack: Stack): Resource | undefined {
    return stack.byType.get("pulumi:pulumi:Stack")?.[0];
}
