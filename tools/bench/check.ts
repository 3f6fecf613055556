/** What `apigateway-guard check` costs, side by side with what no check can save, and with the engine. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { guard, node, written } from "./commands";
import { atLeast, atMost, type Goal, type Part, withGoals } from "./goals";
import { type Bench, type Command, comparison, table, takeTurns } from "./measure";
import { ALL_POLICIES, analysis, EMPTY_PACK } from "./packs";
import { generatedState, slimState } from "./states";

const COLUMNS = ["resources", "process", "seconds", "ratio", "memory, MB", "ratio"];
const CHECK = "`check`";
const CHECK_ALL = "`check` with all policies";

/** Measures `check`, and returns the part of docs/benchmark.md about it, with its goals. */
export async function benchCheck(bench: Bench): Promise<string> {
    const parts: Part[] = [];
    for (const part of [besideReading, besideFewerResources, besideEngine, besideFewerFiles, besideNode]) {
        parts.push(await part(bench));
    }
    return withGoals(parts);
}

const READING = "reading and parsing";
const READ = 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))';

/** What is aimed at, by its name in the targets. */
const MEASURES = {
    seconds: [CHECK, "seconds"],
    memory: [CHECK, "memory"],
    "seconds with all policies": [CHECK_ALL, "seconds"],
} as const;

interface State {
    readonly resources: string;
    readonly text: () => string;
    /** The most that `check` may take, as ratios to reading and parsing. */
    readonly most?: Readonly<Partial<Record<keyof typeof MEASURES, number>>>;
}

const SLIM_STAGES = 640;

/** As `pulumi stack export` writes them, but for those in one line. */
const STATES: readonly State[] = [
    { resources: "1,000", text: () => indented(generatedState(1000)) },
    { resources: "10,000", text: () => indented(generatedState(10_000)) },
    {
        resources: "50,000",
        text: () => indented(generatedState(50_000)),
        most: { seconds: 2, memory: 1.5, "seconds with all policies": 2.5 },
    },
    { resources: "50,000 in one line", text: () => JSON.stringify(generatedState(50_000)) },
    {
        resources: "50,000 slim, in one line",
        text: () => JSON.stringify(slimState(50_000, SLIM_STAGES)),
        most: { seconds: 2, "seconds with all policies": 2.5 },
    },
    { resources: "10,000, all of API Gateway", text: () => indented(generatedState(10_000, 1)) },
];

async function besideReading(bench: Bench): Promise<Part> {
    const rows: string[][] = [];
    const goals: Goal[] = [];
    for (const { resources, text, most = {} } of STATES) {
        const file = written(bench, text());
        const commands = {
            [READING]: node("-e", READ, file),
            [CHECK]: guard(bench, "check", file),
            [CHECK_ALL]: guard(bench, "check", file, ["--config", ALL_POLICIES]),
        } as const;
        const results = await takeTurns(`check, resources: ${resources}`, commands, bench);
        rows.push(...comparison(resources, results));
        for (const [name, [contender, measure]] of Object.entries(MEASURES)) {
            const limit = most[name as keyof typeof MEASURES];
            const is = results[contender][measure] / results[READING][measure];
            const what = `${name} as a ratio to ${READING}, resources: ${resources}`;
            goals.push(...(limit === undefined ? [] : [atMost(what, limit, is)]));
        }
    }
    const about = `\`check\` of a state, with the defaults of the policies and with all of them enabled by \`config/security-hub.json\`, and a
Node process that only reads the same file and parses its JSON. One resource in twenty is of API Gateway where nothing else is said.
Slim resources have some 550 bytes each, and ${SLIM_STAGES} of them are stages; the others have 1,400 without indentation.`;
    return { goals, text: `${about}\n\n${table(COLUMNS, rows)}` };
}

