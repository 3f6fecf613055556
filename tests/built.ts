import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** The command line, compiled. */
export const COMMAND = join(ROOT, "dist", "cli", "apigateway-guard.js");

/** Folders without sources of what is compiled. */
const OTHERS = /^(\..*|coverage|dist|docs|examples|node_modules|tests|tools)$/;

/** Many tests run what is compiled; if it were older than its source they would prove nothing. */
export function assertBuilt(): void {
    const built = statSync(join(ROOT, "dist", "package.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const sources = readdirSync(ROOT, { withFileTypes: true })
        .filter((entry) => (entry.isDirectory() ? !OTHERS.test(entry.name) : entry.name.endsWith(".ts")))
        .flatMap((entry) => (entry.isDirectory() ? filesIn(entry.name) : [entry.name]));
    if (sources.some((file) => statSync(join(ROOT, file)).mtimeMs > built)) {
        throw new Error("The compiled pack is older than its source. Run `npm run build` first.");
    }
}

function filesIn(folder: string): string[] {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
}
