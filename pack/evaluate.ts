/** Evaluates a policy, in the same way for the engine and for `check`. */

import type { Inputs } from "../stack/resource";
import type { Stack } from "../stack/stack";
import type { Finding, Undecided } from "./finding";
import type { ResourcePolicy, StackPolicy } from "./policy";

/**
 * A resource that a program only reads (`LogGroup.get`) has no inputs and is not evaluated. `pulumi policy analyze`
 * sends such resources; previews and updates do not.
 */
export function appliesTo({ types }: ResourcePolicy, { type, props }: Inputs): boolean {
    return types.includes(type) && Object.keys(props).length > 0;
}

export function evaluateResource(policy: ResourcePolicy, resource: Inputs, config: object): Finding | undefined {
    return appliesTo(policy, resource) ? policy.evaluate(resource, config) : undefined;
}

export function evaluateStack(policy: StackPolicy, stack: Stack, config: object) {
    const findings: Finding[] = [];
    const undecided: Undecided[] = [];
    if (policy.types.some((type) => stack.byType.has(type))) {
        for (const answer of policy.evaluate(stack, config)) {
            if (answer !== undefined) {
                "undecided" in answer ? undecided.push(answer) : findings.push(answer);
            }
        }
    }
    return { findings, undecided };
}
