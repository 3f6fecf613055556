import assert from "node:assert/strict";
import { programOf } from "../../examples";
import { recorded } from "../../tools/recorded-state";
import { CONFIGS, EXAMPLES } from "../examples";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { assertSameVerdicts } from "../support/engine/same-verdicts";
import { engineTier } from "../support/engine/tier";
import { verdicts } from "../support/engine/verdicts";

engineTier("the examples in the real engine, advisory", () => {
    for (const [example, expected] of Object.entries(EXAMPLES)) {
        const config = CONFIGS[example];
        const configured = config === undefined ? {} : { config };
        const what = expected.length === 0 ? "is fine" : `has ${expected.length} findings`;
        it(`${example} ${what} in preview, up, policy analyze and check alike`, () =>
            withStack(programOf(example), { project: example, stack: "dev", ...configured }, async (stack) => {
                const preview = await stack.previewDigest();
                assert.deepEqual(verdicts(preview), expected);
                assert.deepEqual(preview.diagnostics, []);
                assert.equal(preview.exitCode, 0);
                await assertSameVerdicts(preview.digest, preview, config, "check of the preview");

                const up = await stack.up();
                assert.deepEqual(verdicts(up), expected);
                assert.deepEqual(up.diagnostics, []);
                assert.equal(up.exitCode, 0);

                const state = await stack.export();
                const analysis = await analyze(state, configured);
                assert.deepEqual(verdicts(analysis), expected);
                assert.deepEqual(analysis.diagnostics, []);
                assert.equal(analysis.exitCode, 0);
                await assertSameVerdicts(state, analysis, config, "check of the state");
                if (config !== undefined) {
                    assert.deepEqual(verdicts(await analyze(state)), [], "with the default config");
                }

                assert.deepEqual(
                    recorded(state),
                    fixture(example),
                    "run npm run fixtures to record the examples again",
                );
            }));
    }
});
