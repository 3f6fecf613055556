import assert from "node:assert/strict";
import { check } from "../../cli/commands/check";
import { report } from "../../cli/commands/report";
import type { ReportFinding } from "../../cli/report/model";
import { programOf } from "../../examples";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";
import { withFolder } from "../support/folder";

const EXAMPLE = "rest-api-mistakes";

engineTier("report of a run in the engine", () => {
    const { write } = withFolder();

    /** Findings in the order of a report, without the file they are from, and without remedies, which events do not have. */
    const comparable = (findings: readonly ReportFinding[]) =>
        findings
            // As JSON, where what is left out and what is undefined are the same.
            .map(({ file: _file, remedy: _remedy, ...finding }) => JSON.parse(JSON.stringify(finding)))
            .sort((a, b) => (a.urn + a.policy < b.urn + b.policy ? -1 : 1));

    for (const config of ["advisory", "mandatory", "remediate"]) {
        it(`says of policy analyze, with config/${config}.json, what check says of the state`, async () => {
            const [state, configFile] = [fixture(EXAMPLE), `config/${config}.json`];
            const stateFile = write("state.json", state);
            const { stdout } = await analyze(state, { config: configFile });
            const reported = await report(write("events", stdout), { state: stateFile, sourceDir: "infra" });
            const checked = await check([stateFile], { config: configFile, sourceDir: "infra" });
            assert.deepEqual(reported.problems, []);
            assert.ok(checked.findings.some(({ location }) => location !== undefined));
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
                // A policy that found nothing is listed; one that did not apply is not.
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
            ["is of a run that failed for another reason than a policy, so findings may be missing"],
        );
    });
});
