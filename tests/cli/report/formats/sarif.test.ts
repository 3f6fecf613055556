import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import Ajv from "ajv";
import type { Log, Result, Run } from "sarif";
import { escapeUnseen } from "../../../../cli/report/formats/characters";
import { sarifReport } from "../../../../cli/report/formats/sarif";
import { findingText, NOTHING, type Report, type ReportFinding } from "../../../../cli/report/model";
import { TOOL } from "../../../../cli/tool";
import { schema } from "../../../support/schemas/schema";
import { DATABASE, HOSTILE_NAMES, LOG_GROUP, named, PROBLEM, RULES, report, STAGE, UNDECIDED } from "./reports";

// The schema is less strict than Ajv and JavaScript: one of its patterns is not a regular expression with the flag `u`.
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    JSON.parse(schema("sarif-2.1.0.json")),
);

const FULL: Report = {
    ...report(STAGE, LOG_GROUP),
    undecided: [UNDECIDED],
    problems: [PROBLEM],
};

const VALID: Readonly<Record<string, Report>> = {
    "nothing checked": { ...NOTHING, rules: [] },
    "nothing found": report(),
    "a finding with a place": report(STAGE),
    "a place without a column": report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }),
    "a finding without a place": report(LOG_GROUP),
    "a finding of another pack": report({ ...LOG_GROUP, policy: "of-another-pack" }),
    "problems and what was undecided": FULL,
    "the same finding twice": report(STAGE, STAGE),
    "hostile names": report(...Object.values(HOSTILE_NAMES).map(named)),
};

