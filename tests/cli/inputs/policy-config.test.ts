import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validPolicyConfig } from "../../../cli/inputs/policy-config";
import { policies } from "../../../policies";
import { CONFIG_ERRORS, EXCEPTION_ERRORS, type ExceptionError } from "../../support/config-errors";

const LEVEL = "apigateway-method-settings-logging-level";
const RETENTION = "cloudwatch-log-group-retention";

/** The levels that a config gives, by policy; policies that are disabled are not among them. */
async function levelsOf(config: object): Promise<Record<string, string>> {
    const { enabled } = await validPolicyConfig(JSON.stringify(config));
    return Object.fromEntries(
        enabled.map(({ policy, level, remediates }) => [policy.name, remediates ? "remediate" : level]),
    );
}

const everyPolicy = (level: string) => Object.fromEntries(policies.map(({ name }) => [name, level]));
const enabledByDefault = policies.filter(({ isOptional }) => !isOptional);
const DEFAULT = Object.fromEntries(enabledByDefault.map(({ name }) => [name, "advisory"]));

describe("a policy config gives", () => {
    const { [LEVEL]: _, ...withoutLevel } = DEFAULT;
    const ROWS: readonly (readonly [what: string, config: object, levels: Record<string, string>])[] = [
        ["every policy its default level, if it is empty", {}, DEFAULT],
        ["every policy the same level", { all: "mandatory" }, everyPolicy("mandatory")],
        [
            "every policy the same level, in the long form",
            { all: { enforcementLevel: "remediate" } },
            everyPolicy("remediate"),
        ],
        [
            "one policy another level than all, whatever comes first",
            { [LEVEL]: "advisory", all: "mandatory" },
            { ...everyPolicy("mandatory"), [LEVEL]: "advisory" },
        ],
        [
            "one policy a level in the long form",
            { [RETENTION]: { enforcementLevel: "mandatory", minDays: 30 } },
            { ...DEFAULT, [RETENTION]: "mandatory" },
        ],
        ["one policy a config, and leaves its level", { [RETENTION]: { minDays: 30 } }, DEFAULT],
        [
            "a policy that is disabled by default a level, if it enables it",
            { "apigateway-stage-xray-tracing": "mandatory" },
            { ...DEFAULT, "apigateway-stage-xray-tracing": "mandatory" },
        ],
        ["one policy no level, if it disables it", { [LEVEL]: "disabled" }, withoutLevel],
        [
            "one policy a level, if it disables all others",
            { all: "disabled", [LEVEL]: "mandatory" },
            { [LEVEL]: "mandatory" },
        ],
        [
            "every policy its default level, if it has environments, which are for other packs",
            { environments: ["shop/dev"] },
            DEFAULT,
        ],
    ];
    for (const [what, config, levels] of ROWS) {
        it(what, async () => assert.deepEqual(await levelsOf(config), levels));
    }

    it("every policy its default level and no config, if its file is empty or there is none", async () => {
        const defaults = enabledByDefault.map((policy) => ({
            policy,
            level: "advisory",
            remediates: false,
            config: {},
        }));
        assert.deepEqual((await validPolicyConfig()).enabled, defaults);
        assert.deepEqual((await validPolicyConfig(" \n")).enabled, defaults);
    });

    it("a policy its keys, without the level", async () => {
        const config = JSON.stringify({ [RETENTION]: { enforcementLevel: "mandatory", minDays: 30 } });
        const retention = (await validPolicyConfig(config)).enabled.find(({ policy }) => policy.name === RETENTION);
        assert.deepEqual(retention?.config, { minDays: 30 });
    });

    for (const name of ["advisory", "mandatory", "remediate"]) {
        it(`every policy that is enabled by default a level, as config/${name}.json does`, async () => {
            assert.equal((await readyConfig(name)).length, enabledByDefault.length);
        });
    }
});

const readyConfig = async (name: string) => {
    const file = join(__dirname, "..", "..", "..", "config", `${name}.json`);
    return (await validPolicyConfig(readFileSync(file, "utf8"))).enabled;
};

describe("config/security-hub.json", () => {
    it("enables every policy that mirrors or supports a control, with Security Hub's parameters", async () => {
        const enabled = await readyConfig("security-hub");
        assert.deepEqual(
            enabled.map(({ policy }) => policy.name),
            policies.filter(({ mirrors, supports }) => mirrors.length + supports.length > 0).map(({ name }) => name),
        );
        const parameters = enabled.map(({ policy, config }) => [policy.name, config] as const);
        assert.deepEqual(Object.fromEntries(parameters.filter(([, config]) => Object.keys(config).length > 0)), {
            [RETENTION]: { minDays: 365, maxDays: 0 },
            "apigatewayv2-route-authorization": { everyWebSocketRoute: true },
        });
    });
});

