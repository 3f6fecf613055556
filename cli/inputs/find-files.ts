/** The files of a folder that may hold a stack. */

import { isUtf8 } from "node:buffer";
import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { compare } from "../../stack/text";
import type { BadInput } from "../errors";
import { STDIN } from "./file-names";
import { orBadInput, readingProblem } from "./reading-problem";

/** A file to check, or what of a folder cannot be looked into, and why. */
export interface Found {
    readonly file: string;
    readonly problem?: string;
}

/** The files of a path: itself, or those below it that may hold JSON. A file backend's folder gives its stacks only. */
export function filesOf(path: string): { readonly files: readonly Found[]; readonly isFolder: boolean } {
    if (path === STDIN) {
        return { files: [{ file: path }], isFolder: false };
    }
    const isFolder = orBadInput(() => statSync(path).isDirectory());
    return { files: isFolder ? filesBelow(path) : [{ file: path }], isFolder };
}

/** Each real folder once, however many links lead to it: they could lead around in circles, or to it in many ways. */
function filesBelow(folder: string, seen = new Set<string>()): Found[] {
    try {
        return filesIn(folder, seen);
    } catch (error) {
        return [{ file: folder, problem: readingProblem(error).message }];
    }
}

function filesIn(folder: string, seen: Set<string>): Found[] {
    const here = realpathSync.native(folder);
    if (seen.has(here)) {
        return [];
    }
    seen.add(here);
    // A name need not be text, and decoding two that are not may give the same text.
    const entries = readdirSync(folder, { withFileTypes: true, encoding: "buffer" }) as unknown as Dirent<Buffer>[];
    const named = entries.map((entry) => ({ entry, name: entry.name.toString("utf8"), isText: isUtf8(entry.name) }));
    named.sort((a, b) => compare(a.name, b.name));
    // Beside the stacks, a backend keeps backups and the history of each, which are states of the past.
    const has = (name: string) => named.some((one) => one.name === name);
    if (basename(folder) === ".pulumi" || (has("stacks") && has("meta.yaml"))) {
        return has("stacks") ? filesBelow(join(folder, "stacks"), seen) : [];
    }
    return named.flatMap(({ entry, name, isText }) => {
        const file = join(folder, name);
        if (!isText) {
            return entry.isFile() && !MAY_BE_STATE.test(name)
                ? []
                : [{ file, problem: "has a name that is not UTF-8, so it cannot be read" }];
        }
        const kind = kindOf(file, entry);
        switch (kind) {
            case "folder":
                return PASSED_OVER.includes(name) ? [] : filesBelow(file, seen);
            case "file":
                return MAY_BE_STATE.test(name) ? [{ file }] : [];
            case "other":
                return [];
            default:
                return [{ file, problem: kind.message }];
        }
    });
}

/** What a name stands for, behind links; an error if that cannot be found out. */
function kindOf(path: string, entry: Dirent<Buffer>): "folder" | "file" | "other" | BadInput {
    let type: Pick<Stats, "isDirectory" | "isFile"> = entry;
    // Some file systems do not say what an entry is.
    if (!entry.isDirectory() && !entry.isFile()) {
        try {
            type = statSync(path);
        } catch (error) {
            // A link that leads nowhere, or to itself; or what is gone since the folder was listed.
            const leadsNowhere = ["ENOENT", "ENOTDIR", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "");
            return leadsNowhere ? "other" : readingProblem(error);
        }
    }
    return type.isDirectory() ? "folder" : type.isFile() ? "file" : "other";
}

const MAY_BE_STATE = /\.json(\.gz)?$/;
const PASSED_OVER = ["node_modules", ".git"];
