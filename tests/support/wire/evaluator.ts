/** Evaluates table rows as `check` does, which evaluates policies without the policy SDK. */

import { evaluate as evaluateState } from "../../../cli/evaluate";
import { treeOf } from "../../../cli/inputs/recorded";
import { stateOf } from "../../../cli/inputs/state-stack";
import { rootOf, type StackState } from "../../../cli/state";
import { readConfig } from "../../../pack/config";
import { type Finding, policyMessageOf, type Undecided } from "../../../pack/finding";
import type { Policy } from "../../../pack/policy";
import type { WireResource } from "./pack";

export interface Evaluated {
    readonly findings: readonly (Pick<Finding, "remedy" | "live"> & {
        readonly urn: string;
        readonly message: string;
    })[];
    readonly undecided: readonly Undecided[];
}

export function evaluate(policy: Policy, resources: readonly WireResource[], config: object): Evaluated {
    const state = stateWith(resources);
    const enabled = { policy, level: "advisory", remediates: false, config: readConfig(policy, config) } as const;
    const { verdicts, undecided } = evaluateState(state, { enabled: [enabled], today: "2026-11-25" });
    // Over the wire, a finding on the whole stack has no URN; the engine adds the stack's.
    const root = rootOf(state.resources);
    return {
        findings: verdicts.map(({ urn, finding }) => ({
            urn: urn === root ? "" : urn,
            message: policyMessageOf(finding),
            ...(finding.remedy && { remedy: finding.remedy }),
            ...(finding.live && { live: finding.live }),
        })),
        undecided: undecided.flatMap(({ cases }) => cases),
    };
}

/** Resources as in a state file. On the wire they have only one set of properties, used for inputs and outputs here. */
function stateWith(resources: readonly WireResource[]): StackState {
    const providers = resources.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
    const inState = resources.map(({ props, provider, isRead = false, isImported = false, ...resource }) => ({
        ...resource,
        external: isRead,
        ...(isImported && { importID: resource.name }),
        inputs: isRead ? {} : inFile(props),
        outputs: inFile(props),
        ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
    }));
    return stateOf({
        name: "shop/dev",
        resources: inState,
        byUrn: treeOf("state", inState),
        providers: new Map(providers.map(({ urn, props }) => [urn, props])),
    });
}

/** On the wire, a secret contains its value; in a file that shows secrets, it contains the value as JSON. */
export function inFile(value: unknown): unknown {
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
