/** moto's server on loopback, in place of AWS, and the AWS CLI that talks to it. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pythonWith } from "../python";
import { awsEnvironment } from "./environment";

export interface Emulator {
    readonly url: string;
    /** The folder of the AWS CLI, and of ShellCheck. */
    readonly bin: string;
    /** What the AWS CLI prints, as JSON has it. */
    aws(...args: readonly string[]): unknown;
    /** Forgets everything that was made. */
    reset(): Promise<void>;
}

/**
 * Tests that need the emulator. Where there is no Python they are skipped, in CI they fail, as in `engineTier`.
 */
export function emulatorTier(title: string, tests: (emulator: () => Emulator) => void): void {
    describe(title, () => {
        let server: ChildProcess | undefined;
        let emulator: Emulator | undefined;
        before(async function () {
            const python = await pythonWith(join(__dirname, "requirements.txt"));
            if (python === undefined) {
                if (process.env.CI) {
                    throw new Error("There is no Python 3.10 or later with venv, which installs moto and the AWS CLI.");
                }
                this.skip();
            }
            server = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
                stdio: ["ignore", "ignore", "pipe"],
                // The policies that AWS has for everybody.
                env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
            });
            emulator = emulatorAt(await urlOf(server), python);
        });
        beforeEach(() => emulator?.reset());
        after(() => server?.kill());
        tests(() => emulator as Emulator);
    });
}

function emulatorAt(url: string, python: string): Emulator {
    return {
        url,
        bin: dirname(python),
        aws: (...args) => {
            const env = { ...process.env, ...awsEnvironment(url) };
            const printed = execFileSync(python, ["-m", "awscli", "--output", "json", ...args], {
                env,
                encoding: "utf8",
            });
            return printed === "" ? undefined : JSON.parse(printed);
        },
        reset: async () => {
            await fetch(`${url}/moto-api/reset`, { method: "POST" });
        },
    };
}

/** The server prints its address once it listens. */
async function urlOf({ stderr }: ChildProcess): Promise<string> {
    const seen: string[] = [];
    if (stderr !== null) {
        for await (const line of createInterface(stderr)) {
            seen.push(line);
            const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
            if (url !== undefined) {
                stderr.resume();
                return url;
            }
        }
    }
    throw new Error(`The emulator did not start: ${seen.join("\n")}`);
}
