/** Bytes of files, and what unpacks them. */

import type { Readable, Transform } from "node:stream";
import * as zlib from "node:zlib";

/** Reads a stream into `chunks`, until there are `enough` bytes. @returns how many there are */
export async function collect(stream: Readable, chunks: Buffer[], enough: number): Promise<number> {
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

/** Whether bytes are the beginning of a gzip file. */
export function isGzip(bytes: Buffer): boolean {
    return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Whether bytes are the beginning of a zstd file (RFC 8878, 3.1.1). */
export function isZstd(bytes: Buffer): boolean {
    return bytes.length >= 4 && bytes.readUInt32LE() === 0xfd2fb528;
}

/** What unpacks a stream. */
export type Unpack = () => Transform;

/** Unpacks zstd; `false` before Node 22.15, which cannot. */
export const UNZSTD: Unpack | false =
    (zlib as { readonly createZstdDecompress?: Unpack }).createZstdDecompress ?? false;
