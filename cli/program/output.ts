/** What a command prints where, and its exit code. */

import { statSync } from "node:fs";
import { BadInput } from "../errors";
import { isSameFile, STDIN, shownFile } from "../inputs/file-names";
import { filesOf } from "../inputs/find-files";
import { holdsStack } from "../inputs/stacks";
import { formatNamed, GROUPING_FORMATS } from "../report/formats";
import { escapeForLog } from "../report/formats/characters";
import { countOf, type Report, type ReportFinding } from "../report/model";
import { withSources } from "../report/source";
import { reportSummary, uncheckedLines } from "../report/summary";
import { writeOutput } from "../write-file";
import { GROUPING, type OutputOptions, type OutputTarget } from "./options";

/**
 * Makes a report and writes it.
 *
 * @param inputs the files that are read in addition to those that the report names
 */
export async function run(
    options: OutputOptions,
    inputs: readonly (string | undefined)[],
    make: () => Promise<Report>,
): Promise<void> {
    const { groupBy } = options;
    if (groupBy !== undefined && !GROUPING_FORMATS.includes(options.format)) {
        throw new BadInput(`--group-by takes the formats ${GROUPING}, not ${options.format}`);
    }
    if (!options.quiet) {
        warnOfSourceDir(options.sourceDir);
    }
    const made = await make();
    process.exitCode = exitCodeOf(made, options);
    printProblems(made);
    if (options.failOnUnchecked) {
        uncheckedLines(made.unchecked).forEach(({ where, message }) => {
            printError(`not checked in ${where}: ${message}`);
        });
    }
    await assertNoInput(options, inputs, made);
    assertNoProgram(options, [...made.findings, ...made.excepted]);
    const { output = STDIN, quiet = false, showExcepted, sarifSuppressions: suppressions } = options;
    if (!quiet) {
        made.warnings?.forEach(printWarning);
    }
    const format = await formatNamed(options.format);
    const report = options.format === "text" ? withSources(made) : made;
    const color = output === STDIN && wantsColor(options);
    const text = format(report, { color, quiet, showExcepted, suppressions, groupBy });
    emit(text, reportSummary(made), options);
}

/** Makes room for a line of progress in place of the last. */
export const CLEAR_LINE = "\r\u001b[K";

/** Writes a text to standard output; or to the file that is asked for, and then its summary to stderr. */
export function emit(text: string, summary: string, { output = STDIN, quiet }: OutputTarget): void {
    if (output === STDIN) {
        process.stdout.write(text);
        return;
    }
    writeOutput(output, text);
    if (!quiet) {
        console.error(`${escapeForLog(output)}: ${escapeForLog(summary)}.`);
    }
}

type Read = Pick<Report, "problems"> & { readonly stacks: readonly { readonly file: string }[] };

/** @throws BadInput if the file to write is one of those that are read */
export async function assertNoInput(
    { output = STDIN }: OutputTarget,
    inputs: readonly (string | undefined)[],
    { stacks, problems }: Read,
): Promise<void> {
    if (output === STDIN) {
        return;
    }
    const files = [...inputs, ...[...stacks, ...problems].map(({ file }) => file)];
    const isRead = files.some((input) => input !== undefined && isSameFile(input, output));
    if (isRead || (inputs.some((input) => isInFolder(output, input)) && (await holdsStack(output)))) {
        throw new BadInput(`--output ${output} is one of the files that are read; it would be overwritten`);
    }
}

/** @throws BadInput if the file to write is one of a program that findings name; its lines may have been read */
export function assertNoProgram({ output = STDIN }: OutputTarget, findings: readonly ReportFinding[]): void {
    const locations = findings.flatMap(({ location, owners = [] }) => [
        location,
        ...owners.map((owner) => owner.location),
    ]);
    const paths = new Set(locations.flatMap((location) => location?.path ?? []));
    if (output !== STDIN && [...paths].some((path) => isSameFile(path, output))) {
        throw new BadInput(`--output ${output} is a file of the program; it would be overwritten`);
    }
}

/** Prints a warning if the folder of the program is not there, as after a typing error. */
export function warnOfSourceDir(sourceDir: string): void {
    if (statSync(sourceDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
        printWarning(`--source-dir ${sourceDir} is not a folder here, so no line of the program can be shown`);
    }
}

/** Whether a file is among those of a folder, which may as well have the output of an earlier run. */
function isInFolder(file: string, folder: string | undefined): boolean {
    try {
        return folder !== undefined && filesOf(folder).files.some((one) => isSameFile(one.file, file));
    } catch {
        // A folder that cannot be looked into is a problem that was reported.
        return false;
    }
}

/** Prints the files that could not be read, and why, on stderr. */
export function printProblems({ problems }: Pick<Report, "problems">): void {
    for (const { file, message } of problems) {
        printError(`${shownFile(file)} ${message}`);
    }
}

function exitCodeOf(made: Report, { failOn, failOnUnchecked }: OutputOptions): 0 | 1 | 2 {
    if (made.problems.length > 0 || (failOnUnchecked && made.unchecked.length > 0)) {
        return 2;
    }
    const failing = { mandatory: countOf(made.findings, "mandatory"), advisory: made.findings.length, never: 0 };
    return failing[failOn] > 0 ? 1 : 0;
}

function wantsColor({ color }: OutputOptions): boolean {
    const { NO_COLOR, FORCE_COLOR = "" } = process.env;
    if (!color || NO_COLOR) {
        return false;
    }
    return !["", "0", "false"].includes(FORCE_COLOR) || (process.stdout.isTTY && process.stdout.hasColors());
}

/** Prints an error on stderr. */
export function printError(message: string): void {
    console.error(`error: ${escapeForLog(message)}`);
}

function printWarning(message: string): void {
    console.error(`warning: ${escapeForLog(message)}`);
}
