/** `apigateway-guard locate`, as it is written on a command line. */

import type { Command } from "commander";
import { EXIT_CODES, type OutputOptions, outputOptions } from "./options";
import { run } from "./output";

const LOCATE_HELP = `
Findings of controls of API Gateway, of databases that log, and of log groups are located. What passed, or is archived,
suppressed or resolved, is left out. Findings that no stack owns come last.
${EXIT_CODES}

Example:
  aws securityhub get-findings > findings.json
  apigateway-guard locate findings.json .pulumi --format github`;

/** Adds the command `locate`. */
export function addLocate(root: Command): void {
    outputOptions(root.command("locate"))
        .description("Find the programs, and the lines, that own what AWS Security Hub found.")
        .argument("<findings>", "the output of aws securityhub get-findings, or - for standard input")
        .argument("<state...>", "exported states, checkpoints, previews, or folders of them")
        .addHelpText("after", LOCATE_HELP)
        .action((findings: string, states: string[], options: OutputOptions) =>
            run(options, [findings], async () => {
                const { locate } = await import("../commands/locate");
                return locate(findings, states, options.sourceDir);
            }),
        );
}
