import assert from "node:assert/strict";
import { exceptions } from "../../../cli/commands/exceptions";
import { exceptionsJson, exceptionsText } from "../../../cli/report/exception-list";
import { FIXTURES } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";

const STATE = `${FIXTURES}/rest-api-mistakes.json`;
const TODAY = "2026-11-25";
const STAGE_POLICY = "apigateway-stage-execution-logging";
const RETENTION = "cloudwatch-log-group-retention";
const STAGE = "urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::dev";
const GROUP = "urn:pulumi:dev::rest-api-mistakes::aws:cloudwatch/logGroup:LogGroup::orders-prod";
const REASON = "Only for load tests";

const exception = (until?: string, target = STAGE, policy = STAGE_POLICY) => ({
    reason: REASON,
    ...(until && { until }),
    match: [{ policies: [policy], targets: [target] }],
});
const exempting = (match: string, until?: string) => ({
    [RETENTION]: { exemptions: [{ match, reason: REASON, ...(until && { until }) }] },
});

describe("the command exceptions", () => {
    const { path, write } = withFolder();
    const listed = (config: object, states: readonly string[] = [STATE], within = 14) =>
        exceptions(write("guard.json", config), states, { within, today: TODAY });
    const attentionTo = async (config: object, states?: readonly string[], within?: number) =>
        (await listed(config, states, within)).entries.map(({ attention }) => attention);

    it("lists exceptions and exemptions, with what each covers", async () => {
        const { entries, errors } = await listed({
            version: 2,
            policies: exempting("orders-*", "2027-03-31"),
            exceptions: { "OPS-7": exception() },
        });
        assert.deepEqual(errors, []);
        assert.deepEqual(entries, [
            {
                kind: "exception",
                name: "OPS-7",
                policies: [STAGE_POLICY],
                reason: REASON,
                until: undefined,
                covers: [{ policy: STAGE_POLICY, stack: "rest-api-mistakes/dev", urn: STAGE }],
                unused: [],
                attention: [],
            },
            {
                kind: "exemption",
                name: "orders-*",
                policies: [RETENTION],
                reason: REASON,
                until: "2027-03-31",
                covers: [{ policy: RETENTION, stack: "rest-api-mistakes/dev", urn: GROUP }],
                unused: [],
                attention: [],
            },
        ]);
    });

    const ENDS: readonly (readonly [when: string, until: string | undefined, attention: readonly string[]])[] = [
        ["has no end", undefined, []],
        ["has ended", "2026-11-24", ["ended"]],
        ["ends today", TODAY, ["ends soon"]],
        ["ends in 14 days", "2026-12-09", ["ends soon"]],
        ["ends in 15 days", "2026-12-10", []],
    ];
    for (const [when, until, attention] of ENDS) {
        it(`says of an exception, and of an exemption, whether it ${when}`, async () => {
            assert.deepEqual(await attentionTo({ version: 2, exceptions: { "OPS-7": exception(until) } }), [attention]);
            assert.deepEqual(await attentionTo(exempting("orders-prod", until)), [attention]);
        });
    }

    const STALE: readonly (readonly [when: string, config: object])[] = [
        [
            "an exception of a resource that has no finding",
            { version: 2, exceptions: { a: exception(undefined, GROUP) } },
        ],
        [
            "an exception of another stack",
            { version: 2, exceptions: { a: exception(undefined, STAGE.replace("dev", "prod")) } },
        ],
        [
            "an exception of a policy that is disabled",
            { version: 2, policies: { [STAGE_POLICY]: "disabled" }, exceptions: { a: exception() } },
        ],
        ["an exemption that matches nothing", exempting("returns-*")],
        [
            "an exemption of a policy that is disabled",
            { [RETENTION]: { ...exempting("*")[RETENTION], enforcementLevel: "disabled" } },
        ],
    ];
    for (const [when, config] of STALE) {
        it(`says that it covers nothing: ${when}`, async () => {
            assert.deepEqual(await attentionTo(config), [["covers nothing"]]);
        });
    }

    it("says which targets of an exception are not needed any more, but not of a stack that was not given", async () => {
        const { entries } = await listed({
            version: 2,
            exceptions: {
                a: {
                    reason: REASON,
                    match: [
                        {
                            policies: [STAGE_POLICY, RETENTION],
                            targets: [STAGE, `${STAGE}-old`, STAGE.replace(":dev::", ":prod::")],
                        },
                    ],
                },
            },
        });
        assert.deepEqual(
            entries.map(({ covers, unused, attention }) => [covers?.map(({ urn }) => urn), unused, attention]),
            [[[STAGE], [`${STAGE}-old`], ["has unused targets"]]],
        );
        const text = exceptionsText({ file: "guard.json", entries, errors: [], stacks: [], problems: [] });
        assert.match(text, new RegExp(`^ {2}unused: ${STAGE}-old$`, "m"));
        assert.match(text, /; 1 with unused targets\.\n$/);
    });

    it("takes a * in the name of a resource for a name if its stack was not given", async () => {
        const errorsWith = async (target: string, states?: readonly string[]) =>
            (await listed({ version: 2, exceptions: { a: exception(undefined, target) } }, states)).errors.length;
        assert.equal(await errorsWith(STAGE.replace(/dev$/, "*")), 1);
        assert.equal(await errorsWith(STAGE.replace(/dev$/, "*").replace(":dev::", ":prod::")), 0);
        assert.equal(await errorsWith(STAGE.replace(/dev$/, "*").replace(":dev::", ":prod::"), []), 1);
        assert.equal(await errorsWith(STAGE.replace(":dev::", ":*::")), 1);
    });

    it("says that two cover the same, and that one ended covers what it covered", async () => {
        const config = {
            version: 2,
            policies: exempting("*", "2026-11-24"),
            exceptions: { a: exception(undefined, GROUP, RETENTION) },
        };
        const { entries } = await listed(config);
        assert.deepEqual(
            entries.map(({ covers, attention }) => [covers?.length, attention]),
            [
                [1, []],
                [1, ["ended"]],
            ],
        );
    });

    it("does not say what is covered without states", async () => {
        const { entries } = await listed({ version: 2, exceptions: { a: exception(undefined, GROUP) } }, []);
        assert.deepEqual(
            entries.map(({ covers, attention }) => [covers, attention]),
            [[undefined, []]],
        );
    });

    it("lists what the engine passes over in silence, and the rest all the same", async () => {
        const { entries, errors } = await listed({
            version: 2,
            exceptons: {},
            exceptions: {
                a: exception(),
                b: { ...exception(), untill: "2027-03-31" },
                c: exception(undefined, STAGE, "apigateway-stage-logging"),
                d: exception(undefined, STAGE.replace("dev", "*")),
            },
        });
        assert.deepEqual(
            entries.map(({ name }) => name),
            ["a", "c", "d"],
        );
        assert.deepEqual(
            errors.map((error) => error.slice(0, 60)),
            [
                'there is no key "exceptons". Did you mean "exceptions"?',
                'policy exception "b": there is no key "untill". Did you mean',
                'policy exception "c" names policy "apigateway-stage-logging"',
                'policy exception "d": target "urn:pulumi:*::rest-api-mistake',
            ],
        );
    });

    it("rejects a file that is not a config, and names states that cannot be read", async () => {
        await assert.rejects(listed({ version: 3 }), {
            message: /^.*guard\.json: policy pack config version 3 isn't supported/,
        });
        await assert.rejects(listed(exempting("*", "never")), {
            message: /guard\.json: .*exemptions\.0\.until: "never" is not a day/,
        });
        await assert.rejects(exceptions("-", [], { within: 0 }), { message: /^the config is to be a file/ });
        const { problems } = await listed({}, [path("none.json")]);
        assert.deepEqual(problems, [{ file: path("none.json"), message: problems[0]?.message }]);
    });

    it("is text for people, and JSON for programs", async () => {
        const config = {
            version: 2,
            policies: exempting("returns-*", "2026-11-24"),
            exceptions: { a: exception("2026-12-01"), b: {} },
        };
        const all = await listed(config);
        assert.equal(
            exceptionsText(all).replaceAll(path("guard.json"), "guard.json"),
            `exception  "a"  until 2026-12-01  1 finding  needs attention: ends soon
  Only for load tests
  apigateway-stage-execution-logging  ${STAGE}

exemption  "returns-*"  ended on 2026-11-24  no findings  needs attention: ended, covers nothing
  Only for load tests
  cloudwatch-log-group-retention

error: policy exception "b": "reason" is required

guard.json: 1 exception, 1 exemption; 1 ended, 1 ending soon, 1 covering nothing, 1 wrong.
`,
        );
        const { version, entries, errors } = JSON.parse(exceptionsJson(all));
        assert.deepEqual([version, entries, errors], [1, all.entries, all.errors]);
        assert.match(
            exceptionsText(await listed(config, [])),
            /^exception {2}"a" {2}until 2026-12-01 {2}needs attention: ends soon$/m,
        );
    });
});
