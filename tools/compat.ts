/** `npm run compat`: runs the pack with other releases of what it works with, and writes docs/compatibility.md. */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { dependencies } from "../package.json";
import { folderOfCli } from "./compat/cli";
import { ROWS, type Row } from "./compat/rows";
import { fail } from "./failure";
import { inTemporaryFolder } from "./pulumi/command";

const ROOT = join(__dirname, "..");
const HOME = join(ROOT, ".pulumi-home", "compat");
const PAGE = join(ROOT, "docs", "compatibility.md");

const HELP = `Usage: npm run compat

Runs the compiled pack and "check" with several releases of the Pulumi CLI, Node.js, @pulumi/aws and @pulumi/aws-native, and
writes docs/compatibility.md. Each row previews, updates, analyzes and checks a program with mistakes and one without, with
a stand-in for AWS; from Pulumi 3.255 on, with the pack as a folder, an executable and a single file.

What is not there is installed from npm, downloaded, or built from Go modules, into .pulumi-home. A row whose parts cannot be
had is listed as not run. If a row fails, the page stays as it is and the exit code is 1. It takes 5 minutes, and up to an
hour the first time.

Options:
  -h, --help  show this text`;

/** What has to be found, as \`policy: resource name\`, by the program's name. */
type Expected = Readonly<Record<string, readonly string[]>>;

const OF_AWS: Expected = {
    "rest-api": [],
    "rest-api-mistakes": [
        "apigateway-account-cloudwatch-role: prod",
        "apigateway-account-role-set: account",
        "apigateway-method-settings-logging-level: prod-list-orders",
        "apigateway-method-settings-logging-level: test",
        "apigateway-stage-execution-logging: dev",
        "cloudwatch-log-group-retention: orders-prod",
    ],
};

const OF_NATIVE: Expected = {
    fine: [],
    mistakes: ["apigateway-method-settings-logging-level: prod", "cloudwatch-log-group-retention: orders"],
};

/** A row that was run, or why it could not be. */
export interface Ran {
    readonly row: Row;
    /** In UTC, `2026-11-25`. */
    readonly date: string;
    /** Why it could not be run. */
    readonly missing?: string;
}

async function main(): Promise<void> {
    try {
        const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
        if (values.help) {
            console.log(HELP);
            return;
        }
        const ran: Ran[] = [];
        for (const row of ROWS) {
            ran.push(await runRow(row));
        }
        writeFileSync(PAGE, pageOf(ran));
    } catch (error) {
        fail(error);
    }
}

/** @throws an error if the pack does not do with these releases what it has to */
async function runRow(row: Row): Promise<Ran> {
    const date = new Date().toISOString().slice(0, 10);
    let parts: Parts;
    try {
        parts = await partsOf(row);
    } catch (error) {
        console.log(`${nameOf(row)}: not run`);
        return { row, date, missing: (error as Error).message };
    }
    await inTemporaryFolder(async (folder) => {
        const programs = programsIn(folder, row, parts);
        const env = { ...process.env, PATH: [...parts.path, process.env.PATH].join(delimiter) };
        const script = ["-r", "ts-node/register/transpile-only", join(__dirname, "compat", "run.ts")];
        const args = [...script, folder, JSON.stringify({ row, programs })];
        execFileSync("node", args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] });
    }).catch(() => {
        throw new Error(`${nameOf(row)}: failed`);
    });
    console.log(`${nameOf(row)}: ok`);
    return { row, date };
}

interface Parts {
    /** The folders of Node.js and of the Pulumi CLI. */
    readonly path: readonly string[];
    /** The node_modules that have the package which the program is written with. */
    readonly modules: string;
}

async function partsOf({ cli, node, program }: Row): Promise<Parts> {
    const platform = `node-${process.platform}-${process.arch}`;
    const cliFolder = await folderOfCli(cli, console.log);
    const nodeModules = installed(`${platform}@${node}`);
    return { path: [join(nodeModules, platform, "bin"), cliFolder], modules: installed(program) };
}

/** The node_modules of a package that npm has installed by itself. */
function installed(spec: string): string {
    const folder = join(HOME, spec.replaceAll("/", "+"));
    const modules = join(folder, "node_modules");
    if (!existsSync(join(folder, "ready"))) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "package.json"), "{}");
        const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--legacy-peer-deps"];
        try {
            execFileSync("npm", ["install", ...options, spec], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
        } catch {
            throw new Error(`npm cannot install ${spec}`);
        }
        // The Automation API, and the program that it runs inline, have to share one SDK.
        const sdk = join(modules, "@pulumi", "pulumi");
        if (existsSync(sdk)) {
            rmSync(sdk, { recursive: true });
            symlinkSync(join(ROOT, "node_modules", "@pulumi", "pulumi"), sdk);
        }
        writeFileSync(join(folder, "ready"), "");
    }
    return modules;
}

/** Puts the programs into a folder from which they find the package that they are written with. */
function programsIn(folder: string, { program }: Row, { modules }: Parts): Expected {
    const isNative = program.startsWith("@pulumi/aws-native@");
    cpSync(isNative ? join(__dirname, "compat", "native") : join(ROOT, "examples"), folder, { recursive: true });
    symlinkSync(modules, join(folder, "node_modules"));
    return isNative ? OF_NATIVE : OF_AWS;
}

function nameOf({ cli, node, program }: Row): string {
    return `Pulumi ${cli}, Node.js ${node}, ${program}`;
}

/** The text of docs/compatibility.md. */
export function pageOf(ran: readonly Ran[]): string {
    const lines = ran
        .filter(({ missing }) => missing === undefined)
        .map(({ row: { cli, node, program }, date }) => `| ${cli} | ${node} | \`${program}\` | ${date} |`);
    const missing = ran.flatMap(({ row, missing: why, date }) =>
        why === undefined ? [] : [`- ${nameOf(row)}: ${why} (${date})`],
    );
    return `<!-- Written by npm run compat: do not edit. -->

# What the pack was run with

Each row is a run of \`npm run compat\`, with \`@pulumi/policy\` ${dependencies["@pulumi/policy"]} and \`@pulumi/pulumi\` ${dependencies["@pulumi/pulumi"]}, which the pack brings along. It
previews, updates, analyzes (\`pulumi policy analyze\`) and checks (\`apigateway-guard check\`) a program with mistakes and one without,
which are written with the package in the third column. A [stand-in](../tools/pulumi/aws-provider) answers in place of AWS, in the
manner of that package's provider.

| Pulumi CLI | Node.js | program written with | date |
| --- | --- | --- | --- |
${lines.join("\n")}
${missing.length === 0 ? "" : `\nNot run, since a part could not be had:\n\n${missing.join("\n")}\n`}`;
}

if (require.main === module) {
    void main();
}
