/** The rows of tables through the evaluator of `check`, which calls the policies without the policy SDK. */

import type { Policies } from "@pulumi/policy";
import { assertConfigured, type Enabled, type Judgement, judge } from "../../cli/judge";
import { rootOf, type StackState } from "../../cli/state";
import type { Level, WireResource } from "./pack";

type Policy = Policies[number];

export function evaluate(policy: Policy, resources: readonly WireResource[], config: object, level?: Level): Judgement {
    const state = stateOf(resources);
    const { verdicts, undecided } = judge(state, [enabled(policy, config, level)]);
    // Over the wire a finding that is nobody's in particular has no URN; the engine puts the stack's in.
    const root = rootOf(state.resources);
    return { verdicts: verdicts.map((one) => ({ ...one, urn: one.urn === root ? "" : one.urn })), undecided };
}

export function configure(policy: Policy, config: object): void {
    assertConfigured([enabled(policy, config)]);
}

function enabled(policy: Policy, config: object, level: Level = "advisory"): Enabled {
    return { policy, config, level: level === "advisory" ? level : "mandatory", remediates: level === "remediate" };
}

/** As a file would have them; on the wire there is but one kind of properties. */
function stateOf(resources: readonly WireResource[]): StackState {
    const providers = resources.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
    return {
        name: "shop/dev",
        resources: resources.map(({ props, provider, ...resource }) => ({
            ...resource,
            inputs: inFile(props),
            outputs: inFile(props),
            ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
        })),
        providers: new Map(providers.map(({ urn, props }) => [urn, props])),
    };
}

/** A secret crosses the wire as its value; in a file that shows secrets it is text. */
function inFile(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(inFile);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const { value: inner, ...rest } = value as Record<string, unknown>;
    return "4dabf18193072939515e22adb298388d" in rest
        ? { ...rest, plaintext: JSON.stringify(inner) }
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inFile(one)]));
}
