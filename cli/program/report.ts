/** `apigateway-guard report`, as it is written on a command line. */

import type { Command } from "commander";
import { STDIN } from "../inputs/file-names";
import { EXIT_CODES, type OutputOptions, outputOptions, valued } from "./options";
import { run } from "./output";

const REPORT_HELP = `
FILE has the engine's events, or is - for standard input: the output of pulumi policy analyze --json, the output of
pulumi preview --json with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true, or an event log of the Automation API. Findings of
all policy packs are reported.
${EXIT_CODES}

Example:
  pulumi policy analyze --policy-pack . --file state.json --json | apigateway-guard report --format html --output page.html`;

/** Adds the command `report`. */
export function addReport(root: Command): void {
    outputOptions(root.command("report"))
        .description("Report what policies found in the Pulumi engine, from the events of a run.")
        .argument("[file]", "engine events; standard input when left out", STDIN)
        .addOption(valued("--state <file>", "a state or preview of the stack, for the lines of the program"))
        .addHelpText("after", REPORT_HELP)
        .action((file: string, options: OutputOptions & { state?: string }) =>
            run(options, [options.state], async () => {
                // Loaded when it is needed: it loads a JSON Schema validator, which takes a while.
                const { report } = await import("../commands/report");
                return report(file, { state: options.state, sourceDir: options.sourceDir });
            }),
        );
}
