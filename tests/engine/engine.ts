import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import {
    type Deployment,
    type EngineEvent,
    LocalWorkspace,
    type PulumiCommand,
    type PulumiFn,
} from "@pulumi/pulumi/automation";
import { findPulumi, type PulumiCli } from "../../tools/setup-pulumi";
import { Recorder, type Run, readAnalysis } from "./run";

export type { Deployment, PulumiFn } from "@pulumi/pulumi/automation";
export type { Finding, Remediation, Run } from "./run";

const CHECKOUT = resolve(__dirname, "../..");
const REGION = "us-east-1";

export interface PackOptions {
    /** The pack's folder; when left out the compiled one, which starts three times as fast as the checkout; none when null. */
    pack?: string | null;
    /** The pack's configuration: a file, or what goes into one. */
    config?: string | object;
    color?: boolean;
    /** More environment for the CLI, and so for the pack. */
    env?: { [name: string]: string };
}

export interface StackOptions extends PackOptions {
    /** How the AWS provider answers a preview: with unknown values (v7), or leaving them out (v5 and v6). */
    manner?: "v7" | "v6";
    /** The stack's own configuration, beside the region. */
    stackConfig?: { [key: string]: string };
    project?: string;
    stack?: string;
}

export interface TestStack {
    /** Another program than the stack's own stands for the next version of it. */
    preview(
        program?: PulumiFn,
        options?: readonly string[],
    ): Promise<Run & { readonly events: readonly EngineEvent[] }>;
    up(program?: PulumiFn): Promise<Run>;
    /** A preview, and what it prints with `--json --show-sames`. */
    previewDigest(program?: PulumiFn): Promise<Run & { readonly digest: object }>;
    /** The state as `pulumi stack export` prints it, with secrets encrypted. */
    export(): Promise<Deployment>;
}

/** Gives `use` a fresh stack in a file backend. Nothing of it is left when `use` is done, or has failed. */
export async function withStack<T>(
    program: PulumiFn,
    options: StackOptions,
    use: (stack: TestStack) => Promise<T>,
): Promise<T> {
    return inTemporaryFolder(async (folder) => {
        const cli = await theCli();
        const env = environment(cli, folder, { TEST_AWS_PROVIDER: options.manner ?? "v7", ...options.env });
        const [projectName, stackName] = [options.project ?? "test", options.stack ?? "test"];
        const workDir = join(folder, "program");
        const backend = join(folder, "backend");
        for (const name of [workDir, backend]) {
            mkdirSync(name);
        }
        // The Automation API's types leave out `plugins`; it writes what it gets into Pulumi.yaml.
        const projectSettings = {
            name: projectName,
            runtime: "nodejs" as const,
            backend: { url: `file://${backend}` },
            plugins: { providers: PROVIDERS },
        };
        const stackConfig = { "aws:region": REGION, ...options.stackConfig };
        const results: Result[] = [];
        const more: string[] = [];
        const stack = await LocalWorkspace.createStack(
            { stackName, projectName, program },
            {
                workDir,
                pulumiCommand: recording(cli, results, more),
                envVars: env,
                stackSettings: { [stackName]: { config: stackConfig } },
                projectSettings,
            },
        );
        const packs = packArguments(options, folder);
        const run = async (command: "preview" | "up", next: PulumiFn = program) => {
            const recorder = new Recorder();
            const events: EngineEvent[] = [];
            const onEvent = (event: EngineEvent) => {
                events.push(event);
                recorder.add(event);
            };
            results.length = 0;
            const settings = { ...packs, program: next, color: options.color ? "always" : "never" } as const;
            try {
                await stack[command]({ ...settings, onEvent });
            } catch (error) {
                if (!(error instanceof CommandFailed)) {
                    throw error;
                }
            }
            const result = results[0] ?? { exitCode: -1, stdout: "", stderr: "" };
            recorder.addText(result.stderr);
            return { ...result, ...recorder.read(), events };
        };
        const previewWith = async (next: PulumiFn | undefined, previewOptions: readonly string[] = []) => {
            more.splice(0, more.length, ...previewOptions);
            return run("preview", next);
        };
        return use({
            preview: previewWith,
            previewDigest: async (next) => {
                const preview = await previewWith(next, ["--json", "--show-sames"]);
                try {
                    return { ...preview, digest: JSON.parse(preview.stdout) };
                } catch {
                    throw new Error(`pulumi preview --json printed no JSON:\n${preview.stdout}${preview.stderr}`);
                }
            },
            up: (next) => run("up", next),
            export: async () => {
                // Not `stack.exportStack()`, which asks for the secrets in plain text.
                const args = ["stack", "export", "--stack", stackName, "--non-interactive"];
                return JSON.parse((await execute(cli.binary, args, { cwd: workDir, env })).stdout);
            },
        });
    });
}

