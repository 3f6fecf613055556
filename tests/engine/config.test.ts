import assert from "node:assert/strict";
import { CONFIG_ERRORS, EXCEPTION_ERRORS } from "../support/config-errors";
import { analyze } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";

/** What the engine says before its words for what is wrong, and what `check` does. */
const BEFORE = /^error: loading policy packs: (validating policy config for "apigateway-guard": )?/;

engineTier("the engine", () => {
    for (const { when, config, says } of CONFIG_ERRORS) {
        it(`rejects a policy config in the words of check: ${when}`, async () => {
            const { stderr, exitCode } = await analyze(fixture("http-api"), { config });
            assert.notEqual(exitCode, 0);
            const [error = ""] = stderr.split("\n").filter((line) => line.startsWith("error: "));
            assert.equal(error.replace(BEFORE, ""), says.replace("is not a valid policy config: ", ""));
        });
    }

    it("rejects policy exceptions in the words of check", async () => {
        const exceptions = EXCEPTION_ERRORS.map(([, exception], index) => [`OPS-${index}`, exception] as const);
        const config = { version: 2, exceptions: Object.fromEntries(exceptions) };
        const { stderr } = await analyze(fixture("http-api"), { config });
        const errors = stderr.split("\n").filter((line) => line.includes("policy exception "));
        assert.deepEqual(
            errors.map((error) => error.replace(BEFORE, "")),
            EXCEPTION_ERRORS.map(([, , says], index) => `policy exception "OPS-${index}": ${says}`),
        );
    });
});
