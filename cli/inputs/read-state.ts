import type { StackState } from "../state";
import { TOOL } from "../tool";
import { readDeployment } from "./deployment";
import { readPreview } from "./preview";
import { isObject } from "./properties";
import { stateOf } from "./state-stack";

/**
 * The stack in a document of whichever kind, known by its content.
 *
 * @returns undefined if it is not from Pulumi
 * @throws BadInput if it is, but broken or less than a whole stack
 */
export function readState(document: unknown): StackState | undefined {
    const recorded = isObject(document) ? (readDeployment(document) ?? readPreview(document)) : undefined;
    return recorded && stateOf(recorded);
}

/** The same, for documents of `live` as well, in which there is a stack for each region. */
export async function readStates(document: unknown): Promise<readonly StackState[] | undefined> {
    if (isObject(document) && isObject(document.tool) && document.tool.name === TOOL.name && "regions" in document) {
        // Loaded when it is needed: it loads a JSON Schema validator, which takes a while.
        const { readLiveDocument } = await import("./live/live-states");
        return readLiveDocument(document).map(stateOf);
    }
    const state = readState(document);
    return state && [state];
}
