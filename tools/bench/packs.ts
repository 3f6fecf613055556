/** What the pack costs in `pulumi policy analyze`, side by side with an empty one. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { metadataOf } from "../../pack/metadata";
import type { Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { environment } from "../pulumi/command";
import { atMost, type Goal, type Part, withGoals } from "./goals";
import { type Bench, type Command, comparison, table, takeTurns } from "./measure";
import { generatedState } from "./states";

const CHECKOUT = join(__dirname, "..", "..");
export const EMPTY_PACK = join(__dirname, "empty-pack");
const IDLE_PACK = join(__dirname, "idle-pack");
/** Enables every policy that mirrors or supports a control. */
export const ALL_POLICIES = join(CHECKOUT, "config", "security-hub.json");

const EMPTY = "an empty pack, compiled";
const OURS = "this pack, compiled (`dist`)";
const IDLE = "policies that do nothing, compiled";
const COLUMNS = ["resources", "pack", "seconds", "ratio", "pack's memory, MB", "ratio"];

/** With the most seconds that the compiled pack may take, as a ratio to an empty one. */
const SIZES = [
    { size: 1, most: 1.05 },
    { size: 1000, most: 1.08 },
];

const ABOUT = `\`pulumi policy analyze\` of a state with one resource, and of one with 1,000 of which one in twenty is of API Gateway. The
packs take turns; ratios are to the empty pack of the same size. Policies have their defaults.

What the compiled pack costs beyond an empty one grows with the resources, and nearly all of it is the policy SDK's: it turns a
resource into objects anew for each policy that may look at it, and its shortcut past that is for policies of a single type.
Ours read a type of \`@pulumi/aws\` and one of aws-native each. The TypeScript checkout is type-checked at each start.`;

export async function benchPacks(bench: Bench): Promise<string> {
    return withGoals([await besideEmpty(bench), await besideIdle(bench)]);
}

async function besideEmpty(bench: Bench): Promise<Part> {
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
    return { goals, text: `${ABOUT}\n\n${table(COLUMNS, rows)}` };
}

const ALL_SIZE = 1000;
/** The most that our policies may take, as a ratio to as many that do nothing. */
const ALL_MOST = 1.05;

/** With all policies enabled, ours and as many of the same kinds, with the same metadata and schemas, that do nothing. */
async function besideIdle(bench: Bench): Promise<Part> {
    const state = join(bench.temp, "packs.json");
    writeFileSync(state, JSON.stringify(generatedState(ALL_SIZE)));
    const metadata = join(bench.temp, "policies.json");
    writeFileSync(metadata, idlePolicies(policies));
    const enabled = ["--policy-pack-config", ALL_POLICIES];
    const idle = analysis(bench, IDLE_PACK, state, enabled);
    const commands = {
        [EMPTY]: analysis(bench, EMPTY_PACK, state),
        [IDLE]: { ...idle, env: { ...idle.env, BENCH_POLICIES: metadata } },
        [OURS]: analysis(bench, bench.dist, state, enabled),
    } as const;
    const results = await takeTurns(`packs, all policies, resources: ${ALL_SIZE}`, commands, bench);
    const what = `seconds with all policies enabled, as a ratio to as many that do nothing, resources: ${ALL_SIZE}`;
    const about = `All policies that have a control, enabled by \`config/security-hub.json\`, beside an empty pack, and beside a pack of policies of
the same kinds, with the same metadata and schemas, that do nothing.`;
    return {
        goals: [atMost(what, ALL_MOST, results[OURS].seconds / results[IDLE].seconds)],
        text: `${about}\n\n${table(COLUMNS, comparison(`${ALL_SIZE}`, results))}`,
    };
}

/** What the idle pack reads of each policy: its kind, and as JSON all that the policy SDK gets, except for functions. */
export function idlePolicies(all: readonly Policy[]): string {
    return JSON.stringify(all.map((policy) => ({ kind: policy.kind, ...metadataOf(policy) })));
}

/** Only the pack's process writes, and at short intervals: the engine ends it without warning. */
const WHILE_PACK_RUNS = 'if (process.argv[1]?.includes("run-policy-pack")) setInterval(write, 20).unref();';

/** `pulumi policy analyze` of a state with a pack; the memory is the pack's. */
export function analysis({ cli, temp }: Bench, folder: string, state: string, more: readonly string[] = []): Command {
    return {
        command: cli.binary,
        args: ["policy", "analyze", "--non-interactive", "--policy-pack", folder, "--file", state, ...more],
        env: environment(cli, temp),
        when: WHILE_PACK_RUNS,
    };
}
