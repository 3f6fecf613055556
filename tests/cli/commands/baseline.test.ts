import assert from "node:assert/strict";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { writeBaseline } from "../../../cli/commands/baseline";
import { check } from "../../../cli/commands/check";
import { FIXTURES, fixture } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";
import { document, region, restApi, restStage } from "../live/document";

const EXAMPLE = "rest-api-mistakes";
const STATE = `${FIXTURES}/${EXAMPLE}.json`;
const TODAY = "2026-11-25";
const REASON = "Known before the pack";
const STAGE_POLICY = "apigateway-stage-execution-logging";
const LEVELS = "apigateway-method-settings-logging-level";
const RETENTION = "cloudwatch-log-group-retention";
const STAGE = "urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::dev";
const GROUP = "urn:pulumi:dev::rest-api-mistakes::aws:cloudwatch/logGroup:LogGroup::orders-prod";

/** The state of the example without some of its resources, or in another stack. */
function state({ without = [], stack = "dev" }: { without?: readonly string[]; stack?: string } = {}): object {
    const { deployment, ...rest } = fixture(EXAMPLE);
    const resources = deployment.resources.filter(({ urn }) => !without.some((end) => urn.endsWith(end)));
    return JSON.parse(
        JSON.stringify({ ...rest, deployment: { ...deployment, resources } }).replaceAll(
            "urn:pulumi:dev::",
            `urn:pulumi:${stack}::`,
        ),
    );
}

