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
    header.writeUIntLE((content.length << 3) | 1, BLOCK, 3);
    return Buffer.concat([header, content]);
}

/** The same, but for the type of the block, which is one that does not exist. */
export function brokenZstd(text: string): Buffer {
    const bytes = zstd(text);
    bytes.writeUInt8(bytes.readUInt8(BLOCK) | BLOCK_TYPE, BLOCK);
    return bytes;
}

/** Whether bytes are what `brokenZstd` returns, and not what `zstd` does. */
export function isBrokenZstd(bytes: Buffer): boolean {
    return (bytes.readUInt8(BLOCK) & BLOCK_TYPE) !== 0;
}

/** Where the header of the block is, and which bits of it are its type. */
const BLOCK = 9;
const BLOCK_TYPE = 0b110;
