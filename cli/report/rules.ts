/** What outputs say of a policy, from its own metadata. */

import { mirroredControls, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { TOOL } from "../tool";
import type { Rule } from "./model";

/** @param config with the policy's defaults; left out if it is not known, as in engine events */
export function ruleOf(policy: Policy, config?: object): Rule {
    return {
        policy: policy.name,
        pack: TOOL.name,
        displayName: policy.displayName,
        description: policy.description,
        severity: policy.severity,
        controls: config === undefined ? policy.mirrors : mirroredControls(policy, config),
        remediationSteps: policy.remediationSteps,
        url: policy.url,
    };
}

/** The rule of a policy of this pack; of another pack's policy only its name is known. */
export function ruleNamed(policy: string, pack: string): Rule {
    const own = pack === TOOL.name ? policies.find(({ name }) => name === policy) : undefined;
    return own === undefined ? { policy, pack, controls: [] } : ruleOf(own);
}
