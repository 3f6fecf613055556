/** Installs packages from PyPI into a folder of the checkout that git ignores. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const HOME = join(__dirname, "..", "..", ".emulator");

/** An installation that takes longer has failed, and left its lock. */
const LONGEST = 300_000;

/** The Python that has what a file requires, installed on first use; nothing where there is no Python. */
export async function pythonWith(requirements: string): Promise<string | undefined> {
    const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
    const folder = join(HOME, hash);
    const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
    const ready = join(folder, "ready");
    if (existsSync(ready)) {
        return python;
    }
    const base = ["python3", "python"].find(canMakeEnvironments);
    if (base === undefined) {
        return undefined;
    }
    mkdirSync(HOME, { recursive: true });
    const release = await locked(join(HOME, `${hash}.lock`));
    try {
        if (!existsSync(ready)) {
            rmSync(folder, { recursive: true, force: true });
            execFileSync(base, ["-m", "venv", folder], { stdio: "pipe" });
            execFileSync(python, ["-m", "pip", "install", "--quiet", "-r", requirements], { stdio: "pipe" });
            writeFileSync(ready, "");
        }
        return python;
    } finally {
        release();
    }
}

function canMakeEnvironments(python: string): boolean {
    try {
        execFileSync(python, ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"], {
            stdio: "ignore",
        });
        return true;
    } catch {
        return false;
    }
}

/** Test files run at the same time, and each may be the first to need it. */
async function locked(lock: string): Promise<() => void> {
    for (;;) {
        try {
            mkdirSync(lock);
            return () => rmSync(lock, { recursive: true, force: true });
        } catch {
            const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
            if (age > LONGEST) {
                rmSync(lock, { recursive: true, force: true });
            }
            await setTimeout(200);
        }
    }
}
