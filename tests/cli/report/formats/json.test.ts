import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { jsonReport } from "../../../../cli/report/formats/json";
import { findingText, NOTHING, type Report, type ReportFinding } from "../../../../cli/report/model";
import { TOOL } from "../../../../cli/tool";
import {
    COVERED,
    EXCEPTED,
    EXEMPT,
    HOSTILE_NAMES,
    LOG_GROUP,
    named,
    OWNER,
    owned,
    PROBLEM,
    RULES,
    RUNS,
    report,
    STAGE,
    UNCHECKED,
    UNDECIDED,
} from "./reports";

const DOCS = join(__dirname, "../../../../docs");
const schema = JSON.parse(readFileSync(join(DOCS, "findings.schema.json"), "utf8"));
const page = readFileSync(join(DOCS, "findings.md"), "utf8");
const validate = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema);

const FULL: Report = {
    ...report(STAGE, LOG_GROUP),
    excepted: [EXCEPTED],
    undecided: [UNDECIDED],
    exempt: [EXEMPT],
    unchecked: [UNCHECKED],
    coverage: [COVERED, { ...COVERED, outcome: "undecided", resources: undefined, reason: UNDECIDED.message }],
    problems: [PROBLEM],
};

/** A finding of another pack, which says what is wrong and nothing else. */
const BARE: ReportFinding = {
    ...STAGE,
    advice: undefined,
    code: undefined,
    severity: undefined,
    controls: [],
    location: undefined,
};

const REPORTS: Readonly<Record<string, Report>> = {
    "nothing found": report(),
    "nothing checked": { ...NOTHING, rules: [] },
    "all there can be": FULL,
    "a finding that is a problem only": report(BARE),
    "a place without a column": report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }),
    "resources that are not counted": {
        ...report(),
        stacks: [{ stack: "shop/dev", file: "-" }],
    },
    "several runs of a stack": RUNS,
    "something unchecked in a whole file": {
        ...report(),
        unchecked: [{ file: "findings.json", message: UNCHECKED.message }],
    },
    "what has owners, or none": report(owned(OWNER), owned()),
    "hostile names": report(...Object.values(HOSTILE_NAMES).map(named)),
};

/** A finding as the document has it, but for what is made of several of its parts. */
function published(finding: ReportFinding): object {
    const unset = { run: null, advice: null, code: null, remedy: null, severity: null, location: null, owners: null };
    // What is undefined is not in JSON.
    return { ...unset, ...JSON.parse(JSON.stringify(finding)) };
}

describe("the format json", () => {
    it("has everything in the report, and counts it", () => {
        assert.deepEqual(JSON.parse(jsonReport(FULL)), {
            version: 2,
            tool: TOOL,
            findings: [
                {
                    ...published(STAGE),
                    control: "APIGateway.1",
                    message: [
                        'Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.',
                        "Add method settings for */* with loggingLevel ERROR or INFO.",
                        'new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })',
                    ].join("\n"),
                },
                {
                    ...published(LOG_GROUP),
                    control: null,
                    message: [
                        'Log group "orders" never expires: it has no retention.',
                        "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.",
                        "retentionInDays: 90",
                    ].join("\n"),
                },
            ],
            excepted: [
                {
                    ...published(LOG_GROUP),
                    control: null,
                    message: findingText(LOG_GROUP),
                    grounds: EXCEPTED.reasons.map(({ until = null, ...reason }) => ({ ...reason, until })),
                },
            ],
            undecided: [{ ...UNDECIDED, run: null }],
            exempt: [{ ...EXEMPT, run: null }],
            unchecked: [{ ...UNCHECKED, run: null }],
            coverage: [
                { ...COVERED, run: null, reason: null },
                { ...COVERED, run: null, outcome: "undecided", resources: null, reason: UNDECIDED.message },
            ],
            problems: [PROBLEM],
            summary: {
                findings: 2,
                mandatory: 1,
                advisory: 1,
                excepted: 1,
                stacks: 1,
                resources: 16,
                policies: {
                    "apigateway-stage-execution-logging": 1,
                    "cloudwatch-log-group-retention": 1,
                    "of-another-pack": 0,
                },
            },
        });
    });

    it("has the owners of what a live account has, with null for a column that is not known", () => {
        const [first, second] = JSON.parse(jsonReport(report(owned(OWNER), owned()))).findings;
        assert.deepEqual(first.owners, [{ ...OWNER, location: { path: "infra/index.ts", line: 31, column: null } }]);
        assert.deepEqual(second.owners, []);
    });

    it("is indented, and ends with one newline", () =>
        assert.match(jsonReport(report()), /^\{\n {2}"version": 2,.*[^\n]\n$/s));

    it("has null for a column that is not known", () => {
        const [finding] = JSON.parse(
            jsonReport(report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } })),
        ).findings;
        assert.deepEqual(finding.location, { path: "Pulumi.yaml", line: 3, column: null });
    });

    it("has the problem alone as the message of a finding without advice and code", () => {
        assert.deepEqual(JSON.parse(jsonReport(report(BARE))).findings, [
            { ...published(BARE), control: null, message: STAGE.problem },
        ]);
    });

    it("adds resources up, unless those of a stack are not known", () => {
        const [stack] = report().stacks as [Report["stacks"][number]];
        const resources = (...stacks: Report["stacks"]) =>
            JSON.parse(jsonReport({ ...report(), stacks })).summary.resources;
        assert.deepEqual(
            [resources(), resources(stack, stack), resources(stack, { ...stack, resources: undefined }, stack)],
            [0, 32, null],
        );
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`keeps ${what} in a name as they are`, () =>
            assert.deepEqual(JSON.parse(jsonReport(report(named(name)))).findings, [
                { ...published(named(name)), control: "APIGateway.1", message: findingText(named(name)) },
            ]));
    }

    it("counts the findings of policies of any name", () => {
        const names = ["__proto__", "constructor"];
        const rules = names.map((policy) => ({ ...(RULES[2] as (typeof RULES)[number]), policy }));
        const findings = names.map((policy) => ({ ...STAGE, policy }));
        const { policies } = JSON.parse(jsonReport({ ...report(...findings), rules })).summary;
        assert.deepEqual(Object.entries(policies), [
            ["__proto__", 1],
            ["constructor", 1],
        ]);
    });

    it("publishes only the fields that the schema knows", () => {
        assert.equal(jsonReport(report({ ...STAGE, secret: 1 } as typeof STAGE)), jsonReport(report(STAGE)));
        const location = { path: "infra/index.ts", line: 31, column: 14, source: "new aws.apigateway.Stage(" };
        assert.equal(jsonReport(report({ ...STAGE, location })), jsonReport(report(STAGE)));
        assert.equal(
            jsonReport({ ...report(), undecided: [{ ...UNDECIDED, secret: 1 } as typeof UNDECIDED] }),
            jsonReport({ ...report(), undecided: [UNDECIDED] }),
        );
    });
});

