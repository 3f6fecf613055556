import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** The files of a gzipped tar archive, by path. Only what `npm pack` writes: plain files with short names (ustar). */
export function filesOf(tgz: Buffer): ReadonlyMap<string, Buffer> {
    const tar = gunzipSync(tgz);
    const files = new Map<string, Buffer>();
    const text = (from: number, length: number) =>
        tar
            .subarray(from, from + length)
            .toString()
            .replace(/\0.*$/s, "");
    for (let at = 0; tar[at] !== 0; ) {
        const [name, prefix, type] = [text(at, 100), text(at + 345, 155), text(at + 156, 1)];
        const size = Number.parseInt(text(at + 124, 12), 8);
        if (type !== "0" || !Number.isInteger(size) || at + BLOCK + size > tar.length) {
            throw new Error(`There is no plain file at ${at} of the archive.`);
        }
        files.set(prefix === "" ? name : `${prefix}/${name}`, tar.subarray(at + BLOCK, at + BLOCK + size));
        at += BLOCK * (1 + Math.ceil(size / BLOCK));
    }
    return files;
}
