/** Processes measured side by side. */

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiCli } from "../pulumi/find";

/** What a benchmark is made with. */
export interface Bench {
    /** The compiled pack. */
    readonly dist: string;
    readonly cli: PulumiCli;
    readonly rounds: number;
    /** A folder for whatever is written. */
    readonly temp: string;
}

/** The time and memory that a process used. */
export interface Usage {
    readonly seconds: number;
    /** Seconds of a processor in the program itself, not in the system. */
    readonly userSeconds: number;
    /** The largest that the process was, in MB. */
    readonly memory: number;
}

/** A command that is a Node process, or starts the one to measure. */
export interface Command {
    readonly command: string;
    readonly args: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
    /** JavaScript that calls `write` in the process to measure, and in no other; left out, it does so at its end. */
    readonly when?: string;
    /** The seconds after which the process is ended. */
    readonly limit?: number;
}

/**
 * By renaming, so that there is a whole file whenever the process is ended. Linux counts into the largest size of a process
 * also that of the one which started it, so the memory comes from elsewhere there.
 */
const WRITE = `
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const largest = () => {
    const [, kilobytes] = /^VmHWM:\\s+(\\d+)/m.exec(readFileSync("/proc/self/status", "utf8"));
    return Number(kilobytes);
};
const write = () => {
    const usage = process.resourceUsage();
    const maxRSS = process.platform === "linux" ? largest() : usage.maxRSS;
    writeFileSync(process.env.BENCH_USAGE + ".new", JSON.stringify({ ...usage, maxRSS }));
    renameSync(process.env.BENCH_USAGE + ".new", process.env.BENCH_USAGE);
};
`;

/** @throws Error if the command fails or is ended */
export async function measure(temp: string, { when, env, ...command }: Command): Promise<Usage> {
    const usage = join(temp, "usage.json");
    const hook = join(temp, "hook.js");
    writeFileSync(usage, "{}");
    writeFileSync(hook, WRITE + (when ?? 'process.on("exit", write);'));
    const hooked = { NODE_OPTIONS: `--require ${JSON.stringify(hook)}`, BENCH_USAGE: usage };
    const start = process.hrtime.bigint();
    const { code, stderr } = await run({ ...command, env: { ...(env ?? process.env), ...hooked } }, temp);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (code !== 0) {
        const how = code === null ? "was ended" : "failed";
        throw new Error(`${command.command} ${command.args[0]} ${how} after ${seconds.toFixed(1)} s:\n${stderr}`);
    }
    const { maxRSS, userCPUTime }: NodeJS.ResourceUsage = JSON.parse(readFileSync(usage, "utf8"));
    return { seconds, userSeconds: userCPUTime / 1e6, memory: maxRSS / 1024 };
}

/** The exit code of a command, `null` if it was ended. */
export async function exitCodeOf(temp: string, command: Command): Promise<number | null> {
    const { code, stderr } = await run(command, temp);
    process.stderr.write(stderr);
    return code;
}

function run(
    { command, args, env = process.env, limit = 0 }: Command,
    cwd: string,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
    return new Promise((done, fail) => {
        const child = spawn(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"], timeout: 1000 * limit });
        let stderr = "";
        child.stderr.on("data", (data) => {
            stderr += data;
        });
        child.on("error", fail);
        child.on("close", (code) => done({ code, stderr }));
    });
}

/** The medians of what commands use that take turns. */
export async function takeTurns<Name extends string>(
    what: string,
    commands: Readonly<Record<Name, Command>>,
    { temp, rounds }: Pick<Bench, "temp" | "rounds">,
): Promise<Record<Name, Usage>> {
    const names = Object.keys(commands) as Name[];
    const usages = new Map(names.map((name) => [name, [] as Usage[]]));
    for (let round = 0; round < rounds; round++) {
        console.error(`${what}: round ${round + 1} of ${rounds}`);
        // Everyone starts a round in turn: the machine may be slower at its beginning than at its end.
        for (const name of names.map((_, index) => names[(index + round) % names.length] as Name)) {
            usages.get(name)?.push(await measure(temp, commands[name]));
        }
    }
    const results = names.map((name) => [name, medians(usages.get(name) ?? [])] as const);
    return Object.fromEntries(results) as Record<Name, Usage>;
}

function medians(usages: readonly Usage[]): Usage {
    const of = (what: keyof Usage) => median(usages.map((usage) => usage[what]));
    return { seconds: of("seconds"), userSeconds: of("userSeconds"), memory: of("memory") };
}

/** The middle value, the upper of two; NaN of none. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A row for each of what took turns: its seconds and memory, each with its ratio to the first's. */
export function comparison(what: string, results: Readonly<Record<string, Usage>>): string[][] {
    const [first] = Object.values(results);
    return Object.entries(results).map(([name, { seconds, memory }]) => [
        what,
        name,
        seconds.toFixed(2),
        (seconds / (first?.seconds ?? 0)).toFixed(2),
        memory.toFixed(0),
        (memory / (first?.memory ?? 0)).toFixed(2),
    ]);
}

/** A table in Markdown, its numbers to the right. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
    const isOfNumbers = (column: number) => rows.every((row) => /^[\d.]+$/.test(row[column] ?? ""));
    const sides = columns.map((_, column) => (isOfNumbers(column) ? "--:" : "---"));
    return [columns, sides, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
