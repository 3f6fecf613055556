/** `npm run sbom`: what the package needs at run time, at the versions of package-lock.json, as CycloneDX. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedManifest } from "./build";
import { fail } from "./failure";

/**
 * The bill of materials in JSON. `npm sbom --omit dev` in a checkout leaves out what packages for development need, too
 * (seen with npm 11: @pulumi/pulumi). So npm first takes those out of a copy of the lock file, which needs no network.
 *
 * @param manifest the package.json of what is published
 */
export function sbom(root: string, manifest: object): string {
    const temporary = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    try {
        // npm calls the whole after its folder.
        const folder = join(temporary, (manifest as { name: string }).name);
        mkdirSync(folder);
        writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
        cpSync(join(root, "package-lock.json"), join(folder, "package-lock.json"));
        const npm = (...args: string[]) =>
            execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
        npm("install", "--package-lock-only", "--offline", "--ignore-scripts", "--no-audit", "--no-fund");
        return npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only");
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

if (require.main === module) {
    try {
        process.stdout.write(sbom(join(__dirname, ".."), publishedManifest()));
    } catch (error) {
        fail(error);
    }
}
