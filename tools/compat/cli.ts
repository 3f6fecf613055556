/** Releases of the Pulumi CLI other than the pinned one, to run the pack with. */

import { dirname, join } from "node:path";
import { defaultPlaces, installationRoot, versionOf } from "../pulumi/find";
import { installPulumi, OFFICIAL_RELEASE, type Source } from "../pulumi/install";

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

/** Not in the folder that is Go's TMPDIR, where it takes no list of modules. */
const BUILD = `set -e
mkdir -p "$1/modules"
cd "$1/modules"
printf %s "$2" > go.mod
go mod tidy
go build -trimpath -o "$1/bin/pulumi" -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$3" \\
    github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
rm -r "$1/modules"`;

const OF_ANY_RELEASE: readonly Source[] = [
    OFFICIAL_RELEASE,
    {
        about: "building its Go modules, up to 15 minutes",
        limitMinutes: 45,
        command: (root, version) => ["sh", "-c", BUILD, "sh", root, goMod(version), version],
    },
];

/**
 * The folder of a release's executable, which is downloaded or built if it is not there.
 *
 * @throws an error that says that it cannot be had
 */
export async function folderOfCli(version: string, log: (line: string) => void): Promise<string> {
    const places = defaultPlaces();
    const binary = join(installationRoot(places, version), "bin", "pulumi");
    if ((await versionOf(binary, places)) === version) {
        return dirname(binary);
    }
    const { cli } = await installPulumi(version, log, places, OF_ANY_RELEASE);
    if (cli === undefined) {
        throw new Error("it could be neither downloaded nor built");
    }
    return dirname(cli.binary);
}
