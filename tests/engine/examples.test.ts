import assert from "node:assert/strict";
import { programOf } from "../../examples";
import { recorded } from "../../tools/recorded-state";
import { EXAMPLES } from "../examples";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { assertSameVerdicts } from "../support/engine/same-verdicts";
import { engineTier } from "../support/engine/tier";
import { verdicts } from "../support/engine/verdicts";

engineTier("the examples in the real engine, advisory", () => {
    for (const [example, expected] of Object.entries(EXAMPLES)) {
        const what = expected.length === 0 ? "is fine" : `has ${expected.length} findings`;
        it(`${example} ${what} in preview, up, policy analyze and check alike`, () =>
            withStack(programOf(example), { project: example, stack: "dev" }, async (stack) => {
                const preview = await stack.previewDigest();
                assert.deepEqual(verdicts(preview), expected);
                assert.deepEqual(preview.diagnostics, []);
                assert.equal(preview.exitCode, 0);
                await assertSameVerdicts(preview.digest, preview, undefined, "check of the preview");

                const up = await stack.up();
                assert.deepEqual(verdicts(up), expected);
                assert.deepEqual(up.diagnostics, []);
                assert.equal(up.exitCode, 0);

                const state = await stack.export();
                const analysis = await analyze(state);
                assert.deepEqual(verdicts(analysis), expected);
                assert.deepEqual(analysis.diagnostics, []);
                assert.equal(analysis.exitCode, 0);
                await assertSameVerdicts(state, analysis, undefined, "check of the state");

                assert.deepEqual(
                    recorded(state),
                    fixture(example),
                    "run npm run fixtures to record the examples again",
                );
            }));
    }
});