const EXCEPTION = {
    reason: "Only for load tests",
    match: [{ policies: [RETENTION], targets: ["urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders"] }],
};

describe("a policy config of version 2", () => {
    it("gives policies what version 1 gives them, and has exceptions", async () => {
        const policies = { all: "disabled", [RETENTION]: { enforcementLevel: "mandatory", minDays: 30 } };
        const exceptions = { "OPS-10": EXCEPTION, "OPS-9": { ...EXCEPTION, until: "2027-03-31" } };
        const config = { version: 2, environments: ["shop/dev"], policies, exceptions };
        const { enabled, exceptions: read, errors } = await validPolicyConfig(JSON.stringify(config));
        assert.deepEqual(
            enabled.map(({ policy, level, config: own }) => [policy.name, level, own]),
            [[RETENTION, "mandatory", { minDays: 30 }]],
        );
        assert.deepEqual(read, [
            { id: "OPS-9", ...EXCEPTION, until: "2027-03-31" },
            { id: "OPS-10", ...EXCEPTION },
        ]);
        assert.deepEqual(errors, []);
    });

    for (const [what, config] of Object.entries({
        nothing: {},
        "null for each key": { exceptions: null, policies: null, environments: null },
    })) {
        it(`may have ${what}`, async () => {
            const { exceptions } = await validPolicyConfig(JSON.stringify({ version: 2, ...config }));
            assert.deepEqual(exceptions, []);
        });
    }

    it("has the exemptions of policies, of those that are disabled, too", async () => {
        const exemption = { match: "orders", reason: "Only for load tests" };
        const policies = { [RETENTION]: { enforcementLevel: "disabled", exemptions: [exemption] } };
        const { exemptions } = await validPolicyConfig(JSON.stringify({ version: 2, policies }));
        assert.deepEqual(exemptions, [{ policy: RETENTION, exemption }]);
    });
});

