import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../../policies";

const DIRECTORY = join(__dirname, "..", "..", "policies");

/** Severities are Security Hub's; a policy that mirrors no control whole has tags only. */
const METADATA: readonly (readonly [name: string, kind: string, severity: string, control: string | undefined])[] = [
    ["apigateway-stage-execution-logging", "stack", "medium", "APIGateway.1"],
    ["apigateway-method-settings-logging-level", "resource, remediates", "medium", "APIGateway.1"],
    ["apigatewayv2-stage-execution-logging", "stack", "medium", "APIGateway.1"],
    ["apigateway-account-cloudwatch-role", "stack", "medium", "APIGateway.1"],
    ["apigateway-stage-execution-log-group", "stack", "medium", "CloudWatch.16"],
    ["cloudwatch-log-group-retention", "resource, remediates", "medium", undefined],
    ["apigateway-method-settings-data-trace", "resource", "medium", undefined],
    ["apigatewayv2-stage-data-trace", "stack", "medium", undefined],
];

describe("the policies of the pack", () => {
    it("have these names, in reading order, these kinds, severities and controls", () => {
        const kind = (policy: object) =>
            "validateStack" in policy ? "stack" : "remediateResource" in policy ? "resource, remediates" : "resource";
        assert.deepEqual(
            policies.map((policy) => [policy.name, kind(policy), policy.severity, policy.framework?.reference]),
            METADATA,
        );
    });

    it("are the files of their names", () => {
        const files = readdirSync(DIRECTORY).filter((file) => file.endsWith(".ts") && file !== "index.ts");
        assert.deepEqual(policies.map(({ name }) => `${name}.ts`).sort(), files.sort());
    });

    for (const policy of policies) {
        it(`${policy.name} says what it is, how to mend it, where AWS tells about it, and what its config means`, () => {
            const { displayName, description, remediationSteps, url, tags, framework, configSchema } = policy;
            const keys = Object.entries(configSchema?.properties ?? {});
            const texts = { displayName, description, remediationSteps, ...framework };
            const described = Object.fromEntries(keys.map(([key, schema]) => [key, schema.description]));
            for (const [what, said] of Object.entries({ ...texts, ...described })) {
                assert.match(said ?? "", /\S/, `${what} is empty`);
            }
            assert.match(url ?? "", /^https:\/\/docs\.aws\.amazon\.com\/./);
            assert.ok((tags ?? []).length > 0 && (tags ?? []).every((tag) => tag !== ""));
        });
    }
});
