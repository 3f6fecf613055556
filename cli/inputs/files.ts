/** Files, folders and standard input, up to the JSON in them. */

import { constants, isUtf8 } from "node:buffer";
import {
    createReadStream,
    type Dirent,
    fstatSync,
    readdirSync,
    readFileSync,
    realpathSync,
    type Stats,
    statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { compare } from "../../stack/text";
import { BadInput } from "../errors";
import { parseJson, shownPosition } from "./json";

export const STDIN = "-";

/** A file as messages name it. */
export function shownFile(file: string): string {
    return file === STDIN ? "standard input" : file;
}

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
    const isFolder = orBad(() => statSync(path).isDirectory());
    return { files: isFolder ? filesBelow(path) : [{ file: path }], isFolder };
}

/** Each real folder once, however many links lead to it: they could lead around in circles, or to it in many ways. */
function filesBelow(folder: string, seen = new Set<string>()): Found[] {
    try {
        return filesIn(folder, seen);
    } catch (error) {
        return [{ file: folder, problem: badInput(error).message }];
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
            return leadsNowhere ? "other" : badInput(error);
        }
    }
    return type.isDirectory() ? "folder" : type.isFile() ? "file" : "other";
}

const MAY_BE_STATE = /\.json(\.gz)?$/;
const PASSED_OVER = ["node_modules", ".git"];

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

/**
 * The text of a file, or of standard input.
 *
 * @throws BadInput if it cannot be read, or is not text
 */
export async function textOf(file: string): Promise<string> {
    if (file === STDIN) {
        return decode(await limited(process.stdin));
    }
    const stats = orBad(() => statSync(file));
    // Text of so many bytes does not fit; finding out by reading it takes long, and all of its size in memory.
    if (stats.size > 3 * constants.MAX_STRING_LENGTH) {
        throw new BadInput(TOO_LARGE);
    }
    if (stats.isDirectory()) {
        throw new BadInput("is a folder");
    }
    if (!stats.isFile() || stats.size === 0) {
        // A pipe can be read only once, and some devices never end; a file that says it is empty may be such, too.
        return decode(await limited(createReadStream(file)));
    }
    // Node reads text fastest when it decodes the bytes itself; it puts U+FFFD where bytes are not UTF-8.
    const text = orBad(() => readFileSync(file, "utf8"));
    return text.includes("\uFFFD") ? decode(orBad(() => readFileSync(file))) : withoutMark(text);
}

/** What each resource of a state or preview begins with. */
const MARK = "urn:pulumi:";

/**
 * Whether a file that is not JSON is one of Pulumi's all the same: cut off, or, where there is no text of it, by how it
 * begins, in UTF-16, compressed and broken, or larger than can be read.
 */
export async function isPulumis(file: string, text?: string): Promise<boolean> {
    if (text !== undefined) {
        return text.includes(MARK);
    }
    const begins = await beginning(createReadStream(file, { end: BEGINNING - 1 }));
    if (begins.length === 0) {
        // Nothing can be read of it, so that it may be anything.
        return true;
    }
    const plain = isGzip(begins) ? await beginning(Readable.from([begins]).pipe(createGunzip())) : begins;
    return [MARK, Buffer.from(MARK, "utf16le"), Buffer.from(MARK, "utf16le").swap16()].some((mark) =>
        plain.includes(mark),
    );
}

/** The first resource comes after little else. */
const BEGINNING = 2 ** 20;

/** As much as there is of the beginning of something that may break off. */
async function beginning(stream: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    try {
        await collect(stream, chunks, BEGINNING);
    } catch {
        // What came before is enough, or it is not.
    }
    return Buffer.concat(chunks);
}

/** @throws BadInput if the text is not JSON */
export function parse(text: string): unknown {
    if (!/\S/.test(text)) {
        throw new BadInput("is empty");
    }
    const parsed = parseJson(text);
    if ("error" in parsed) {
        throw new BadInput(`is not JSON: ${shownPosition(parsed.error)}`);
    }
    return parsed.value;
}

/** All of a stream, but no more than a text can be long: some never end, and some grow when they are unpacked. */
async function limited(stream: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size: number;
    try {
        size = await collect(stream, chunks, constants.MAX_STRING_LENGTH + 1);
    } catch (error) {
        throw badInput(error);
    }
    if (size > constants.MAX_STRING_LENGTH) {
        throw new BadInput(TOO_LARGE);
    }
    return Buffer.concat(chunks);
}

/** Reads a stream into `chunks`, until there are `enough` bytes. @returns how many there are */
async function collect(stream: Readable, chunks: Buffer[], enough: number): Promise<number> {
    let size = 0;
    for await (const chunk of stream) {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= enough) {
            break;
        }
    }
    return size;
}

function isGzip(bytes: Buffer): boolean {
    return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function decode(bytes: Buffer): Promise<string> {
    // A file backend writes `.json.gz` where PULUMI_DIY_BACKEND_GZIP says so.
    const plain = isGzip(bytes) ? await limited(Readable.from([bytes]).pipe(createGunzip())) : bytes;
    if ((plain[0] === 0xff && plain[1] === 0xfe) || (plain[0] === 0xfe && plain[1] === 0xff)) {
        throw new BadInput(
            "is UTF-16, as PowerShell's > writes it, not UTF-8. Use: pulumi stack export --file FILE",
            true,
        );
    }
    if (!isUtf8(plain)) {
        throw new BadInput("is not text in UTF-8");
    }
    return withoutMark(orBad(() => plain.toString("utf8")));
}

/** PowerShell and some editors put a byte order mark before UTF-8. */
function withoutMark(text: string): string {
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function orBad<T>(read: () => T): T {
    try {
        return read();
    } catch (error) {
        throw badInput(error);
    }
}

/** What Node throws when it cannot read something, in the words of a user. */
function badInput(error: unknown): BadInput {
    if (error instanceof BadInput) {
        return error;
    }
    const { code = "", message } = error as NodeJS.ErrnoException;
    return new BadInput(REASONS.get(code) ?? `cannot be read: ${message}`);
}

const TOO_LARGE = "is larger than the longest text that Node can hold (512 MiB)";

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
