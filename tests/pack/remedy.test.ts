import assert from "node:assert/strict";
import { applyRemedy, remedyWithCode } from "../../pack/remedy";
import { typeScript } from "../../stack/code/typescript";
import type { Path } from "../../stack/values";
import { table } from "../support/rows";
import { UNKNOWN_VALUE } from "../support/wire/declare";

type Properties = Record<string, unknown>;

/** The inputs after "new" is set at a path. */
function afterSetting(inputs: Properties, ...path: Path): Properties {
    applyRemedy(inputs, [{ set: path, to: "new" }]);
    return inputs;
}

const ROWS: readonly (readonly [when: string, given: readonly [Properties, ...Path], expected: Properties])[] = [
    ["a missing property is added", [{ b: 1 }, "a"], { b: 1, a: "new" }],
    ["an existing property is replaced", [{ a: "old", b: 1 }, "a"], { a: "new", b: 1 }],
    [
        "a nested property is replaced, and the others stay",
        [{ a: { b: "old", c: 1 } }, "a", "b"],
        { a: { b: "new", c: 1 } },
    ],
    [
        "an entry of a list is changed in place",
        [{ a: [{ b: 1 }, { b: 2, c: 3 }] }, "a", 1, "b"],
        { a: [{ b: 1 }, { b: "new", c: 3 }] },
    ],
    ["an entry is added at the end of a list", [{ a: [1] }, "a", 1], { a: [1, "new"] }],

    ["a missing object on the path is added", [{}, "a", "b"], { a: { b: "new" } }],
    ["null on the path becomes an object", [{ a: null }, "a", "b"], { a: { b: "new" } }],
    ["a text on the path becomes an object", [{ a: "text" }, "a", "b"], { a: { b: "new" } }],
    ["a number on the path becomes an object", [{ a: 5 }, "a", "b"], { a: { b: "new" } }],
    [
        "a list on the path becomes an object where the path names a property",
        [{ a: [1] }, "a", "b"],
        { a: { b: "new" } },
    ],
    ["a list entry that is null becomes an object", [{ a: [1, null] }, "a", 1, "b"], { a: [1, { b: "new" }] }],

    [
        "the property is removed from the list of the provider's defaults",
        [{ a: 0, __defaults: ["a", "b"] }, "a"],
        { a: "new", __defaults: ["b"] },
    ],
    [
        "a nested property is removed only from the list of defaults next to it",
        [{ a: { b: 0, __defaults: ["b"] }, __defaults: ["b"] }, "a", "b"],
        { a: { b: "new", __defaults: [] }, __defaults: ["b"] },
    ],
    ["defaults that are not a list stay as they are", [{ __defaults: "a" }, "a"], { __defaults: "a", a: "new" }],
];

describe("applyRemedy", () => {
    for (const [when, given, expected] of ROWS) {
        it(when, () => assert.deepEqual(afterSetting(...given), expected));
    }

    it("sets several inputs in order", () => {
        const inputs = { a: [] };
        applyRemedy(inputs, [
            { set: ["a", 0, "b"], to: 1 },
            { set: ["a", 1], to: 2 },
        ]);
        assert.deepEqual(inputs, { a: [{ b: 1 }, 2] });
    });
});

/** The code for "new" at a path of some inputs, in TypeScript. */
function codeFor([props, ...path]: readonly [Properties, ...Path]): string | undefined {
    const { code } = remedyWithCode({ props }, [{ set: path, to: "new" }]);
    return code && typeScript(code);
}

table("the code of a remedy", codeFor, [
    ["sets a property", [{ a: "old", b: 1 }, "a"], 'a: "new"'],
    ["sets a property of an object and leaves out the others", [{ a: { c: 1 } }, "a", "b"], 'a: { b: "new" }'],
    ["has a whole list", [{ a: ["x"] }, "a", 1], 'a: ["x", "new"]'],
    [
        "has a whole list of objects",
        [{ a: [{ c: 1 }, { d: true }] }, "a", 1, "b"],
        'a: [{ c: 1 }, { b: "new", d: true }]',
    ],
    ["has a whole list inside an object", [{ a: { c: 1, d: [{}] } }, "a", "d", 0, "b"], 'a: { d: [{ b: "new" }] }'],
    ["leaves out entries that are null", [{ a: [null, "x"] }, "a", 2], 'a: ["x", "new"]'],
    ["leaves out values that are null", [{ a: [{ c: null }] }, "a", 0, "b"], 'a: [{ b: "new" }]'],
    ["leaves out the provider's list of defaults", [{ a: [{ __defaults: ["c"] }] }, "a", 0, "b"], 'a: [{ b: "new" }]'],
    ["leaves out keys that are not names of properties", [{ a: [{ "c: 1 }": 1 }] }, "a", 0, "b"], 'a: [{ b: "new" }]'],
    [
        "leaves out what is deeper than any property that a remedy sets",
        [{ a: { b: [{ c: { d: 1 } }] } }, "a", "b", 0, "e"],
        'a: { b: [{ c: {  }, e: "new" }] }',
    ],
    ["is not there if the list is not known", [{ a: UNKNOWN_VALUE }, "a", 0, "b"], undefined],
    ["is not there if a part of the list is not known", [{ a: [{}, { c: UNKNOWN_VALUE }] }, "a", 0, "b"], undefined],
]);
