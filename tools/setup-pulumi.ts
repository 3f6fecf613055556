/** `npm run setup:pulumi`: makes a Pulumi CLI available to the scripts and tests of this project. */

import { parseArgs } from "node:util";
import { fail } from "./failure";
import { MINIMUM, pinnedVersion } from "./pulumi/find";
import { ensurePulumi } from "./pulumi/install";
import { compileProviders } from "./pulumi/providers";
import { ensureYamlHost } from "./pulumi/yaml-host";

const HELP = `Usage: npm run setup:pulumi

Makes a Pulumi CLI available to the scripts and tests of this project. The first of these that works is used:

  1. one on PATH that is ${MINIMUM} or later
  2. Pulumi ${pinnedVersion()} in .pulumi-home, where this command installs it
  3. its official release, downloaded
  4. a build of its Go modules, which needs Go

Where that CLI comes without the language host of Pulumi YAML, as a build does, the host is built, too. Last, the
stand-ins for providers that tests use are compiled.

Options:
  -h, --help  show this text`;

/** By way of an exit, on which what is half installed is removed. */
export function stopOnSignals(): void {
    process.once("SIGINT", () => process.exit(130));
    process.once("SIGTERM", () => process.exit(143));
}

async function main(): Promise<void> {
    stopOnSignals();
    try {
        const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
        if (values.help) {
            console.log(HELP);
            return;
        }
        const cli = await ensurePulumi(console.log);
        console.log(`Pulumi ${cli.version}: ${cli.binary}`);
        await ensureYamlHost(cli, console.log);
        compileProviders();
    } catch (error) {
        fail(error);
    }
}

if (require.main === module) {
    void main();
}
