import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(__dirname, "..");

/** All files that are published: the code that users run, compiled, and what a user reads or chooses from. */
export function publishedFiles(): string[] {
    const below = (folder: string) =>
        readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
    const code = ["stack", "aws", "pack", "policies", "cli"].flatMap(below);
    return [
        ...["CHANGELOG.md", "LICENSE", "PulumiPolicy.yaml", "README.md", "package.json"],
        ...["executable.js", "index.js"],
        ...code.map((file) => file.replace(/\.ts$/, ".js")),
        ...below("config"),
        "docs/live.schema.json",
    ].sort();
}
