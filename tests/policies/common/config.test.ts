import assert from "node:assert/strict";
import { strictConfig } from "../../../policies/common/config";

const SCHEMA = {
    properties: {
        minDays: { type: "integer" as const, default: 1 },
        exclude: { type: "array" as const, items: { type: "string" as const }, default: [] },
        readXYZ: { type: "boolean" as const, default: true },
        setDays: { type: "integer" as const },
    },
};
const DEFAULTS = { minDays: 1, exclude: [], readXYZ: true };

type Properties = Record<string, unknown>;

/** A policy's config as the policy reads it, or the error whole. */
function read(given: Properties, schema: Parameters<typeof strictConfig>[1] = SCHEMA): Properties | string {
    const config = strictConfig<Properties>("shop-policy", schema, ({ minDays }) =>
        minDays === 13 ? "13 is no number of days." : undefined,
    );
    try {
        return config({ getConfig: <T>() => given as T });
    } catch (error) {
        assert.ok(error instanceof Error);
        assert.equal(error.stack, error.message, "the policy SDK prints the stack");
        return error.message;
    }
}

const near = (key: string, known: string) => `shop-policy: there is no config key "${key}". Did you mean "${known}"?`;
const far = (key: string) =>
    `shop-policy: there is no config key "${key}". Its keys are "minDays", "exclude", "readXYZ", "setDays".`;

const ROWS: readonly (readonly [when: string, given: Properties, expected: Properties | string])[] = [
    ["what is not given has its default, and none without one", {}, DEFAULTS],
    ["what is given beats its default", { minDays: 7, setDays: 90 }, { ...DEFAULTS, minDays: 7, setDays: 90 }],
    ["false and 0 beat a default, too", { readXYZ: false, minDays: 0 }, { ...DEFAULTS, readXYZ: false, minDays: 0 }],
    ["a contradiction is an error", { minDays: 13 }, "shop-policy: 13 is no number of days."],

    ["an unknown key is an error, before any contradiction", { minDays: 13, unheardOf: 1 }, far("unheardOf")],
    ["one letter too many", { minDayss: 1 }, near("minDayss", "minDays")],
    ["one letter too few", { mnDays: 1 }, near("mnDays", "minDays")],
    ["one letter for another", { minDaya: 1 }, near("minDaya", "minDays")],
    ["two letters in each other's place", { minDasy: 1 }, near("minDasy", "minDays")],
    ["two letters too many", { minDaysss: 1 }, near("minDaysss", "minDays")],
    ["two letters too few at the start", { nDays: 1 }, near("nDays", "minDays")],
    ["two letters for others", { minDoya: 1 }, near("minDoya", "minDays")],
    ["one letter for another at the start and one too few at the end", { sinDay: 1 }, near("sinDay", "minDays")],
    ["three letters too many", { minDayssss: 1 }, far("minDayssss")],
    ["three letters for others", { maxDoys: 1 }, far("maxDoys")],
    ["three letters too few", { days: 1 }, far("days")],
    ["capitals do not count", { READXYZ: 1 }, near("READXYZ", "readXYZ")],
    ["small letters do not count", { readxyz: 1 }, near("readxyz", "readXYZ")],
    ["of several that are near it is the first", { sinDays: 1 }, near("sinDays", "minDays")],
    ["an empty key is an error", { "": 1 }, far("")],
    ["a key that every object inherits is an error", { toString: 1 }, far("toString")],
];

describe("strictConfig", () => {
    for (const [when, given, expected] of ROWS) {
        it(when, () => assert.deepEqual(read(given), expected));
    }

    it("a policy without config accepts none", () => {
        assert.deepEqual(read({}, { properties: {} }), {});
    });

    it("a policy without config names no keys", () => {
        const message = 'shop-policy: there is no config key "minDays". This policy has no config.';
        assert.equal(read({ minDays: 1 }, { properties: {} }), message);
    });
});
