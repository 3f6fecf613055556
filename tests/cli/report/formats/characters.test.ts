import { deepStrictEqual, strictEqual } from "node:assert";
import { escapeForLog, escapeUnseen, jsonOf, withoutCommands } from "../../../../cli/report/formats/characters";

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
    [
        "what has no width",
        "\u00ad \u034f \u061c \u180e \u200b \u200c \u200d \u2060 \u2064",
        "\\u{ad} \\u{34f} \\u{61c} \\u{180e} \\u{200b} \\u{200c} \\u{200d} \\u{2060} \\u{2064}",
    ],
    ["tags, which spell hidden text", "a\u{e0041}\u{e007f}", "a\\u{e0041}\\u{e007f}"],
    ["selectors, which hide bytes", "a\ufe00 \ufe0f \u{e0100}", "a\\u{fe00} \\u{fe0f} \\u{e0100}"],
    ["more selectors and joiners than an emoji has", "\u2764\ufe0f\ufe0f\u200d", "\u2764\ufe0f\\u{fe0f}\\u{200d}"],
    ["fillers and blanks", "\u115f \u1160 \u3164 \uffa0 \u2800", "\\u{115f} \\u{1160} \\u{3164} \\u{ffa0} \\u{2800}"],
    ["marks of annotations", "\ufff9 \ufffb", "\\u{fff9} \\u{fffb}"],
    ["noncharacters", "\ufffe \uffff", "\\u{fffe} \\u{ffff}"],
    ["halves of surrogate pairs", "\ud83d \ude00", "\\u{d83d} \\u{de00}"],
];

describe("visible", () => {
    for (const [what, text, shown] of SHOWN) {
        it(`shows ${what}`, () => strictEqual(escapeUnseen(text), shown));
    }

    it("leaves all other text alone", () => {
        const text = 'plain "quoted" <b> \\u{1b} äöü 日本語 😀 👩‍👩‍👧 ❤️ 👍🏽 🧑🏽‍🚀';
        strictEqual(escapeUnseen(text), text);
    });

    it("keeps line feeds, and tabs, if it should", () =>
        deepStrictEqual(
            [escapeUnseen("a\n\tb\r", "\n"), escapeUnseen("a\n\tb\r", "\n\t")],
            ["a\n\\u{9}b\\u{d}", "a\n\tb\\u{d}"],
        ));
});

describe("shown", () => {
    const ROWS: readonly (readonly [what: string, text: string, shown: string])[] = [
        ["a command of GitHub at the start", "::error::x", ":\u200B:error::x"],
        ["a command of GitHub after spaces of any kind", "\u3000 ::error::x", "\u3000 :\u200B:error::x"],
        ["a command of GitHub at the start of another line", "a\n ::x\n\n::y", "a\n :\u200B:x\n\n:\u200B:y"],
        ["an old command of GitHub anywhere", "a ##[error]b", "a #\u200B#[error]b"],
        ["a command of Azure Pipelines anywhere", "a ##VSO[task.complete]b", "a #\u200B#VSO[task.complete]b"],
        ["no colons and no number signs that are none", "a::b ## c #[d]", "a::b ## c #[d]"],
        ["controls first, so that none is left in a command", "#\u200B#[x] :\u200B:", "#\\u{200b}#[x] :\\u{200b}:"],
    ];
    for (const [what, text, expected] of ROWS) {
        it(`breaks ${what}`.replace("breaks no", "leaves"), () => strictEqual(escapeForLog(text, "\n"), expected));
    }
});

describe("withoutCommands", () => {
    it("writes as a reference what begins a command in a log", () =>
        strictEqual(withoutCommands("::a ##[b]\n  ::c &#35;#[d]"), "&#58;:a &#35;#[b]\n  &#58;:c &#35;#[d]"));
});

describe("jsonOf", () => {
    const ALL = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code)).join("");
    const json = jsonOf({ [ALL]: ALL });

    it("reads as the same value, whatever characters it has", () => deepStrictEqual(JSON.parse(json), { [ALL]: ALL }));

    it("has no character that cannot be seen or does something to a terminal", () =>
        strictEqual(/[^\P{C}\n\p{Co}\p{Cn}]|\p{Default_Ignorable_Code_Point}/u.exec(json), null));

    it("has no command to what runs a job", () =>
        strictEqual(jsonOf(["##[error]x", "::error::x"]), '[\n  "\\u0023#[error]x",\n  "::error::x"\n]\n'));
});

describe("the time that a text takes", () => {
    const LONG = {
        "blank lines": "\n".repeat(200_000),
        spaces: " ".repeat(200_000),
        colons: ":".repeat(200_000),
        "number signs": "#".repeat(200_000),
        "emoji that are joined": "\u2764\ufe0f\u200d".repeat(50_000),
        selectors: "\ufe0f".repeat(50_000),
    };
    for (const [what, text] of Object.entries(LONG)) {
        it(`grows no faster than its length with ${what}`, () => {
            escapeForLog(text, "\n\t");
            withoutCommands(text);
            jsonOf(text);
        });
    }
});
