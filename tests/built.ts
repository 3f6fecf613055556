import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** The command line, compiled. */
export const COMMAND = join(ROOT, "dist", "cli", "apigateway-guard.js");

/** Many tests run what is compiled; if it were older than its source they would prove nothing. */
export function assertBuilt(): void {
    const built = statSync(join(ROOT, "dist", "package.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const sources = ["apigateway", "cli", "policies"].flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(ROOT, folder, file)),
    );
    if ([join(ROOT, "index.ts"), ...sources].some((file) => statSync(file).mtimeMs > built)) {
        throw new Error("The compiled pack is older than its source. Run `npm run build` first.");
    }
}
