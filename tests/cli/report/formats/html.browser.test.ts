import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { htmlReport } from "../../../../cli/report/formats/html";
import type { Report, ReportFinding } from "../../../../cli/report/model";
import { browserTier } from "../../../support/browser";
import { DATABASE, EXCEPTED, HOSTILE_NAMES, LOG_GROUP, named, report, STAGE, UNDECIDED } from "./reports";

const SIZES = [
    { width: 375, height: 800 },
    { width: 1280, height: 800 },
] as const;

function finding(base: ReportFinding, name: string, stack: string): ReportFinding {
    return {
        ...base,
        name,
        stack,
        urn: base.urn.replace(/[^:]*$/, name),
        ...{ problem: `${name}: what is wrong.`, advice: "Fix it.", code: "code" },
    };
}

const FINDINGS = [
    finding(LOG_GROUP, "orders", "shop/dev"),
    finding(STAGE, "v10", "shop/dev"),
    finding(STAGE, "v9", "shop/prod"),
    finding(LOG_GROUP, "audit", "payments/prod"),
];
const PROBLEM = { file: "states/legacy.json", message: "not a state" };

/** All parts of the page, and texts that are hard to fit. */
const FULL: Report = {
    ...report(...FINDINGS, ...Object.values(HOSTILE_NAMES).map(named), named("x".repeat(400)), {
        ...named("long"),
        type: "t".repeat(200),
        policy: "p".repeat(200),
        stack: "s".repeat(200),
        file: "f".repeat(200),
    }),
    undecided: [UNDECIDED],
    problems: [PROBLEM, { file: "f".repeat(200), message: "m".repeat(200) }],
};

/** The lowest contrast of a text with what is behind it, and which text that is. */
const LOWEST_CONTRAST = `(() => {
    const luminance = (color) => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        const color = getComputedStyle(element).backgroundColor;
        return color === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : color;
    };
    const contrast = (color, element) => {
        const [low, high] = [luminance(color), luminance(behind(element))].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const texts = [...document.body.querySelectorAll("*")].filter((element) =>
        element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const of = (element, pseudo) => [contrast(getComputedStyle(element, pseudo).color, element), element.outerHTML.slice(0, 80)];
    const field = document.querySelector("input");
    return [...texts.map((element) => of(element)), of(field, "::placeholder")].sort(([a], [b]) => a - b)[0];
})()`;

