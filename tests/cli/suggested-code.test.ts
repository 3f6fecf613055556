/** The code of every finding of random stacks, applied: its finding is gone, and there is no new one. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { evaluate, type Verdict } from "../../cli/evaluate";
import { validPolicyConfig } from "../../cli/inputs/policy-config";
import { readState } from "../../cli/inputs/read-state";
import type { RecordedResource } from "../../cli/inputs/recorded";
import type { StackState } from "../../cli/state";
import { readConfig } from "../../pack/config";
import type { EnabledPolicy } from "../../pack/enabled";
import { policyMessageOf } from "../../pack/finding";
import { applied } from "../support/applied";
import { fileOf, resourcesOf } from "../support/generated/files";
import { programs } from "../support/generated/programs";

const CONFIGS: Readonly<Record<string, object>> = {
    "the default config": {},
    "config/security-hub.json": JSON.parse(readFileSync("config/security-hub.json", "utf8")),
    "a config with one level and many days": {
        "apigateway-method-settings-logging-level": { levels: ["INFO"] },
        "apigatewayv2-stage-execution-logging": { levels: ["INFO"] },
        "cloudwatch-log-group-retention": { minDays: 365 },
    },
};

/**
 * What must be there for a log that the code turns on, or for another log of the same resource: findings of these policies
 * follow, and say how to go on.
 */
const FOLLOWING = new Set([
    "apigateway-account-cloudwatch-role",
    "apigateway-stage-execution-log-group",
    "rds-log-export-log-group",
]);

/** The findings whose code cannot be applied as it is, by policy, and why. */
const LEFT_OUT: readonly string[] = [
    "apigateway-account-cloudwatch-role: it has no code",
    "apigateway-domain-name-security-policy: it has no code",
    "apigateway-stage-execution-log-group: it has a gap to fill in",
    "apigateway-stage-execution-log-group: only its parent says to which API it belongs",
    "apigateway-stage-execution-log-group: something must be named first",
    "apigateway-stage-execution-logging: only its parent says to which API it belongs",
    "apigateway-stage-web-acl: only its parent says to which API it belongs",
    "apigatewayv2-route-authorization: it has no code",
    "apigatewayv2-stage-access-logging: it is about quick create, which AWS has for HTTP APIs only",
    "apigatewayv2-stage-data-trace: it has no code",
    "apigatewayv2-stage-execution-logging: it has no code",
    "rds-log-export-log-group: it has a gap to fill in",
    "rds-log-export-log-group: something must be named first",
];

function evaluated(resources: readonly RecordedResource[], enabled: readonly EnabledPolicy[]): readonly Verdict[] {
    const state = readState(JSON.parse(JSON.stringify(fileOf(resources)))) as StackState;
    return evaluate(state, { enabled, today: "2026-11-25" }).verdicts;
}

const keyOf = ({ enabled: { policy }, urn }: Verdict) => `${policy.name} ${urn}`;

describe("the code of a finding, added to the program,", function () {
    this.timeout(600_000);
    const leftOut = new Set<string>();

    for (const [name, config] of Object.entries(CONFIGS)) {
        it(`clears it and causes no other, with ${name}`, async () => {
            const valid = await validPolicyConfig(JSON.stringify(config));
            const enabled = valid.enabled.map((one) => ({ ...one, config: readConfig(one.policy, one.config) }));
            const property = fc.property(fc.oneof(programs("ordinary"), programs("any")), (program) => {
                const resources = resourcesOf(program, "deployed");
                const before = evaluated(resources, enabled);
                const known = new Set(before.map(keyOf));
                for (const verdict of before) {
                    const after = applied(resources, verdict.urn, verdict.finding);
                    const { policy } = verdict.enabled;
                    if (typeof after === "string") {
                        leftOut.add(`${policy.name}: ${after}`);
                        continue;
                    }
                    const rest = evaluated(after, enabled);
                    const isOwn = (one: Verdict) => keyOf(one) === keyOf(verdict);
                    const wrong = rest.filter((one) =>
                        FOLLOWING.has(one.enabled.policy.name)
                            ? isOwn(one) && one.finding.problem === verdict.finding.problem
                            : isOwn(one) || !known.has(keyOf(one)),
                    );
                    const shown = wrong.map((one) => `${keyOf(one)}\n${policyMessageOf(one.finding)}`);
                    assert.deepEqual(shown, [], `after the code of\n${policyMessageOf(verdict.finding)}`);
                }
            });
            // Always the same stacks, so that what is left out is the same.
            fc.assert(property, { numRuns: Number(process.env.RUNS ?? 100), seed: 21 });
        });
    }

    it("is left out only where it has a gap or no code", () => {
        assert.deepEqual([...leftOut].sort(), LEFT_OUT);
    });
});
