import assert from "node:assert/strict";
import { report } from "../../../cli/commands/report";
import { policies } from "../../../policies";
import { fixture } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";

const EXPECTED =
    "Expected: engine events, one a line, as `pulumi policy analyze --json` prints them and event logs have them.";
const URN = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::photos";
const SUMMARY = { summaryEvent: { result: "succeeded" } };

const policyEvent = (more: object = {}) => ({
    policyEvent: {
        resourceUrn: URN,
        message: "<{%reset%}>Buckets are private.\nBucket is public.<{%reset%}>\n",
        policyName: "private-buckets",
        policyPackName: "house-rules",
        enforcementLevel: "mandatory",
        ...more,
    },
});

describe("report of engine events", () => {
    const { path, write } = withFolder();
    const events = (...some: object[]) =>
        write("events", some.map((event, sequence) => JSON.stringify({ sequence, timestamp: 0, ...event })).join("\n"));

    it("of any pack, has their findings, without the engine's colors", async () => {
        const file = events(policyEvent(), SUMMARY);
        assert.deepEqual(await report(file), {
            findings: [
                {
                    policy: "private-buckets",
                    level: "mandatory",
                    urn: URN,
                    type: "aws:s3/bucket:Bucket",
                    name: "photos",
                    stack: "shop/dev",
                    file,
                    run: undefined,
                    ...{ problem: "Buckets are private.", advice: "Bucket is public.", code: undefined },
                    severity: undefined,
                    controls: [],
                    location: undefined,
                    wouldBeRemediated: false,
                },
            ],
            stacks: [{ stack: "shop/dev", file, run: undefined }],
            rules: [
                {
                    policy: "private-buckets",
                    pack: "house-rules",
                    controls: [],
                },
            ],
            excepted: [],
            undecided: [],
            exempt: [],
            unchecked: [],
            coverage: [{ stack: "shop/dev", file, run: undefined, policy: "private-buckets", outcome: "evaluated" }],
            problems: [],
        });
    });

    const LEVELS = { mandatory: "mandatory", remediate: "mandatory", advisory: "advisory", disabled: "advisory" };
    for (const [enforcementLevel, level] of Object.entries(LEVELS)) {
        it(`takes the level ${enforcementLevel} for ${level}`, async () => {
            const { findings } = await report(events(policyEvent({ enforcementLevel }), SUMMARY));
            assert.equal(findings[0]?.level, level);
        });
    }

    it("knows this pack's policies, but not another pack's of the same name", async () => {
        const policyName = "cloudwatch-log-group-retention";
        const description = "CloudWatch log groups keep their events for a bounded time.";
        const own = { policyName, policyPackName: "apigateway-guard", message: `${description}\nIt never expires.` };
        const other = { ...own, policyPackName: "house-rules" };
        const { findings, rules } = await report(events(policyEvent(own), policyEvent(other), SUMMARY));
        assert.deepEqual(
            findings.map(({ problem, advice, code }) => ({ problem, advice, code })),
            [
                { problem: "It never expires.", advice: undefined, code: undefined },
                { problem: description, advice: "It never expires.", code: undefined },
            ],
        );
        assert.deepEqual(
            rules.map(({ pack, description: known }) => [pack, known]),
            [
                ["apigateway-guard", description],
                ["house-rules", undefined],
            ],
        );
    });

    it("takes the lines of a message for problem, advice and code", async () => {
        const own = { policyName: "cloudwatch-log-group-retention", policyPackName: "apigateway-guard" };
        const message = "It never expires.\nSet retentionInDays.\nretentionInDays: 90,\n\n  x";
        const { findings } = await report(events(policyEvent({ ...own, message }), SUMMARY));
        assert.deepEqual(
            findings.map(({ problem, advice, code }) => ({ problem, advice, code })),
            [{ problem: "It never expires.", advice: "Set retentionInDays.", code: "retentionInDays: 90,\n\n  x" }],
        );
    });

    it("names only the control that a policy mirrors", async () => {
        const names = ["apigateway-stage-execution-log-group", "apigateway-stage-execution-logging"];
        const own = names.map((policyName) => policyEvent({ policyName, policyPackName: "apigateway-guard" }));
        const { findings } = await report(events(...own, SUMMARY));
        assert.deepEqual(
            findings.map(({ policy, controls }) => [policy, controls]),
            [
                ["apigateway-stage-execution-log-group", []],
                ["apigateway-stage-execution-logging", ["APIGateway.1"]],
            ],
        );
    });

    it("names no control if a policy mirrors several, as events do not say which of them the resource fails", async () => {
        const several = policies.filter(({ mirrors }) => mirrors.length > 1).map(({ name }) => name);
        const own = several.map((policyName) => policyEvent({ policyName, policyPackName: "apigateway-guard" }));
        const { findings } = await report(events(...own, SUMMARY));
        assert.deepEqual(
            findings.map(({ policy, controls }) => [policy, controls]),
            several.map((policy) => [policy, []]),
        );
    });

    it("says what would be remediated", async () => {
        const { policyEvent: said } = policyEvent();
        const remediated = { policyRemediationEvent: { resourceUrn: URN, policyName: said.policyName } };
        const { findings } = await report(
            events(remediated, { policyEvent: said }, policyEvent({ policyName: "b" }), SUMMARY),
        );
        assert.deepEqual(
            findings.map(({ policy, wouldBeRemediated }) => [policy, wouldBeRemediated]),
            [
                ["b", false],
                ["private-buckets", true],
            ],
        );
    });

    it("sorts by resource and policy, because the engine does not", async () => {
        const said = ["b", "a"].flatMap((policyName) =>
            [`${URN}2`, URN].map((resourceUrn) => policyEvent({ policyName, resourceUrn })),
        );
        const { findings } = await report(events(...said, SUMMARY));
        assert.deepEqual(
            findings.map(({ name, policy }) => [name, policy]),
            [
                ["photos", "a"],
                ["photos", "b"],
                ["photos2", "a"],
                ["photos2", "b"],
            ],
        );
    });

    it("lists what a policy could not decide, as it printed it", async () => {
        const said = (message: string) => ({ diagnosticEvent: { message, severity: "info" } });
        const { undecided, stacks } = await report(
            events(
                { resourcePreEvent: { metadata: { urn: URN } } },
                said("<{%reset%}>a-policy could not decide on it\n<{%reset%}>"),
                said("using a plugin"),
                SUMMARY,
            ),
        );
        assert.deepEqual(
            undecided.map(({ file: _, ...one }) => one),
            [{ run: undefined, stack: "shop/dev", policy: "a-policy", message: "a-policy could not decide on it" }],
        );
        assert.equal(stacks[0]?.stack, "shop/dev");
    });

    it('is of "a stack" if no event names one', async () => {
        const { stacks, problems } = await report(events(SUMMARY));
        assert.deepEqual([stacks[0]?.stack, problems], ["a stack", []]);
    });

    it("of several runs, one after the other, has the stack of each", async () => {
        const run = (resourceUrn: string) => [policyEvent({ resourceUrn }), SUMMARY];
        const lines = ["dev", "prod"].flatMap((stack) =>
            run(`urn:pulumi:${stack}::shop::aws:s3/bucket:Bucket::photos`).map((event, sequence) =>
                JSON.stringify({ sequence, ...event }),
            ),
        );
        const { findings, stacks, rules } = await report(write("runs", lines.join("\r\n")));
        assert.deepEqual(
            [findings, stacks].map((all) => all.map(({ stack }) => stack)),
            [
                ["shop/dev", "shop/prod"],
                ["shop/dev", "shop/prod"],
            ],
        );
        assert.equal(rules.length, 1);
    });

    it("of several runs of a stack, has their numbers", async () => {
        const run = (stack: string) => [
            policyEvent({ resourceUrn: `urn:pulumi:${stack}::shop::aws:s3/bucket:Bucket::photos` }),
            { diagnosticEvent: { message: "a-policy could not decide on it" } },
            SUMMARY,
        ];
        const lines = ["dev", "prod", "dev"].flatMap((stack) =>
            run(stack).map((event, sequence) => JSON.stringify({ sequence, ...event })),
        );
        const { findings, stacks, undecided } = await report(write("again", lines.join("\n")));
        assert.deepEqual(
            [findings, stacks, undecided].map((all) => all.map(({ stack, run: number }) => [stack, number])),
            Array.from({ length: 3 }, () => [
                ["shop/dev", 1],
                ["shop/prod", undefined],
                ["shop/dev", 2],
            ]),
        );
    });

    it("of a run that is cut off after another, says so", async () => {
        const lines = [SUMMARY, policyEvent()].map((event) => JSON.stringify({ sequence: 0, ...event }));
        const { problems, findings } = await report(write("cut", lines.join("\n")));
        assert.deepEqual(
            [problems.map(({ message }) => message), findings.length],
            [["ends before the run does, so findings may be missing"], 1],
        );
    });

    it("of a run that is cut off after another of the same stack, says which", async () => {
        const lines = [policyEvent(), SUMMARY, policyEvent()].map((event, index) =>
            JSON.stringify({ sequence: index % 2, ...event }),
        );
        const { problems } = await report(write("cut-again", lines.join("\n")));
        assert.deepEqual(
            problems.map(({ message }) => message),
            ["ends before the run does, so findings may be missing (run 2 of shop/dev)"],
        );
    });

    describe("says what is wrong with", () => {
        const ROWS: readonly (readonly [what: string, file: () => string, says: string])[] = [
            ["no events", () => write("empty", "\n"), `is empty. ${EXPECTED}`],
            [
                "a state",
                () => write("state", fixture("rest-api")),
                `does not have an engine event at line 1. ${EXPECTED}`,
            ],
            [
                "an invalid event",
                () => events(SUMMARY, { policyEvent: { policyName: "x" } }),
                `has an invalid policyEvent at line 2. ${EXPECTED}`,
            ],
            [
                "a line that is cut off",
                () => write("cut", '{"sequence":0}\n{"seq'),
                `is not JSON: it ends too early at line 2, column 6. ${EXPECTED}`,
            ],
            ["a file that does not exist", () => path("nothing"), `does not exist. ${EXPECTED}`],
            [
                "events that end early",
                () => events(policyEvent()),
                "ends before the run does, so findings may be missing",
            ],
            [
                "a run without any pack",
                () => events({ summaryEvent: { result: "succeeded", PolicyPacks: {} } }),
                "is of a run without any policy pack. Run it with --policy-pack",
            ],
            [
                "a run that failed for another reason than a policy",
                () => events(policyEvent({ enforcementLevel: "advisory" }), { summaryEvent: { result: "failed" } }),
                "is of a run that failed for another reason than a policy, so findings may be missing",
            ],
        ];
        for (const [what, file, says] of ROWS) {
            it(what, async () => {
                const { problems } = await report(file());
                assert.deepEqual(
                    problems.map(({ message }) => message),
                    [says],
                );
            });
        }

        it("a file for --state that is not a state, by its own name", async () => {
            const state = write("none", {});
            await assert.rejects(report(events(SUMMARY), { state }), {
                message: `${state} is JSON, but neither a state nor a preview of Pulumi`,
            });
            await assert.rejects(report(events(SUMMARY), { state: path("nothing") }), {
                message: `${path("nothing")} does not exist`,
            });
        });

        it("a state from standard input, which has the events", async () => {
            await assert.rejects(report(events(SUMMARY), { state: "-" }), {
                message: "--state takes a file, not standard input",
            });
        });

        it("no run that failed because of a mandatory finding", async () => {
            const { problems } = await report(events(policyEvent(), { summaryEvent: { result: "failed" } }));
            assert.deepEqual(problems, []);
        });
    });
});
