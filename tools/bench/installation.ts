/** The installation of packs, as a machine makes it before its first preview with one. */

import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Command } from "./measure";

/** As the Node language host installs a pack. What npm has in its cache stays there: it is warm after the first round. */
export function installation(folder: string): Command {
    const npm = "npm install --omit=dev --no-audit --no-fund";
    return { command: "sh", args: ["-c", `cd '${folder}' && rm -rf node_modules package-lock.json && ${npm}`] };
}

/** A folder with awsguard and all that it needs. */
export function installedAwsguard({ temp }: Bench): string {
    const folder = join(temp, "awsguard");
    cpSync(join(__dirname, "awsguard"), folder, { recursive: true });
    const { command, args } = installation(folder);
    execFileSync(command, args, { stdio: "ignore" });
    return folder;
}
