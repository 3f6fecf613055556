import assert from "node:assert/strict";
import { byControl } from "../../../cli/report/groups";
import type { ReportFinding, Rule } from "../../../cli/report/model";
import { LOG_GROUP, RULES, STAGE } from "./formats/reports";

const DATABASE: ReportFinding = { ...STAGE, policy: "rds-logs", name: "orders", controls: ["RDS.36", "RDS.9"] };
const OF_DATABASES: Rule = { ...(RULES[0] as Rule), policy: "rds-logs", controls: ["RDS.9", "RDS.36", "RDS.40"] };

/** The groups, by the names of what they hold. */
function groups(findings: readonly ReportFinding[], rules: readonly Rule[] = []) {
    return byControl({ findings, rules }).map(({ id, control, ...group }) => [
        id,
        control?.url.split("#")[1],
        group.rules.map(({ policy }) => policy),
        group.findings.map(({ name }) => name),
    ]);
}

describe("groups by control", () => {
    it("are none without findings and policies", () => assert.deepEqual(groups([]), []));

    it("are of the controls that resources fail, in the order of Security Hub's, then of policies without a control", () =>
        assert.deepEqual(groups([LOG_GROUP, DATABASE, STAGE, { ...STAGE, name: "test" }]), [
            ["APIGateway.1", "apigateway-1", [], ["prod", "test"]],
            ["RDS.9", "rds-9", [], ["orders"]],
            ["RDS.36", "rds-36", [], ["orders"]],
            ["cloudwatch-log-group-retention", undefined, [], ["orders"]],
        ]));

    it("have the policies that were evaluated, those without findings included", () =>
        assert.deepEqual(groups([DATABASE], [...RULES, OF_DATABASES]), [
            ["APIGateway.1", "apigateway-1", ["apigateway-stage-execution-logging"], []],
            ["RDS.9", "rds-9", ["rds-logs"], ["orders"]],
            ["RDS.36", "rds-36", ["rds-logs"], ["orders"]],
            ["RDS.40", "rds-40", ["rds-logs"], []],
            ["cloudwatch-log-group-retention", undefined, ["cloudwatch-log-group-retention"], []],
            ["of-another-pack", undefined, ["of-another-pack"], []],
        ]));

    it("have a finding without a control under its policy, although the policy has some", () =>
        assert.deepEqual(groups([{ ...DATABASE, controls: [] }], [OF_DATABASES]), [
            ...["RDS.9", "RDS.36", "RDS.40"].map((id) => [id, id.toLowerCase().replace(".", "-"), ["rds-logs"], []]),
            ["rds-logs", undefined, ["rds-logs"], ["orders"]],
        ]));

    it("take the name of no control for one, whatever objects inherit", () =>
        assert.deepEqual(groups([{ ...STAGE, controls: ["constructor"] }]), [
            ["constructor", undefined, [], ["prod"]],
        ]));
});
