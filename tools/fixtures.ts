/** `npm run fixtures`: runs every example in the real engine, without the pack, and records the states. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLE_NAMES, programOf } from "../examples";
import { withStack } from "./pulumi/engine";
import { FIXTURES, recorded } from "./recorded-state";

async function main(): Promise<void> {
    mkdirSync(FIXTURES, { recursive: true });
    for (const example of EXAMPLE_NAMES) {
        const options = { project: example, stack: "dev", pack: null };
        await withStack(programOf(example), options, async (stack) => {
            const { exitCode, stderr } = await stack.up();
            if (exitCode !== 0) {
                throw new Error(`pulumi up of ${example} failed:\n${stderr}`);
            }
            const file = join(FIXTURES, `${example}.json`);
            writeFileSync(file, `${JSON.stringify(recorded(await stack.export()), null, 2)}\n`);
            console.log(file);
        });
    }
}

if (require.main === module) {
    void main();
}
