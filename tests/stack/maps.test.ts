import assert from "node:assert/strict";
import { getOrAdd } from "../../stack/maps";

describe("getOrAdd", () => {
    it("makes the value of a key once", () => {
        const lists = new Map<string, number[]>();
        getOrAdd(lists, "a", () => []).push(1);
        getOrAdd(lists, "a", () => []).push(2);
        assert.deepEqual([...lists], [["a", [1, 2]]]);
    });
});
