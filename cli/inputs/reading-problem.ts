/** Why a file or folder cannot be read, in the words of a user. */

import { BadInput } from "../errors";

/** @throws BadInput in place of the errors of Node */
export function orBadInput<T>(read: () => T): T {
    try {
        return read();
    } catch (error) {
        throw readingProblem(error);
    }
}

/** What Node throws when it cannot read something, in the words of a user. */
export function readingProblem(error: unknown): BadInput {
    if (error instanceof BadInput) {
        return error;
    }
    const { code = "", message } = error as NodeJS.ErrnoException;
    return new BadInput(REASONS.get(code) ?? `cannot be read: ${message}`);
}

/** What is wrong with a file that no text can hold. */
export const TOO_LARGE = "is larger than the longest text that Node can hold (512 MiB)";

const REASONS = new Map(
    Object.entries({
        ENOENT: "does not exist",
        ENOTDIR: "does not exist",
        EISDIR: "is a folder",
        ELOOP: "is a link to itself",
        EACCES: "cannot be read: permission denied",
        EPERM: "cannot be read: permission denied",
        ENAMETOOLONG: "cannot be read: its path is too long",
        ERR_STRING_TOO_LONG: TOO_LARGE,
        ERR_FS_FILE_TOO_LARGE: TOO_LARGE,
        ERR_BUFFER_TOO_LARGE: TOO_LARGE,
        Z_BUF_ERROR: "is a gzip file that ends too early",
        Z_DATA_ERROR: "is a broken gzip file",
    }),
);
