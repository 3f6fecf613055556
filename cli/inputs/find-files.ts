/** The files of a folder that may hold a stack. */

import { isUtf8 } from "node:buffer";
import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { both, compare } from "../../stack/text";
import type { BadInput } from "../errors";
import { STDIN } from "./file-names";
import { orBadInput, readingProblem } from "./reading-problem";

/** A file to check, or what of a folder cannot be looked into, and why. */
export interface Found {
    readonly file: string;
    readonly problem?: string;
}

/** The files of a path. */
export interface FilesOf {
    readonly files: readonly Found[];
    readonly isFolder: boolean;
    /** What of a folder may hold stacks and is not looked at, in a sentence each. */
    readonly passedOver: readonly string[];
}

/**
 * The files of a path: itself, or those below it that may hold JSON. A file backend's folder gives its stacks only. Links
 * that lead out of a folder are not followed: they may lead to anything, such as /proc.
 */
export function filesOf(path: string): FilesOf {
    if (path === STDIN) {
        return { files: [{ file: path }], isFolder: false, passedOver: [] };
    }
    const isFolder = orBadInput(() => statSync(path).isDirectory());
    if (!isFolder) {
        return { files: [{ file: path }], isFolder, passedOver: [] };
    }
    const walk: Walk = {
        root: path,
        realRoot: orBadInput(() => realpathSync.native(path)),
        seen: new Set(),
        pastFolders: new Map(),
        backups: [],
        linksOut: [],
    };
    const files = filesBelow(path, walk);
    return { files, isFolder, passedOver: [...pastOf(walk), ...linksOutOf(walk)] };
}

/** What is known while a folder is looked through. */
interface Walk {
    readonly root: string;
    readonly realRoot: string;
    /** Real folders: each is looked into once, for links could lead around in circles, or to it in many ways. */
    readonly seen: Set<string>;
    /** How many files are under folders of earlier states, by the names of these. */
    readonly pastFolders: Map<string, number>;
    /** Copies of states that the CLI makes before it writes them. */
    readonly backups: string[];
    readonly linksOut: string[];
}

function filesBelow(folder: string, walk: Walk): Found[] {
    try {
        return filesIn(folder, walk);
    } catch (error) {
        return [{ file: folder, problem: readingProblem(error).message }];
    }
}

function filesIn(folder: string, walk: Walk): Found[] {
    const here = realpathSync.native(folder);
    if (walk.seen.has(here)) {
        return [];
    }
    walk.seen.add(here);
    // A name need not be text, and decoding two that are not may give the same text.
    const entries = readdirSync(folder, { withFileTypes: true, encoding: "buffer" }) as unknown as Dirent<Buffer>[];
    const named = entries.map((entry) => ({ entry, name: entry.name.toString("utf8"), isText: isUtf8(entry.name) }));
    named.sort((a, b) => compare(a.name, b.name));
    const has = (name: string) => named.some((one) => one.name === name);
    const past = PAST.filter(({ of }) => has(of)).flatMap(({ folders }) => folders.filter(has));
    for (const name of past) {
        notePast(join(folder, name), name, walk);
    }
    if (basename(folder) === ".pulumi" || (has("stacks") && has("meta.yaml"))) {
        return has("stacks") ? filesBelow(join(folder, "stacks"), walk) : [];
    }
    return named.flatMap(({ entry, name, isText }) => {
        const file = join(folder, name);
        if (!isText) {
            return entry.isFile() && !MAY_BE_STATE.test(name)
                ? []
                : [{ file, problem: "has a name that is not UTF-8, so it cannot be read" }];
        }
        const kind = kindOf(file, entry, walk.realRoot);
        switch (kind) {
            case "folder":
                return PASSED_OVER.includes(name) || past.includes(name) ? [] : filesBelow(file, walk);
            case "file":
                walk.backups.push(...(BACKUP.test(name) ? [file] : []));
                return MAY_BE_STATE.test(name) ? [{ file }] : [];
            case "link out":
                walk.linksOut.push(relative(walk.root, file));
                return [];
            case "other":
                return [];
            default:
                return [{ file, problem: kind.message }];
        }
    });
}

