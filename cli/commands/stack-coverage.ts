/** What became of each policy in a stack, and what of it was not checked. */

import { undecidedLine } from "../../pack/finding";
import { answeredControls, type Policy } from "../../pack/policy";
import { getOrAdd } from "../../stack/maps";
import { both } from "../../stack/text";
import type { EvaluatedPolicy, Evaluation } from "../evaluate";
import { NOTHING, type Outcome, type Part, type PolicyCoverage, type Unchecked } from "../report/model";
import type { Gap, StackState } from "../state";
import type { LeftOut } from "./chosen-policies";

const LEFT_OUT = "the config leaves it out";

/** What was asked for and is not checked in any stack, because of the config file. */
export function leftOutPart(leftOut: readonly LeftOut[], config = "the default config"): Part {
    const unchecked = leftOut.map(
        ({ policy, controls }): Unchecked => ({
            file: config,
            policies: [policy.name],
            controls,
            message: `${withControls(policy, controls)} was not checked, because ${LEFT_OUT}.`,
        }),
    );
    return { ...NOTHING, unchecked };
}

/**
 * The account of a stack: what became of each policy that was evaluated on it.
 *
 * @param leftOut what was asked for and is not among the policies that were evaluated
 */
export function stackCoverage(
    { name: stack, live }: Pick<StackState, "name" | "live">,
    file: string,
    evaluation: Evaluation,
    leftOut: readonly LeftOut[] = [],
): Pick<Part, "coverage" | "unchecked"> {
    const open = new Map(evaluation.undecided.map(({ policy, cases }) => [policy, undecidedLine(policy.name, cases)]));
    const found = new Set([...evaluation.verdicts, ...evaluation.excepted].map(({ enabled }) => enabled.policy));
    const all = evaluation.evaluated.map((one) => {
        const { policy, resources } = one;
        const gaps = gapsFor(one, live?.gaps ?? []);
        const isLooked = resources > 0 || found.has(policy);
        const undecided = open.get(policy);
        const outcome: Outcome =
            undecided !== undefined
                ? "undecided"
                : isLooked
                  ? "evaluated"
                  : gaps.length > 0
                    ? "notChecked"
                    : "notApplicable";
        const reasons = [undecided, ...gaps.map(({ because }) => because)].filter((one) => one !== undefined);
        return { one, gaps, outcome, reason: reasons.length === 0 ? undefined : reasons.join("; ") };
    });
    return {
        coverage: [
            ...all.map(
                ({ one: { policy, resources }, outcome, reason }): PolicyCoverage => ({
                    ...{ stack, file, policy: policy.name, outcome, resources },
                    ...(reason !== undefined && { reason }),
                }),
            ),
            ...leftOut
                .filter(({ isWhole }) => isWhole)
                .map(
                    ({ policy }): PolicyCoverage => ({
                        ...{ stack, file, policy: policy.name, outcome: "notChecked", reason: LEFT_OUT },
                    }),
                ),
        ],
        unchecked: uncheckedOf(all).map((one) => ({ file, stack, ...one })),
    };
}

/** The gaps that a policy is about, and does not leave out by its config. */
function gapsFor({ policy, config }: EvaluatedPolicy, gaps: readonly Gap[]): readonly Gap[] {
    return gaps.filter(
        ({ types, except = [] }) => types.some((type) => policy.types.includes(type)) && !isWithin(config, except),
    );
}

/** Whether a config includes names only that begin in one of some ways. */
function isWithin({ include = [] }: { readonly include?: readonly string[] }, prefixes: readonly string[]): boolean {
    return include.length > 0 && include.every((pattern) => prefixes.some((prefix) => pattern.startsWith(prefix)));
}

interface Incomplete {
    readonly one: EvaluatedPolicy;
    readonly gaps: readonly Gap[];
    readonly outcome: Outcome;
}

/** A sentence for each reason, and for each of the two ways to be incomplete. */
function uncheckedOf(all: readonly Incomplete[]): Omit<Unchecked, "file" | "stack">[] {
    const byReason = new Map<string, { because: string; isWhole: boolean; policies: EvaluatedPolicy[] }>();
    for (const { one, gaps, outcome } of all) {
        const isWhole = outcome === "notChecked";
        for (const { because } of gaps) {
            const key = JSON.stringify([because, isWhole]);
            getOrAdd(byReason, key, () => ({ because, isWhole, policies: [] })).policies.push(one);
        }
    }
    return [...byReason.values()].map(({ because, isWhole, policies }) => ({
        policies: policies.map(({ policy }) => policy.name),
        controls: [...new Set(policies.flatMap(controlsOf))],
        message: sentence(policies, isWhole, because),
    }));
}

function sentence(policies: readonly EvaluatedPolicy[], isWhole: boolean, because: string): string {
    const verb = policies.length === 1 ? "was" : "were";
    const done = isWhole ? "not checked" : "only checked in part";
    return `${both(policies.map(named))} ${verb} ${done}, because ${because}.`;
}

function named(one: EvaluatedPolicy): string {
    return withControls(one.policy, controlsOf(one));
}

function withControls({ name }: Policy, controls: readonly string[]): string {
    return controls.length === 0 ? name : `${name} (${controls.join(", ")})`;
}

/** The controls that a policy answers with its config. */
function controlsOf({ policy, config }: EvaluatedPolicy): readonly string[] {
    return answeredControls(policy, config);
}
