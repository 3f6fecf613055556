/** The resources of a stack as a file tells of them. */

import type { Properties } from "./properties";

/** A resource, in the engine's own shape (`ResourceV3` of sdk/go/common/apitype), as far as it is read. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
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
    /** The inputs of providers, by URN. */
    readonly providers: ReadonlyMap<string, Properties>;
}

/** The URN of a resource's provider. */
export function providerOf({ provider }: Pick<StateResource, "provider">): string | undefined {
    return provider?.slice(0, provider.lastIndexOf("::"));
}

/** `urn:pulumi:stack::project::parentType$type::name`; a name may hold `::` itself. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The type of a resource, from its URN, which names those of its parents before it. */
export function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** `project/stack`, of the first resource: a stack's resources agree on it. */
export function stackNameOf(resources: readonly Pick<StateResource, "urn">[], otherwise: string): string {
    const [stack, project] = resources[0]?.urn.replace("urn:pulumi:", "").split("::") ?? [];
    return stack === undefined || project === undefined ? otherwise : `${project}/${stack}`;
}

const ROOT_STACK = "pulumi:pulumi:Stack";

/** Whom a finding belongs to that is nobody's in particular. */
export function rootOf(resources: readonly StateResource[]): string {
    const root = resources.find(({ type, parent }) => type === ROOT_STACK && !parent);
    if (root !== undefined) {
        return root.urn;
    }
    // As the engine names the root of a stack that has none.
    const [stack = "", project = ""] = resources[0]?.urn.split("::") ?? [];
    return `${stack}::${project}::${ROOT_STACK}::${project}-${stack.replace("urn:pulumi:", "")}`;
}
