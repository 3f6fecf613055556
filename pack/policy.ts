/** What a policy of this pack is: a plain object with metadata and a pure function that returns findings. */

import type { Inputs } from "../stack/resource";
import type { Stack } from "../stack/stack";
import type { ConfigKeys, ConfigOf } from "./config";
import { CONTROLS, type ControlId, type Severity } from "./controls";
import type { Answer, Finding } from "./finding";

/** A policy that mirrors a control (same result or stricter) takes severity and URL from it; others have their own. */
type Standing =
    | { readonly mirrors: ControlId; readonly severity?: undefined; readonly url?: undefined }
    | { readonly mirrors?: undefined; readonly severity: Severity; readonly url: string };

interface Metadata {
    /** Kebab-case, and the name of its file. Part of the pack's API: never renamed. */
    readonly name: string;
    readonly displayName: string;
    /** What must hold. The policy SDK prints it above every message. */
    readonly description: string;
    /** How to fix the policy's findings. */
    readonly remediationSteps: string;
    /** The types of the resources that the policy applies to. */
    readonly types: readonly string[];
    /** The controls that the policy supports without mirroring them. */
    readonly supports?: readonly ControlId[];
    readonly tags?: readonly string[];
    /** Whether config/mandatory.json makes the policy mandatory. */
    readonly isCore?: boolean;
}

interface Configured<Keys extends ConfigKeys> {
    readonly config?: Keys;
    /** The contradiction between config keys that are each valid by themselves, if there is one. */
    contradiction?(config: ConfigOf<Keys>): string | undefined;
}

type Declaration<Keys extends ConfigKeys> = Standing & Metadata & Configured<Keys>;

interface OfResource<Config> {
    /** Whether findings have a remedy. */
    readonly remediates?: boolean;
    /** Evaluates the inputs of one resource of the policy's types. */
    evaluate(resource: Inputs, config: Config): Finding | undefined;
}

interface OfStack<Config> {
    /** Evaluates the outputs of all resources of a stack, and their relations. */
    evaluate(stack: Stack, config: Config): readonly (Answer | undefined)[];
}

/** The parts that every policy has. A config is any object here; `readConfig` returns what the policy declares. */
interface Common extends Metadata {
    readonly mirrors: ControlId | undefined;
    readonly severity: Severity;
    readonly url: string;
    readonly config: ConfigKeys;
    contradiction?(config: object): string | undefined;
}

export type ResourcePolicy = Common & OfResource<object> & { readonly kind: "resource" };
export type StackPolicy = Common & OfStack<object> & { readonly kind: "stack" };
export type Policy = ResourcePolicy | StackPolicy;

/** The enforcement level of a policy whose config does not set one. */
export const DEFAULT_LEVEL = "advisory";

export function resourcePolicy<const Keys extends ConfigKeys = Record<never, never>>(
    declaration: Declaration<Keys> & OfResource<ConfigOf<Keys>>,
): ResourcePolicy {
    return { kind: "resource", ...resolved(declaration) };
}

export function stackPolicy<const Keys extends ConfigKeys = Record<never, never>>(
    declaration: Declaration<Keys> & OfStack<ConfigOf<Keys>>,
): StackPolicy {
    return { kind: "stack", ...resolved(declaration) };
}

function resolved<T extends Standing & Configured<ConfigKeys>>(declaration: T) {
    const { severity, url } = declaration.mirrors === undefined ? declaration : CONTROLS[declaration.mirrors];
    return { ...declaration, mirrors: declaration.mirrors, severity, url, config: declaration.config ?? {} };
}
