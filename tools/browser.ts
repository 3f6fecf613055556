import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where a Chromium is, or should be: what `CHROMIUM_PATH` says is taken unchecked, so that a wrong path is noticed. */
function findChromium(): string | undefined {
    const { CHROMIUM_PATH, PATH = "" } = process.env;
    const folders = ["/usr/bin", ...PATH.split(delimiter)];
    const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
    return CHROMIUM_PATH || candidates.find((path) => existsSync(path));
}

/** `undefined` where there is no Chromium. The switches keep it from contacting any server on its own. */
export async function launchChromium(): Promise<Browser | undefined> {
    const executablePath = findChromium();
    if (executablePath === undefined) {
        return undefined;
    }
    const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}