/** What a name stands for, behind links; an error if that cannot be found out. */
function kindOf(
    path: string,
    entry: Dirent<Buffer>,
    root: string,
): "folder" | "file" | "link out" | "other" | BadInput {
    let type: Pick<Stats, "isDirectory" | "isFile"> = entry;
    // Some file systems do not say what an entry is.
    if (!entry.isDirectory() && !entry.isFile()) {
        try {
            type = statSync(path);
            if (entry.isSymbolicLink() && mayHoldState(path, type) && !isWithin(realpathSync.native(path), root)) {
                return "link out";
            }
        } catch (error) {
            // A link that leads nowhere, or to itself; or what is gone since the folder was listed.
            const leadsNowhere = ["ENOENT", "ENOTDIR", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "");
            return leadsNowhere ? "other" : readingProblem(error);
        }
    }
    return type.isDirectory() ? "folder" : type.isFile() ? "file" : "other";
}

/** Whether a path is looked at if it is not a link. */
function mayHoldState(path: string, type: Pick<Stats, "isDirectory" | "isFile">): boolean {
    const name = basename(path);
    return type.isDirectory() ? !PASSED_OVER.includes(name) : type.isFile() && MAY_BE_STATE.test(name);
}

function isWithin(path: string, folder: string): boolean {
    return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Counts the files under a folder of earlier states; links are not followed. */
function notePast(folder: string, name: string, { pastFolders }: Walk): void {
    let count = 0;
    try {
        const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
        count = entries.filter((entry) => entry.isFile() && MAY_BE_STATE.test(entry.name)).length;
    } catch {
        // Not a folder, or one of the past that cannot be read.
    }
    if (count > 0) {
        pastFolders.set(name, (pastFolders.get(name) ?? 0) + count);
    }
}

function pastOf({ pastFolders, backups }: Walk): string[] {
    const count = backups.length + [...pastFolders.values()].reduce((sum, one) => sum + one, 0);
    const where = [
        ...(pastFolders.size === 0 ? [] : [`under ${both([...pastFolders.keys()].map((name) => `${name}/`))}`]),
        ...(backups.length === 0 ? [] : ["ending in .bak"]),
    ];
    const sentence =
        count === 1
            ? `1 file ${where.join()} is an earlier state and was not checked.`
            : `${count} files ${where.join(" or ")} are earlier states and were not checked.`;
    return count === 0 ? [] : [sentence];
}

const SHOWN = 3;

function linksOutOf({ linksOut }: Walk): string[] {
    const count = linksOut.length;
    const shown = linksOut.slice(0, SHOWN);
    const names = both([...shown, ...(count > SHOWN ? [`${count - SHOWN} more`] : [])]);
    const lead =
        count === 1 ? "1 link leads out of the folder and was" : `${count} links lead out of the folder and were`;
    return count === 0 ? [] : [`${lead} not followed: ${names}.`];
}

/** `dev.json.zst` is what the CLI writes with PULUMI_DIY_BACKEND_ZSTD. */
const MAY_BE_STATE = /\.json(\.gz|\.zst)?$/;
const BACKUP = /\.json(\.gz|\.zst)?\.bak$/;
const PASSED_OVER = ["node_modules", ".git"];

/**
 * Folders of earlier states, by the folder beside them that has the states of today: those of a file backend, and those of
 * the buckets of SST (https://github.com/sst/sst/blob/dev/pkg/project/provider/provider.go).
 */
const PAST: readonly { readonly of: string; readonly folders: readonly string[] }[] = [
    { of: "stacks", folders: ["backups", "history"] },
    { of: "app", folders: ["snapshot"] },
];
