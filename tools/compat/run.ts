/**
 * Runs the pack on the programs in a folder, with the Pulumi CLI and the Node.js that come first on PATH: fails unless
 * preview, update, `policy analyze` and `check` say of each what they have to.
 */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as semver from "semver";
import { check } from "../../cli/commands/check";
import { SINGLE_FILE } from "../bundle";
import { inTemporaryFolder, theCli } from "../pulumi/command";
import { analyze, type Ran, withStack } from "../pulumi/engine";
import type { Row } from "./rows";

const DIST = join(__dirname, "..", "..", "dist");

type Program = () => Record<string, unknown> | undefined;

interface Task {
    readonly row: Row;
    /** What has to be found in each, as `policy: resource name`. */
    readonly programs: Readonly<Record<string, readonly string[]>>;
}

async function main([folder = "", task = ""]: readonly string[]): Promise<void> {
    const { row, programs }: Task = JSON.parse(task);
    const [, name = "", version] = /^(.+)@(.+)$/.exec(row.program) ?? [];
    // Version 5 writes its own version with a "v".
    const used = require(join(folder, "node_modules", name, "package.json")).version.replace(/^v/, "");
    const { version: cli } = await theCli();
    assert.deepEqual([cli, process.versions.node, used], [row.cli, row.node, version]);
    for (const [name, found] of Object.entries(programs)) {
        const program: Program = require(join(folder, name));
        for (const [form, pack] of packsFor(row.cli)) {
            const options = { project: name, stack: "dev", manner: row.manner, pack };
            await withStack(
                async () => program(),
                options,
                async (stack) => {
                    assertFinds(await stack.preview(), found, `preview of ${name}, ${form}`);
                    assertFinds(await stack.up(), found, `up of ${name}, ${form}`);
                    const state = await stack.export();
                    assertFinds(await analyze(state, { pack }), found, `policy analyze of ${name}, ${form}`);
                    assert.deepEqual(await checked(state), found, `check of ${name}`);
                },
            );
        }
    }
}

/** The forms of the pack that a release of the CLI takes. */
function packsFor(cli: string): readonly (readonly [form: string, path: string])[] {
    const folder = ["folder", DIST] as const;
    return semver.lt(cli, "3.255.0")
        ? [folder]
        : [folder, ["executable", join(DIST, "executable.js")], ["single file", join(DIST, SINGLE_FILE)]];
}

function assertFinds({ events, exitCode, stdout, stderr }: Ran, expected: readonly string[], what: string): void {
    assert.equal(exitCode, 0, `${what} ended with ${exitCode}:\n${stdout}${stderr}`);
    const found = events.flatMap(({ policyEvent }) =>
        policyEvent === undefined
            ? []
            : [`${policyEvent.policyName}: ${policyEvent.resourceUrn?.split("::").at(-1) ?? ""}`],
    );
    assert.deepEqual(found.sort(), expected, what);
}

async function checked(state: object): Promise<string[]> {
    return inTemporaryFolder(async (folder) => {
        const file = join(folder, "state.json");
        writeFileSync(file, JSON.stringify(state));
        const { findings, problems } = await check([file]);
        assert.deepEqual(problems, []);
        return findings.map(({ policy, name }) => `${policy}: ${name}`).sort();
    });
}

void main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
