/** Whether a file that cannot be read as JSON is one of Pulumi's. */

import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { collect, isGzip, isZstd, UNZSTD, type Unpack } from "./bytes";

/** What each resource of a state or preview begins with. */
const MARK = "urn:pulumi:";

/**
 * Whether a file that is not JSON is one of Pulumi's all the same: cut off, or, where there is no text of it, by how it
 * begins, in UTF-16, compressed and broken, or larger than can be read. What cannot be unpacked may be one of them.
 *
 * @param unzstd what unpacks zstd, if anything does
 */
export async function isPulumis(file: string, text?: string, unzstd: Unpack | false = UNZSTD): Promise<boolean> {
    if (text !== undefined) {
        return text.includes(MARK);
    }
    const begins = await beginning(createReadStream(file, { end: BEGINNING - 1 }));
    const unpack = isGzip(begins) ? createGunzip : isZstd(begins) && unzstd;
    if (begins.length === 0 || (unpack === false && isZstd(begins))) {
        // Nothing can be read of it, so that it may be anything.
        return true;
    }
    const plain = unpack === false ? begins : await beginning(Readable.from([begins]).pipe(unpack()));
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
