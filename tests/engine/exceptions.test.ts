import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as semver from "semver";
import { writeBaseline } from "../../cli/commands/baseline";
import { check } from "../../cli/commands/check";
import { report } from "../../cli/commands/report";
import type { Report } from "../../cli/report/model";
import { theCli } from "../../tools/pulumi/command";
import { analyze, type Deployment, type PulumiFn, type Run, withStack } from "../support/engine/engine";
import { engineTier } from "../support/engine/tier";
import { withFolder } from "../support/folder";

/** A stage that does not log, inside a component, and log groups that never expire. */
function shop(...groups: readonly string[]): PulumiFn {
    return async () => {
        const component = new pulumi.ComponentResource("shop:index:Shop", "shop");
        const api = new aws.apigateway.RestApi("orders", {}, { parent: component });
        const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id }, { parent: component });
        const stage = { restApi: api.id, deployment: deployment.id, stageName: "prod" };
        new aws.apigateway.Stage("prod", stage, { parent: component });
        for (const name of groups) {
            new aws.cloudwatch.LogGroup(name, { name });
        }
    };
}

const REASON = "Known before the pack";
const MISTAKES = ["apigateway-stage-execution-logging prod", "cloudwatch-log-group-retention old"];
const NEW = "cloudwatch-log-group-retention new";

/** The state of the program, deployed without the pack. */
function deployed(program: PulumiFn, project = "shop"): Promise<Deployment> {
    return withStack(program, { pack: null, project, stack: "dev" }, async (stack) => {
        await stack.up();
        return stack.export();
    });
}

const keysOf = (found: Report["findings"]) => found.map(({ policy, name }) => `${policy} ${name}`).sort();
const isStopped = ({ findings }: Pick<Report, "findings">) => findings.some(({ level }) => level === "mandatory");

