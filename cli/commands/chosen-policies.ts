/** The policies that a command evaluates, by its options and the policy config file. */

import type { ControlId } from "../../pack/controls";
import type { EnabledPolicy } from "../../pack/enabled";
import { today } from "../../pack/exemptions";
import { answeredControls, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { BadInput } from "../errors";
import type { EvaluationOptions } from "../evaluate";
import { STDIN } from "../inputs/file-names";
import { assertPolicies, configured, enabledPolicies, validPolicyConfig } from "../inputs/policy-config";
import { exceptionFinder, type PolicyException } from "../inputs/policy-exceptions";
import { textOf } from "../inputs/read-text";
import { assertControls, isEverything, narrowed, type Selection } from "../inputs/selection";

/** Options of commands that evaluate policies. */
export interface PolicyChoice {
    /** The policy config file. */
    readonly config?: string | undefined;
    /** The names of policies to evaluate, and no others; without names or controls, all that are enabled. */
    readonly policies?: readonly string[];
    /** Controls whose policies are to be evaluated, and no others: those that mirror or support them. */
    readonly controls?: readonly string[];
    /** The day of the check, in UTC, as `2027-03-31`; today's if left out. */
    readonly today?: string;
}

/** A policy that was asked for and that the config leaves out, or some of its controls. */
export interface LeftOut {
    readonly policy: Policy;
    /** The controls that are not checked. */
    readonly controls: readonly ControlId[];
    /** Whether the policy is not evaluated at all. */
    readonly isWhole: boolean;
}

/** Policies to evaluate, and all that their config file has. */
export interface ChosenPolicies extends EvaluationOptions {
    readonly exceptions: readonly PolicyException[];
    /** What was asked for, by a policy's name or a control, and the config leaves out. */
    readonly leftOut: readonly LeftOut[];
    /**
     * The policies that the config enables, whichever are chosen.
     *
     * @throws BadInput if the config of one is wrong
     */
    everyEnabled(): EnabledPolicy[];
}

/** @throws BadInput if the config file, or the name of a policy or control, is wrong */
export async function chosenPolicies({
    config,
    policies: names = [],
    controls = [],
    today: day = today(),
}: PolicyChoice): Promise<ChosenPolicies> {
    const selection = { policies: names, controls };
    assertPolicies(names, "--policy");
    assertControls(controls);
    if (config === STDIN) {
        throw new BadInput("--config takes a file, not standard input");
    }
    try {
        const text = config === undefined ? "" : await textOf(config);
        const { settings, enabled, exceptions } = await validPolicyConfig(text, selection);
        const chosen = configured(enabled).flatMap((one) => narrowed(one, selection) ?? []);
        if (chosen.length === 0) {
            const disabled = isEverything(selection) ? "every policy" : [...names, ...controls].join(", ");
            throw new BadInput(`disables ${disabled}, so there is nothing to check`);
        }
        return {
            enabled: chosen,
            leftOut: leftOutBy(chosen, selection),
            exceptions,
            exceptionsFor: exceptionFinder(exceptions),
            today: day,
            everyEnabled: () => {
                try {
                    return configured(enabledPolicies(settings));
                } catch (error) {
                    throw inConfig(config, error);
                }
            },
        };
    } catch (error) {
        throw inConfig(config, error);
    }
}

/** A policy that only supports a control is not asked for its verdict. */
function leftOutBy(chosen: readonly EnabledPolicy[], { policies: names, controls }: Selection): LeftOut[] {
    return policies.flatMap((policy): LeftOut[] => {
        const own = chosen.find((one) => one.policy === policy);
        if (own === undefined && names.includes(policy.name)) {
            return [{ policy, controls: answeredControls(policy), isWhole: true }];
        }
        const checked = own === undefined ? [] : answeredControls(policy, own.config);
        const missing = answeredControls(policy).filter((one) => controls.includes(one) && !checked.includes(one));
        return missing.length === 0 ? [] : [{ policy, controls: missing, isWhole: own === undefined }];
    });
}

function inConfig(config: string | undefined, error: unknown): BadInput {
    return new BadInput(`${config ?? "the default config"}: ${(error as Error).message}`);
}

/** @throws BadInput if there is one: whoever wrote it means to have excepted something */
export function assertNoPatterns(patterns: readonly string[], config: string | undefined): void {
    if (patterns.length > 0) {
        throw new BadInput(`${config}: ${patterns.join("; ")}`);
    }
}
