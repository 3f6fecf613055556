/** Stacks as files have them, with properties as they are written there, secrets included. No other floor reads those. */

import { BadInput } from "../errors";
import type { StackState, StateResource } from "../state";
import { isObject, type Properties } from "./properties";

/** A resource, in the engine's own shape (`ResourceV3` of sdk/go/common/apitype), as far as it is read. */
export interface RecordedResource extends StateResource {
    /** Whether the program only reads the resource. */
    readonly external?: boolean;
    /** The id by which the program imports the resource. */
    readonly importID?: string;
    readonly inputs?: unknown;
    readonly outputs?: unknown;
    /** URN, `::`, id. */
    readonly provider?: string;
    /** URNs, as are those of properties. */
    readonly dependencies?: readonly string[] | null;
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
}

/** A stack of a file: see `stateOf`. */
export interface RecordedStack extends Omit<StackState, "stack"> {
    readonly resources: readonly RecordedResource[];
    readonly byUrn: ReadonlyMap<string, RecordedResource>;
    /** The inputs of providers, by URN, without their secrets. */
    readonly providers: ReadonlyMap<string, Properties>;
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
    ["importID", isText],
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
export function treeOf(kind: string, resources: readonly RecordedResource[]): RecordedStack["byUrn"] {
    const byUrn = new Map<string, RecordedResource>();
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

function assertTree(kind: string, byUrn: RecordedStack["byUrn"]): void {
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
export function isRead(resource: RecordedResource | undefined): boolean {
    return resource?.external === true && Object.keys(resource.inputs ?? {}).length === 0;
}

/** The id stays in the state for as long as the program has the option `import`. */
export function isImported(resource: RecordedResource | undefined): boolean {
    return Boolean(resource?.importID);
}

/** The URN of a resource's provider. */
export function providerOf({ provider }: Pick<RecordedResource, "provider">): string | undefined {
    return provider?.slice(0, provider.lastIndexOf("::"));
}
