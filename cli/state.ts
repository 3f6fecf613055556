/** A stack as all commands share it. Its properties are read through `stack`, where no secret is left. */

import type { Inputs, Resource } from "../stack/resource";
import type { LiveAccount, Stack } from "../stack/stack";
import { nameOf, stackNameOf } from "../stack/urn";

/** A resource of a file, without its properties. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    /** What messages call the resource, where that is not the name in its URN. */
    readonly name?: string;
    readonly parent?: string;
    /** The line of the program that declares it, as the engine writes it: `project:///index.ts#8,19`. */
    readonly sourcePosition?: string;
    /** The calls that lead there, the innermost first. */
    readonly stackTrace?: readonly { readonly sourcePosition?: string }[] | null;
}

/** The resources of a file, as policies get them. */
export interface StateStack extends Stack {
    /** All resources, in the order of the file. */
    all(): Resource[];
    /** What resource policies get of the resources of a type, in the order of the file. */
    inputsOf(type: string): readonly Inputs[];
}

/** A stack that a file describes. */
export interface StackState {
    /** `project/stack`; of a live account `account/region`. */
    readonly name: string;
    /** In the order of the file. */
    readonly resources: readonly StateResource[];
    readonly byUrn: ReadonlyMap<string, StateResource>;
    /** Made when it is first read. */
    readonly stack: StateStack;
    /** Set for a live account. */
    readonly live?: LiveState;
}

/** How much of a region of a live account could be read. */
export interface LiveState extends LiveAccount {
    /** What could not be read, in one line; undefined if all was. */
    readonly problem: string | undefined;
    /** What the region may have and the document does not. */
    readonly gaps: readonly Gap[];
}

/** Resources that a live document does not have, though AWS may. */
export interface Gap {
    /** Their types in @pulumi/aws. */
    readonly types: readonly string[];
    /** Why, as a clause: `live documents of this version do not include databases`. */
    readonly because: string;
    /** How the names of those resources begin that the document has all the same; none if it has none by their names. */
    readonly except?: readonly string[];
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
