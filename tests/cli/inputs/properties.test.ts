import assert from "node:assert/strict";
import { addSecrets, mayHaveSecrets, plainProperties } from "../../../cli/inputs/properties";
import { table } from "../../support/rows";

const marked = (signature: string, more: object) => ({ "4dabf18193072939515e22adb298388d": signature, ...more });
const secret = (more: object) => marked("1b47061264138c4ac30d75fd1eb44270", more);
const reference = (more: object) => marked("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:x", ...more });
const float = (value: unknown) => marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c", { value });

table("plainProperties", (value: unknown) => plainProperties({ value }).value, [
    ["what is plain stays as it is", { a: [1, "b", true, null, {}] }, { a: [1, "b", true, null, {}] }],
    ["a secret that is encrypted is opaque", secret({ ciphertext: "v1:abc" }), "[secret]"],
    ["a secret that is shown is its value", secret({ plaintext: '{"a":1}' }), { a: 1 }],
    ["a secret within one is read as well", secret({ plaintext: JSON.stringify(secret({ plaintext: '"x"' })) }), "x"],
    ["a secret that is shown but is not JSON is opaque", secret({ plaintext: "{" }), "[secret]"],
    ["a resource is its id", reference({ id: "abc" }), "abc"],
    ["a resource whose id is wrapped is its id", reference({ id: { V: "abc" } }), "abc"],
    ["a resource whose id is not known has an empty one", reference({ id: { V: { Element: {} } } }), ""],
    ["a component, which has no id, is its URN", reference({}), "urn:x"],
    ["a component whose missing id is wrapped is its URN", reference({ id: { V: null } }), "urn:x"],
    ["a number that JSON cannot express is itself", float("7ff0000000000000"), Number.POSITIVE_INFINITY],
    ["a small number is itself", float("0"), 0],
    ["a number without bits is not a number", float("x"), Number.NaN],
    ["a number whose bits are not text is not a number", float({ toString: 1 }), Number.NaN],
    [
        "an asset stays as it is",
        marked("c44067f5952c0a294b673a41bacd8c17", { text: "x" }),
        marked("c44067f5952c0a294b673a41bacd8c17", { text: "x" }),
    ],
    ["marked values are read in lists and maps", { a: [secret({ ciphertext: "x" })] }, { a: ["[secret]"] }],
    ["the engine's own keys stay further in", { __defaults: [] }, { __defaults: [] }],
]);

table("plainProperties of a resource", plainProperties, [
    ["leaves out the engine's own keys", { __defaults: ["a"], __meta: "x", a: 1 }, { a: 1 }],
    ["is empty if there are none", undefined, {}],
    ["is empty if they are something else", [1], {}],
]);

describe("plainProperties", () => {
    it("reads properties that are nested too deeply to recurse", () => {
        const depth = 100_000;
        const text = `${'{"a":'.repeat(depth)}${JSON.stringify(secret({}))}${"}".repeat(depth)}`;
        let value: unknown = plainProperties({ a: JSON.parse(text) });
        for (let level = 0; level <= depth; level++) {
            value = (value as { a: unknown }).a;
        }
        assert.equal(value, "[secret]");
    });

    it("leaves what it is given as it is", () => {
        const given = { a: [secret({ plaintext: "1" })] };
        const before = structuredClone(given);
        plainProperties(given);
        assert.deepEqual(given, before);
    });

    it("keeps a key that JavaScript gives a meaning", () => {
        const given = JSON.parse('{"a":{"__proto__":{"b":1}}}');
        assert.equal(JSON.stringify(plainProperties(given)), JSON.stringify(given));
    });
});

describe("addSecrets", () => {
    it("finds a secret beside one that stands for nothing", () => {
        const nothing = secret({ plaintext: JSON.stringify(marked("5cf8f73096256a8f31e491e813e4eb8e", {})) });
        const secrets = new Set<string>();
        addSecrets(secret({ plaintext: JSON.stringify(["x", nothing]) }), secrets);
        assert.deepEqual([...secrets], ["x"]);
    });

    it("finds a secret that is nested too deeply to recurse", () => {
        const depth = 100_000;
        const text = `${'{"a":'.repeat(depth)}${JSON.stringify(secret({ plaintext: '"x"' }))}${"}".repeat(depth)}`;
        const secrets = new Set<string>();
        addSecrets(JSON.parse(text), secrets);
        assert.deepEqual([...secrets], ["x"]);
    });
});

table("whether a document may have secrets", mayHaveSecrets, [
    ["it may, with a secret", JSON.stringify(secret({ plaintext: '"x"' })), true],
    ["it may not, without any", JSON.stringify({ "4dabf18193072939515e22adb298388d": "x" }), false],
    ["it may, with a digit in JSON's long form", String.raw`{"a":"\u0031b47"}`, true],
    ["it may, with a letter in JSON's long form", String.raw`{"a":"1\u0062\u0034"}`, true],
    ["it may not, with what Go writes in that form", String.raw`{"a":"\u003ca\u003e \u0026 \u2028"}`, false],
]);
