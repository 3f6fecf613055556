import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder for the tests of a `describe`, removed after them. */
export function withFolder(): { readonly path: (...names: string[]) => string; readonly write: Write } {
    let folder = "";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    const path = (...names: string[]) => join(folder, ...names);
    return {
        path,
        write: (name, content) => {
            const file = path(name);
            mkdirSync(dirname(file), { recursive: true });
            const isRaw = typeof content === "string" || Buffer.isBuffer(content);
            writeFileSync(file, isRaw ? content : JSON.stringify(content));
            return file;
        },
    };
}

/** Writes a file, and its folders, and returns its path. Content that is neither text nor bytes is written as JSON. */
type Write = (name: string, content: unknown) => string;