describe("the format sarif", () => {
    for (const [what, input] of Object.entries(VALID)) {
        it(`is valid with ${what}`, () => {
            validate(JSON.parse(sarifReport(input)));
            assert.deepEqual(validate.errors, null);
        });
    }

    it("is not valid by the schema with a line 0", () => {
        assert.equal(validate(logOf(report({ ...STAGE, location: { path: "Pulumi.yaml", line: 0 } }))), false);
    });

    it("ends with one newline", () => assert.match(sarifReport(report()), /\}\n$/));

    it("has the findings, the rules, the problems and what was undecided", () => {
        assert.deepEqual(logOf(FULL), {
            $schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [
                {
                    tool: {
                        driver: {
                            name: "apigateway-guard",
                            version: TOOL.version,
                            semanticVersion: TOOL.version,
                            rules: [
                                {
                                    id: "apigateway-stage-execution-logging",
                                    name: "ApigatewayStageExecutionLogging",
                                    shortDescription: { text: "REST stages have method settings for all methods" },
                                    fullDescription: {
                                        text: "Every REST API stage has method settings for */*, which is where execution logging is turned on.",
                                    },
                                    help: {
                                        text: [
                                            "Every REST API stage has method settings for */*, which is where execution logging is turned on.",
                                            'Add an aws.apigateway.MethodSettings with methodPath "*/*".',
                                            "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
                                        ].join("\n\n"),
                                        markdown: [
                                            "Every REST API stage has method settings for &#42;/&#42;, which is where execution logging is turned on.",
                                            'Add an aws.apigateway.MethodSettings with methodPath "&#42;/&#42;".',
                                            "[Read on](<https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html&#35;apigateway-1>)",
                                        ].join("\n\n"),
                                    },
                                    helpUri:
                                        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
                                    defaultConfiguration: { level: "warning" },
                                    properties: {
                                        tags: ["security", "APIGateway.1"],
                                        precision: "very-high",
                                        "problem.severity": "warning",
                                        "security-severity": "5.5",
                                        pack: "apigateway-guard",
                                    },
                                },
                                {
                                    id: "cloudwatch-log-group-retention",
                                    name: "CloudwatchLogGroupRetention",
                                    shortDescription: { text: "Log groups expire within bounds" },
                                    fullDescription: {
                                        text: "CloudWatch log groups keep their events for a bounded time.",
                                    },
                                    help: {
                                        text: [
                                            "CloudWatch log groups keep their events for a bounded time.",
                                            "Set retentionInDays.",
                                            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
                                        ].join("\n\n"),
                                        markdown: [
                                            "CloudWatch log groups keep their events for a bounded time.",
                                            "Set retentionInDays.",
                                            "[Read on](<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html>)",
                                        ].join("\n\n"),
                                    },
                                    helpUri:
                                        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
                                    defaultConfiguration: { level: "warning" },
                                    properties: {
                                        tags: ["security"],
                                        precision: "very-high",
                                        "problem.severity": "warning",
                                        "security-severity": "5.5",
                                        pack: "apigateway-guard",
                                    },
                                },
                                {
                                    id: "of-another-pack",
                                    name: "OfAnotherPack",
                                    shortDescription: { text: "of-another-pack" },
                                    fullDescription: { text: "of-another-pack" },
                                    help: { text: "A policy of house-rules.", markdown: "A policy of house-rules." },
                                    defaultConfiguration: { level: "warning" },
                                    properties: {
                                        tags: [],
                                        precision: "very-high",
                                        "problem.severity": "warning",
                                        pack: "house-rules",
                                    },
                                },
                            ],
                        },
                    },
                    columnKind: "utf16CodeUnits",
                    invocations: [
                        {
                            executionSuccessful: false,
                            toolExecutionNotifications: [
                                { level: "error", message: { text: "b.json: is not JSON" } },
                                { level: "note", message: { text: `shop/dev: ${UNDECIDED.message}` } },
                            ],
                        },
                    ],
                    results: [
                        {
                            ruleId: "apigateway-stage-execution-logging",
                            ruleIndex: 0,
                            level: "error",
                            message: { text: findingText(STAGE) },
                            locations: [
                                {
                                    physicalLocation: {
                                        artifactLocation: { uri: "infra/index.ts" },
                                        region: { startLine: 31, startColumn: 14 },
                                    },
                                    logicalLocations: [
                                        { fullyQualifiedName: STAGE.urn, name: "prod", kind: "resource" },
                                    ],
                                },
                            ],
                            partialFingerprints: { primaryLocationLineHash: `${hashOf(STAGE)}:1` },
                        },
                        {
                            ruleId: "cloudwatch-log-group-retention",
                            ruleIndex: 1,
                            level: "warning",
                            message: { text: findingText(LOG_GROUP) },
                            locations: [
                                {
                                    physicalLocation: { artifactLocation: { uri: "states/shop.json" } },
                                    logicalLocations: [
                                        { fullyQualifiedName: LOG_GROUP.urn, name: "orders", kind: "resource" },
                                    ],
                                },
                            ],
                            partialFingerprints: { primaryLocationLineHash: `${hashOf(LOG_GROUP)}:1` },
                        },
                    ],
                },
            ],
        });
    });

    it("is successful without problems", () =>
        assert.deepEqual(runOf(report(STAGE)).invocations, [
            { executionSuccessful: true, toolExecutionNotifications: [] },
        ]));

    it("has the severities of code scanning", () => {
        const [rule] = RULES as [(typeof RULES)[number]];
        const severities = ["low", "medium", "high", "critical", "unheard of"];
        const rules = severities.map((severity) => ({ ...rule, policy: severity, severity }));
        assert.deepEqual(
            runOf({ ...report(), rules }).tool.driver.rules?.map(({ properties }) => [
                properties?.["security-severity"],
                properties?.tags,
            ]),
            [
                ["3.0", ["security", "APIGateway.1"]],
                ["5.5", ["security", "APIGateway.1"]],
                ["8.0", ["security", "APIGateway.1"]],
                ["9.5", ["security", "APIGateway.1"]],
                [undefined, ["APIGateway.1"]],
            ],
        );
    });

    it("links to pages with https only", () => {
        const rules = RULES.map((rule) => ({ ...rule, url: "javascript:alert(1)" }));
        assert.deepEqual(
            runOf({ ...report(), rules }).tool.driver.rules?.map(({ help, helpUri }) => [
                help?.markdown?.split("\n\n").at(-1),
                helpUri,
            ]),
            RULES.map(() => ["Read on", undefined]),
        );
    });

    it("encodes paths as URIs, half a surrogate pair included", () => {
        const location = { path: "my infra/#1%/\u{1F600}\ud83d:?.ts", line: 1 };
        assert.equal(uriOf(report({ ...STAGE, location })), "my%20infra/%231%25/%F0%9F%98%80%EF%BF%BD%3A%3F.ts");
    });

    it("leaves out a column that is not known", () => {
        const location = { path: "Pulumi.yaml", line: 3 };
        const [result] = runOf(report({ ...STAGE, location })).results as [Result];
        assert.deepEqual(result.locations?.[0]?.physicalLocation?.region, { startLine: 3 });
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`shows ${what} in a name`, () => {
            const [result] = runOf(report(named(name))).results as [Result];
            const { text = "" } = result.message;
            assert.deepEqual(
                [text.replaceAll("\u200B", ""), result.locations?.[0]?.logicalLocations?.[0]?.name],
                [escapeUnseen(findingText(named(name)), "\n\t"), escapeUnseen(name)],
            );
            // Neither an embedded link nor a placeholder nor an escaped brace (SARIF 2.1.0, 3.11.5 and 3.11.6).
            assert.doesNotMatch(text, /\]\(|\{\d+\}|\{\{|\}\}/);
        });
    }
});

