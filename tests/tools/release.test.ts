import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { publishedManifest } from "../../tools/build";
import { release } from "../../tools/release";
import { sbom } from "../../tools/sbom";
import { withFolder } from "../support/folder";

const ROOT = join(__dirname, "..", "..");
const CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-25\n\n- Something.\n";
const BUILD =
    'const fs = require("fs"); fs.mkdirSync("dist", { recursive: true }); fs.copyFileSync("package.json", "dist/package.json"); fs.writeFileSync("dist/apigateway-guard-pack.cjs", "");';

describe("npm run release", () => {
    const { path, write } = withFolder();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: path(), stdio: "ignore" });
    const save = () => {
        git("add", "--all");
        git("-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "--message", "a");
    };

    /** A checkout of a package that can be released. */
    function checkout(test = "exit 0"): void {
        for (const left of [".git", "dist", "release"]) {
            rmSync(path(left), { recursive: true, force: true });
        }
        const scripts = { test, build: "node build.js" };
        const manifest = { name: "shop", version: "1.2.0", license: "Apache-2.0", scripts };
        write("package.json", JSON.stringify(manifest));
        write("package-lock.json", JSON.stringify({ ...manifest, lockfileVersion: 3, packages: { "": manifest } }));
        write("CHANGELOG.md", CHANGELOG);
        write("build.js", BUILD);
        write(".gitignore", "dist/\nrelease/\n");
        git("init", "--quiet");
        save();
    }

    function released(isDry: boolean): string[] {
        const lines: string[] = [];
        release(path(), { isDry, log: (line) => lines.push(...line.split("\n")) });
        return lines;
    }

    it("makes the tarball, the single file, the bill of materials and their checksums, and says what to run next", () => {
        checkout();
        const lines = released(false);
        const sums = readFileSync(path("release/SHA256SUMS"), "utf8").trim().split("\n");
        const files = ["apigateway-guard-pack.cjs", "shop-1.2.0.cdx.json", "shop-1.2.0.tgz"];
        assert.deepEqual(
            sums,
            files.map((file) => {
                const bytes = readFileSync(path(`release/${file}`));
                return `${createHash("sha256").update(bytes).digest("hex")}  ${file}`;
            }),
        );
        assert.deepEqual(lines, [
            "Release 1.2.0",
            "The checkout is clean, the version is new, and the changelog has it.",
            "All tests pass.",
            ...sums,
            ...NEXT,
        ]);
    });

    it("leaves nothing after a dry run", () => {
        checkout();
        const lines = released(true);
        assert.deepEqual([lines[0], lines.slice(-NEXT.length)], ["Release 1.2.0, dry run", NEXT]);
        assert.ok(!existsSync(path("release")));
    });

    it("names all that is wrong before it runs a test", () => {
        checkout("touch tested");
        git("tag", "v1.2.0");
        write("package-lock.json", '{ "version": "1.1.0" }');
        write("CHANGELOG.md", "## Unreleased\n\n- More.\n\n## 1.2.0\n\n- Something.\n");
        assert.throws(() => released(true), {
            message: `This cannot be released:
  The checkout has changes: CHANGELOG.md, package-lock.json.
  package-lock.json has version 1.1.0: run npm install.
  There is a tag v1.2.0 already.
  CHANGELOG.md has no section "## 1.2.0 - YYYY-MM-DD".
  CHANGELOG.md has something under Unreleased: move it to the section of the version.`,
        });
        assert.ok(!existsSync(path("tested")));
    });

    it("makes nothing of what says nothing, or does not pass its tests", () => {
        checkout("exit 1");
        assert.throws(() => released(true), { message: "npm test failed, so this cannot be released." });
        write("CHANGELOG.md", "## 1.2.0 - 2026-11-25\n\n## 1.1.0 - 2026-10-01\n\n- Old.\n");
        save();
        assert.throws(() => released(true), /: *\n {2}CHANGELOG.md says nothing about 1\.2\.0\.$/);
    });

    it("makes nothing of another package than it checked", () => {
        checkout();
        write("build.js", `${BUILD} fs.writeFileSync("dist/package.json", '{"name":"shop","version":"1.1.0"}');`);
        save();
        assert.throws(() => released(true), { message: "dist/ has shop 1.1.0 after the build, not shop 1.2.0." });
    });

    it("explains itself, and refuses what it does not know", () => {
        const start = (...args: string[]) =>
            spawnSync(process.execPath, ["-r", "ts-node/register/transpile-only", "tools/release.ts", ...args], {
                cwd: ROOT,
                encoding: "utf8",
            });
        assert.match(start("--help").stdout, /^Usage: npm run release -- \[--dry-run\]\n/);
        assert.equal(start("--force").status, 2);
    });
});

const NEXT = [
    "Next, after npm run release without --dry-run:",
    '  git tag -a v1.2.0 -m "1.2.0" && git push origin v1.2.0',
    "  npm publish release/shop-1.2.0.tgz",
    "  cd dist && pulumi policy publish ORGANIZATION",
    "and attach the files in release/ to the release of the tag.",
];

describe("npm run sbom", () => {
    interface Manifest {
        readonly name: string;
        readonly dependencies: Readonly<Record<string, string>>;
    }

    interface Component {
        readonly name: string;
        readonly version: string;
        readonly purl: string;
        readonly hashes: readonly unknown[];
    }

    it("lists what the package needs at run time, with versions and checksums, and nothing else", () => {
        const manifest = publishedManifest() as ReturnType<typeof publishedManifest> & Manifest;
        const { bomFormat, metadata, components, dependencies } = JSON.parse(sbom(ROOT, manifest));
        assert.deepEqual([bomFormat, metadata.component.name], ["CycloneDX", manifest.name]);
        const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
        for (const { name, version, purl, hashes } of components as readonly Component[]) {
            assert.equal(purl, `pkg:npm/${name.replace("@", "%40")}@${version}`);
            assert.equal(hashes.length, 1, name);
        }
        const listed = new Map((components as readonly Component[]).map((one) => [one.name, one.version]));
        for (const [name, version] of Object.entries(manifest.dependencies)) {
            assert.equal(listed.get(name), version);
            assert.equal(lock[`node_modules/${name}`].version, version);
        }
        const others = ["mocha", "@biomejs/biome", "@pulumi/aws", "@aws-sdk/client-sts"];
        assert.deepEqual(
            others.filter((name) => listed.has(name)),
            [],
        );
        assert.equal(dependencies.length, components.length + 1);
    });
});
