#!/usr/bin/env node
/** The command line: what is asked for, what is printed where, and the exit code. */

import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { LOGGING_LEVELS, type LoggingLevel } from "../aws/apigateway/logging-level";
import { type CheckOptions, check } from "./commands/check";
import { BadInput, isSameFile, STDIN, shownFile } from "./inputs/files";
import { writeOutput } from "./output";
import { FORMAT_NAMES, type FormatName, formatNamed, GROUPING_FORMATS, type GroupingOptions } from "./report/formats";
import { shown } from "./report/formats/characters";
import { countOf, type Report, summaryOf } from "./report/model";
import { withSources } from "./report/source";
import { TOOL } from "./report/tool";

interface OutputOptions extends GroupingOptions {
    readonly showExcepted?: true;
    readonly sarifSuppressions?: true;
    readonly format: FormatName;
    readonly output?: string;
    readonly failOn: "mandatory" | "advisory" | "never";
    readonly quiet?: true;
    readonly color: boolean;
    readonly sourceDir: string;
}

interface CheckFlags {
    readonly config?: string;
    readonly policy: readonly string[];
    readonly control: readonly string[];
    readonly state?: readonly string[];
    readonly writeBaseline?: string;
    readonly reason?: string;
    readonly until?: string;
}

const EXIT_CODES = `
Exit codes: 0 for no finding at or above --fail-on, 1 for at least one, 2 for bad usage or a file that could not be checked.`;

const CHECK_HELP = `
PATH is a file, a folder, or - for standard input. It can be the output of pulumi stack export, the output of
pulumi preview --json --show-sames, a checkpoint of a file backend, or a whole .pulumi folder; or the output of
apigateway-guard live. Files are recognized by their content, not by their name. Each stack is checked by itself.

A policy that is disabled by default is evaluated if --policy names it, or --control a control of it. Of a policy that
mirrors several controls, --control evaluates only those it names. What the config file disables stays disabled.

--write-baseline writes a policy config file whose exceptions cover what is found now, for pulumi and for check: only what is
new is found then. A file that exists is the config, and keeps what it has; what was fixed is dropped. See docs/exceptions.md.
${EXIT_CODES}

Examples:
  pulumi stack export | apigateway-guard check -
  pulumi preview --json --show-sames | apigateway-guard check --format markdown -
  apigateway-guard check .pulumi --config config/mandatory.json --format sarif --output findings.sarif
  apigateway-guard check .pulumi --write-baseline guard.json --reason "Known before the pack" --until 2027-03-31
  apigateway-guard check .pulumi --control APIGateway.1 --control APIGateway.4 --format html --group-by control`;

const LIVE_HELP = `
It needs the AWS SDK for JavaScript v3 beside it, and credentials that may read API Gateway and CloudWatch Logs:
docs/live.md has the policy. Variables of stages, keys and authorizers are not read into the document.

Exit codes: 0 if all was read, 2 for bad usage or if something could not be read; the rest is written all the same.

Examples:
  apigateway-guard live --region eu-west-1 us-east-1 --profile audit --output live.json
  apigateway-guard check live.json --state .pulumi`;

const FIX_HELP = `
PATH is as for check: states, or the output of apigateway-guard live. Read the script before you run it: bash fix.sh --dry-run
prints its commands. At its end it says what cannot be fixed on AWS, and what to change in the programs.

Exit codes: 0 if all was read, also if there is nothing to fix, 2 for bad usage or a file that could not be read.

Examples:
  pulumi stack export | apigateway-guard fix - --output fix.sh
  apigateway-guard fix live.json --state .pulumi --level INFO --retention 365 --output fix.sh`;

const LOCATE_HELP = `
Findings of controls of API Gateway, of databases that log, and of log groups are located. What passed, or is archived,
suppressed or resolved, is left out. Findings that no stack owns come last.
${EXIT_CODES}

Example:
  aws securityhub get-findings > findings.json
  apigateway-guard locate findings.json .pulumi --format github`;

