import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readStruct } from "../../../pack/server/struct";

// Malformed values, beside the policy SDK: tests/wire.
describe("readStruct", () => {
    const read = (bytes: Uint8Array) => readStruct(Buffer.from(bytes), (value) => ({ secret: value }));

    it("has its keys in the same order whichever way they were sent", () => {
        const [a, b] = [Struct.fromJavaScript({ a: 1 }), Struct.fromJavaScript({ b: 2 })].map((one) =>
            one.serializeBinary(),
        );
        const sent = Buffer.concat([b as Uint8Array, a as Uint8Array]);
        assert.deepEqual(Object.keys(read(sent)), ["a", "b"]);
    });

    it("has the value that was sent last for a key", () => {
        const all = [1, 2].map((value) => Struct.fromJavaScript({ a: value }).serializeBinary());
        assert.deepEqual(read(Buffer.concat(all)), { a: 2 });
    });

    it("leaves out a key that would change the object itself", () => {
        const properties = { ["__proto__"]: { polluted: true }, a: 1 };
        assert.deepEqual(Object.entries(read(Struct.fromJavaScript(properties).serializeBinary())), [["a", 1]]);
    });

    it("rejects a value of a kind that it does not know, and a key without a value", () => {
        const entry = (...value: number[]) => [0x0a, 3 + value.length, 0x0a, 0x01, 0x61, ...value];
        for (const bytes of [entry(0x12, 0x02, 0x38, 0x01), entry()]) {
            assert.throws(() => read(Uint8Array.from(bytes)), { message: "Unexpected struct type" });
        }
    });
});
