/** States of the examples, as the repository keeps them. */

import { join } from "node:path";
import type { Deployment } from "./pulumi/engine";

/** Where they are kept: what `pulumi stack export` gave for an example, without what differs from run to run. */
export const FIXTURES = join(__dirname, "..", "tests", "fixtures");

/** A resource of a state, as far as tests look into it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** The state of an example, in the form of `pulumi stack export`. */
export interface RecordedState {
    readonly version: number;
    readonly deployment: { readonly manifest: object; readonly resources: readonly StateResource[] };
}

/** A state as it is recorded: what every version of the CLI writes, without the ids and folders of one run. */
export function recorded({ version, deployment }: Deployment): RecordedState {
    const kept = JSON.stringify(deployment.resources.map(pick), inOrder);
    const text = kept.replaceAll(PLACE_IN_EXAMPLE, "project:///").replaceAll(OTHER_PLACE, "");
    const same = text.replaceAll(PROVIDER_ID, SAME_PROVIDER_ID).replaceAll(CIPHERTEXT, PLAINTEXT);
    const resources: StateResource[] = JSON.parse(same);
    // Resources that do not wait for each other are created in any order.
    resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    return { version, deployment: { manifest: { time: "0001-01-01T00:00:00Z", magic: "", version: "" }, resources } };
}

/** Dependencies are a set, which the CLI writes in any order. */
function inOrder(_key: string, value: unknown): unknown {
    const isListOfUrns =
        Array.isArray(value) && value.every((one) => typeof one === "string" && one.startsWith("urn:"));
    return isListOfUrns ? [...value].sort() : value;
}

function pick(resource: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(resource).filter(([key]) => KEPT.includes(key)));
}

const KEPT = [
    "urn",
    "custom",
    "id",
    "type",
    "inputs",
    "outputs",
    "parent",
    "provider",
    "dependencies",
    "propertyDependencies",
    "sourcePosition",
];
const PLACE_IN_EXAMPLE = /project:\/\/\/[^"]*\/examples\/[^/"]+\//g;
const OTHER_PLACE = /,"sourcePosition":"project:\/\/\/\.\.[^"]*"/g;
const PROVIDER_ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const SAME_PROVIDER_ID = "00000000-0000-4000-8000-000000000000";
/** A secret can be read with the key of its run only. In its place there is another, as a state that shows secrets has it. */
const CIPHERTEXT = /"ciphertext":"[^"]*"/g;
const PLAINTEXT = `"plaintext":${JSON.stringify(JSON.stringify("a secret"))}`;
