/** How many bytes are before the content of what `zstd` returns. */
export const FRAME_HEADER = 12;

/** A text as a zstd file: a frame of one block that is not compressed (RFC 8878). It has to be shorter than 128 KiB. */
export function zstd(text: string): Buffer {
    const content = Buffer.from(text);
    const header = Buffer.alloc(FRAME_HEADER);
    header.writeUInt32LE(0xfd2fb528, 0);
    // A single segment, whose size has four bytes.
    header[4] = 0b1010_0000;
    header.writeUInt32LE(content.length, 5);
    // The last block, of type raw.
    header.writeUIntLE((content.length << 3) | 1, 9, 3);
    return Buffer.concat([header, content]);
}
