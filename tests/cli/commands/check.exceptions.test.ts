import assert from "node:assert/strict";
import { check } from "../../../cli/commands/check";
import { fix } from "../../../cli/commands/fix";
import { reportSummary } from "../../../cli/report/summary";
import { FIXTURES } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";

const STATE = `${FIXTURES}/rest-api-mistakes.json`;
const TODAY = "2026-11-25";
const STAGE_POLICY = "apigateway-stage-execution-logging";
const RETENTION = "cloudwatch-log-group-retention";
const urnOf = (typeAndName: string) => `urn:pulumi:dev::rest-api-mistakes::${typeAndName}`;
const STAGE = urnOf("aws:apigateway/stage:Stage::dev");
const GROUP = urnOf("aws:cloudwatch/logGroup:LogGroup::orders-prod");
const REASON = "Only for load tests";

const exception = (policy: string, target: string, until?: string) => ({
    reason: REASON,
    ...(until && { until }),
    match: [{ policies: [policy], targets: [target] }],
});

describe("check with exceptions", () => {
    const { write } = withFolder();
    const checked = (config: object) => check([STATE], { config: write("config.json", config), today: TODAY });
    const keysOf = (found: readonly { readonly policy: string; readonly name: string }[]) =>
        found.map(({ policy, name }) => `${policy} ${name}`);

    it("takes a finding out of those that count, and keeps it, with its reason", async () => {
        const { findings, excepted } = await checked({
            version: 2,
            exceptions: { "OPS-7": exception(STAGE_POLICY, STAGE, TODAY) },
        });
        assert.equal(findings.length, 5);
        assert.deepEqual(
            excepted.map(({ policy, urn, level, reasons }) => ({ policy, urn, level, reasons })),
            [
                {
                    policy: STAGE_POLICY,
                    urn: STAGE,
                    level: "advisory",
                    reasons: [{ kind: "exception", name: "OPS-7", reason: REASON, until: TODAY }],
                },
            ],
        );
    });

    it("has the finding back once the exception has ended, and says so", async () => {
        const { findings, excepted } = await checked({
            version: 2,
            exceptions: { "OPS-7": exception(STAGE_POLICY, STAGE, "2026-11-24") },
        });
        assert.deepEqual(excepted, []);
        assert.match(
            findings.find(({ urn }) => urn === STAGE)?.problem ?? "",
            /^Stage "dev" .* is off\. The exception "OPS-7" ended on 2026-11-24\.$/,
        );
    });

    it("excepts the policy, the resource, the stack and the project that an exception names, and no other", async () => {
        const others = [
            exception(RETENTION, STAGE),
            exception(STAGE_POLICY, GROUP),
            exception(STAGE_POLICY, STAGE.replace(":dev::", ":prod::")),
            exception(STAGE_POLICY, STAGE.replace("::rest-api-mistakes::", "::shop::")),
            exception(STAGE_POLICY, `${STAGE}2`),
        ];
        const exceptions = Object.fromEntries(others.map((one, index) => [`OPS-${index}`, one]));
        const { findings, excepted } = await checked({ version: 2, exceptions });
        assert.deepEqual([findings.length, excepted], [6, []]);
    });

    it("warns of a target that its stack does not have, but not of one in another stack", async () => {
        const { warnings } = await checked({
            version: 2,
            exceptions: {
                gone: exception(STAGE_POLICY, `${STAGE}-old`),
                elsewhere: exception(STAGE_POLICY, STAGE.replace(":dev::", ":prod::")),
            },
        });
        assert.deepEqual(
            warnings?.map((warning) => warning.replace(/^.*config\.json/, "")),
            [`: policy exception "gone": the stack has no resource ${STAGE}-old`],
        );
    });

    it("rejects a target with a *, unless a resource has that name", async () => {
        await assert.rejects(
            checked({ version: 2, exceptions: { "OPS-7": exception(STAGE_POLICY, STAGE.replace("dev", "*")) } }),
            {
                message:
                    /policy exception "OPS-7": target ".*" never matches, since targets are not patterns\. Use the config key "exemptions" of the policy$/,
            },
        );
    });

    it("takes exemptions of the config of a policy, in a config of either version", async () => {
        const policies = { [RETENTION]: { exemptions: [{ match: "orders-*", reason: REASON, until: TODAY }] } };
        for (const config of [policies, { version: 2, policies }]) {
            const { findings, excepted } = await checked(config);
            assert.equal(findings.length, 5);
            assert.deepEqual(keysOf(excepted), [`${RETENTION} orders-prod`]);
            assert.deepEqual(excepted[0]?.reasons, [
                { kind: "exemption", name: "orders-*", reason: REASON, until: TODAY },
            ]);
        }
    });

    it("has the finding back on the day after the exemption has ended", async () => {
        const { findings } = await checked({
            [RETENTION]: { exemptions: [{ match: "*", reason: REASON, until: "2026-11-24" }] },
        });
        assert.match(
            findings.find(({ urn }) => urn === GROUP)?.problem ?? "",
            / The exemption "\*" ended on 2026-11-24\.$/,
        );
    });

    it("takes a config error for one, whatever the mistake", async () => {
        await assert.rejects(
            checked({ [RETENTION]: { exemptions: [{ match: "*", reason: REASON, until: "31.3.2027" }] } }),
            {
                message:
                    /cloudwatch-log-group-retention: exemptions\.0\.until: "31\.3\.2027" is not a day such as "2027-03-31"\.$/,
            },
        );
    });

    it("says that the engine would remediate what an exception excepts, and not what is exempt", async () => {
        const remediated = { enforcementLevel: "remediate" };
        const exempt = { ...remediated, exemptions: [{ match: "*", reason: REASON }] };
        const isRemediated = async (config: object) =>
            (await checked(config)).excepted.map((one) => one.wouldBeRemediated);
        const exceptions = { "OPS-7": exception(RETENTION, GROUP) };
        assert.deepEqual(await isRemediated({ version: 2, policies: { [RETENTION]: remediated }, exceptions }), [true]);
        assert.deepEqual(await isRemediated({ version: 2, policies: { [RETENTION]: exempt }, exceptions }), [false]);
    });

    it("counts what is excepted by itself", async () => {
        const report = await checked({ [RETENTION]: { exemptions: [{ match: "*", reason: REASON }] } });
        assert.equal(
            reportSummary(report),
            "5 findings (0 mandatory, 5 advisory) in 1 stack, 15 resources; 7 policies; 1 excepted",
        );
    });

    it("fixes again what an exemption covered until it ended, and takes no target with a * for one", async () => {
        const exemptions = [{ match: "*", reason: REASON, until: "2026-11-24" }];
        const config = write("ended.json", { [RETENTION]: { exemptions } });
        const { script } = await fix([STATE], { config, region: "eu-west-1", today: TODAY });
        assert.match(
            script,
            /^ *# log group "API-Gateway-Execution-Logs_8vj7hqwn8w\/prod": events expire after 90 days$/m,
        );
        const pattern = exception(RETENTION, GROUP.replace("orders-prod", "*"));
        await assert.rejects(
            fix([STATE], { config: write("pattern.json", { version: 2, exceptions: { a: pattern } }), today: TODAY }),
            { message: /pattern\.json: policy exception "a": target ".*" never matches/ },
        );
    });

    it("leaves what is excepted alone in a script of fix, and says so", async () => {
        const config = write("config.json", { [RETENTION]: { exemptions: [{ match: "*", reason: REASON }] } });
        const { script } = await fix([STATE], { config, region: "eu-west-1", today: TODAY });
        // Not even to bound the log group of a stage that is made to log.
        assert.doesNotMatch(script, /API-Gateway-Execution-Logs_8vj7hqwn8w\/prod/);
        assert.match(script, /^ *ensure_log_group API-Gateway-Execution-Logs_8vj7hqwn8w\/test /m);
        assert.match(
            script,
            /^# Excepted, so not fixed:\n#\n# {3}.*orders-prod\n# {5}Log group .*\n# {5}Exemption "\*": Only for load tests$/m,
        );
    });
});
