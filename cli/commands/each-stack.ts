/** The stacks that a command reads, one after the other. */

import { BadInput } from "../errors";
import { reasonOf, stacksIn } from "../inputs/stacks";
import type { OwningStack } from "../owners";
import { NOTHING, type Part, problemOf } from "../report/model";
import type { StackState } from "../state";

/**
 * Visits the stacks in files and folders, one file after the other, so that only one large state is in memory. What cannot
 * be read, and a stack whose visit fails, whatever the reason, is a problem of its file.
 *
 * @param visit answers what the stack adds to the report
 * @returns what all files add, in their order
 */
export async function eachStack(
    paths: readonly string[],
    visit: (state: StackState, file: string) => Part,
    onProgress?: (done: number, total: number) => void,
): Promise<Part[]> {
    const parts: Part[] = [];
    for await (const read of stacksIn(paths, onProgress)) {
        if ("problem" in read) {
            parts.push(problemOf(read.file, read.problem));
            continue;
        }
        if ("passedOver" in read) {
            parts.push({ ...NOTHING, unchecked: [{ file: read.file, message: read.passedOver }] });
            continue;
        }
        for (const state of read.states) {
            parts.push(visited(state, read.file, visit));
        }
    }
    return parts;
}

function visited(state: StackState, file: string, visit: (state: StackState, file: string) => Part): Part {
    try {
        return visit(state, file);
    } catch (error) {
        return problemOf(file, reasonOf(error));
    }
}

const LIVE = "is a live account, which owns nothing. Give the states of stacks, as pulumi stack export prints them";

/** The stacks in files and folders that may own something; what cannot be read is among the problems, as in a check. */
export async function owningStacks(
    paths: readonly string[],
): Promise<{ readonly stacks: readonly OwningStack[]; readonly problems: readonly Part[] }> {
    const stacks: OwningStack[] = [];
    const liveFiles = new Set<string>();
    const problems = await eachStack(paths, (state, file) => {
        if (state.live === undefined) {
            stacks.push({ state, file });
            return NOTHING;
        }
        // A live account beside the states of a folder is what has owners, and owns nothing itself.
        const isNamed = paths.includes(file) && !liveFiles.has(file);
        liveFiles.add(file);
        return isNamed ? problemOf(file, LIVE) : NOTHING;
    });
    return { stacks, problems };
}

/** @throws BadInput if there are states of owners, but nothing that could have one; what cannot be read may be such */
export function assertIsLive(states: readonly string[], isLive: boolean, parts: readonly Part[]): void {
    if (states.length > 0 && !isLive && parts.every(({ problems }) => problems.length === 0)) {
        throw new BadInput("--state is for the owners of what a live account has, but no path is of one");
    }
}
