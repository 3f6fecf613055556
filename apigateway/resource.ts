/** Resources as policies see them, the tokens of those that matter here, and how they hang together. */

import { type Maybe, text } from "./values";

/** A resource of a stack; what the policy SDK hands to a stack policy has this shape. */
export interface Resource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    // biome-ignore lint/suspicious/noExplicitAny: properties come from a provider; values.ts alone looks into them
    readonly props: Record<string, any>;
    // biome-ignore lint/suspicious/noExplicitAny: see props
    readonly provider?: { readonly urn: string; readonly props: Record<string, any> } | undefined;
    readonly parent?: Resource | undefined;
    readonly dependencies: readonly Resource[];
    readonly propertyDependencies: Readonly<Record<string, readonly Resource[]>>;
}

export const REST_API = "aws:apigateway/restApi:RestApi";
export const STAGE = "aws:apigateway/stage:Stage";
export const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
export const ACCOUNT = "aws:apigateway/account:Account";
export const V2_API = "aws:apigatewayv2/api:Api";
export const V2_STAGE = "aws:apigatewayv2/stage:Stage";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const LOG_DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
export const LOG_DELIVERY_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
export const NATIVE_REST_API = "aws-native:apigateway:RestApi";
export const NATIVE_STAGE = "aws-native:apigateway:Stage";
export const NATIVE_ACCOUNT = "aws-native:apigateway:Account";
export const NATIVE_V2_API = "aws-native:apigatewayv2:Api";
export const NATIVE_V2_STAGE = "aws-native:apigatewayv2:Stage";
export const NATIVE_LOG_GROUP = "aws-native:logs:LogGroup";
export const NATIVE_LOG_DELIVERY = "aws-native:logs:Delivery";
export const NATIVE_LOG_DELIVERY_SOURCE = "aws-native:logs:DeliverySource";

/** The resources of a stack by type, with the way down from parent to child. */
export interface Stack {
    readonly byType: ReadonlyMap<string, readonly Resource[]>;
    readonly children: ReadonlyMap<Resource, readonly Resource[]>;
}

/** `check` asks every policy about the same list, which need not be sorted out for each of them again. */
const stacks = new WeakMap<readonly Resource[], Stack>();

export function stackOf(resources: readonly Resource[]): Stack {
    const known = stacks.get(resources);
    if (known !== undefined) {
        return known;
    }
    let children: Stack["children"] | undefined;
    const stack: Stack = {
        byType: grouped(resources, (resource) => resource.type),
        // Only components are asked for their children, and many stacks have none.
        get children() {
            children ??= grouped(resources, (resource) => resource.parent);
            return children;
        },
    };
    stacks.set(resources, stack);
    return stack;
}

function grouped<Key>(resources: readonly Resource[], keyOf: (resource: Resource) => Key | undefined) {
    const groups = new Map<Key, Resource[]>();
    for (const resource of resources) {
        const key = keyOf(resource);
        const group = key === undefined ? undefined : groups.get(key);
        if (group !== undefined) {
            group.push(resource);
        } else if (key !== undefined) {
            groups.set(key, [resource]);
        }
    }
    return groups;
}

/** Sorted: the engine tells of resources in any order, and what a policy says must not depend on it. */
export function ofType(stack: Stack, ...types: readonly string[]): Resource[] {
    return byUrn(types.flatMap((type) => stack.byType.get(type) ?? []));
}

function byUrn(resources: readonly Resource[]): Resource[] {
    return [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** The nearest ancestor for which `wanted` gives an answer. */
export function fromAncestors<T>(resource: Resource, wanted: (ancestor: Resource) => T | undefined): T | undefined {
    for (let ancestor = resource.parent; ancestor !== undefined; ancestor = ancestor.parent) {
        const found = wanted(ancestor);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** All descendants of a resource. */
export function descendants(stack: Stack, resource: Resource): Resource[] {
    return (stack.children.get(resource) ?? []).flatMap((child) => [child, ...descendants(stack, child)]);
}

/** Components have no provider, everything else has one. */
function isComponent(resource: Resource): boolean {
    return resource.provider === undefined;
}

/**
 * The resources of given types that a property gets its value from.
 *
 * A dependency may be a resource that passes the value on (`stage.restApi`), or a component in place of or beside
 * its children: it then stands for its descendants, unless a child is named as well.
 */
export function sources(
    stack: Stack,
    resource: Resource,
    properties: readonly string[],
    types: readonly string[],
): ReadonlySet<Resource> {
    const found = new Set<Resource>();
    const components: Resource[] = [];
    const seen = new Set<Resource>();
    const pending = properties.flatMap((property) => resource.propertyDependencies[property] ?? []);
    for (const dependency of pending) {
        if (seen.has(dependency)) {
            continue;
        }
        seen.add(dependency);
        if (types.includes(dependency.type)) {
            found.add(dependency);
        } else if (isComponent(dependency)) {
            components.push(dependency);
        } else {
            pending.push(...properties.flatMap((property) => dependency.propertyDependencies[property] ?? []));
        }
    }
    if (found.size > 0) {
        return found;
    }
    const children = components.flatMap((component) => descendants(stack, component));
    return new Set(children.filter((child) => types.includes(child.type)));
}

/**
 * Everything that exists before a resource is created: its parents, and what it or they depend on, directly or not.
 * A component is ready when its children are, so depending on one is depending on them.
 */
export function prerequisites(stack: Stack, resource: Resource): ReadonlySet<Resource> {
    const found = new Set<Resource>();
    const pending: Resource[] = [resource];
    const add = (one: Resource) => {
        if (!found.has(one)) {
            found.add(one);
            pending.push(one);
        }
    };
    const expanded = new Set<Resource>();
    for (const next of pending) {
        for (const dependency of [...next.dependencies, ...Object.values(next.propertyDependencies).flat()]) {
            add(dependency);
            if (isComponent(dependency) && !expanded.has(dependency)) {
                expanded.add(dependency);
                descendants(stack, dependency).forEach(add);
            }
        }
        if (next.parent !== undefined) {
            add(next.parent);
        }
    }
    return found;
}

/** The region of a resource: its own (providers from v7 on), else its provider's, else nobody says. */
export function region(resource: Pick<Resource, "props" | "provider">): Maybe<string> {
    const own = text({ props: resource.props }, "region");
    return own === undefined && resource.provider !== undefined ? text(resource.provider, "region") : own;
}
