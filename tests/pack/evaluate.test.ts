import assert from "node:assert/strict";
import { evaluateResource, evaluateStack } from "../../pack/evaluate";
import { resourcePolicy, stackPolicy } from "../../pack/policy";
import { stack } from "../support/stack";
import { declare, UNKNOWN_VALUE } from "../support/wire/declare";

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

describe("evaluateResource", () => {
    const STAGE = "aws:apigateway/stage:Stage";
    const finding = { problem: "The shop is closed.", advice: "Open it." };
    const policy = resourcePolicy({
        name: "shop-policy",
        displayName: "Shops are open",
        description: "Every shop is open.",
        severity: "low",
        url: "https://docs.aws.amazon.com/shop",
        remediationSteps: "Open the shop.",
        types: [STAGE],
        evaluate: () => finding,
    });
    const evaluated = (stageName: unknown) =>
        evaluateResource(
            policy,
            {
                type: STAGE,
                name: "shop",
                urn: `urn:pulumi:dev::shop::${STAGE}::shop`,
                props: { restApi: "a1b2c3", stageName },
            },
            { config: { exemptions: [{ match: "a1b2c3/dev-*", reason: "Load tests" }] }, today: "2026-11-25" },
        );

    it("answers the finding on a stage that no exemption covers", () => {
        assert.deepEqual(evaluated("prod"), finding);
    });

    it("answers nothing while an exemption may cover the stage", () => {
        assert.equal(evaluated(UNKNOWN_VALUE), undefined);
    });
});
