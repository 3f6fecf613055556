/** Releases of the Pulumi CLI other than the pinned one, to run the pack with. */

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultPlaces, versionOf } from "../pulumi/find";
import { run, SOURCES } from "../pulumi/install";

const MINUTES = 60_000;

/** The Go modules of a release; Go completes the list. The CLI replaces this module in its own list, too. */
const goMod = (version: string) => `module cli

go 1.25.0

tool github.com/pulumi/pulumi/pkg/v3/cmd/pulumi

require (
	github.com/pulumi/pulumi/pkg/v3 v${version}
	github.com/pulumi/pulumi/sdk/v3 v${version}
)

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`;

const BUILD = `set -e
cd "$1"
go mod tidy
go build -trimpath -o "$2" -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$3" \\
    github.com/pulumi/pulumi/pkg/v3/cmd/pulumi`;

/**
 * The folder of a release's executable, which is downloaded or built if it is not there.
 *
 * @throws an error that says why it cannot be had
 */
export async function folderOfCli(version: string, log: (line: string) => void): Promise<string> {
    const places = defaultPlaces();
    const root = join(places.home, "versions", version);
    const binary = join(root, "bin", "pulumi");
    if ((await versionOf(binary, places)) === version) {
        return dirname(binary);
    }
    mkdirSync(dirname(root), { recursive: true });
    const temporary = mkdtempSync(join(places.home, "installing-"));
    const made = join(temporary, "root");
    // Not in the folder that is Go's TMPDIR, where it takes no list of modules.
    const modules = join(temporary, "modules");
    mkdirSync(modules);
    writeFileSync(join(modules, "go.mod"), goMod(version));
    const [download] = SOURCES;
    const commands = [
        ["downloading", download?.command(made, version) ?? []],
        ["building, up to 15 minutes", ["sh", "-c", BUILD, "sh", modules, join(made, "bin", "pulumi"), version]],
    ] as const;
    try {
        for (const [what, command] of commands) {
            log(`Pulumi ${version}: ${what}`);
            mkdirSync(join(made, "bin"), { recursive: true });
            try {
                await run(command, temporary, 45 * MINUTES);
                const actual = await versionOf(join(made, "bin", "pulumi"), places);
                if (actual !== version) {
                    throw new Error(`the result is ${actual ?? "not a CLI"}`);
                }
                rmSync(root, { recursive: true, force: true });
                renameSync(made, root);
                return dirname(binary);
            } catch (error) {
                log(`  ${(error as Error).message}`);
            }
        }
        throw new Error("it could be neither downloaded nor built");
    } finally {
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    }
}
