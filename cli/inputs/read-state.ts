import { readDeployment } from "./deployment";
import { readPreview } from "./preview";
import { isObject } from "./properties";
import type { StackState } from "./state";

/**
 * The stack in a document of whichever kind, known by its content.
 *
 * @returns undefined if it is not from Pulumi
 * @throws BadInput if it is, but broken or less than a whole stack
 */
export function readState(document: unknown): StackState | undefined {
    return isObject(document) ? (readDeployment(document) ?? readPreview(document)) : undefined;
}
