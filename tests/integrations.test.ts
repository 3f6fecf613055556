import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { assertBuilt } from "./built";
import { document, region } from "./cli/live/document";
import { withFolder } from "./support/folder";
import { schema } from "./support/schemas/schema";

const ROOT = join(__dirname, "..");
const yaml = (file: string) => parse(readFileSync(join(ROOT, file), "utf8"));
const MISTAKES = join(ROOT, "tests", "fixtures", "rest-api-mistakes.json");
const COMPLIANT = join(ROOT, "tests", "fixtures", "rest-api.json");

const NAMES_LIKE_OPTIONS = ["-V.stack.json", "--config=off.stack.json", "--output=x.stack.json", "--version"];

function assertValid(file: string, schemaFile: string): void {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.validate(JSON.parse(schema(schemaFile)), yaml(file));
    assert.ok(isValid, ajv.errorsText());
}

describe("the GitHub Action", () => {
    before(assertBuilt);
    const { path, write } = withFolder();
    const action = yaml("action.yml");
    const [check, , verdict] = action.runs.steps;

    it("is valid", () => assertValid("action.yml", "github-action.json"));

    it("lets no input into a script but by the environment", () => {
        for (const { run = "" } of action.runs.steps) {
            assert.doesNotMatch(run, /\$\{\{/);
        }
    });

    it("uses other actions by the full hash of a commit, as the workflows do", () => {
        const files = [
            "action.yml",
            ...readdirSync(join(ROOT, ".github", "workflows")).map((name) => `.github/workflows/${name}`),
        ];
        const uses = files.flatMap((file) => readFileSync(join(ROOT, file), "utf8").match(/\buses:.*/g) ?? []);
        assert.ok(uses.length > 0);
        for (const use of uses) {
            assert.match(use, /^uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
    });

    /** Runs a step's script as the runner does. */
    function runStep(script: string, env: Record<string, string>) {
        const { status, stdout, stderr } = spawnSync(
            "bash",
            ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            {
                cwd: path(),
                encoding: "utf8",
                env: { PATH: process.env.PATH ?? "", ACTION: ROOT, ...env },
            },
        );
        return { status, stdout, stderr };
    }

    function run(paths: string, more: Record<string, string> = {}) {
        const [summary, output] = [write("summary.md", ""), write("output", "")];
        const inputs = {
            PATHS: paths,
            CONFIG: "",
            FAIL_ON: "mandatory",
            FAIL_ON_UNCHECKED: "false",
            SOURCE_DIR: "infra",
            SARIF: "findings.sarif",
            ...more,
        };
        const result = runStep(check.run, { ...inputs, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output });
        const [, status = ""] = /^status=(\d)$/m.exec(readFileSync(output, "utf8")) ?? [];
        assert.equal(result.status, 0, result.stderr);
        const job = runStep(verdict.run, { STATUS: status });
        return { ...result, job: job.status, summary: readFileSync(summary, "utf8") };
    }

    it("shows findings at their lines, in the job's summary and as SARIF, and fails the job", () => {
        const config = join(ROOT, "config", "mandatory.json");
        const { stdout, summary, job } = run(`${MISTAKES}\n\n${COMPLIANT}\n`, { CONFIG: config });
        assert.match(
            stdout,
            /^::error file=infra\/index\.ts,line=63,col=5,title=apigateway-method-settings-logging-level/m,
        );
        assert.match(summary, /^6 findings \(4 mandatory, 2 advisory\) in 2 stacks, 27 resources; 7 policies\.$/m);
        assert.equal(JSON.parse(readFileSync(path("findings.sarif"), "utf8")).runs[0].results.length, 6);
        assert.equal(job, 1);
    });

    it("passes the job if there is nothing at the level it should fail on", () => {
        assert.equal(run(MISTAKES).job, 0);
        assert.equal(run(MISTAKES, { FAIL_ON: "advisory" }).job, 1);
    });

    it("fails the job for what was not checked only if it should", () => {
        const live = write("live.json", document(region()));
        assert.deepEqual(
            ["false", "true"].map((value) => run(live, { FAIL_ON_UNCHECKED: value }).job),
            [0, 2],
        );
    });

    it("reports what cannot be checked, once, and fails the job", () => {
        const { stderr, job } = run("a file that is not there");
        assert.match(stderr, /^error: a file that is not there does not exist\. Expected: [^\n]+\n$/);
        assert.equal(job, 2);
    });

    it("takes names for what they are, even if they are called like options", () => {
        for (const name of NAMES_LIKE_OPTIONS) {
            copyFileSync(MISTAKES, path(name));
            const { stdout, job } = run(name, { FAIL_ON: "advisory" });
            assert.deepEqual([name, stdout.match(/^::warning /gm)?.length, job], [name, 6, 1]);
        }
        assert.deepEqual(existsSync(path("x.stack.json")), false);
    });

    const VALUES: readonly Record<string, string>[] = [
        { CONFIG: "--version" },
        { CONFIG: "--help" },
        { SOURCE_DIR: "-V" },
        { FAIL_ON: "--version" },
        { SARIF: "--version" },
    ];
    for (const value of VALUES) {
        it(`fails the job, unchecked, with an option in the place of a value: ${JSON.stringify(value)}`, () => {
            const { stderr, job } = run(MISTAKES, value);
            assert.match(stderr, /^error: option '.*' argument '.*' is invalid\./);
            assert.equal(job, 2);
        });
    }

    it("leaves no findings of an earlier run, if it could not write its own", () => {
        run(MISTAKES);
        assert.ok(existsSync(path("findings.sarif")));
        assert.equal(run(MISTAKES, { CONFIG: "nowhere.json" }).job, 2);
        assert.equal(existsSync(path("findings.sarif")), false);
    });

    it("fails the job if the findings would overwrite what is read, which stays", () => {
        copyFileSync(MISTAKES, path("state.json"));
        const { stderr, job } = run("state.json", { SARIF: "state.json" });
        assert.equal(stderr, "error: --output state.json is one of the files that are read; it would be overwritten\n");
        assert.deepEqual([job, readFileSync(path("state.json"), "utf8")], [2, readFileSync(MISTAKES, "utf8")]);
    });
});

describe("the pre-commit hook", () => {
    const { path } = withFolder();
    const [hook] = yaml(".pre-commit-hooks.yaml");

    it("is valid", () => assertValid(".pre-commit-hooks.yaml", "pre-commit-hooks.json"));

    it("checks the files it is given, and fails for any finding", () => {
        const [script, ...args] = hook.entry.split(" ");
        assert.ok(existsSync(join(ROOT, script)));
        const run = (file: string) =>
            spawnSync(join(ROOT, script), [...args, ...hook.args, file], { encoding: "utf8" });
        assert.equal(run(COMPLIANT).status, 0);
        const { status, stdout } = run(MISTAKES);
        assert.equal(status, 1);
        assert.match(stdout, /6 findings/);
    });

    it("takes files for what they are, even if they are called like options", () => {
        const [script, ...args] = hook.entry.split(" ");
        for (const name of NAMES_LIKE_OPTIONS) {
            copyFileSync(MISTAKES, path(name));
        }
        const all = [...args, ...hook.args, ...NAMES_LIKE_OPTIONS];
        const { status, stdout } = spawnSync(join(ROOT, script), all, { encoding: "utf8", cwd: path() });
        assert.equal(status, 1);
        assert.match(stdout, /^24 findings \(0 mandatory, 24 advisory\) in 4 stacks, 60 resources; 7 policies\.$/m);
        assert.equal(existsSync(path("x.stack.json")), false);
    });

    it("is run for states, wherever they are, and for nothing else", () => {
        const files = new RegExp(hook.files);
        for (const file of [".pulumi/stacks/shop/dev.json", "infra/.pulumi/stacks/dev.json", "states/dev.stack.json"]) {
            assert.ok(files.test(file), file);
        }
        for (const file of ["package.json", ".pulumi/history/shop/dev.json", ".pulumi/stacks/dev.json.bak"]) {
            assert.ok(!files.test(file), file);
        }
    });
});

describe("the command from a checkout", () => {
    const { path, write } = withFolder();

    /** A checkout in which npm writes down where it was run, takes its time, and compiles to a command that prints where it is. */
    function checkout(name: string) {
        const root = path(name, "guard");
        mkdirSync(join(root, "tools"), { recursive: true });
        copyFileSync(join(ROOT, "tools", "from-checkout.sh"), join(root, "tools", "from-checkout.sh"));
        const command = "console.log(__dirname, ...process.argv.slice(2));";
        const npm = `#!/usr/bin/env bash
            set -e
            echo "$1 $PWD" >> '${path(name, "log")}'
            [[ $1 == ci ]] || exit 0
            [[ ! -e '${path(name, "broken")}' ]] || exit 1
            sleep 1
            mkdir -p dist/cli
            echo '${command}' > dist/cli/apigateway-guard.js
            echo '{}' > dist/package.json`;
        chmodSync(write(join(name, "bin", "npm"), npm), 0o755);
        const env = { PATH: `${path(name, "bin")}:${process.env.PATH}`, CDPATH: path() };
        const start = async (script: string) => {
            const child = spawn("bash", [script, "a b"], { env, cwd: path(), stdio: ["ignore", "pipe", "inherit"] });
            let stdout = "";
            child.stdout.setEncoding("utf8").on("data", (data: string) => {
                stdout += data;
            });
            const [status] = await once(child, "close");
            return { status, stdout };
        };
        const log = () => readFileSync(path(name, "log"), "utf8").trim().split("\n");
        return { root, start, log, ran: { status: 0, stdout: `${join(root, "dist", "cli")} a b\n` } };
    }

    it("is compiled once, by the first of several runs at once", async () => {
        const { root, start, log, ran } = checkout("several");
        const script = join(root, "tools", "from-checkout.sh");
        assert.deepEqual(await Promise.all([start(script), start(script), start(script)]), [ran, ran, ran]);
        assert.deepEqual(log(), [`ci ${root}`, `run ${root}`]);
        assert.equal(existsSync(join(root, ".installing")), false);
    });

    it("is compiled where it is, if it is run through links", async () => {
        const { root, start, log, ran } = checkout("linked");
        mkdirSync(path("linked/a/b"), { recursive: true });
        symlinkSync("../../guard/tools/from-checkout.sh", path("linked/a/b/relative"));
        symlinkSync(path("linked/a/b/relative"), path("linked/a/absolute"));
        symlinkSync(path("linked/guard"), path("linked/folder"));
        assert.deepEqual(await start(path("linked/a/absolute")), ran);
        assert.deepEqual(await start(path("linked/folder/tools/from-checkout.sh")), ran);
        assert.deepEqual(log(), [`ci ${root}`, `run ${root}`]);
    });

    it("is compiled after a run that was killed, and after one that failed", async () => {
        const { root, start, ran } = checkout("killed");
        const dead = spawnSync("true").pid;
        symlinkSync(String(dead), join(root, ".installing"));
        writeFileSync(path("killed/broken"), "");
        const script = join(root, "tools", "from-checkout.sh");
        assert.deepEqual(await start(script), { status: 1, stdout: "" });
        rmSync(path("killed/broken"));
        assert.deepEqual(await start(script), ran);
    });
});
