/** `npm run bench`: what the pack costs in `pulumi policy analyze`, side by side with other packs. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { findPulumi } from "./setup-pulumi";

const ROOT = join(__dirname, "..");
const PAGE = join(ROOT, "docs", "benchmark.md");
const AWSGUARD = "0.3.1";
const SIZES = [1, 1000];

const ABOUT = `Made by \`npm run bench -- --write\`: \`pulumi policy analyze\` of a state with one resource, and of one with 1,000 of which one in
twenty is of API Gateway. The packs take turns; ratios are to the empty pack of the same size.

What the compiled pack costs beyond an empty one grows with the resources, and nearly all of it is the policy SDK's: it turns a
resource into objects anew for each policy that may look at it, and its shortcut past that is for policies of a single type.
Ours read a type of \`@pulumi/aws\` and one of aws-native each. The TypeScript checkout is type-checked at each start.`;

const HELP = `Usage: npm run bench [-- --rounds N] [--write]

Times "pulumi policy analyze" of exported states with an empty pack, this pack compiled (dist) and as its TypeScript
checkout, and awsguard ${AWSGUARD}, which is installed into a temporary folder. The packs take turns in every round; the
table has the medians, and each as a ratio to the empty pack's. With 7 rounds it takes some four minutes.

Options:
      --rounds N  how often each pack runs (7)
      --write     put the table into docs/benchmark.md as well
  -h, --help      show this text`;

interface Pack {
    readonly name: string;
    readonly folder: string;
}

interface Measure {
    readonly seconds: number;
    /** The largest the pack's process was, in MB. */
    readonly memory: number;
}

const EMPTY = "an empty pack, compiled";

function emptyPack(folder: string): Pack {
    return pack(
        EMPTY,
        join(folder, "empty"),
        'new PolicyPack("empty", { policies: [] });',
        "@pulumi/policy",
        "PolicyPack",
    );
}

async function awsguard(folder: string): Promise<Pack> {
    const made = pack(
        `awsguard ${AWSGUARD}`,
        join(folder, "awsguard"),
        'new AwsGuard({ all: "advisory" });',
        "@pulumi/awsguard",
        "AwsGuard",
    );
    console.error(`Installing awsguard ${AWSGUARD}, about a minute.`);
    await run(
        "npm",
        ["install", "--no-audit", "--no-fund", "--ignore-scripts", `@pulumi/awsguard@${AWSGUARD}`],
        made.folder,
    );
    return made;
}

function pack(name: string, folder: string, code: string, module: string, imported: string): Pack {
    mkdirSync(folder);
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "0.0.1", main: "index.js" }));
    writeFileSync(join(folder, "index.js"), `const { ${imported} } = require("${module}");\n${code}\n`);
    return { name, folder };
}

/** A state of as many resources, of which one in twenty is a stage that logs or the settings by which it does. */
function stateOf(size: number): object {
    const [provider, ...recorded]: { urn: string; type: string }[] = JSON.parse(
        readFileSync(join(ROOT, "tests", "fixtures", "rest-api.json"), "utf8"),
    ).deployment.resources.sort(
        (a: { type: string }, b: { type: string }) =>
            Number(b.type.startsWith("pulumi:providers")) - Number(a.type.startsWith("pulumi:providers")),
    );
    const bucket = {
        ...recorded.find(({ type }) => type === "aws:apigateway/restApi:RestApi"),
        type: "aws:s3/bucket:Bucket",
    };
    const samples = recorded.filter(({ type }) => /:(Stage|MethodSettings)$/.test(type) && type.startsWith("aws:"));
    const resources = Array.from({ length: size }, (_, index) => {
        const sample = index % 20 === 0 ? samples[(index / 20) % samples.length] : bucket;
        return {
            ...sample,
            parent: undefined,
            dependencies: [],
            urn: `urn:pulumi:dev::bench::${sample?.type}::r${index}`,
        };
    });
    const manifest = { time: "0001-01-01T00:00:00Z", magic: "", version: "" };
    return { version: 3, deployment: { manifest, resources: [provider, ...resources] } };
}

/** Writes the memory of the pack's process at short intervals: the engine ends it without warning. */
const MEMORY_HOOK = `
const { writeFileSync } = require("node:fs");
const write = () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS));
if (process.argv.some((arg) => /^127\\.0\\.0\\.1:/.test(arg))) setInterval(write, 20).unref();
`;

