import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { textReport } from "../../../../cli/report/formats/text";
import type { Location, Report } from "../../../../cli/report/model";
import { HOSTILE_NAMES, LOG_GROUP, named, PROBLEM, RUNS, report, STAGE, UNDECIDED } from "./reports";

const PLAIN = { color: false, quiet: false };

const BARE = { problem: "Only a fact.", advice: undefined, code: undefined, severity: undefined, controls: [] };

const FULL: Report = {
    ...report(STAGE, { ...STAGE, policy: "of-another-pack", ...BARE }, LOG_GROUP),
    undecided: [UNDECIDED],
    problems: [PROBLEM],
};

const BODY = `shop/dev  states/shop.json

  prod  aws:apigateway/stage:Stage  infra/index.ts:31:14
    mandatory  apigateway-stage-execution-logging  medium, APIGateway.1
      Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
      Add method settings for */* with loggingLevel ERROR or INFO.
      new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })
    mandatory  of-another-pack
      Only a fact.

  orders  aws:cloudwatch/logGroup:LogGroup
    advisory  cloudwatch-log-group-retention  medium, would be remediated
      Log group "orders" never expires: it has no retention.
      Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
      retentionInDays: 90
`;

describe("the format text", () => {
    it("groups by stack and resource, shows each fix, and sums up", () => {
        assert.equal(
            textReport(FULL, PLAIN),
            `${BODY}
  Note: apigateway-stage-execution-logging could not decide on Stage "beta": its API is not known yet

3 findings (2 mandatory, 1 advisory) in 1 stack, 16 resources; 3 policies. 1 would be remediated. 1 file could not be checked.
`,
        );
    });

    it("has findings only if it should be quiet", () => {
        assert.equal(textReport(FULL, { ...PLAIN, quiet: true }), BODY);
        assert.equal(textReport(report(), { ...PLAIN, quiet: true }), "");
    });

    it("has the same text in colors", () => {
        const colored = textReport(FULL, { color: true, quiet: false });
        assert.notEqual(colored, textReport(FULL, PLAIN));
        assert.equal(stripVTControlCharacters(colored), textReport(FULL, PLAIN));
    });

    it("says that all is well only if it is", () => {
        assert.equal(textReport(report(), PLAIN), "✓ No findings in 1 stack, 16 resources; 3 policies.\n");
        const nothing = { ...FULL, findings: [], stacks: [], undecided: [] };
        assert.equal(textReport(nothing, PLAIN), "No stacks checked. 1 file could not be checked.\n");
    });

    it("does not count resources if their number is not known", () => {
        const uncounted = { ...report(), stacks: [{ stack: "shop/dev", file: "-" }] };
        assert.equal(textReport(uncounted, PLAIN), "✓ No findings in 1 stack; 3 policies.\n");
    });

    it("has the file beside each stack, for stacks of the same name", () => {
        const stacks = ["a.json", "b.json"].map((file) => ({ stack: "shop/dev", file, resources: 1 }));
        const twice = { ...report({ ...STAGE, file: "a.json" }, { ...LOG_GROUP, file: "b.json" }), stacks };
        const titles = textReport(twice, PLAIN)
            .split("\n")
            .filter((line) => line.startsWith("shop/dev"));
        assert.deepEqual(titles, ["shop/dev  a.json", "shop/dev  b.json"]);
    });

    it("has the findings of each of several runs of a stack once, and says of which run they are", () => {
        const body = (run: number) => `shop/dev  events.json, run ${run}

  orders  aws:cloudwatch/logGroup:LogGroup
    advisory  cloudwatch-log-group-retention  medium, would be remediated
      Log group "orders" never expires: it has no retention.
      Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
      retentionInDays: 90

  Note: ${UNDECIDED.message}
`;
        assert.equal(
            textReport(RUNS, PLAIN),
            `${body(1)}\n${body(2)}\n2 findings (0 mandatory, 2 advisory) in 2 stacks; 3 policies. 2 would be remediated.\n`,
        );
    });

    const SOURCES: readonly (readonly [when: string, location: Location, ...lines: string[]])[] = [
        [
            "with a caret under the column",
            { path: "index.ts", line: 9, column: 5, source: "    new aws.apigateway.Stage(" },
            "    9 |     new aws.apigateway.Stage(",
            "      |     ^",
        ],
        [
            "with the caret as far in as the line number is long",
            { path: "index.ts", line: 1234, column: 1, source: "new Stage(" },
            "    1234 | new Stage(",
            "         | ^",
        ],
        [
            "without a caret if the column is not known",
            { path: "prog.py", line: 6, source: "stage = Stage(" },
            "    6 | stage = Stage(",
        ],
        [
            "with tabs as four spaces, and the caret under the same character",
            { path: "index.ts", line: 9, column: 7, source: "\t\tx = new Stage(\ty" },
            "    9 |         x = new Stage(    y",
            "      |             ^",
        ],
        [
            "with the caret after the end of a line that has become shorter",
            { path: "index.ts", line: 9, column: 40, source: "});" },
            "    9 | });",
            "      |    ^",
        ],
        [
            "with invisible characters made visible, and the caret under the same character",
            { path: "index.ts", line: 9, column: 4, source: "\u001b[mnew Stage(" },
            "    9 | \\u{1b}[mnew Stage(",
            "      |         ^",
        ],
    ];
    for (const [when, location, ...lines] of SOURCES) {
        it(`shows the line of the program ${when}`, () => {
            const shown = textReport(report({ ...STAGE, location }), PLAIN).split("\n");
            const title = shown.findIndex((line) => line.startsWith("  prod  "));
            const level = shown.findIndex((line) => line.startsWith("    mandatory"));
            assert.deepEqual(shown.slice(title + 1, level), lines);
        });
    }

    it("shows the line of the program once for all findings of a resource", () => {
        const location = { path: "index.ts", line: 9, source: "new aws.apigateway.Stage(" };
        const both = [STAGE, { ...STAGE, policy: "of-another-pack" }].map((finding) => ({ ...finding, location }));
        assert.equal(textReport(report(...both), PLAIN).match(/new aws\.apigateway\.Stage\(/g)?.length, 1);
    });

    it("has the same text in colors with a line of the program", () => {
        const location = { path: "index.ts", line: 9, column: 1, source: "new aws.apigateway.Stage(" };
        const one = report({ ...STAGE, location });
        assert.equal(stripVTControlCharacters(textReport(one, { color: true, quiet: false })), textReport(one, PLAIN));
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`shows ${what} in a name without any effect`, () => {
            const shown = textReport(report(named(name)), PLAIN);
            assert.doesNotMatch(
                shown.replaceAll(/(?<=[:#])\u200B/g, ""),
                /[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/u,
            );
            assert.doesNotMatch(shown, /^\s*::|##[a-z]*\[/m);
            assert.match(shown, /^ {2}Stage|^ {2}\S/m);
        });
    }

    it("has no effect of a severity or a control of another pack", () => {
        const hostile = "\u001b[31m\u200B##[error]x";
        const finding = { ...STAGE, severity: hostile, controls: [hostile] };
        assert.ok(
            textReport(report(finding), PLAIN).includes(
                "  \\u{1b}[31m\\u{200b}#\u200B#[error]x, \\u{1b}[31m\\u{200b}#\u200B#[error]x\n",
            ),
        );
    });

    it("breaks commands to GitHub's runner, which reads logs", () => {
        const shown = textReport(report(named("::error::x ##[error]y")), PLAIN);
        assert.ok(shown.includes("  :\u200B:error::x #\u200B#[error]y  aws:apigateway/stage:Stage"));
    });
});