/** Runs a pack over a stack's exported state; neither a program nor a provider takes part. */
export async function analyze(state: object, options: PackOptions = {}): Promise<Run> {
    return inTemporaryFolder(async (folder) => {
        const cli = await theCli();
        const file = join(folder, "state.json");
        writeFileSync(file, JSON.stringify(state));
        const { policyPacks = [], policyPackConfigs = [] } = packArguments(options, folder);
        const result = await execute(
            cli.binary,
            [
                "policy",
                "analyze",
                "--non-interactive",
                "--json",
                ...["--file", file],
                ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
                ...policyPackConfigs.flatMap((config) => ["--policy-pack-config", config]),
            ],
            { cwd: folder, env: environment(cli, folder, options.env) },
        );
        return { ...result, ...readAnalysis(result) };
    });
}

/** Runs any command of the CLI in a folder, as a user would. */
export async function pulumi(args: readonly string[], cwd: string): Promise<Result> {
    return inTemporaryFolder(async (folder) => {
        const cli = await theCli();
        return execute(cli.binary, [...args], { cwd, env: environment(cli, folder) });
    });
}

const PROVIDERS = [
    { name: "aws", path: join(__dirname, "provider") },
    { name: "aws-native", path: join(__dirname, "provider") },
    { name: "aws-apigateway", path: join(__dirname, "component-provider") },
];

let found: Promise<PulumiCli> | undefined;

/** Looked up once in a process: it starts every CLI it finds. */
function theCli(): Promise<PulumiCli> {
    found ??= findPulumi().then((cli) => {
        if (!cli) {
            throw new Error("There is no Pulumi CLI. Run `npm run setup:pulumi` first.");
        }
        return cli;
    });
    return found;
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    // An interrupted test run ends without coming back here.
    process.once("exit", remove);
    try {
        return await use(folder);
    } finally {
        process.off("exit", remove);
        remove();
    }
}

type Variables = { [name: string]: string };

/** What starts a pack where the CLI came without its Node language host. */
const PACK_LAUNCHER = join(CHECKOUT, "tools", "pulumi");

/**
 * The CLI writes a log of every command and a file per working folder into PULUMI_HOME, so each stack has its own. The
 * CLI's folder comes first on PATH: in npm scripts `pulumi` is a launcher otherwise, and what starts a pack is looked for
 * on PATH only.
 */
function environment(cli: PulumiCli, folder: string, more: Variables = {}): Variables {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
    return {
        ...(Object.fromEntries(inherited) as Variables),
        PATH: [dirname(cli.binary), process.env.PATH ?? "", PACK_LAUNCHER].join(delimiter),
        PULUMI_HOME: join(folder, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_CONFIG_PASSPHRASE: "test",
        ...more,
    };
}

function packArguments(options: PackOptions, folder: string): { policyPacks?: string[]; policyPackConfigs?: string[] } {
    if (options.pack === null) {
        return {};
    }
    const packs = { policyPacks: [resolve(CHECKOUT, options.pack ?? "dist")] };
    if (options.config === undefined) {
        return packs;
    }
    if (typeof options.config === "string") {
        return { ...packs, policyPackConfigs: [resolve(CHECKOUT, options.config)] };
    }
    const file = join(folder, "policy-config.json");
    writeFileSync(file, JSON.stringify(options.config));
    return { ...packs, policyPackConfigs: [file] };
}

interface Result {
    exitCode: number;
    stdout: string;
    stderr: string;
}

class CommandFailed extends Error {}

/**
 * The Automation API's own command turns a failure into an exception that has lost the exit code and stdout. This one
 * keeps them. It also answers what the API asks for after an update, and no test reads, without starting the CLI three
 * more times.
 */
function recording(cli: PulumiCli, results: Result[], more: readonly string[]): PulumiCommand {
    const unread: { [command: string]: string } = { "stack output": "{}", "stack history": "[]" };
    const command = {
        command: cli.binary,
        version: { toString: () => cli.version },
        async run(args: string[], cwd: string, env: { [name: string]: string }) {
            const answer = unread[args.slice(0, 2).join(" ")];
            if (answer !== undefined) {
                return { exitCode: 0, stdout: answer, stderr: "" };
            }
            const extra = args[0] === "preview" ? more : [];
            const result = await execute(cli.binary, [...args, ...extra, "--non-interactive"], { cwd, env });
            if (args[0] === "preview" || args[0] === "up") {
                results.push(result);
                if (result.exitCode !== 0) {
                    throw new CommandFailed();
                }
            } else if (result.exitCode !== 0) {
                throw new Error(`pulumi ${args.join(" ")} failed:\n${result.stdout}${result.stderr}`);
            }
            return result;
        },
    };
    return command as unknown as PulumiCommand;
}

function execute(binary: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Result> {
    return new Promise((done, fail) => {
        const child = spawn(binary, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
        const output = { stdout: "", stderr: "" };
        for (const stream of ["stdout", "stderr"] as const) {
            child[stream].setEncoding("utf8").on("data", (chunk: string) => {
                output[stream] += chunk;
            });
        }
        child.on("error", fail);
        child.on("close", (code) => done({ exitCode: code ?? -1, ...output }));
    });
}
