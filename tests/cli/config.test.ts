import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { enabledPolicies } from "../../cli/config";
import { policies } from "../../policies";
import { CONFIG_ERRORS } from "./config-errors";

const LEVEL = "apigateway-method-settings-logging-level";
const RETENTION = "cloudwatch-log-group-retention";

/** The levels that a config gives, by policy; the policies it leaves out are disabled. */
function levelsOf(config: object): Record<string, string> {
    const enabled = enabledPolicies(JSON.stringify(config));
    return Object.fromEntries(
        enabled.map(({ policy, level, remediates }) => [policy.name, remediates ? "remediate" : level]),
    );
}

const everyPolicy = (level: string) => Object.fromEntries(policies.map(({ name }) => [name, level]));

describe("a policy config gives", () => {
    const { [LEVEL]: _, ...withoutLevel } = everyPolicy("advisory");
    const ROWS: readonly (readonly [what: string, config: object, levels: Record<string, string>])[] = [
        ["every policy the pack's level, if it is empty", {}, everyPolicy("advisory")],
        ["all the same level", { all: "mandatory" }, everyPolicy("mandatory")],
        ["all the same level, in the long form", { all: { enforcementLevel: "remediate" } }, everyPolicy("remediate")],
        [
            "one another level than all, whatever comes first",
            { [LEVEL]: "advisory", all: "mandatory" },
            { ...everyPolicy("mandatory"), [LEVEL]: "advisory" },
        ],
        [
            "one a level in the long form",
            { [RETENTION]: { enforcementLevel: "mandatory", minDays: 30 } },
            { ...everyPolicy("advisory"), [RETENTION]: "mandatory" },
        ],
        ["one config and leaves its level", { [RETENTION]: { minDays: 30 } }, everyPolicy("advisory")],
        ["up on one", { [LEVEL]: "disabled" }, withoutLevel],
        ["up on all but one", { all: "disabled", [LEVEL]: "mandatory" }, { [LEVEL]: "mandatory" }],
        [
            "nothing away by environments, which are for other packs",
            { environments: ["shop/dev"] },
            everyPolicy("advisory"),
        ],
    ];
    for (const [what, config, levels] of ROWS) {
        it(what, () => assert.deepEqual(levelsOf(config), levels));
    }

    it("every policy the pack's level, if its file is empty or there is none", () => {
        assert.equal(enabledPolicies().length, policies.length);
        assert.equal(enabledPolicies(" \n").length, policies.length);
    });

    it("a policy its keys, without the level", () => {
        const config = JSON.stringify({ [RETENTION]: { enforcementLevel: "mandatory", minDays: 30 } });
        const retention = enabledPolicies(config).find(({ policy }) => policy.name === RETENTION);
        assert.deepEqual(retention?.config, { minDays: 30 });
    });

    for (const name of ["advisory", "mandatory", "remediate"]) {
        it(`levels as config/${name}.json does`, () => {
            const file = join(__dirname, "..", "..", "config", `${name}.json`);
            assert.equal(enabledPolicies(readFileSync(file, "utf8")).length, policies.length);
        });
    }
});

describe("a policy config is rejected", () => {
    for (const { when, config, says } of CONFIG_ERRORS) {
        it(when, () => assert.throws(() => enabledPolicies(JSON.stringify(config)), { message: says }));
    }

    const ROWS: readonly (readonly [when: string, config: string, says: string | RegExp])[] = [
        ["that is not JSON", '{"all": ', /^is not JSON, or not all of it: /],
        ["that is a list", "[1]", "is not a JSON object of policy names"],
        [
            "that names a policy there is none of",
            '{"cloudwatch-log-groups-retention": "mandatory"}',
            'names "cloudwatch-log-groups-retention", but there is no such policy. Did you mean "cloudwatch-log-group-retention"?',
        ],
        [
            "that names a policy that is like no other",
            '{"x": "mandatory"}',
            `names "x", but there is no such policy. The policies are ${policies.map(({ name }) => name).join(", ")}.`,
        ],
        [
            "that gives all policies a key",
            '{"all": {"enforcementLevel": "mandatory", "minDays": 30}}',
            'gives "all" a config; "all" takes an enforcement level only',
        ],
    ];
    for (const [when, config, says] of ROWS) {
        it(when, () => assert.throws(() => enabledPolicies(config), { message: says }));
    }
});
