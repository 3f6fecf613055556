/**
 * Runs the pack on the programs in a folder, with the Pulumi CLI and the Node.js that come first on PATH: fails unless
 * preview, update, `policy analyze` and `check` say of each what they have to.
 */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../cli/commands/check";
import { inTemporaryFolder, theCli } from "../pulumi/command";
import { analyze, type Ran, withStack } from "../pulumi/engine";
import type { Row } from "./rows";

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
        const options = { project: name, stack: "dev", manner: row.manner };
        await withStack(
            async () => program(),
            options,
            async (stack) => {
                assertFinds(await stack.preview(), found, `preview of ${name}`);
                assertFinds(await stack.up(), found, `up of ${name}`);
                const state = await stack.export();
                assertFinds(await analyze(state), found, `policy analyze of ${name}`);
                assert.deepEqual(await checked(state), found, `check of ${name}`);
            },
        );
    }
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
