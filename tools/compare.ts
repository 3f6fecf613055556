/**
 * `npx ts-node -T tools/compare.ts OLD NEW [PATH...]`: whether two checkouts, each with its `dist/`, find the same in the
 * same stacks. It uses only their command lines, so a refactoring between them does not matter. Every field that differs
 * is a line: with `-` it is OLD's, with `+` it is NEW's.
 */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Batch, generatedBatches, rowBatch, shapeBatch } from "./compare/inputs";
import { badUsage, fail } from "./failure";

const ROOT = join(__dirname, "..");
const USAGE = "usage: npx ts-node -T tools/compare.ts [--stacks 10000] [--seed 1] OLD NEW [PATH...]";

/** How many lines of one command's differences are printed. */
const MOST_LINES = 20;
/** How many files of a batch go to the commands whose texts are compared. */
const SAMPLE = 20;

/** All policies, with keys that change verdicts, and with exemptions for some of the generated resources. */
const STRICT = {
    all: "mandatory",
    "apigateway-account-cloudwatch-role": { requireInStack: true },
    "apigateway-method-settings-logging-level": { levels: ["ERROR"] },
    "cloudwatch-log-group-retention": {
        minDays: 42,
        exemptions: [
            { match: "@1*", reason: "so that it is compared", until: "2999-12-31" },
            { match: "@2*", reason: "it ended long ago", until: "2020-12-31" },
        ],
    },
};

/** What is compared: fields of the JSON format, by the name of its list. */
const FINDING = ["level", "type", "problem", "advice", "code", "message", "remedy", "severity", "controls", "location"];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
    findings: FINDING,
    excepted: [...FINDING, "grounds"],
    undecided: ["message"],
    exempt: ["message"],
    problems: ["message"],
};

/** A checkout that is compared. */
interface Side {
    /** Its command, as JavaScript. */
    readonly program: string;
    /** A folder of its own to work in. */
    readonly folder: string;
}

interface Comparison {
    readonly sides: readonly [Side, Side];
    readonly folder: string;
    /** The files of policy config that all stacks are checked with. */
    readonly configs: readonly string[];
    findings: number;
    differences: number;
}

interface Ran {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

async function main(): Promise<void> {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: { stacks: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
    });
    const [old, next, ...paths] = positionals;
    if (old === undefined || next === undefined) {
        throw badUsage(USAGE);
    }
    const comparison = newComparison(old, next);
    for (const path of [join(ROOT, "tests", "fixtures"), ...paths.map((one) => resolve(one))]) {
        await compareTables(comparison, path);
        await compareTexts(comparison, path);
    }
    await compareBatch(comparison, "rows", rowBatch());
    await compareBatch(comparison, "shapes", await shapeBatch());
    let number = 0;
    for (const batch of generatedBatches(Number(values.stacks), Number(values.seed))) {
        await compareBatch(comparison, `generated-${number++}`, batch);
    }
    finish(comparison);
}

function newComparison(old: string, next: string): Comparison {
    const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-compare-"));
    const strict = join(folder, "strict.json");
    writeFileSync(strict, JSON.stringify(STRICT));
    return {
        sides: [sideOf(old, join(folder, "old")), sideOf(next, join(folder, "new"))],
        folder,
        configs: [join(ROOT, "config", "security-hub.json"), strict],
        findings: 0,
        differences: 0,
    };
}

function sideOf(checkout: string, folder: string): Side {
    const program = resolve(checkout, "dist", "cli", "apigateway-guard.js");
    if (!existsSync(program)) {
        throw badUsage(`${checkout} has not been built: ${program} does not exist`);
    }
    mkdirSync(folder);
    return { program, folder };
}

function finish({ findings, differences, folder }: Comparison): void {
    console.log(`${findings} findings compared, ${differences} differences`);
    if (differences === 0) {
        rmSync(folder, { recursive: true });
        return;
    }
    console.log(`The files with differences are in ${folder}`);
    process.exitCode = 1;
}

