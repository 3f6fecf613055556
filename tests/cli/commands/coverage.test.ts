import assert from "node:assert/strict";
import { check } from "../../../cli/commands/check";
import { locate } from "../../../cli/commands/locate";
import { report } from "../../../cli/commands/report";
import type { Report } from "../../../cli/report/model";
import { isClean } from "../../../cli/report/summary";
import { CONTROLS, type ControlId } from "../../../pack/controls";
import { answeredControls } from "../../../pack/policy";
import { policies } from "../../../policies";
import { fixture } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";
import { document, region, restApi, restStage } from "../live/document";

const IDS = Object.keys(CONTROLS) as ControlId[];
const STATE = fixture("rest-api");
const LIVE = document(region({ restApis: [restApi(restStage({}))] }));
const RESOURCES = STATE.deployment.resources;
const PREVIEW = { steps: RESOURCES.map((newState) => ({ op: "same", urn: newState.urn, newState })) };

const named = (control: ControlId) =>
    policies.filter((policy) => answeredControls(policy).includes(control)).map(({ name }) => name);

const event = (control: ControlId) =>
    [
        { policyAnalyzeStackSummaryEvent: { policyPackName: "apigateway-guard", passed: named(control) } },
        { summaryEvent: { result: "succeeded", PolicyPacks: { "apigateway-guard": "1" } } },
    ]
        .map((one, sequence) => JSON.stringify({ sequence, ...one }))
        .join("\n");

const hub = (control: string) => ({
    AwsAccountId: "111122223333",
    Compliance: { Status: "FAILED", SecurityControlId: control },
    Resources: [{ Id: "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod" }],
});

describe("the account of what was checked", () => {
    const { write } = withFolder();
    const state = () => write("state.json", STATE);

    const KINDS: Readonly<Record<string, (control: ControlId) => Promise<Report>>> = {
        "an exported state": (control) => check([state()], { controls: [control] }),
        "a checkpoint": (control) =>
            check([write("checkpoint.json", { version: 3, checkpoint: { latest: STATE.deployment } })], {
                controls: [control],
            }),
        "a preview": (control) => check([write("preview.json", PREVIEW)], { controls: [control] }),
        "a live document": (control) => check([write("live.json", LIVE)], { controls: [control] }),
        "engine events": (control) => report(write("events", event(control))),
        "findings of Security Hub": (control) => locate(write("hub.json", [hub(control)]), [state()]),
    };

    for (const [kind, read] of Object.entries(KINDS)) {
        for (const control of IDS) {
            it(`answers ${control} for ${kind}, and ticks only what was evaluated`, async () => {
                const made = await read(control);
                const asked = named(control);
                assert.ok(asked.length > 0);
                assert.deepEqual(made.problems, []);
                for (const { stack } of made.stacks) {
                    const answered = made.coverage.filter((one) => one.stack === stack).map(({ policy }) => policy);
                    assert.deepEqual(
                        asked.filter((policy) => !answered.includes(policy)),
                        [],
                    );
                }
                const own = made.coverage.filter(({ policy }) => asked.includes(policy));
                const unchecked = new Set(made.unchecked.flatMap((one) => one.policies ?? []));
                for (const { policy, outcome } of own) {
                    assert.equal(outcome === "notChecked" && !unchecked.has(policy), false, policy);
                }
                if (kind === "a live document" && control.startsWith("RDS.")) {
                    assert.deepEqual(
                        [own.map(({ outcome }) => outcome), isClean(made)],
                        [own.map(() => "notChecked"), false],
                    );
                }
            });
        }
    }

    it("has one line about databases that a live document does not include, with the control", async () => {
        const { unchecked } = await check([write("live.json", LIVE)], { controls: ["RDS.9"] });
        assert.deepEqual(
            unchecked.map(({ message }) => message),
            [
                "rds-log-exports (RDS.9) was not checked, because live documents of this version do not include databases.",
            ],
        );
    });

    it("says that other log groups than those of API Gateway are not in a live document, unless none are asked for", async () => {
        const file = write("live.json", LIVE);
        const retention = "cloudwatch-log-group-retention";
        const include = write("config.json", { [retention]: { include: ["API-Gateway-Execution-Logs_*"] } });
        const messages = async (config?: string) =>
            (await check([file], { policies: [retention], config })).unchecked.map(({ message }) => message);
        assert.deepEqual(
            [await messages(), await messages(include)],
            [
                [
                    "cloudwatch-log-group-retention (CloudWatch.16) was not checked, because live documents of this version include only the log groups of API Gateway.",
                ],
                [],
            ],
        );
    });

    it("says that a policy that was asked for is not checked because of the config", async () => {
        const config = write("config.json", { "apigateway-stage-web-acl": "disabled" });
        const { unchecked, coverage } = await check([state()], { config, controls: ["APIGateway.3", "APIGateway.4"] });
        assert.deepEqual(unchecked, [
            {
                file: config,
                policies: ["apigateway-stage-web-acl"],
                controls: ["APIGateway.4"],
                message: "apigateway-stage-web-acl (APIGateway.4) was not checked, because the config leaves it out.",
            },
        ]);
        assert.equal(coverage.find(({ policy }) => policy === "apigateway-stage-web-acl")?.outcome, "notChecked");
    });

    it("counts failed findings that are of no control of the pack, with at most ten names", async () => {
        const many = Array.from({ length: 12 }, (_, index) => hub(`EC2.${index + 10}`));
        const { SecurityControlId: _, ...unnamed } = hub("").Compliance;
        const file = write("hub.json", [...many, ...many, { ...hub(""), Compliance: unnamed }]);
        const { unchecked } = await locate(file, [state()]);
        assert.deepEqual(
            unchecked.map(({ message }) => message),
            [
                "25 failed findings are of no control that this pack has: EC2.10, EC2.11, EC2.12, EC2.13, EC2.14, EC2.15, EC2.16, EC2.17, EC2.18, EC2.19 and 2 more.",
            ],
        );
    });

    it("has a failed finding of another tool, by the name that it gives", async () => {
        const { Compliance, ...rest } = hub("");
        const finding = {
            ...rest,
            Compliance: { Status: Compliance.Status },
            GeneratorId: "prowler-apigateway_logging",
        };
        const made = await locate(write("hub.json", [finding]), [state()]);
        assert.deepEqual(
            [made.unchecked.map(({ message }) => message), isClean(made)],
            [["1 failed finding is of no control that this pack has: prowler-apigateway_logging."], false],
        );
    });

    it("says that events without a policy do not say which were evaluated", async () => {
        const events = JSON.stringify({ sequence: 0, summaryEvent: { result: "succeeded", PolicyPacks: { a: "1" } } });
        const made = await report(write("events", events));
        assert.deepEqual(
            [made.unchecked.map(({ message }) => message), isClean(made)],
            [["These events name no policy, so which policies were evaluated is not known."], false],
        );
    });
});