describe("a policy config is rejected", () => {
    for (const { when, config, says } of CONFIG_ERRORS) {
        it(when, () => assert.rejects(validPolicyConfig(JSON.stringify(config)), { message: says }));
    }

    const STRICTER: readonly ExceptionError[] = [
        ...EXCEPTION_ERRORS,
        ["a misspelt key", { ...EXCEPTION, untill: "2027-03-31" }, 'there is no key "untill". Did you mean "until"?'],
        [
            "a key of another case, which the engine reads",
            { Reason: "x", match: [] },
            'there is no key "Reason". Did you mean "reason"?',
        ],
        [
            "a misspelt key in a match",
            { ...EXCEPTION, match: [{ policies: [RETENTION], target: [] }] },
            'match[0]: there is no key "target". Did you mean "targets"?',
        ],
        [
            "another misspelt key in a match",
            { ...EXCEPTION, match: [{ polices: [RETENTION], targets: [] }] },
            'match[0]: there is no key "polices". Did you mean "policies"?',
        ],
        [
            "a key too many in a match",
            { ...EXCEPTION, match: [{ ...EXCEPTION.match[0], note: 1 }] },
            'match[0]: there is no key "note". The keys are "policies", "targets".',
        ],
        [
            "a day that is not in the calendar",
            { ...EXCEPTION, until: "2027-02-30" },
            '"until" is "2027-02-30", which is not a day such as "2027-03-31"',
        ],
        ["null for a day", { ...EXCEPTION, until: null }, '"until" is null, which is not a day such as "2027-03-31"'],
    ];
    for (const [wrong, exception, says] of STRICTER) {
        it(`with an exception with ${wrong}`, () => {
            const config = { version: 2, exceptions: { "OPS-7": exception } };
            return assert.rejects(validPolicyConfig(JSON.stringify(config)), {
                message: `policy exception "OPS-7": ${says}`,
            });
        });
    }

    it("with its exceptions in the order in which the engine has them", async () => {
        // From the engine: LoadPolicyPackConfigFile of pkg/resource/analyzer, CLI 3.274.1.
        const inOrder = ["9", "10", "E-2", "E-007", "E-7", "E-7a", "E-10", "E.1", "E_1", "e-1"];
        const config = {
            version: 2,
            exceptions: Object.fromEntries([...inOrder].reverse().map((id) => [id, EXCEPTION])),
        };
        const { exceptions } = await validPolicyConfig(JSON.stringify(config));
        assert.deepEqual(
            exceptions.map(({ id }) => id),
            inOrder,
        );
    });

    it("with each mistake in its exceptions, in the order of their ids", () => {
        const exceptions = { "OPS-10": "x", "OPS-9": {}, "OPS-8": EXCEPTION };
        return assert.rejects(validPolicyConfig(JSON.stringify({ version: 2, exceptons: {}, exceptions })), {
            message: [
                'there is no key "exceptons". Did you mean "exceptions"?',
                'policy exception "OPS-9": "reason" is required',
                'policy exception "OPS-10": must be an object',
            ].join("; "),
        });
    });

    const ROWS: readonly (readonly [when: string, config: string, says: string])[] = [
        [
            "of version 2 with the misspelt name of a policy in an exception",
            JSON.stringify({
                version: 2,
                exceptions: {
                    "OPS-7": { ...EXCEPTION, match: [{ ...EXCEPTION.match[0], policies: [`${RETENTION}s`] }] },
                },
            }),
            `policy exception "OPS-7" names policy "${RETENTION}s", which isn't in the pack. Did you mean "${RETENTION}"?`,
        ],
        [
            "of version 2 with a policy of another pack in an exception",
            JSON.stringify({
                version: 2,
                exceptions: { "OPS-7": { ...EXCEPTION, match: [{ ...EXCEPTION.match[0], policies: ["others"] }] } },
            }),
            'policy exception "OPS-7" names policy "others", which isn\'t in the pack',
        ],
        [
            "of version 2 with policies that are a list",
            '{"version": 2, "policies": []}',
            '"policies" must be an object of policy names',
        ],
        [
            "of version 2 with environments that are a text",
            '{"version": 2, "environments": "x"}',
            '"environments" must be an array of strings, got string',
        ],
        [
            "of version 1 with a key of version 2",
            '{"policies": {}}',
            'has the key "policies", which is one of version 2. Add "version": 2 to the file',
        ],
        [
            "of version 1 with exceptions, which the engine passes over",
            '{"all": "mandatory", "exceptions": {}}',
            'has the key "exceptions", which is one of version 2. Add "version": 2 to the file',
        ],
        [
            "with a key twice, of which one would be lost",
            '{"version": 2, "exceptions": {"a": {"reason": "x"},\n "b": [{"a": ","}, "a"],\n "\\u0061": {}}}',
            'has the key "a" twice in an object, again at line 3',
        ],
        [
            "with a version that is a text, which is the name of a policy",
            '{"version": "2"}',
            `it names "version", which is not a policy. The policies are ${policies.map(({ name }) => name).join(", ")}.`,
        ],
        ["that is not JSON", '{"all": ', "is not JSON: it ends too early at line 1, column 9"],
        ["that has a password, without it", "PASSWORD=hunter2", "is not JSON: it goes wrong at line 1, column 1"],
        [
            "that has passwords for policies, without them",
            '{"all": "mandatory", "password": "hunter2", "token": ["hunter2"]}',
            `it names "password", which is not a policy. The policies are ${policies.map(({ name }) => name).join(", ")}.`,
        ],
        ["that is a list", "[1]", "is not a JSON object of policy names"],
        [
            "with the misspelt name of a policy",
            '{"cloudwatch-log-groups-retention": "mandatory"}',
            'it names "cloudwatch-log-groups-retention", which is not a policy. Did you mean "cloudwatch-log-group-retention"?',
        ],
        [
            "with a name that is like that of no policy",
            '{"x": "mandatory"}',
            `it names "x", which is not a policy. The policies are ${policies.map(({ name }) => name).join(", ")}.`,
        ],
        ...["__proto__", "constructor", "toString"].map((name): [string, string, string] => [
            `with a policy called ${name}`,
            `{"${name}": "mandatory"}`,
            `it names "${name}", which is not a policy. The policies are ${policies.map((one) => one.name).join(", ")}.`,
        ]),
        [
            "with a number that is too large for a number",
            `{"${RETENTION}": {"minDays": 1e400}}`,
            `is not a valid policy config: ${RETENTION}: minDays: Invalid type. Expected: integer, given: number`,
        ],
        [
            "that gives all policies a key",
            '{"all": {"enforcementLevel": "mandatory", "minDays": 30}}',
            'gives "all" a config; "all" takes an enforcement level only',
        ],
    ];
    for (const [when, config, says] of ROWS) {
        it(when, () => assert.rejects(validPolicyConfig(config), { message: says }));
    }
});
