import assert from "node:assert/strict";
import { validateXML } from "xmllint-wasm";
import { escapeUnseen } from "../../../../cli/report/formats/characters";
import { junitReport } from "../../../../cli/report/formats/junit";
import { NOTHING, type Report } from "../../../../cli/report/model";
import { schema } from "../../../support/schemas/schema";
import {
    COVERED,
    HOSTILE_NAMES,
    LOG_GROUP,
    named,
    PROBLEM,
    RUNS,
    report,
    STAGE,
    UNCHECKED,
    UNDECIDED,
} from "./reports";

const SCHEMA = schema("junit.xsd");

const VALID: Readonly<Record<string, Report>> = {
    "nothing checked": { ...NOTHING, rules: [] },
    "nothing found": report(),
    "findings, problems and what was undecided": {
        ...report(STAGE, LOG_GROUP),
        undecided: [UNDECIDED],
        problems: [PROBLEM],
    },
    "hostile names": report(...Object.values(HOSTILE_NAMES).map(named)),
};

describe("the format junit", () => {
    for (const [what, input] of Object.entries(VALID)) {
        it(`is valid with ${what}`, async () => assert.deepEqual(await errorsOf(junitReport(input)), []));
    }

    it("is not valid by the schema with two failures in a test", async () => {
        const doctored = junitReport(report(STAGE)).replace(/<failure.*<\/failure>/, "$&$&");
        assert.deepEqual((await errorsOf(doctored)).length, 1);
    });

    it("has a failed test for each finding, and a passed one for each policy that was evaluated and found nothing", () => {
        assert.equal(
            junitReport(report(STAGE, LOG_GROUP)),
            `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite id="0" name="shop/dev" package="states/shop.json" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="3" failures="2" errors="0" time="0">
    <properties>
      <property name="apigateway-stage-execution-logging" value="evaluated, 2 resources"/>
      <property name="cloudwatch-log-group-retention" value="evaluated, 2 resources"/>
      <property name="of-another-pack" value="evaluated, 2 resources"/>
    </properties>
    <testcase name="apigateway-stage-execution-logging: prod" classname="shop/dev" time="0">
      <failure type="mandatory" message="Stage &#34;prod&#34; of API &#34;orders&#34; has no method settings for */*, so execution logging is off.">Add method settings for */* with loggingLevel ERROR or INFO.&#10;new aws.apigateway.MethodSettings(&#34;prod-logging&#34;, { restApi: stage.restApi })&#10;infra/index.ts:31:14&#10;urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod</failure>
    </testcase>
    <testcase name="cloudwatch-log-group-retention: orders" classname="shop/dev" time="0">
      <failure type="advisory" message="Log group &#34;orders&#34; never expires: it has no retention.">Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.&#10;retentionInDays: 90&#10;urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders</failure>
    </testcase>
    <testcase name="of-another-pack" classname="shop/dev" time="0">
    </testcase>
    <system-out></system-out>
    <system-err/>
  </testsuite>
</testsuites>
`,
        );
    });

    it("has each finding and undecided case in the suite of its stack and file", async () => {
        const others = [
            { stack: "shop/prod", file: "states/shop.json" },
            { stack: "shop/dev", file: "older.json" },
        ];
        const undecided = others.map((other, index) => ({ ...UNDECIDED, ...other, message: `case ${index}` }));
        const xml = junitReport({
            ...report(STAGE, ...others.map((other) => ({ ...LOG_GROUP, ...other }))),
            stacks: [...report().stacks, ...others],
            coverage: [
                ...report().coverage,
                ...others.flatMap((other) => report().coverage.map((one) => ({ ...one, ...other }))),
            ],
            undecided: [...undecided, { ...undecided[1], message: "and more" } as (typeof undecided)[number]],
        });
        assert.deepEqual(await suitesOf(xml), [
            {
                suite: "shop/dev states/shop.json 3 1 0",
                failed: ["apigateway-stage-execution-logging: prod"],
                out: "",
            },
            {
                suite: "shop/prod states/shop.json 3 1 0",
                failed: ["cloudwatch-log-group-retention: orders"],
                out: "case 0",
            },
            {
                suite: "shop/dev older.json 3 1 0",
                failed: ["cloudwatch-log-group-retention: orders"],
                out: "case 1\nand more",
            },
        ]);
    });

    it("has a suite for each of several runs of a stack", async () =>
        assert.deepEqual(
            await suitesOf(junitReport(RUNS)),
            [1, 2].map((run) => ({
                suite: `shop/dev events.json, run ${run} 3 1 0`,
                failed: ["cloudwatch-log-group-retention: orders"],
                out: UNDECIDED.message,
            })),
        ));

    it("has problems as errors, in a suite of their own", () => {
        const xml = junitReport({ ...report(), stacks: [], problems: [PROBLEM] });
        assert.equal(
            xml,
            `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite id="0" name="problems" package="apigateway-guard" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="1" failures="0" errors="1" time="0">
    <properties/>
    <testcase name="b.json" classname="apigateway-guard" time="0">
      <error type="problem" message="is not JSON"/>
    </testcase>
    <system-out></system-out>
    <system-err/>
  </testsuite>
</testsuites>
`,
        );
    });

    it("passes no policy that did not decide, or was not evaluated", async () => {
        const outcomes = ["undecided", "notChecked", "notApplicable"] as const;
        const xml = junitReport({
            ...report(),
            coverage: [
                COVERED,
                ...outcomes.map((outcome) => ({ ...COVERED, policy: outcome, outcome, resources: 0, reason: "it is" })),
                { ...COVERED, policy: "of-events", resources: undefined },
            ],
            unchecked: [UNCHECKED],
        });
        assert.deepEqual(
            [...xml.matchAll(/<testcase name="([^"]+)".*>\n(?: {6}<skipped>(.*)<\/skipped>)?/g)].map(
                ([, ...one]) => one,
            ),
            [
                ["apigateway-stage-execution-logging", undefined],
                ["undecided", "it is"],
                ["notChecked", "it is"],
                ["of-events", undefined],
                ["states/shop.json, shop/dev", UNCHECKED.message],
            ],
        );
        assert.deepEqual(
            [...xml.matchAll(/<property name="([^"]+)" value="([^"]+)"/g)].map(([, ...one]) => one),
            [
                ["apigateway-stage-execution-logging", "evaluated, 2 resources"],
                ["undecided", "undecided, no resources: it is"],
                ["notChecked", "not checked, no resources: it is"],
                ["notApplicable", "not applicable, no resources: it is"],
                ["of-events", "evaluated"],
            ],
        );
        // The schema has no tests that were skipped.
        const without = xml.replace(/ skipped="\d+"/g, "").replace(/<skipped>.*<\/skipped>/g, "");
        assert.deepEqual(await errorsOf(without), []);
    });

    it("leaves out what a finding does not have", async () => {
        const xml = junitReport(report({ ...LOG_GROUP, advice: undefined, code: undefined }));
        assert.match(xml, / it has no retention\.">urn:pulumi:[^&]*<\/failure>/);
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`shows ${what} in a name`, async () => {
            const canonical = await canonicalOf(junitReport(report(named(name))));
            const shown = escapeUnseen(name, "\n");
            assert.deepEqual(
                [
                    decoded(/<testcase [^>]*\bname="([^"]*)"/.exec(canonical)?.[1]),
                    decoded(/<failure message="([^"]*)"/.exec(canonical)?.[1]),
                    decoded(/<failure [^>]*>([^<]*)</.exec(canonical)?.[1])
                        .split("\n")
                        .slice(-shown.split("\n").length),
                ],
                [
                    `apigateway-stage-execution-logging: ${shown}`,
                    escapeUnseen(named(name).problem, "\n"),
                    escapeUnseen(named(name).urn, "\n").split("\n"),
                ],
            );
        });
    }

    it("keeps tabs and line feeds in attributes", async () => {
        const canonical = await canonicalOf(junitReport(report(named("a\tb\nc"))));
        assert.match(canonical, / name="apigateway-stage-execution-logging: a&#x9;b&#xA;c" /);
    });
});

