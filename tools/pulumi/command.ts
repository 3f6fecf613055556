/** Runs the Pulumi CLI away from the user's own login, plugins and settings. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { findPulumi, type PulumiCli } from "./find";

const CHECKOUT = join(__dirname, "..", "..");

/** What a command printed and how it ended. */
export interface Result {
    exitCode: number;
    stdout: string;
    stderr: string;
}

/** Environment variables, or config values, by name. */
export type Variables = { [name: string]: string };

/** The pack that a command runs with, and how. */
export interface PackOptions {
    /**
     * The pack's folder or executable file; none when null. The compiled pack when left out: it starts three times as fast
     * as the checkout.
     */
    pack?: string | null;
    /** The pack's configuration: a file, or what goes into one. */
    config?: string | object;
    color?: boolean;
    /** More environment for the CLI, and so for the pack. */
    env?: Variables;
}

let found: Promise<PulumiCli> | undefined;

/** Looked up once in a process: the search starts each CLI it finds. */
export function theCli(): Promise<PulumiCli> {
    found ??= findPulumi().then((cli) => {
        if (!cli) {
            throw new Error("There is no Pulumi CLI. Run `npm run setup:pulumi` first.");
        }
        return cli;
    });
    return found;
}

/** Runs any command of the CLI in a folder, as a user would. */
export async function pulumi(args: readonly string[], cwd: string): Promise<Result> {
    return inTemporaryFolder(async (folder) => {
        const cli = await theCli();
        return execute(cli.binary, args, { cwd, env: environment(cli, folder) });
    });
}

/** Gives `use` an empty folder, and removes it when `use` is done, has failed, or the process ends. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    // An interrupted process ends without coming back here.
    process.once("exit", remove);
    try {
        return await use(folder);
    } finally {
        process.off("exit", remove);
        remove();
    }
}

/**
 * The CLI writes a log of every command and a file per working folder into PULUMI_HOME, so each folder has its own. The
 * CLI's folder comes first on PATH: what plugins start as `pulumi` is then the same one.
 */
export function environment(cli: PulumiCli, folder: string, more: Variables = {}): Variables {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
    const home = join(folder, "home");
    installLanguageHost(home);
    return {
        ...(Object.fromEntries(inherited) as Variables),
        PATH: [dirname(cli.binary), process.env.PATH ?? ""].join(delimiter),
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_CONFIG_PASSPHRASE: "test",
        ...more,
    };
}

/** Installed plugins come last in the engine's search: a Node language host on PATH or beside the CLI is used instead. */
function installLanguageHost(home: string): void {
    const plugin = join(home, "plugins", "language-nodejs-v0.0.0");
    if (mkdirSync(plugin, { recursive: true }) !== undefined) {
        symlinkSync(join(__dirname, "language-host.js"), join(plugin, "pulumi-language-nodejs"));
    }
}

/** The packs and their configs as the Automation API takes them, paths relative to the checkout. */
export function packArguments(
    options: PackOptions,
    folder: string,
): { policyPacks?: string[]; policyPackConfigs?: string[] } {
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

/** Runs a program to its end. An exit code other than 0 is a result like any other. */
export function execute(
    binary: string,
    args: readonly string[],
    options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Result> {
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
