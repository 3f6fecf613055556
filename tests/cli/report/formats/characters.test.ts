import { deepStrictEqual, strictEqual } from "node:assert";
import { visible } from "../../../../cli/report/formats/characters";

const SHOWN: readonly (readonly [what: string, text: string, shown: string])[] = [
    ["C0 controls", "\u0000 \u0007 \t \n \r \u001b", "\\u{0} \\u{7} \\u{9} \\u{a} \\u{d} \\u{1b}"],
    ["DEL and C1 controls", "\u007f \u0085 \u009b", "\\u{7f} \\u{85} \\u{9b}"],
    ["line and paragraph separators", "\u2028 \u2029", "\\u{2028} \\u{2029}"],
    [
        "characters that turn the direction of writing",
        "\u202a \u202e \u2066 \u2069",
        "\\u{202a} \\u{202e} \\u{2066} \\u{2069}",
    ],
    ["byte order marks", "\ufeff", "\\u{feff}"],
    ["noncharacters", "\ufffe \uffff", "\\u{fffe} \\u{ffff}"],
    ["halves of surrogate pairs", "\ud83d \ude00", "\\u{d83d} \\u{de00}"],
];

describe("visible", () => {
    for (const [what, text, shown] of SHOWN) {
        it(`shows ${what}`, () => strictEqual(visible(text), shown));
    }

    it("leaves all other text alone", () => {
        const text = 'plain "quoted" <b> \\u{1b} äöü 日本語 😀 👩‍👩‍👧';
        strictEqual(visible(text), text);
    });

    it("keeps line feeds, and tabs, if it should", () =>
        deepStrictEqual(
            [visible("a\n\tb\r", "\n"), visible("a\n\tb\r", "\n\t")],
            ["a\n\\u{9}b\\u{d}", "a\n\tb\\u{d}"],
        ));
});
