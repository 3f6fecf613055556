/** Resources as a state records them. */

import { createHash } from "node:crypto";

/** Properties of a resource, by name. */
export type Bag = Readonly<Record<string, unknown>>;

/** A resource of a state, with the fields that generated states need. */
export interface Recorded {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Bag;
    readonly outputs?: Bag;
    readonly parent?: string;
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly sourcePosition?: string | undefined;
}

/** The region of all recorded resources. */
export const REGION = "us-east-1";
/** The AWS account of all recorded resources. */
export const ACCOUNT_ID = "123456789012";
/** When all recorded resources were created and last changed. */
export const TIME = "2026-01-01T00:00:00Z";

const STACK_TYPE = "pulumi:pulumi:Stack";
const STACK = urnOf(STACK_TYPE, "shop-prod");
const PROVIDER_TYPE = "pulumi:providers:aws";
const DEFAULT_PROVIDER = "default_7_48_0";
const PROVIDER_ID = "00000000-0000-4000-8000-000000000000";
const TIMES = { created: TIME, modified: TIME };

/** The root resource of the stack. */
export function stack(): Recorded {
    return recorded(STACK, STACK_TYPE, { custom: false, ...TIMES });
}

/** A provider for AWS; `more` are inputs beside its region and version. */
export function provider(name = DEFAULT_PROVIDER, more: Bag = {}): Recorded {
    const known = { region: REGION, version: "7.48.0", ...more };
    const rest = { custom: true, id: PROVIDER_ID, inputs: { __internal: {}, ...known }, outputs: known, ...TIMES };
    return recorded(urnOf(PROVIDER_TYPE, name), PROVIDER_TYPE, rest);
}

/** A component, in another one or in the stack itself. */
export function component(type: string, name: string, parent?: Recorded): Recorded {
    const rest = { custom: false, parent: parent?.urn ?? STACK, ...TIMES, sourcePosition: positionOf(name) };
    return recorded(urnOf(type, name, parent), type, rest);
}

/** How a resource was made. */
export interface Made {
    /** The id on AWS; made up when left out. */
    readonly id?: string;
    readonly inputs: Bag;
    /** What AWS adds to the inputs. */
    readonly computed?: Bag;
    /** The resources that inputs come from. */
    readonly from?: Readonly<Record<string, Recorded>>;
    readonly dependsOn?: readonly Recorded[];
    /** The component that makes it; when left out, the program itself does. */
    readonly parent?: Recorded;
    /** The default provider when left out. */
    readonly provider?: Recorded;
}

/** A resource on AWS, as `pulumi up` records it. */
export function resource(type: string, name: string, made: Made): Recorded {
    const { id = idOf(type + name), inputs, computed, from = {}, dependsOn = [], parent } = made;
    const providerUrn = made.provider?.urn ?? urnOf(PROVIDER_TYPE, DEFAULT_PROVIDER);
    const origins = [...Object.values(from), ...dependsOn].map(({ urn }) => urn);
    const all = { ...inputs, region: REGION, tagsAll: {} };
    return recorded(urnOf(type, name, parent), type, {
        custom: true,
        id,
        inputs: { __defaults: [], ...all },
        outputs: { id, ...all, tags: {}, ...computed },
        parent: parent?.urn ?? STACK,
        dependencies: [...new Set(origins)].sort(),
        provider: `${providerUrn}::${PROVIDER_ID}`,
        propertyDependencies: Object.fromEntries(Object.keys(inputs).map((key) => [key, urnsOf(from[key])])),
        ...TIMES,
        sourcePosition: positionOf(name),
    });
}

function recorded(urn: string, type: string, rest: Bag): Recorded {
    return { urn, type, ...rest };
}

function urnsOf(origin: Recorded | undefined): string[] {
    return origin === undefined ? [] : [origin.urn];
}

/** A URN with the type of the parent only: the engine adds all ancestors', so a deep chain makes URNs long. */
function urnOf(type: string, name: string, parent?: Recorded): string {
    return `urn:pulumi:prod::shop::${parent === undefined ? "" : `${parent.type}$`}${type}::${name}`;
}

function positionOf(name: string): string {
    return `project:///index.ts#${1 + (Number.parseInt(hash(name, 4), 16) % 2000)},17`;
}

/** So many hexadecimal digits that stand for a text and look random. */
export function hash(text: string, length: number): string {
    return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** Ten letters and digits, as AWS makes them up for an API. */
export function idOf(text: string): string {
    return BigInt(`0x${hash(text, 16)}`)
        .toString(36)
        .padStart(10, "0")
        .slice(0, 10);
}

/** A name as Pulumi makes it up. */
export function autoNamed(name: string): string {
    return `${name}-${hash(name, 7)}`;
}

/** The ARN of something in the region and account of the recorded resources. */
export function arnOf(service: string, rest: string): string {
    return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${rest}`;
}
