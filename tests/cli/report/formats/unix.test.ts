import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeUnseen } from "../../../../cli/report/formats/characters";
import { unixReport } from "../../../../cli/report/formats/unix";
import type { Report } from "../../../../cli/report/model";
import { assertBuilt, COMMAND } from "../../../built";
import { HOSTILE_NAMES, LOG_GROUP, named, PROBLEM, report, STAGE, UNDECIDED } from "./reports";

const ROOT = join(__dirname, "..", "..", "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "editors.md"), "utf8");
const [, TASKS = ""] = /```json\n(.*?)```/s.exec(PAGE) ?? [];
const MATCHER = JSON.parse(TASKS).tasks[0].problemMatcher;

const STAGE_LINE =
    'infra/index.ts:31:14: error: Stage "prod" of API "orders" has no method settings for */*, so execution logging is off. ' +
    "Add method settings for */* with loggingLevel ERROR or INFO. [apigateway-stage-execution-logging]\n";

/** What an editor shows of a line, by the pattern that docs/editors.md has for VS Code. */
function matched(line: string) {
    const { regexp, ...groups } = MATCHER.pattern;
    const found = new RegExp(regexp).exec(line.replaceAll("\u200B", ""));
    return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, found?.[Number(group)]]));
}

describe("the format unix", () => {
    before(assertBuilt);

    const ROWS: readonly (readonly [what: string, given: Report, expected: string])[] = [
        ["has a finding in one line: a mandatory one is an error", report(STAGE), STAGE_LINE],
        [
            "puts an advisory finding whose line is not known at the top of the file that was read, with its URN",
            report(LOG_GROUP),
            'states/shop.json:1:1: warning: Log group "orders" never expires: it has no retention. ' +
                "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653. " +
                `${LOG_GROUP.urn} [cloudwatch-log-group-retention]\n`,
        ],
        [
            "takes column 1 for one that is not known, as of a Python program, and a message of another pack that has lines",
            report({
                ...STAGE,
                problem: "one\r\n  two",
                advice: undefined,
                location: { path: "infra/app.py", line: 3 },
            }),
            "infra/app.py:3:1: error: one two [apigateway-stage-execution-logging]\n",
        ],
        [
            "has a file that could not be checked as an error, and what was undecided as information",
            { ...report(), problems: [PROBLEM], undecided: [{ ...UNDECIDED, message: "stage not known yet" }] },
            "b.json:1:1: error: is not JSON [apigateway-guard]\n" +
                "states/shop.json:1:1: info: shop/dev: stage not known yet [apigateway-stage-execution-logging]\n",
        ],
        [
            "has the policy of another pack as one word",
            report({ ...STAGE, policy: "no public [buckets]", problem: "Open.", advice: undefined }),
            "infra/index.ts:31:14: error: Open. [no\\u{20}public\\u{20}\\u{5b}buckets\\u{5d}]\n",
        ],
        ["is empty without findings", report(), ""],
    ];
    for (const [what, given, expected] of ROWS) {
        it(what, () => assert.equal(unixReport(given), expected));
    }

    it("is read by the problem matcher of docs/editors.md", () =>
        assert.deepEqual(matched(STAGE_LINE.trimEnd()), {
            file: "infra/index.ts",
            line: "31",
            column: "14",
            severity: "error",
            message: `${STAGE.problem} ${STAGE.advice}`,
            code: STAGE.policy,
        }));

    it("has the problem matcher of docs/editors.md for this repository, too", () => {
        const { tasks } = JSON.parse(readFileSync(join(ROOT, ".vscode", "tasks.json"), "utf8"));
        assert.deepEqual(tasks[0].problemMatcher, MATCHER);
    });

    it("is what docs/editors.md shows of its first command", () => {
        const [, command = "", expected] =
            /```sh\nnpx apigateway-guard (.*?)\n```\n\n```text\n(.*?)```/s.exec(PAGE) ?? [];
        const ran = spawnSync(process.execPath, [COMMAND, ...command.split(" ")], { cwd: ROOT, encoding: "utf8" });
        assert.equal(ran.stdout, expected, ran.stderr);
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`keeps ${what} in one line`, () => {
            const location = { path: `infra/${name}`, line: 31, column: 14 };
            const written = unixReport(report({ ...named(name), location }));
            assert.equal(written.indexOf("\n"), written.length - 1);
            const inLine = escapeUnseen(name.replace(/\s*[\r\n]\s*/g, " "));
            assert.deepEqual(matched(written.trimEnd()), {
                file: `infra/${escapeUnseen(name)}`,
                line: "31",
                column: "14",
                severity: "error",
                message: `Stage ${inLine} has no method settings. Add method settings to ${inLine}.`,
                code: STAGE.policy,
            });
        });
    }
});
