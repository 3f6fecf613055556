import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a schema in this folder, by the name of its file. */
export function schema(file: string): string {
    return readFileSync(join(__dirname, file), "utf8");
}