const EXCEPTIONS_HELP = `
FILE is a policy config file: its Pulumi policy exceptions, and the exemptions of its policies. With states, each entry is
listed with the findings that it covers there. The engine reads neither an end nor a misspelt key of an exception, so run
this beside it.

Exit codes: 0 if nothing needs attention, 1 for an entry that has ended, ends within --within, covers nothing in the states or
has a target that covers nothing, is misspelt, or has a target with a *; 2 for bad usage or a file that could not be read.

Examples:
  apigateway-guard exceptions guard.json
  apigateway-guard exceptions guard.json .pulumi --within 30d --format json`;

const REPORT_HELP = `
FILE has the engine's events, or is - for standard input: the output of pulumi policy analyze --json, the output of
pulumi preview --json with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true, or an event log of the Automation API. Findings of
all policy packs are reported.
${EXIT_CODES}

Example:
  pulumi policy analyze --policy-pack . --file state.json --json | apigateway-guard report --format html --output page.html`;

const GROUPING = GROUPING_FORMATS.join(", ");

function program(): Command {
    const root = new Command(TOOL.name)
        .description("Finds AWS API Gateway stages that do not log, and logs that never expire, in Pulumi stacks.")
        .version(TOOL.version)
        // Options of the command itself, such as --version, are those before the name of a subcommand.
        .enablePositionalOptions()
        .configureOutput({ outputError: (message, write) => write(shown(message, "\n")) })
        .exitOverride()
        .showHelpAfterError("Use --help for the options.");
    outputOptions(root.command("check"))
        .description("Check stacks from their state or preview files, without the Pulumi CLI.")
        .argument("<path...>", "exported states, checkpoints, previews, folders of them, or -")
        .addOption(configOption())
        .addOption(
            repeatable("--policy <name>", "evaluate this policy only; may be repeated").default(
                [],
                "all that are not disabled",
            ),
        )
        .addOption(
            repeatable(
                "--control <id>",
                "evaluate only the policies that mirror or support this Security Hub control; may be repeated",
            ).default([], "all controls"),
        )
        .addOption(statesOption())
        .addOption(valued("--write-baseline <file>", "write a policy config file that excepts what is found now"))
        .addOption(new Option("--reason <text>", "why it is excepted, for --write-baseline").argParser(notOurOption))
        .addOption(valued("--until <day>", "the last day of the baseline, in UTC, such as 2027-03-31"))
        .addHelpText("after", CHECK_HELP)
        .action((paths: string[], options: OutputOptions & CheckFlags) =>
            run(options, [options.config, options.writeBaseline, ...(options.state ?? [])], () =>
                checkOrWriteBaseline(paths, options),
            ),
        );
    outputOptions(root.command("report"))
        .description("Report what policies found in the Pulumi engine, from the events of a run.")
        .argument("[file]", "engine events; standard input when left out", STDIN)
        .addOption(valued("--state <file>", "a state or preview of the stack, for the lines of the program"))
        .addHelpText("after", REPORT_HELP)
        .action((file: string, options: OutputOptions & { state?: string }) =>
            run(options, [options.state], async () => {
                // Loaded when it is needed: it loads a JSON Schema validator, which takes a while.
                const { report } = await import("./commands/report");
                return report(file, { state: options.state, sourceDir: options.sourceDir });
            }),
        );
    root.command("live")
        .description("Read what an AWS account has of API Gateway and its logs, for check. Nothing is changed.")
        .addOption(
            new Option("--region <region...>", "region to read; may be repeated")
                .argParser((name, names: string[] = []) => [...names, notAnOption(name)])
                .makeOptionMandatory(),
        )
        .addOption(valued("--profile <name>", "profile of the AWS config files"))
        .addOption(outputOption())
        .option("--quiet", "print errors only")
        .addHelpText("after", LIVE_HELP)
        .action(runLive);
    root.command("fix")
        .description(
            "Write a bash script that fixes on AWS itself, with the AWS CLI, what the policies find in stacks.",
        )
        .argument("<path...>", "as for check: exported states, checkpoints, folders of them, live accounts, or -")
        .addOption(configOption())
        .addOption(repeatable("--policy <name>", "fix what this policy finds only; may be repeated"))
        .addOption(
            repeatable(
                "--control <id>",
                "fix only what fails this Security Hub control, or supports it; may be repeated",
            ),
        )
        .addOption(repeatable("--stack <name>", "fix this stack only, PROJECT/STACK or STACK; may be repeated"))
        .addOption(new Option("--level <level>", "logging level to set").choices(LOGGING_LEVELS))
        .addOption(
            new Option("--retention <days>", "days that log groups keep their events").argParser((days) => {
                if (!/^\d{1,5}$/.test(days)) {
                    throw new InvalidArgumentError("It is not a number of days.");
                }
                return Number(days);
            }),
        )
        .addOption(valued("--account-role <arn>", "CloudWatch role to set in accounts that have none"))
        .option("--create-account-role", "create a CloudWatch role in accounts that have none")
        .addOption(valued("--region <region>", "region of the resources whose region is not known"))
        .addOption(valued("--profile <name>", "profile of the AWS CLI where the program has none"))
        .addOption(statesOption())
        .addOption(sourceDirOption())
        .addOption(outputOption())
        .option("--quiet", "print errors only")
        .addHelpText("after", FIX_HELP)
        .action(runFix);
    outputOptions(root.command("locate"))
        .description("Find the programs, and the lines, that own what AWS Security Hub found.")
        .argument("<findings>", "the output of aws securityhub get-findings, or - for standard input")
        .argument("<state...>", "exported states, checkpoints, previews, or folders of them")
        .addHelpText("after", LOCATE_HELP)
        .action((findings: string, states: string[], options: OutputOptions) =>
            run(options, [findings], async () => {
                const { locate } = await import("./commands/locate");
                return locate(findings, states, options.sourceDir);
            }),
        );
    root.command("exceptions")
        .description("List what a policy config file excepts, until when, and what of it needs attention.")
        .argument("<file>", "policy config file")
        .argument(
            "[state...]",
            "exported states, checkpoints, previews, or folders of them: what each entry covers there",
        )
        .addOption(
            new Option("--within <days>", "what ends within so many days needs attention")
                .argParser((days) => {
                    if (!/^\d{1,4}d$/.test(days)) {
                        throw new InvalidArgumentError("It is not a number of days, such as 14d.");
                    }
                    return Number(days.slice(0, -1));
                })
                .default(14, "14d"),
        )
        .addOption(new Option("--format <format>", "output format").choices(["text", "json"]).default("text"))
        .addOption(outputOption())
        .option("--quiet", "print errors only")
        .addHelpText("after", EXCEPTIONS_HELP)
        .action(runExceptions);
    return root;
}

