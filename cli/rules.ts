/** What outputs say of a policy, from its own metadata. */

import type { Policies } from "@pulumi/policy";
import { policies } from "../policies";
import type { Rule } from "./findings";
import { TOOL } from "./tool";

type Policy = Policies[number];

export function ruleOf(policy: Policy): Rule {
    return {
        policy: policy.name,
        pack: TOOL.name,
        displayName: policy.displayName ?? null,
        description: policy.description,
        severity: policy.severity ?? null,
        control: policy.framework?.reference ?? null,
        remediationSteps: policy.remediationSteps ?? null,
        url: policy.url ?? null,
    };
}

/** The rule of a policy of this pack, or what can be said of another pack's. */
export function ruleNamed(policy: string, pack: string): Rule {
    const own = pack === TOOL.name ? policies.find(({ name }) => name === policy) : undefined;
    const unsaid = { displayName: null, description: null, severity: null, control: null, remediationSteps: null };
    return own === undefined ? { policy, pack, ...unsaid, url: null } : ruleOf(own);
}
