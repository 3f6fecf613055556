/** The policies that a command evaluates, by its options and the policy config file. */

import type { EnabledPolicy } from "../../pack/enabled";
import { today } from "../../pack/exemptions";
import { BadInput } from "../errors";
import type { EvaluationOptions } from "../evaluate";
import { STDIN } from "../inputs/file-names";
import { assertPolicies, configured, enabledPolicies, validPolicyConfig } from "../inputs/policy-config";
import { exceptionFinder, type PolicyException } from "../inputs/policy-exceptions";
import { textOf } from "../inputs/read-text";
import { assertControls, isEverything, narrowed } from "../inputs/selection";

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

/** Policies to evaluate, and all that their config file has. */
export interface ChosenPolicies extends EvaluationOptions {
    readonly exceptions: readonly PolicyException[];
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
    policies = [],
    controls = [],
    today: day = today(),
}: PolicyChoice): Promise<ChosenPolicies> {
    const selection = { policies, controls };
    assertPolicies(policies, "--policy");
    assertControls(controls);
    if (config === STDIN) {
        throw new BadInput("--config takes a file, not standard input");
    }
    try {
        const text = config === undefined ? "" : await textOf(config);
        const { settings, enabled, exceptions } = await validPolicyConfig(text, selection);
        const chosen = configured(enabled).flatMap((one) => narrowed(one, selection) ?? []);
        if (chosen.length === 0) {
            const disabled = isEverything(selection) ? "every policy" : [...policies, ...controls].join(", ");
            throw new BadInput(`disables ${disabled}, so there is nothing to check`);
        }
        return {
            enabled: chosen,
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

function inConfig(config: string | undefined, error: unknown): BadInput {
    return new BadInput(`${config ?? "the default config"}: ${(error as Error).message}`);
}

/** @throws BadInput if there is one: whoever wrote it means to have excepted something */
export function assertNoPatterns(patterns: readonly string[], config: string | undefined): void {
    if (patterns.length > 0) {
        throw new BadInput(`${config}: ${patterns.join("; ")}`);
    }
}