async function checkOrWriteBaseline(paths: readonly string[], options: OutputOptions & CheckFlags): Promise<Report> {
    const { writeBaseline: file, reason, until, quiet, output } = options;
    if (file === undefined) {
        if (reason !== undefined || until !== undefined) {
            throw new BadInput("--reason and --until are for --write-baseline");
        }
        return check(paths, checkOptions(options));
    }
    if (output !== undefined && resolve(output) === resolve(file)) {
        throw new BadInput(`--output and --write-baseline both name ${output}`);
    }
    const { writeBaseline } = await import("./commands/baseline");
    const { report, summary } = await writeBaseline(paths, file, { ...checkOptions(options), reason, until });
    if (!quiet) {
        console.error(shown(`${summary}.`));
    }
    return report;
}

interface ExceptionsCommandOptions extends Destination {
    readonly within: number;
    readonly format: "text" | "json";
}

async function runExceptions(
    file: string,
    states: readonly string[],
    options: ExceptionsCommandOptions,
): Promise<void> {
    const { exceptions } = await import("./commands/exceptions");
    const { exceptionsJson, exceptionsText, summaryOf: summary } = await import("./report/exceptions");
    const listed = await exceptions(file, states, options);
    const isClean = listed.errors.length === 0 && listed.entries.every(({ attention }) => attention.length === 0);
    process.exitCode = listed.problems.length > 0 ? 2 : isClean ? 0 : 1;
    printProblems(listed);
    assertNoInput(options, [file], listed);
    emit(options.format === "json" ? exceptionsJson(listed) : exceptionsText(listed), summary(listed), options);
}

