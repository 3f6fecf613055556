import assert from "node:assert/strict";
import { FORMAT_NAMES, type FormatName, formatNamed } from "../../../../cli/report/formats";
import { OWNER, owned, report } from "./reports";

const MADE = "Made by shop/dev: urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod.";
const STAGE_MADE = `In no stack given. Its stage is made by ${MADE.slice("Made by ".length)}`;
const NONE = "In no stack given.";

/** How a format writes what a sentence has; json has fields in place of the sentence. */
const AS_WRITTEN: Readonly<Record<Exclude<FormatName, "json">, (sentence: string) => string>> = {
    text: (sentence) => `\n    ${sentence}\n`,
    sarif: (sentence) => `\\n${sentence}"`,
    junit: (sentence) => `&#10;${sentence}&#10;`,
    markdown: (sentence) => ` ${sentence} |`,
    html: (sentence) => `<span class="muted small">${sentence.replaceAll("/", "&#x2F;")}</span>`,
    github: (sentence) => `%0A${sentence}\n`,
    unix: (sentence) => ` ${sentence} `,
};

describe("a finding about a live account says who owns its resource", () => {
    for (const name of FORMAT_NAMES.filter((one) => one !== "json")) {
        it(`as ${name}`, async () => {
            const format = await formatNamed(name);
            const write = (finding: ReturnType<typeof owned>) =>
                format(report(finding), { color: false, quiet: false });
            const rows = [
                [owned(OWNER), MADE],
                [owned({ ...OWNER, makes: "stage" }), STAGE_MADE],
                [owned(), NONE],
            ] as const;
            for (const [finding, sentence] of rows) {
                const written = write(finding).replaceAll("\u200B", "");
                // Where no place is known, the line after it is the URN.
                assert.ok(written.includes(AS_WRITTEN[name](sentence).trimEnd()), written);
            }
        });
    }
});
