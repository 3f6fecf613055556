/** The policies' own functions, called as the policy SDK calls them in the engine, on the resources of a file. */

import type {
    ResourceRemediation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { Resource } from "../apigateway/resource";
import type { Listened, Typed } from "../policies/common/scope";
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

/**
 * Lets every policy read its config, which it does before it looks at any resource.
 *
 * @throws Error if one refuses it; the message says why
 */
export function assertConfigured(enabled: readonly Enabled[]): void {
    for (const { policy, config } of enabled) {
        const args = { getConfig: () => config, notApplicable, resources: [], type: "", urn: "", name: "", props: {} };
        const validations = "validateStack" in policy ? policy.validateStack : (policy.validateResource ?? []);
        for (const validate of [validations].flat()) {
            validate(args as unknown as ResourceValidationArgs & StackValidationArgs, () => undefined);
        }
    }
}

export function judge(state: StackState, enabled: readonly Enabled[]): Judgement {
    const undecided: string[] = [];
    const listened: Listened = { listener: (line) => undecided.push(line) };
    const stack = stackResources(state);
    const verdicts = enabled.flatMap((one) => {
        const { policy, config } = one;
        const answers = { ...listened, getConfig: () => config, notApplicable };
        return "validateStack" in policy
            ? ofStack(one, policy, { ...answers, resources: stack }, state)
            : ofResources(one, policy, answers, state.resources);
    });
    return { verdicts: inOrder(verdicts, state.resources), undecided };
}

/** By the resource; those of no resource of the file first. */
function inOrder(verdicts: readonly Verdict[], resources: readonly StateResource[]): Verdict[] {
    const told = new Set(verdicts.map(({ urn }) => urn));
    const order = new Map<string, number>();
    resources.forEach(({ urn }, index) => {
        if (told.has(urn)) {
            order.set(urn, index);
        }
    });
    return [...verdicts].sort((a, b) => (order.get(a.urn) ?? -1) - (order.get(b.urn) ?? -1));
}

/** The SDK's ends a policy by an error; ours return what it returns. */
function notApplicable(): void {}

function ofStack(one: Enabled, policy: StackValidationPolicy, args: object, state: StackState): Verdict[] {
    const found: Verdict[] = [];
    policy.validateStack(args as unknown as StackValidationArgs, (message, urn) => {
        found.push({ ...one, message, urn: urn ?? rootOf(state.resources), wouldBeRemediated: false });
    });
    return found;
}

function ofResources(
    one: Enabled,
    policy: ResourceValidationPolicy,
    answers: object,
    resources: readonly StateResource[],
): Verdict[] {
    return [policy.validateResource ?? []].flat().flatMap((validate) => {
        const { types } = validate as Partial<Typed>;
        const judged = types === undefined ? resources : resources.filter(({ type }) => types.includes(type));
        return judged.flatMap((resource) => {
            const { urn, type } = resource;
            const inputs = () => ({
                ...answers,
                urn,
                type,
                name: nameOf(urn),
                props: plainProperties(resource.inputs),
            });
            const messages: string[] = [];
            validate(inputs() as unknown as ResourceValidationArgs, (message) => messages.push(message));
            return messages.map((message) => ({
                ...one,
                urn,
                message,
                wouldBeRemediated: isMended(one, policy, inputs()),
            }));
        });
    });
}

/** Whether the policy would remediate the resource: it changes the inputs it is given, and returns them if it did. */
function isMended({ remediates }: Enabled, { remediateResource }: ResourceValidationPolicy, args: object): boolean {
    const mended = remediates ? remediateResource?.(args as unknown as Parameters<ResourceRemediation>[0]) : undefined;
    return mended !== undefined;
}

/** What stack policies get: the outputs of each resource, and the resources it hangs together with. */
function stackResources({ resources, providers }: StackState): Resource[] {
    const byUrn = new Map<string, Resource>();
    const made = resources.map((resource) => new StackResource(resource, providers, byUrn));
    for (const resource of made) {
        byUrn.set(resource.urn, resource);
    }
    return made;
}

/** Works things out when a policy asks for them: of many resources few are asked about. */
class StackResource implements Resource {
    private plain: Properties | undefined;

    constructor(
        private readonly resource: StateResource,
        private readonly providers: StackState["providers"],
        private readonly byUrn: ReadonlyMap<string, Resource>,
    ) {}

    get urn() {
        return this.resource.urn;
    }

    get type() {
        return this.resource.type;
    }

    get name() {
        return nameOf(this.urn);
    }

    get props() {
        this.plain ??= plainProperties(this.resource.outputs);
        return this.plain;
    }

    get provider() {
        const urn = providerOf(this.resource) ?? "";
        const props = this.providers.get(urn);
        return props === undefined ? undefined : { urn, props };
    }

    get parent() {
        return this.byUrn.get(this.resource.parent ?? "");
    }

    get dependencies() {
        return this.found(this.resource.dependencies);
    }

    /** The engine leaves out the properties that depend on nothing. */
    get propertyDependencies() {
        const all = Object.entries(this.resource.propertyDependencies ?? {});
        const some = all.filter(([, urns]) => urns !== null && urns.length > 0);
        return Object.fromEntries(some.map(([property, urns]) => [property, this.found(urns)]));
    }

    private found(urns: readonly string[] | null | undefined): Resource[] {
        return (urns ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
    }
}
