/** The levels and configs of the policies, as the engine sets them. */

import type { ConfigureAnalyzerRequest, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { readConfig } from "../config";
import { defaultLevel, type Policy } from "../policy";

/** The enforcement levels, in the order of their numbers in the protocol. */
export const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;
/** The level of a policy. */
export type EnforcementLevel = (typeof LEVELS)[number];

/** A policy as it is enabled, or not. */
export interface PolicySetting<Of extends Policy = Policy> {
    readonly policy: Of;
    readonly level: EnforcementLevel;
    /**
     * Its config with its defaults.
     *
     * @throws Error for a config with a mistake
     */
    config(): object;
}

/** The level of a policy's findings. What a remediation has left counts as mandatory, and a stack policy cannot remediate. */
export function levelOfFindings({ level }: PolicySetting): EnforcementLevel {
    return level === "remediate" ? "mandatory" : level;
}

/** All policies by their defaults, or as a request sets them. */
export function settingsOf(policies: readonly Policy[], request?: ConfigureAnalyzerRequest): PolicySetting[] {
    return policies.map((policy) => settingOf(policy, request?.getPolicyconfigMap().get(policy.name)));
}

function settingOf(policy: Policy, given: PolicyConfig | undefined): PolicySetting {
    const { enforcementLevel: _, ...properties } = given?.getProperties()?.toJavaScript() ?? {};
    let config: object | undefined;
    return {
        policy,
        level: given === undefined ? defaultLevel(policy) : levelNumbered(given.getEnforcementlevel()),
        config: () => {
            config ??= readConfig(policy, properties);
            return config;
        },
    };
}

function levelNumbered(number: number): EnforcementLevel {
    const level = LEVELS[number];
    if (level === undefined) {
        throw new Error(`Unknown enforcement level ${number}.`);
    }
    return level;
}
