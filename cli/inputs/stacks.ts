/** The stacks in files and folders, one file after the other, so that only one large state is in memory. */

import { BadInput } from "../errors";
import type { StackState } from "../state";
import { realPath } from "./file-names";
import { type Found, filesOf } from "./find-files";
import { parseJson } from "./json";
import { isPulumis } from "./pulumi-mark";
import { readStates } from "./read-state";
import { textOf } from "./read-text";

/** The stacks of a file. */
export interface Stacks {
    readonly file: string;
    readonly states: readonly StackState[];
}

/** The stacks of a file, or why there are none. */
export type StacksOfFile = Stacks | { readonly file: string; readonly problem: string };

/** What of a folder was not looked at, in a sentence. */
export interface PassedOver {
    readonly file: string;
    readonly passedOver: string;
}

const EXPECTED =
    "Expected: the output of `pulumi stack export` or of `pulumi preview --json --show-sames`, or a checkpoint.";

/** Each file once, however many ways it is named. Files of a folder that have nothing to do with Pulumi are left out. */
export async function* stacksIn(
    paths: readonly string[],
    onProgress?: (done: number, total: number) => void,
): AsyncGenerator<StacksOfFile | PassedOver> {
    const targets = distinct(paths.map(targetOf));
    const total = targets.reduce((sum, { files }) => sum + files.length, 0);
    let done = 0;
    for (const { path, files, isFolder, isRepeated, problem, passedOver } of targets) {
        let isEmpty = true;
        for (const { file, problem: unreadable } of files) {
            onProgress?.(done++, total);
            const stacks = unreadable === undefined ? await stacksOf(file, isFolder) : { file, problem: unreadable };
            if (stacks !== undefined) {
                isEmpty = false;
                yield stacks;
            }
        }
        for (const sentence of passedOver) {
            yield { file: path, passedOver: sentence };
        }
        if (problem !== undefined || (isEmpty && !isRepeated)) {
            yield { file: path, problem: problem ?? `holds no stacks. ${EXPECTED}` };
        }
    }
    onProgress?.(total, total);
}

/** Whether a file holds a stack, whatever its name. */
export async function holdsStack(file: string): Promise<boolean> {
    for await (const read of stacksIn([file])) {
        if ("states" in read) {
            return true;
        }
    }
    return false;
}

interface Target {
    readonly path: string;
    readonly files: readonly Found[];
    readonly isFolder: boolean;
    /** Whether some of its files, or all, are another target's already. */
    readonly isRepeated: boolean;
    readonly passedOver: readonly string[];
    readonly problem?: string;
}

function targetOf(path: string): Target {
    try {
        return { path, isRepeated: false, ...filesOf(path) };
    } catch (error) {
        return { path, files: [], isFolder: false, isRepeated: false, passedOver: [], problem: reasonOf(error) };
    }
}

function distinct(targets: readonly Target[]): Target[] {
    const seen = new Set<string>();
    return targets.map((target) => {
        const files = target.files.filter(({ file }) => {
            const before = seen.size;
            return seen.add(realPath(file)).size > before;
        });
        return { ...target, files, isRepeated: files.length < target.files.length };
    });
}

/** Nothing for a file of a folder that has nothing to do with Pulumi. */
async function stacksOf(file: string, inFolder: boolean): Promise<StacksOfFile | undefined> {
    try {
        const found = await statesIn(file, inFolder);
        return found && { file, ...found };
    } catch (error) {
        return { file, problem: reasonOf(error) };
    }
}

/** A function of its own, so that the text of a large file is freed before its stack is evaluated. */
async function statesIn(file: string, inFolder: boolean): Promise<Omit<Stacks, "file"> | undefined> {
    let text: string | undefined;
    let document: unknown;
    try {
        text = await textOf(file);
        document = parseJson(text);
    } catch (error) {
        if (inFolder && !(await isPulumis(file, text))) {
            return undefined;
        }
        throw error;
    }
    const states = await readStates(document);
    if (states === undefined && !inFolder) {
        throw new BadInput("is JSON, but not from Pulumi");
    }
    return states && { states };
}

/** Why a file cannot be checked, for people. */
export function reasonOf(error: unknown): string {
    if (error instanceof BadInput) {
        return error.hasAdvice ? error.message : `${error.message}. ${EXPECTED}`;
    }
    // Node's stack is what gives in first; the engine gives up at 10,000 levels.
    return error instanceof RangeError
        ? `is nested too deeply. ${EXPECTED}`
        : `cannot be checked because of a bug in apigateway-guard; please report it: ${(error as Error).message}`;
}
