import assert from "node:assert/strict";
import { analyze, type Run, withStack } from "../support/engine/engine";
import { assertSameVerdicts } from "../support/engine/same-verdicts";
import { engineTier } from "../support/engine/tier";
import { ACCOUNT_SHAPES, LOG_GROUP_SHAPES, programOf, REST_SHAPES, redeployed, type Shape, V2_SHAPES } from "./shapes";

/** What the log-group policy says of shapes that are about something else is left out of their lists. */
const WITHOUT_LOG_GROUPS = { "apigateway-stage-execution-log-group": "disabled" };

const BATCHES: readonly (readonly [string, readonly Shape[], object])[] = [
    ["REST stages and method settings", REST_SHAPES, WITHOUT_LOG_GROUPS],
    ["log groups", LOG_GROUP_SHAPES, {}],
    ["WebSocket and HTTP stages", V2_SHAPES, {}],
    ["Accounts", ACCOUNT_SHAPES, WITHOUT_LOG_GROUPS],
];

engineTier("the shapes of real programs in the real engine", () => {
    for (const [what, all, config] of BATCHES) {
        // The last releases of v6 answer as v7 does, but take what v7 refuses.
        const late = all.some(({ beforeV7 }) => beforeV7) ? (["late-v6"] as const) : [];
        for (const manner of ["v7", "v6", ...late] as const) {
            const shapes = all.filter(({ beforeV7 }) => manner !== "v7" || !beforeV7);
            it(`${what} have the same findings in preview, up, policy analyze and check (provider ${manner})`, () =>
                withStack(programOf(shapes), { config, manner }, async (stack) => {
                    const expected = shapes.flatMap(({ finds = [] }) => finds).sort();
                    const preview = await stack.previewDigest();
                    assert.deepEqual(named(preview), expected);
                    await assertSameVerdicts(preview.digest, preview, config, "check of the first preview");
                    const up = await stack.up();
                    assert.deepEqual(named(up), expected);
                    const state = await stack.export();
                    const analysis = await analyze(state, { config });
                    assert.deepEqual(named(analysis), expected);
                    await assertSameVerdicts(state, analysis, config, "check of the state");
                    const next = await stack.previewDigest();
                    await assertSameVerdicts(next.digest, next, config, "check of a preview without changes");
                    for (const run of [preview, up, analysis]) {
                        assert.deepEqual(run.diagnostics, []);
                        assert.equal(run.exitCode, 0);
                    }
                }));
        }
    }

    it("a new deployment of a stage that logs, and a stage that goes with its settings, are no findings (T14, T15)", () =>
        withStack(redeployed("1"), { config: WITHOUT_LOG_GROUPS }, async (stack) => {
            assert.deepEqual(named(await stack.up()), []);
            const redeploy = await stack.previewDigest(redeployed("2"));
            assert.deepEqual(named(redeploy), []);
            await assertSameVerdicts(redeploy.digest, redeploy, WITHOUT_LOG_GROUPS, "check of a redeployment");
            assert.ok(redeploy.steps.includes("update aws:apigateway/stage:Stage::prod"), redeploy.steps.join("\n"));
            const without = await stack.previewDigest(programOf([]));
            assert.deepEqual(named(without), []);
            await assertSameVerdicts(without.digest, without, WITHOUT_LOG_GROUPS, "check of a preview that deletes");
            assert.ok(without.steps.includes("delete aws:apigateway/stage:Stage::prod"), without.steps.join("\n"));
        }));

    it("what is pending deletion is not a finding (T9)", () =>
        withStack(programOf(REST_SHAPES.slice(1, 2)), { config: WITHOUT_LOG_GROUPS, pack: null }, async (stack) => {
            await stack.up();
            const state = await stack.export();
            const [stage] = state.deployment.resources.filter((one: { type: string }) => one.type.endsWith(":Stage"));
            const outputs = { ...stage.outputs, stageName: "old" };
            state.deployment.resources.push({ ...stage, delete: true, outputs });
            const analysis = await analyze(state, { config: WITHOUT_LOG_GROUPS });
            assert.deepEqual(named(analysis), []);
            await assertSameVerdicts(state, analysis, WITHOUT_LOG_GROUPS, "check of a state with a resource to delete");
        }));
});

function named(run: Run): string[] {
    return run.findings.map(({ policy, resource }) => `${policy}: ${resource.split("::").slice(1).join("::")}`).sort();
}
