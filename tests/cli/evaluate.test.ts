import assert from "node:assert/strict";
import { evaluate } from "../../cli/evaluate";
import { treeOf } from "../../cli/inputs/recorded";
import { stateOf } from "../../cli/inputs/state-stack";
import { stackPolicy } from "../../pack/policy";

describe("evaluate", () => {
    it("takes more findings of a stack policy than a function takes arguments", () => {
        const finding = { problem: "It is red.", advice: "Make it blue." };
        const policy = stackPolicy({
            ...{ name: "blue", displayName: "Blue", description: "It is blue.", remediationSteps: "Make it blue." },
            ...{ severity: "low", url: "https://example.com", types: ["a:b:C"] },
            evaluate: () => Array(200_000).fill(finding),
        });
        const resources = [{ urn: "urn:pulumi:dev::shop::a:b:C::c", type: "a:b:C" }];
        const byUrn = treeOf("state", resources);
        const state = stateOf({ name: "shop/dev", resources, byUrn, providers: new Map() });
        const { verdicts } = evaluate(state, {
            enabled: [{ policy, level: "advisory", remediates: false, config: {} }],
            today: "2026-11-25",
        });
        assert.equal(verdicts.length, 200_000);
    });
});
