/** The resources of a stack as a file has them. */

import type { LiveAccount } from "../../stack/stack";
import { nameOf, stackNameOf } from "../../stack/urn";
import { BadInput } from "./files";
import { addSecrets, isObject, type Properties } from "./properties";

/** A resource, in the engine's own shape (`ResourceV3` of sdk/go/common/apitype), as far as it is read. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    /** What messages call the resource, where that is not the name in its URN. */
    readonly name?: string;
    /** Whether the program only reads the resource. */
    readonly external?: boolean;
    readonly inputs?: unknown;
    readonly outputs?: unknown;
    readonly parent?: string;
    /** URN, `::`, id. */
    readonly provider?: string;
    readonly dependencies?: readonly string[] | null;
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
    readonly sourcePosition?: string;
    readonly stackTrace?: readonly { readonly sourcePosition?: string }[] | null;
}

export interface StackState {
    /** `project/stack`. */
    readonly name: string;
    readonly resources: readonly StateResource[];
    readonly byUrn: ReadonlyMap<string, StateResource>;
    /** The inputs of providers, by URN. */
    readonly providers: ReadonlyMap<string, Properties>;
    /** Set for a live account. */
    readonly live?: LiveState;
}

export interface LiveState extends LiveAccount {
    /** What could not be read, in one line; nothing if all was. */
    readonly problem: string | undefined;
}

/** The field of a resource that is not what it has to be, if one is not; each may be left out. */
export function brokenField(resource: Properties): string | undefined {
    for (const [field, isRight] of FIELDS) {
        const value = resource[field];
        if (value !== undefined && value !== null && !isRight(value)) {
            return field;
        }
    }
    return undefined;
}

const isText = (value: unknown) => typeof value === "string";
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isTextsOrNone = (value: unknown) => value === null || isTexts(value);
const isFrame = (value: unknown) => isObject(value) && isText(value.sourcePosition ?? "");

const FIELDS: readonly (readonly [field: string, isRight: (value: unknown) => boolean])[] = [
    ["parent", isText],
    ["provider", isText],
    ["dependencies", isTexts],
    [
        "propertyDependencies",
        (value) => isObject(value) && Object.keys(value).every((key) => isTextsOrNone(value[key])),
    ],
    ["sourcePosition", isText],
    ["stackTrace", (value) => Array.isArray(value) && value.every(isFrame)],
];

/**
 * Resources by URN; the last of those that have the same. The engine never writes a resource that is its own ancestor; a
 * search for an ancestor would not end.
 *
 * @throws BadInput if a file has one all the same
 */
export function treeOf(kind: string, resources: readonly StateResource[]): StackState["byUrn"] {
    const byUrn = new Map<string, StateResource>();
    // As the engine writes it, with parents before their children and no resource twice, it is a tree.
    let isUsual = true;
    for (const resource of resources) {
        const { urn, parent } = resource;
        isUsual &&= !byUrn.has(urn) && (!parent || byUrn.has(parent));
        byUrn.set(urn, resource);
    }
    if (!isUsual) {
        assertTree(kind, byUrn);
    }
    return byUrn;
}

function assertTree(kind: string, byUrn: StackState["byUrn"]): void {
    // Each path up ends where another has been, so that each resource is passed once.
    const passed = new Set<string>();
    for (const urn of byUrn.keys()) {
        const path = new Set<string>();
        for (let at: string | null | undefined = urn; at && !passed.has(at); at = byUrn.get(at)?.parent) {
            if (path.has(at)) {
                throw new BadInput(`is a ${kind} in which ${JSON.stringify(at)} is its own ancestor`);
            }
            path.add(at);
        }
        for (const at of path) {
            passed.add(at);
        }
    }
}

/** The engine stores a resource that a program only reads without inputs; with inputs, it sends it like any other. */
export function isRead(resource: StateResource | undefined): boolean {
    return resource?.external === true && Object.keys(resource.inputs ?? {}).length === 0;
}

/** The secrets that a state shows. */
export function secretsOf(resources: readonly StateResource[]): ReadonlySet<string> {
    const secrets = new Set<string>();
    for (const { inputs, outputs } of resources) {
        addSecrets(inputs, secrets);
        addSecrets(outputs, secrets);
    }
    return secrets;
}

/** The URN of a resource's provider. */
export function providerOf({ provider }: Pick<StateResource, "provider">): string | undefined {
    return provider?.slice(0, provider.lastIndexOf("::"));
}

/** What messages call a resource. */
export function shownNameOf({ urn, name }: Pick<StateResource, "urn" | "name">): string {
    return name ?? nameOf(urn);
}

/** `project/stack`, of the first resource: a stack's resources agree on it. */
export function nameOfStack(resources: readonly Pick<StateResource, "urn">[], otherwise: string): string {
    return stackNameOf(resources[0]?.urn ?? "") ?? otherwise;
}

const ROOT_STACK = "pulumi:pulumi:Stack";

/** The URN of the stack itself, for findings that name no resource. */
export function rootOf(resources: readonly StateResource[]): string {
    const root = resources.find(({ type, parent }) => type === ROOT_STACK && !parent);
    if (root !== undefined) {
        return root.urn;
    }
    // As the engine names the root of a stack that has none.
    const [stack = "", project = ""] = resources[0]?.urn.split("::") ?? [];
    return `${stack}::${project}::${ROOT_STACK}::${project}-${stack.replace("urn:pulumi:", "")}`;
}
