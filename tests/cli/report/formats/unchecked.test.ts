import assert from "node:assert/strict";
import { FORMAT_NAMES, type FormatName, formatNamed } from "../../../../cli/report/formats";
import type { Report } from "../../../../cli/report/model";
import { report, UNCHECKED } from "./reports";

const PLAIN = { color: false, quiet: false };
const SECOND = { ...UNCHECKED, stack: "shop/prod" };
const REPORT: Report = { ...report(), unchecked: [UNCHECKED, SECOND] };
const SAID = UNCHECKED.message;

/** How each format but json, which has every entry, has the one reason for two stacks. */
const AS_WRITTEN: Readonly<Record<Exclude<FormatName, "json">, string>> = {
    text: `16 resources; 3 policies.\nNot checked in 2 stacks: ${SAID}\n`,
    sarif: `"level": "warning",\n              "message": {\n                "text": "Not checked in 2 stacks: ${SAID}"`,
    junit: `<testcase name="2 stacks" classname="apigateway-guard" time="0">\n      <skipped>${SAID}</skipped>`,
    markdown: `### Not checked\n\n- <code>&#50; stacks</code>: ${SAID}\n`,
    html: `<li>${SAID} <span>(2 stacks)</span></li>`,
    github: `::notice title=apigateway-guard::Not checked in 2 stacks: ${SAID}\n`,
    unix: `states/shop.json:1:1: info: Not checked in 2 stacks: ${SAID} [apigateway-guard]\n`,
};

describe("what was not checked", () => {
    for (const name of FORMAT_NAMES.filter((one) => one !== "json")) {
        it(`is in the format ${name}, in one line for each reason`, async () => {
            const written = (await formatNamed(name))(REPORT, PLAIN);
            assert.ok(written.includes(AS_WRITTEN[name]), written);
            assert.equal(written.split(SAID).length, 2);
        });
    }

    it("is left out of text that should be quiet", async () =>
        assert.equal((await formatNamed("text"))(REPORT, { ...PLAIN, quiet: true }), ""));
});
