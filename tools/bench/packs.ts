/** What the pack costs in `pulumi policy analyze`, side by side with an empty one. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { metadataOf } from "../../pack/metadata";
import type { Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { SINGLE_FILE } from "../bundle";
import { environment } from "../pulumi/command";
import { atMost, type Goal, type Part, withGoals } from "./goals";
import { installedAwsguard } from "./installation";
import { type Bench, type Command, table, takeTurns, type Usage } from "./measure";
import { generatedState } from "./states";

const CHECKOUT = join(__dirname, "..", "..");
/** The folder of a pack without policies. */
export const EMPTY_PACK = join(__dirname, "empty-pack");
const IDLE_PACK = join(__dirname, "idle-pack");
/** Enables every policy that mirrors or supports a control. */
export const ALL_POLICIES = join(CHECKOUT, "config", "security-hub.json");

const EMPTY = "an empty pack, compiled";
const OURS = "this pack, as a folder (`dist`)";
const EXECUTABLE = "this pack, as an executable";
const SINGLE = "this pack, as a single file";
const AWSGUARD = "awsguard";
const IDLE = "policies that do nothing, compiled";
const COLUMNS = ["resources", "pack", "seconds", "ratio", "pack's CPU seconds", "ratio", "pack's memory, MB", "ratio"];

/** The most that a pack may take, as a ratio to an empty one. */
interface Limits {
    /** Of the seconds of the whole command, which the engine has its part of. */
    readonly seconds?: number;
    /** Of the processor's seconds in the pack's process. */
    readonly cpu?: number;
    /** Of the memory of the pack's process. */
    readonly memory?: number;
}

const SIZES: readonly { readonly size: number; readonly limits: Readonly<Record<string, Limits>> }[] = [
    {
        size: 1,
        limits: { [OURS]: { seconds: 1.05 }, [EXECUTABLE]: { seconds: 0.5, cpu: 0.3, memory: 0.5 } },
    },
    { size: 1000, limits: { [OURS]: { seconds: 1.08 }, [EXECUTABLE]: { memory: 0.5 } } },
];

const ABOUT = `\`pulumi policy analyze\` of a state with one resource, and of one with 1,000 of which one in twenty is of API Gateway. The
packs take turns; ratios are to the empty pack of the same size. Policies have their defaults. The seconds are those of the whole
command, CPU and memory those of the pack's own process.

As a folder, the pack is served by the policy SDK, which turns a resource into objects anew for each policy that may look at it, and
whose shortcut past that is for policies of a single type. Ours read a type of \`@pulumi/aws\` and one of aws-native each. The
executable and the single file speak the engine's protocol themselves. The TypeScript checkout is type-checked at each start.`;

/** Measures `pulumi policy analyze` with each pack, and returns a part of the page, with its goals. */
export async function benchPacks(bench: Bench): Promise<string> {
    return withGoals([await besideEmpty(bench), await besideIdle(bench)]);
}

async function besideEmpty(bench: Bench): Promise<Part> {
    const packs = {
        [EMPTY]: EMPTY_PACK,
        [OURS]: bench.dist,
        [EXECUTABLE]: join(bench.dist, "executable.js"),
        [SINGLE]: join(bench.dist, SINGLE_FILE),
        [AWSGUARD]: installedAwsguard(bench),
        "this pack, as TypeScript": CHECKOUT,
    } as const;
    const rows: string[][] = [];
    const goals: Goal[] = [];
    for (const { size, limits } of SIZES) {
        const state = join(bench.temp, "packs.json");
        writeFileSync(state, JSON.stringify(generatedState(size)));
        const commands = Object.entries(packs).map(([name, pack]) => [name, analysis(bench, pack, state)] as const);
        const results = await takeTurns(`packs, resources: ${size}`, Object.fromEntries(commands), bench);
        rows.push(...rowsOf(size, results));
        goals.push(...Object.entries(limits).flatMap(([name, limit]) => goalsOf(name, limit, size, results, EMPTY)));
    }
    return { goals, text: `${ABOUT}\n\n${table(COLUMNS, rows)}` };
}

type Results = Readonly<Record<string, Usage>>;

const FIGURES = { seconds: "seconds", cpu: "userSeconds", memory: "memory" } as const;

function ratioOf(figure: keyof Usage, results: Results, name: string, to: string): number {
    return (results[name]?.[figure] ?? Number.NaN) / (results[to]?.[figure] ?? Number.NaN);
}

function rowsOf(size: number, results: Results): string[][] {
    const [first = ""] = Object.keys(results);
    return Object.entries(results).map(([name, usage]) => [
        `${size}`,
        name,
        ...Object.values(FIGURES).flatMap((figure) => [
            usage[figure].toFixed(figure === "memory" ? 0 : 2),
            ratioOf(figure, results, name, first).toFixed(2),
        ]),
    ]);
}

function goalsOf(name: string, limits: Limits, size: number, results: Results, to: string): Goal[] {
    return Object.entries(limits).map(([limit, most]) => {
        const figure = FIGURES[limit as keyof Limits];
        const what = `${limit} of ${name}, as a ratio to ${to}, resources: ${size}`;
        return atMost(what, most, ratioOf(figure, results, name, to));
    });
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
        [EXECUTABLE]: analysis(bench, join(bench.dist, "executable.js"), state, enabled),
        [SINGLE]: analysis(bench, join(bench.dist, SINGLE_FILE), state, enabled),
    } as const;
    const results = await takeTurns(`packs, all policies, resources: ${ALL_SIZE}`, commands, bench);
    const about = `All policies that have a control, enabled by \`config/security-hub.json\`, beside an empty pack, and beside a pack of policies of
the same kinds, with the same metadata and schemas, that do nothing.`;
    return {
        goals: [
            ...goalsOf(OURS, { seconds: ALL_MOST }, ALL_SIZE, results, IDLE),
            ...goalsOf(EXECUTABLE, { cpu: 0.8, memory: 0.5 }, ALL_SIZE, results, EMPTY),
        ].map((goal) => ({ ...goal, what: `with all policies, ${goal.what}` })),
        text: `${about}\n\n${table(COLUMNS, rowsOf(ALL_SIZE, results))}`,
    };
}

/** What the idle pack reads of each policy: its kind, and as JSON all that the policy SDK gets, except for functions. */
export function idlePolicies(all: readonly Policy[]): string {
    return JSON.stringify(all.map((policy) => ({ kind: policy.kind, ...metadataOf(policy) })));
}

/** Only the pack's process writes, and at short intervals: the engine ends it without warning. */
const WHILE_PACK_RUNS = `const pack = /run-policy-pack|executable\\.js$|${SINGLE_FILE}$/;
if (pack.test(process.argv[1] ?? "")) setInterval(write, 20).unref();`;

/** `pulumi policy analyze` of a state with a pack; the memory is the pack's. */
export function analysis({ cli, temp }: Bench, pack: string, state: string, more: readonly string[] = []): Command {
    return {
        command: cli.binary,
        args: ["policy", "analyze", "--non-interactive", "--policy-pack", pack, "--file", state, ...more],
        env: environment(cli, temp),
        when: WHILE_PACK_RUNS,
    };
}
