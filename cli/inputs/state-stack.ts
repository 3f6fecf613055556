/** What commands get of a stack of a file. */

import { getOrAdd, groupBy } from "../../stack/maps";
import type { Inputs, Resource } from "../../stack/resource";
import type { Lookup } from "../../stack/stack";
import { type StackState, type StateStack, shownNameOf } from "../state";
import { type Properties, plainProperties } from "./properties";
import { isImported, isRead, providerOf, type RecordedResource, type RecordedStack } from "./recorded";

/** The state of a stack. Its properties are converted when they are read: policies read few of the resources in a file. */
export function stateOf(recorded: RecordedStack): StackState {
    const { name, resources, byUrn, live } = recorded;
    let stack: StateStack | undefined;
    return {
        name,
        resources,
        byUrn,
        get stack() {
            stack ??= stackOf(recorded);
            return stack;
        },
        ...(live && { live }),
    };
}

function stackOf({ resources, byUrn: recorded, providers, live }: RecordedStack): StateStack {
    const recordedByType = groupBy(resources, ({ type }) => type);
    const made = new Map<RecordedResource, Resource>();
    const make = (one: RecordedResource) => getOrAdd(made, one, () => new StackResource(one, providers, byUrn));
    const byUrn = {
        get: (urn: string) => {
            const one = recorded.get(urn);
            return one && make(one);
        },
    };
    const ofType = new Map<string, readonly Resource[] | undefined>();
    const inputsOfType = new Map<string, readonly Inputs[]>();
    let recordedChildren: Map<string, RecordedResource[]> | undefined;
    return {
        byUrn,
        byType: { get: (type) => getOrAdd(ofType, type, () => recordedByType.get(type)?.map(make)) },
        children: {
            get({ urn }) {
                recordedChildren ??= groupBy(resources, ({ parent }) => parent);
                return recordedChildren.get(urn)?.map(make);
            },
        },
        isRead: ({ urn }) => isRead(recorded.get(urn)),
        isImported: ({ urn }) => isImported(recorded.get(urn)),
        // The engine keeps `__defaults` to itself, which may be all that the inputs contain.
        isPassedOver: ({ urn }) => Object.keys(recorded.get(urn)?.inputs ?? {}).every((key) => key.startsWith("__")),
        live,
        all: () => resources.map(make),
        inputsOf: (type) => getOrAdd(inputsOfType, type, () => (recordedByType.get(type) ?? []).map(inputsOf)),
    };
}

function inputsOf(resource: RecordedResource): Inputs {
    const { urn, type, inputs, outputs } = resource;
    return {
        urn,
        type,
        name: shownNameOf(resource),
        props: plainProperties(inputs),
        // Read by few findings only.
        get outputs() {
            return plainProperties(outputs);
        },
    };
}

/** A resource whose properties and relations are made when they are first read. */
class StackResource implements Resource {
    private plain: Properties | undefined;
    private direct: Resource[] | undefined;
    private ofProperties: Record<string, Resource[]> | undefined;

    constructor(
        private readonly resource: RecordedResource,
        private readonly providers: RecordedStack["providers"],
        private readonly byUrn: Lookup<string, Resource>,
    ) {}

    get urn() {
        return this.resource.urn;
    }

    get type() {
        return this.resource.type;
    }

    get name() {
        return shownNameOf(this.resource);
    }

    get props() {
        this.plain ??= plainProperties(this.resource.outputs);
        return this.plain;
    }

    get provider() {
        const urn = providerOf(this.resource) ?? "";
        const props = this.providers.get(urn);
        return props === undefined ? undefined : { urn, props };
    }

    get parent() {
        return this.byUrn.get(this.resource.parent ?? "");
    }

    get dependencies() {
        this.direct ??= this.found(this.resource.dependencies);
        return this.direct;
    }

    /** The engine leaves out the properties that depend on nothing; what it does not find in the stack, it drops. */
    get propertyDependencies() {
        this.ofProperties ??= Object.fromEntries(
            Object.entries(this.resource.propertyDependencies ?? {})
                .filter(([, urns]) => urns !== null && urns.length > 0)
                .map(([property, urns]) => [property, this.found(urns)]),
        );
        return this.ofProperties;
    }

    private found(urns: readonly string[] | null | undefined): Resource[] {
        return (urns ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
    }
}
