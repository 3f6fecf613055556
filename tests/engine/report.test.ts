import assert from "node:assert/strict";
import { check } from "../../cli/check";
import type { Finding } from "../../cli/findings";
import { report } from "../../cli/report";
import { programOf } from "../../examples";
import { withFolder } from "../cli/folder";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";

const EXAMPLE = "rest-api-mistakes";

engineTier("report of a run in the engine", () => {
    const { write } = withFolder();

    /** Findings without the file they are from, in the order of a report. */
    const comparable = (findings: readonly Finding[]) =>
        findings
            .map(({ file: _, ...finding }) => finding)
            .sort((a, b) => (a.urn + a.policy < b.urn + b.policy ? -1 : 1));

    for (const config of ["advisory", "mandatory", "remediate"]) {
        it(`says of policy analyze, with config/${config}.json, what check says of the state`, async () => {
            const [state, configFile] = [fixture(EXAMPLE), `config/${config}.json`];
            const stateFile = write("state.json", state);
            const { stdout } = await analyze(state, { config: configFile });
            const reported = await report(write("events", stdout), { state: stateFile, sourceDir: "infra" });
            const checked = await check([stateFile], { config: configFile, sourceDir: "infra" });
            assert.deepEqual(reported.problems, []);
            assert.ok(checked.findings.some(({ location }) => location !== null));
            assert.deepEqual(comparable(reported.findings), comparable(checked.findings));
        });
    }

    it("says of a streaming preview, and of an event log, what check says of the preview", () =>
        withStack(
            programOf(EXAMPLE),
            { project: EXAMPLE, stack: "dev", env: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" } },
            async (stack) => {
                const { stdout, events } = await stack.preview(undefined, ["--json"]);
                const streamed = await report(write("streamed", stdout));
                const logged = await report(write("logged", events.map((event) => JSON.stringify(event)).join("\n")));
                assert.deepEqual(streamed.problems, []);
                assert.deepEqual(logged.problems, []);
                assert.equal(streamed.findings.length, 6);
                assert.deepEqual(comparable(streamed.findings), comparable(logged.findings));
                // The one that found nothing is told as well; those that had nothing to judge are not.
                assert.deepEqual(
                    streamed.rules.map(({ policy }) => policy).filter((name) => name.endsWith("-data-trace")),
                    ["apigateway-method-settings-data-trace"],
                );
            },
        ));

    it("says that a run failed for another reason than a policy", async () => {
        const config = { "cloudwatch-log-group-retention": { minDays: 400, maxDays: 30 } };
        const { stdout } = await analyze(fixture(EXAMPLE), { config });
        const { problems } = await report(write("failed", stdout));
        assert.deepEqual(
            problems.map(({ message }) => message),
            ["tells of a run that failed for another reason than a policy, so findings may be missing"],
        );
    });
});
