import assert from "node:assert/strict";
import type { Path } from "../../../apigateway/values";
import { state } from "../../../policies/common/remediation";

type Properties = Record<string, unknown>;

/** What becomes of properties in which "new" is stated at a path. */
function stated(props: Properties, ...path: Path): Properties {
    state({ type: "aws:s3/bucket:Bucket", name: "bucket", urn: "urn", props }, "new", ...path);
    return props;
}

const ROWS: readonly (readonly [when: string, given: readonly [Properties, ...Path], expected: Properties])[] = [
    ["a property that is missing is added", [{ b: 1 }, "a"], { b: 1, a: "new" }],
    ["a property that is there is replaced", [{ a: "old", b: 1 }, "a"], { a: "new", b: 1 }],
    ["one further in is replaced, beside the others", [{ a: { b: "old", c: 1 } }, "a", "b"], { a: { b: "new", c: 1 } }],
    [
        "an entry of a list is mended in place",
        [{ a: [{ b: 1 }, { b: 2, c: 3 }] }, "a", 1, "b"],
        { a: [{ b: 1 }, { b: "new", c: 3 }] },
    ],
    ["an entry is added at the end of a list", [{ a: [1] }, "a", 1], { a: [1, "new"] }],

    ["what is missing on the way is added", [{}, "a", "b"], { a: { b: "new" } }],
    ["null on the way becomes an object", [{ a: null }, "a", "b"], { a: { b: "new" } }],
    ["a text on the way becomes an object", [{ a: "text" }, "a", "b"], { a: { b: "new" } }],
    ["a number on the way becomes an object", [{ a: 5 }, "a", "b"], { a: { b: "new" } }],
    ["a list on the way becomes an object where a name is sought in it", [{ a: [1] }, "a", "b"], { a: { b: "new" } }],
    ["an entry that is null becomes an object", [{ a: [1, null] }, "a", 1, "b"], { a: [1, { b: "new" }] }],

    [
        "the provider's default is the program's from then on",
        [{ a: 0, __defaults: ["a", "b"] }, "a"],
        { a: "new", __defaults: ["b"] },
    ],
    [
        "the provider's default further in is the program's, and others of that name are not",
        [{ a: { b: 0, __defaults: ["b"] }, __defaults: ["b"] }, "a", "b"],
        { a: { b: "new", __defaults: [] }, __defaults: ["b"] },
    ],
    ["defaults that are no list are left alone", [{ __defaults: "a" }, "a"], { __defaults: "a", a: "new" }],
];

describe("state", () => {
    for (const [when, given, expected] of ROWS) {
        it(when, () => assert.deepEqual(stated(...given), expected));
    }
});
