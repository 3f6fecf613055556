/** Policies as a config enables them. */

import type { Policy } from "./policy";

/** What a finding does: a mandatory one stops a deployment, an advisory one only warns. */
export type Level = "mandatory" | "advisory";

/** A policy that is not disabled, with its level and its config. */
export interface EnabledPolicy {
    readonly policy: Policy;
    readonly level: Level;
    /** Whether it is at level `remediate`; what it cannot fix is mandatory then, as in the engine. */
    readonly remediates: boolean;
    readonly config: object;
}
