/** `apigateway-guard fix`, as it is written on a command line. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { LOGGING_LEVELS, type LoggingLevel } from "../../aws/apigateway/logging-level";
import {
    configOption,
    type OutputOptions,
    type OutputTarget,
    outputOption,
    repeatable,
    sourceDirOption,
    statesOption,
    valued,
} from "./options";
import { assertNoInput, assertNoProgram, emit, printProblems, warnOfSourceDir } from "./output";

const FIX_HELP = `
PATH is as for check: states, or the output of apigateway-guard live. Read the script before you run it: bash fix.sh --dry-run
prints its commands. At its end it says what cannot be fixed on AWS, and what to change in the programs.

Exit codes: 0 if all was read, also if there is nothing to fix, 2 for bad usage or a file that could not be read.

Examples:
  pulumi stack export | apigateway-guard fix - --output fix.sh
  apigateway-guard fix live.json --state .pulumi --level INFO --retention 365 --output fix.sh`;

/** Adds the command `fix`. */
export function addFix(root: Command): void {
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
}

interface Options extends OutputTarget, Pick<OutputOptions, "sourceDir"> {
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
}

async function runFix(paths: readonly string[], options: Options): Promise<void> {
    const { policy = [], control = [], stack = [], state = [] } = options;
    const { fix } = await import("../commands/fix");
    const chosen = { policies: policy, controls: control, stacks: stack, states: state };
    if (!options.quiet) {
        warnOfSourceDir(options.sourceDir);
    }
    const made = await fix(paths, { ...options, ...chosen });
    process.exitCode = made.problems.length > 0 ? 2 : 0;
    printProblems(made);
    await assertNoInput(options, [options.config, ...state], made);
    assertNoProgram(options, made.findings);
    emit(made.script, made.summary, options);
}