async function errorsOf(xml: string): Promise<string[]> {
    const { errors } = await validateXML({ xml, schema: SCHEMA });
    return errors.map(({ message }) => message);
}

/** As xmllint reads it, written in the one way that Canonical XML allows. */
async function canonicalOf(xml: string): Promise<string> {
    const { normalized } = await validateXML({ xml, normalization: "c14n" });
    return normalized;
}

/** Of the entities that Canonical XML has. */
function decoded(text = ""): string {
    const entities: Record<string, string> = {
        lt: "<",
        gt: ">",
        quot: '"',
        amp: "&",
        "#x9": "\t",
        "#xA": "\n",
        "#xD": "\r",
    };
    return text.replace(/&([^;]+);/g, (_match, entity: string) => entities[entity] ?? "");
}

async function suitesOf(xml: string) {
    return (await canonicalOf(xml))
        .split("<testsuite ")
        .slice(1)
        .map((suite) => {
            const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(` ${suite}`)?.[1];
            return {
                suite: ["name", "package", "tests", "failures", "errors"].map(attribute).join(" "),
                failed: [...suite.matchAll(/ name="([^"]*)"[^>]*>\s*<failure/g)].map(([, name]) => name),
                out: /<system-out>([^<]*)</.exec(suite)?.[1],
            };
        });
}
