/** `apigateway-guard check`: what the policies find in the stacks of files. */

import { targetsOf } from "../inputs/policy-exceptions";
import { ownerFinder } from "../owners";
import { mergeParts, type Report } from "../report/model";
import { ruleOf } from "../report/rules";
import type { StackState } from "../state";
import { assertNoPatterns, chosenPolicies, type PolicyChoice } from "./chosen-policies";
import { assertIsLive, eachStack, owningStacks } from "./each-stack";
import { leftOutPart } from "./stack-coverage";
import { type CheckContext, stackPart } from "./stack-part";

/** Options of `check`, which are also those of `fix`. */
export interface CheckOptions extends PolicyChoice {
    /** The folder of the Pulumi program, to be put before the paths of locations in it. */
    readonly sourceDir?: string;
    /** Files and folders with the states of the stacks that may own what a live account has. */
    readonly states?: readonly string[];
    /** Called with the number of files that were read, and with that of all files. */
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Checks the stacks in files and folders, each by itself. What cannot be checked is among the report's problems.
 *
 * @throws BadInput if the config file or the name of a policy or control is wrong
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<Report> {
    const chosen = await chosenPolicies(options);
    const { states = [], sourceDir = "" } = options;
    const owning = await owningStacks(states);
    const findOwners = states.length === 0 ? undefined : ownerFinder(owning.stacks);
    const context: CheckContext = { options: chosen, sourceDir, findOwners, leftOut: chosen.leftOut };
    const targets = targetsOf(chosen.exceptions);
    let isLive = false;
    const visit = (state: StackState, file: string) => {
        isLive ||= state.live !== undefined;
        targets.lookIn(state);
        return stackPart(state, file, context);
    };
    const parts = await eachStack(paths, visit, options.onProgress);
    assertIsLive(states, isLive, parts);
    const { patterns, warnings } = targets.unmatched();
    assertNoPatterns(patterns, options.config);
    return {
        ...mergeParts([leftOutPart(chosen.leftOut, options.config), ...parts, ...owning.problems]),
        rules: chosen.enabled.map(({ policy, config }) => ruleOf(policy, config)),
        ...(warnings.length > 0 && { warnings: warnings.map((warning) => `${options.config}: ${warning}`) }),
    };
}
