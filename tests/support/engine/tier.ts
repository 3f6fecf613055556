import { findPulumi } from "../../../tools/pulumi/find";
import { assertBuilt } from "../../built";

/**
 * Tests that need the real CLI. Where there is none they are skipped, so that the rest can be run anywhere; in CI they
 * fail, so that nothing is skipped unseen.
 */
export function engineTier(title: string, tests: () => void): void {
    describe(title, () => {
        before(async function () {
            assertBuilt();
            if ((await findPulumi()) !== undefined) {
                return;
            }
            if (process.env.CI) {
                throw new Error("There is no Pulumi CLI. Run `npm run setup:pulumi` first.");
            }
            this.skip();
        });
        tests();
    });
}
