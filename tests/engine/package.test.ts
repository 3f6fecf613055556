import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FORMAT_NAMES } from "../../cli/formats";
import { EXAMPLES } from "../examples";
import { analyze } from "../support/engine/engine";
import { FIXTURES, fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";
import { verdicts } from "../support/engine/verdicts";

const ROOT = join(__dirname, "..", "..");
const DIST = join(ROOT, "dist");
const EXAMPLE = "rest-api-mistakes";

/** All that is published. */
const FILES = [
    "CHANGELOG.md",
    "LICENSE",
    "PulumiPolicy.yaml",
    "README.md",
    ...["account", "api", "execution-log", "log-group", "logging-level", "messages", "method-path", "resource"].map(
        (name) => `apigateway/${name}.js`,
    ),
    ...["rest-stage", "v2-stage", "values"].map((name) => `apigateway/${name}.js`),
    ...["apigateway-guard", "check", "config", "config-schema", "deployment", "findings", "input", "judge"].map(
        (name) => `cli/${name}.js`,
    ),
    ...["location", "preview", "properties", "read-state", "report", "rules", "state", "tool"].map(
        (name) => `cli/${name}.js`,
    ),
    ...["characters", "github", "html", "index", "json", "junit", "markdown", "sarif", "text"].map(
        (name) => `cli/formats/${name}.js`,
    ),
    ...["html.html", "junit.xml"].map((name) => `cli/formats/${name}`),
    ...["advisory", "mandatory", "remediate"].map((name) => `config/${name}.json`),
    ...["executable.js", "index.js", "package.json"],
    ...["account-cloudwatch-role", "method-settings-data-trace", "method-settings-logging-level"].map(
        (name) => `policies/apigateway-${name}.js`,
    ),
    ...["execution-log-group", "execution-logging"].map((name) => `policies/apigateway-stage-${name}.js`),
    ...["data-trace", "execution-logging"].map((name) => `policies/apigatewayv2-stage-${name}.js`),
    "policies/cloudwatch-log-group-retention.js",
    ...["config", "framework", "levels", "remediation", "scope"].map((name) => `policies/common/${name}.js`),
    "policies/index.js",
];

engineTier("the package", () => {
    it("holds these files and no others, in at most 250 kB", () => {
        const [packed] = JSON.parse(npm(["pack", "--dry-run", "--json"], DIST));
        assert.deepEqual(packed.files.map(({ path }: { path: string }) => path).sort(), [...FILES].sort());
        assert.ok(packed.size <= 100_000, `${packed.size} bytes packed`);
        assert.ok(packed.unpackedSize <= 250_000, `${packed.unpackedSize} bytes unpacked`);
    });

    it("has exact dependencies, those of the run time only, and no scripts", () => {
        const manifest = require(join(DIST, "package.json"));
        assert.deepEqual(Object.keys(manifest.dependencies), [
            ...["@pulumi/policy", "@pulumi/pulumi"],
            ...["ajv", "commander", "mustache"],
        ]);
        assert.equal(manifest.scripts, undefined);
        assert.equal(manifest.devDependencies, undefined);
    });

    it("runs from the checkout and, installed from the tarball, from elsewhere, commands included", async () => {
        const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
        try {
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
            for (const format of FORMAT_NAMES) {
                const args = ["check", join(FIXTURES, `${EXAMPLE}.json`), "--format", format];
                assert.match(execFileSync(command, args, { encoding: "utf8" }), /never expires/);
            }
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});

function npm(args: string[], cwd: string): string {
    return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
