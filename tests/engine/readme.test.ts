import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { COMMAND } from "../built";
import { pulumi } from "../support/engine/engine";
import { engineTier } from "../support/engine/tier";

const ROOT = join(__dirname, "..", "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** Commands that CI runs (.ci/run), or that `npm test` does before this file is reached. */
const RUN_BY_CI = ["npm ci && npm run demo", "npm ci && npm test", "npm run build"];

/** Installations: what they come to, the package in another folder, is in tests/engine/package.test.ts. */
const INSTALLATIONS = /^(git clone|npm (ci|run build) --prefix|npm install --save-dev) /;

const commands = [...README.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));

/** What a command prints, and its exit code; one that needs an account is asked for its help instead. */
async function run(command: string, input: string) {
    const [program, ...args] = command.split(" ");
    if (program === "npx") {
        const { stdout, status } = spawnSync(process.execPath, [COMMAND, ...args.slice(1)], {
            cwd: ROOT,
            encoding: "utf8",
            input,
        });
        return { stdout, exitCode: status };
    }
    assert.equal(program, "pulumi");
    if (command.startsWith("pulumi policy analyze ")) {
        return pulumi(args, ROOT);
    }
    const words = args.slice(0, args.indexOf(args.find((arg) => /^(-|\w+-\w+)/.test(arg)) ?? ""));
    const { stdout, exitCode } = await pulumi([...words, "--help"], ROOT);
    for (const option of args.filter((arg) => arg.startsWith("--"))) {
        assert.ok(stdout.includes(`${option} `), option);
    }
    return { stdout: PREVIEW, exitCode };
}

/** What stands in for the preview of a program that is not there. */
const PREVIEW = JSON.stringify({ steps: [], changeSummary: {} });

/** The exit codes that are not 0: mandatory findings. */
const FAILS = [
    "npx apigateway-guard check tests/fixtures --config config/mandatory.json --format html --output findings.html",
];

engineTier("the README", () => {
    after(() => rmSync(join(ROOT, "findings.html"), { force: true }));

    for (const command of commands.filter((one) => !RUN_BY_CI.includes(one) && !INSTALLATIONS.test(one))) {
        it(`${command} can be run`, async () => {
            let input = "";
            for (const part of command.split(" | ")) {
                const { stdout, exitCode } = await run(part, input);
                assert.equal(exitCode, FAILS.includes(part) ? 1 : 0, part);
                input = stdout;
            }
        });
    }

    it("shows what its first command prints", async () => {
        const [, command = "", output] = /```sh\n(npx .*?)\n```\n\n```text\n(.*?)```/s.exec(README) ?? [];
        assert.equal((await run(command, "")).stdout, output);
    });

    it("links to files that are there", () => {
        for (const [, file = ""] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
            assert.ok(existsSync(join(ROOT, file)), file);
        }
    });
});
