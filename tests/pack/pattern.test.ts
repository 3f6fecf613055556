import assert from "node:assert/strict";
import * as fc from "fast-check";
import { matchesPattern, matchingPatterns } from "../../pack/pattern";
import { type Row, table } from "../support/rows";

table("matchesPattern", ([pattern, name]: readonly [string, string]) => matchesPattern([pattern], name), [
    ["a text matches itself", ["/shop/audit", "/shop/audit"], true],
    ["a text does not match a longer one", ["/shop", "/shop/audit"], false],
    ["a text does not match a longer one that ends with it", ["audit", "/shop/audit"], false],
    ["case matters", ["/Shop", "/shop"], false],
    ["* stands for any text", ["*", "/shop/audit"], true],
    ["* stands for any text, the empty one included", ["/shop*", "/shop"], true],
    ["* at the end matches slashes", ["/shop/*", "/shop/audit/2026"], true],
    ["* at the start matches slashes", ["*/2026", "/shop/audit/2026"], true],
    ["* in the middle matches slashes", ["/shop/*/2026", "/shop/audit/old/2026"], true],
    ["* matches line breaks", ["/shop*audit", "/shop\n\naudit"], true],
    ["a line break does not end a name", ["/shop", "/shop\n"], false],
    ["several * stand for several texts", ["*-*-x", "a-b-c-x"], true],
    ["text between two * must match", ["*-b-*", "a-c-d"], false],
    ["** is the same as *", ["/shop/**", "/shop/audit"], true],
    ["an empty pattern matches an empty name", ["", ""], true],
    ["an empty pattern matches nothing else", ["", "/shop"], false],
    ...[...".+?^${}()|[]\\"].flatMap((special): Row<readonly [string, string], boolean>[] => [
        [`${special} in a pattern stands for itself`, [`a${special}b*`, `a${special}b1`], true],
        [`${special} in a pattern stands for nothing else`, [`a${special}b`, "ab"], false],
    ]),
    ["a dot in a pattern does not stand for any letter", ["a.b", "axb"], false],
    ["brackets in a pattern do not stand for a set of letters", ["[ab]", "a"], false],
    ["a backslash in a pattern does not escape", ["\\d", "1"], false],
    ["the start and the end of a pattern do not share text", ["ab*ba", "aba"], false],
    ["a part between two * and the end of a pattern do not share text", ["*aa*a", "aa"], false],
    ["a part that appears early and late leaves room for what follows", ["*a*b*a", "aba"], true],
    ["surrogate pairs are matched like other text", ["*\u{1F600}", "x\u{1F600}"], true],
]);

describe("matchesPattern", () => {
    it("agrees with a regular expression, whatever pattern and text are", () => {
        const few = fc.string({ unit: fc.constantFrom("a", "b", "*", "/"), maxLength: 12 });
        fc.assert(
            fc.property(few, few, (pattern, text) => {
                const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "s").test(text);
                assert.equal(matchesPattern([pattern], text), expected);
            }),
            { numRuns: 2000 },
        );
    });

    it("finds each of many patterns that a regular expression finds", () => {
        const few = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 5 });
        fc.assert(
            fc.property(fc.array(few), few, (patterns, text) => {
                const expected = [...patterns.keys()].filter((index) =>
                    new RegExp(`^${patterns[index]?.replaceAll("*", ".*")}$`, "s").test(text),
                );
                assert.deepEqual(matchingPatterns(patterns, text), expected);
            }),
            { numRuns: 2000 },
        );
    });

    it("reads each of many patterns once, however many texts there are", () => {
        const read: string[] = [];
        const patterns = new Proxy(
            [...Array(100).keys()].map((index) => `/shop/${index}/*`),
            {
                get: (list, key) => {
                    if (typeof key === "string" && /^\d+$/.test(key)) {
                        read.push(key);
                    }
                    return Reflect.get(list, key);
                },
            },
        );
        const found = [...Array(200).keys()].filter((index) => matchesPattern(patterns, `/shop/${index}/audit`));
        assert.deepEqual(found, [...Array(100).keys()]);
        assert.equal(read.length, 100);
    });

    it("searches a text only for the patterns that begin and end as it does", () => {
        const patterns = [...Array(1000).keys()].map((index) => `/shop/${index}-*-x-*/log`);
        const searches: string[] = [];
        const text = "/shop/77-a-x-b/log";
        const counted = Object.assign(Object(text) as string, {
            indexOf: (part: string, from: number) => {
                searches.push(part);
                return text.indexOf(part, from);
            },
        });
        assert.deepEqual(matchingPatterns(patterns, counted), [77]);
        assert.deepEqual(searches, ["-x-"]);
    });

    const ALMOST = `${"a".repeat(1000)}b`;
    const HARD: readonly (readonly [what: string, pattern: string, text: string, searches: number])[] = [
        ["many * between letters that almost match", `${"*a".repeat(30)}*c*b`, ALMOST, 31],
        ["as many * as the text is long", "*".repeat(1000).concat("c*b"), ALMOST, 1000],
        ["a * before each letter of a long text", `${"*a".repeat(1001)}*b`, ALMOST, 1001],
        ["a long part that almost matches everywhere", `*${"a".repeat(100)}c*`, ALMOST, 1],
    ];
    for (const [what, pattern, text, searches] of HARD) {
        // A regular expression goes back for minutes, or years, for the first.
        it(`searches once for each part, and never goes back, with ${what}`, () => {
            const starts: number[] = [];
            const counted = Object.assign(Object(text) as string, {
                indexOf: (part: string, from: number) => {
                    starts.push(from);
                    return text.indexOf(part, from);
                },
            });
            assert.equal(matchesPattern([pattern], counted), false);
            assert.equal(starts.length, searches);
            assert.deepEqual(
                starts,
                [...starts].sort((a, b) => a - b),
            );
        });
    }
});
