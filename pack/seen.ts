/**
 * What the engine has sent to resource policies, which stack policies need to know.
 *
 * Previews and updates do not send a resource that a program only reads. `pulumi policy analyze` does: with empty inputs
 * to resource policies, and with outputs to stack policies, which run later. So the resource policies take note of it; if
 * a config disables all of them, such a resource is evaluated like any other. (A resource that `--target` or `--exclude`
 * leaves out has neither.)
 */

import { getOrAdd } from "../stack/maps";
import type { Inputs, Resource } from "../stack/resource";
import { evaluateResource, type PolicyTerms } from "./evaluate";
import type { Exempt } from "./exemptions";
import type { Finding } from "./finding";
import { exemptNote, type LogNote } from "./notes";
import type { ResourcePolicy } from "./policy";
import { withWanted } from "./wanted";

/** What the engine has sent, and which of it is exempt. */
export interface Seen {
    /** The URNs of resources without inputs. */
    readonly withoutInputs: Set<string>;
    /** What is exempt, by policy and URN: a resource comes twice where its policy remediates. */
    readonly exempt: Map<string, Map<string, Exempt>>;
    /** The resource policies that were asked, with their configs: stack policies run later, and suggest code that fits. */
    readonly asked: Map<string, { readonly policy: ResourcePolicy; readonly config: object }>;
}

/** Before the first request. */
export function nothingSeen(): Seen {
    return { withoutInputs: new Set(), exempt: new Map(), asked: new Map() };
}

/** Notes whether a resource was sent without inputs; the last time that it was sent counts. */
export function noteInputs({ withoutInputs }: Seen, urn: string, areEmpty: boolean): void {
    areEmpty ? withoutInputs.add(urn) : withoutInputs.delete(urn);
}

/** Whether a resource of the stack is only read by its program. */
export function isOnlyRead({ withoutInputs }: Seen, resource: Pick<Resource, "urn" | "props">): boolean {
    return withoutInputs.has(resource.urn) && Object.keys(resource.props).length > 0;
}

/** Notes the config of a resource policy whose findings other policies suggest code for. */
export function noteAsked({ asked }: Seen, policy: ResourcePolicy, config: object): void {
    if (policy.wants !== undefined) {
        asked.set(policy.name, { policy, config });
    }
}

/** The finding of a stack policy, with code that fits the resource policies that were asked before it. */
export function fitting({ asked }: Seen, finding: Finding): Finding {
    return withWanted(finding, [...asked.values()]);
}

/** The finding of a resource policy, if there is one; one that is exempt is noted instead. */
export function findingOf(
    seen: Seen,
    policy: ResourcePolicy,
    resource: Inputs,
    terms: PolicyTerms,
): Finding | undefined {
    const result = evaluateResource(policy, resource, terms);
    if (result === undefined || !("reasons" in result)) {
        return result;
    }
    getOrAdd<string, Map<string, Exempt>>(seen.exempt, policy.name, () => new Map()).set(resource.urn, result);
    return undefined;
}

/** What resource policies exempt, which is forgotten then. They do not know when a stack is complete; stack policies do. */
export function takeNotes({ exempt }: Seen): LogNote[] {
    const notes = [...exempt].map(([policy, byUrn]) => exemptNote(policy, byUrn));
    exempt.clear();
    return notes;
}