async function besideFewerResources(bench: Bench): Promise<Part> {
    const of = (size: number) =>
        guard(bench, "check", written(bench, indented(generatedState(size, 1)), `state-${size}.json`));
    const commands = { "1": of(1), "1,000": of(1000), "10,000": of(10_000) };
    const results = await takeTurns("check, all of API Gateway", commands, bench);
    const least = results["1"].seconds;
    const [few, many] = [(results["1,000"].seconds - least) / 1000, (results["10,000"].seconds - least) / 10_000];
    const rows = [
        ["1,000", results["1,000"].seconds.toFixed(2), (1e6 * few).toFixed(0)],
        ["10,000", results["10,000"].seconds.toFixed(2), (1e6 * many).toFixed(0)],
    ];
    const what = "cost of one of 10,000 resources, all of API Gateway, as a ratio to one of 1,000";
    const about = `\`check\` of a state whose resources are all API Gateway's, and what each adds to the ${least.toFixed(2)} s of a state with one.`;
    return {
        goals: [atMost(what, 1.3, many / few)],
        text: `${about}\n\n${table(["resources", "seconds", "per resource, µs"], rows)}`,
    };
}

/** The engine takes half a minute for so many resources. */
const ENGINE_ROUNDS = 3;
const ENGINE = "`pulumi policy analyze`";

async function besideEngine(bench: Bench): Promise<Part> {
    const file = written(bench, indented(generatedState(10_000)));
    const commands = { [CHECK]: guard(bench, "check", file), [ENGINE]: analysis(bench, EMPTY_PACK, file) };
    const rounds = Math.min(bench.rounds, ENGINE_ROUNDS);
    const results = await takeTurns("check and the engine, 10,000 resources", commands, { ...bench, rounds });
    const is = results[ENGINE].seconds / results[CHECK].seconds;
    const about = `\`check\` with this pack's policies, and the engine with a pack that has none; the memory is the pack's alone. Rounds: ${rounds}.`;
    return {
        goals: [atLeast("times as fast as the engine, 10,000 resources", 25, is)],
        text: `${about}\n\n${table(COLUMNS, comparison("10,000", results))}`,
    };
}

const FILES = ["1", "100", "1000"] as const;

async function besideFewerFiles(bench: Bench): Promise<Part> {
    const folders = FILES.map((files) => [files, guard(bench, "check", folderOf(bench, Number(files)))]);
    const commands: Record<(typeof FILES)[number], Command> = Object.fromEntries(folders);
    const results = await takeTurns("check, folders", commands, bench);
    const rows = FILES.map((files) => {
        const { seconds, memory } = results[files];
        const ratio = memory / results["1"].memory;
        return [
            files,
            seconds.toFixed(2),
            ((1000 * seconds) / Number(files)).toFixed(1),
            memory.toFixed(0),
            ratio.toFixed(2),
        ];
    });
    const is = results["1000"].seconds / results["100"].seconds / 10;
    return {
        goals: [atMost("seconds per file of 1,000 files, as a ratio to 100 files", 1.1, is)],
        text: `\`check\` of a folder of files with 200 resources each.\n\n${table(["files", "seconds", "per file, ms", "memory, MB", "ratio"], rows)}`,
    };
}

const NODE = "`node -e 0`";

async function besideNode(bench: Bench): Promise<Part> {
    const file = written(bench, indented(generatedState(1)));
    const commands = { [NODE]: node("-e", "0"), [CHECK]: guard(bench, "check", file) } as const;
    const results = await takeTurns("check, one resource", commands, bench);
    const rows = Object.entries(results).map(([name, { userSeconds, seconds, memory }]) => [
        name,
        userSeconds.toFixed(2),
        seconds.toFixed(2),
        memory.toFixed(0),
    ]);
    return {
        goals: [atMost("user CPU seconds of one resource", 0.25, results[CHECK].userSeconds)],
        text: `\`check\` of a state with one resource, and Node that does nothing.\n\n${table(["process", "user CPU seconds", "seconds", "memory, MB"], rows)}`,
    };
}

function folderOf({ temp }: Bench, files: number): string {
    const folder = join(temp, `${files}-files`);
    const text = indented(generatedState(200));
    mkdirSync(folder);
    for (let index = 0; index < files; index++) {
        writeFileSync(join(folder, `${index}.json`), text);
    }
    return folder;
}

function indented(state: object): string {
    return `${JSON.stringify(state, null, 4)}\n`;
}
