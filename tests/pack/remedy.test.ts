import assert from "node:assert/strict";
import { applyRemedy } from "../../pack/remedy";
import type { Path } from "../../stack/values";

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
