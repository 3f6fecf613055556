import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assertBuilt, COMMAND } from "../built";
import { FIXTURES } from "../support/engine/fixture";
import { withFolder } from "../support/folder";

const MISTAKES = join(FIXTURES, "rest-api-mistakes.json");
const COMPLIANT = join(FIXTURES, "rest-api.json");

function run(args: readonly string[], input = "") {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "fix", ...args], {
        encoding: "utf8",
        input,
    });
    return { status, stdout, stderr };
}

describe("the command fix", () => {
    before(assertBuilt);
    const { path } = withFolder();

    it("prints a script, which bash reads, and exits with 0", () => {
        const { status, stdout, stderr } = run(["-"], readFileSync(MISTAKES, "utf8"));
        assert.deepEqual([status, stderr], [0, ""]);
        const bash = spawnSync("bash", ["-s", "--", "--dry-run"], { encoding: "utf8", input: stdout });
        assert.deepEqual([bash.status, bash.stderr], [0, ""]);
        assert.deepEqual(
            bash.stdout.split("\n").map((line) => line.split(" ").slice(0, 3).join(" ")),
            [
                ...["aws logs put-retention-policy", "aws logs create-log-group", "aws logs put-retention-policy"],
                ...["aws logs create-log-group", "aws logs put-retention-policy"],
                ...["aws apigateway update-stage", "aws apigateway update-stage", "aws apigateway update-stage", ""],
            ],
        );
    });

    it("writes it to a file, and says what is in it", () => {
        const file = path("fix.sh");
        const args = [MISTAKES, "--output", file];
        const says = `${file}: 7 commands for 4 findings; 1 finding not fixed.\n`;
        assert.deepEqual(run(args), { status: 0, stdout: "", stderr: says });
        assert.match(readFileSync(file, "utf8"), /^#!\/usr\/bin\/env bash\n/);
        assert.deepEqual(run([...args, "--quiet"]), { status: 0, stdout: "", stderr: "" });
    });

    it("exits with 0 if there is nothing to fix", () => {
        const { status, stdout, stderr } = run([COMPLIANT, "--output", "-"]);
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /^# Nothing to change on AWS was found\.$/m);
    });

    it("exits with 2 for a file that cannot be read, and prints the rest", () => {
        const { status, stdout, stderr } = run([MISTAKES, "nowhere.json"]);
        assert.equal(status, 2);
        assert.match(stderr, /^error: nowhere\.json does not exist/);
        assert.match(stdout, /update-stage/);
        assert.match(stdout, /# Not read, so that something may be missing here:\n# {3}nowhere\.json does not exist/);
    });

    it("passes its options on", () => {
        const options = [
            ...["--policy", "apigateway-stage-execution-logging", "--policy", "cloudwatch-log-group-retention"],
            ...["--stack", "dev", "--level", "INFO", "--retention", "365", "--create-account-role"],
        ];
        const { stdout } = run([MISTAKES, ...options]);
        const commands = stdout
            .split("\n")
            .filter((line) => /^ {4}(create_|ensure_)|\[\{"op"|--retention-in-days \d/.test(line));
        assert.deepEqual(
            commands.map((line) => line.trim()),
            [
                "create_account_role --region us-east-1",
                "ensure_log_group API-Gateway-Execution-Logs_8vj7hqwn8w/dev 365 --region us-east-1",
                "--retention-in-days 365 \\",
                `--patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"INFO"}]' \\`,
            ],
        );
    });

    const WRONG: readonly (readonly [what: string, args: readonly string[], says: string])[] = [
        ["no path", [], "error: missing required argument 'path'\nUse --help for the options.\n"],
        [
            "a level that there is not",
            [MISTAKES, "--level", "OFF"],
            "error: option '--level <level>' argument 'OFF' is invalid. Allowed choices are ERROR, INFO.\nUse --help for the options.\n",
        ],
        [
            "a retention that is no number",
            [MISTAKES, "--retention", "a week"],
            "error: option '--retention <days>' argument 'a week' is invalid. It is not a number of days.\nUse --help for the options.\n",
        ],
        [
            "a stack that there is not",
            [MISTAKES, "--stack", "prod"],
            'error: --stack names "prod", which is not one of the stacks. There is "rest-api-mistakes/dev".\n',
        ],
        [
            "two roles",
            [MISTAKES, "--account-role", "arn:aws:iam::123456789012:role/logs", "--create-account-role"],
            "error: --account-role and --create-account-role exclude each other\n",
        ],
    ];
    for (const [what, args, says] of WRONG) {
        it(`rejects ${what}`, () => assert.deepEqual(run(args), { status: 2, stdout: "", stderr: says }));
    }

    it("does not write over what it reads", () => {
        const state = path("state.json");
        copyFileSync(MISTAKES, state);
        const says = `error: --output ${state} is one of the files that are read; it would be overwritten\n`;
        assert.deepEqual(run([state, "--output", state]), { status: 2, stdout: "", stderr: says });
        assert.deepEqual(readFileSync(state), readFileSync(MISTAKES));
    });
});
