/** The policies' own functions, called as the policy SDK calls them in the engine, on the resources of a file. */

import type {
    ResourceRemediation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { Resource } from "../apigateway/resource";
import type { Listened } from "../policies/common/scope";
import type { Level } from "./findings";
import { type Properties, plainProperties } from "./properties";
import { nameOf, providerOf, rootOf, type StackState, type StateResource } from "./state";

/** A policy that is not disabled, and what it is configured to be. */
export interface Enabled {
    readonly policy: ResourceValidationPolicy | StackValidationPolicy;
    readonly level: Level;
    /** Configured to remediate; what violates the policy all the same is mandatory then, as in the engine. */
    readonly remediates: boolean;
    readonly config: object;
}

export interface Verdict extends Enabled {
    readonly urn: string;
    readonly message: string;
    readonly wouldBeRemediated: boolean;
}

export interface Judgement {
    /** In the order of the resources, then of the policies. */
    readonly verdicts: readonly Verdict[];
    /** What policies say that they could not decide. */
    readonly undecided: readonly string[];
}

/** @throws Error if a policy refuses its config; the message says why */
export function judge(state: StackState, enabled: readonly Enabled[]): Judgement {
    const undecided: string[] = [];
    const resources = state.resources.map((resource) => seen(resource, resource.inputs));
    const stack = stackResources(state);
    const verdicts: Verdict[] = [];
    for (const one of enabled) {
        const { policy } = one;
        const answers = answersTo(one, undecided);
        if ("validateStack" in policy) {
            verdicts.push(...ofStack(one, policy, { ...answers, resources: stack }, state));
            continue;
        }
        for (const resource of resources) {
            verdicts.push(...ofResource(one, policy, resource, answers));
        }
    }
    const order = new Map(state.resources.map(({ urn }, index) => [urn, index]));
    verdicts.sort((a, b) => (order.get(a.urn) ?? -1) - (order.get(b.urn) ?? -1));
    return { verdicts, undecided };
}

/**
 * What the SDK offers a policy beside the resources, as far as ours ask for it. Its `notApplicable` ends a policy by an
 * error, which takes too long for each of many resources; ours return what it returns.
 */
function answersTo({ config }: Enabled, undecided: string[]): object {
    const listened: Listened = { listener: (line) => undecided.push(line) };
    return { ...listened, getConfig: () => config, notApplicable: () => undefined };
}

function ofStack(one: Enabled, policy: StackValidationPolicy, args: object, state: StackState): Verdict[] {
    const found: Verdict[] = [];
    policy.validateStack(args as unknown as StackValidationArgs, (message, urn) => {
        found.push({ ...one, message, urn: urn ?? rootOf(state.resources), wouldBeRemediated: false });
    });
    return found;
}

const NONE: readonly Verdict[] = [];

function ofResource(
    one: Enabled,
    policy: ResourceValidationPolicy,
    resource: Seen,
    answers: object,
): readonly Verdict[] {
    const { urn, type, name } = resource;
    const messages: string[] = [];
    const args = {
        ...answers,
        urn,
        type,
        name,
        get props() {
            return resource.props;
        },
    };
    for (const validate of [policy.validateResource ?? []].flat()) {
        validate(args as unknown as ResourceValidationArgs, (message) => messages.push(message));
    }
    if (messages.length === 0) {
        return NONE;
    }
    // A remediation changes the properties it is given, and returns them if it did.
    const copy = { ...answers, urn, type, name, props: structuredClone(resource.props) };
    const mended = one.remediates && policy.remediateResource?.(copy as unknown as Parameters<ResourceRemediation>[0]);
    return messages.map((message) => ({ ...one, urn, message, wouldBeRemediated: Boolean(mended) }));
}

/** A resource whose properties are made plain when a policy first looks at them; few are looked at. */
interface Seen {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Properties;
}

function seen({ urn, type }: StateResource, properties: unknown): Seen {
    let plain: Properties | undefined;
    return {
        urn,
        type,
        name: nameOf(urn),
        get props() {
            plain ??= plainProperties(properties);
            return plain;
        },
    };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Stack policies see the outputs, and the resources that each one hangs together with. */
function stackResources({ resources, providers }: StackState): Resource[] {
    const made = resources.map((resource) => unrelated(resource, providers));
    const byUrn = new Map(made.map((resource) => [resource.urn, resource]));
    const found = (urns: readonly string[]) => urns.flatMap((urn) => byUrn.get(urn) ?? []);
    resources.forEach(({ parent = "", dependencies, propertyDependencies }, index) => {
        const resource = made[index] as Writable<Resource>;
        const known = byUrn.get(parent);
        if (known !== undefined) {
            resource.parent = known;
        }
        resource.dependencies = found(dependencies ?? []);
        // The engine leaves out the properties that depend on nothing.
        const some = Object.entries(propertyDependencies ?? {}).filter(([, urns]) => urns !== null && urns.length > 0);
        resource.propertyDependencies = Object.fromEntries(some.map(([key, urns]) => [key, found(urns ?? [])]));
    });
    return made;
}

function unrelated(resource: StateResource, providers: StackState["providers"]): Writable<Resource> {
    const own = seen(resource, resource.outputs);
    const urn = providerOf(resource) ?? "";
    const props = providers.get(urn);
    return {
        urn: own.urn,
        type: own.type,
        name: own.name,
        get props() {
            return own.props;
        },
        ...(props === undefined ? {} : { provider: { urn, props } }),
        dependencies: [],
        propertyDependencies: {},
    };
}
