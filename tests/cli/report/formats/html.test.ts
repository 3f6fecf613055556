import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { htmlReport } from "../../../../cli/report/formats/html";
import type { Report, ReportFinding } from "../../../../cli/report/model";
import { TOOL } from "../../../../cli/tool";
import {
    COVERED,
    DATABASE,
    HOSTILE_NAMES,
    LOG_GROUP,
    named,
    PROBLEM,
    RULES,
    RUNS,
    report,
    STAGE,
    UNCHECKED,
    UNDECIDED,
} from "./reports";

/** What the page's source has for each name. */
const SOURCES: Readonly<Record<keyof typeof HOSTILE_NAMES, string>> = {
    quotes: "a&quot;b&#39;c&#x60;d",
    "a newline": String.raw`first\u{a}second\u{d}\u{a}third`,
    markup: "&lt;script&gt;alert(1)&lt;&#x2F;script&gt;&amp;amp;",
    "table and emphasis characters": String.raw`a|b *c* _d_ [e](f) #g ~h~ \i`,
    "ANSI escapes": String.raw`\u{1b}[31mred\u{1b}[0m\u{9b}1m`,
    "workflow commands": String.raw`::error file&#x3D;a,line&#x3D;1::x\u{a}::warning::%0A%25 a:b,c`,
    "other control characters": String.raw`bell\u{7}null\u{0}bidi\u{202e}line\u{2028}\u{ffff}`,
    "CDATA and template ends": "]]&gt; {{name}} ${name} --&gt; &lt;&#x2F;textarea&gt;",
    "what cannot be seen": String.raw`zero\u{200b}width\u{2060}soft\u{ad}tag\u{e0041}filler\u{3164}selector\u{fe0f}\u{e0100}braille\u{2800}`,
    "addresses and links": "[a](https:&#x2F;&#x2F;a.example) {0} www.a.example ftp:&#x2F;&#x2F;a.example me@a.example",
    "commands of other runners": "&#35;#vso[task.complete]x &#35;#teamcity[message] &#35;#[group]y",
};

/** A report with some text wherever one may come from a user. */
function everywhere(text: string): Report {
    // Line breaks in code stay what they are.
    const { code } = named(text.includes("\n") ? "tame" : text);
    const finding: ReportFinding = {
        ...named(text),
        code,
        policy: text,
        type: text,
        stack: text,
        file: text,
        severity: text,
        controls: [text],
        location: { path: text, line: 1 },
    };
    return {
        findings: [finding],
        stacks: [{ stack: text, file: text, resources: 1 }],
        rules: RULES.map((rule) => ({ ...rule, policy: text, pack: text })),
        unchecked: [],
        coverage: [],
        excepted: [{ ...finding, reasons: [{ kind: "exemption", name: "orders", reason: text, until: text }] }],
        exempt: [{ stack: text, file: text, policy: text, message: text }],
        undecided: [{ stack: text, file: text, policy: text, message: text }],
        problems: [{ file: text, message: text }],
    };
}