browserTier("the HTML format in a browser", (browser) => {
    let context: BrowserContext | undefined;
    /** What a page must not do: request anything, fail, or write to the console. */
    let troubles: string[];

    afterEach(async () => {
        await context?.close();
        context = undefined;
    });

    async function openText(text: string, options: BrowserContextOptions = {}): Promise<Page> {
        const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-html-"));
        const file = join(folder, "report.html");
        writeFileSync(file, text);
        const url = pathToFileURL(file).href;
        context = await browser().newContext(options);
        context.setDefaultTimeout(10_000);
        const page = await context.newPage();
        troubles = [];
        page.on("request", (request) => request.url() !== url && troubles.push(`request: ${request.url()}`));
        page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
        page.on("console", (message) => troubles.push(`console: ${message.text()}`));
        page.on("dialog", (dialog) => {
            troubles.push(`dialog: ${dialog.message()}`);
            void dialog.dismiss();
        });
        await page.goto(url).finally(() => rmSync(folder, { recursive: true }));
        return page;
    }

    const select = (page: Page, name: string) => page.getByRole("combobox", { name });
    const open = (what: Report, options?: BrowserContextOptions) => openText(htmlReport(what), options);
    const namesIn = (page: Page) => page.locator("tbody tr:visible strong").allTextContents();
    const count = (page: Page) => page.getByRole("status").textContent();

    for (const viewport of SIZES) {
        it(`needs no scrolling sideways at ${viewport.width} pixels`, async () => {
            const page = await open(FULL, { viewport });
            assert.equal(await page.evaluate("document.documentElement.scrollWidth"), viewport.width);
            assert.deepEqual(
                await page.evaluate(
                    `[...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > ${viewport.width}).map((one) => one.outerHTML)`,
                ),
                [],
            );
        });

        for (const colorScheme of ["light", "dark"] as const) {
            it(`has the contrast that WCAG asks for at ${viewport.width} pixels, ${colorScheme}`, async () => {
                const page = await open(FULL, { viewport, colorScheme });
                const [lowest, text] = (await page.evaluate(LOWEST_CONTRAST)) as [number, string];
                assert.ok(lowest >= 4.5, `${lowest.toFixed(2)}: ${text}`);
            });
        }

        it(`can be filtered and sorted at ${viewport.width} pixels`, async () => {
            const page = await open(report(...FINDINGS), { viewport });
            await select(page, "Stack").selectOption("shop/dev");
            await page.getByRole("button", { name: "Resource" }).click();
            await page.getByRole("button", { name: "Resource" }).click();
            assert.deepEqual(await namesIn(page), ["v10", "orders"]);
        });

        it(`is a table to a screen reader at ${viewport.width} pixels`, async () => {
            const page = await open(report(...FINDINGS), { viewport });
            assert.equal(await page.getByRole("row").count(), 1 + FINDINGS.length);
            assert.equal(await page.getByRole("cell").count(), 5 * FINDINGS.length);
        });
    }

    it("puts a finding into columns on a desk and into a card on a phone", async () => {
        const columns = async (viewport: (typeof SIZES)[number]) => {
            const page = await open(report(STAGE), { viewport });
            const lefts = `[...document.querySelectorAll("td")].map((one) => one.getBoundingClientRect().left)`;
            const distinct = new Set((await page.evaluate(lefts)) as number[]).size;
            await context?.close();
            return distinct;
        };
        assert.deepEqual([await columns(SIZES[0]), await columns(SIZES[1])], [1, 5]);
    });

    const FILTERS: readonly (readonly [by: string, choose: (page: Page) => Promise<unknown>, names: string[]])[] = [
        ["a word, whatever its case", (page) => page.getByLabel("Search").fill("AUDIT"), ["audit"]],
        ["words that are all in the finding", (page) => page.getByLabel("Search").fill("v10 fix  index.ts"), ["v10"]],
        ["a part of the URN", (page) => page.getByLabel("Search").fill("LogGroup::orders"), ["orders"]],
        ["level", (page) => select(page, "Level").selectOption("mandatory"), ["v10", "v9"]],
        [
            "policy",
            (page) => select(page, "Policy").selectOption("cloudwatch-log-group-retention"),
            ["orders", "audit"],
        ],
        ["stack", (page) => select(page, "Stack").selectOption("shop/dev"), ["orders", "v10"]],
        [
            "several at once",
            async (page) => {
                await select(page, "Level").selectOption("mandatory");
                await select(page, "Stack").selectOption("shop/dev");
            },
            ["v10"],
        ],
    ];
    for (const [by, choose, names] of FILTERS) {
        it(`filters by ${by}`, async () => {
            const page = await open(report(...FINDINGS));
            assert.equal(await count(page), "4 of 4 findings");
            await choose(page);
            assert.deepEqual(await namesIn(page), names);
            assert.equal(await count(page), `${names.length} of 4 findings`);
        });
    }

    const BY_CONTROL: readonly (readonly [control: string, names: string[]])[] = [
        ["APIGateway.1", ["v10", "v9"]],
        ["RDS.9", ["orders-db"]],
        ["RDS.36", ["orders-db"]],
        ["cloudwatch-log-group-retention", ["orders", "audit"]],
    ];
    for (const [control, names] of BY_CONTROL) {
        it(`filters by the control ${control}, if it is grouped by controls`, async () => {
            const page = await openText(htmlReport(report(...FINDINGS, DATABASE), { groupBy: "control" }));
            await select(page, "Control").selectOption(control);
            assert.deepEqual(await namesIn(page), names);
            assert.equal(await count(page), `${names.length} of 5 findings`);
            await select(page, "Level").selectOption("advisory");
            assert.deepEqual(await namesIn(page), control.startsWith("cloudwatch") ? names : []);
            assert.deepEqual(troubles, []);
        });
    }

    it("says when no finding fits, and clears the filters", async () => {
        const page = await open(report(...FINDINGS));
        await page.getByLabel("Search").fill("no such thing");
        assert.equal(await page.getByText("No finding fits these filters").isVisible(), true);
        assert.equal(await page.getByRole("table").isVisible(), false);
        assert.equal(await count(page), "0 of 4 findings");
        await page.getByRole("button", { name: "Clear the filters" }).click();
        await page.getByText("No finding fits these filters").waitFor({ state: "hidden" });
        assert.equal((await namesIn(page)).length, 4);
        assert.equal(await count(page), "4 of 4 findings");
    });

    it("stays on the page when Enter is pressed in the search", async () => {
        const page = await open(report(...FINDINGS));
        await page.getByLabel("Search").fill("audit");
        await page.getByLabel("Search").press("Enter");
        assert.deepEqual(await namesIn(page), ["audit"]);
        assert.deepEqual(troubles, []);
    });

    const SORTS: readonly (readonly [column: string, first: string, names: string[], reversed: string[]])[] = [
        ["Level", "descending", ["v10", "v9", "orders", "audit"], ["orders", "audit", "v10", "v9"]],
        ["Policy", "ascending", ["v10", "v9", "orders", "audit"], ["orders", "audit", "v10", "v9"]],
        ["Resource", "ascending", ["audit", "orders", "v9", "v10"], ["v10", "v9", "orders", "audit"]],
        ["Stack", "ascending", ["audit", "orders", "v10", "v9"], ["v9", "orders", "v10", "audit"]],
    ];
    for (const [column, first, names, reversed] of SORTS) {
        it(`sorts by ${column}, by keyboard, and again the other way around`, async () => {
            const page = await open(report(...FINDINGS));
            const head = page.getByRole("columnheader", { name: column });
            assert.equal(await head.getAttribute("aria-sort"), null);
            await head.getByRole("button").press("Enter");
            assert.equal(await head.getAttribute("aria-sort"), first);
            assert.deepEqual(await namesIn(page), names);
            await head.getByRole("button").press("Space");
            assert.equal(await head.getAttribute("aria-sort"), first === "ascending" ? "descending" : "ascending");
            assert.deepEqual(await namesIn(page), reversed);
        });
    }

    it("marks only the column that it was last sorted by", async () => {
        const page = await open(report(...FINDINGS));
        await page.getByRole("button", { name: "Stack" }).click();
        await page.getByRole("button", { name: "Level" }).click();
        assert.deepEqual(await page.locator("[aria-sort]").allInnerTexts(), ["Level"]);
    });

    it("copies the code of a finding", async () => {
        const page = await open(report(STAGE, { ...LOG_GROUP, code: 'first("<b>")\n\n    second' }));
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.getByRole("button", { name: "Copy" }).nth(1).click();
        await page.getByRole("button", { name: "Copied" }).waitFor();
        assert.equal(await page.evaluate("navigator.clipboard.readText()"), 'first("<b>")\n\n    second');
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`runs nothing and requests nothing when a name has ${what}`, async () => {
            const all = { ...named(name), policy: name, stack: name, type: name, file: name };
            const page = await open({
                ...report(all),
                undecided: [{ stack: name, file: name, policy: name, message: name }],
                problems: [{ file: name, message: name }],
            });
            // A value that came through as text is found again, both by the choice and among the rows.
            await select(page, "Stack").selectOption({ index: 1 });
            assert.equal((await namesIn(page)).length, 1);
            assert.deepEqual(troubles, []);
        });
    }

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`finds a control by its name, when that has ${what}`, async () => {
            const findings = [{ ...named(name), controls: [name, "RDS.9"] }, STAGE];
            const page = await openText(htmlReport(report(...findings), { groupBy: "control" }));
            const options = select(page, "Control").locator("option");
            const index = (await options.allTextContents()).findIndex(
                (text) => !/^(All|APIGateway\.1|RDS\.9) ?/.test(text),
            );
            await select(page, "Control").selectOption({ index });
            assert.equal((await namesIn(page)).length, 1);
            assert.deepEqual(troubles, []);
        });
    }

    it("would not run a script that got into it", async () => {
        const smuggled = '<script>document.title = "owned"</script><p onclick="document.title = \'owned\'">Click</p>';
        const page = await openText(htmlReport(report(STAGE)).replace("</main>", `${smuggled}</main>`));
        await page.getByText("Click").click();
        assert.match(await page.title(), /^API Gateway policy report/);
        assert.equal(troubles.filter((trouble) => trouble.includes("Content Security Policy")).length, 2);
    });

    it("shows what could not be checked and what was not decided", async () => {
        const page = await open({ ...report(STAGE), problems: [PROBLEM], undecided: [UNDECIDED] });
        for (const text of ["1 file could not be checked", PROBLEM.file, PROBLEM.message, UNDECIDED.message]) {
            assert.equal(await page.getByText(text, { exact: false }).isVisible(), true, text);
        }
    });

    it("shows that there are no findings", async () => {
        const page = await open(report());
        assert.equal(await page.getByRole("heading", { name: "No findings" }).isVisible(), true);
        assert.equal(await page.getByRole("table").count(), 0);
        assert.deepEqual(troubles, []);
    });

    for (const viewport of SIZES) {
        it(`shows every finding, and no controls, without JavaScript at ${viewport.width} pixels`, async () => {
            const page = await open(report(...FINDINGS), { viewport, javaScriptEnabled: false });
            assert.deepEqual(
                await namesIn(page),
                FINDINGS.map(({ name }) => name),
            );
            assert.equal(await page.locator("button:visible, input:visible, select:visible").count(), 0);
            // On a phone there are no columns, only buttons to sort by.
            assert.equal(await page.locator("th:visible").count(), viewport.width < 1000 ? 0 : 5);
        });
    }

    it("prints in dark on white, without controls, what the filters leave", async () => {
        const page = await open(report(...FINDINGS), { colorScheme: "dark" });
        await page.getByLabel("Search").fill("audit");
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await namesIn(page), ["audit"]);
        assert.equal(await page.locator("button:visible:not(th *), input:visible, select:visible").count(), 0);
        assert.equal(await page.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
        assert.equal(await page.evaluate("getComputedStyle(document.body).color"), "rgb(24, 33, 45)");
    });

    it("counts and filters what is excepted by itself", async () => {
        const page = await open({ ...report(...FINDINGS), excepted: [EXCEPTED] });
        assert.equal(await count(page), "4 of 4 findings, 1 of 1 excepted");
        await select(page, "Level").selectOption("excepted");
        assert.deepEqual(await namesIn(page), [EXCEPTED.name]);
        assert.equal(await count(page), "0 of 4 findings, 1 of 1 excepted");
        const clean = await open({ ...report(), excepted: [EXCEPTED] });
        assert.equal(await clean.getByText("The policies found nothing but what is excepted.").isVisible(), true);
        assert.equal(await count(clean), "0 of 0 findings, 1 of 1 excepted");
        assert.deepEqual(troubles, []);
    });

    it("filters and sorts thousands of findings", async () => {
        const names = Array.from({ length: 2000 }, (_, index) => `stage-${index}`);
        const page = await open(report(...names.map((name, index) => finding(STAGE, name, `shop/s${index % 40}`))));
        await page.locator("input").fill("stage-1999");
        assert.deepEqual(await namesIn(page), ["stage-1999"]);
        assert.equal(await count(page), "1 of 2000 findings");
        await page.locator("input").fill("");
        await page.locator("[data-by=stack] button").first().click();
        assert.equal((await namesIn(page))[0], "stage-0");
        assert.equal(await count(page), "2000 of 2000 findings");
    });
});
