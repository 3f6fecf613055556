/** Bytes of files. */

import type { Readable } from "node:stream";

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
