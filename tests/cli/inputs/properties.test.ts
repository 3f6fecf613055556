import assert from "node:assert/strict";
import { plainProperties } from "../../../cli/inputs/properties";
import { table } from "../../support/rows";

const marked = (signature: string, more: object) => ({ "4dabf18193072939515e22adb298388d": signature, ...more });
const secret = (more: object) => marked("1b47061264138c4ac30d75fd1eb44270", more);
const shownSecret = (value: unknown) => secret({ plaintext: JSON.stringify(value) });
const reference = (more: object) => marked("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:x", ...more });
const float = (value: unknown) => marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c", { value });

table("plainProperties", (value: unknown) => plainProperties({ value }).value, [
    ["what is plain stays as it is", { a: [1, "b", true, null, {}] }, { a: [1, "b", true, null, {}] }],
    ["a secret that is encrypted is opaque", secret({ ciphertext: "v1:abc" }), "[secret]"],
    ["a secret that is shown is opaque all the same", shownSecret("hunter2"), "[secret]"],
    ["a secret that is a boolean is its value", shownSecret(true), true],
    ["a secret that is a number is its value", shownSecret(90), 90],
    ["a secret that is a boolean as text is its value", shownSecret("true"), "true"],
    ["a secret of digits as text is opaque", shownSecret("0042"), "[secret]"],
    ["a secret that is empty is empty", shownSecret(""), ""],
    ["a secret that is null is null", shownSecret(null), null],
    ["a secret that is a logging level is its value", shownSecret("ERROR"), "ERROR"],
    ["a secret that is nearly a logging level is opaque", shownSecret("error "), "[secret]"],
    ["a secret that is no logging at all is its value", shownSecret("OFF"), "OFF"],
    ["a secret that is a protocol is its value", shownSecret("WEBSOCKET"), "WEBSOCKET"],
    ["a secret that is an authorization type is its value", shownSecret("AWS_IAM"), "AWS_IAM"],
    ["a secret list keeps what cannot be secret", shownSecret(["audit", "hunter2"]), ["audit", "[secret]"]],
    ["a list in a secret list is opaque", shownSecret([["audit"]]), ["[secret]"]],
    ["a map in a secret list is opaque", shownSecret([{ name: "audit" }]), ["[secret]"]],
    ["a secret map is opaque, whose keys may be secrets", shownSecret({ hunter2: true }), "[secret]"],
    ["a key that every object inherits is opaque", shownSecret("constructor"), "[secret]"],
    ["a secret within one is opaque", shownSecret(shownSecret("hunter2")), "[secret]"],
    [
        "a secret list within a secret keeps what cannot be secret",
        shownSecret(shownSecret(["audit", "x"])),
        ["audit", "[secret]"],
    ],
    ["a secret resource is opaque", shownSecret(reference({ id: "abc" })), "[secret]"],
    [
        "a secret number that JSON cannot express is itself",
        shownSecret(float("7ff0000000000000")),
        Number.POSITIVE_INFINITY,
    ],
    ["a secret without a value is opaque", secret({ plaintext: 1 }), "[secret]"],
    ["a secret that is shown but is not JSON is opaque", secret({ plaintext: "{" }), "[secret]"],
    ["a resource is its id", reference({ id: "abc" }), "abc"],
    ["a resource whose id is wrapped is its id", reference({ id: { V: "abc" } }), "abc"],
    ["a resource whose id is not known has an empty one", reference({ id: { V: { Element: {} } } }), ""],
    ["a component, which has no id, is its URN", reference({}), "urn:x"],
    ["a component whose URN is a secret is nothing", reference({ urn: shownSecret("hunter2") }), ""],
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
    ["is empty if all of them are secret", shownSecret({ name: "hunter2" }), {}],
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
