/** `npm run release`: checks that a release can be made, and makes the files of it. It publishes nothing. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as semver from "semver";
import { SINGLE_FILE } from "./bundle";
import { fail } from "./failure";
import { sbom } from "./sbom";

const HELP = `Usage: npm run release -- [--dry-run]

Checks that the version in package.json can be released, and makes its files in release/: the tarball, the pack as a
single file, a bill of materials (CycloneDX) and the checksums of all three. Then prints the commands that publish them, and runs none of these.

  1. Nothing is changed or new in the checkout.
  2. The version is not tagged yet, and package-lock.json has it, too.
  3. CHANGELOG.md has a section for it with a date, and nothing is under Unreleased.
  4. All tests pass, and none is skipped for something that is not there.
  5. The package is built and packed from that.

Options:
      --dry-run  the same, but leave no files
  -h, --help     show this text`;

interface Manifest {
    readonly name: string;
    readonly version: string;
}

interface Options {
    readonly isDry: boolean;
    readonly log: (line: string) => void;
}

/**
 * @param root the checkout
 * @throws an error with all that is wrong with it, before tests are run; or because they or the build fail
 */
export function release(root: string, { isDry, log }: Options): void {
    const { version } = manifestIn(root);
    log(`Release ${version}${isDry ? ", dry run" : ""}`);
    const problems = [...problemsOfTree(root), ...problemsOfVersion(root), ...problemsOfChangelog(root)];
    if (problems.length > 0) {
        throw new Error(["This cannot be released:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
    }
    log("The checkout is clean, the version is new, and the changelog has it.");
    // With CI set, a test fails that would otherwise be skipped.
    run(root, "npm", ["test"], { CI: "true" });
    log("All tests pass.");
    run(root, "npm", ["run", "--silent", "build"]);
    const temporary = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    try {
        for (const line of filesOf(root, temporary)) {
            log(line);
        }
        if (!isDry) {
            rmSync(join(root, "release"), { recursive: true, force: true });
            cpSync(temporary, join(root, "release"), { recursive: true });
        }
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
    log(nextSteps(root));
}

function manifestIn(folder: string): Manifest {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function problemsOfTree(root: string): string[] {
    const changes = output(root, "git", ["status", "--porcelain"]).split("\n").filter(Boolean);
    return changes.length === 0
        ? []
        : [`The checkout has changes: ${changes.map((line) => line.slice(3)).join(", ")}.`];
}

function problemsOfVersion(root: string): string[] {
    const { version } = manifestIn(root);
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    return [
        ...(semver.valid(version) === version ? [] : [`The version ${version} is not one of Semantic Versioning.`]),
        ...(lock.version === version ? [] : [`package-lock.json has version ${lock.version}: run npm install.`]),
        ...(output(root, "git", ["tag", "--list", `v${version}`]) === ""
            ? []
            : [`There is a tag v${version} already.`]),
    ];
}

function problemsOfChangelog(root: string): string[] {
    const { version } = manifestIn(root);
    const sections = readFileSync(join(root, "CHANGELOG.md"), "utf8").split(/^## /m).slice(1);
    const textOf = (title: RegExp) =>
        sections
            .find((section) => title.test(section))
            ?.replace(/^.*\n/, "")
            .trim();
    const own = textOf(new RegExp(`^${version.replaceAll(".", "\\.")} - \\d{4}-\\d\\d-\\d\\d\n`));
    return [
        ...(own === undefined ? [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD".`] : []),
        ...(own === "" ? [`CHANGELOG.md says nothing about ${version}.`] : []),
        ...(textOf(/^Unreleased\n/)
            ? ["CHANGELOG.md has something under Unreleased: move it to the section of the version."]
            : []),
    ];
}

/** Makes the files of the release, and answers a line for each, as `sha256sum` writes it. */
function filesOf(root: string, folder: string): string[] {
    const dist = join(root, "dist");
    const { name, version } = manifestIn(root);
    const built = manifestIn(dist);
    if (built.name !== name || built.version !== version) {
        throw new Error(`dist/ has ${built.name} ${built.version} after the build, not ${name} ${version}.`);
    }
    mkdirSync(folder, { recursive: true });
    output(dist, "npm", ["pack", "--silent", "--pack-destination", folder]);
    cpSync(join(dist, SINGLE_FILE), join(folder, SINGLE_FILE));
    writeFileSync(join(folder, `${name}-${version}.cdx.json`), sbom(root, built));
    const sums = readdirSync(folder)
        .sort()
        .map((file) => {
            const sum = createHash("sha256").update(readFileSync(join(folder, file)));
            return `${sum.digest("hex")}  ${file}`;
        });
    writeFileSync(join(folder, "SHA256SUMS"), `${sums.join("\n")}\n`);
    return sums;
}

function nextSteps(root: string): string {
    const { name, version } = manifestIn(root);
    return `Next, after npm run release without --dry-run:
  git tag -a v${version} -m "${version}" && git push origin v${version}
  npm publish release/${name}-${version}.tgz
  cd dist && pulumi policy publish ORGANIZATION
and attach the files in release/ to the release of the tag.`;
}

function run(cwd: string, program: string, args: readonly string[], env: Record<string, string> = {}): void {
    try {
        execFileSync(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "inherit", "inherit"] });
    } catch {
        throw new Error(`${program} ${args.join(" ")} failed, so this cannot be released.`);
    }
}

function output(cwd: string, program: string, args: readonly string[]): string {
    return execFileSync(program, args, { cwd, encoding: "utf8" }).trimEnd();
}

function main(): void {
    try {
        const { values } = parseArgs({
            options: { "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } },
        });
        if (values.help) {
            console.log(HELP);
            return;
        }
        release(join(__dirname, ".."), { isDry: values["dry-run"] === true, log: console.log });
    } catch (error) {
        fail(error);
    }
}

if (require.main === module) {
    main();
}
