/** docs/report.png, a picture of the top of an HTML report. */

import { accessSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "../tests/cli/browser";

const PICTURE = join(__dirname, "..", "docs", "report.png");

const HELP = `Usage: ts-node -T tools/page-picture.ts FILE

Draws docs/report.png, the top of an HTML report as Chromium shows it on a desk. CHROMIUM_PATH says where Chromium is, if
it is not in one of the usual places.

Options:
  -h, --help  show this text`;

async function draw(file: string): Promise<void> {
    accessSync(file);
    const browser = await launchChromium();
    if (browser === undefined) {
        throw new Error("There is no Chromium. Install one, or say in CHROMIUM_PATH where it is.");
    }
    try {
        const page = await browser.newPage({
            viewport: { width: 1280, height: 900 },
            deviceScaleFactor: 1,
            colorScheme: "light",
        });
        await page.goto(pathToFileURL(resolve(file)).href);
        await page.screenshot({ path: PICTURE });
    } finally {
        await browser.close();
    }
}

async function main(): Promise<void> {
    try {
        const { values, positionals } = parseArgs({
            options: { help: { type: "boolean", short: "h" } },
            allowPositionals: true,
        });
        if (values.help) {
            console.log(HELP);
            return;
        }
        const [file, ...more] = positionals;
        if (file === undefined || more.length > 0) {
            throw Object.assign(new Error("One FILE is to be named"), { code: "ERR_PARSE_ARGS" });
        }
        await draw(file);
        console.log(PICTURE);
    } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        console.error(message);
        process.exitCode = code?.startsWith("ERR_PARSE_ARGS") ? 2 : 1;
    }
}

if (require.main === module) {
    void main();
}