async function measure(binary: string, { folder }: Pack, state: string, temp: string): Promise<Measure> {
    const memory = join(temp, "memory");
    const hook = join(temp, "hook.js");
    writeFileSync(memory, "0");
    writeFileSync(hook, MEMORY_HOOK);
    const env = {
        ...process.env,
        PATH: [dirname(binary), process.env.PATH, join(ROOT, "tools", "pulumi")].join(delimiter),
        PULUMI_HOME: join(temp, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "1",
        NODE_OPTIONS: `--require ${hook}`,
        BENCH_MEMORY: memory,
    };
    const start = process.hrtime.bigint();
    await run(binary, ["policy", "analyze", "--non-interactive", "--policy-pack", folder, "--file", state], temp, env);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    return { seconds, memory: Number(readFileSync(memory, "utf8")) / 1024 };
}

function run(
    command: string,
    args: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
    return new Promise((done, fail) => {
        const child = spawn(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
        let stderr = "";
        child.stderr.on("data", (data) => {
            stderr += data;
        });
        child.on("error", fail);
        child.on("close", (code) =>
            code === 0 ? done() : fail(new Error(`${command} ${args[0]} failed:\n${stderr}`)),
        );
    });
}

function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function bench(rounds: number): Promise<string> {
    const cli = await findPulumi();
    if (cli === undefined) {
        throw new Error("There is no Pulumi CLI. Run `npm run setup:pulumi` first.");
    }
    const temp = mkdtempSync(join(tmpdir(), "apigateway-guard-bench-"));
    // Below the checkout, so that the empty pack finds the checkout's packages, as dist does.
    const below = mkdtempSync(join(ROOT, ".pulumi-home", "bench-"));
    try {
        const packs = [
            emptyPack(below),
            { name: "this pack, compiled (`dist`)", folder: join(ROOT, "dist") },
            { name: "this pack, as TypeScript", folder: ROOT },
            await awsguard(temp),
        ];
        const results = new Map<string, Measure[]>();
        for (const size of SIZES) {
            const state = join(temp, `${size}.json`);
            writeFileSync(state, JSON.stringify(stateOf(size)));
            for (let round = 0; round < rounds; round++) {
                console.error(`${size} resources, round ${round + 1} of ${rounds}`);
                // Everyone starts a round in turn: the machine may be slower at its beginning than at its end.
                for (const one of packs.map((_, index) => packs[(index + round) % packs.length] as Pack)) {
                    const key = `${size} ${one.name}`;
                    results.set(key, [...(results.get(key) ?? []), await measure(cli.binary, one, state, temp)]);
                }
            }
        }
        return table(packs, results, rounds, cli.version);
    } finally {
        rmSync(temp, { recursive: true, force: true });
        rmSync(below, { recursive: true, force: true });
    }
}

function table(
    packs: readonly Pack[],
    results: ReadonlyMap<string, Measure[]>,
    rounds: number,
    version: string,
): string {
    const of = (size: number, name: string, what: keyof Measure) =>
        median((results.get(`${size} ${name}`) ?? []).map((one) => one[what]));
    const rows = SIZES.flatMap((size) =>
        packs.map(({ name }) => {
            const cells = (["seconds", "memory"] as const).flatMap((what) => {
                const value = of(size, name, what);
                return [value.toFixed(what === "seconds" ? 2 : 0), (value / of(size, EMPTY, what)).toFixed(2)];
            });
            return `| ${size} | ${name} | ${cells.join(" | ")} |`;
        }),
    );
    const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    return [
        `Pulumi CLI ${version}, Node ${process.versions.node}, ${machine}; medians of ${rounds} rounds.`,
        "",
        "| resources | pack | seconds | ratio | pack's memory, MB | ratio |",
        "| --: | --- | --: | --: | --: | --: |",
        ...rows,
    ].join("\n");
}

async function main(): Promise<void> {
    try {
        const { values } = parseArgs({
            options: {
                rounds: { type: "string", default: "7" },
                write: { type: "boolean" },
                help: { type: "boolean", short: "h" },
            },
        });
        if (values.help) {
            console.log(HELP);
            return;
        }
        if (!/^[1-9]\d*$/.test(values.rounds)) {
            throw Object.assign(new Error(`--rounds takes a whole number above 0, not ${values.rounds}`), {
                code: "ERR_PARSE_ARGS",
            });
        }
        const markdown = await bench(Number(values.rounds));
        console.log(markdown);
        if (values.write) {
            writeFileSync(PAGE, `# Benchmark\n\n${ABOUT}\n\n${markdown}\n`);
        }
    } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        console.error(message);
        process.exitCode = code?.startsWith("ERR_PARSE_ARGS") ? 2 : 1;
    }
}

if (require.main === module) {
    void main();
}
