/** What `pulumi stack export` prints, and the checkpoints of a file backend. */

import { nameOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { nameOfStack } from "../state";
import { isObject, type Properties, plainProperties } from "./properties";
import { brokenField, type RecordedResource, type RecordedStack, treeOf } from "./recorded";

/** The newest version of the CLI that was tried (3.274.1) reads these versions, and these features of version 4. */
const NEWEST_VERSION = 4;
const FEATURES: readonly unknown[] = [
    "refreshBeforeUpdate",
    "views",
    "hooks",
    "taint",
    "replaceWith",
    "snippets-prototype",
    "extensionParameterization",
    "byteString",
];

/** A resource of deployments of all versions. */
interface DeployedResource extends RecordedResource {
    readonly delete?: boolean;
}

/**
 * The stack in an export (`{version, deployment}`), a checkpoint (`{version, checkpoint: {latest}}`) or one from before
 * checkpoints had versions (`{target, latest}`).
 *
 * @returns undefined if the document is something else
 * @throws BadInput if it is one of them, but broken, or of an unknown version
 */
export function readDeployment(document: Properties): RecordedStack | undefined {
    const { version, features, deployment, checkpoint } = document;
    if (
        isObject(deployment) &&
        ("manifest" in deployment || "resources" in deployment) &&
        typeof version === "number"
    ) {
        return stackOf(deployment, version, features);
    }
    if (isObject(checkpoint) && typeof version === "number") {
        return stackOf(checkpoint.latest ?? {}, version, features, checkpoint.stack);
    }
    if ("latest" in document && ("target" in document || "stack" in document)) {
        return stackOf(document.latest ?? {}, 1, [], document.target ?? document.stack);
    }
    return undefined;
}

function stackOf(deployment: unknown, version: number, features: unknown, stack?: unknown): RecordedStack {
    if (version < 1 || version > NEWEST_VERSION) {
        throw new BadInput(
            `is a deployment of version ${version}; versions 1 to ${NEWEST_VERSION} can be read. Is there a newer apigateway-guard?`,
            true,
        );
    }
    const unsupported = (Array.isArray(features) ? features : []).filter((feature) => !FEATURES.includes(feature));
    if (unsupported.length > 0) {
        const names = unsupported.map((feature) => (typeof feature === "string" ? feature : JSON.stringify(feature)));
        throw new BadInput(
            `needs features that cannot be read: ${names.join(", ")}. Is there a newer apigateway-guard?`,
            true,
        );
    }
    const recorded = isObject(deployment) ? (deployment.resources ?? []) : undefined;
    if (!Array.isArray(recorded)) {
        throw new BadInput("is a deployment whose resources are not a list");
    }
    const kept: RecordedResource[] = [];
    const providers = new Map<string, Properties>();
    recorded.forEach((resource: unknown, index) => {
        assertResource(resource, index);
        // What is pending deletion is no longer part of the stack, and may have the URN of what replaces it.
        if (resource.delete === true) {
            return;
        }
        if (resource.type.startsWith("pulumi:providers:")) {
            providers.set(resource.urn, plainProperties(resource.inputs));
        }
        const whole = version < 3 ? withPropertyDependencies(resource) : resource;
        kept.push(isDiscovered(whole) ? { ...whole, external: false, inputs: whole.outputs } : whole);
    });
    return {
        name: nameOfStack(kept, typeof stack === "string" ? stack : "an empty stack"),
        resources: kept,
        byUrn: treeOf("deployment", kept),
        providers,
    };
}

/**
 * Pulumi Insights exports what it discovered as external, without a provider and with outputs only
 * (https://github.com/pulumi/pulumi/pull/23664). The engine stores a provider of all that a program reads.
 */
function isDiscovered({ external, provider, inputs, outputs }: RecordedResource): boolean {
    return external === true && !provider && Object.keys(inputs ?? {}).length === 0 && isObject(outputs);
}

function assertResource(resource: unknown, index: number): asserts resource is DeployedResource {
    const { urn, type } = (resource ?? {}) as { urn?: unknown; type?: unknown };
    if (typeof urn !== "string" || !urn.startsWith("urn:pulumi:") || nameOf(urn) === "") {
        throw new BadInput(`is a deployment whose resource ${index + 1} has no valid URN`);
    }
    if (typeof type !== "string" || type === "") {
        throw new BadInput(`is a deployment whose resource ${index + 1} (${JSON.stringify(urn)}) has no type`);
    }
    const broken = brokenField(resource as Properties);
    if (broken !== undefined) {
        throw new BadInput(
            `is a deployment whose resource ${index + 1} (${JSON.stringify(urn)}) has no valid ${broken}`,
        );
    }
}

/** Before version 3 only whole resources had dependencies; the engine takes every property to depend on all of them. */
function withPropertyDependencies(resource: DeployedResource): RecordedResource {
    const inputs = Object.keys(isObject(resource.inputs) ? resource.inputs : {});
    const all = resource.dependencies ?? [];
    return { ...resource, propertyDependencies: Object.fromEntries(inputs.map((input) => [input, all])) };
}
