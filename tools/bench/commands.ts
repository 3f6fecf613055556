/** The Node processes that are measured, and the files that they read. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Command } from "./measure";

/** A Node.js process with these arguments. */
export function node(...args: readonly string[]): Command {
    return { command: process.execPath, args };
}

/** `apigateway-guard check`, or `report`, of a file. */
export function guard(
    { dist }: Pick<Bench, "dist">,
    command: "check" | "report",
    path: string,
    more: readonly string[] = [],
): Command {
    return node(join(dist, "cli", "apigateway-guard.js"), command, path, ...more);
}

/** Writes a text into the temporary folder of the benchmark, and returns the path of the file. */
export function written({ temp }: Pick<Bench, "temp">, text: string, name = "state.json"): string {
    const file = join(temp, name);
    writeFileSync(file, text);
    return file;
}
