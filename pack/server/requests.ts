/**
 * Resources of the engine's requests. What a policy does not ask for is not decoded, and the rest once. The numbers are
 * those of the fields of AnalyzeRequest, AnalyzerResource and AnalyzerProviderResource
 * (https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto).
 */

import type { Inputs, Resource } from "../../stack/resource";
import { bytesByNumber } from "./protobuf";
import { entryOf, type OnSecret, readStruct, type WireProperties } from "./struct";

type Message = ReturnType<typeof bytesByNumber>;

const REQUEST = { type: 1, properties: 2, urn: 3, name: 4 } as const;
const RESOURCE = { ...REQUEST, provider: 6, parent: 7, dependencies: 8, propertyDependencies: 9 } as const;
const PROVIDER = { properties: 2, urn: 3 } as const;

/** The inputs of one resource. */
export interface SentInputs extends Inputs {
    /** Whether there are none: the program only reads the resource. */
    readonly areEmpty: boolean;
}

/** The resource of an AnalyzeRequest, which Remediate has in the same form. */
export function readInputs(request: Buffer, onSecret: OnSecret): SentInputs {
    const message = bytesByNumber(request);
    const properties = lastOf(message, REQUEST.properties);
    const props = once(() => readStruct(properties, onSecret));
    return {
        type: textOf(message, REQUEST.type),
        urn: textOf(message, REQUEST.urn),
        name: textOf(message, REQUEST.name),
        areEmpty: properties.length === 0,
        get props() {
            return props();
        },
    };
}

/** The resources of an AnalyzeStackRequest. */
export function readResources(request: Buffer): Resource[] {
    const messages = bytesByNumber(request).get(1) ?? [];
    const resources: Resource[] = messages.map((message) => readResource(message, (urn) => byUrn().get(urn)));
    const byUrn = once(() => new Map(resources.map((resource) => [resource.urn, resource])));
    return resources;
}

function readResource(bytes: Buffer, resourceAt: (urn: string) => Resource | undefined): Resource {
    const message = bytesByNumber(bytes);
    const resourcesAt = (urns: readonly string[]) => urns.flatMap((urn) => resourceAt(urn) ?? []);
    const props = once(() => propertiesOf(message, RESOURCE.properties));
    const provider = once(() => providerOf(message));
    const parent = once(() => resourceAt(textOf(message, RESOURCE.parent)));
    const dependencies = once(() => resourcesAt(textsOf(message, RESOURCE.dependencies)));
    const propertyDependencies = once(() => {
        const entries = (message.get(RESOURCE.propertyDependencies) ?? []).map(entryOf);
        const urns = entries.map(([key, value]) => [key, textsOf(bytesByNumber(value), 1)] as const);
        return Object.fromEntries(urns.map(([key, of]) => [key, resourcesAt(of)]));
    });
    return {
        type: textOf(message, RESOURCE.type),
        urn: textOf(message, RESOURCE.urn),
        name: textOf(message, RESOURCE.name),
        get props() {
            return props();
        },
        get provider() {
            return provider();
        },
        get parent() {
            return parent();
        },
        get dependencies() {
            return dependencies();
        },
        get propertyDependencies() {
            return propertyDependencies();
        },
    };
}

function providerOf(message: Message): Resource["provider"] {
    const bytes = message.get(RESOURCE.provider)?.at(-1);
    if (bytes === undefined) {
        return undefined;
    }
    const provider = bytesByNumber(bytes);
    return { urn: textOf(provider, PROVIDER.urn), props: propertiesOf(provider, PROVIDER.properties) };
}

function propertiesOf(message: Message, number: number): WireProperties {
    return readStruct(lastOf(message, number), (secret) => secret);
}

const NONE = Buffer.alloc(0);

/** A field that is not sent has no bytes. */
function lastOf(message: Message, number: number): Buffer {
    return message.get(number)?.at(-1) ?? NONE;
}

function textOf(message: Message, number: number): string {
    return lastOf(message, number).toString();
}

function textsOf(message: Message, number: number): string[] {
    return (message.get(number) ?? []).map(String);
}

/** A function that makes its answer when it is first asked. */
function once<Answer>(make: () => Answer): () => Answer {
    let made: { readonly answer: Answer } | undefined;
    return () => {
        made ??= { answer: make() };
        return made.answer;
    };
}
