import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve, sep } from "node:path";

/** The first release whose `policy analyze` the project's scripts rely on. */
export const MINIMUM = "3.249.0";

const WINDOWS = process.platform === "win32";
const PROBE_LIMIT_MS = 30_000;

export interface Setup {
    /** The checkout; everything written goes below its .pulumi-home. */
    repo: string;
    /** The user's home folder, which is only ever read. */
    userHome: string;
    env: NodeJS.ProcessEnv;
    downloadLimitMs?: number;
}

export interface PulumiCli {
    binary: string;
    /** As in "3.259.0", without a leading v. */
    version: string;
    source: "PATH" | "project" | "user" | "download" | "build";
    /** Official releases bring the language host Node programs and packs start through; one built from source does not. */
    nodeLanguageHost: boolean;
}

export function thisMachine(): Setup {
    return { repo: resolve(__dirname, "../.."), userHome: homedir(), env: process.env };
}

export function pulumiHome(repo: string): string {
    return join(repo, ".pulumi-home");
}

/** What to run a CLI with, whosever it is, so that it leaves the user's own Pulumi folder alone. */
export function pulumiEnv(setup: Setup = thisMachine()): NodeJS.ProcessEnv {
    return { ...setup.env, PULUMI_HOME: pulumiHome(setup.repo), PULUMI_SKIP_UPDATE_CHECK: "1" };
}

export function executableName(name: string): string {
    return WINDOWS ? `${name}.exe` : name;
}

/** Folders below `home` that hold one release each, newest first; temporary and foreign names are left out. */
function releases(home: string): string[] {
    const versions = join(home, "versions");
    return namesIn(versions)
        .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
        .sort((a, b) => compareVersions(b, a))
        .map((name) => join(versions, name));
}

/** Nothing for a folder that is missing or may not be read. */
export function namesIn(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

export function compareVersions(a: string, b: string): number {
    const [left, right] = [a.split("."), b.split(".")];
    for (const i of [0, 1, 2]) {
        const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
        if (difference !== 0) return difference;
    }
    return 0;
}

/** Every executable of that name on PATH that is a program of its own and not a package's launcher. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string[] {
    return (env.PATH ?? "")
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, executableName(name)))
        .filter((file) => isExecutable(file) && !inNodeModules(file) && !inNodeModules(realpathSync(file)));
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

function inNodeModules(file: string): boolean {
    return file.split(sep).includes("node_modules");
}

/** What the CLI itself says its version is: the only proof that a file is whole and runs here. */
export async function versionOf(binary: string, setup: Setup): Promise<string | undefined> {
    const outcome = await run(binary, ["version"], { env: pulumiEnv(setup), limitMs: PROBE_LIMIT_MS });
    return outcome.ok ? /^v?(\d+\.\d+\.\d+)/.exec(outcome.stdout)?.[1] : undefined;
}

export function describeCli(binary: string, version: string, source: PulumiCli["source"]): PulumiCli {
    const host = join(dirname(realpathSync(binary)), executableName("pulumi-language-nodejs"));
    return { binary, version, source, nodeLanguageHost: isExecutable(host) };
}

/** The CLI to use, and what was passed over on the way to it, each with its reason. */
export async function look(setup: Setup): Promise<{ cli?: PulumiCli; passedOver: string[] }> {
    const own = pulumiHome(setup.repo);
    const homes = [own, setup.env.PULUMI_HOME || own, join(setup.userHome, ".pulumi")];
    const candidates = [
        ...onPath("pulumi", setup.env).map((binary) => ({ binary, source: "PATH" as const })),
        ...[...new Set(homes.map((home) => resolve(home)))].flatMap((home) =>
            releases(home)
                .map((root) => join(root, "bin", executableName("pulumi")))
                .filter(existsSync)
                .map((binary) => ({ binary, source: home === own ? ("project" as const) : ("user" as const) })),
        ),
    ];
    const passedOver: string[] = [];
    for (const { binary, source } of candidates) {
        const version = await versionOf(binary, setup);
        if (version === undefined) passedOver.push(`${binary} does not run`);
        else if (compareVersions(version, MINIMUM) < 0)
            passedOver.push(`${binary} is ${version}, older than ${MINIMUM}`);
        else return { cli: describeCli(binary, version, source), passedOver };
    }
    return { passedOver };
}

export interface RunOptions {
    env: NodeJS.ProcessEnv;
    limitMs: number;
    cwd?: string;
    signal?: AbortSignal;
}

export type Outcome = { ok: true; stdout: string } | { ok: false; reason: string };

/** Runs a program to its end, its limit or its interruption, and never throws: a failure is a reason in one line. */
export function run(command: string, args: string[], options: RunOptions): Promise<Outcome> {
    const { env, limitMs, cwd, signal } = options;
    const outcome = new Promise<Outcome>((done) => {
        // A process group of its own, so that whatever the program started ends with it.
        const child = spawn(command, args, { cwd, env, detached: !WINDOWS, stdio: ["ignore", "pipe", "pipe"] });
        const output = { stdout: "", stderr: "" };
        let stopped: string | undefined;
        const stop = (reason: string) => {
            stopped ??= reason;
            if (child.pid === undefined) return;
            try {
                process.kill(WINDOWS ? child.pid : -child.pid, "SIGKILL");
            } catch {
                // It ended by itself in the meantime.
            }
        };
        const interrupt = () => stop("interrupted");
        const finish = (outcome: Outcome) => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", interrupt);
            done(outcome);
        };
        const timer = setTimeout(() => stop(`no result within ${Math.ceil(limitMs / 1000)} s`), limitMs);
        signal?.addEventListener("abort", interrupt);
        if (signal?.aborted) interrupt();
        for (const stream of ["stdout", "stderr"] as const) {
            child[stream].setEncoding("utf8").on("data", (text: string) => {
                output[stream] += text;
            });
        }
        child.on("error", (error) => finish({ ok: false, reason: error.message }));
        child.on("close", (code, killed) => {
            if (code === 0 && stopped === undefined) finish({ ok: true, stdout: output.stdout });
            else finish({ ok: false, reason: stopped ?? complaint(output.stderr) ?? `ended with ${killed ?? code}` });
        });
    });
    // A file somebody is still writing makes spawn throw instead of emitting an error.
    return outcome.catch((error: Error) => ({ ok: false, reason: error.message }));
}

/** The first line that is neither progress nor a heading. */
function complaint(stderr: string): string | undefined {
    return stderr
        .split("\n")
        .map((line) => line.trim().slice(0, 300))
        .find((line) => line !== "" && !/^(#|Downloading |go: (downloading|finding) )/.test(line));
}
