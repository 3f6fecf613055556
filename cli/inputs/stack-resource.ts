import type { Resource } from "../../stack/resource";
import { type Properties, plainProperties } from "./properties";
import { providerOf, type StackState, type StateResource, shownNameOf } from "./state";

/**
 * A resource of a file as stack policies get it: its outputs, and the resources it is related to. They are worked out
 * when a policy reads them, because policies read few of the resources in a file.
 */
export class StackResource implements Resource {
    private plain: Properties | undefined;

    private constructor(
        private readonly resource: StateResource,
        private readonly providers: StackState["providers"],
        private readonly byUrn: ReadonlyMap<string, Resource>,
    ) {}

    static allOf({ resources, providers }: StackState): StackResource[] {
        const byUrn = new Map<string, Resource>();
        const all = resources.map((resource) => new StackResource(resource, providers, byUrn));
        for (const resource of all) {
            byUrn.set(resource.urn, resource);
        }
        return all;
    }

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
        return this.found(this.resource.dependencies);
    }

    /** The engine leaves out the properties that depend on nothing; what it does not find in the stack, it drops. */
    get propertyDependencies() {
        const all = Object.entries(this.resource.propertyDependencies ?? {});
        const some = all.filter(([, urns]) => urns !== null && urns.length > 0);
        return Object.fromEntries(some.map(([property, urns]) => [property, this.found(urns)]));
    }

    private found(urns: readonly string[] | null | undefined): Resource[] {
        return (urns ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
    }
}