engineTier("exceptions in the real engine", () => {
    const { write, path } = withFolder();

    /** What a run reports, by its events. The exit code is that of its mandatory findings. */
    const reported = async (run: Run): Promise<Report> => {
        const events = run.events.map((event) => JSON.stringify(event)).join("\n");
        const made = await report(write("events", events));
        assert.equal(run.exitCode !== 0, isStopped(made), run.stdout + run.stderr);
        return made;
    };
    const checked = (document: object, config: string) => check([write("stack.json", document)], { config });
    const found = ({ findings, excepted }: Report) => ({ findings: keysOf(findings), excepted: keysOf(excepted) });

    /** What preview, up, analyze and check find alike. An update that is stopped has only a part of it, and one at least. */
    const alike = async (next: PulumiFn, config: string, first = next): Promise<Report> => {
        const state = await deployed(next);
        const byCheck = await checked(state, config);
        assert.deepEqual(found(await reported(await analyze(state, { config }))), found(byCheck), "policy analyze");
        await withStack(first, { project: "shop", stack: "dev", config }, async (stack) => {
            if (first !== next) {
                assert.equal((await stack.up()).exitCode, 0);
            }
            const preview = await stack.previewDigest(next);
            assert.deepEqual(
                found(await check([write("p.json", preview.digest)], { config })),
                found(byCheck),
                "check",
            );
            assert.deepEqual(found(await reported(await stack.preview(next))), found(byCheck), "preview");
            const up = await reported(await stack.up(next));
            assert.equal(isStopped(up), isStopped(byCheck), "up");
        });
        return byCheck;
    };

    describe("as a baseline", () => {
        before(async function () {
            if (semver.lt((await theCli()).version, "3.261.0")) {
                this.skip();
            }
        });

        it("silence a stack with mistakes in preview, up, analyze and check; a new mistake fails all four", async () => {
            const config = path("baseline.json");
            const state = write("state.json", await deployed(shop("old")));
            await writeBaseline([state], config, { config: "config/mandatory.json", reason: REASON });
            assert.deepEqual(found(await alike(shop("old"), config)), { findings: [], excepted: MISTAKES });
            assert.deepEqual(found(await alike(shop("old", "new"), config, shop("old"))), {
                findings: [NEW],
                excepted: MISTAKES,
            });
        });

        it("cover the stack itself, and resources of any name", async () => {
            const odd: PulumiFn = async () => {
                const api = new aws.apigateway.RestApi("orders");
                const stage = { restApi: api.id, stageName: "prod" };
                new aws.apigateway.MethodSettings("all", {
                    ...{ ...stage, methodPath: "*/*", settings: { loggingLevel: "ERROR" } },
                });
                new aws.cloudwatch.LogGroup('a::b*"ü/%2A');
            };
            const level = { enforcementLevel: "mandatory" };
            const config = write("odd.json", {
                version: 2,
                policies: {
                    all: "disabled",
                    "apigateway-account-cloudwatch-role": { ...level, requireInStack: true },
                    "cloudwatch-log-group-retention": level,
                },
            });
            await writeBaseline([write("odd-state.json", await deployed(odd))], config, { reason: REASON });
            assert.deepEqual(found(await alike(odd, config)), {
                findings: [],
                excepted: ["apigateway-account-cloudwatch-role shop-dev", 'cloudwatch-log-group-retention a::b*"ü/%2A'],
            });
        });

        it("cover the findings of the stacks that they were written for, and of no other project", async () => {
            const [own, other] = [await deployed(shop("old")), await deployed(shop("old"), "returns")];
            const [ownFile, otherFile] = [write("own.json", own), write("other.json", other)];
            const options = { config: "config/mandatory.json", reason: REASON };
            const [both, one] = [path("both-baseline.json"), path("own-baseline.json")];
            await writeBaseline([ownFile, otherFile], both, options);
            await writeBaseline([ownFile], one, options);
            for (const state of [own, other]) {
                assert.deepEqual(found(await reported(await analyze(state, { config: both }))), {
                    findings: [],
                    excepted: MISTAKES,
                });
            }
            assert.deepEqual(found(await reported(await analyze(other, { config: one }))), {
                findings: MISTAKES,
                excepted: [],
            });
            assert.deepEqual(found(await checked(other, one)), { findings: MISTAKES, excepted: [] });
        });
    });

    const exempting = (until: string) => {
        const level = { enforcementLevel: "mandatory" };
        const all = (match: string) => ({ ...level, exemptions: [{ match, reason: REASON, until }] });
        return write(`until-${until}.json`, {
            "apigateway-stage-execution-logging": all("orders/prod"),
            "cloudwatch-log-group-retention": all("*LogGroup::old"),
        });
    };

    it("exempt by patterns until their last day, with a line for each policy", async () => {
        const config = exempting("2999-12-31");
        const state = await deployed(shop("old"));
        assert.deepEqual(found(await checked(state, config)), { findings: [], excepted: MISTAKES });
        const lines = [
            'apigateway-stage-execution-logging exempts 1 resource: "prod"; an exemption ends on 2999-12-31',
            'cloudwatch-log-group-retention exempts 1 resource: "old"; an exemption ends on 2999-12-31',
        ];
        await withStack(shop("old"), { project: "shop", stack: "dev", config }, async (stack) => {
            for (const run of [await stack.preview(), await stack.up()]) {
                const { findings, excepted, exempt } = await reported(run);
                assert.deepEqual([findings, excepted, exempt.map(({ message }) => message).sort()], [[], [], lines]);
            }
        });
        // What the pack prints comes too late for some analyses, which are over by then.
        assert.deepEqual(found(await reported(await analyze(state, { config }))), { findings: [], excepted: [] });
    });

    it("bring the findings back after their last day, in preview, up, analyze and check", async () => {
        const { findings } = await alike(shop("old"), exempting("2026-11-24"));
        assert.deepEqual(keysOf(findings), MISTAKES);
        for (const { problem } of findings) {
            assert.match(problem, / The exemption ".*" ended on 2026-11-24\.$/);
        }
    });

    it("keep an exempt resource from being remediated", async () => {
        const exemptions = [{ match: "old", reason: REASON }];
        const config = { "cloudwatch-log-group-retention": { enforcementLevel: "remediate", exemptions } };
        await withStack(shop("old", "new"), { config }, async (stack) => {
            const { remediations, exitCode } = await stack.up();
            assert.equal(exitCode, 0);
            assert.deepEqual(
                remediations.map(({ resource }) => resource),
                ["aws:cloudwatch/logGroup:LogGroup::new"],
            );
        });
    });

    it("exempt by a tag only if the config says so", async () => {
        const tags = { "policy-exempt/cloudwatch-log-group-retention": REASON };
        const tagged = async () => void new aws.cloudwatch.LogGroup("old", { tags });
        for (const exemptionTag of [true, false]) {
            const config = { "cloudwatch-log-group-retention": { enforcementLevel: "mandatory", exemptionTag } };
            await withStack(tagged, { config }, async (stack) => {
                assert.equal((await stack.preview()).exitCode === 0, exemptionTag);
            });
        }
    });
});
