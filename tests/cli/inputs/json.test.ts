import assert from "node:assert/strict";
import * as fc from "fast-check";
import { BadInput } from "../../../cli/errors";
import { parseJson } from "../../../cli/inputs/json";
import { table } from "../../support/rows";

function parsed(text: string): unknown {
    try {
        return { value: parseJson(text) };
    } catch (error) {
        assert.ok(error instanceof BadInput);
        return error.message;
    }
}

table("parseJson", parsed, [
    ["has the value of JSON", '{"a":[1,"b",null]}', { value: { a: [1, "b", null] } }],
    [
        "finds text where JSON should begin, as in a .env file",
        "TOKEN=hunter2",
        "is not JSON: it goes wrong at line 1, column 1",
    ],
    ["finds nothing", " \n", "is empty"],
    ["finds YAML", "all: mandatory\n", "is not JSON: it goes wrong at line 1, column 1"],
    ["finds a comment", '{\n  // why\n  "a": 1\n}', "is not JSON: it goes wrong at line 2, column 3"],
    ["finds a missing comma", '{\n"a": 1\n"b": 2\n}', "is not JSON: it goes wrong at line 3, column 1"],
    ["finds a comma after the last value of a list", "[1,\n2,\n]", "is not JSON: it goes wrong at line 3, column 1"],
    ["finds a comma after the last value of an object", '{"a":1,}', "is not JSON: it goes wrong at line 1, column 8"],
    ["finds a missing colon", '{"a" 1}', "is not JSON: it goes wrong at line 1, column 6"],
    ["finds a key without quotes", "{a:1}", "is not JSON: it goes wrong at line 1, column 2"],
    ["finds single quotes", "['a']", "is not JSON: it goes wrong at line 1, column 2"],
    ["finds what closes a list in an object", '{"a":1]', "is not JSON: it goes wrong at line 1, column 7"],
    ["finds a line break in a string", '["a\nb"]', "is not JSON: it goes wrong at line 1, column 4"],
    ["finds the text with an escape that is none", '["\\x41"]', "is not JSON: it goes wrong at line 1, column 2"],
    ["finds the text with a digit that no escape has", '["\\u00g0"]', "is not JSON: it goes wrong at line 1, column 2"],
    ["finds a misspelt word", "[nil]", "is not JSON: it goes wrong at line 1, column 2"],
    ["finds a number that goes on after a zero", "[01]", "is not JSON: it goes wrong at line 1, column 3"],
    ["finds a number without a digit after its point", "[1.]", "is not JSON: it goes wrong at line 1, column 4"],
    ["finds NaN", "[NaN]", "is not JSON: it goes wrong at line 1, column 2"],
    ["finds a second value", "{}\n{}", "is not JSON: it goes wrong at line 2, column 1"],
    ["finds a space that is none in JSON", "\u00a0{}", "is not JSON: it goes wrong at line 1, column 1"],
    ["finds the end in an object", '{"a":\n1', "is not JSON: it ends too early at line 2, column 2"],
    ["finds the end in a string", '{"a":"secr', "is not JSON: it ends too early at line 1, column 11"],
    ["finds the end in an escape", '["\\u00', "is not JSON: it ends too early at line 1, column 7"],
    ["finds a word that is cut off", "[tru", "is not JSON: it goes wrong at line 1, column 2"],
    ["finds the end in a number", "[1.5e+", "is not JSON: it ends too early at line 1, column 7"],
    ["finds the end after a comma", '{"a":1,', "is not JSON: it ends too early at line 1, column 8"],
    ["gives up at a depth that no file of Pulumi has", "[".repeat(200_000), "is nested too deeply"],
    [
        "counts lines once in a long text",
        `${"\n".repeat(200_000)}x`,
        "is not JSON: it goes wrong at line 200001, column 1",
    ],
]);

describe("the position of an error in JSON", () => {
    /** JSON in which a few characters were put in, taken out or replaced. */
    const broken = fc
        .tuple(
            fc.json(),
            fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.constantFrom("", ...'{}[]:,"\\-.e019tu \n\u0001x')), {
                minLength: 1,
                maxLength: 3,
            }),
        )
        .map(([text, changes]) =>
            changes.reduce((so, [at, length, put]) => {
                const from = at % (so.length + 1);
                return so.slice(0, from) + put + so.slice(from + length);
            }, text),
        );

    it("is after a beginning that can go on to be JSON, at the text, word or number that cannot", () => {
        fc.assert(
            fc.property(broken, (text) => {
                const result = parsed(text);
                fc.pre(typeof result === "string" && result !== "is empty");
                const [, line, column] = /at line (\d+), column (\d+)$/.exec(result as string) ?? [];
                const lines = text.split("\n").slice(0, Number(line) - 1);
                const offset = lines.reduce((sum, one) => sum + one.length + 1, 0) + Number(column) - 1;
                const wrong = [...text].findIndex((_, at) => !isBeginning(text.slice(0, at + 1)));
                if (wrong !== -1 && isInString(text.slice(0, wrong))) {
                    // A text is wrong as a whole, or at its end.
                    return;
                }
                assert.ok(isBeginning(text.slice(0, offset)), `${offset} of ${text}`);
                const token = text.slice(offset, wrong === -1 ? text.length : wrong);
                assert.match(token, /^[^\s{}[\],:"]*$/, `${offset} of ${text}`);
                assert.equal(String(result).includes("ends too early"), offset === text.length);
            }),
            { numRuns: 300 },
        );
    });
});

/** Whether JSON.parse finds nothing wrong with a text but that it ends, whatever is done to end it. */
function isBeginning(text: string): boolean {
    const closed = ends(text).map((end) => text + end);
    return closed.some((whole) => {
        try {
            JSON.parse(whole);
            return true;
        } catch {
            return false;
        }
    });
}

function isInString(text: string): boolean {
    return /^(?:[^"]|"(?:[^"\\]|\\.)*")*"(?:[^"\\]|\\.?)*$/s.test(text);
}

/** All that may end a value that has begun, before what is open is closed. */
function ends(text: string): string[] {
    const open: string[] = [];
    let inString = false;
    for (let at = 0; at < text.length; at++) {
        if (inString) {
            inString = text[at] !== '"';
            at += text[at] === "\\" ? 1 : 0;
        } else if (text[at] === '"') {
            inString = true;
        } else if (text[at] === "{" || text[at] === "[") {
            open.push(text[at] === "{" ? "}" : "]");
        } else if (text[at] === "}" || text[at] === "]") {
            open.pop();
        }
    }
    const closing = open.reverse().join("");
    const inAString = ["", "n", "0", "00", "000", "0000"].flatMap((rest) => [`${rest}"`, `${rest}":0`]);
    const words = ["true", "false", "null"].flatMap((word) => [...word].map((_, at) => word.slice(at)));
    return ["", "0", ":0", '"":0', ...inAString, ...words].map((end) => end + closing);
}
