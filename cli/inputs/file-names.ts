/** Names of files, and which of them name the same file. */

import { fstatSync, realpathSync, statSync } from "node:fs";

/** The name that stands for standard input, or, where something is written, for standard output. */
export const STDIN = "-";

/** A file as messages name it. */
export function shownFile(file: string): string {
    return file === STDIN ? "standard input" : file;
}

/** What identifies a file, however it is named. */
export function realPath(file: string): string {
    try {
        return realpathSync(file);
    } catch {
        return file;
    }
}

/** Whether two names, `-` for standard input included, are of one file. A file that does not exist is none. */
export function isSameFile(a: string, b: string): boolean {
    const [one, other] = [a, b].map((file) => {
        try {
            return file === STDIN ? fstatSync(0, { bigint: true }) : statSync(file, { bigint: true });
        } catch {
            return undefined;
        }
    });
    return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
