/** What two versions of the command are compared on: states and previews, in batches of files. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import {
    ACCOUNT_SHAPES,
    LOG_GROUP_SHAPES,
    programOf,
    REST_SHAPES,
    type Shape,
    V2_SHAPES,
} from "../../tests/engine/shapes";
import { fileOf, previewOf, resourcesAmong, resourcesOf } from "../../tests/support/generated/files";
import { type Program, programs } from "../../tests/support/generated/programs";
import { type Declared, MOMENTS } from "../../tests/support/wire/declare";
import type { ResourceRow, StackRow } from "../../tests/support/wire/table";
import { withStack } from "../pulumi/engine";
import { findPulumi } from "../pulumi/find";

const ROOT = join(__dirname, "..", "..");

/** Files of one folder: their contents by name. */
export type Batch = Readonly<Record<string, unknown>>;

/** How many generated stacks one run of the command gets. */
const BATCH_SIZE = 500;

/** Generated stacks in batches, the same ones for the same seed: each as deployed, and as a preview of one kind. */
export function* generatedBatches(stacks: number, seed: number): Generator<Batch> {
    for (let first = 0; first < stacks; first += BATCH_SIZE) {
        const numRuns = Math.min(BATCH_SIZE, stacks - first);
        // Half of them are ordinary programs.
        const all = fc.sample(fc.oneof(programs("ordinary"), programs("any")), { numRuns, seed: seed + first });
        yield Object.fromEntries(all.flatMap((program, at) => generatedFiles(program, first + at)));
    }
}

/** A stack as deployed, and as a preview whose kind follows from its number. */
function generatedFiles(program: Program, number: number): [string, unknown][] {
    const previews = [
        () => previewOf(resourcesOf(program, "first preview")),
        () => previewOf(resourcesOf(program, "first preview, provider v6")),
        () => previewOf(resourcesAmong(program, (urn) => urn.length % 2 === 0)),
        () => previewOf(resourcesOf(program, "deployed"), "update"),
    ];
    const preview = previews[number % previews.length] as () => unknown;
    return [
        [`${number}.state.json`, fileOf(resourcesOf(program, "deployed"))],
        [`${number}.preview.json`, preview()],
    ];
}

/** The stacks of the rows in tests/policies, at each moment. */
export function rowBatch(): Batch {
    const files = givenOfRows().flatMap((resources, number) =>
        MOMENTS.map((moment) => [
            `row-${number}.${moment.replace(/\W+/g, "-")}.json`,
            fileOf(resourcesOf({ resources }, moment)),
        ]),
    );
    return Object.fromEntries(files);
}

type Rows = readonly (StackRow | ResourceRow)[];

/** Loads the tests of policies with tables that only note what their rows are given. */
function givenOfRows(): Declared[][] {
    const given: Declared[][] = [];
    const note = (rows: Rows) => given.push(...rows.map((row) => [row.given].flat() as Declared[]));
    const table = require.resolve("../../tests/support/wire/table");
    const exports = {
        stackTable: (_policy: unknown, rows: Rows) => note(rows),
        resourceTable: (_policy: unknown, _pack: unknown, rows: Rows) => note(rows),
        remediationTable: (_policy: unknown, _pack: unknown, rows: Rows) => note(rows),
        configTable: () => undefined,
        withPack: () => () => undefined,
    };
    require.cache[table] = Object.assign(new (require("node:module"))(table), { exports, loaded: true });
    const nothing = () => ({ timeout: () => undefined });
    const describe = (_what: string, define: () => void) => define();
    Object.assign(globalThis, { describe, it: nothing, before: nothing, after: nothing });
    const folder = join(ROOT, "tests", "policies");
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.ts"))) {
        require(join(folder, file));
    }
    return given;
}

const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
    rest: REST_SHAPES,
    "log-groups": LOG_GROUP_SHAPES,
    v2: V2_SHAPES,
    accounts: ACCOUNT_SHAPES,
};

/** The shapes of real programs, previewed and deployed by the real engine; `undefined` without a Pulumi CLI. */
export async function shapeBatch(): Promise<Batch | undefined> {
    if ((await findPulumi()) === undefined) {
        return undefined;
    }
    const files: Record<string, unknown> = {};
    for (const [name, shapes] of Object.entries(SHAPES)) {
        for (const manner of ["v7", "late-v6"] as const) {
            const taken = shapes.filter(({ beforeV7 }) => manner === "late-v6" || !beforeV7);
            const options = { project: name, stack: manner, pack: null, manner };
            await withStack(programOf(taken), options, async (stack) => {
                const { stdout } = await stack.preview(undefined, ["--json", "--show-sames"]);
                files[`${name}.${manner}.preview.json`] = JSON.parse(stdout);
                await stack.up();
                files[`${name}.${manner}.state.json`] = await stack.export();
            });
        }
    }
    return files;
}
