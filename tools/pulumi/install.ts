import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
} from "node:fs";
import { basename, join } from "node:path";
import {
    compareVersions,
    executableName,
    namesIn,
    onPath,
    type PulumiCli,
    pulumiHome,
    run,
    type Setup,
    versionOf,
} from "./find";

export type Log = (line: string) => void;

/** One way of getting the CLI: fills `root` (with bin/pulumi in it), or says in a line why it could not. */
export type Installer = (stage: Stage) => Promise<string | undefined>;

export interface Stage {
    setup: Setup;
    log: Log;
    /** Where everything temporary goes: on the same disk as its final place, and removed whatever happens. */
    folder: string;
    /** What becomes .pulumi-home/versions/<version> when it proves to run. */
    root: string;
    version: string;
    signal: AbortSignal;
}

type Installed = Pick<PulumiCli, "binary" | "version">;

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const DOWNLOAD_LIMIT_MS = 5 * MINUTE_MS;
const BUILD_LIMIT_MS = 45 * MINUTE_MS;
const STAGING = /^staging-(\d+)-/;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** go.mod is where the CLI's version and the Go it takes are written down. */
export function pins(repo: string): { pulumi: string; go: string } {
    const text = readFileSync(join(repo, "tools/pulumi/go.mod"), "utf8");
    const pulumi = /^\s*(?:require )?github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m.exec(text)?.[1];
    const go = /^go (\S+)/m.exec(text)?.[1];
    if (pulumi === undefined || go === undefined) throw new Error("tools/pulumi/go.mod names no Pulumi or Go version");
    return { pulumi, go };
}

export async function download({ setup, log, folder, version, signal }: Stage): Promise<string | undefined> {
    const launcher = join(setup.repo, "node_modules/pulumi/run.js");
    if (!existsSync(launcher)) return "the npm package pulumi is not installed: run npm ci";
    const limitMs = setup.downloadLimitMs ?? DOWNLOAD_LIMIT_MS;
    log(`Downloading Pulumi ${version}: about a minute, given up after ${limitMs / MINUTE_MS} minutes.`);
    const env = { ...temporaryFilesIn(folder, setup.env), PULUMI_HOME: folder, PULUMI_VERSION: version };
    const outcome = await run(process.execPath, [launcher, "version"], { env, limitMs, signal });
    return outcome.ok ? undefined : outcome.reason;
}

export async function build({ setup, log, folder, root, version, signal }: Stage): Promise<string | undefined> {
    const module = join(setup.repo, "tools/pulumi");
    const needed = pins(setup.repo).go;
    const [go] = onPath("go", setup.env);
    if (go === undefined) return `Go is not on PATH; ${needed} or later is needed`;
    const env = { ...temporaryFilesIn(folder, setup.env), GOWORK: "off" };
    // Asked inside the module, since a Go that may fetch newer toolchains then answers with the one go.mod asks for.
    const asked = await run(go, ["version"], { env, cwd: module, limitMs: 5 * MINUTE_MS, signal });
    if (!asked.ok) return `go version: ${asked.reason}`;
    const found = /\bgo(\d+(?:\.\d+)+)/.exec(asked.stdout)?.[1];
    if (found === undefined || compareVersions(found, needed) < 0) {
        return `${go} is ${found ?? asked.stdout.trim()}; ${needed} or later is needed`;
    }

    log(`Building Pulumi ${version} with Go ${found}: 4 to 8 minutes the first time, under one once Go has it cached.`);
    const bin = join(root, "bin");
    mkdirSync(bin, { recursive: true });
    const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
    const target = ["-o", join(bin, executableName("pulumi")), "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"];
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", `-s -w ${versionFlag}`, ...target];
    const started = Date.now();
    const heartbeat = setInterval(
        () => log(`  still building, ${Math.round((Date.now() - started) / MINUTE_MS)} min`),
        MINUTE_MS,
    );
    const built = await run(go, args, { env, cwd: module, limitMs: BUILD_LIMIT_MS, signal });
    clearInterval(heartbeat);
    if (!built.ok) return `go build: ${built.reason}`;

    // Stands in for the Node language host, which cannot be built. The scripts put its folder on PATH.
    const packLauncher = join(bin, "pulumi-analyzer-policy-nodejs");
    copyFileSync(join(module, "pulumi-analyzer-policy-nodejs"), packLauncher);
    chmodSync(packLauncher, 0o755);
    return undefined;
}

function temporaryFilesIn(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...env, PULUMI_SKIP_UPDATE_CHECK: "1", TMPDIR: folder, TMP: folder, TEMP: folder, GOTMPDIR: folder };
}

/** Runs one installer in a folder of its own; only what runs and says the right version is moved into place. */
export async function install(installer: Installer, setup: Setup, log: Log): Promise<Installed | { failure: string }> {
    const interruption = new AbortController();
    let received: NodeJS.Signals | undefined;
    const onSignal = (signal: NodeJS.Signals) => {
        received = signal;
        interruption.abort();
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
    const result = await stageAndMove(installer, setup, log, interruption.signal).catch((error: Error) => ({
        failure: error.message,
    }));
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (received !== undefined) {
        // Ends this process the way the signal would have, now that nothing is left behind.
        process.kill(process.pid, received);
        throw new Error(`Interrupted by ${received}.`);
    }
    return result;
}

async function stageAndMove(
    installer: Installer,
    setup: Setup,
    log: Log,
    signal: AbortSignal,
): Promise<Installed | { failure: string }> {
    const version = pins(setup.repo).pulumi;
    const home = pulumiHome(setup.repo);
    mkdirSync(join(home, "versions"), { recursive: true });
    const folder = mkdtempSync(join(home, `staging-${process.pid}-`));
    try {
        const root = join(folder, "versions", version);
        const failure = await installer({ setup, log, folder, root, version, signal });
        if (failure !== undefined) return { failure };
        const actual = await versionOf(binaryIn(root), setup);
        if (actual !== version) return { failure: `the result ${actual ? `is Pulumi ${actual}` : "does not run"}` };
        if (signal.aborted) return { failure: "interrupted" };
        const final = join(home, "versions", version);
        await moveIntoPlace(root, final, join(folder, "replaced"), setup);
        return { binary: binaryIn(final), version };
    } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

function binaryIn(root: string): string {
    return join(root, "bin", executableName("pulumi"));
}

/** Leaves alone what a run at the same time has put there: others may be using it by now. */
async function moveIntoPlace(root: string, final: string, aside: string, setup: Setup): Promise<void> {
    const isGood = async (folder: string) => (await versionOf(binaryIn(folder), setup)) === basename(final);
    if (await isGood(final)) return;
    try {
        if (existsSync(final)) renameSync(final, aside);
        renameSync(root, final);
    } catch (error) {
        if (!(await isGood(final))) throw error;
    }
}

/** Removes what earlier runs that were killed outright could not remove themselves. */
export function removeAbandoned(repo: string): void {
    const home = pulumiHome(repo);
    for (const name of namesIn(home)) {
        const pid = STAGING.exec(name)?.[1];
        if (pid === undefined) continue;
        const folder = join(home, name);
        const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
        // Process ids come round again, in containers soon, so one that is alive vouches for a day at most.
        if (isRunning(Number(pid)) && age < DAY_MS) continue;
        try {
            rmSync(folder, { recursive: true, force: true });
        } catch {
            // Untidy, but no reason to do without a CLI.
        }
    }
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
