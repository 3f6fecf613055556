/** Options that several commands have. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { STDIN } from "../inputs/file-names";
import { FORMAT_NAMES, type FormatName, GROUPING_FORMATS } from "../report/formats";
import type { GroupingOptions } from "../report/formats/options";

/** Where what a command writes goes. */
export interface OutputTarget {
    readonly output?: string;
    readonly quiet?: true;
}

/** What `outputOptions` has. */
export interface OutputOptions extends OutputTarget, GroupingOptions {
    readonly showExcepted?: true;
    readonly sarifSuppressions?: true;
    readonly format: FormatName;
    readonly failOn: "mandatory" | "advisory" | "never";
    readonly failOnUnchecked?: true;
    readonly color: boolean;
    readonly sourceDir: string;
}

/** The end of the help of commands that report findings. */
export const EXIT_CODES = `
Exit codes: 0 for no finding at or above --fail-on, 1 for at least one, 2 for bad usage or a file that could not be checked,
and with --fail-on-unchecked for anything that was not checked.`;

/** The formats that take `--group-by`, for messages. */
export const GROUPING = GROUPING_FORMATS.join(", ");

/** Adds the options of commands that report findings. */
export function outputOptions(command: Command): Command {
    return command
        .addOption(new Option("--format <format>", "output format").choices(FORMAT_NAMES).default("text"))
        .addOption(
            new Option("--group-by <what>", `group the findings by Security Hub control (${GROUPING})`).choices([
                "control",
            ]),
        )
        .addOption(outputOption())
        .addOption(
            new Option("--fail-on <level>", "the lowest level of a finding that makes the exit code 1")
                .choices(["mandatory", "advisory", "never"])
                .default("mandatory"),
        )
        .option("--fail-on-unchecked", "exit with code 2 if something that you asked for or gave was not checked")
        .addOption(sourceDirOption())
        .option("--show-excepted", "list what is excepted, too (text; the other formats always do)")
        .option("--sarif-suppressions", "list what is excepted in SARIF, as suppressed; GitHub opens alerts for it")
        .option("--quiet", "print findings and errors only")
        .option("--no-color", "no colors; without it they are used on a terminal, unless NO_COLOR is set");
}

/** `--config` */
export function configOption(): Option {
    return valued("--config <file>", "policy config file, the same as for pulumi's --policy-pack-config");
}

/** `--output` */
export function outputOption(): Option {
    return valued("--output <file>", "write to a file instead of standard output; - is standard output");
}

/** `--source-dir` */
export function sourceDirOption(): Option {
    return valued("--source-dir <folder>", "folder of the Pulumi program, put before the paths of its files").default(
        ".",
    );
}

/** `--state` */
export function statesOption(): Option {
    return repeatable("--state <path...>", "states of stacks that may own what a live account has, or folders of them");
}

/** An option that may be given several times; its value is the list of them. */
export function repeatable(flags: string, description: string): Option {
    return new Option(flags, description).argParser((value, all: string[] = []) => [...all, notAnOption(value)]);
}

/** An option with a value. */
export function valued(flags: string, description: string): Option {
    return new Option(flags, description).argParser(notAnOption);
}

/** A text may begin with a dash, but is not likely to be the name of an option. */
export function notOurOption(value: string): string {
    if (/^--[a-z]/.test(value)) {
        throw new InvalidArgumentError("It looks like an option.");
    }
    return value;
}

/** Of two options with the value of the first left out, the second would be that value, and nothing would say so. */
export function notAnOption(value: string): string {
    if (value.startsWith("-") && value !== STDIN) {
        throw new InvalidArgumentError(`It looks like an option. For a file of that name, write ./${value}`);
    }
    return value;
}
