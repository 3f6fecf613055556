/** `apigateway-guard check`, as it is written on a command line. */

import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { type CheckOptions, check } from "../commands/check";
import { BadInput } from "../errors";
import { escapeForLog } from "../report/formats/characters";
import type { Report } from "../report/model";
import {
    configOption,
    EXIT_CODES,
    notOurOption,
    type OutputOptions,
    outputOptions,
    repeatable,
    statesOption,
    valued,
} from "./options";
import { CLEAR_LINE, run } from "./output";

interface CheckFlags {
    readonly config?: string;
    readonly policy: readonly string[];
    readonly control: readonly string[];
    readonly state?: readonly string[];
    readonly writeBaseline?: string;
    readonly reason?: string;
    readonly until?: string;
}

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

/** Adds the command `check`. */
export function addCheck(root: Command): void {
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
    const { writeBaseline } = await import("../commands/baseline");
    const { report, summary } = await writeBaseline(paths, file, { ...checkOptions(options), reason, until });
    if (!quiet) {
        console.error(escapeForLog(`${summary}.`));
    }
    return report;
}

function checkOptions({ config, policy, control, state, sourceDir, quiet }: OutputOptions & CheckFlags) {
    const onProgress = process.stderr.isTTY && !quiet ? showProgress : undefined;
    const chosen = { policies: policy, controls: control };
    return { config, ...chosen, states: state ?? [], sourceDir, onProgress } satisfies CheckOptions;
}

/** So many files are checked in no time. */
const FEW_FILES = 20;

function showProgress(done: number, total: number): void {
    if (total > FEW_FILES) {
        process.stderr.write(`${CLEAR_LINE}${done === total ? "" : `${done} of ${total} files checked`}`);
    }
}
