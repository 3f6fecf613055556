/** A program that is being written, and what all of its parts need. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import type { Declared } from "../wire/declare";

/** A resource with what its outputs have beyond its inputs. */
export interface Made extends Declared {
    readonly outputs?: Properties;
}

/**
 * In an `ordinary` program it is clear where each value comes from that is not known yet. In `any` other, a stage may be
 * named by a resource that is not of API Gateway, a value may come from a component with several APIs inside, another
 * stage may depend on a log group, what takes an access log may be named after an API, and an ARN that comes from an API
 * may be that of any of its stages, one that comes from another stack that of anything.
 */
export type Kind = "ordinary" | "any";

export interface Draft {
    readonly kind: Kind;
    readonly resources: Made[];
    /** Components that lead a resource to an API or a destination: with another one inside, it would be ambiguous. */
    readonly reliedOn: Set<string>;
    readonly names: string[];
    readonly components: Made[];
    /** What stands for an Account in a `dependsOn`. */
    readonly before: Record<string, string[]>;
    readonly apis: Api[];
    readonly stages: Stage[];
    readonly destinations: Destination[];
    readonly certificates: Made[];
    /** The names of log groups for logs that are not access logs, by region. */
    readonly logGroups: Set<string>;
}

export function newDraft(kind: Kind, names: readonly string[]): Draft {
    return {
        ...{ kind, resources: [], reliedOn: new Set<string>(), names: [...names], components: [], before: {} },
        ...{ apis: [], stages: [], destinations: [], certificates: [], logGroups: new Set<string>() },
    };
}

/** An API, and what its users need to know about it. */
export interface Api {
    /** Left out for an API of another stack, whose id the program has as a text. */
    readonly made?: Made;
    readonly id: string;
    readonly isWebSocket: boolean;
    readonly where: Where;
}

/** A stage, and what others need to know about it. */
export interface Stage {
    readonly made: Made;
    readonly api: Api;
    readonly kind: "Stage" | "Deployment" | "native" | "v2";
    readonly name: string | undefined;
    /** The name as the program sets it: a text, an output of another resource, or nothing. */
    readonly nameInput: unknown;
    /** Only its parent says to which API it belongs. */
    readonly isParental: boolean;
    readonly dependsOn: string[];
    /** The `dependsOn` of its method settings. */
    readonly settings: string[][];
}

/** What takes access logs. */
export interface Destination {
    readonly made: Made;
    readonly arn: string;
}

/** What a record of arbitraries generates. */
export type ShapeOf<Arbitraries> = {
    readonly [Key in keyof Arbitraries]: Arbitraries[Key] extends fc.Arbitrary<infer T> ? T : never;
};

const REGIONS = ["eu-west-1", "us-east-1"] as const;
const PROVIDERS = [
    { region: "eu-west-1", version: "7.48.0" },
    { region: "eu-west-1", version: "7.1.0" },
    { region: "us-east-1" },
    { region: "eu-west-1", profile: "audit" },
] as const;

export const index = fc.nat({ max: 5 });
export const place = index;
export const where = fc.record({
    provider: fc.constantFrom(...PROVIDERS),
    region: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, fc.constantFrom(...REGIONS)),
});
/** Mostly where its API is. AWS does not allow a stage in another region than its API. */
export const perhapsElsewhere = fc.option(where, { freq: 6, nil: undefined });
/** What must be there before: an Account, or the component around one. */
export const after = fc.constantFrom("nothing", "nothing", "account", "base");
export const flag = fc.constantFrom(true, false, undefined);
export const level = fc.constantFrom("INFO", "INFO", "ERROR", "OFF", "DEBUG", undefined);

export function list<T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
    return fc.array(one, { maxLength });
}

type Provider = (typeof PROVIDERS)[number];
export type Where = { readonly provider: Provider; readonly region?: (typeof REGIONS)[number] | undefined };

/** Under a provider of its own, in the region of the API. */
export function near({ where: there }: Pick<Api, "where">, own: Where | undefined): Where {
    return own === undefined ? there : { ...own, region: there.region ?? there.provider.region };
}

/** One of a list, whatever the number. */
export function pick<T>(from: readonly T[], at: number): T | undefined {
    return from[at % from.length];
}

/** More than a program has resources. */
export const MOST = 90;

/** `@07`, which can be found again wherever the name of a resource appears. */
export function tokens(count: number): string[] {
    return Array.from({ length: count }, (_, number) => `@${String(number).padStart(2, "0")}`);
}

export function nextName({ names }: Draft): string {
    return names.pop() as string;
}

/** The name that Pulumi makes of a resource's. */
export function madeUp(name: string): string {
    return `${name}-1a2b3c4`;
}

type Options = Partial<Omit<Made, "parent">> & {
    readonly where?: Where | undefined;
    readonly parent?: Made | undefined;
};

export function make(
    draft: Draft,
    type: string,
    props: Properties,
    { where: there, parent, ...rest }: Options = {},
): Made {
    const made = {
        type,
        name: rest.name ?? nextName(draft),
        props: there?.region === undefined ? props : { ...props, region: there.region },
        ...(there === undefined ? {} : { provider: there.provider }),
        ...(parent === undefined ? {} : { parent: parent.name }),
        ...rest,
    };
    draft.resources.push(made);
    return made;
}

/** A component to put something into, or none. */
export function componentAt({ components }: Draft, at: number): Made | undefined {
    return pick([undefined, undefined, ...components], at);
}

/** The component that a resource is in. */
export function parentOf({ components }: Draft, one: Made): Made | undefined {
    return components.find(({ name }) => name === one.parent);
}

export function before(draft: Draft, what: string): string[] {
    return [...(draft.before[what] ?? [])];
}

/** Whether no other log group has the name in the region: AWS creates only one. */
export function isFree({ logGroups }: Draft, name: string, { provider, region }: Where): boolean {
    const key = `${region ?? provider.region} ${name}`;
    return !logGroups.has(key) && logGroups.add(key) !== undefined;
}

/** The outputs of another stack. */
export function stackReference(draft: Draft): Made {
    return make(draft, "pulumi:pulumi:StackReference", {});
}
