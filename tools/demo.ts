import { isatty } from "node:tty";
import { parseArgs } from "node:util";
import { check } from "../cli/commands/check";
import { textReport } from "../cli/report/formats/text";
import { programOf } from "../examples";
import { fail } from "./failure";
import { withStack } from "./pulumi/engine";
import { findPulumi } from "./pulumi/find";

const HELP = `Usage: npm run demo

Checks the exported states of two REST APIs from examples/, one with the usual logging mistakes and one done right, with
"apigateway-guard check". Then, if there is a Pulumi CLI already, runs the real "pulumi preview --policy-pack ." over the
programs they come from, advisory and mandatory, and prints what the CLI prints and the exit codes.

It needs no AWS account, login or credentials: a stand-in for the AWS provider answers, and the state is in a temporary
folder that is removed. The first part takes one or two seconds, the second about 30 seconds.`;

const EXAMPLES = ["rest-api-mistakes", "rest-api"];
const CONFIGS = ["config/advisory.json", "config/mandatory.json"];

async function checks(): Promise<void> {
    for (const example of EXAMPLES) {
        const file = `tests/fixtures/${example}.json`;
        const config = "config/mandatory.json";
        console.log(`$ apigateway-guard check ${file} --config ${config} --source-dir examples/${example}\n`);
        const report = await check([file], { config, sourceDir: `examples/${example}` });
        console.log(textReport(report, { color: isatty(1), quiet: false }));
    }
}

async function previews(): Promise<void> {
    const exitCodes: string[] = [];
    for (const example of EXAMPLES) {
        for (const config of CONFIGS) {
            console.log(`$ pulumi preview --policy-pack . --policy-pack-config ${config}  # examples/${example}\n`);
            const options = { pack: ".", config, project: example, stack: "dev", color: isatty(1) };
            const run = await withStack(programOf(example), options, (stack) => stack.preview());
            process.stdout.write(run.stdout);
            process.stderr.write(run.stderr);
            exitCodes.push(`${String(run.exitCode).padStart(9)}  ${example.padEnd(17)}  ${config}`);
        }
    }
    console.log(`\nexit code  example            config\n${exitCodes.join("\n")}`);
}

async function demo(): Promise<void> {
    console.log("The exported states of two examples, checked without the Pulumi CLI:\n");
    await checks();
    if ((await findPulumi()) === undefined) {
        console.log(
            "The same programs in the real engine: get a Pulumi CLI with `npm run setup:pulumi`, then run the demo again.",
        );
        return;
    }
    console.log("The same programs in the real engine, before anything exists:\n");
    await previews();
}

async function main(): Promise<void> {
    // Leaves by way of an exit, on which the temporary folder is removed.
    process.once("SIGINT", () => process.exit(130));
    try {
        const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
        await (values.help ? console.log(HELP) : demo());
    } catch (error) {
        fail(error);
    }
}

if (require.main === module) {
    void main();
}
