import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { Report } from "../../../cli/findings";
import { json } from "../../../cli/formats/json";
import { TOOL } from "../../../cli/tool";
import { HOSTILE_NAMES, LOG_GROUP, named, report, STAGE } from "./reports";

const DOCS = join(__dirname, "../../../docs");
const schema = JSON.parse(readFileSync(join(DOCS, "findings.schema.json"), "utf8"));
const page = readFileSync(join(DOCS, "findings.md"), "utf8");
const validate = new Ajv({ allowUnionTypes: true }).compile(schema);

const FULL: Report = {
    ...report(STAGE, LOG_GROUP),
    undecided: [{ stack: "shop/dev", file: "states/shop.json", message: "Stage: its API is not known yet" }],
    problems: [{ file: "b.json", message: "is no JSON" }],
};

const REPORTS: Readonly<Record<string, Report>> = {
    "nothing found": report(),
    "nothing judged": { findings: [], stacks: [], rules: [], undecided: [], problems: [] },
    "all there can be": FULL,
    "a place without a column": report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }),
    "resources that are not counted": { ...report(), stacks: [{ stack: "shop/dev", file: "-", resources: null }] },
    "hostile names": report(...Object.values(HOSTILE_NAMES).map(named)),
};

describe("the format json", () => {
    it("says all there is, and counts it", () => {
        assert.deepEqual(JSON.parse(json(FULL)), {
            version: 1,
            tool: TOOL,
            findings: [STAGE, LOG_GROUP],
            undecided: FULL.undecided,
            problems: FULL.problems,
            summary: {
                findings: 2,
                mandatory: 1,
                advisory: 1,
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

    it("is indented, and ends with one newline", () =>
        assert.match(json(report()), /^\{\n {2}"version": 1,.*[^\n]\n$/s));

    it("says null for a column that is not known", () => {
        const [finding] = JSON.parse(json(report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }))).findings;
        assert.deepEqual(finding.location, { path: "Pulumi.yaml", line: 3, column: null });
    });

    it("adds resources up, unless those of a stack are not known", () => {
        const [stack] = report().stacks as [Report["stacks"][number]];
        const resources = (...stacks: Report["stacks"]) => JSON.parse(json({ ...report(), stacks })).summary.resources;
        assert.deepEqual(
            [resources(), resources(stack, stack), resources(stack, { ...stack, resources: null }, stack)],
            [0, 32, null],
        );
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`gives ${what} in a name back as they were`, () =>
            assert.deepEqual(JSON.parse(json(report(named(name)))).findings, [named(name)]));
    }

    it("publishes no field of a finding that the schema does not know", () => {
        assert.equal(json(report({ ...STAGE, secret: 1 } as typeof STAGE)), json(report(STAGE)));
    });
});

describe("docs/findings.schema.json", () => {
    for (const [what, input] of Object.entries(REPORTS)) {
        it(`takes ${what}`, () => {
            validate(JSON.parse(json(input)));
            assert.deepEqual(validate.errors, null);
        });
    }

    for (const [path, object] of Object.entries(objectsOf(JSON.parse(json(FULL))))) {
        it(`takes no field more or less in ${path || "the document"}`, () => {
            for (const field of Object.keys(object)) {
                assert.equal(validate(doctored(path, (there) => delete there[field])), false, field);
            }
            assert.equal(validate(doctored(path, (there) => Object.assign(there, { more: 1 }))), false);
        });
    }

    it("takes no other version, level or line", () => {
        for (const changed of [
            { ...JSON.parse(json(FULL)), version: 2 },
            doctored("findings.0", (finding) => Object.assign(finding, { level: "disabled" })),
            doctored("findings.0.location", (location) => Object.assign(location, { line: 0 })),
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
    it("has a row for each field that is not there only for its fields", () => {
        const leaves = fieldsOf(schema).filter(([, { properties, items }]) => !properties && !items);
        assert.deepEqual(
            [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path),
            leaves.map(([path]) => path),
        );
    });

    it("shows what is written", () => {
        const [, example = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
        const version = /"version": "[^"]+"/;
        assert.equal(example.replace(version, ""), json(report(STAGE)).replace(version, ""));
    });
});

type Fields = Record<string, unknown>;

interface Schema {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
}

function fieldsOf({ properties = {}, items, anyOf = [] }: Schema, path = ""): [path: string, field: Schema][] {
    return [
        ...Object.entries(properties).flatMap(([name, field]): [string, Schema][] => {
            const own = path === "" ? name : `${path}.${name}`;
            return [[own, field], ...fieldsOf(field, own)];
        }),
        ...(items === undefined ? [] : fieldsOf(items, `${path}[]`)),
        ...anyOf.flatMap((one) => fieldsOf(one, path)),
    ];
}

/** The objects of a document by their paths; counts by policy are no fields. */
function objectsOf(value: unknown, path = ""): Record<string, Fields> {
    if (typeof value !== "object" || value === null || path === "summary.policies") {
        return {};
    }
    const within = Object.entries(value).map(([key, field]) => objectsOf(field, path === "" ? key : `${path}.${key}`));
    return Object.assign(Array.isArray(value) ? {} : { [path]: value }, ...within);
}

/** The full document with something changed in the object at a path. */
function doctored(path: string, change: (there: Fields) => void): unknown {
    const document = JSON.parse(json(FULL));
    change(objectsOf(document)[path] ?? {});
    return document;
}
