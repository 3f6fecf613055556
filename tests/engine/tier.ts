import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { findPulumi } from "../../tools/setup-pulumi";

const ROOT = join(__dirname, "..", "..");

/**
 * Tests that need the real CLI. Where there is none they are skipped, so that the rest can be run anywhere; in CI they
 * fail, so that nothing is skipped unseen.
 */
export function engineTier(title: string, tests: () => void): void {
    describe(title, function () {
        this.timeout(180_000);
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

/** Most of these tests run the compiled pack; one that is older than its source would prove nothing. */
function assertBuilt(): void {
    const built = statSync(join(ROOT, "dist", "package.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const sources = ["apigateway", "cli", "policies"].flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(ROOT, folder, file)),
    );
    if ([join(ROOT, "index.ts"), ...sources].some((file) => statSync(file).mtimeMs > built)) {
        throw new Error("The compiled pack is older than its source. Run `npm run build` first.");
    }
}
