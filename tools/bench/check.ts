/** What `apigateway-guard check` costs, side by side with what no check can save, and with the engine. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, type Command, comparison, table, takeTurns } from "./measure";
import { analysis, EMPTY_PACK } from "./packs";
import { generatedState } from "./states";

interface Goal {
    readonly what: string;
    readonly is: number;
    readonly most?: number;
    readonly least?: number;
}

/** A part of the page, and what was aimed at in it. */
interface Part {
    readonly text: string;
    readonly goals: readonly Goal[];
}

const COLUMNS = ["resources", "process", "seconds", "ratio", "memory, MB", "ratio"];
const CHECK = "`check`";

export async function benchCheck(bench: Bench): Promise<string> {
    const parts: Part[] = [];
    for (const part of [besideReading, besideEngine, besideFewerFiles, besideNode]) {
        parts.push(await part(bench));
    }
    return [goalTable(parts.flatMap(({ goals }) => goals)), ...parts.map(({ text }) => text)].join("\n\n");
}

function goalTable(goals: readonly Goal[]): string {
    const isMet = ({ is, most = Number.POSITIVE_INFINITY, least = 0 }: Goal) => is >= least && is <= most;
    const missed = goals.filter((goal) => !isMet(goal)).map(({ what }) => what);
    const rows = goals.map((goal) => {
        const { what, is, most, least } = goal;
        const aim = most === undefined ? `at least ${least}` : `at most ${most}`;
        return [what, aim, is.toFixed(2), isMet(goal) ? "yes" : "no"];
    });
    const verdict = missed.length === 0 ? "All targets are met." : `Missed: ${missed.join("; ")}.`;
    return `${verdict}\n\n${table(["target", "aim", "measured", "met"], rows)}`;
}

const READING = "reading and parsing";

/** As `pulumi stack export` writes them, but for the one in a line. */
const STATES: Readonly<Record<string, () => string>> = {
    "1,000": () => indented(generatedState(1000)),
    "10,000": () => indented(generatedState(10_000)),
    "50,000": () => indented(generatedState(50_000)),
    "50,000 in one line": () => JSON.stringify(generatedState(50_000)),
    "10,000, all of API Gateway": () => indented(generatedState(10_000, 1)),
};
const LARGE = "50,000";

async function besideReading(bench: Bench): Promise<Part> {
    const rows: string[][] = [];
    const goals: Goal[] = [];
    for (const [resources, text] of Object.entries(STATES)) {
        const file = written(bench, text());
        const commands = { [READING]: reading(file), [CHECK]: checking(bench, file) } as const;
        const results = await takeTurns(`check, resources: ${resources}`, commands, bench);
        rows.push(...comparison(resources, results));
        if (resources === LARGE) {
            const { [READING]: read, [CHECK]: check } = results;
            const what = (measure: string) => `${measure} of ${LARGE} resources, as a ratio to ${READING}`;
            goals.push({ what: what("seconds"), most: 2, is: check.seconds / read.seconds });
            goals.push({ what: what("memory"), most: 1.5, is: check.memory / read.memory });
        }
    }
    const about = `\`check\` of a state, and a Node process that only reads the same file and parses its JSON. One resource in twenty is of API
Gateway where nothing else is said.`;
    return { goals, text: `${about}\n\n${table(COLUMNS, rows)}` };
}

/** The engine takes half a minute for so many resources. */
const ENGINE_ROUNDS = 3;
const ENGINE = "`pulumi policy analyze`";

async function besideEngine(bench: Bench): Promise<Part> {
    const file = written(bench, indented(generatedState(10_000)));
    const commands = { [CHECK]: checking(bench, file), [ENGINE]: analysis(bench, EMPTY_PACK, file) };
    const rounds = Math.min(bench.rounds, ENGINE_ROUNDS);
    const results = await takeTurns("check and the engine, 10,000 resources", commands, { ...bench, rounds });
    const is = results[ENGINE].seconds / results[CHECK].seconds;
    const about = `\`check\` with this pack's policies, and the engine with a pack that has none; the memory is the pack's alone. Rounds: ${rounds}.`;
    return {
        goals: [{ what: "times as fast as the engine, 10,000 resources", least: 25, is }],
        text: `${about}\n\n${table(COLUMNS, comparison("10,000", results))}`,
    };
}

const FILES = ["1", "100", "1000"] as const;

async function besideFewerFiles(bench: Bench): Promise<Part> {
    const folders = FILES.map((files) => [files, checking(bench, folderOf(bench, Number(files)))]);
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
        goals: [{ what: "seconds per file of 1,000 files, as a ratio to 100 files", most: 1.1, is }],
        text: `\`check\` of a folder of files with 200 resources each.\n\n${table(["files", "seconds", "per file, ms", "memory, MB", "ratio"], rows)}`,
    };
}

const NODE = "`node -e 0`";

async function besideNode(bench: Bench): Promise<Part> {
    const file = written(bench, indented(generatedState(1)));
    const commands = { [NODE]: node("-e", "0"), [CHECK]: checking(bench, file) } as const;
    const results = await takeTurns("check, one resource", commands, bench);
    const rows = Object.entries(results).map(([name, { userSeconds, seconds, memory }]) => [
        name,
        userSeconds.toFixed(2),
        seconds.toFixed(2),
        memory.toFixed(0),
    ]);
    return {
        goals: [{ what: "user CPU seconds of one resource", most: 0.25, is: results[CHECK].userSeconds }],
        text: `\`check\` of a state with one resource, and Node that does nothing.\n\n${table(["process", "user CPU seconds", "seconds", "memory, MB"], rows)}`,
    };
}

function checking({ dist }: Bench, path: string): Command {
    return node(join(dist, "cli", "apigateway-guard.js"), "check", path);
}

function reading(file: string): Command {
    return node("-e", 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))', file);
}

function node(...args: readonly string[]): Command {
    return { command: process.execPath, args };
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

function written({ temp }: Bench, text: string): string {
    const file = join(temp, "state.json");
    writeFileSync(file, text);
    return file;
}

function indented(state: object): string {
    return `${JSON.stringify(state, null, 4)}\n`;
}
