import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { programOf } from "../../examples";
import { policies } from "../../policies";
import { environment, execute, theCli } from "../../tools/pulumi/command";
import { openStack } from "../../tools/pulumi/engine";
import { COMMAND } from "../built";
import { pulumi } from "../support/engine/engine";
import { withFolder } from "../support/folder";
import { between, HELP_ONLY, LOOP, PAGE, RUN } from "./rollout";
import { cloudTier, ROOT } from "./session";

describe("docs/rollout.md", () => {
    it("lists the policies that can run on single resources", () => {
        const listed = between("resource policies").trim().split("\n");
        const expected = policies
            .filter(({ kind }) => kind === "resource")
            .map(({ name }) => `- [\`${name}\`](policies/${name}.md)`);
        assert.deepEqual(listed, expected);
    });

    it("links to files and headings that are there", () => {
        for (const [, target = ""] of PAGE.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
            const [file, heading] = target.split("#");
            if (file !== "") {
                assert.ok(existsSync(join(ROOT, "docs", file ?? "")), target);
            }
            if (file === "") {
                const headings = [...PAGE.matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text.toLowerCase());
                const anchors = headings.map((text) => text.replace(/[^\w -]/g, "").replaceAll(" ", "-"));
                assert.ok(anchors.includes(heading ?? ""), target);
            }
        }
    });
});

cloudTier("the commands of docs/rollout.md", () => {
    const { path, write } = withFolder();

    for (const command of HELP_ONLY) {
        it(`${command} is one of the CLI, with these options`, async () => {
            const words = command.replace(/ > .*/, "").split(" ").slice(1);
            const { stdout, stderr, exitCode } = await pulumi([...words, "--help"], ROOT);
            assert.equal(exitCode, 0, stderr);
            // An unknown option is an error; an unknown command is answered with the help of the one above it.
            const [, usage = ""] = /^Usage:\n {2}(pulumi(?: [a-z]+)+)/m.exec(stdout) ?? [];
            assert.ok(command.startsWith(usage), usage);
            assert.doesNotMatch(stdout, /Available Commands:/);
        });
    }

    for (const command of RUN.filter((one) => one.startsWith("npx apigateway-guard "))) {
        it(`${command} finds nothing in a compliant stack`, async () => {
            const args = command.split(" ").slice(2);
            const { exitCode, stderr } = await execute(process.execPath, [COMMAND, ...args], {
                cwd: ROOT,
                env: process.env,
            });
            assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: "" });
        });
    }

    it("check all stacks of a backend", async () => {
        const cli = await theCli();
        const folder = path();
        mkdirSync(path("backend"));
        const npx = write("bin/npx", `#!/bin/sh\nshift\nexec "${process.execPath}" "${COMMAND}" "$@"\n`);
        const found = environment(cli, folder, { PULUMI_BACKEND_URL: `file://${path("backend")}` });
        const env = { ...found, PATH: `${path("bin")}:${found.PATH}` };
        const run = async (binary: string, args: readonly string[], cwd = folder) => {
            const { exitCode, stdout, stderr } = await execute(binary, args, { cwd, env });
            return { exitCode, said: stdout + stderr };
        };
        await run("chmod", ["+x", npx]);
        for (const project of ["rest-api", "rest-api-mistakes"]) {
            mkdirSync(path(project));
            const options = { pack: null, project, stack: "dev", backend: `file://${path("backend")}` };
            const stack = await openStack(programOf(project), options, path(project));
            assert.equal((await stack.up()).exitCode, 0);
        }
        write("config/mandatory.json", require(join(ROOT, "config", "mandatory.json")));
        const { exitCode, said } = await run("bash", ["-c", LOOP]);
        assert.equal(
            said,
            "findings.html: 6 findings (4 mandatory, 2 advisory) in 2 stacks, 27 resources; 7 policies.\n",
        );
        assert.equal(exitCode, 1);
        const states = ["organization.rest-api-mistakes.dev.json", "organization.rest-api.dev.json"];
        assert.deepEqual(readdirSync(path("states")).sort(), states);
        assert.ok(existsSync(path("findings.html")));
    });
});
