import { parseArgs } from "node:util";
import { describeCli, look, MINIMUM, type PulumiCli, type Setup, thisMachine } from "./pulumi/find";
import { build, download, install, type Log, pins, removeAbandoned } from "./pulumi/install";

export { type PulumiCli, pulumiEnv, type Setup } from "./pulumi/find";

const HELP = `Usage: npm run setup:pulumi

Makes a Pulumi CLI ${MINIMUM} or later available to this project's scripts. The first of these that works is used:

  1. one on PATH (launchers in node_modules are not CLIs and are skipped)
  2. one in .pulumi-home/versions of this checkout, or in ~/.pulumi/versions (only read)
  3. the official release, downloaded into .pulumi-home
  4. the same release built from its Go modules into .pulumi-home

Running it again costs a second. Nothing outside this checkout is written to, save Go's own caches.

Options:
  -h, --help  show this text`;

const SOURCES: Record<PulumiCli["source"], string> = {
    PATH: "on PATH",
    project: "in this project",
    user: "of the user",
    download: "downloaded",
    build: "built from source",
};

/** The CLI that is there already, if any. Installs nothing; the CLI itself logs to .pulumi-home when asked its version. */
export async function findPulumi(setup: Setup = thisMachine()): Promise<PulumiCli | undefined> {
    return (await look(setup)).cli;
}

/** The CLI that is there, or else a newly installed one. Throws with everything that was tried when there is no way. */
export async function ensurePulumi(log: Log, setup: Setup = thisMachine()): Promise<PulumiCli> {
    removeAbandoned(setup.repo);
    const { cli, passedOver } = await look(setup);
    if (cli !== undefined) {
        const rest = passedOver.length > 0 ? ` (passed over: ${passedOver.join(", ")})` : "";
        log(`Pulumi ${cli.version} ${SOURCES[cli.source]}: ${cli.binary}${rest}`);
        return cli;
    }
    for (const line of passedOver) log(`Passed over: ${line}.`);

    const failures: string[] = [];
    for (const [source, installer] of [["download", download] as const, ["build", build] as const]) {
        const result = await install(installer, setup, log);
        if ("failure" in result) {
            log(`The ${source} was not possible: ${result.failure}`);
            failures.push(`  ${source}: ${result.failure}`);
            continue;
        }
        log(`Pulumi ${result.version} ${SOURCES[source]}: ${result.binary}`);
        return describeCli(result.binary, result.version, source);
    }
    throw new Error(
        [
            `No Pulumi CLI ${MINIMUM} or later could be found or installed.`,
            `  found: ${passedOver.join(", ") || "none on PATH, in .pulumi-home/versions or in ~/.pulumi/versions"}`,
            ...failures,
            `Install Pulumi (https://www.pulumi.com/docs/install/), or Go ${pins(setup.repo).go} or later, and run this again.`,
        ].join("\n"),
    );
}

/** Answers the exit code. */
export async function main(args: string[], setup: Setup = thisMachine()): Promise<number> {
    try {
        const { values } = parseArgs({ args, options: { help: { type: "boolean", short: "h" } } });
        if (values.help) {
            console.log(HELP);
            return 0;
        }
    } catch (error) {
        console.error(`${(error as Error).message}\nSee npm run setup:pulumi -- --help.`);
        return 2;
    }
    try {
        await ensurePulumi(console.log, setup);
        return 0;
    } catch (error) {
        console.error((error as Error).message);
        return 1;
    }
}

if (require.main === module) {
    main(process.argv.slice(2)).then((code) => {
        process.exitCode = code;
    });
}
