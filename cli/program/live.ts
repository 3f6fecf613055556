/** `apigateway-guard live`, as it is written on a command line. */

import { statSync } from "node:fs";
import { type Command, Option } from "commander";
import { notAnOption, type OutputTarget, outputOption, valued } from "./options";
import { CLEAR_LINE, emit, printError } from "./output";

const LIVE_HELP = `
It needs the AWS SDK for JavaScript v3 beside it, and credentials that may read API Gateway and CloudWatch Logs:
docs/live.md has the policy. Variables of stages, keys and authorizers are not read into the document.

Exit codes: 0 if all was read, 2 for bad usage or if something could not be read; the rest is written all the same,
but a file is not overwritten with a document of nothing.

Examples:
  apigateway-guard live --region eu-west-1 us-east-1 --profile audit --output live.json
  apigateway-guard check live.json --state .pulumi`;

/** Adds the command `live`. */
export function addLive(root: Command): void {
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
}

interface Options extends OutputTarget {
    readonly region: readonly string[];
    readonly profile?: string;
}

async function runLive(options: Options): Promise<void> {
    const { region: regions, profile, quiet } = options;
    const { live } = await import("../commands/live");
    const isShown = process.stderr.isTTY && !quiet;
    const onProgress = (region: string, apis: number) =>
        process.stderr.write(`${CLEAR_LINE}${region}: ${apis} APIs read`);
    const { text, unread, isEmpty, summary } = await live({
        regions,
        profile,
        onProgress: isShown ? onProgress : undefined,
    });
    if (isShown) {
        process.stderr.write(CLEAR_LINE);
    }
    unread.forEach(printError);
    process.exitCode = unread.length > 0 ? 2 : 0;
    if (isEmpty && isFile(options.output)) {
        printError(`${options.output} was not overwritten, because nothing could be read`);
        return;
    }
    emit(text, summary, options);
}

function isFile(output: string | undefined): boolean {
    return output !== undefined && statSync(output, { throwIfNoEntry: false })?.isFile() === true;
}