interface LiveCommandOptions {
    readonly region: readonly string[];
    readonly profile?: string;
    readonly output?: string;
    readonly quiet?: true;
}

async function runLive(options: LiveCommandOptions): Promise<void> {
    const { region: regions, profile, quiet } = options;
    const { live } = await import("./commands/live");
    const isShown = process.stderr.isTTY && !quiet;
    const onProgress = (region: string, apis: number) =>
        process.stderr.write(`${CLEAR_LINE}${region}: ${apis} APIs read`);
    const { text, unread, summary } = await live({ regions, profile, onProgress: isShown ? onProgress : undefined });
    if (isShown) {
        process.stderr.write(CLEAR_LINE);
    }
    unread.forEach(printError);
    process.exitCode = unread.length > 0 ? 2 : 0;
    emit(text, summary, options);
}

type FixCommandOptions = Pick<OutputOptions, "output" | "quiet" | "sourceDir"> & {
    readonly config?: string;
    readonly policy?: readonly string[];
    readonly control?: readonly string[];
    readonly stack?: readonly string[];
    readonly state?: readonly string[];
    readonly level?: LoggingLevel;
    readonly retention?: number;
    readonly accountRole?: string;
    readonly createAccountRole?: true;
    readonly region?: string;
    readonly profile?: string;
};

async function runFix(paths: readonly string[], options: FixCommandOptions): Promise<void> {
    const { policy = [], control = [], stack = [], state = [] } = options;
    const { fix } = await import("./commands/fix");
    const chosen = { policies: policy, controls: control, stacks: stack, states: state };
    const made = await fix(paths, { ...options, ...chosen });
    process.exitCode = made.problems.length > 0 ? 2 : 0;
    printProblems(made);
    assertNoInput(options, [options.config, ...state], made);
    emit(made.script, made.summary, options);
}

function outputOptions(command: Command): Command {
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
        .addOption(sourceDirOption())
        .option("--show-excepted", "list what is excepted, too (text; the other formats always do)")
        .option("--sarif-suppressions", "list what is excepted in SARIF, as suppressed; GitHub opens alerts for it")
        .option("--quiet", "print findings and errors only")
        .option("--no-color", "no colors; without it they are used on a terminal, unless NO_COLOR is set");
}

function configOption(): Option {
    return valued("--config <file>", "policy config file, the same as for pulumi's --policy-pack-config");
}

function outputOption(): Option {
    return valued("--output <file>", "write to a file instead of standard output; - is standard output");
}

function sourceDirOption(): Option {
    return valued("--source-dir <folder>", "folder of the Pulumi program, put before the paths of its files").default(
        ".",
    );
}

function statesOption(): Option {
    return repeatable("--state <path...>", "states of stacks that may own what a live account has, or folders of them");
}

function repeatable(flags: string, description: string): Option {
    return new Option(flags, description).argParser((value, all: string[] = []) => [...all, notAnOption(value)]);
}

function valued(flags: string, description: string): Option {
    return new Option(flags, description).argParser(notAnOption);
}

/** A text may begin with a dash, but is not likely to be the name of an option. */
function notOurOption(value: string): string {
    if (/^--[a-z]/.test(value)) {
        throw new InvalidArgumentError("It looks like an option.");
    }
    return value;
}

