/** Resources as policies see them. */

/** A resource of a stack, in the shape in which the policy SDK passes it to a stack policy. */
export interface Resource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    // biome-ignore lint/suspicious/noExplicitAny: properties come from a provider; only values.ts reads them
    readonly props: Record<string, any>;
    // biome-ignore lint/suspicious/noExplicitAny: see props
    readonly provider?: { readonly urn: string; readonly props: Record<string, any> } | undefined;
    readonly parent?: Resource | undefined;
    readonly dependencies: readonly Resource[];
    readonly propertyDependencies: Readonly<Record<string, readonly Resource[]>>;
}

/** The inputs of one resource, which are all that a resource policy sees in the engine. */
export interface Inputs extends Pick<Resource, "type" | "name" | "urn" | "props"> {
    /** What AWS has made of them, where a file has it. It fixes what is deployed, and has no part in a verdict. */
    readonly outputs?: Resource["props"];
    /** See `Readable` of values.ts. */
    readonly sealed?: ((path: readonly [string, ...(string | number)[]]) => unknown) | undefined;
}