describe("docs/findings.schema.json", () => {
    for (const [what, input] of Object.entries(REPORTS)) {
        it(`accepts ${what}`, () => {
            validate(JSON.parse(jsonReport(input)));
            assert.deepEqual(validate.errors, null);
        });
    }

    for (const [path, object] of Object.entries(objectsOf(JSON.parse(jsonReport(FULL))))) {
        it(`accepts no field more or less in ${path || "the document"}`, () => {
            for (const field of Object.keys(object)) {
                assert.equal(validate(doctored(path, (there) => delete there[field])), false, field);
            }
            assert.equal(validate(doctored(path, (there) => Object.assign(there, { more: 1 }))), false);
        });
    }

    it("accepts no other version, level, outcome, line or remedy", () => {
        for (const changed of [
            { ...JSON.parse(jsonReport(FULL)), version: 1 },
            doctored("findings.0", (finding) => Object.assign(finding, { level: "disabled" })),
            doctored("coverage.0", (coverage) => Object.assign(coverage, { outcome: "passed" })),
            doctored("findings.0.location", (location) => Object.assign(location, { line: 0 })),
            doctored("findings.1.remedy.0", (input) => Object.assign(input, { set: [] })),
            doctored("findings.1.remedy.0", (input) => Object.assign(input, { set: [true] })),
        ]) {
            assert.equal(validate(changed), false);
        }
    });

    it("describes each field", () => {
        for (const [path, field] of fieldsOf(schema)) {
            assert.match(field.description ?? "", /^[A-Z].*\.$/, path);
        }
    });
});

describe("docs/findings.md", () => {
    it("has a row for each field, except those that only hold other fields", () => {
        const leaves = fieldsOf(schema).filter(
            ([, { properties, items }]) => !properties && !items?.properties && !items?.$ref,
        );
        assert.deepEqual(
            [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path),
            leaves.map(([path]) => path),
        );
    });

    it("shows an example as it is written", () => {
        const [, example = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
        const version = /"version": "[^"]+"/;
        assert.equal(example.replace(version, ""), jsonReport(report(STAGE)).replace(version, ""));
    });
});

type Fields = Record<string, unknown>;

interface Schema {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly $ref?: string;
    readonly anyOf?: readonly Schema[];
}

function fieldsOf({ $ref, properties = {}, items, anyOf = [] }: Schema, path = ""): [path: string, field: Schema][] {
    if ($ref === "#/definitions/finding") {
        return fieldsOf(schema.definitions.finding, path);
    }
    return [
        ...Object.entries(properties).flatMap(([name, field]): [string, Schema][] => {
            const own = path === "" ? name : `${path}.${name}`;
            return [[own, field], ...fieldsOf(field, own)];
        }),
        ...(items === undefined ? [] : fieldsOf(items, `${path}[]`)),
        ...anyOf.flatMap((one) => fieldsOf(one, path)),
    ];
}

/** The objects of a document by their paths, except for the counts by policy, whose keys are not fields. */
function objectsOf(value: unknown, path = ""): Record<string, Fields> {
    if (typeof value !== "object" || value === null || path === "summary.policies") {
        return {};
    }
    const within = Object.entries(value).map(([key, field]) => objectsOf(field, path === "" ? key : `${path}.${key}`));
    return Object.assign(Array.isArray(value) ? {} : { [path]: value }, ...within);
}

/** The full document with something changed in the object at a path. */
function doctored(path: string, change: (there: Fields) => void): unknown {
    const document = JSON.parse(jsonReport(FULL));
    change(objectsOf(document)[path] ?? {});
    return document;
}
