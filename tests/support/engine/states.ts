import * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "./engine";
import { typeAndName } from "./run";

/** A resource of an exported state. */
export interface State {
    id: string;
    inputs: { [name: string]: unknown };
    outputs: { [name: string]: unknown };
}

/** The resources of a state, by `type::name`. */
export function states(deployment: Deployment): { [resource: string]: State } {
    const resources: (State & { urn: string })[] = deployment.deployment.resources;
    return Object.fromEntries(resources.map((resource) => [typeAndName(resource.urn), resource]));
}

/** A resource without a class of its own: aws-native's, and those of older @pulumi/aws. */
export function raw(
    token: string,
    props: pulumi.Inputs,
    name = "raw",
    options?: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
    return new (class extends pulumi.CustomResource {})(token, name, props, options);
}

/** The steps of a run that are of another operation. */
export function unlike(operation: string, steps: string[]): string[] {
    return steps.filter((step) => !step.startsWith(`${operation} `));
}
