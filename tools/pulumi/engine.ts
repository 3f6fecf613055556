/** Programs and states in the real Pulumi engine, with stand-ins for the AWS providers and a file backend. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
    type Deployment,
    type EngineEvent,
    LocalWorkspace,
    type PulumiCommand,
    type PulumiFn,
} from "@pulumi/pulumi/automation";
import {
    environment,
    execute,
    inTemporaryFolder,
    type PackOptions,
    packArguments,
    type Result,
    theCli,
    type Variables,
} from "./command";
import type { PulumiCli } from "./find";

export type { Deployment, EngineEvent, PulumiFn } from "@pulumi/pulumi/automation";

const REGION = "us-east-1";

/** The stand-ins for providers, in the form of `plugins` in Pulumi.yaml. */
export const PROVIDERS = [
    { name: "aws", path: join(__dirname, "aws-provider") },
    { name: "aws-native", path: join(__dirname, "aws-provider") },
    { name: "aws-apigateway", path: join(__dirname, "component-provider") },
];

/** How a stack is set up. */
export interface StackOptions extends PackOptions {
    /**
     * How the AWS provider answers: as v7 does, as v5 and most of v6 do, whose previews leave out what is unknown or not
     * set, or as the last releases of v6 do, on the same bridge as v7.
     */
    manner?: "v7" | "v6" | "late-v6";
    /** The stack's own configuration, beside the region. */
    stackConfig?: Variables;
    project?: string;
    /** Its name; `organisation/name` for Pulumi Cloud. */
    stack?: string;
    /** The URL of the backend; a folder beside the program when left out. */
    backend?: string;
}

/** What a command of the CLI did. A command that fails is a run like any other. */
export interface Ran extends Result {
    events: readonly EngineEvent[];
}

/** A stack, and the commands that run on it. */
export interface EngineStack {
    /** Another program than the stack's own stands for the next version of it. */
    preview(program?: PulumiFn, options?: readonly string[]): Promise<Ran>;
    up(program?: PulumiFn): Promise<Ran>;
    /** The state as `pulumi stack export` prints it, with secrets encrypted. */
    export(): Promise<Deployment>;
}

/** Gives `use` a fresh stack in a file backend. Nothing of it is left when `use` is done, or has failed. */
export async function withStack<T>(
    program: PulumiFn,
    options: StackOptions,
    use: (stack: EngineStack) => Promise<T>,
): Promise<T> {
    return inTemporaryFolder(async (folder) => use(await openStack(program, options, folder)));
}

/** A fresh stack, with all that belongs to it in a folder; with a backend of its own if the options name none. */
export async function openStack(program: PulumiFn, options: StackOptions, folder: string): Promise<EngineStack> {
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
        backend: { url: options.backend ?? `file://${backend}` },
        plugins: { providers: PROVIDERS },
    };
    const command = new RecordingCommand(cli);
    const stack = await LocalWorkspace.createStack(
        { stackName, projectName, program },
        {
            workDir,
            pulumiCommand: command as unknown as PulumiCommand,
            envVars: env,
            stackSettings: { [stackName]: { config: { "aws:region": REGION, ...options.stackConfig } } },
            projectSettings,
        },
    );
    const packs = packArguments(options, folder);
    const run = async (operation: "preview" | "up", next = program, more: readonly string[] = []) => {
        const events: EngineEvent[] = [];
        const onEvent = (event: EngineEvent) => void events.push(event);
        command.more = more;
        const settings = { ...packs, program: next, color: options.color ? "always" : "never", onEvent } as const;
        await stack[operation](settings).catch((error) => {
            if (!(error instanceof CommandFailed)) {
                throw error;
            }
        });
        return { ...command.last, events };
    };
    return {
        preview: (next, more) => run("preview", next, more),
        up: (next) => run("up", next),
        export: async () => {
            // Not `stack.exportStack()`, which asks for the secrets in plain text.
            const args = ["stack", "export", "--stack", stackName, "--non-interactive"];
            return JSON.parse((await execute(cli.binary, args, { cwd: workDir, env })).stdout);
        },
    };
}

/** Runs a pack over a stack's exported state; neither a program nor a provider takes part. */
export async function analyze(state: object, options: PackOptions = {}): Promise<Ran> {
    return inTemporaryFolder(async (folder) => {
        const cli = await theCli();
        const file = join(folder, "state.json");
        writeFileSync(file, JSON.stringify(state));
        const { policyPacks = [], policyPackConfigs = [] } = packArguments(options, folder);
        const args = [
            "policy",
            "analyze",
            "--non-interactive",
            "--json",
            "--file",
            file,
            ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
            ...policyPackConfigs.flatMap((config) => ["--policy-pack-config", config]),
        ];
        const result = await execute(cli.binary, args, { cwd: folder, env: environment(cli, folder, options.env) });
        const lines = result.stdout.split("\n").filter((line) => line.trim() !== "");
        return { ...result, events: lines.map((line) => JSON.parse(line)) };
    });
}

class CommandFailed extends Error {}

/**
 * The Automation API's own command turns a failure into an exception that has lost the exit code and stdout. This one
 * keeps them. It also answers what the API asks for after an update, and nothing here reads, without starting the CLI
 * three more times.
 */
class RecordingCommand {
    readonly command: string;
    readonly version: { toString(): string };
    /** More arguments for previews. */
    more: readonly string[] = [];
    /** Of the last preview or update. */
    last: Result = { exitCode: -1, stdout: "", stderr: "" };

    constructor({ binary, version }: PulumiCli) {
        this.command = binary;
        this.version = { toString: () => version };
    }

    async run(args: string[], cwd: string, env: Variables): Promise<Result> {
        const answer = UNREAD[args.slice(0, 2).join(" ")];
        if (answer !== undefined) {
            return { exitCode: 0, stdout: answer, stderr: "" };
        }
        const [operation] = args;
        const more = operation === "preview" ? this.more : [];
        const result = await execute(this.command, [...args, ...more, "--non-interactive"], { cwd, env });
        if (operation === "preview" || operation === "up") {
            this.last = result;
            if (result.exitCode !== 0) {
                throw new CommandFailed();
            }
        } else if (result.exitCode !== 0) {
            throw new Error(`pulumi ${args.join(" ")} failed:\n${result.stdout}${result.stderr}`);
        }
        return result;
    }
}

const UNREAD: Variables = { "stack output": "{}", "stack history": "[]" };
