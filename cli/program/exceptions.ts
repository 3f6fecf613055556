/** `apigateway-guard exceptions`, as it is written on a command line. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { type OutputTarget, outputOption } from "./options";
import { assertNoInput, emit, printProblems } from "./output";

const EXCEPTIONS_HELP = `
FILE is a policy config file: its Pulumi policy exceptions, and the exemptions of its policies. With states, each entry is
listed with the findings that it covers there. The engine reads neither an end nor a misspelt key of an exception, so run
this beside it.

Exit codes: 0 if nothing needs attention, 1 for an entry that has ended, ends within --within, covers nothing in the states or
has a target that covers nothing, is misspelt, or has a target with a *; 2 for bad usage or a file that could not be read.

Examples:
  apigateway-guard exceptions guard.json
  apigateway-guard exceptions guard.json .pulumi --within 30d --format json`;

/** Adds the command `exceptions`. */
export function addExceptions(root: Command): void {
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
}

interface Options extends OutputTarget {
    readonly within: number;
    readonly format: "text" | "json";
}

async function runExceptions(file: string, states: readonly string[], options: Options): Promise<void> {
    const { exceptions } = await import("../commands/exceptions");
    const { exceptionsJson, exceptionsSummary, exceptionsText } = await import("../report/exception-list");
    const listed = await exceptions(file, states, options);
    const isClean = listed.errors.length === 0 && listed.entries.every(({ attention }) => attention.length === 0);
    process.exitCode = listed.problems.length > 0 ? 2 : isClean ? 0 : 1;
    printProblems(listed);
    await assertNoInput(options, [file], listed);
    emit(
        options.format === "json" ? exceptionsJson(listed) : exceptionsText(listed),
        exceptionsSummary(listed),
        options,
    );
}
