/** What a policy of this pack is: a plain object with metadata and a pure function that returns findings. */

import type { Inputs } from "../stack/resource";
import type { Stack } from "../stack/stack";
import type { ConfigKeys, ConfigOf } from "./config";
import { CONTROLS, type ControlId, type Severity } from "./controls";
import { EXEMPTION_KEYS } from "./exemptions";
import type { Answer, Finding, Remedy } from "./finding";

/**
 * A policy that mirrors controls (same result or stricter) takes severity and URL from the first of them; others have
 * their own. If there are several, the policy has a config key `controls` that picks among them.
 */
type ControlMapping =
    | {
          readonly mirrors: readonly [ControlId, ...ControlId[]];
          readonly severity?: undefined;
          readonly url?: undefined;
      }
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
    /** Whether the policy is disabled until a config enables it. */
    readonly isOptional?: boolean;
}

interface Configured<Keys extends ConfigKeys> {
    readonly config?: Keys;
    /** What config/security-hub.json sets: the parameters of the Security Hub control, where they are not the defaults. */
    readonly securityHub?: Partial<ConfigOf<Keys>>;
    /**
     * The inputs with which a resource passes, for code of other policies that declares one of this policy's types and
     * sets these inputs. Their own config does not say.
     */
    wants?(config: ConfigOf<Keys>): Remedy;
    /** The contradiction between config keys that are each valid by themselves, if there is one. */
    contradiction?(config: ConfigOf<Keys>): string | undefined;
}

type Declaration<Keys extends ConfigKeys> = ControlMapping & Metadata & Configured<Keys>;

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
    readonly mirrors: readonly ControlId[];
    readonly supports: readonly ControlId[];
    readonly severity: Severity;
    readonly url: string;
    readonly config: ConfigKeys;
    readonly securityHub?: object;
    contradiction?(config: object): string | undefined;
    wants?(config: object): Remedy;
}

/** A policy that evaluates one resource at a time, by its inputs. */
export type ResourcePolicy = Common & OfResource<object> & { readonly kind: "resource" };
/** A policy that evaluates a stack as a whole, by the outputs of its resources. */
export type StackPolicy = Common & OfStack<object> & { readonly kind: "stack" };
/** Any policy of the pack. */
export type Policy = ResourcePolicy | StackPolicy;

/** A policy whose config keys are known to the compiler, so that `readConfig` answers its config with its type. */
export type PolicyWith<Keys extends ConfigKeys> = Policy & { readonly config: Keys };

/** The keys of a declaration, and those that every policy has. */
type AllKeys<Keys extends ConfigKeys> = Keys & typeof EXEMPTION_KEYS;

/** The pack's own enforcement level, for policies whose config does not set one. */
export const DEFAULT_LEVEL = "advisory";

/** The level of a policy whose config sets none: optional policies are disabled. */
export function defaultLevel({ isOptional = false }: Pick<Policy, "isOptional">): "advisory" | "disabled" {
    return isOptional ? "disabled" : DEFAULT_LEVEL;
}

/** The controls that a policy mirrors with a config that has its defaults. */
export function mirroredControls({ mirrors }: Pick<Policy, "mirrors">, config: object): readonly ControlId[] {
    const { controls } = config as { readonly controls?: readonly string[] };
    return mirrors.length > 1 ? mirrors.filter((control) => controls?.includes(control)) : mirrors;
}

/**
 * The controls whose verdict a policy has: those that it mirrors; or those that it supports, given their parameters, if it
 * mirrors none.
 *
 * @param config with the policy's defaults; left out: all that it may have
 */
export function answeredControls(
    policy: Pick<Policy, "mirrors" | "supports" | "securityHub">,
    config?: object,
): readonly ControlId[] {
    const { mirrors, supports, securityHub } = policy;
    if (mirrors.length === 0) {
        return securityHub === undefined ? [] : supports;
    }
    return config === undefined ? mirrors : mirroredControls(policy, config);
}

/** Completes the declaration of a resource policy. */
export function resourcePolicy<const Keys extends ConfigKeys = Record<never, never>>(
    declaration: Declaration<Keys> & OfResource<ConfigOf<Keys>>,
): ResourcePolicy & { readonly config: AllKeys<Keys> } {
    return { kind: "resource", ...declaration, ...resolved<Keys>(declaration) };
}

/** Completes the declaration of a stack policy. */
export function stackPolicy<const Keys extends ConfigKeys = Record<never, never>>(
    declaration: Declaration<Keys> & OfStack<ConfigOf<Keys>>,
): StackPolicy & { readonly config: AllKeys<Keys> } {
    return { kind: "stack", ...declaration, ...resolved<Keys>(declaration) };
}

/** What a declaration may leave out. */
function resolved<Keys extends ConfigKeys>(declaration: Declaration<Keys>) {
    const { mirrors = [], supports = [] } = declaration;
    const config = { ...declaration.config, ...EXEMPTION_KEYS } as AllKeys<Keys>;
    const { severity, url } = declaration.mirrors === undefined ? declaration : CONTROLS[declaration.mirrors[0]];
    return { mirrors, supports, severity, url, config };
}