/** Of two options with the value of the first left out, the second would be that value, and nothing would say so. */
function notAnOption(value: string): string {
    if (value.startsWith("-") && value !== STDIN) {
        throw new InvalidArgumentError(`It looks like an option. For a file of that name, write ./${value}`);
    }
    return value;
}

function checkOptions({ config, policy, control, state, sourceDir, quiet }: OutputOptions & CheckFlags) {
    const onProgress = process.stderr.isTTY && !quiet ? showProgress : undefined;
    const chosen = { policies: policy, controls: control };
    return { config, ...chosen, states: state ?? [], sourceDir, onProgress } satisfies CheckOptions;
}

/** So many files are checked in no time. */
const FEW_FILES = 20;
const CLEAR_LINE = "\r\u001b[K";

function showProgress(done: number, total: number): void {
    if (total > FEW_FILES) {
        process.stderr.write(`${CLEAR_LINE}${done === total ? "" : `${done} of ${total} files checked`}`);
    }
}

/** @param inputs the files that are read in addition to those that the report names */
async function run(
    options: OutputOptions,
    inputs: readonly (string | undefined)[],
    make: () => Promise<Report>,
): Promise<void> {
    const { groupBy } = options;
    if (groupBy !== undefined && !GROUPING_FORMATS.includes(options.format)) {
        throw new BadInput(`--group-by takes the formats ${GROUPING}, not ${options.format}`);
    }
    const made = await make();
    process.exitCode = exitCodeOf(made, options.failOn);
    printProblems(made);
    assertNoInput(options, inputs, made);
    const { output = STDIN, quiet = false, showExcepted, sarifSuppressions: suppressions } = options;
    if (!quiet) {
        made.warnings?.forEach(printWarning);
    }
    const format = await formatNamed(options.format);
    const report = options.format === "text" ? withSources(made) : made;
    const color = output === STDIN && wantsColor(options);
    const text = format(report, { color, quiet, showExcepted, suppressions, groupBy });
    emit(text, summaryOf(made), options);
}

type Destination = Pick<OutputOptions, "output" | "quiet">;

/** Writes a text to standard output; or to the file that is asked for, and then its summary to stderr. */
function emit(text: string, summary: string, { output = STDIN, quiet }: Destination): void {
    if (output === STDIN) {
        process.stdout.write(text);
        return;
    }
    writeOutput(output, text);
    if (!quiet) {
        console.error(`${shown(output)}: ${shown(summary)}.`);
    }
}

type Read = Pick<Report, "problems"> & { readonly stacks: readonly { readonly file: string }[] };

function assertNoInput(
    { output = STDIN }: Destination,
    inputs: readonly (string | undefined)[],
    { stacks, problems }: Read,
): void {
    const files = [...inputs, ...[...stacks, ...problems].map(({ file }) => file)];
    if (output !== STDIN && files.some((input) => input !== undefined && isSameFile(input, output))) {
        throw new BadInput(`--output ${output} is one of the files that are read; it would be overwritten`);
    }
}

function printProblems({ problems }: Pick<Report, "problems">): void {
    for (const { file, message } of problems) {
        printError(`${shownFile(file)} ${message}`);
    }
}

function exitCodeOf(made: Report, failOn: OutputOptions["failOn"]): 0 | 1 | 2 {
    if (made.problems.length > 0) {
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

function printError(message: string): void {
    console.error(`error: ${shown(message)}`);
}

function printWarning(message: string): void {
    console.error(`warning: ${shown(message)}`);
}

async function main(): Promise<void> {
    // The reader of our output may close it early, as `head` does; the rest of it has no reader then.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            printError(error.message);
            process.exitCode = 2;
        }
        process.exit();
    });
    try {
        await program().parseAsync();
    } catch (error) {
        if (error instanceof CommanderError) {
            // Commander has printed what is wrong, or the help.
            process.exitCode = error.exitCode === 0 ? 0 : 2;
            return;
        }
        printError((error as Error).message);
        process.exitCode = 2;
    }
}

void main();
