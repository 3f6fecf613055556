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

/** The inputs of one resource, which are all that a resource policy sees. */
export type Inputs = Pick<Resource, "type" | "name" | "urn" | "props">;
