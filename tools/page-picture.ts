/** Second part of `npm run picture`: docs/report.png, the top of an HTML report on the examples, as a desk shows it. */

import { join } from "node:path";
import { check } from "../cli/commands/check";
import { htmlReport } from "../cli/report/formats/html";
import { launchChromium } from "./browser";

const PICTURE = join(__dirname, "..", "docs", "report.png");

async function main(): Promise<void> {
    const report = await check(["tests/fixtures"], { config: "config/mandatory.json" });
    const browser = await launchChromium();
    if (browser === undefined) {
        throw new Error("There is no Chromium. Install one, or say in CHROMIUM_PATH where it is.");
    }
    try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
        await page.setContent(htmlReport(report));
        await page.screenshot({ path: PICTURE });
        console.log(PICTURE);
    } finally {
        await browser.close();
    }
}

if (require.main === module) {
    void main();
}