async function compareBatch(comparison: Comparison, name: string, batch: Batch | undefined): Promise<void> {
    if (batch === undefined) {
        console.log(`${name}: left out, because there is no Pulumi CLI; run npm run setup:pulumi`);
        return;
    }
    const [folder, sample] = [join(comparison.folder, name), join(comparison.folder, `${name}-sample`)];
    const files = Object.entries(batch);
    writeFiles(folder, files);
    writeFiles(sample, files.slice(0, SAMPLE));
    const before = comparison.differences;
    await compareTables(comparison, folder);
    await compareTexts(comparison, sample);
    console.log(`${name}: ${files.length} files, ${comparison.differences - before} differences`);
    if (comparison.differences === before) {
        rmSync(folder, { recursive: true });
        rmSync(sample, { recursive: true });
    }
}

function writeFiles(folder: string, files: readonly (readonly [string, unknown])[]): void {
    mkdirSync(folder);
    for (const [name, content] of files) {
        writeFileSync(join(folder, name), JSON.stringify(content));
    }
}

/** What `check` finds without a config, and with each. */
async function compareTables(comparison: Comparison, path: string): Promise<void> {
    for (const more of [[], ...comparison.configs.map((config) => ["--config", config])]) {
        await compare(comparison, ["check", path, "--format", "json", ...more], ({ stdout, stderr, code }) => {
            if (stdout === "") {
                throw new Error(stderr);
            }
            const document = JSON.parse(stdout);
            comparison.findings += document.findings.length / comparison.sides.length;
            return [...asText({ code, stderr, stdout: "" }), ...tableOf(document)];
        });
    }
}

/** A line for every field of every row. */
function tableOf(document: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>): string[] {
    return Object.entries(FIELDS).flatMap(([list, fields]) =>
        (document[list] ?? []).flatMap((row) => {
            const key = [list, row.policy, row.urn, row.file].filter((part) => part !== undefined).join(" ");
            return fields.map((field) => `${key} ${field}: ${JSON.stringify(row[field])}`);
        }),
    );
}

/** Other formats, the script of `fix`, and a baseline, to the letter. */
async function compareTexts(comparison: Comparison, path: string): Promise<void> {
    const strict = ["--config", comparison.configs.at(-1) as string];
    await compare(comparison, ["check", path, "--format", "text", "--show-excepted", ...strict], asText);
    await compare(comparison, ["check", path, "--format", "sarif", ...strict], asText);
    await compare(comparison, ["fix", path, "--level", "INFO", "--retention", "365"], asText);
    const baseline = [
        "--write-baseline",
        "baseline.json",
        "--reason",
        "so that it is compared",
        "--until",
        "2999-12-31",
    ];
    await compare(comparison, ["check", path, ...baseline], asText);
    // The second run excepts what the first one has found.
    await compare(comparison, ["check", path, "--format", "json", "--config", "baseline.json"], asText);
    for (const { folder } of comparison.sides) {
        rmSync(join(folder, "baseline.json"), { force: true });
    }
}

function asText({ code, stdout, stderr }: Ran): string[] {
    return [`exit code ${code}`, ...stdout.split("\n"), ...stderr.split("\n")];
}

async function compare(comparison: Comparison, args: string[], linesOf: (ran: Ran) => string[]): Promise<void> {
    const [old, next] = comparison.sides;
    const [before, after] = await Promise.all([run(old, args), run(next, args)]);
    const lines = differences(linesOf(before), linesOf(after));
    if (lines.length === 0) {
        return;
    }
    comparison.differences += lines.length;
    console.log(`apigateway-guard ${args.join(" ")}: ${lines.length} differences`);
    for (const line of lines.slice(0, MOST_LINES)) {
        console.log(`  ${line}`);
    }
}

function run({ program, folder }: Side, args: readonly string[]): Promise<Ran> {
    const options = { cwd: folder, maxBuffer: Number.POSITIVE_INFINITY };
    return new Promise((done) => {
        execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
            done({ code: Number(error?.code ?? 0), stdout, stderr });
        });
    });
}

/** The lines that only one of both has, in any order, sorted so that the two versions of a field stand together. */
function differences(before: readonly string[], after: readonly string[]): string[] {
    const counts = new Map<string, number>();
    for (const line of before) {
        counts.set(line, (counts.get(line) ?? 0) - 1);
    }
    for (const line of after) {
        counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    const different = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return different.map(([line, count]) => `${count < 0 ? "-" : "+"} ${line}`);
}

if (require.main === module) {
    main().catch(fail);
}
