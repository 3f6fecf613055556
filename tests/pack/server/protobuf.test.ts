import assert from "node:assert/strict";
import { fieldsOf } from "../../../pack/server/protobuf";
import { table } from "../../support/rows";

const read = (bytes: readonly number[]) =>
    [...fieldsOf(Buffer.from(bytes))].map(({ number, value }) => [
        number,
        typeof value === "number" ? value : [...value],
    ]);

table("fieldsOf", read, [
    ["of nothing are none", [], []],
    ["may be a number", [0x08, 0x05], [[1, 5]]],
    ["may be a number of several bytes", [0x08, 0x96, 0x01], [[1, 150]]],
    ["may be a number of more than 32 bits", [0x08, 0x80, 0x80, 0x80, 0x80, 0x10], [[1, 2 ** 32]]],
    ["may be bytes", [0x12, 0x02, 0x61, 0x62], [[2, [0x61, 0x62]]]],
    ["may be empty bytes", [0x12, 0x00], [[2, []]]],
    ["may have 64 bits", [0x11, 1, 2, 3, 4, 5, 6, 7, 8], [[2, [1, 2, 3, 4, 5, 6, 7, 8]]]],
    ["may have 32 bits", [0x15, 1, 2, 3, 4], [[2, [1, 2, 3, 4]]]],
    ["may have numbers above 15", [0x82, 0x01, 0x00], [[16, []]]],
    [
        "are in the order in which they were sent",
        [0x10, 0x01, 0x08, 0x02, 0x10, 0x03],
        [
            [2, 1],
            [1, 2],
            [2, 3],
        ],
    ],
]);

describe("fieldsOf rejects", () => {
    const ROWS: readonly (readonly [what: string, bytes: readonly number[], message: RegExp])[] = [
        ["a number that does not end", [0x08, 0x80], /in the middle of a number/],
        ["a field without a value", [0x08], /in the middle of a number/],
        ["fewer bytes than it says", [0x12, 0x02, 0x61], /in the middle of a field/],
        ["a group, which the engine does not send", [0x0b], /wire type 3/],
    ];
    for (const [what, bytes, message] of ROWS) {
        it(what, () => assert.throws(() => read(bytes), { message }));
    }
});
