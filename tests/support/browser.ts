import type { Browser } from "playwright-core";
import { launchChromium } from "../../tools/browser";

/** Tests that need a browser. Where there is none they are skipped, in CI they fail, as in `engineTier`. */
export function browserTier(title: string, tests: (browser: () => Browser) => void): void {
    describe(title, () => {
        let browser: Browser | undefined;
        before(async function () {
            browser = await launchChromium();
            if (browser === undefined && process.env.CI) {
                throw new Error("There is no Chromium. Install one, or set CHROMIUM_PATH to where it is.");
            }
            if (browser === undefined) {
                this.skip();
            }
        });
        after(() => browser?.close());
        tests(() => browser as Browser);
    });
}
