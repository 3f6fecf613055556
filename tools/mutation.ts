/**
 * `npm run mutation`: changes the code of the policies and of what they are made of, one place at a time, and counts the changes
 * (mutants) that no test notices. `npm run mutation -- --mutate aws/logs/retention.ts` is for one file; other options of Stryker
 * work in the same way.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./failure";
import { EQUIVALENT, type Equivalent } from "./mutation/equivalent";

const ROOT = join(__dirname, "..");
const REPORT = join(ROOT, ".stryker", "mutation.json");

/** The least percentage of mutants that tests must notice. */
const WANTED = 98;

/** The parts of Stryker's report that are read here. */
export interface MutationReport {
    readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
    readonly status: string;
    readonly replacement?: string;
    readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

export interface Score {
    /** Of the mutants that are not equivalent, how many tests notice, in percent. */
    readonly score: number;
    readonly total: number;
    /** Mutants that no test notices, as lines to print. */
    readonly survivors: readonly string[];
    readonly equivalent: number;
    /** Entries of the list that are not true, as lines to print. */
    readonly wrong: readonly string[];
}

const NOTICED = ["Killed", "Timeout", "RuntimeError"];
const MISSED = ["Survived", "NoCoverage"];

/** @param equivalents those of files that are not in the report are left alone */
export function scoreOf({ files }: MutationReport, equivalents: readonly Equivalent[]): Score {
    const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) => {
        const lines = source.split("\n");
        return mutants.map(({ status, replacement = "", location: { start } }) => {
            const line = lines[start.line - 1]?.trim() ?? "";
            const becomes = replacement.trim().split("\n")[0] ?? "";
            const isListed = equivalents.some(
                (one) => one.file === file && one.line === line && one.becomes.includes(becomes),
            );
            return { status, isListed, file, line, becomes, place: `${file}:${start.line}:${start.column}` };
        });
    });
    const missed = mutants.filter(({ status }) => MISSED.includes(status));
    const survivors = missed.filter(({ isListed }) => !isListed);
    const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
    const total = noticed + survivors.length;
    const wrong = equivalents.flatMap(({ file, line, becomes }) =>
        becomes
            .filter(
                (code) =>
                    file in files &&
                    !missed.some((one) => one.file === file && one.line === line && one.becomes === code),
            )
            .map((code) => `${file}: ${line} → ${code}`),
    );
    return {
        score: total === 0 ? 100 : (100 * noticed) / total,
        total,
        survivors: survivors.map(({ place, line, becomes }) => `${place}: ${line} → ${becomes}`),
        equivalent: missed.length - survivors.length,
        wrong,
    };
}

function main(options: readonly string[]): void {
    const { status } = spawnSync(
        join(ROOT, "node_modules", ".bin", "stryker"),
        ["run", "tools/mutation/stryker.config.json", ...options],
        { cwd: ROOT, stdio: "inherit" },
    );
    if (status !== 0) {
        throw new Error("Stryker did not finish.");
    }
    const { score, total, survivors, equivalent, wrong } = scoreOf(
        JSON.parse(readFileSync(REPORT, "utf8")),
        EQUIVALENT,
    );
    for (const line of survivors) {
        console.log(`No test notices ${line}`);
    }
    for (const line of wrong) {
        console.log(`Not equivalent, or gone: ${line}`);
    }
    console.log(
        `${score.toFixed(1)} % of ${total} mutants noticed; ${survivors.length} are not, and ${equivalent} more are equivalent.`,
    );
    if (score < WANTED || wrong.length > 0) {
        process.exitCode = 1;
    }
}

if (require.main === module) {
    try {
        main(process.argv.slice(2));
    } catch (error) {
        fail(error);
    }
}
