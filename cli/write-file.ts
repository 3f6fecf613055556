/** Writing a report to a file. */

import { randomBytes } from "node:crypto";
import {
    accessSync,
    chmodSync,
    constants,
    lstatSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { BadInput } from "./errors";

/**
 * Writes beside the file and renames, so that the file is never half written: it has its old content or the new.
 *
 * @throws BadInput if it cannot be written
 */
export function writeOutput(file: string, text: string): void {
    try {
        const target = targetOf(file);
        if (target === undefined || !replaced(target, text)) {
            writeFileSync(file, text);
        }
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new BadInput(`${file} cannot be written: ${REASONS.get(code ?? "") ?? message}`);
    }
}

/**
 * The content of a file; none if it does not exist, or is not a regular file.
 *
 * @throws BadInput if it cannot be read
 */
export function contentOf(file: string): Buffer | undefined {
    try {
        return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new BadInput(`${file} cannot be read: ${REASONS.get(code ?? "") ?? message}`);
    }
}

/**
 * As `writeOutput`, but only if the file is still as it was read. Of processes that write a file at the same time, one
 * at a time looks at it and writes; the others fail, because they would lose what it wrote.
 *
 * @param before what `contentOf` answered before the text was made of it
 * @throws BadInput if the file has changed or is being written, or cannot be written
 */
export function writeUnlessChanged(file: string, before: Buffer | undefined, text: string): void {
    const release = lock(file);
    try {
        const now = contentOf(file);
        const isSame = before === undefined ? now === undefined : now?.equals(before);
        if (isSame) {
            writeOutput(file, text);
            return;
        }
        throw new BadInput(
            `${file} was changed by another process in the meantime. Nothing was written; run this again`,
        );
    } finally {
        release();
    }
}

/** After a minute, the process that made a lock has ended without removing it: the lock is held for milliseconds. */
const STALE_MILLISECONDS = 60_000;

/** Makes a file beside a file, which only one process can do, and answers a function that removes it. */
function lock(file: string): () => void {
    const path = join(dirname(targetOf(file) ?? file), `.${basename(file)}.lock`);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (modified !== undefined && Date.now() - modified > STALE_MILLISECONDS) {
        rmSync(path, { force: true });
    }
    try {
        writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            throw new BadInput(`${file} is being written by another process. Nothing was written; run this again`);
        }
        // Where no file can be made, the content is compared all the same.
        return () => undefined;
    }
    return () => rmSync(path, { force: true });
}

const REASONS: ReadonlyMap<string, string> = new Map([
    ["ENOENT", "its folder does not exist"],
    ["ENOTDIR", "its folder does not exist"],
    ["EISDIR", "it is a folder"],
    ["EACCES", "permission denied"],
    ["EPERM", "permission denied"],
    ["ENOSPC", "no space is left"],
]);

/** The file to replace, behind links; none for what cannot be replaced, such as a pipe, a device, or a link to nothing. */
function targetOf(file: string): string | undefined {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) {
        return file;
    }
    return statSync(file, { throwIfNoEntry: false })?.isFile() ? realpathSync(file) : undefined;
}

/** What keeps a folder from having another file, or a file from being replaced, though it may be written to. */
const IN_PLACE: readonly unknown[] = ["EACCES", "EPERM", "EBUSY"];

/** Whether the file has its new content; if not, it is as it was, and there may be another way. */
function replaced(target: string, text: string): boolean {
    const mode = statSync(target, { throwIfNoEntry: false })?.mode;
    const beside = join(dirname(target), `.apigateway-guard-${randomBytes(6).toString("hex")}.tmp`);
    try {
        if (mode !== undefined) {
            accessSync(target, constants.W_OK);
        }
        writeFileSync(beside, text, { flag: "wx" });
        if (mode !== undefined) {
            chmodSync(beside, mode);
        }
        renameSync(beside, target);
        return true;
    } catch (error) {
        rmSync(beside, { force: true });
        if (IN_PLACE.includes((error as NodeJS.ErrnoException).code)) {
            return false;
        }
        throw error;
    }
}
