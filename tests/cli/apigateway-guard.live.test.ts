import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { assertBuilt, COMMAND } from "../built";
import { awsEnvironment } from "../support/emulator/environment";
import { type Respond, withRecorder } from "../support/emulator/recorder";
import { FIXTURES } from "../support/engine/fixture";
import { withFolder } from "../support/folder";
import { ACCOUNT_ANSWERS } from "./live/answers";
import { document, region, restApi, restStage } from "./live/document";

const ROOT = join(__dirname, "..", "..");
const STATE = join(FIXTURES, "rest-api-mistakes.json");
const REGION = ["--region", "eu-west-1"];

describe("the command, for a live account,", () => {
    before(assertBuilt);
    const recorder = withRecorder();
    const { path, write } = withFolder();

    /** Runs the compiled command while the stand-in for AWS answers. */
    async function run(args: readonly string[], respond: Respond = ACCOUNT_ANSWERS, node: readonly string[] = []) {
        recorder().respond(respond);
        const env = { ...process.env, ...awsEnvironment(recorder().url), NO_COLOR: "1" };
        const command = spawn(process.execPath, [...node, COMMAND, ...args], { cwd: ROOT, env });
        const [stdout, stderr] = await Promise.all([
            text(command.stdout),
            text(command.stderr),
            once(command, "close"),
        ]);
        return { status: command.exitCode, stdout, stderr };
    }

    const denied: Respond = (request, nth) =>
        request.call === "apigateway GET /account"
            ? { status: 403, error: "AccessDeniedException", body: { message: "no \u001b[31m::error::" } }
            : ACCOUNT_ANSWERS(request, nth);

    it("prints the document, and exits with 0", async () => {
        const { status, stdout, stderr } = await run(["live", ...REGION]);
        assert.deepEqual([status, stderr], [0, ""]);
        assert.equal(JSON.parse(stdout).account, "111122223333");
    });

    it("writes it to a file, and says what is in it", async () => {
        const file = path("live.json");
        const { status, stdout, stderr } = await run(["live", "--region", "us-east-1", "eu-west-1", "--output", file]);
        assert.deepEqual(
            [status, stdout, stderr],
            [
                0,
                "",
                `${file}: 4 REST APIs, 4 HTTP or WebSocket APIs, 8 log groups of account 111122223333 in eu-west-1, us-east-1.\n`,
            ],
        );
        assert.equal(JSON.parse(readFileSync(file, "utf8")).regions.length, 2);
        assert.equal((await run(["live", ...REGION, "--output", file, "--quiet"])).stderr, "");
    });

    it("exits with 2 if something could not be read, says what, and prints the rest", async () => {
        const { status, stdout, stderr } = await run(["live", ...REGION], denied);
        assert.equal(status, 2);
        assert.equal(
            stderr,
            "error: eu-west-1 could not be read completely: apigateway GetAccount: AccessDeniedException: no \\u{1b}[31m::error::\n",
        );
        assert.equal(JSON.parse(stdout).regions[0].restApis.length, 2);
        const checked = await run(["check", write("denied.json", stdout), "--quiet"]);
        assert.equal(checked.status, 2);
        assert.match(checked.stdout, /never expires/);
        assert.match(
            checked.stderr,
            /^error: \S+denied\.json could not be read completely in eu-west-1: apigateway GetAccount: /,
        );
    });

    it("does not overwrite the last document if nothing could be read, and exits with 2", async () => {
        const expired: Respond = () => ({ status: 403, error: "ExpiredToken", body: { message: "expired" } });
        const last = write("last.json", "{}");
        const { status, stdout, stderr } = await run(["live", ...REGION, "--output", last], expired);
        assert.deepEqual([status, stdout, readFileSync(last, "utf8")], [2, "", "{}"]);
        assert.match(
            stderr,
            /^error: eu-west-1 could not be read completely: sts .*\nerror: \S+last\.json was not overwritten, because nothing could be read\n$/,
        );
        const first = path("first.json");
        assert.equal((await run(["live", ...REGION, "--output", first], expired)).status, 2);
        assert.equal(JSON.parse(readFileSync(first, "utf8")).account, null);
        assert.equal((await run(["live", ...REGION, "--output", last], denied)).status, 2);
        assert.equal(JSON.parse(readFileSync(last, "utf8")).account, "111122223333");

        const fixed = await run(["fix", first]);
        assert.equal(fixed.status, 2);
        assert.match(
            fixed.stdout,
            /^# Nothing to change on AWS was found in what could be read, but not all could be/m,
        );
        const script = spawnSync("bash", [write("fix.sh", fixed.stdout)], { encoding: "utf8" });
        assert.deepEqual(
            [script.status, script.stdout, script.stderr],
            [2, "", "Nothing was changed. Not everything could be read: the end of this script says what.\n"],
        );
    });

    it("says which packages to install if the AWS SDK is missing", async () => {
        const hook = write(
            "without-sdk.js",
            `const Module = require("node:module");
            const resolve = Module._resolveFilename;
            Module._resolveFilename = (name, ...rest) => resolve(name.startsWith("@aws-sdk/") ? name + "-missing" : name, ...rest);`,
        );
        const { status, stdout, stderr } = await run(["live", ...REGION], ACCOUNT_ANSWERS, ["--require", hook]);
        assert.deepEqual([status, stdout], [2, ""]);
        assert.equal(
            stderr,
            "error: live needs the AWS SDK for JavaScript. Install it beside apigateway-guard: npm install @aws-sdk/client-api-gateway@3 @aws-sdk/client-apigatewayv2@3 @aws-sdk/client-cloudwatch-logs@3 @aws-sdk/client-sts@3\n",
        );
    });

    const WRONG: readonly (readonly [what: string, args: readonly string[], says: string])[] = [
        [
            "no region",
            ["live"],
            "error: required option '--region <region...>' not specified\nUse --help for the options.\n",
        ],
        [
            "a region that is none",
            ["live", "--region", "europe"],
            'error: --region "europe" is not the name of a region, such as eu-west-1\n',
        ],
        [
            "an output that cannot be written",
            ["live", ...REGION, "--output", "no/such/folder"],
            "error: no/such/folder cannot be written: its folder does not exist\n",
        ],
        [
            "findings without states",
            ["locate", "findings.json"],
            "error: missing required argument 'state'\nUse --help for the options.\n",
        ],
        ["findings that do not exist", ["locate", "none.json", STATE], "error: none.json does not exist\n"],
        [
            "an output that is one of the states",
            ["check", STATE, "--state", "README.md", "--output", "README.md"],
            "error: --state is for the owners of what a live account has, but no path is of one\n",
        ],
    ];
    for (const [what, args, says] of WRONG) {
        it(`rejects ${what}`, async () => assert.deepEqual(await run(args), { status: 2, stdout: "", stderr: says }));
    }

    it("checks it with the owners of what it has", async () => {
        const live = document(region({ restApis: [restApi(restStage({}))] }));
        const { status, stdout } = await run(["check", write("live.json", live), "--state", STATE]);
        assert.equal(status, 0);
        assert.match(
            stdout,
            /^111122223333\/eu-west-1 {2}\S+live\.json\n\n {2}orders\/prod {2}.*\n {4}In no stack given\.\n/,
        );
    });

    it("never overwrites a state that it is given", async () => {
        const live = write("live.json", document(region()));
        const state = write("state.json", readFileSync(STATE, "utf8"));
        const { status, stderr } = await run(["check", live, "--output", state, "--state", state]);
        assert.deepEqual(
            [status, stderr],
            [2, `error: --output ${state} is one of the files that are read; it would be overwritten\n`],
        );
    });

    it("never overwrites a state in a folder that it is given, but what it wrote there before", async () => {
        const live = write("live.json", document(region()));
        const state = write("states/state.json", readFileSync(STATE, "utf8"));
        const folder = join(state, "..");
        for (const command of ["check", "fix"]) {
            const refused = await run([command, live, "--output", state, "--state", folder]);
            assert.deepEqual(
                [refused.status, refused.stderr],
                [2, `error: --output ${state} is one of the files that are read; it would be overwritten\n`],
            );
            const before = write("states/before.json", { findings: [] });
            assert.equal((await run([command, live, "--output", before, "--state", folder])).status, 0);
        }
        assert.equal(readFileSync(state, "utf8"), readFileSync(STATE, "utf8"));
    });

    it("locates findings in every format, and never overwrites them", async () => {
        const id = /restapis\/(\w+)/.exec(readFileSync(STATE, "utf8"))?.[1];
        const Id = `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/dev`;
        const Compliance = { Status: "FAILED", SecurityControlId: "APIGateway.1" };
        const findings = write("findings.json", { Findings: [{ Compliance, Resources: [{ Id }] }] });
        const located = await run(["locate", findings, STATE, "--format", "github"]);
        assert.equal(located.status, 0);
        assert.match(
            located.stdout,
            /^::warning file=index\.ts,line=35,col=5,title=apigateway-stage-execution-logging /,
        );
        assert.equal((await run(["locate", findings, STATE, "--fail-on", "advisory"])).status, 1);
        assert.match(
            (await run(["locate", findings, STATE, "--output", findings])).stderr,
            /it would be overwritten\n$/,
        );
    });

    it("says in a check what the document does not include, and exits with 2 for it if it should", async () => {
        const file = write("live.json", document(region({ restApis: [restApi(restStage({}))] })));
        const args = ["check", file, "--control", "RDS.9"];
        const message = `in ${file}, 111122223333/eu-west-1: rds-log-exports (RDS.9) was not checked, because live documents of this version do not include databases.`;
        assert.deepEqual(await run(args), {
            status: 0,
            stdout: `No findings in 1 stack, 3 resources; no policy was evaluated.\nNot checked ${message}\n`,
            stderr: "",
        });
        assert.deepEqual(await run([...args, "--fail-on-unchecked", "--quiet"]), {
            status: 2,
            stdout: "",
            stderr: `error: not checked ${message}\n`,
        });
    });
});
