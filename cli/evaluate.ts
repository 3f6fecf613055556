/** The policies, evaluated on the resources of a file as the policy SDK does it in the engine. */

import { evaluateResource, evaluateStack } from "../pack/evaluate";
import { type Exempt, endedSentence, type Ground, hasEnded, withSentences } from "../pack/exemptions";
import type { PolicyFinding, Undecided } from "../pack/finding";
import type { Policy } from "../pack/policy";
import type { FindExceptions, PolicyException } from "./inputs/exceptions";
import { plainProperties } from "./inputs/properties";
import { rootOf, type StackState, type StateResource, shownNameOf } from "./inputs/state";
import { stackOfState } from "./inputs/state-stack";
import type { Level } from "./report/model";

/** A policy that is not disabled, with its level and its config. */
export interface EnabledPolicy {
    readonly policy: Policy;
    readonly level: Level;
    /** Whether it is at level `remediate`; what it cannot fix is mandatory then, as in the engine. */
    readonly remediates: boolean;
    readonly config: object;
}

export interface Verdict {
    readonly enabled: EnabledPolicy;
    readonly urn: string;
    readonly finding: PolicyFinding;
}

/** A verdict that does not count. */
export interface ExceptedVerdict extends Verdict {
    readonly grounds: readonly Ground[];
}

export interface Evaluation {
    /** In the order of the resources, then of the policies; as is what is excepted. */
    readonly verdicts: readonly Verdict[];
    readonly excepted: readonly ExceptedVerdict[];
    readonly undecided: readonly { readonly policy: Policy; readonly cases: readonly Undecided[] }[];
}

/** What resources are evaluated by. */
export interface Terms {
    readonly enabled: readonly EnabledPolicy[];
    /** Pulumi's policy exceptions, if there are any. */
    readonly exceptionsFor?: FindExceptions;
    /** In UTC, as `2027-03-31`. */
    readonly today: string;
}

export function evaluate(state: StackState, terms: Terms): Evaluation {
    const { enabled, exceptionsFor, today } = terms;
    const stack = stackOfState(state);
    const verdicts: Verdict[] = [];
    const excepted: ExceptedVerdict[] = [];
    const undecided: Evaluation["undecided"][number][] = [];
    for (const one of enabled) {
        const { policy, config } = one;
        const add = (urn: string, result: PolicyFinding | Exempt) => {
            const exceptions = exceptionsFor?.(policy.name, urn) ?? [];
            const verdict = withExceptions({ enabled: one, urn }, result, exceptions, today);
            "grounds" in verdict ? excepted.push(verdict) : verdicts.push(verdict);
        };
        if (policy.kind === "stack") {
            const answers = evaluateStack(policy, stack, { config, today });
            const root = () => rootOf(state.resources);
            for (const finding of answers.findings) {
                add(finding.resource?.urn ?? root(), finding);
            }
            for (const exempt of answers.exempt) {
                add(exempt.finding.resource?.urn ?? root(), exempt);
            }
            if (answers.undecided.length > 0) {
                undecided.push({ policy, cases: answers.undecided });
            }
            continue;
        }
        for (const stateResource of policy.types.flatMap(stack.inFile)) {
            const { urn, type, inputs, outputs } = stateResource;
            const resource = {
                ...{ urn, type, name: shownNameOf(stateResource), props: plainProperties(inputs) },
                // Read by few findings only.
                get outputs() {
                    return plainProperties(outputs);
                },
            };
            const result = evaluateResource(policy, resource, { config, today });
            if (result !== undefined) {
                add(urn, result);
            }
        }
    }
    const { resources } = state;
    return { verdicts: inOrder(verdicts, resources), excepted: inOrder(excepted, resources), undecided };
}

/** The engine excepts what the pack reports, so that an exemption of the pack comes first. */
function withExceptions(
    verdict: Omit<Verdict, "finding">,
    result: PolicyFinding | Exempt,
    exceptions: readonly PolicyException[],
    today: string,
): Verdict | ExceptedVerdict {
    if ("grounds" in result) {
        return { ...verdict, ...result };
    }
    const given = exceptions.map(
        ({ id, match: _, ...exception }): Ground => ({ kind: "exception", name: id, ...exception }),
    );
    const grounds = given.filter(({ until }) => !hasEnded(until, today));
    return grounds.length > 0
        ? { ...verdict, finding: result, grounds }
        : { ...verdict, finding: withSentences(result, given.map(endedSentence)) };
}

/** By resource; those of a stack as a whole first. */
function inOrder<Of extends Verdict>(verdicts: readonly Of[], resources: readonly StateResource[]): Of[] {
    const found = new Set(verdicts.map(({ urn }) => urn));
    const order = new Map<string, number>();
    resources.forEach(({ urn }, index) => {
        if (found.has(urn)) {
            order.set(urn, index);
        }
    });
    return [...verdicts].sort((a, b) => (order.get(a.urn) ?? -1) - (order.get(b.urn) ?? -1));
}