/** The texts of the page, or of the part of it between two pieces of its source. */
function textsOf(page: string, from = "<body>", to = "</body>"): string[] {
    const [, part = ""] = page.split(from);
    assert.ok(part.includes(to), `${from} and ${to} are not in the page`);
    return decoded(
        part
            .slice(0, part.indexOf(to))
            .replace(/<script>.*<\/script>/s, "")
            .replaceAll("<wbr>", "")
            .replace(/<[^>]*>/g, "\n"),
    )
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

function rowsOf(page: string): string[] {
    return [...page.matchAll(/<tr data-.*?<\/tr>/gs)].map(([row]) => row);
}

function decoded(source: string): string {
    const named = new Map(Object.entries({ lt: "<", gt: ">", amp: "&", quot: '"' }));
    return source.replace(/&(?:#(\d+)|#x(\w+)|(\w+));/g, (_, decimal, hex, name) =>
        name === undefined
            ? String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
            : (named.get(name) ?? assert.fail(`&${name}; is not known here`)),
    );
}

function linksOf(page: string): string[] {
    return [...page.matchAll(/<a\b[^>]* href="([^"]*)"/g)].map(([, href = ""]) => decoded(href));
}

function withUrl(url: string): Report {
    return { ...report(STAGE), rules: RULES.map((rule) => ({ ...rule, url })) };
}

describe("the HTML format", () => {
    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        for (const options of [{}, { groupBy: "control" }] as const) {
            it(`takes ${what} for text, wherever it comes from, with ${JSON.stringify(options)}`, () => {
                // Where a colon begins a text, it is written so that it does not begin a command in a log.
                const page = htmlReport(everywhere(name), options).replaceAll("<wbr>", "").replaceAll("&#58;", ":");
                const source = SOURCES[what as keyof typeof HOSTILE_NAMES];
                const tame = htmlReport(everywhere("tame"), options).replaceAll("<wbr>", "");
                assert.equal(page.replaceAll(source, "tame"), tame);
                assert.doesNotMatch(page, /[^\P{C}\n]|[\u2028\u2029]/u);
            });
        }
    }

    it("leaves letters of all scripts and emoji as they are", () => {
        assert.ok(
            textsOf(htmlReport(report({ ...STAGE, name: "bestellungen-ü-注文-🚀" }))).includes(
                "bestellungen-ü-注文-🚀",
            ),
        );
    });

    it("has all parts of each finding, in the report's order", () => {
        const texts = rowsOf(htmlReport(report(STAGE, LOG_GROUP))).map((row) => textsOf(row, "<tr ", "</tr>").slice(1));
        assert.deepEqual(texts, [
            [
                "mandatory",
                "severity medium",
                STAGE.problem,
                STAGE.advice,
                STAGE.code,
                "apigateway-stage-execution-logging",
                "APIGateway.1",
                "prod",
                "aws:apigateway/stage:Stage",
                "infra/index.ts:31:14",
                "URN",
                STAGE.urn,
                "shop/dev",
                "states/shop.json",
            ],
            [
                "advisory",
                "severity medium",
                LOG_GROUP.problem,
                LOG_GROUP.advice,
                LOG_GROUP.code,
                "Would be remediated: in a deployment, the policy fixes this by itself.",
                "cloudwatch-log-group-retention",
                "Documentation",
                "orders",
                "aws:cloudwatch/logGroup:LogGroup",
                "URN",
                LOG_GROUP.urn,
                "shop/dev",
                "states/shop.json",
            ],
        ]);
    });

    it("says of which run a finding and an undecided case are", () => {
        const page = htmlReport(RUNS);
        assert.deepEqual(
            [rowsOf(page).map((row) => textsOf(row, "<tr ", "</tr>").at(-1)), page.match(/\(shop.*?\)/g)],
            [
                ["events.json, run 1", "events.json, run 2"],
                [1, 2].map((run) => `(shop&#x2F;dev, events.json, run ${run})`),
            ],
        );
    });

    it("leaves out what a finding does not have", () => {
        const parts = { advice: undefined, code: undefined, severity: undefined, controls: [], location: undefined };
        const finding = { ...STAGE, ...parts, file: "-" };
        const [row = ""] = rowsOf(htmlReport({ ...report(finding), rules: [] }));
        assert.deepEqual(textsOf(row, "<tr ", "</tr>").slice(1), [
            "mandatory",
            STAGE.problem,
            "apigateway-stage-execution-logging",
            "prod",
            "aws:apigateway/stage:Stage",
            "URN",
            STAGE.urn,
            "shop/dev",
            "standard input",
        ]);
    });

    it("begins with a summary and the totals, largest first, those without findings included", () => {
        const elsewhere = { ...LOG_GROUP, stack: "shop/prod" };
        const page = htmlReport({
            ...report(STAGE, LOG_GROUP, elsewhere),
            stacks: [
                { stack: "shop/dev", file: "a.json", resources: 7 },
                { stack: "shop/test", file: "b.json" },
                { stack: "shop/prod", file: "c.json", resources: 2 },
                { stack: "shop/prod", file: "d.json", resources: 1 },
            ],
        });
        assert.deepEqual(textsOf(page, "<body>", "<form"), [
            "API Gateway policy report",
            "3 findings (1 mandatory, 2 advisory) in 4 stacks; 3 policies",
            `${TOOL.name} ${TOOL.version}`,
            ...["1", "mandatory", "stop a deployment", "2", "advisory", "only warn"],
            "Policies",
            ...["cloudwatch-log-group-retention", "2"],
            ...["apigateway-stage-execution-logging", "1"],
            ...["of-another-pack", "house-rules", "0"],
            "Stacks",
            ...["shop/dev", "7 resources", "2"],
            ...["shop/prod", "3 resources", "1"],
            ...["shop/test", "0"],
        ]);
    });

    it("draws the totals to the scale of the largest", () => {
        const elsewhere = { ...LOG_GROUP, stack: "shop/prod" };
        const [, stacks = ""] = htmlReport(report(STAGE, LOG_GROUP, LOG_GROUP, LOG_GROUP, elsewhere)).split(
            "<h2>Stacks</h2>",
        );
        assert.deepEqual(
            [...stacks.matchAll(/<rect [^>]*>/g)].map(([rect]) =>
                /(?: x="([^"]*)")? width="([^"]*)"/.exec(rect)?.slice(1),
            ),
            [
                [undefined, "25.0%"],
                ["25.0%", "75.0%"],
                [undefined, "0.0%"],
                ["0.0%", "25.0%"],
            ],
        );
    });

    it("has filters for the levels, policies and stacks that have findings", () => {
        const page = htmlReport(report(STAGE, LOG_GROUP, LOG_GROUP));
        assert.deepEqual(textsOf(page, "<form", "</form>").slice(1), [
            "Search",
            ...["Level", "All", "mandatory (1)", "advisory (2)"],
            ...["Policy", "All", "cloudwatch-log-group-retention (2)", "apigateway-stage-execution-logging (1)"],
            ...["Stack", "All", "shop/dev (3)"],
            "Clear",
        ]);
    });

    describe("by control", () => {
        const byControl = (input: Report) => htmlReport(input, { groupBy: "control" });
        const INPUT = { ...report(STAGE, DATABASE, LOG_GROUP), stacks: [...report().stacks] };

        it("counts the findings of each control, those without findings included, and of policies without a control", () => {
            const [rule] = RULES as [(typeof RULES)[number]];
            const rules = [...RULES, { ...rule, policy: "xray", controls: ["APIGateway.3"] }];
            assert.deepEqual(textsOf(byControl({ ...INPUT, rules }), "<h2>Controls</h2>", "<h2>Stacks</h2>"), [
                "APIGateway.1",
                "API Gateway REST and WebSocket API execution logging should be enabled",
                "1",
                ...["RDS.9", "RDS DB instances should publish logs to CloudWatch Logs", "1"],
                ...["RDS.36", "RDS for PostgreSQL DB instances should publish logs to CloudWatch Logs", "1"],
                ...["cloudwatch-log-group-retention", "1"],
                ...["APIGateway.3", "API Gateway REST API stages should have AWS X-Ray tracing enabled", "0"],
                ...["of-another-pack", "house-rules", "0"],
            ]);
        });

        it("has a filter for controls, and none for policies", () => {
            assert.deepEqual(textsOf(byControl(INPUT), "<form", "</form>").slice(1), [
                "Search",
                ...["Level", "All", "mandatory (2)", "advisory (1)"],
                ...["Control", "All", "APIGateway.1 (1)", "RDS.9 (1)", "RDS.36 (1)"],
                "cloudwatch-log-group-retention (1)",
                ...["Stack", "All", "shop/dev (3)"],
                "Clear",
            ]);
        });

        it("has each finding once, with its policy and its controls", () => {
            const policies = rowsOf(byControl(INPUT)).map((row) => textsOf(row, '<td data-label="Policy">', "</td>"));
            assert.deepEqual(policies, [
                ["apigateway-stage-execution-logging", "APIGateway.1"],
                ["of-databases", "RDS.9, RDS.36"],
                ["cloudwatch-log-group-retention", "Documentation"],
            ]);
        });
    });

    it("keeps the line breaks of code, and only there", () => {
        const code = "first\n\n\tsecond";
        assert.match(htmlReport(report({ ...STAGE, code })), /<pre><code>first\n\n {4}second<\/code><\/pre>/);
    });

    for (const options of [{}, { groupBy: "control" }] as const)
        it(`allows its own style and script by their hashes, and nothing else, with ${JSON.stringify(options)}`, () => {
            const page = htmlReport(report(STAGE), options);
            const hash = (tag: string) => {
                const texts = [...page.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, "gs"))];
                assert.equal(texts.length, 1);
                return `'sha256-${createHash("sha256")
                    .update(texts[0]?.[1] ?? "")
                    .digest("base64")}'`;
            };
            const [, csp = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
            assert.equal(
                decoded(csp),
                `default-src 'none'; style-src ${hash("style")}; script-src ${hash("script")}; base-uri 'none'; form-action 'none'`,
            );
        });

    it("links to the pages of rules, and refers to nothing else outside", () => {
        const page = htmlReport(report(STAGE, LOG_GROUP));
        const attributes = [
            ...page.matchAll(/\s(?:src|srcset|href|xlink:href|action|data|poster|style|on\w+)="([^"]*)"/g),
        ];
        assert.deepEqual(
            attributes.map(([, value = ""]) => decoded(value)),
            [RULES[0]?.url, RULES[1]?.url],
        );
        assert.doesNotMatch(page, /@import|url\(|<(?:link|img|iframe|object|embed|base|audio|video)\b/i);
    });

    it("links the control to the page of its rule, or that page alone", () => {
        const page = htmlReport(report(STAGE, LOG_GROUP));
        assert.deepEqual(
            [...page.matchAll(/<a\b[^>]*>([^<]*)<\/a>/g)].map(([, text]) => text),
            ["APIGateway.1", "Documentation"],
        );
        assert.deepEqual(linksOf(page), [RULES[0]?.url, RULES[1]?.url]);
    });

    for (const url of [
        "javascript:alert(1)",
        "http://example.com/",
        "data:text/html,x",
        "//example.com/",
        "page.html",
        "",
    ]) {
        it(`does not link to ${JSON.stringify(url)}, but names the control`, () => {
            const page = htmlReport(withUrl(url));
            assert.deepEqual(linksOf(page), []);
            assert.ok(textsOf(page).includes("APIGateway.1"));
        });
    }

    it("keeps a quote in a URL within the attribute", () => {
        assert.deepEqual(linksOf(htmlReport(withUrl('https://example.com/"onclick="alert(1)'))), [
            "https://example.com/%22onclick=%22alert(1)",
        ]);
    });

    it("has no way around the escaping", () => {
        const template = readFileSync(join(__dirname, "../../../../cli/report/formats/html.html"), "utf8");
        assert.doesNotMatch(template, /\{\{\s*[{&>=]/);
    });

    it("shows first which files could not be checked, and why", () => {
        const problems = [
            { file: "a.json", message: "not JSON" },
            { file: "-", message: "empty" },
        ];
        assert.deepEqual(textsOf(htmlReport({ ...report(STAGE), problems }), "</header>", '<section class="totals"'), [
            "2 files could not be checked",
            ...["a.json", "not JSON"],
            ...["standard input", "empty"],
        ]);
    });

    it("shows what was not checked, once for each reason", () => {
        const unchecked = [UNCHECKED, { ...UNCHECKED, stack: "shop/prod" }];
        assert.deepEqual(textsOf(htmlReport({ ...report(STAGE), unchecked }), "</script>"), [
            "Not checked",
            "You asked for these or gave them, and they were not looked at.",
            UNCHECKED.message,
            "(2 stacks)",
        ]);
    });

    it("says beside a policy without findings that it was not evaluated on anything", () => {
        const coverage = [
            COVERED,
            { ...COVERED, policy: "cloudwatch-log-group-retention", outcome: "notApplicable", resources: 0 } as const,
            { ...COVERED, policy: "of-another-pack", outcome: "notChecked", resources: 0 } as const,
        ];
        assert.deepEqual(textsOf(htmlReport({ ...report(STAGE), coverage }), "<h2>Policies</h2>", "</ul>"), [
            ...["apigateway-stage-execution-logging", "1"],
            ...["cloudwatch-log-group-retention", "not applicable", "0"],
            ...["of-another-pack", "house-rules", "0"],
        ]);
    });

    it("shows last what was not decided", () => {
        assert.deepEqual(textsOf(htmlReport({ ...report(STAGE), undecided: [UNDECIDED] }), "</script>"), [
            "Not decided",
            "What these depend on is not known yet, so the policies passed them over.",
            UNDECIDED.message,
            "(shop/dev, states/shop.json)",
        ]);
    });

    const NOTHING: readonly (readonly [when: string, more: Partial<Report>, ...texts: string[]])[] = [
        ["nothing was found", {}, "No findings", "The policies found nothing to fix."],
        [
            "something was not decided",
            { undecided: [UNDECIDED] },
            "No findings",
            "The policies found nothing to fix. What they could not decide is listed below.",
        ],
        [
            "something was not checked",
            { unchecked: [UNCHECKED] },
            "No findings in what was checked",
            "What was not checked is listed below.",
        ],
        [
            "no policy decided on anything",
            { coverage: [{ ...COVERED, outcome: "notApplicable", resources: 0 }] },
            "No findings in what was checked",
            "No policy could decide on a resource of these stacks, so this says nothing about them.",
        ],
        [
            "a file could not be checked",
            { problems: [PROBLEM] },
            "No findings in what was checked",
            "This says nothing about the files above, which could not be checked.",
        ],
        [
            "no file could be checked",
            { problems: [PROBLEM], stacks: [] },
            "Nothing was checked",
            "No stack could be read.",
        ],
    ];
    for (const [when, more, ...texts] of NOTHING) {
        it(`says what no findings mean when ${when}`, () => {
            const page = htmlReport({ ...report(), ...more });
            const [, which] = /<section class="panel nothing([^"]*)">/.exec(page) ?? [];
            assert.equal(which, texts[0] === "No findings" ? " clean" : "");
            assert.deepEqual(textsOf(page, `<section class="panel nothing${which}">`, "</section>"), texts);
            assert.doesNotMatch(page, /<(?:table|form|script)\b/);
        });
    }

    it("begins its summary with a capital letter", () => {
        assert.deepEqual(textsOf(htmlReport(report()), '<p class="summary">', "</p>"), [
            "No findings in 1 stack, 16 resources; 3 policies",
        ]);
    });

    it("has no totals of nothing", () => {
        assert.doesNotMatch(htmlReport({ ...report(), stacks: [] }), /<section class="totals"/);
    });
});
