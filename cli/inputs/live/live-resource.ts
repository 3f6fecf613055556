/** Where the resources of a live account are, and what identifies each. */

import type { Properties } from "../properties";
import type { RecordedResource } from "../recorded";
import type { LiveDocument } from "./document";

/** The account and region of resources. */
export interface LivePlace {
    readonly account: string;
    readonly region: string;
    readonly partition: string;
    /** The URN of the provider that the resources have in place of a program's. */
    readonly provider: string;
}

/** Where the resources of a region are. */
export function livePlace({ account, partition }: LiveDocument, region: string): LivePlace {
    const place = { account: account ?? "unknown", region, partition: partition ?? "aws" };
    return { ...place, provider: urnOf(place, "pulumi:providers:aws", region) };
}

/**
 * Like the URN of a program's resource, with the region in place of the stack and the account in place of the project. The
 * rest is what AWS identifies the resource by, so that it is the same each time the account is read.
 */
export function urnOf({ account, region }: Pick<LivePlace, "account" | "region">, type: string, id: string): string {
    return `urn:pulumi:${region}::${account}::${type}::${id}`;
}

interface Identified {
    /** What follows the type in the URN. */
    readonly id: string;
    /** What messages call it, where it is not that. */
    readonly name?: string;
    /** The URNs of the resources that its properties come from. */
    readonly from?: Readonly<Record<string, string>>;
}

/** A resource in the shape that the deployed ones of @pulumi/aws v7 have in a state. */
export function liveResource(
    place: LivePlace,
    type: string,
    { id, name, from = {} }: Identified,
    props: Properties,
): RecordedResource {
    const all = { region: place.region, ...props };
    return {
        urn: urnOf(place, type, id),
        type,
        ...(name === undefined ? {} : { name }),
        provider: `${place.provider}::live`,
        inputs: all,
        outputs: all,
        propertyDependencies: Object.fromEntries(Object.entries(from).map(([property, urn]) => [property, [urn]])),
    };
}

/** Names of APIs, as messages show them: with the id where several have the same. */
export function apiNames(
    apis: readonly { readonly id: string; readonly name: string | undefined }[],
): ReadonlyMap<string, string> {
    const counts = new Map<string, number>();
    for (const { name = "" } of apis) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return new Map(
        apis.map(
            ({ id, name = "" }) => [id, name === "" ? id : counts.get(name) === 1 ? name : `${name} (${id})`] as const,
        ),
    );
}
