import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pulumi } from "./engine";
import { engineTier } from "./tier";

const ROOT = join(__dirname, "..", "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** Commands that CI runs (.ci/run), or that `npm test` does before this file is reached. */
const RUN_BY_CI = ["npm ci && npm run demo", "npm ci && npm test", "npm run build"];

const commands = [...README.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));

engineTier("the README", () => {
    for (const command of commands.filter((one) => !RUN_BY_CI.includes(one))) {
        const [, ...args] = command.split(" ");
        if (command.startsWith("pulumi policy analyze ")) {
            it(`${command} finds something`, async () => {
                const { stdout, exitCode } = await pulumi(args, ROOT);
                assert.equal(exitCode, 0);
                assert.match(stdout, /apigateway-stage-execution-logging/);
            });
        } else {
            it(`${command} is a command with these options`, async () => {
                const words = args.slice(0, args.indexOf(args.find((arg) => /^(-|\w+-\w+)/.test(arg)) ?? ""));
                const { stdout, exitCode } = await pulumi([...words, "--help"], ROOT);
                assert.equal(exitCode, 0);
                for (const option of args.filter((arg) => arg.startsWith("--"))) {
                    assert.ok(stdout.includes(`${option} `), option);
                }
            });
        }
    }

    it("links to files that are there", () => {
        for (const [, file = ""] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
            assert.ok(existsSync(join(ROOT, file)), file);
        }
    });
});