describe("a baseline", () => {
    const { path, write } = withFolder();
    const read = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));
    const baseline = (paths: readonly string[], file: string, options: object = {}) =>
        writeBaseline(paths, path(file), { reason: REASON, today: TODAY, ...options });
    const policies = (selected: readonly string[]) => ({ policies: selected });

    it("excepts all that is found, by policy and stack, in a file that check then finds nothing with", async () => {
        const { report, summary } = await baseline([STATE], "all.json");
        assert.deepEqual([report.findings, report.excepted.length], [[], 6]);
        assert.equal(summary, `${path("all.json")}: 6 findings in 5 exceptions, 6 of them new`);
        const { findings, excepted, warnings } = await check([STATE], { config: path("all.json"), today: TODAY });
        assert.deepEqual([findings, warnings], [[], undefined]);
        assert.deepEqual(
            excepted.map(({ policy, urn, reasons }) => [policy, urn, reasons]),
            report.excepted.map(({ policy, urn, reasons }) => [policy, urn, reasons]),
        );
    });

    it("has one exception for a policy and a stack, with sorted URNs", async () => {
        await baseline([STATE], "one.json", policies([LEVELS]));
        const urn = (name: string) =>
            `urn:pulumi:dev::rest-api-mistakes::aws:apigateway/methodSettings:MethodSettings::${name}`;
        assert.deepEqual(read("one.json"), {
            version: 2,
            policies: {},
            exceptions: {
                [`baseline.${LEVELS}.${EXAMPLE}.dev`]: {
                    reason: REASON,
                    match: [{ policies: [LEVELS], targets: [urn("prod-list-orders"), urn("test")] }],
                },
            },
        });
    });

    it("is the same file when nothing has changed", async () => {
        await baseline([STATE], "same.json", { until: "2027-03-31" });
        const before = readFileSync(path("same.json"), "utf8");
        const { summary } = await baseline([STATE], "same.json");
        assert.equal(readFileSync(path("same.json"), "utf8"), before);
        assert.equal(summary, `${path("same.json")}: 6 findings in 5 exceptions`);
    });

    it("does not except what is new: the same number of findings is not the same findings", async () => {
        const renamed = JSON.parse(JSON.stringify(state()).replaceAll("Stage::dev", "Stage::beta"));
        await baseline([STATE], "new.json");
        const { findings } = await check([write("renamed.json", renamed)], { config: path("new.json"), today: TODAY });
        assert.deepEqual(
            findings.map(({ policy, name }) => [policy, name]),
            [[STAGE_POLICY, "beta"]],
        );
    });

    it("drops what was fixed when it is written again, and keeps the end and the reason", async () => {
        await baseline([STATE], "fixed.json", { until: "2027-03-31" });
        const ids = () => Object.keys(read("fixed.json").exceptions);
        const before = ids();
        const { summary } = await baseline([write("state.json", state({ without: ["Stage::dev"] }))], "fixed.json", {
            reason: "Still known",
        });
        assert.equal(summary, `${path("fixed.json")}: 5 findings in 4 exceptions; 1 dropped`);
        assert.deepEqual(
            ids(),
            before.filter((id) => !id.includes(STAGE_POLICY)),
        );
        assert.deepEqual(
            Object.values<{ reason: string; until: string }>(read("fixed.json").exceptions).map(({ reason, until }) => [
                reason,
                until,
            ]),
            [1, 2, 3, 4].map(() => [REASON, "2027-03-31"]),
        );
    });

    it("keeps what it says of other stacks and other policies", async () => {
        const other = write("prod.json", state({ stack: "prod" }));
        await baseline([STATE, other], "both.json");
        const before = read("both.json");
        assert.equal(Object.keys(before.exceptions).length, 10);
        await baseline([STATE], "both.json", policies([STAGE_POLICY]));
        assert.deepEqual(read("both.json"), before);
    });

    it("keeps the policies, the environments and the exceptions that a file has, and leaves to them what they cover", async () => {
        const own = { reason: "Moves away", match: [{ policies: [STAGE_POLICY], targets: [STAGE] }] };
        const before = {
            version: 2,
            environments: ["shop/dev"],
            policies: { [RETENTION]: "mandatory", [LEVELS]: { exemptions: [{ match: "test", reason: REASON }] } },
            exceptions: { "OPS-7": own },
        };
        write("own.json", before);
        await baseline([STATE], "own.json");
        const { exceptions, ...rest } = read("own.json");
        const { exceptions: _, ...restBefore } = before;
        assert.deepEqual(rest, restBefore);
        assert.deepEqual(Object.keys(exceptions), [
            "OPS-7",
            ...["apigateway-account-cloudwatch-role", "apigateway-account-role-set", LEVELS, RETENTION].map(
                (one) => `baseline.${one}.${EXAMPLE}.dev`,
            ),
        ]);
        assert.deepEqual(exceptions["OPS-7"], own);
        assert.equal(exceptions[`baseline.${LEVELS}.${EXAMPLE}.dev`].match[0].targets.length, 1);
    });

    it("takes the policies of the config, and makes a file of version 2 of one of version 1", async () => {
        const config = write("config.json", { environments: ["shop/dev"], [RETENTION]: "mandatory", all: "disabled" });
        await baseline([STATE], "configured.json", { config });
        const { exceptions, ...rest } = read("configured.json");
        assert.deepEqual(rest, {
            version: 2,
            environments: ["shop/dev"],
            policies: { [RETENTION]: "mandatory", all: "disabled" },
        });
        assert.deepEqual(Object.keys(exceptions), [`baseline.${RETENTION}.${EXAMPLE}.dev`]);
        // Once more, with the same command.
        await baseline([STATE], "configured.json", { config });
        assert.deepEqual(read("configured.json"), { ...rest, exceptions });
    });

    it("leaves alone what somebody has added to it, whatever its name", async () => {
        const own = { reason: "By hand", until: "2027-01-31", match: [{ policies: [STAGE_POLICY], targets: [STAGE] }] };
        const id = `baseline.${LEVELS}.${EXAMPLE}.dev`;
        const added = { policies: [RETENTION], targets: [GROUP] };
        write("by-hand.json", {
            version: 2,
            exceptions: { "baseline.own": own, [id]: { reason: REASON, match: [added] } },
        });
        await baseline([STATE], "by-hand.json");
        const { exceptions } = read("by-hand.json");
        assert.deepEqual(exceptions["baseline.own"], own);
        assert.deepEqual(exceptions[id].match[0], added);
        // What these cover is left to them.
        assert.deepEqual(Object.keys(exceptions), [
            "baseline.apigateway-account-cloudwatch-role.rest-api-mistakes.dev",
            "baseline.apigateway-account-role-set.rest-api-mistakes.dev",
            id,
            "baseline.own",
        ]);
    });

    it("keeps the reason of an exception that has its name, and gives what is new its own", async () => {
        const id = `baseline.${LEVELS}.${EXAMPLE}.dev`;
        const urn = (name: string) =>
            `urn:pulumi:dev::rest-api-mistakes::aws:apigateway/methodSettings:MethodSettings::${name}`;
        const own = { reason: "Approved by Ada", match: [{ policies: [LEVELS], targets: [urn("test")] }] };
        write("approved.json", { version: 2, exceptions: { [id]: own } });
        const written = { [id]: own, [`${id}.2`]: { reason: REASON, match: [of(urn("prod-list-orders"))] } };
        for (const summary of ["2 findings in 2 exceptions, 1 of them new", "2 findings in 2 exceptions"]) {
            const again = await baseline([STATE], "approved.json", policies([LEVELS]));
            assert.equal(again.summary, `${path("approved.json")}: ${summary}`);
            assert.deepEqual(read("approved.json").exceptions, written);
        }
        // A third reason, of something that is new again, and what the first two cover is fixed.
        const renamed = JSON.parse(JSON.stringify(state()).replaceAll("MethodSettings::", "MethodSettings::new-"));
        const third = { reason: "Third reason" };
        await baseline([write("third.json", renamed)], "approved.json", { ...policies([LEVELS]), ...third });
        assert.deepEqual(read("approved.json").exceptions, {
            [`${id}.3`]: { ...third, match: [of(urn("new-prod-list-orders"), urn("new-test"))] },
        });
        function of(...targets: readonly string[]) {
            return { policies: [LEVELS], targets };
        }
    });

    it("keeps the end of an exception that has its name and more than its targets", async () => {
        const id = `baseline.${RETENTION}.${EXAMPLE}.dev`;
        const own = { policies: [STAGE_POLICY], targets: [STAGE] };
        const before = { reason: REASON, until: "2027-01-31", match: [own] };
        write("more.json", { version: 2, exceptions: { [id]: before } });
        await baseline([STATE], "more.json", { ...policies([RETENTION]), until: "2027-03-31" });
        assert.deepEqual(read("more.json").exceptions, {
            [id]: before,
            [`${id}.2`]: {
                reason: REASON,
                until: "2027-03-31",
                match: [{ policies: [RETENTION], targets: [GROUP] }],
            },
        });
    });

    it("is a mistake while another process writes the file, and is written over what one left a minute ago", async () => {
        const lock = write(".locked.json.lock", {});
        await assert.rejects(baseline([STATE], "locked.json"), {
            message: `${path("locked.json")} is being written by another process. Nothing was written; run this again`,
        });
        assert.throws(() => read("locked.json"), { code: "ENOENT" });
        const longAgo = new Date(Date.now() - 61_000);
        utimesSync(lock, longAgo, longAgo);
        await baseline([STATE], "locked.json");
        assert.equal(Object.keys(read("locked.json").exceptions).length, 5);
        assert.ok(!existsSync(lock));
    });

    it("is a mistake if the file has changed since it was read", async () => {
        write("changed.json", {});
        const running = baseline([STATE], "changed.json");
        write("changed.json", { version: 2 });
        await assert.rejects(running, {
            message: `${path("changed.json")} was changed by another process in the meantime. Nothing was written; run this again`,
        });
        assert.deepEqual(read("changed.json"), { version: 2 });
    });

    it("is of a live account, whose resources may have a * in their names, and of its regions", async () => {
        const dark = (name: string) =>
            region({ region: name, restApis: [restApi(restStage({ "*/*": { loggingLevel: "OFF" } }))] });
        const both = write("live.json", document(dark("eu-west-1"), dark("us-east-1")));
        const one = write("one-region.json", document(dark("us-east-1")));
        const { report } = await baseline([both], "live-baseline.json");
        const config = path("live-baseline.json");
        assert.deepEqual(
            Object.keys(read("live-baseline.json").exceptions).filter((id) => id.includes(LEVELS)),
            ["eu-west-1", "us-east-1"].map((name) => `baseline.${LEVELS}.111122223333.${name}`),
        );
        assert.ok(report.excepted.some(({ urn }) => urn.endsWith("/*/*")));
        for (const file of [both, one]) {
            const { findings, warnings } = await check([file], { config, today: TODAY });
            assert.deepEqual([findings, warnings], [[], undefined]);
        }
    });

    it("is one for two files with the same stack", async () => {
        const { summary } = await baseline([STATE, write("again.json", state())], "twice.json");
        assert.equal(summary, `${path("twice.json")}: 6 findings in 5 exceptions, 6 of them new`);
    });

    it("does not except what is undecided or exempt", async () => {
        write("exempt.json", { [RETENTION]: { exemptions: [{ match: "*", reason: REASON }] } });
        await baseline([STATE], "exempt.json", policies([RETENTION]));
        assert.deepEqual(read("exempt.json").exceptions, {});
    });

    it("is a mistake with another config than the one that it has", async () => {
        write("two.json", { [RETENTION]: "mandatory" });
        await assert.rejects(
            baseline([STATE], "two.json", { config: write("other.json", { [RETENTION]: "advisory" }) }),
            {
                message: `${path("two.json")} has other policies than ${path("other.json")}. Leave out --config, or write the baseline to ${path("other.json")}`,
            },
        );
    });

    const MISTAKES: readonly (readonly [what: string, options: object, says: RegExp])[] = [
        ["without a reason", { reason: undefined }, /^--write-baseline needs a --reason$/],
        ["with a blank reason", { reason: " " }, /^--write-baseline needs a --reason$/],
        [
            "until a day that is over",
            { until: "2026-11-24" },
            /^--until "2026-11-24" is not a day such as .*, today or later$/,
        ],
        ["until what is not a day", { until: "soon" }, /^--until "soon" is not a day such as/],
    ];
    for (const [what, options, says] of MISTAKES) {
        it(`is a mistake ${what}, and writes nothing`, async () => {
            await assert.rejects(baseline([STATE], "mistake.json", options), { message: says });
            assert.throws(() => read("mistake.json"), { code: "ENOENT" });
        });
    }

    it("does not go to standard output, nor over a state", async () => {
        await assert.rejects(writeBaseline([STATE], "-", { reason: REASON }), {
            message: /takes a file, not standard output$/,
        });
        const file = write("a-state.json", state());
        await assert.rejects(writeBaseline([file], file, { reason: REASON }), {
            message: /policy pack config version 3 isn't supported/,
        });
    });

    it("asks for a new end where the old one is over", async () => {
        const id = `baseline.${STAGE_POLICY}.${EXAMPLE}.dev`;
        const ended = { reason: REASON, until: "2026-11-24", match: [{ policies: [STAGE_POLICY], targets: [STAGE] }] };
        write("ended.json", { version: 2, exceptions: { [id]: ended } });
        await assert.rejects(baseline([STATE], "ended.json"), {
            message: `${path("ended.json")} has the exception "${id}", which ended on 2026-11-24. Give its new end with --until`,
        });
        await baseline([STATE], "ended.json", { until: "2027-03-31" });
        assert.equal(read("ended.json").exceptions[id].until, "2027-03-31");
    });
});
