import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { check } from "../../cli/commands/check";
import { validPolicyConfig } from "../../cli/inputs/policy-config";
import { textReport } from "../../cli/report/formats/text";
import { readConfig } from "../../pack/config";
import { assertBuilt, COMMAND } from "../built";
import { FIXTURES } from "../support/engine/fixture";
import { withFolder } from "../support/folder";

const ROOT = join(__dirname, "..", "..");
const STATE = join(FIXTURES, "rest-api-mistakes.json");
const MANDATORY = join(ROOT, "config", "mandatory.json");
const REASON = ["--reason", "Known before the pack"];

function run(args: readonly string[], cwd = ROOT) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, encoding: "utf8" });
    return { status, stdout, stderr };
}

/** As `run`, but several at once. */
async function started(args: readonly string[]): Promise<{ readonly status: number; readonly stderr: string }> {
    const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "close")]);
    return { status, stderr };
}

describe("the command, with exceptions,", () => {
    before(assertBuilt);
    const { path, write } = withFolder();

    it("writes a baseline, exits with 0, and does so with the file from then on", () => {
        const file = path("guard.json");
        const args = ["check", STATE, "--config", MANDATORY];
        assert.equal(run(args).status, 1);
        const { status, stdout, stderr } = run([...args, "--write-baseline", file, ...REASON]);
        assert.deepEqual([status, stderr], [0, `${file}: 6 findings in 5 exceptions, 6 of them new.\n`]);
        assert.match(
            stdout,
            /^✓ No findings in 1 stack, 15 resources; 7 policies; 6 excepted \(--show-excepted\)\.\n$/,
        );
        assert.equal(run(["check", STATE, "--config", file, "--fail-on", "advisory"]).status, 0);
        assert.equal(run([...args, "--write-baseline", file, ...REASON, "--quiet"]).stderr, "");
    });

    it("loses no stack of baselines that are written at once: whoever comes late says so, and exits with 2", async () => {
        const file = path("at-once.json");
        const state = readFileSync(STATE, "utf8");
        const stacks = ["one", "two", "three", "four", "five", "six"];
        for (const stack of stacks) {
            write(`${stack}.state.json`, JSON.parse(state.replaceAll("urn:pulumi:dev::", `urn:pulumi:${stack}::`)));
        }
        const statuses = await Promise.all(
            stacks.map(async (stack) => {
                const args = ["check", path(`${stack}.state.json`), "--write-baseline", file, ...REASON];
                const { status, stderr } = await started(args);
                if (status !== 0) {
                    assert.match(stderr, /^error: .* by another process.*\. Nothing was written; run this again\n/);
                }
                return status;
            }),
        );
        const ids = Object.keys(JSON.parse(readFileSync(file, "utf8")).exceptions);
        const isIn = (stack: string) => ids.some((id) => id.endsWith(`.${stack}`));
        assert.deepEqual(
            statuses,
            stacks.map((stack) => (isIn(stack) ? 0 : 2)),
        );
        assert.ok(statuses.includes(0));
    });

    it("shows what is excepted when it is asked to", () => {
        const file = path("shown.json");
        run(["check", STATE, "--write-baseline", file, ...REASON]);
        assert.match(run(["check", STATE, "--config", file, "--show-excepted"]).stdout, /^ {4}excepted {2}advisory/m);
        const sarif = (...more: string[]) =>
            run(["check", STATE, "--config", file, "--format", "sarif", ...more]).stdout;
        assert.deepEqual(
            [JSON.parse(sarif()), JSON.parse(sarif("--sarif-suppressions"))].map(({ runs }) => runs[0].results.length),
            [0, 6],
        );
    });

    it("warns of a target that is gone, unless it is to be quiet", () => {
        const target = "urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::old";
        const match = [{ policies: ["apigateway-stage-execution-logging"], targets: [target] }];
        const file = write("gone.json", { version: 2, exceptions: { "OPS-7": { reason: "Old", match } } });
        const { status, stderr } = run(["check", STATE, "--config", file]);
        assert.deepEqual(
            [status, stderr],
            [0, `warning: ${file}: policy exception "OPS-7": the stack has no resource ${target}\n`],
        );
        assert.equal(run(["check", STATE, "--config", file, "--quiet"]).stderr, "");
    });

    it("lists exceptions, and exits with 1 for what needs attention, and with 2 for what it cannot read", () => {
        const file = path("listed.json");
        run(["check", STATE, "--write-baseline", file, ...REASON]);
        const all = run(["exceptions", file, STATE]);
        assert.deepEqual([all.status, all.stderr], [0, ""]);
        assert.match(all.stdout, new RegExp(`\n${file}: 5 exceptions, no exemptions\\.\n$`));
        const compliant = join(FIXTURES, "rest-api.json");
        assert.equal(run(["exceptions", file, compliant]).status, 1);
        const unlikely = run(["check", STATE, "--write-baseline", path("no.json"), "--reason", "--quiet"]);
        assert.deepEqual([unlikely.status, existsSync(path("no.json"))], [2, false]);
        assert.equal(run(["check", STATE, "--write-baseline", path("dash.json"), "--reason", "- old"]).status, 0);
        const missing = run(["exceptions", file, "nowhere.json"]);
        assert.equal(missing.status, 2);
        assert.match(missing.stderr, /^error: nowhere\.json does not exist/);
        const output = path("listed.out");
        const written = run(["exceptions", file, STATE, "--format", "json", "--output", output]);
        assert.deepEqual([written.stdout, written.stderr], ["", `${output}: 5 exceptions, no exemptions.\n`]);
        assert.equal(JSON.parse(readFileSync(output, "utf8")).entries.length, 5);
        assert.equal(run(["exceptions", file, STATE, "--output", file]).status, 2);
    });

    it("takes the days of --within", () => {
        const exemptions = [{ match: "*", reason: "Only for load tests", until: "2999-12-31" }];
        const file = write("ending.json", { "cloudwatch-log-group-retention": { exemptions } });
        assert.equal(run(["exceptions", file]).status, 0);
        assert.equal(run(["exceptions", file, "--within", "9999d"]).status, 0);
    });

    const WRONG: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
        [
            "a baseline without a reason",
            ["check", STATE, "--write-baseline", "x.json"],
            /^error: --write-baseline needs a --reason\n/,
        ],
        [
            "a reason without a baseline",
            ["check", STATE, ...REASON],
            /^error: --reason and --until are for --write-baseline\n/,
        ],
        [
            "an end without a baseline",
            ["check", STATE, "--until", "2027-03-31"],
            /^error: --reason and --until are for/,
        ],
        [
            "days without their unit",
            ["exceptions", MANDATORY, "--within", "14"],
            /It is not a number of days, such as 14d\./,
        ],
        ["a file that is not there", ["exceptions", "nowhere.json"], /^error: nowhere\.json: does not exist/],
        ["a file that is no config", ["exceptions", STATE], /^error: .*: policy pack config version 3 isn't supported/],
        [
            "the same file for both",
            ["check", STATE, "--write-baseline", "x.json", ...REASON, "--output", "x.json"],
            /^error: --output and --write-baseline both name x\.json\n/,
        ],
    ];
    for (const [what, args, says] of WRONG) {
        it(`exits with 2 for ${what}, and writes nothing`, () => {
            const { status, stdout, stderr } = run(args, path());
            assert.deepEqual([status, stdout], [2, ""]);
            assert.match(stderr, says);
            assert.ok(!existsSync(path("x.json")));
        });
    }
});

