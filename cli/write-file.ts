/** Writing a report to a file. */

import { randomBytes } from "node:crypto";
import {
    accessSync,
    chmodSync,
    constants,
    lstatSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
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
