import { isatty } from "node:tty";
import { parseArgs } from "node:util";
import { withStack } from "../tests/engine/engine";
import { programOf } from "../tests/examples";

const HELP = `Usage: npm run demo

Runs the real "pulumi preview --policy-pack ." over two REST APIs from examples/, one with the usual logging mistakes
and one done right, first advisory, then mandatory, and prints what the CLI prints and the exit codes.

It needs no AWS account, login or credentials: a stand-in for the AWS provider answers, and the state is in a temporary
folder that is removed. It takes about half a minute.`;

const RUNS = [
    { example: "rest-api-mistakes", config: "config/advisory.json" },
    { example: "rest-api-mistakes", config: "config/mandatory.json" },
    { example: "rest-api", config: "config/advisory.json" },
    { example: "rest-api", config: "config/mandatory.json" },
] as const;

async function demo(): Promise<void> {
    const exitCodes: string[] = [];
    for (const { example, config } of RUNS) {
        console.log(`\nexamples/${example}: pulumi preview --policy-pack . --policy-pack-config ${config}\n`);
        const options = { pack: ".", config, project: example, stack: "dev", color: isatty(1) };
        const run = await withStack(programOf(example), options, (stack) => stack.preview());
        process.stdout.write(run.stdout);
        process.stderr.write(run.stderr);
        exitCodes.push(`${String(run.exitCode).padStart(9)}  ${example.padEnd(17)}  ${config}`);
    }
    console.log(`\nexit code  example            config\n${exitCodes.join("\n")}`);
}

async function main(): Promise<void> {
    // Leaves by way of an exit, on which the temporary folder is removed.
    process.once("SIGINT", () => process.exit(130));
    try {
        const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
        await (values.help ? console.log(HELP) : demo());
    } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        console.error(message);
        process.exitCode = code?.startsWith("ERR_PARSE_ARGS") ? 2 : 1;
    }
}

if (require.main === module) {
    void main();
}
