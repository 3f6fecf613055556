/** The resources of a file, as stack policies get them. */

import { getOrAdd, groupBy } from "../../stack/maps";
import type { Resource } from "../../stack/resource";
import type { Lookup, Stack } from "../../stack/stack";
import { type Properties, plainProperties } from "./properties";
import { isRead, providerOf, type StackState, type StateResource, shownNameOf } from "./state";

export interface StateStack extends Stack {
    /** All resources, in the order of the file. */
    all(): Resource[];
    /** Those of a type, as the file has them. */
    inFile(type: string): readonly StateResource[];
}

/** What policies do not ask for is never made: they read few of the resources in a file. */
export function stackOfState({ resources, byUrn: recorded, providers, live }: StackState): StateStack {
    const recordedByType = groupBy(resources, ({ type }) => type);
    const made = new Map<StateResource, Resource>();
    const make = (one: StateResource) => getOrAdd(made, one, () => new StackResource(one, providers, byUrn));
    const byUrn = {
        get: (urn: string) => {
            const one = recorded.get(urn);
            return one && make(one);
        },
    };
    const ofType = new Map<string, readonly Resource[] | undefined>();
    let recordedChildren: Map<string, StateResource[]> | undefined;
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
        live,
        all: () => resources.map(make),
        inFile: (type) => recordedByType.get(type) ?? [],
    };
}

class StackResource implements Resource {
    private plain: Properties | undefined;
    private direct: Resource[] | undefined;
    private ofProperties: Record<string, Resource[]> | undefined;

    constructor(
        private readonly resource: StateResource,
        private readonly providers: StackState["providers"],
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
