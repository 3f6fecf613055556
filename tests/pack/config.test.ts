import assert from "node:assert/strict";
import { readConfig } from "../../pack/config";

const KEYS = {
    minDays: { type: "integer", default: 1, description: "" },
    exclude: { type: "array", items: { type: "string" }, default: [], description: "" },
    readXYZ: { type: "boolean", default: true, description: "" },
    setDays: { type: "integer", description: "" },
} as const;
const DEFAULTS = { minDays: 1, exclude: [], readXYZ: true };

type Properties = Record<string, unknown>;

/** A config as the policy gets it, or the whole error message. */
function read(given: Properties): object | string {
    const contradiction = ({ minDays }: Properties) => (minDays === 13 ? "13 is not a number of days." : undefined);
    try {
        // The defaults of keys are kept, so each row has keys of its own.
        return readConfig({ name: "shop-policy", config: { ...KEYS }, contradiction }, given);
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
    ["a key that is left out has its default, if it has one", {}, DEFAULTS],
    ["a given value replaces the default", { minDays: 7, setDays: 90 }, { ...DEFAULTS, minDays: 7, setDays: 90 }],
    ["false and 0 replace a default, too", { readXYZ: false, minDays: 0 }, { ...DEFAULTS, readXYZ: false, minDays: 0 }],
    ["a contradiction is an error", { minDays: 13 }, "shop-policy: 13 is not a number of days."],

    ["an unknown key is an error, before any contradiction", { minDays: 13, unheardOf: 1 }, far("unheardOf")],
    ["one letter too many: the near key is suggested", { minDayss: 1 }, near("minDayss", "minDays")],
    ["one letter too few: the near key is suggested", { mnDays: 1 }, near("mnDays", "minDays")],
    ["one wrong letter: the near key is suggested", { minDaya: 1 }, near("minDaya", "minDays")],
    ["two letters swapped: the near key is suggested", { minDasy: 1 }, near("minDasy", "minDays")],
    ["two letters too many: the near key is suggested", { minDaysss: 1 }, near("minDaysss", "minDays")],
    ["two letters too few at the start: the near key is suggested", { nDays: 1 }, near("nDays", "minDays")],
    ["two wrong letters: the near key is suggested", { minDoya: 1 }, near("minDoya", "minDays")],
    ["one wrong letter and one too few: the near key is suggested", { sinDay: 1 }, near("sinDay", "minDays")],
    ["three letters too many: all keys are listed", { minDayssss: 1 }, far("minDayssss")],
    ["three wrong letters: all keys are listed", { maxDoys: 1 }, far("maxDoys")],
    ["three letters too few: all keys are listed", { days: 1 }, far("days")],
    ["capital letters do not matter", { READXYZ: 1 }, near("READXYZ", "readXYZ")],
    ["small letters do not matter", { readxyz: 1 }, near("readxyz", "readXYZ")],
    ["of several equally near keys, the first one is suggested", { sinDays: 1 }, near("sinDays", "minDays")],
    ["a nearer key is suggested, although another comes first", { sitDays: 1 }, near("sitDays", "setDays")],
    ["an empty key is an error", { "": 1 }, far("")],
    ["a key that every object inherits is an error, too", { toString: 1 }, far("toString")],
];

describe("readConfig", () => {
    for (const [when, given, expected] of ROWS) {
        it(when, () => assert.deepEqual(read(given), expected));
    }

    it("a policy without contradictions has none", () => {
        assert.deepEqual(readConfig({ name: "shop-policy", config: KEYS }, { minDays: 13 }), {
            ...DEFAULTS,
            minDays: 13,
        });
    });
});
