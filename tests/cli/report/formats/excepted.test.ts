import assert from "node:assert/strict";
import { validateXML } from "xmllint-wasm";
import { FORMAT_NAMES, type FormatName, formatNamed } from "../../../../cli/report/formats";
import { githubReport } from "../../../../cli/report/formats/github";
import { junitReport } from "../../../../cli/report/formats/junit";
import { markdownReport } from "../../../../cli/report/formats/markdown";
import { sarifReport } from "../../../../cli/report/formats/sarif";
import { textReport } from "../../../../cli/report/formats/text";
import type { Report } from "../../../../cli/report/model";
import { schema } from "../../../support/schemas/schema";
import { EXCEPTED, EXEMPT, report, STAGE } from "./reports";

const REPORT: Report = { ...report(STAGE), excepted: [EXCEPTED], exempt: [EXEMPT] };

const PLAIN = { color: false, quiet: false };
const GROUNDS = 'Exception "OPS-7", until 2027-03-31: The group moves to another stack. Exception "OPS-8": It is old.';

/** How each format but json has the reasons, and that there are more of them than findings. */
const AS_WRITTEN: Readonly<Record<Exclude<FormatName, "json">, string>> = {
    text: "1 finding (1 mandatory, 0 advisory) in 1 stack, 16 resources; 3 policies; 1 excepted (--show-excepted).",
    sarif: JSON.stringify(`${EXCEPTED.policy}, ${EXCEPTED.urn}: ${GROUNDS}`).slice(1, -1),
    junit: `<skipped>${GROUNDS.replaceAll('"', "&#34;")}</skipped>`,
    markdown: `<code>${EXCEPTED.policy}</code>, <code>${EXCEPTED.urn}</code>: ${GROUNDS}`,
    html: `<p class="muted">Advisory, but excepted. ${GROUNDS.replaceAll('"', "&quot;")}</p>`,
    github: `shop/dev: 1 excepted%0A${EXCEPTED.policy}, ${EXCEPTED.urn}: ${GROUNDS}\n`,
    unix: `info: Excepted. ${GROUNDS} Log group`,
};

describe("what is excepted", () => {
    for (const name of FORMAT_NAMES.filter((one) => one !== "json")) {
        it(`is in the format ${name}, with its reasons`, async () => {
            const written = (await formatNamed(name))(REPORT, PLAIN).replaceAll("\u200B", "");
            assert.ok(written.includes(AS_WRITTEN[name]), written);
        });

        it(`is in the format ${name} also where events have only a line about it`, async () => {
            const written = (await formatNamed(name))(REPORT, PLAIN);
            assert.match(written, /exempts 1 resource/);
            assert.doesNotMatch((await formatNamed(name))(report(STAGE), PLAIN), /exempt/);
        });
    }

    const MANY = Array.from({ length: 1000 }, () => EXCEPTED);

    it("is a notice of GitHub's that the runner does not cut off, and says how many more there are", () => {
        const notice = githubReport({ ...report(), excepted: MANY })
            .split("::")
            .slice(2)
            .join("::")
            .trimEnd();
        const lines = notice.replaceAll("%0A", "\n");
        assert.ok(lines.length <= 4096 && lines.length > 3800, String(lines.length));
        const listed = lines.split("\n").length - 2;
        assert.match(lines, new RegExp(`\nand ${1000 - listed} more; the format json has them all$`));
    });

    it("is left out of Markdown before a finding is", () => {
        const findings = Array.from({ length: 60 }, () => STAGE);
        const written = markdownReport({ ...report(...findings), excepted: MANY });
        assert.ok(written.length <= 65_000 && written.length > 64_000, String(written.length));
        assert.equal(written.split("\n").filter((line) => line.startsWith("| mandatory")).length, 60);
        const listed = written.split("\n").filter((line) => line.startsWith("- <code>")).length;
        assert.match(written, new RegExp(`^\\*\\*Left out here: ${1000 - listed} excepted findings\\.\\*\\*`, "m"));
    });

    it("is listed in text when that is asked for", () => {
        assert.equal(
            textReport({ ...REPORT, findings: [], exempt: [] }, { ...PLAIN, showExcepted: true }),
            `shop/dev  states/shop.json

  orders  aws:cloudwatch/logGroup:LogGroup
    excepted  advisory  cloudwatch-log-group-retention  medium, would be remediated
      ${GROUNDS}
      Log group "orders" never expires: it has no retention.
      Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
      retentionInDays: 90

✓ No findings in 1 stack, 16 resources; 3 policies; 1 excepted.
`,
        );
    });

    it("is among the results of SARIF, as suppressed, only when that is asked for", () => {
        const resultsOf = (log: string) => JSON.parse(log).runs[0].results as { suppressions?: unknown }[];
        assert.deepEqual(
            resultsOf(sarifReport(REPORT)).map(({ suppressions }) => suppressions),
            [undefined],
        );
        assert.deepEqual(
            resultsOf(sarifReport(REPORT, { suppressions: true })).map(({ suppressions }) => suppressions),
            [
                undefined,
                [
                    {
                        kind: "external",
                        status: "accepted",
                        justification: 'Exception "OPS-7", until 2027-03-31: The group moves to another stack.',
                    },
                    { kind: "external", status: "accepted", justification: 'Exception "OPS-8": It is old.' },
                ],
            ],
        );
        assert.doesNotMatch(sarifReport(REPORT, { suppressions: true }), /"text": "[^"]*OPS-7/);
    });

    it("is a skipped test that Jenkins accepts, and no failed one", async () => {
        const contents = schema("jenkins-junit.xsd");
        // Jenkins' schema has no empty list of properties, without which the stricter one of other tests has none.
        const xml = [{ fileName: "report.xml", contents: junitReport(REPORT).replace("<properties/>", "") }];
        const { errors } = await validateXML({ xml, schema: [{ fileName: "schema.xsd", contents }] });
        assert.deepEqual(errors, []);
        assert.match(junitReport(REPORT), / tests="3" failures="1" errors="0" skipped="1" /);
        assert.match(junitReport(REPORT), /<testcase name="cloudwatch-log-group-retention: orders"[^>]*>\s*<skipped>/);
    });
});
