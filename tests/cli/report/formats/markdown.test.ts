import assert from "node:assert/strict";
import { escapeUnseen } from "../../../../cli/report/formats/characters";
import { markdownReport } from "../../../../cli/report/formats/markdown";
import type { Report, ReportFinding } from "../../../../cli/report/model";
import { DATABASE, HOSTILE_NAMES, LOG_GROUP, named, PROBLEM, RULES, RUNS, report, STAGE, UNDECIDED } from "./reports";

/** More that means something to GitHub. */
const NAMES = {
    ...HOSTILE_NAMES,
    "mentions, issues and emoji": "@octocat @octo/cats a@b.io #12 octo/cat#12 GH-12 :tada:",
    formulas: "$x$ $$y$$ \\(z\\)",
    "code fences": "``` ```` ~~~ `",
    "ends of elements": "</code></pre></details></summary>",
};

const TABLE = ["| level | policy | resource | place | finding |", "| --- | --- | --- | --- | --- |"];

const RETENTION =
    "[<code>cloudwatch-log-group-retention</code>](<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html>)";

describe("the format markdown", () => {
    it("is a heading and a sentence without findings", () =>
        assert.equal(
            markdownReport(report()),
            "## apigateway-guard\n\nNo findings in 1 stack, 16 resources; 3 policies.\n",
        ));

    it("is a table of findings and how to fix them, with what could not be checked and decided", () =>
        assert.equal(
            markdownReport({
                ...report(STAGE, LOG_GROUP),
                undecided: [UNDECIDED],
                problems: [PROBLEM],
            }),
            `## apigateway-guard

2 findings (1 mandatory, 1 advisory) in 1 stack, 16 resources; 3 policies.

### Could not be checked

- <code>b.json</code>: is not JSON

### shop/dev, <code>states/shop.json</code>

${TABLE.join("\n")}
| mandatory | [<code>apigateway-stage-execution-logging</code>](<https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html&#35;apigateway-1>) | <code>prod</code> | <code>infra/index.ts:31:14</code> | Stage "prod" of API "orders" has no method settings for &#42;/&#42;, so execution logging is off. |
| advisory, would be remediated | ${RETENTION} | <code>orders</code> |  | Log group "orders" never expires: it has no retention. |

<details>
<summary>How to fix this</summary>

<code>urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod</code>: Add method settings for &#42;/&#42; with loggingLevel ERROR or INFO.

\`\`\`
new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })
\`\`\`

<code>urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders</code>: Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.

\`\`\`
retentionInDays: 90
\`\`\`

</details>

### Not decided

- <code>shop/dev</code>: apigateway-stage-execution-logging could not decide on Stage "beta": its API is not known yet
`,
        ));

    it("has a table for each stack with findings, and for each file of the same stack", () => {
        const others = ["older.json", "silent.json"].map((file) => ({
            stack: "shop/dev",
            file,
        }));
        assert.deepEqual(
            linesOf({
                ...report(bare(LOG_GROUP), { ...bare(LOG_GROUP), file: "older.json" }),
                stacks: [...report().stacks, ...others],
            }).filter((line) => /^#|^\|/.test(line)),
            [
                "## apigateway-guard",
                "### shop/dev, <code>states/shop.json</code>",
                ...TABLE,
                `| advisory | ${RETENTION} | <code>orders</code> |  | Never expires. |`,
                "### shop/dev, <code>older.json</code>",
                ...TABLE,
                `| advisory | ${RETENTION} | <code>orders</code> |  | Never expires. |`,
            ],
        );
    });

    it("has a table for each of several runs of a stack", () =>
        assert.deepEqual(
            linesOf(RUNS).filter((line) => /^###|^\|/.test(line)),
            [
                ...[1, 2].flatMap((run) => [
                    `### shop/dev, <code>events.json, run ${run}</code>`,
                    ...TABLE,
                    `| advisory, would be remediated | ${RETENTION} | <code>orders</code> |  | Log group "orders" never expires: it has no retention. |`,
                ]),
                "### Not decided",
            ],
        ));

    it("has no section on fixes for findings without advice", () =>
        assert.doesNotMatch(markdownReport(report(bare(LOG_GROUP))), /details/));

    it("has no code block for a finding without code", () => {
        const text = markdownReport(report({ ...LOG_GROUP, advice: "Set it.", code: undefined }));
        assert.match(text, /<\/code>: Set it\.\n\n<\/details>/);
    });

    it("links policies to pages with https only", () => {
        const rules = RULES.map((rule) => ({ ...rule, url: "javascript:alert(1)" }));
        assert.match(
            markdownReport({ ...report(LOG_GROUP), rules }),
            / \| <code>cloudwatch-log-group-retention<\/code> \| /,
        );
    });

    it("keeps the end of a link within the link", () => {
        const rules = RULES.map((rule) => ({ ...rule, url: "https://example.com/>) | [x](y" }));
        const text = markdownReport({ ...report(LOG_GROUP), rules });
        assert.match(text, /\]\(<https:\/\/example\.com\/&#62;\) &#124; &#91;x&#93;\(y>\) \|/);
    });

    for (const [what, name] of Object.entries(NAMES)) {
        it(`shows ${what} as they are`, () => {
            const [hostile, tame] = [name, "tame"].map((text) => linesOf(everywhere(text))) as [string[], string[]];
            // What makes Markdown of text is the same, and in the same lines, as with a name that has none of it.
            assert.deepEqual(hostile.map(markupOf), tame.map(markupOf));
            assert.deepEqual(
                hostile.map(shownBy),
                tame.map((line) => shownBy(line).replaceAll("tame", () => escapeUnseen(name))),
            );
        });
    }

    it("lets nothing begin a list, a heading or an indented block", () => {
        const starts = ["- a", "+ a", "1. a", "2) a", "=== ", "    a", "# a"];
        const shown = linesOf({ ...report(), problems: starts.map((file) => ({ file, message: file })) });
        assert.deepEqual(
            shown.filter((line) => line.startsWith("- ")),
            [
                "- <code>&#45; a</code>: &#45; a",
                "- <code>&#43; a</code>: &#43; a",
                "- <code>&#49;. a</code>: &#49;. a",
                "- <code>&#50;) a</code>: &#50;) a",
                "- <code>&#61;== </code>: &#61;== ",
                "- <code>&#32;   a</code>: &#32;   a",
                "- <code>&#35; a</code>: &#35; a",
            ],
        );
    });

    it("leaves an emoji whole, also where it begins a text", () => {
        const family = "\u{1F469}\u200D\u{1F469}\u200D\u{1F467} x";
        assert.equal(
            linesOf({ ...report(), problems: [{ file: family, message: family }] }).find((line) =>
                line.startsWith("- "),
            ),
            `- <code>${family}</code>: ${family}`,
        );
    });

    it("breaks mentions, issues and emoji, and puts dollars by themselves", () => {
        const message = "@octocat octo/cat#12 GH-12 :tada: $x aws:lambda: 3 @ 4 # 5";
        assert.match(
            markdownReport({ ...report(), problems: [{ file: "b.json", message }] }),
            /&#64;\u200Boctocat octo\/cat&#35;\u200B12 GH-\u200B12 :\u200Btada: <span>&#36;<\/span>x aws:\u200Blambda: 3 &#64; 4 &#35; 5\n$/,
        );
    });

    it("breaks what could be a commit, and nothing shorter or longer", () => {
        const id = "0123456789abcdef0123456789ABCDEF01234567";
        const problems = [{ file: "b.json", message: `${id} ${id}0 ${id.slice(1)}` }];
        const rest = id.slice(1);
        assert.match(markdownReport({ ...report(), problems }), new RegExp(`: &#48;\u200B${rest} ${id}0 ${rest}\n$`));
    });

    it("makes no link of an address, in text and in code", () => {
        const address = "http://a.example ftp://a.example www.a.example WWW.a.example me@a.example mailto:me@a.example";
        const { file, message } = { file: address, message: address };
        assert.equal(
            linesOf({ ...report(), problems: [{ file, message }] }).find((line) => line.startsWith("- ")),
            "- <code>http:\u200B//a.example ftp:\u200B//a.example www\u200B.a.example WWW\u200B.a.example me&#64;\u200Ba.example mailto:me&#64;\u200Ba.example</code>: http:\u200B//a.example ftp:\u200B//a.example www\u200B.a.example WWW\u200B.a.example me&#64;\u200Ba.example mailto:me&#64;\u200Ba.example",
        );
    });

    const LONG: Readonly<Record<string, string>> = {
        backticks: "`x".repeat(200_000),
        "one run of backticks": "`".repeat(200_000),
        "blank lines": "\n".repeat(100_000),
        "blank lines before a command": `${" \n".repeat(100_000)}::error::x`,
        colons: ":".repeat(200_000),
        "words between colons": ":abc".repeat(100_000),
        "at signs": "@a".repeat(100_000),
    };
    for (const [what, text] of Object.entries(LONG)) {
        it(`takes time that grows with its length for ${what}`, () => {
            assert.match(markdownReport(everywhere(text)), /Left out here: 1 finding/);
        });
    }

    it("fences code with more backticks than it has", () => {
        const code = "a\n```\n````` b";
        assert.match(markdownReport(coded(code)), /\n\n``````\na\n```\n````` b\n``````\n\n/);
    });

    it("keeps code as it is, except for invisible characters and commands to GitHub's runner", () => {
        const code = "\tif (a::b) {\n  ::error::x\n::warning::y ##[group]z\u001b[31m";
        assert.match(
            markdownReport(coded(code)),
            /\n```\n\tif \(a::b\) \{\n {2}:\u200B:error::x\n:\u200B:warning::y #\u200B#\[group\]z\\u\{1b\}\[31m\n```\n/,
        );
    });
});

describe("the format markdown by control", () => {
    const byControl = (input: Report) => markdownReport(input, { groupBy: "control" });
    const headings = (input: Report) =>
        byControl(input)
            .split("\n")
            .filter((line) => line.startsWith("#"));

    const GUIDE = "https://docs.aws.amazon.com/securityhub/latest/userguide";
    const LOGGING = `[APIGateway.1](<${GUIDE}/apigateway-controls.html&#35;apigateway-1>): API Gateway REST and WebSocket API execution logging should be enabled`;
    const OF_DATABASES = [
        `#### [RDS.9](<${GUIDE}/rds-controls.html&#35;rds-9>): RDS DB instances should publish logs to CloudWatch Logs`,
        `#### [RDS.36](<${GUIDE}/rds-controls.html&#35;rds-36>): RDS for PostgreSQL DB instances should publish logs to CloudWatch Logs`,
    ];

    it("has a table for each control under each stack, and how to fix the findings once", () =>
        assert.equal(
            byControl(report(LOG_GROUP, STAGE)),
            `## apigateway-guard

2 findings (1 mandatory, 1 advisory) in 1 stack, 16 resources; 3 policies.

### shop/dev, <code>states/shop.json</code>

#### ${LOGGING}

${TABLE.join("\n")}
| mandatory | [<code>apigateway-stage-execution-logging</code>](<${GUIDE}/apigateway-controls.html&#35;apigateway-1>) | <code>prod</code> | <code>infra/index.ts:31:14</code> | Stage "prod" of API "orders" has no method settings for &#42;/&#42;, so execution logging is off. |

#### ${RETENTION}

${TABLE.join("\n")}
| advisory, would be remediated | ${RETENTION} | <code>orders</code> |  | Log group "orders" never expires: it has no retention. |

<details>
<summary>How to fix this</summary>

<code>urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders</code>: Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.

\`\`\`
retentionInDays: 90
\`\`\`

<code>urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod</code>: Add method settings for &#42;/&#42; with loggingLevel ERROR or INFO.

\`\`\`
new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })
\`\`\`

</details>
`,
        ));

    it("has a finding under each control that its resource fails", () => {
        assert.deepEqual(headings(report(DATABASE)).slice(2), OF_DATABASES);
        assert.equal(byControl(report(DATABASE)).split('Instance "orders-db" exports no logs.').length, 3);
    });

    it("has the controls of each stack by themselves", () => {
        const other = { stack: "shop/prod", file: "prod.json" };
        const input = {
            ...report(STAGE, { ...DATABASE, ...other }),
            stacks: [...report().stacks, other],
        };
        assert.deepEqual(headings(input).slice(1), [
            "### shop/dev, <code>states/shop.json</code>",
            `#### ${LOGGING}`,
            "### shop/prod, <code>prod.json</code>",
            ...OF_DATABASES,
        ]);
    });

    it("has no link for a policy without a page", () =>
        assert.deepEqual(headings(report({ ...LOG_GROUP, policy: "of-another-pack" })).slice(2), [
            "#### <code>of-another-pack</code>",
        ]));

    it("is shortened like the other, and whole in each of its parts", () => {
        const many = Array.from({ length: 1000 }, (_, index) => ({ ...DATABASE, urn: `urn:${index}` }));
        const text = byControl(report(...many));
        assert.ok(text.length <= 65_000 && text.length > 64_000, `${text.length}`);
        assert.match(text, /\n<\/details>\n\n\*\*Left out here: \d+ findings\.\*\*/);
    });

    for (const [what, name] of Object.entries(NAMES)) {
        it(`shows ${what} as they are`, () => {
            const lines = (text: string) => {
                const made = everywhere(text);
                const controls = (finding: ReportFinding) =>
                    [[], [`${text}.1`]].map((all) => ({ ...finding, controls: all }));
                return byControl({ ...made, findings: made.findings.flatMap(controls) }).split("\n");
            };
            const [hostile, tame] = [lines(name), lines("tame")];
            assert.deepEqual(hostile.map(markupOf), tame.map(markupOf));
            assert.deepEqual(
                hostile.map(shownBy),
                tame.map((line) => shownBy(line).replaceAll("tame", () => escapeUnseen(name))),
            );
        });
    }
});

describe("a comment that would be too long", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...STAGE, urn: `urn:${index}` }));

    it("says how many findings are left out, and where they are", () => {
        const text = markdownReport(report(...many(1000)));
        const shown = rowsOf(report(...many(1000))).length;
        assert.ok(text.length <= 65_000 && text.length > 64_000, `${text.length}`);
        assert.match(text, /^1000 findings \(1000 mandatory, 0 advisory\)/m);
        assert.equal(
            text.split("\n").at(-2),
            `**Left out here: ${1000 - shown} findings.** GitHub limits the length of a comment; the formats \`text\` and \`json\` have them all.`,
        );
    });

    it("is whole in each of its parts", () => {
        const text = markdownReport(report(...many(1000)));
        const shown = rowsOf(report(...many(1000)));
        assert.deepEqual(new Set(shown), new Set(rowsOf(report(STAGE))));
        assert.equal(text.match(/^```$/gm)?.length, 2 * shown.length);
        assert.match(text, /\n```\n\n<\/details>\n\n\*\*Left out/);
    });

    it("leaves out no more than it must", () => {
        const shown = rowsOf(report(...many(1000))).length;
        // Without the sentence on what is left out, there may be room for one more.
        assert.deepEqual(
            [shown, shown + 2].map((count) => markdownReport(report(...many(count))).includes("Left out")),
            [false, true],
        );
    });

    it("leaves out undecided cases and problems as well", () => {
        const message = "x".repeat(40_000);
        const undecided = [{ ...UNDECIDED, message }];
        const problems = [{ ...PROBLEM, message }];
        assert.equal(
            markdownReport({ ...report(STAGE), undecided, problems })
                .split("\n")
                .at(-2),
            "**Left out here: 1 finding, 1 undecided case, 1 problem.** GitHub limits the length of a comment; the formats `text` and `json` have them all.",
        );
    });
});

