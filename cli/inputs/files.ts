/** Files, folders and standard input, up to the JSON in them. */

import { constants, isUtf8 } from "node:buffer";
import { fstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseJson, shownPosition } from "./json";

/** Why a file cannot be checked: a sentence after the file's name, without its full stop. */
export class BadInput extends Error {
    /** @param hasAdvice the message itself says what to do, so what was expected need not be added */
    constructor(
        message: string,
        readonly hasAdvice = false,
    ) {
        super(message);
    }
}

export const STDIN = "-";

/** A file as messages name it. */
export function shownFile(file: string): string {
    return file === STDIN ? "standard input" : file;
}

/** The files of a path: itself, or those below it that may hold JSON. A file backend's folder gives its stacks only. */
export function filesOf(path: string): { readonly files: readonly string[]; readonly isFolder: boolean } {
    if (path === STDIN) {
        return { files: [path], isFolder: false };
    }
    const isFolder = orBad(() => statSync(path).isDirectory());
    return { files: isFolder ? orBad(() => filesBelow(path)) : [path], isFolder };
}

/** @param above the real paths of the folders it is in, so that links do not lead around in circles */
function filesBelow(folder: string, above: readonly string[] = []): string[] {
    const here = realpathSync(folder);
    if (above.includes(here)) {
        return [];
    }
    const names = readdirSync(folder).sort();
    // Beside the stacks, a backend keeps backups and the history of each, which are states of the past.
    if (basename(folder) === ".pulumi" || (names.includes("stacks") && names.includes("meta.yaml"))) {
        return names.includes("stacks") ? filesBelow(join(folder, "stacks"), [...above, here]) : [];
    }
    return names.flatMap((name) => {
        const path = join(folder, name);
        const stats = statsOf(path);
        if (!stats?.isDirectory()) {
            return stats?.isFile() && /\.json(\.gz)?$/.test(name) ? [path] : [];
        }
        try {
            return PASSED_OVER.includes(name) ? [] : filesBelow(path, [...above, here]);
        } catch {
            // A folder that cannot be listed cannot be read either, and reading it says why.
            return [path];
        }
    });
}

/** `undefined` for a link that leads nowhere. */
function statsOf(path: string): Stats | undefined {
    try {
        return statSync(path);
    } catch {
        return undefined;
    }
}

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
        return decode(await readStdin());
    }
    const stats = orBad(() => statSync(file));
    // Text of so many bytes does not fit; finding out by reading it takes long, and all of its size in memory.
    if (stats.size > 3 * constants.MAX_STRING_LENGTH) {
        throw new BadInput(TOO_LARGE);
    }
    if (!stats.isFile()) {
        // A pipe can be read only once.
        return decode(orBad(() => readFileSync(file)));
    }
    // Node reads text fastest when it decodes the bytes itself; it puts U+FFFD where bytes are not UTF-8.
    const text = orBad(() => readFileSync(file, "utf8"));
    return text.includes("\uFFFD") ? decode(orBad(() => readFileSync(file))) : withoutMark(text);
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

async function readStdin(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
    // A file backend writes `.json.gz` where PULUMI_DIY_BACKEND_GZIP says so.
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isGzip ? orBad(() => gunzipSync(bytes)) : bytes;
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

/** What Node throws when it cannot read something, in the words of a user. */
function orBad<T>(read: () => T): T {
    try {
        return read();
    } catch (error) {
        if (error instanceof BadInput) {
            throw error;
        }
        const { code = "", message } = error as NodeJS.ErrnoException;
        throw new BadInput(REASONS.get(code) ?? `cannot be read: ${message}`);
    }
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
        ERR_STRING_TOO_LONG: TOO_LARGE,
        ERR_FS_FILE_TOO_LARGE: TOO_LARGE,
        ERR_BUFFER_TOO_LARGE: TOO_LARGE,
        Z_BUF_ERROR: "is a gzip file that ends too early",
        Z_DATA_ERROR: "is a broken gzip file",
    }),
);
