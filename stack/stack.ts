/** A stack: its resources by type, and the ways from parent to child and from a URN to its resource. */

import { getOrAdd, groupBy } from "./maps";
import type { Resource } from "./resource";
import { compare } from "./text";

/** The resources of a stack, to be looked up. What is in no file or message of the engine is in none of them. */
export interface Stack {
    readonly byType: Lookup<string, readonly Resource[]>;
    readonly byUrn: Lookup<string, Resource>;
    readonly children: Lookup<Resource, readonly Resource[]>;
    /** Whether a program only reads a resource (`Stage.get`), which then is not the program's to change. */
    isRead(resource: Resource): boolean;
    /** Whether a resource was there before the program, which imports it. Files show that; the engine does not. */
    isImported(resource: Resource): boolean;
    /**
     * Whether resource policies passed a resource over because it has no inputs: it may be one that is only read, or one that
     * the program creates without any.
     */
    isPassedOver(resource: Resource): boolean;
    /** Set if the resources are those of a live account, which no program needs to have declared. */
    readonly live: LiveAccount | undefined;
}

/** What a map is to those who only look things up. */
export interface Lookup<Key, Value> {
    get(key: Key): Value | undefined;
}

/** A live account, as far as it could be read. */
export interface LiveAccount {
    /** The types of which there may be resources that could not be read. */
    readonly unread: ReadonlySet<string>;
}

/**
 * A stack of some resources.
 *
 * @param isRead answers `Stack.isRead`; left out, nothing is only read
 * @param isPassedOver answers `Stack.isPassedOver`; left out, it is the same
 */
export function stackOf(
    resources: readonly Resource[],
    isRead: (resource: Resource) => boolean = () => false,
    isPassedOver = isRead,
): Stack {
    let byUrn: Stack["byUrn"] | undefined;
    let children: Stack["children"] | undefined;
    return {
        byType: groupBy(resources, (resource) => resource.type),
        get byUrn() {
            byUrn ??= new Map(resources.map((resource) => [resource.urn, resource]));
            return byUrn;
        },
        // Only components are asked for their children, and many stacks have none.
        get children() {
            children ??= groupBy(resources, (resource) => resource.parent);
            return children;
        },
        isRead,
        isImported: () => false,
        isPassedOver,
        live: undefined,
    };
}

/** A function that works out its answer once for each stack: `check` gives the same stack to all policies. */
export function oncePerStack<Answer>(answer: (stack: Stack) => Answer): (stack: Stack) => Answer {
    const known = new WeakMap<Stack, Answer>();
    return (stack) => getOrAdd(known, stack, () => answer(stack));
}

/**
 * The resources of given types, those included that are only read. Sorted by URN: the engine sends resources in any
 * order, and what a policy says must not depend on it.
 */
export function anyOfType(stack: Stack, ...types: readonly string[]): Resource[] {
    const resources = types.flatMap((type) => stack.byType.get(type) ?? []);
    return resources.sort((a, b) => compare(a.urn, b.urn));
}

/** The resources of given types that the program makes, sorted by URN. */
export function ofType(stack: Stack, ...types: readonly string[]): Resource[] {
    return anyOfType(stack, ...types).filter((resource) => !stack.isRead(resource));
}