/** With a problem only, as those of other packs may be. */
function bare(finding: ReportFinding): ReportFinding {
    return {
        ...finding,
        ...{ problem: "Never expires.", advice: undefined, code: undefined, wouldBeRemediated: false },
    };
}

function coded(code: string): Report {
    return report({ ...LOG_GROUP, code });
}

/** A report with some text wherever there is text of a user. */
function everywhere(text: string): Report {
    const file = text;
    const stack = text;
    // Line breaks in code stay what they are.
    const { code } = named(escapeUnseen(text));
    const finding = { ...named(text), code, policy: text, stack, file, location: { path: text, line: 1 } };
    return {
        ...report(finding),
        stacks: [{ stack, file, resources: 1 }],
        problems: [{ file, message: text }],
        undecided: [{ stack, file, policy: text, message: text }],
    };
}

function linesOf(input: Report): string[] {
    return markdownReport(input).split("\n");
}

function rowsOf(input: Report): string[] {
    return linesOf(input).filter((line) => line.startsWith("| mandatory"));
}

const isCode = (line: string) => line.startsWith("settings(");

/** The characters of a line that mean something in Markdown; a line of code has none, and its fence is long enough. */
function markupOf(line: string): string {
    return isCode(line)
        ? ""
        : line
              .replace(/^`{3,}$/, "fence")
              .replace(/<span>&#36;<\/span>|&#\d+;/g, "")
              .replace(/[^\\`*_[\]<>&|~$@#]/g, "");
}

/** A line with entities decoded, and without what keeps GitHub from finding more in it. */
function shownBy(line: string): string {
    return isCode(line)
        ? line.replaceAll("\u200B", "")
        : line
              .replace(/^`{3,}$/, "fence")
              .replace(/<\/?span>|\u200B/g, "")
              .replace(/&#(\d+);/g, (_match, code: string) => String.fromCodePoint(Number(code)));
}
