/** The policies, evaluated on the resources of a file as the policy SDK does it in the engine. */

import { evaluateResource, evaluateStack } from "../pack/evaluate";
import type { Finding, Undecided } from "../pack/finding";
import type { Policy } from "../pack/policy";
import { groupBy } from "../stack/maps";
import { stackOf } from "../stack/stack";
import { plainProperties } from "./inputs/properties";
import { StackResource } from "./inputs/stack-resource";
import { rootOf, type StackState, type StateResource, shownNameOf } from "./inputs/state";
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
    readonly finding: Finding;
}

export interface Evaluation {
    /** In the order of the resources, then of the policies. */
    readonly verdicts: readonly Verdict[];
    readonly undecided: readonly { readonly policy: Policy; readonly cases: readonly Undecided[] }[];
}

export function evaluate(state: StackState, enabled: readonly EnabledPolicy[]): Evaluation {
    const read = new Set(state.resources.filter(isRead).map(({ urn }) => urn));
    const stack = stackOf(StackResource.allOf(state), ({ urn }) => read.has(urn), state.live);
    const byType = groupBy(state.resources, ({ type }) => type);
    const verdicts: Verdict[] = [];
    const undecided: Evaluation["undecided"][number][] = [];
    for (const one of enabled) {
        const { policy, config } = one;
        if (policy.kind === "stack") {
            const answers = evaluateStack(policy, stack, config);
            const root = () => rootOf(state.resources);
            for (const finding of answers.findings) {
                verdicts.push({ enabled: one, urn: finding.resource?.urn ?? root(), finding });
            }
            if (answers.undecided.length > 0) {
                undecided.push({ policy, cases: answers.undecided });
            }
            continue;
        }
        for (const stateResource of policy.types.flatMap((type) => byType.get(type) ?? [])) {
            const { urn, type, inputs, outputs } = stateResource;
            const resource = {
                ...{ urn, type, name: shownNameOf(stateResource), props: plainProperties(inputs) },
                // Read by few findings only.
                get outputs() {
                    return plainProperties(outputs);
                },
            };
            const finding = evaluateResource(policy, resource, config);
            if (finding !== undefined) {
                verdicts.push({ enabled: one, urn, finding });
            }
        }
    }
    return { verdicts: inOrder(verdicts, state.resources), undecided };
}

/** The engine stores a resource that a program only reads without inputs; with inputs, it sends it like any other. */
export function isRead({ external, inputs }: StateResource): boolean {
    return external === true && Object.keys(inputs ?? {}).length === 0;
}

/** By resource; those of a stack as a whole first. */
function inOrder(verdicts: readonly Verdict[], resources: readonly StateResource[]): Verdict[] {
    const found = new Set(verdicts.map(({ urn }) => urn));
    const order = new Map<string, number>();
    resources.forEach(({ urn }, index) => {
        if (found.has(urn)) {
            order.set(urn, index);
        }
    });
    return [...verdicts].sort((a, b) => (order.get(a.urn) ?? -1) - (order.get(b.urn) ?? -1));
}
