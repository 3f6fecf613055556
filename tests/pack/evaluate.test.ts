import assert from "node:assert/strict";
import { evaluateStack } from "../../pack/evaluate";
import { stackPolicy } from "../../pack/policy";
import { stack } from "../support/stack";
import { declare } from "../support/wire/declare";

const BUCKET = "aws:s3/bucket:Bucket";

describe("evaluateStack", () => {
    const policy = stackPolicy({
        name: "shop-policy",
        displayName: "Shops are open",
        description: "Every shop is open.",
        severity: "low",
        url: "https://docs.aws.amazon.com/shop",
        remediationSteps: "Open the shop.",
        types: [BUCKET],
        evaluate: () => [{ problem: "The shop is closed.", advice: "Open it." }, undefined, { undecided: "the door" }],
    });
    const evaluated = (type: string) =>
        evaluateStack(policy, stack([declare(type, "shop", {})]).stack, { config: {}, today: "2026-11-25" });

    it("asks the policy about a stack with a resource of its types", () => {
        assert.deepEqual(evaluated(BUCKET), {
            findings: [{ problem: "The shop is closed.", advice: "Open it." }],
            exempt: [],
            undecided: [{ undecided: "the door" }],
        });
    });

    it("does not ask the policy about any other stack", () => {
        assert.deepEqual(evaluated("aws:sqs/queue:Queue"), { findings: [], exempt: [], undecided: [] });
    });
});
