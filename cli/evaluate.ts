/** The policies, evaluated on the resources of a file as the policy SDK does it in the engine. */

import type { EnabledPolicy } from "../pack/enabled";
import { appliesTo, evaluateResource, evaluateStack } from "../pack/evaluate";
import { type Exempt, endedSentence, hasEnded, type Reason, withSentences } from "../pack/exemptions";
import type { Finding, Undecided } from "../pack/finding";
import type { Policy } from "../pack/policy";
import { withWanted } from "../pack/wanted";
import { undecidedBySecrets } from "./sealed";
import { rootOf, type StackState, type StateResource, type StateStack } from "./state";

/** A finding of a policy, and the resource that it is about. */
export interface Verdict {
    readonly enabled: EnabledPolicy;
    readonly urn: string;
    readonly finding: Finding;
}

/** A verdict that does not count. */
export interface ExceptedVerdict extends Verdict {
    readonly reasons: readonly Reason[];
}

/** What policies find in a stack. */
export interface Evaluation {
    /** In the order of the resources, then of the policies; as is what is excepted. */
    readonly verdicts: readonly Verdict[];
    readonly excepted: readonly ExceptedVerdict[];
    readonly undecided: readonly { readonly policy: Policy; readonly cases: readonly Undecided[] }[];
    /** Every policy that was evaluated, with how many resources it is about. */
    readonly evaluated: readonly EvaluatedPolicy[];
}

/** A policy, and how many resources of its types a stack has, without those that the program only reads. */
export interface EvaluatedPolicy {
    readonly policy: Policy;
    readonly config: object;
    readonly resources: number;
}

/** One of Pulumi's policy exceptions, whatever it covers. */
export interface ExceptionReason {
    readonly id: string;
    readonly reason: string;
    /** The last day, in UTC: `2027-03-31`. The engine does not read it. */
    readonly until?: string;
}

/** Answers the exceptions for a finding of a policy on a resource, in the order of their ids. */
export type FindExceptions = (policy: string, urn: string) => readonly ExceptionReason[];

/** The policies that stacks are evaluated with, and what excepts their findings. */
export interface EvaluationOptions {
    readonly enabled: readonly EnabledPolicy[];
    /** Pulumi's policy exceptions, if there are any. */
    readonly exceptionsFor?: FindExceptions;
    /** In UTC, as `2027-03-31`. */
    readonly today: string;
}

/** Evaluates policies on a stack, be it of a program or live. */
export function evaluate(state: StackState, options: EvaluationOptions): Evaluation {
    const { enabled, exceptionsFor, today } = options;
    const { stack } = state;
    const verdicts: Verdict[] = [];
    const excepted: ExceptedVerdict[] = [];
    const undecided: Evaluation["undecided"][number][] = [];
    const evaluated: EvaluatedPolicy[] = [];
    for (const one of enabled) {
        const { policy, config } = one;
        const add = (urn: string, result: Finding | Exempt) => {
            const exceptions = exceptionsFor?.(policy.name, urn) ?? [];
            const verdict = withExceptions({ enabled: one, urn }, result, exceptions, today);
            "reasons" in verdict ? excepted.push(verdict) : verdicts.push(verdict);
        };
        if (policy.kind === "stack") {
            evaluated.push({ policy, config, resources: countOf(stack, policy.types) });
            const answers = evaluateStack(policy, stack, { config, today });
            const root = () => rootOf(state.resources);
            for (const finding of answers.findings) {
                add(finding.resource?.urn ?? root(), withWanted(finding, enabled));
            }
            for (const exempt of answers.exempt) {
                add(exempt.finding.resource?.urn ?? root(), exempt);
            }
            if (answers.undecided.length > 0) {
                undecided.push({ policy, cases: answers.undecided });
            }
            continue;
        }
        const resources = policy.types.flatMap(stack.inputsOf).filter((one) => appliesTo(policy, one));
        evaluated.push({ policy, config, resources: resources.length });
        const cases: Undecided[] = [];
        for (const resource of resources) {
            const result = evaluateResource(policy, resource, { config, today });
            const open = result ?? undecidedBySecrets(policy, resource, { config, today });
            if (open === undefined) {
                continue;
            }
            "undecided" in open ? cases.push(open) : add(resource.urn, open);
        }
        if (cases.length > 0) {
            undecided.push({ policy, cases });
        }
    }
    const { resources } = state;
    return { verdicts: inOrder(verdicts, resources), excepted: inOrder(excepted, resources), undecided, evaluated };
}

function countOf(stack: StateStack, types: readonly string[]): number {
    return types.reduce((sum, type) => {
        const resources = stack.byType.get(type) ?? [];
        return sum + resources.filter((one) => !stack.isRead(one)).length;
    }, 0);
}

/** The engine excepts what the pack reports, so that an exemption of the pack comes first. */
function withExceptions(
    verdict: Omit<Verdict, "finding">,
    result: Finding | Exempt,
    exceptions: readonly ExceptionReason[],
    today: string,
): Verdict | ExceptedVerdict {
    if ("reasons" in result) {
        return { ...verdict, ...result };
    }
    const given = exceptions.map(
        ({ id, reason, until }): Reason => ({
            kind: "exception",
            name: id,
            reason,
            ...(until !== undefined && { until }),
        }),
    );
    const reasons = given.filter(({ until }) => !hasEnded(until, today));
    return reasons.length > 0
        ? { ...verdict, finding: result, reasons }
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