describe("docs/exceptions.md", () => {
    before(assertBuilt);
    const { path, write } = withFolder();
    const page = readFileSync(join(ROOT, "docs", "exceptions.md"), "utf8");
    const blocksOf = (language: string, text = page) =>
        [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block = ""]) => block);

    it("has commands that run, in an order in which they work", () => {
        mkdirSync(path("states"));
        copyFileSync(STATE, path("states", "dev.json"));
        symlinkSync(join(ROOT, "config"), path("config"));
        const commands = blocksOf("sh").flatMap((block) => block.trim().split("\n"));
        const own = commands.filter((command) => command.startsWith("npx apigateway-guard "));
        assert.deepEqual(commands.length - own.length, 1, "pulumi preview needs a program; the engine's tests run it");
        // The page has the check of a baseline before the baseline.
        for (const command of [...own.slice(1), ...own.slice(0, 1)]) {
            const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = ""]) => quoted ?? word);
            const { status, stderr } = run(
                args.slice(2).map((arg) => arg.replace("2027-", "2999-")),
                path(),
            );
            assert.equal(status, 0, `${command}\n${stderr}`);
        }
    });

    it("has configs that are valid", async () => {
        const configs = blocksOf("json");
        assert.equal(configs.length, 2);
        for (const config of configs) {
            const { enabled } = await validPolicyConfig(config);
            enabled.map((one) => readConfig(one.policy, one.config));
        }
    });

    it("the README shows an exemption, and what check then prints", async () => {
        const readme = readFileSync(join(ROOT, "README.md"), "utf8");
        const [, section = ""] = /^To live with a finding.*?\n(.*?)^## /ms.exec(readme) ?? [];
        const config = write("exempt.json", blocksOf("json", section)[0]);
        const options = { config, sourceDir: "examples/rest-api-mistakes", today: "2026-11-25" };
        const printed = textReport(await check(["tests/fixtures/rest-api-mistakes.json"], options), {
            ...{ color: false, quiet: true, showExcepted: true },
        });
        const [shown = ""] = blocksOf("text", section);
        assert.ok(shown !== "" && printed.includes(shown), printed);
    });
});
