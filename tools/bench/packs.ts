/** What the pack costs in `pulumi policy analyze`, side by side with an empty one. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../pulumi/command";
import { atMost, type Goal, withGoals } from "./goals";
import { type Bench, type Command, comparison, table, takeTurns } from "./measure";
import { generatedState } from "./states";

const CHECKOUT = join(__dirname, "..", "..");
export const EMPTY_PACK = join(__dirname, "empty-pack");
const EMPTY = "an empty pack, compiled";
const OURS = "this pack, compiled (`dist`)";

/** With the most seconds that the compiled pack may take, as a ratio to an empty one. */
const SIZES = [
    { size: 1, most: 1.05 },
    { size: 1000, most: 1.08 },
];

const ABOUT = `\`pulumi policy analyze\` of a state with one resource, and of one with 1,000 of which one in twenty is of API Gateway. The
packs take turns; ratios are to the empty pack of the same size.

What the compiled pack costs beyond an empty one grows with the resources, and nearly all of it is the policy SDK's: it turns a
resource into objects anew for each policy that may look at it, and its shortcut past that is for policies of a single type.
Ours read a type of \`@pulumi/aws\` and one of aws-native each. The TypeScript checkout is type-checked at each start.`;

export async function benchPacks(bench: Bench): Promise<string> {
    const packs = { [EMPTY]: EMPTY_PACK, [OURS]: bench.dist, "this pack, as TypeScript": CHECKOUT } as const;
    const rows: string[][] = [];
    const goals: Goal[] = [];
    for (const { size, most } of SIZES) {
        const state = join(bench.temp, "packs.json");
        writeFileSync(state, JSON.stringify(generatedState(size)));
        const commands = Object.entries(packs).map(([name, folder]) => [name, analysis(bench, folder, state)]);
        const all: Record<keyof typeof packs, Command> = Object.fromEntries(commands);
        const results = await takeTurns(`packs, resources: ${size}`, all, bench);
        rows.push(...comparison(`${size}`, results));
        const what = `seconds of the compiled pack as a ratio to an empty one, resources: ${size}`;
        goals.push(atMost(what, most, results[OURS].seconds / results[EMPTY].seconds));
    }
    const columns = ["resources", "pack", "seconds", "ratio", "pack's memory, MB", "ratio"];
    return withGoals([{ goals, text: `${ABOUT}\n\n${table(columns, rows)}` }]);
}

/** Only the pack's process writes, and at short intervals: the engine ends it without warning. */
const WHILE_PACK_RUNS = 'if (process.argv[1]?.includes("run-policy-pack")) setInterval(write, 20).unref();';

/** `pulumi policy analyze` of a state with a pack; the memory is the pack's. */
export function analysis({ cli, temp }: Bench, folder: string, state: string): Command {
    return {
        command: cli.binary,
        args: ["policy", "analyze", "--non-interactive", "--policy-pack", folder, "--file", state],
        env: environment(cli, temp),
        when: WHILE_PACK_RUNS,
    };
}
