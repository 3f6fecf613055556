/** Installs the pinned Pulumi CLI into a folder of this checkout. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import {
    defaultPlaces,
    installationRoot,
    look,
    MINIMUM,
    type Places,
    type PulumiCli,
    pinnedVersion,
    versionOf,
} from "./find";

/** A way to get the CLI: a command, run in the folder of this file, that leaves it in `root` as `bin/pulumi`. */
export interface Source {
    /** What it does and takes, for those who wait. */
    readonly about: string;
    readonly limitMinutes: number;
    command(root: string, version: string): readonly string[];
}

const DOWNLOAD = `
const { PulumiCommand } = require("@pulumi/pulumi/automation");
const [, root, version] = process.argv;
PulumiCommand.install({ root, version: require("semver").parse(version) }).catch(({ message }) => {
    console.error(message);
    process.exitCode = 1;
});`;

/** The official release, which `PulumiCommand.install` of the SDK downloads. */
export const OFFICIAL_RELEASE: Source = {
    about: "downloading the official release, about a minute",
    limitMinutes: 5,
    command: (root, version) => [process.execPath, "-e", DOWNLOAD, root, version],
};

/** Where the CLI can come from, in the order in which they are tried. */
export const SOURCES: readonly Source[] = [
    OFFICIAL_RELEASE,
    {
        about: "building its Go modules, 4 to 8 minutes the first time",
        limitMinutes: 45,
        command: (root, version) => [
            "go",
            "build",
            "-mod=readonly",
            "-trimpath",
            "-ldflags",
            `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
            "-o",
            join(root, "bin", "pulumi"),
            "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        ],
    },
];

/**
 * The CLI that is there, or else one from the first source that works.
 *
 * @throws an error that says what was tried if none does
 */
export async function ensurePulumi(
    log: (line: string) => void,
    places = defaultPlaces(),
    sources = SOURCES,
): Promise<PulumiCli> {
    const there = await look(places);
    if (there.cli !== undefined) {
        return there.cli;
    }
    const { cli, failures } = await installPulumi(pinnedVersion(), log, places, sources);
    if (cli !== undefined) {
        return cli;
    }
    const rejected = there.rejected.map((reason) => `${reason}, and ${MINIMUM} or later is needed`);
    const tried = [...rejected, ...failures].map((failure) => `  ${failure.replaceAll("\n", "\n    ")}`);
    const help = "Install Pulumi (https://www.pulumi.com/docs/install/) or Go (https://go.dev/dl/), then try again.";
    throw new Error([`There is no Pulumi CLI ${MINIMUM} or later. Tried:`, ...tried, help].join("\n"));
}

/** A release of the CLI from the first source that works, and why those before it do not. */
export async function installPulumi(
    version: string,
    log: (line: string) => void,
    places: Places,
    sources: readonly Source[],
): Promise<{ cli?: PulumiCli; failures: string[] }> {
    const failures: string[] = [];
    for (const source of sources) {
        const what = `Pulumi ${version}, ${source.about}`;
        log(what);
        const start = Date.now();
        const progress = setInterval(() => log(`  ${Math.round((Date.now() - start) / 60_000)} min`), 60_000);
        try {
            return { cli: await install(source, version, places), failures };
        } catch (error) {
            const { message } = error as Error;
            log(`  ${message}`);
            failures.push(`${what}: ${message}`);
        } finally {
            clearInterval(progress);
        }
    }
    return { failures };
}

/** Works in a folder beside, so that whatever is in its place is whole and runs. */
async function install({ command, limitMinutes }: Source, version: string, places: Places): Promise<PulumiCli> {
    const place = installationRoot(places, version);
    mkdirSync(dirname(place), { recursive: true });
    const temporary = mkdtempSync(join(places.home, "installing-"));
    const root = join(temporary, "root");
    const remove = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    process.once("exit", remove);
    try {
        mkdirSync(join(root, "bin"), { recursive: true });
        await run(command(root, version), temporary, limitMinutes * 60_000);
        const actual = await versionOf(join(root, "bin", "pulumi"), places);
        if (actual !== version) {
            throw new Error(actual === undefined ? "the result does not run" : `the result is Pulumi ${actual}`);
        }
        rmSync(place, { recursive: true, force: true });
        renameSync(root, place);
        return { binary: join(place, "bin", "pulumi"), version };
    } finally {
        process.off("exit", remove);
        remove();
    }
}

/** Runs a command in a process group of its own, so that all it has started ends with it, or with this process. */
export async function run(
    [program = "", ...args]: readonly string[],
    temporary: string,
    limitMs: number,
): Promise<void> {
    const env = { ...process.env, TMPDIR: temporary, GOWORK: "off", PULUMI_HOME: temporary };
    const child = spawn(program, args, { cwd: __dirname, env, detached: true, stdio: ["ignore", "ignore", "pipe"] });
    const kill = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
    const timer = setTimeout(kill, limitMs);
    process.prependOnceListener("exit", kill);
    try {
        const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
        if (code !== 0) {
            const lastLines = said.trim().split("\n").slice(-5).join("\n");
            throw new Error(code === null ? "stopped, since it took too long" : lastLines || `exit code ${code}`);
        }
    } finally {
        clearTimeout(timer);
        process.off("exit", kill);
    }
}
