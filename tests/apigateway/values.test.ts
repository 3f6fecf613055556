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
} from "../../apigateway/values";
import { type Row, table } from "./rows";

/** What the policy SDK puts around properties: it throws on an unknown one. Exported at run time, missing from its typings. */
const proxied = (sdk as unknown as { unknownCheckingProxy(props: unknown): unknown }).unknownCheckingProxy;

/** The SDK's proxies throw on these; `policy analyze` and a property inside a text come without any proxy. */
const STAND_INS = {
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

/** A reader's rows, each as a resource's properties are with the SDK's proxy around them, and as they are without. */
function reads(read: Reader, rows: readonly Row<Given, unknown>[]): void {
    table(
        `${read.name} of what the SDK hands out`,
        ([props, ...path]: Given) => read({ props: proxied(props) }, ...path),
        rows,
    );
    table(`${read.name} of a plain object`, ([props, ...path]: Given) => read({ props }, ...path), rows);
}

reads(text, [
    ["a text is known", [{ a: "x" }, "a"], "x"],
    ["a text of blanks is a text", [{ a: " " }, "a"], " "],

    ["an empty text is absent", [{ a: "" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["undefined is absent", [{ a: undefined }, "a"], undefined],
    ["a property that is missing is absent", [{}, "a"], undefined],
    ["a number is no text", [{ a: 5 }, "a"], undefined],
    ["false is no text", [{ a: false }, "a"], undefined],
    ["a list is no text", [{ a: ["x"] }, "a"], undefined],
    ["an object is no text", [{ a: { b: "x" } }, "a"], undefined],
    ["what every object inherits is no text", [{}, "toString"], undefined],

    ...Object.entries(STAND_INS).map(
        ([kind, value]): Row<Given, unknown> => [
            `the stand-in for an unknown ${kind} is unknown`,
            [{ a: value }, "a"],
            UNKNOWN,
        ],
    ),
    ...Object.entries(STAND_INS).map(
        ([kind, value]): Row<Given, unknown> => [
            `the stand-in for an unknown ${kind} inside a text is unknown`,
            [{ a: `id-${value}/prod` }, "a"],
            UNKNOWN,
        ],
    ),
    ["what preview --json prints for an unknown is unknown", [{ a: "[unknown]" }, "a"], UNKNOWN],
    ["a secret that could not be opened is unknown", [{ a: "[secret]" }, "a"], UNKNOWN],
    [
        "a text about [unknown] and [secret] is a text",
        [{ a: "see [unknown], [secret]" }, "a"],
        "see [unknown], [secret]",
    ],

    ["further in is known", [{ a: { b: { c: "x" } } }, "a", "b", "c"], "x"],
    ["further in is known beside what is not", [{ a: { b: "x", c: STAND_INS.string } }, "a", "b"], "x"],
    ["an entry of a list is known", [{ a: [{ b: "x" }, { b: "y" }] }, "a", 1, "b"], "y"],
    ["an entry of a list is known beside one that is not", [{ a: [STAND_INS.object, { b: "y" }] }, "a", 1, "b"], "y"],
    ["further in is unknown", [{ a: { b: STAND_INS.string } }, "a", "b"], UNKNOWN],
    ["an entry of a list is unknown", [{ a: [{}, { b: STAND_INS.string }] }, "a", 1, "b"], UNKNOWN],
    ["all inside an unknown object is unknown", [{ a: STAND_INS.object }, "a", "b", "c"], UNKNOWN],
    ["all inside an unknown list is unknown", [{ a: STAND_INS.list }, "a", 0, "b"], UNKNOWN],
    ["all inside an unknown entry of a list is unknown", [{ a: [STAND_INS.object] }, "a", 0, "b"], UNKNOWN],
    ["all inside a secret that could not be opened is unknown", [{ a: "[secret]" }, "a", "b"], UNKNOWN],
    ["nothing is inside null", [{ a: null }, "a", "b"], undefined],
    ["nothing is inside a text", [{ a: "text" }, "a", "length", "b"], undefined],
    ["nothing is inside a number", [{ a: 5 }, "a", "b"], undefined],
    ["nothing is inside what is missing", [{}, "a", "b", "c"], undefined],
    ["a list has no names", [{ a: [{ b: "x" }] }, "a", "b"], undefined],
    ["an object has no first entry", [{ a: { b: "x" } }, "a", 0], undefined],
    ["nothing is behind the end of a list", [{ a: ["x"] }, "a", 1], undefined],
    ["null has no properties", [null, "a"], undefined],
    ["undefined has no properties", [undefined, "a"], undefined],
]);

reads(number, [
    ["a number is known", [{ a: 365 }, "a"], 365],
    ["0 is known", [{ a: 0 }, "a"], 0],
    ["a fraction is known", [{ a: 0.5 }, "a"], 0.5],
    ["a number in a text is known", [{ a: "365" }, "a"], 365],
    ["0 in a text is known", [{ a: "0" }, "a"], 0],
    ["a negative number in a text is known", [{ a: "-1" }, "a"], -1],
    ["a text that only starts with a number is none", [{ a: "365 days" }, "a"], undefined],
    ["a text that only ends with a number is none", [{ a: "day 365" }, "a"], undefined],
    ["an empty text is absent", [{ a: "" }, "a"], undefined],
    ["a text of blanks is no 0", [{ a: " " }, "a"], undefined],
    ["true is no 1", [{ a: true }, "a"], undefined],
    ["a list of one number is no number", [{ a: [365] }, "a"], undefined],
    ["a list of one number in a text is no number", [{ a: ["365"] }, "a"], undefined],
    ["null is absent, not 0", [{ a: null }, "a"], undefined],
    ["an unknown number is unknown", [{ a: STAND_INS.number }, "a"], UNKNOWN],
]);

reads(flag, [
    ["true is known", [{ a: true }, "a"], true],
    ["false is known", [{ a: false }, "a"], false],
    ["true in a text is known", [{ a: "true" }, "a"], true],
    ["false in a text is known", [{ a: "false" }, "a"], false],
    ["another text is no boolean", [{ a: "yes" }, "a"], undefined],
    ["1 is no boolean", [{ a: 1 }, "a"], undefined],
    ["0 is no boolean", [{ a: 0 }, "a"], undefined],
    ["null is absent, not false", [{ a: null }, "a"], undefined],
    ["an unknown boolean is unknown", [{ a: STAND_INS.boolean }, "a"], UNKNOWN],
]);

reads(indices, [
    ["a list has an index for each entry, known or not", [{ a: ["x", STAND_INS.string, null] }, "a"], [0, 1, 2]],
    ["an empty list is a list", [{ a: [] }, "a"], []],
    ["a list further in", [{ a: [{ b: ["x"] }] }, "a", 0, "b"], [0]],
    ["an object is no list", [{ a: { 0: "x", length: 1 } }, "a"], undefined],
    ["a text is no list", [{ a: "text" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["an unknown list is unknown", [{ a: STAND_INS.list }, "a"], UNKNOWN],
]);

reads(keys, [
    [
        "a map has its keys, whether their values are known or not",
        [{ a: { x: 1, y: STAND_INS.string } }, "a"],
        ["x", "y"],
    ],
    ["the engine's own keys are none", [{ a: { __defaults: [], x: 1, _y: 2 } }, "a"], ["x", "_y"]],
    ["an empty map is a map", [{ a: {} }, "a"], []],
    ["a list is no map", [{ a: ["x"] }, "a"], undefined],
    ["a text is no map", [{ a: "text" }, "a"], undefined],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["an unknown map is unknown", [{ a: STAND_INS.object }, "a"], UNKNOWN],
]);

reads(json, [
    ["a text is quoted", [{ a: "x" }, "a"], '"x"'],
    ["a number is a number", [{ a: 5 }, "a"], "5"],
    ["false is something", [{ a: false }, "a"], "false"],
    ["an object is all that is in it", [{ a: { b: ["x", { c: null }] } }, "a"], '{"b":["x",{"c":null}]}'],
    ["null is absent", [{ a: null }, "a"], undefined],
    ["what is missing is absent", [{}, "a"], undefined],
    ["an unknown value is unknown", [{ a: STAND_INS.object }, "a"], UNKNOWN],
    ["an unknown value further in makes all unknown", [{ a: { b: [{ c: STAND_INS.string }] } }, "a"], UNKNOWN],
    [
        "an unknown value inside a text further in makes all unknown",
        [{ a: { b: `x-${STAND_INS.string}` } }, "a"],
        UNKNOWN,
    ],
    ["a closed secret further in makes all unknown", [{ a: { b: ["[secret]"] } }, "a"], UNKNOWN],
]);

/** A resource of a stack, which knows what each property comes from; `a` comes from another resource. */
const dependent = (props: unknown): Readable => ({ props: proxied(props), propertyDependencies: { a: [{}], b: [] } });

table("text of a resource in a stack", ([props, ...path]: Given) => text(dependent(props), ...path), [
    ["a value that is known is known, wherever it comes from", [{ a: "x" }, "a"], "x"],
    ["an unknown that comes from another resource is unknown", [{ a: STAND_INS.string }, "a"], UNKNOWN],
    ["one that is missing is unknown too: providers before v7 leave it out", [{}, "a"], UNKNOWN],
    ["further in the same holds for what is unknown", [{ a: { c: STAND_INS.string } }, "a", "c"], UNKNOWN],
    ["further in the same holds for what is missing", [{ a: {} }, "a", "c"], UNKNOWN],
    ["what is stated as nothing is absent, wherever it comes from", [{ a: null }, "a"], undefined],
    ["a value of the wrong type is absent, wherever it comes from", [{ a: 5 }, "a"], undefined],
    ["an unknown that comes from nowhere is the provider's own, not stated", [{ b: STAND_INS.string }, "b"], undefined],
    ["a property that nobody lists comes from nowhere", [{ c: STAND_INS.string }, "c"], undefined],
    ["further in the same holds", [{ b: { a: STAND_INS.string } }, "b", "a"], undefined],
    ["a closed secret is stated, wherever it comes from", [{ b: "[secret]" }, "b"], UNKNOWN],
    ["what is missing and comes from nowhere is absent", [{}, "b"], undefined],
]);

describe("a Maybe", () => {
    it("is known when it is neither absent nor unknown", () => {
        assert.deepEqual(["", 0, false, null, undefined, UNKNOWN].map(isKnown), [true, true, true, true, false, false]);
    });
});
