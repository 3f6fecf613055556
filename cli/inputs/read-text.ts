/** The text of a file or of standard input, be it compressed or not. */

import { constants, isUtf8 } from "node:buffer";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BadInput } from "../errors";
import { collect, isGzip, isZstd, UNZSTD, type Unpack } from "./bytes";
import { STDIN } from "./file-names";
import { orBadInput, readingProblem, TOO_LARGE } from "./reading-problem";

/**
 * The text of a file, or of standard input.
 *
 * @param unzstd what unpacks zstd, if anything does
 * @throws BadInput if it cannot be read, or is not text
 */
export async function textOf(file: string, unzstd: Unpack | false = UNZSTD): Promise<string> {
    if (file === STDIN) {
        return decode(await limited(process.stdin), unzstd);
    }
    const stats = orBadInput(() => statSync(file));
    // Text of so many bytes does not fit; finding out by reading it takes long, and all of its size in memory.
    if (stats.size > 3 * constants.MAX_STRING_LENGTH) {
        throw new BadInput(TOO_LARGE);
    }
    if (stats.isDirectory()) {
        throw new BadInput("is a folder");
    }
    if (!stats.isFile() || stats.size === 0) {
        // A pipe can be read only once, and some devices never end; a file that says it is empty may be such, too.
        return decode(await limited(createReadStream(file)), unzstd);
    }
    // Node reads text fastest when it decodes the bytes itself; it puts U+FFFD where bytes are not UTF-8.
    const text = orBadInput(() => readFileSync(file, "utf8"));
    return text.includes("\uFFFD")
        ? decode(
              orBadInput(() => readFileSync(file)),
              unzstd,
          )
        : withoutMark(text);
}

/** All of a stream, but no more than a text can be long: some never end, and some grow when they are unpacked. */
async function limited(stream: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size: number;
    try {
        size = await collect(stream, chunks, constants.MAX_STRING_LENGTH + 1);
    } catch (error) {
        throw readingProblem(error);
    }
    if (size > constants.MAX_STRING_LENGTH) {
        throw new BadInput(TOO_LARGE);
    }
    return Buffer.concat(chunks);
}

async function decode(bytes: Buffer, unzstd: Unpack | false): Promise<string> {
    const plain = await unpacked(bytes, unzstd);
    if ((plain[0] === 0xff && plain[1] === 0xfe) || (plain[0] === 0xfe && plain[1] === 0xff)) {
        throw new BadInput(
            "is UTF-16, as PowerShell's > writes it, not UTF-8. Use: pulumi stack export --file FILE",
            true,
        );
    }
    if (!isUtf8(plain)) {
        throw new BadInput("is not text in UTF-8");
    }
    return withoutMark(orBadInput(() => plain.toString("utf8")));
}

/** A file backend writes `.json.gz` with PULUMI_DIY_BACKEND_GZIP, and `.json.zst` with PULUMI_DIY_BACKEND_ZSTD. */
async function unpacked(bytes: Buffer, unzstd: Unpack | false): Promise<Buffer> {
    if (isGzip(bytes)) {
        return limited(Readable.from([bytes]).pipe(createGunzip()));
    }
    if (!isZstd(bytes)) {
        return bytes;
    }
    if (unzstd === false) {
        throw new BadInput(
            "is compressed with zstd, which Node 22.15 or later reads. Or use: pulumi stack export",
            true,
        );
    }
    try {
        return await limited(Readable.from([bytes]).pipe(unzstd()));
    } catch (error) {
        throw error instanceof BadInput && error.message === TOO_LARGE ? error : new BadInput("is a broken zstd file");
    }
}

/** PowerShell and some editors put a byte order mark before UTF-8. */
function withoutMark(text: string): string {
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
