import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FORMAT_NAMES } from "../../cli/report/formats";
import { inTemporaryFolder } from "../../tools/pulumi/command";
import { EXAMPLES } from "../examples";
import { publishedFiles } from "../published";
import { analyze } from "../support/engine/engine";
import { FIXTURES, fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";
import { verdicts } from "../support/engine/verdicts";

const ROOT = join(__dirname, "..", "..");
const DIST = join(ROOT, "dist");
const EXAMPLE = "rest-api-mistakes";

engineTier("the package", () => {
    it("holds these files and no others, in at most 700 kB", () => {
        const [packed] = JSON.parse(npm(["pack", "--dry-run", "--json"], DIST));
        assert.deepEqual(packed.files.map(({ path }: { path: string }) => path).sort(), publishedFiles());
        assert.ok(packed.size <= 190_000, `${packed.size} bytes packed`);
        assert.ok(packed.unpackedSize <= 700_000, `${packed.unpackedSize} bytes unpacked`);
    });

    it("has exact dependencies, those of the run time only, and no scripts", () => {
        const manifest = require(join(DIST, "package.json"));
        assert.deepEqual(Object.keys(manifest.dependencies), [
            ...["@grpc/grpc-js", "@pulumi/policy", "@pulumi/pulumi"],
            ...["commander", "fastest-levenshtein", "google-protobuf", "jsonc-parser", "jsonschema", "mustache"],
        ]);
        assert.equal(manifest.scripts, undefined);
        assert.equal(manifest.devDependencies, undefined);
    });

    it("runs from the checkout and, installed from the tarball, from elsewhere, commands included", () =>
        inTemporaryFolder(async (folder) => {
            const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], DIST));
            writeFileSync(join(folder, "package.json"), "{}");
            npm(["install", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
            const installed = (name: string) => join(folder, "node_modules", name);
            for (const pack of [DIST, installed("apigateway-guard"), installed(".bin/apigateway-guard-pack")]) {
                const analysis = await analyze(fixture(EXAMPLE), { pack });
                assert.deepEqual(verdicts(analysis), EXAMPLES[EXAMPLE]);
                assert.deepEqual(analysis.diagnostics, []);
            }
            const command = installed(".bin/apigateway-guard");
            const pack = execFileSync(command, ["pack"], { encoding: "utf8" }).trim();
            assert.equal(realpathSync(pack), realpathSync(installed(".bin/apigateway-guard-pack")));
            for (const format of FORMAT_NAMES) {
                const args = ["check", join(FIXTURES, `${EXAMPLE}.json`), "--format", format];
                assert.match(execFileSync(command, args, { encoding: "utf8" }), /never expires/);
            }
        }));
});

function npm(args: string[], cwd: string): string {
    return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
