/** `apigateway-guard pack`, as it is written on a command line. */

import { join } from "node:path";
import type { Command } from "commander";

const PACK_HELP = `
The path is that of an executable file, for Pulumi 3.255 or later. For earlier releases, pass its folder.

Example:
  pulumi preview --policy-pack "$(npx apigateway-guard pack)"`;

/** Where the compiled pack is: above the folder of the command. */
const FOLDER = join(__dirname, "..", "..");

/** Adds the command `pack`. */
export function addPack(root: Command): void {
    root.command("pack")
        .description("Print the path of the installed policy pack, for pulumi --policy-pack.")
        .addHelpText("after", PACK_HELP)
        .action(() => console.log(packPath(process.platform)));
}

/** The executable pack; the folder on Windows, which does not start a script. */
function packPath(platform: NodeJS.Platform): string {
    return platform === "win32" ? FOLDER : join(FOLDER, "executable.js");
}