describe("the format sarif by control", () => {
    const byControl = (input: Report): Log => JSON.parse(sarifReport(input, { groupBy: "control" }));
    const { results = [], tool } = byControl(report(STAGE, DATABASE, LOG_GROUP)).runs[0] as Run;
    const { rules = [] } = tool.driver;

    for (const [what, input] of Object.entries({ ...VALID, "several controls": report(DATABASE) })) {
        it(`is valid with ${what}`, () => {
            validate(byControl(input));
            assert.deepEqual(validate.errors, null);
        });
    }

    it("has a rule for each control and for each policy without one", () => {
        const url = "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1";
        const title = "API Gateway REST and WebSocket API execution logging should be enabled";
        const steps = 'apigateway-stage-execution-logging: Add an aws.apigateway.MethodSettings with methodPath "*/*".';
        assert.deepEqual(
            rules.map(({ id }) => id),
            ["APIGateway.1", "RDS.9", "RDS.36", "cloudwatch-log-group-retention", "of-another-pack"],
        );
        assert.deepEqual(rules[0], {
            id: "APIGateway.1",
            name: "APIGateway.1",
            shortDescription: { text: title },
            fullDescription: { text: `${title}.` },
            help: {
                text: [`${title}.`, steps, url].join("\n\n"),
                markdown: [
                    `${title}.`,
                    steps.replaceAll("*", "&#42;"),
                    `[Read on](<${url.replace("#", "&#35;")}>)`,
                ].join("\n\n"),
            },
            helpUri: url,
            defaultConfiguration: { level: "warning" },
            properties: {
                tags: ["security", "APIGateway.1"],
                precision: "very-high",
                "problem.severity": "warning",
                "security-severity": "5.5",
                pack: "apigateway-guard",
            },
        });
        assert.deepEqual(rules.slice(3), runOf(report()).tool.driver.rules?.slice(1));
    });

    it("has the severity of a control, whatever that of its policies", () => {
        const [rule] = RULES as [(typeof RULES)[number]];
        const low = { ...rule, controls: ["APIGateway.3"], severity: "critical" };
        const [run] = byControl({ ...report(), rules: [low] }).runs;
        assert.equal(run?.tool.driver.rules?.[0]?.properties?.["security-severity"], "3.0");
    });

    it("has how to fix what each policy of a control finds, and their rule once", () => {
        const [rule] = RULES as [(typeof RULES)[number]];
        const rules = [rule, { ...rule, policy: "other", remediationSteps: "Do it." }];
        const [run] = byControl({ ...report(), rules }).runs;
        assert.deepEqual(
            run?.tool.driver.rules?.map(({ help }) => help?.text.split("\n\n")[1]),
            [`${rule.policy}: ${rule.remediationSteps} other: Do it.`],
        );
    });

    it("has a result for each control that a resource fails, which names the policy", () => {
        const withPolicy = ({ policy, ...finding }: ReportFinding) => `${findingText(finding)}\nPolicy: ${policy}`;
        assert.deepEqual(
            results.map(({ ruleId, ruleIndex, message, properties }) => [
                ruleId,
                ruleIndex,
                message.text,
                properties?.policy,
            ]),
            [
                ["APIGateway.1", 0, withPolicy(STAGE), STAGE.policy],
                ["RDS.9", 1, withPolicy(DATABASE), DATABASE.policy],
                ["RDS.36", 2, withPolicy(DATABASE), DATABASE.policy],
                [LOG_GROUP.policy, 3, findingText(LOG_GROUP), undefined],
            ],
        );
    });

    it("has the level and the places of a finding in each of its results", () => {
        const [, first, second] = results as [Result, Result, Result];
        const [whole] = runOf(report(DATABASE)).results as [Result];
        for (const { level, locations } of [first, second]) {
            assert.deepEqual([level, locations], [whole.level, whole.locations]);
        }
    });

    it("has no rule for a policy that is not known, and the first of several with its name", () => {
        const rules = ["a", "b"].map((pack) => ({ ...(RULES[2] as (typeof RULES)[number]), pack }));
        const unknown = { ...LOG_GROUP, policy: "unknown" };
        const [run] = byControl({ ...report(unknown, { ...LOG_GROUP, policy: "of-another-pack" }), rules }).runs;
        assert.deepEqual(
            run?.tool.driver.rules?.map(({ id, properties }) => [id, properties?.pack]),
            [["of-another-pack", "a"]],
        );
        assert.deepEqual(
            run?.results?.map(({ ruleIndex }) => ruleIndex),
            [-1, 0],
        );
    });

    const resultsOf = (...findings: readonly ReportFinding[]) => byControl(report(...findings)).runs[0]?.results ?? [];
    const prints = (...findings: readonly ReportFinding[]) =>
        resultsOf(...findings).map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);

    it("has fingerprints that differ by control, policy and resource, and from those by policy", () => {
        const all = [DATABASE, { ...DATABASE, policy: "other" }, { ...DATABASE, urn: LOG_GROUP.urn }].flatMap((one) => [
            ...prints(one),
            ...(printsOf(one) ?? []),
        ]);
        assert.deepEqual([all.length, new Set(all).size], [9, 9]);
    });

    it("has fingerprints that stay when words, level and place change", () => {
        const changed = { ...DATABASE, problem: "Other words.", level: "advisory", location: undefined } as const;
        assert.deepEqual(prints(changed), prints(DATABASE));
    });

    it("keeps the fingerprint of a finding without a control, and counts those that are the same", () => {
        assert.deepEqual(prints(LOG_GROUP), printsOf(LOG_GROUP));
        assert.deepEqual(
            prints(STAGE, STAGE).map((print) => print?.split(":")[1]),
            ["1", "2"],
        );
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`shows ${what} in the name of a resource, a policy and a control`, () => {
            const finding = { ...named(name), policy: name, controls: [`c${name}`] };
            const [result] = resultsOf(finding) as [Result];
            const { text = "" } = result.message;
            assert.deepEqual(
                [text.replaceAll("\u200B", ""), result.ruleId, result.properties?.policy],
                [
                    escapeUnseen(`${findingText(finding)}\nPolicy: ${name}`, "\n\t"),
                    escapeUnseen(`c${name}`),
                    escapeUnseen(name),
                ],
            );
            assert.doesNotMatch(text, /\]\(|\{\d+\}|\{\{|\}\}/);
        });
    }
});

