/** The Pulumi CLI that the scripts and tests of this project run. */

import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import * as semver from "semver";

/** The first release whose `pulumi policy analyze` reads a state without a login. */
export const MINIMUM = "3.249.0";

/** A Pulumi CLI that runs on this machine. */
export interface PulumiCli {
    readonly binary: string;
    /** Without a leading "v". */
    readonly version: string;
}

/** Where a CLI may be. */
export interface Places {
    /** As the environment variable PATH. */
    readonly path: string;
    /** Where CLIs are installed. Git ignores it. */
    readonly home: string;
}

/** The user's PATH, and the folder of this checkout. */
export function defaultPlaces(): Places {
    return { path: process.env.PATH ?? "", home: join(__dirname, "..", "..", ".pulumi-home") };
}

/** The version to install. go.mod states it, since Go needs it there. */
export function pinnedVersion(): string {
    const modules = readFileSync(join(__dirname, "go.mod"), "utf8");
    const [, version = ""] = /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m.exec(modules) ?? [];
    return version;
}

/** The folder that holds a version once it is installed, with its executables in `bin`. */
export function installationRoot({ home }: Places, version = pinnedVersion()): string {
    return join(home, "versions", version);
}

/** The first CLI that will do, and why those before it will not. */
export async function look(places: Places): Promise<{ cli?: PulumiCli; rejected: string[] }> {
    const folders = [...places.path.split(delimiter).filter(isAbsolute), join(installationRoot(places), "bin")];
    const rejected: string[] = [];
    for (const binary of folders.map((folder) => join(folder, "pulumi")).filter(existsSync)) {
        // The npm package `pulumi` is a launcher, which downloads a CLI when it is run.
        if (`${binary}${realpathSync(binary)}`.includes("/node_modules/")) {
            continue;
        }
        const version = await versionOf(binary, places);
        if (version !== undefined && semver.gte(version, MINIMUM)) {
            return { cli: { binary, version }, rejected };
        }
        rejected.push(`${binary} ${version === undefined ? "does not run" : `is ${version}`}`);
    }
    return { rejected };
}

/** The CLI that is there already. Nothing is installed. */
export async function findPulumi(): Promise<PulumiCli | undefined> {
    return (await look(defaultPlaces())).cli;
}

/** An answer shows that the file is whole and runs on this machine. Asked, a CLI writes a log into its PULUMI_HOME. */
export function versionOf(binary: string, { home }: Places): Promise<string | undefined> {
    const env = { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "1" };
    return new Promise((done) => {
        execFile(binary, ["version"], { env, timeout: 30_000 }, (error, stdout) =>
            done(error === null ? semver.coerce(stdout)?.version : undefined),
        );
    });
}
