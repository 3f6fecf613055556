import assert from "node:assert/strict";
import { policies } from "../../policies";

const GUIDE = "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html";
const LOGGING = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html";
const RETENTION = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html";

/** Names, kinds and controls are an API. A policy that mirrors no control whole names none. */
const POLICIES: readonly (readonly [name: string, kind: string, severity: string, control: string, url: string])[] = [
    ["apigateway-stage-execution-logging", "stack", "medium", "APIGateway.1", `${GUIDE}#apigateway-1`],
    ["apigateway-method-settings-logging-level", "remediating", "medium", "APIGateway.1", `${GUIDE}#apigateway-1`],
    ["apigatewayv2-stage-execution-logging", "stack", "medium", "APIGateway.1", `${GUIDE}#apigateway-1`],
    ["apigateway-account-cloudwatch-role", "stack", "medium", "APIGateway.1", LOGGING],
    ["apigateway-stage-execution-log-group", "stack", "medium", "CloudWatch.16", LOGGING],
    ["cloudwatch-log-group-retention", "remediating", "medium", "", RETENTION],
    ["apigateway-method-settings-data-trace", "resource", "medium", "", LOGGING],
    ["apigatewayv2-stage-data-trace", "stack", "medium", "", LOGGING],
];

const LEVELS = {
    type: "array",
    items: { type: "string", enum: ["ERROR", "INFO"] },
    minItems: 1,
    uniqueItems: true,
    default: ["ERROR", "INFO"],
};
const PATTERNS = { type: "array", items: { type: "string", minLength: 1 } };

/** The config of the policies that have any: what the engine accepts, and what it fills in. */
const CONFIG: Readonly<Record<string, unknown>> = {
    "apigateway-method-settings-logging-level": {
        levels: LEVELS,
        setLevel: { type: "string", enum: ["ERROR", "INFO"] },
    },
    "apigatewayv2-stage-execution-logging": { levels: LEVELS },
    "apigateway-account-cloudwatch-role": { requireInStack: { type: "boolean", default: false } },
    "cloudwatch-log-group-retention": {
        minDays: { type: "integer", minimum: 1, maximum: 3653, default: 1 },
        maxDays: { type: "integer", minimum: 0, maximum: 3653, default: 3653 },
        include: { ...PATTERNS, default: ["*"] },
        exclude: { ...PATTERNS, default: [] },
        setDays: { type: "integer" },
    },
};

function kindOf(policy: object): string {
    return "validateStack" in policy ? "stack" : "remediateResource" in policy ? "remediating" : "resource";
}

describe("the policies of the pack", () => {
    it("are these, in reading order", () => {
        const found = policies.map((policy) => {
            const { name, severity, framework, url } = policy;
            return [name, kindOf(policy), severity, framework?.reference ?? "", url];
        });
        assert.deepEqual(found, POLICIES);
    });

    for (const { name, configSchema } of policies) {
        it(`${name} has this config`, () => {
            const keys = Object.entries(configSchema?.properties ?? {}).map(([key, schema]) => {
                const { description: _, ...rest } = schema;
                return [key, rest] as const;
            });
            assert.deepEqual(Object.fromEntries(keys), CONFIG[name] ?? {});
        });
    }
});