describe("texts of others in the format sarif", () => {
    const link = "[a](https://a.example) {0}";
    const inert = "[a]\u200B(https://a.example) {\u200B0}";
    const rules = [{ ...(RULES[2] as (typeof RULES)[number]), policy: link, displayName: link, description: link }];
    const run = runOf({
        ...NOTHING,
        ...{ findings: [{ ...named(link), policy: link }], rules },
        problems: [{ file: link, message: link }],
        undecided: [{ ...UNDECIDED, stack: link, message: link }],
    });

    it("have no links and no placeholders", () =>
        assert.deepEqual(
            [
                run.tool.driver.rules?.map(({ shortDescription, fullDescription, help }) => [
                    shortDescription?.text,
                    fullDescription?.text,
                    help?.text,
                ]),
                run.results?.map(({ message }) => message.text),
                run.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text),
            ],
            [
                [[inert, inert, inert]],
                [
                    [
                        `Stage ${inert} has no method settings.`,
                        `Add method settings to ${inert}.`,
                        `settings(${inert})`,
                    ].join("\n"),
                ],
                [`${inert}: ${inert}`, `${inert}: ${inert}`],
            ],
        ));
});

describe("the fingerprint of a result", () => {
    const CHANGES: Readonly<Record<string, Partial<ReportFinding>>> = {
        problem: { problem: "Other words." },
        advice: { advice: undefined },
        code: { code: "other code" },
        remedy: { remedy: [{ set: ["stageName"], to: "dev" }] },
        level: { level: "advisory" },
        place: { location: undefined },
        file: { file: "elsewhere.json" },
        controls: { controls: [] },
    };
    for (const [what, change] of Object.entries(CHANGES)) {
        it(`stays when the ${what} changes`, () =>
            assert.deepEqual(printsOf({ ...STAGE, ...change }), printsOf(STAGE)));
    }

    it("is another for another policy", () =>
        assert.notDeepEqual(printsOf({ ...STAGE, policy: LOG_GROUP.policy }), printsOf(STAGE)));

    it("is another for another resource", () =>
        assert.notDeepEqual(printsOf({ ...STAGE, urn: LOG_GROUP.urn }), printsOf(STAGE)));

    it("is of policy and resource, not of the two run together", () =>
        assert.notDeepEqual(
            printsOf({ ...STAGE, policy: "ab", urn: "c" }),
            printsOf({ ...STAGE, policy: "a", urn: "bc" }),
        ));

    it("counts the findings of a policy on the same resource", () => {
        const hash = hashOf(STAGE);
        assert.deepEqual(printsOf(STAGE, LOG_GROUP, STAGE), [`${hash}:1`, `${hashOf(LOG_GROUP)}:1`, `${hash}:2`]);
    });
});

function logOf(input: Report): Log {
    return JSON.parse(sarifReport(input));
}

function runOf(input: Report): Run {
    const [run] = logOf(input).runs as [Run];
    return run;
}

function uriOf(input: Report): string | undefined {
    return runOf(input).results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

function printsOf(...findings: readonly ReportFinding[]) {
    return runOf(report(...findings)).results?.map(
        ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash,
    );
}

function hashOf({ policy, urn }: ReportFinding): string {
    return createHash("sha256").update(`["${policy}","${urn}"]`).digest("hex");
}

describe("the file of a result without a place in the program", () => {
    const uriOf = (file: string) =>
        logOf(report({ ...LOG_GROUP, file })).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation
            ?.uri;

    it("is the one that was read", () => assert.equal(uriOf("states/a b.json"), "states/a%20b.json"));

    it("is a file URL if its path is absolute", () => assert.equal(uriOf("/tmp/a.json"), "file:///tmp/a.json"));

    it("has a name for standard input, too, because GitHub accepts no result without a file", () =>
        assert.equal(uriOf("-"), "standard-input"));
});
