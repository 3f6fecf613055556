import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where a Chromium is, or should be: whether `CHROMIUM_PATH` exists is not checked, so that a wrong one is noticed. */
function findChromium(): string | undefined {
    const { CHROMIUM_PATH, PATH = "" } = process.env;
    const folders = ["/usr/bin", ...PATH.split(delimiter)];
    const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
    return CHROMIUM_PATH || candidates.find((path) => existsSync(path));
}

/** `undefined` where there is no Chromium. It makes no requests of its own. */
export async function launchChromium(): Promise<Browser | undefined> {
    const executablePath = findChromium();
    if (executablePath === undefined) {
        return undefined;
    }
    const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}

/** Tests that need a browser. Where there is none they are skipped, in CI they fail, as in `engineTier`. */
export function browserTier(title: string, tests: (browser: () => Browser) => void): void {
    describe(title, function () {
        this.timeout(60_000);
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
