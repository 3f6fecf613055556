import assert from "node:assert/strict";
import * as sdk from "@pulumi/policy";
import {
    flag,
    indices,
    isKnown,
    json,
    keys,
    type Maybe,
    number,
    type Path,
    type Readable,
    text,
    UNKNOWN,
} from "../../stack/values";
import { type Row, table } from "../support/rows";

/** The SDK's proxy around properties, which throws on an unknown one. The SDK exports it without a type. */
const proxied = (sdk as unknown as { unknownCheckingProxy(props: unknown): unknown }).unknownCheckingProxy;

/** The SDK's proxies throw on these, but not inside a longer string; `policy analyze` sends values without a proxy. */
const SENTINELS = {
    string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    asset: "030794c1-ac77-496b-92df-f27374a8bd58",
    archive: "e48ece36-62e2-4504-bad9-02848725956a",
    object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

type Given = readonly [props: unknown, ...path: Path];
type Reader = (of: Readable, ...path: Path) => Maybe<unknown>;

/** Runs each row of a reader twice: with the SDK's proxy around the properties, and without it. */
function reads(read: Reader, rows: readonly Row<Given, unknown>[]): void {
    table(
        `${read.name} of the SDK's proxy`,
        ([props, ...path]: Given) => read({ props: proxied(props) }, ...path),
        rows,
    );
    table(`${read.name} of a plain object`, ([props, ...path]: Given) => read({ props }, ...path), rows);
}

reads(text, [
    ["a string is known", [{ a: "x" }, "a"], "x"],
    ["a string of blanks is a string", [{ a: " " }, "a"], " "],

    ["an empty string is absent", [{ a: "" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["undefined is absent", [{ a: undefined }, "a"], undefined],
    ["a missing property is absent", [{}, "a"], undefined],
    ["a number is not a string", [{ a: 5 }, "a"], undefined],
    ["false is not a string", [{ a: false }, "a"], undefined],
    ["a list is not a string", [{ a: ["x"] }, "a"], undefined],
    ["an object is not a string", [{ a: { b: "x" } }, "a"], undefined],
    ["a property that every object inherits is absent", [{}, "toString"], undefined],

    ...Object.entries(SENTINELS).map(
        ([kind, value]): Row<Given, unknown> => [
            `the sentinel for an unknown ${kind} is unknown`,
            [{ a: value }, "a"],
            UNKNOWN,
        ],
    ),
    ...Object.entries(SENTINELS).map(
        ([kind, value]): Row<Given, unknown> => [
            `the sentinel for an unknown ${kind} inside a string is unknown`,
            [{ a: `id-${value}/prod` }, "a"],
            UNKNOWN,
        ],
    ),
    ["what preview --json prints for an unknown value is unknown", [{ a: "[unknown]" }, "a"], UNKNOWN],
    ["a secret that could not be decrypted is unknown", [{ a: "[secret]" }, "a"], UNKNOWN],
    [
        "a string that contains [unknown] and [secret] is a string",
        [{ a: "see [unknown], [secret]" }, "a"],
        "see [unknown], [secret]",
    ],

    ["a nested value is known", [{ a: { b: { c: "x" } } }, "a", "b", "c"], "x"],
    ["a nested value next to an unknown one is known", [{ a: { b: "x", c: SENTINELS.string } }, "a", "b"], "x"],
    ["a value in a list entry is known", [{ a: [{ b: "x" }, { b: "y" }] }, "a", 1, "b"], "y"],
    [
        "a value in a list entry next to an unknown one is known",
        [{ a: [SENTINELS.object, { b: "y" }] }, "a", 1, "b"],
        "y",
    ],
    ["a nested value is unknown", [{ a: { b: SENTINELS.string } }, "a", "b"], UNKNOWN],
    ["a value in a list entry is unknown", [{ a: [{}, { b: SENTINELS.string }] }, "a", 1, "b"], UNKNOWN],
    ["a value inside an unknown object is unknown", [{ a: SENTINELS.object }, "a", "b", "c"], UNKNOWN],
    ["a value inside an unknown list is unknown", [{ a: SENTINELS.list }, "a", 0, "b"], UNKNOWN],
    ["a value inside an unknown list entry is unknown", [{ a: [SENTINELS.object] }, "a", 0, "b"], UNKNOWN],
    ["a value inside a secret that could not be decrypted is unknown", [{ a: "[secret]" }, "a", "b"], UNKNOWN],
    ["a value inside null is absent", [{ a: null }, "a", "b"], undefined],
    ["a value inside a string is absent", [{ a: "text" }, "a", "length", "b"], undefined],
    ["a value inside a number is absent", [{ a: 5 }, "a", "b"], undefined],
    ["a value that only JavaScript's objects have is absent", [{ a: {} }, "a", "constructor", "name"], undefined],
    ["a value under __proto__ is known", [JSON.parse('{"a":{"__proto__":{"b":"x"}}}'), "a", "__proto__", "b"], "x"],
    ["a value under another key is not inherited", [JSON.parse('{"a":{"__proto__":{"b":"x"}}}'), "a", "b"], undefined],
    ["a value inside a missing property is absent", [{}, "a", "b", "c"], undefined],
    ["a name inside a list is absent", [{ a: [{ b: "x" }] }, "a", "b"], undefined],
    ["an index inside an object is absent", [{ a: { b: "x" } }, "a", 0], undefined],
    ["an index after the end of a list is absent", [{ a: ["x"] }, "a", 1], undefined],
    ["a property of null is absent", [null, "a"], undefined],
    ["a property of undefined is absent", [undefined, "a"], undefined],
]);

reads(number, [
    ["a number is known", [{ a: 365 }, "a"], 365],
    ["0 is known", [{ a: 0 }, "a"], 0],
    ["a fraction is known", [{ a: 0.5 }, "a"], 0.5],
    ["a number in a string is known", [{ a: "365" }, "a"], 365],
    ["0 in a string is known", [{ a: "0" }, "a"], 0],
    ["a negative number in a string is known", [{ a: "-1" }, "a"], -1],
    ["a string that only starts with a number is not a number", [{ a: "365 days" }, "a"], undefined],
    ["a string that only ends with a number is not a number", [{ a: "day 365" }, "a"], undefined],
    ["a hexadecimal number in a string is not a number", [{ a: "0x10" }, "a"], undefined],
    ["an empty string is absent", [{ a: "" }, "a"], undefined],
    ["a string of blanks is not 0", [{ a: " " }, "a"], undefined],
    ["true is not 1", [{ a: true }, "a"], undefined],
    ["a list of one number is not a number", [{ a: [365] }, "a"], undefined],
    ["a list of one number in a string is not a number", [{ a: ["365"] }, "a"], undefined],
    ["what is not a number, as of an invalid float, is absent", [{ a: Number.NaN }, "a"], undefined],
    ["infinity is not a number that anything is set to", [{ a: Number.POSITIVE_INFINITY }, "a"], undefined],
    ["a number in a string that is too large for a number is absent", [{ a: "9".repeat(400) }, "a"], undefined],
    ["null is absent, not 0", [{ a: null }, "a"], undefined],
    ["an unknown number is unknown", [{ a: SENTINELS.number }, "a"], UNKNOWN],
]);

reads(flag, [
    ["true is known", [{ a: true }, "a"], true],
    ["false is known", [{ a: false }, "a"], false],
    ["true in a string is known", [{ a: "true" }, "a"], true],
    ["false in a string is known", [{ a: "false" }, "a"], false],
    ["another string is not a boolean", [{ a: "yes" }, "a"], undefined],
    ["1 is not a boolean", [{ a: 1 }, "a"], undefined],
    ["0 is not a boolean", [{ a: 0 }, "a"], undefined],
    ["null is absent, not false", [{ a: null }, "a"], undefined],
    ["an unknown boolean is unknown", [{ a: SENTINELS.boolean }, "a"], UNKNOWN],
]);

reads(indices, [
    ["a list has an index for each entry, known or not", [{ a: ["x", SENTINELS.string, null] }, "a"], [0, 1, 2]],
    ["an empty list is a list", [{ a: [] }, "a"], []],
    ["a nested list has an index for each entry", [{ a: [{ b: ["x"] }] }, "a", 0, "b"], [0]],
    ["an object is not a list", [{ a: { 0: "x", length: 1 } }, "a"], undefined],
    ["a string is not a list", [{ a: "text" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["an unknown list is unknown", [{ a: SENTINELS.list }, "a"], UNKNOWN],
]);

reads(keys, [
    [
        "a map has its keys, whether their values are known or not",
        [{ a: { x: 1, y: SENTINELS.string } }, "a"],
        ["x", "y"],
    ],
    ["the engine's own keys are left out", [{ a: { __defaults: [], x: 1, _y: 2 } }, "a"], ["x", "_y"]],
    ["a program's keys may begin like the engine's", [{ a: { __x: 1, __defaults: {} } }, "a"], ["__x", "__defaults"]],
    [
        "keys of JavaScript's objects are keys like any other",
        [{ a: JSON.parse('{"__proto__":{},"constructor":{},"toString":{}}') }, "a"],
        ["__proto__", "constructor", "toString"],
    ],
    ["a key whose value is a list is a key", [{ a: { x: [1] } }, "a"], ["x"]],
    ["an empty map is a map", [{ a: {} }, "a"], []],
    ["a map that every object inherits is absent", [{ a: {} }, "a", "__proto__"], undefined],
    ["a list is not a map", [{ a: ["x"] }, "a"], undefined],
    ["a string is not a map", [{ a: "text" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["an unknown map is unknown", [{ a: SENTINELS.object }, "a"], UNKNOWN],
]);

reads(json, [
    ["a string is quoted", [{ a: "x" }, "a"], '"x"'],
    ["a number is a number", [{ a: 5 }, "a"], "5"],
    ["false is a value", [{ a: false }, "a"], "false"],
    ["an object includes everything in it", [{ a: { b: ["x", { c: null }] } }, "a"], '{"b":["x",{"c":null}]}'],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["a missing property is absent", [{}, "a"], undefined],
    ["an unknown value is unknown", [{ a: SENTINELS.object }, "a"], UNKNOWN],
    ["a nested unknown value makes everything unknown", [{ a: { b: [{ c: SENTINELS.string }] } }, "a"], UNKNOWN],
    [
        "an unknown value inside a nested string makes everything unknown",
        [{ a: { b: `x-${SENTINELS.string}` } }, "a"],
        UNKNOWN,
    ],
    [
        "a nested secret that could not be decrypted makes everything unknown",
        [{ a: { b: ["[secret]"] } }, "a"],
        UNKNOWN,
    ],
]);

/** A resource of a stack, which has property dependencies: `a` comes from another resource. */
const dependent = (props: unknown): Readable => ({ props: proxied(props), propertyDependencies: { a: [{}], b: [] } });

table("text of a resource in a stack", ([props, ...path]: Given) => text(dependent(props), ...path), [
    ["a known value is known, wherever it comes from", [{ a: "x" }, "a"], "x"],
    ["an unknown value from another resource is unknown", [{ a: SENTINELS.string }, "a"], UNKNOWN],
    ["a missing value from another resource is unknown, because providers before v7 leave it out", [{}, "a"], UNKNOWN],
    ["a value of undefined from another resource is unknown", [{ a: undefined }, "a"], UNKNOWN],
    ["a nested unknown value from another resource is unknown", [{ a: { c: SENTINELS.string } }, "a", "c"], UNKNOWN],
    ["a nested missing value from another resource is unknown", [{ a: {} }, "a", "c"], UNKNOWN],
    ["null is absent, wherever it comes from", [{ a: null }, "a"], undefined],
    ["a value of the wrong type is absent, wherever it comes from", [{ a: 5 }, "a"], undefined],
    [
        "an unknown value without a list of dependencies is computed by the provider, so it is absent",
        [{ c: SENTINELS.string }, "c"],
        undefined,
    ],
    [
        "a nested unknown value without a list of dependencies is absent",
        [{ c: { a: SENTINELS.string } }, "c", "a"],
        undefined,
    ],
    ["an unknown value from a resource that is only read is unknown", [{ b: SENTINELS.string }, "b"], UNKNOWN],
    ["a missing value from a resource that is only read is unknown", [{ c: 1 }, "b"], UNKNOWN],
    ["a secret that could not be decrypted is unknown, wherever it comes from", [{ b: "[secret]" }, "b"], UNKNOWN],
    ["a missing value without a list of dependencies is absent", [{ a: 1 }, "c"], undefined],
    ["a value that every object inherits is absent", [{ a: 1 }, "toString"], undefined],
    ["every value of a resource without any properties is unknown", [{}, "c"], UNKNOWN],
]);

const native = (props: unknown): Readable => ({ ...dependent(props), type: "aws-native:apigateway:Stage" });

table("text of an aws-native resource in a stack", ([props, ...path]: Given) => text(native(props), ...path), [
    ["a missing value from another resource is unknown", [{ c: 1 }, "a"], UNKNOWN],
    ["a nested unknown value from another resource is unknown", [{ a: { c: SENTINELS.string } }, "a", "c"], UNKNOWN],
    ["a nested missing value is absent, whatever is beside it", [{ a: { b: "x" } }, "a", "c"], undefined],
    ["a value inside a missing one is absent, whatever is beside it", [{ a: { b: "x" } }, "a", "c", "d"], undefined],
    ["a value inside an unknown one is unknown", [{ a: SENTINELS.object }, "a", "c"], UNKNOWN],
]);

describe("a Maybe", () => {
    it("is known when it is neither absent nor unknown", () => {
        assert.deepEqual(["", 0, false, null, undefined, UNKNOWN].map(isKnown), [true, true, true, true, false, false]);
    });
});
