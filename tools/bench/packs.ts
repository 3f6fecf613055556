/** What the pack costs in `pulumi policy analyze`, side by side with other packs. */

import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { type Bench, type Command, comparison, run, table, takeTurns } from "./measure";
import { generatedState } from "./states";

const ROOT = join(__dirname, "..", "..");
const SIZES = [1, 1000];

export const AWSGUARD = "0.3.1";

const ABOUT = `\`pulumi policy analyze\` of a state with one resource, and of one with 1,000 of which one in twenty is of API Gateway. The
packs take turns; ratios are to the empty pack of the same size.

What the compiled pack costs beyond an empty one grows with the resources, and nearly all of it is the policy SDK's: it turns a
resource into objects anew for each policy that may look at it, and its shortcut past that is for policies of a single type.
Ours read a type of \`@pulumi/aws\` and one of aws-native each. The TypeScript checkout is type-checked at each start.`;

interface Pack {
    readonly name: string;
    readonly folder: string;
}

export async function benchPacks(bench: Bench): Promise<string> {
    const packs = [
        emptyPack(bench),
        { name: "this pack, compiled (`dist`)", folder: bench.dist },
        { name: "this pack, as TypeScript", folder: ROOT },
        await awsguard(bench.temp),
    ];
    const rows: string[][] = [];
    for (const size of SIZES) {
        const state = join(bench.temp, "packs.json");
        writeFileSync(state, JSON.stringify(generatedState(size)));
        const commands = Object.fromEntries(packs.map(({ name, folder }) => [name, analysis(bench, folder, state)]));
        rows.push(...comparison(`${size}`, await takeTurns(`packs, ${size} resources`, commands, bench)));
    }
    return `${ABOUT}\n\n${table(["resources", "pack", "seconds", "ratio", "pack's memory, MB", "ratio"], rows)}`;
}

export function emptyPack({ below }: Bench): Pack {
    return pack(
        "an empty pack, compiled",
        join(below, "empty"),
        'new PolicyPack("empty", { policies: [] });',
        "@pulumi/policy",
        "PolicyPack",
    );
}

async function awsguard(folder: string): Promise<Pack> {
    const made = pack(
        `awsguard ${AWSGUARD}`,
        join(folder, "awsguard"),
        'new AwsGuard({ all: "advisory" });',
        "@pulumi/awsguard",
        "AwsGuard",
    );
    console.error(`Installing awsguard ${AWSGUARD}, about a minute.`);
    await run(
        "npm",
        ["install", "--no-audit", "--no-fund", "--ignore-scripts", `@pulumi/awsguard@${AWSGUARD}`],
        made.folder,
    );
    return made;
}

function pack(name: string, folder: string, code: string, module: string, imported: string): Pack {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "0.0.1", main: "index.js" }));
    writeFileSync(join(folder, "index.js"), `const { ${imported} } = require("${module}");\n${code}\n`);
    return { name, folder };
}

/** Only the pack's process writes, and at short intervals: the engine ends it without warning. */
const WHILE_PACK_RUNS =
    "if (process.argv.some((arg) => /^127\\.0\\.0\\.1:/.test(arg))) setInterval(write, 20).unref();";

/** `pulumi policy analyze` of a state with a pack; the memory is the pack's. */
export function analysis({ pulumi, temp }: Bench, folder: string, state: string): Command {
    return {
        command: pulumi,
        args: ["policy", "analyze", "--non-interactive", "--policy-pack", folder, "--file", state],
        env: {
            PATH: [dirname(pulumi), process.env.PATH, join(ROOT, "tools", "pulumi")].join(delimiter),
            PULUMI_HOME: join(temp, "home"),
            PULUMI_SKIP_UPDATE_CHECK: "1",
        },
        when: WHILE_PACK_RUNS,
    };
}
