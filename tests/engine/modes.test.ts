import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { programOf } from "../../examples";
import { EXAMPLES } from "../examples";
import { analyze, type Deployment, type TestStack, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { typeAndName } from "../support/engine/run";
import { engineTier } from "../support/engine/tier";
import { levels, verdicts } from "../support/engine/verdicts";

const EXAMPLE = "rest-api-mistakes";
const EXPECTED = EXAMPLES[EXAMPLE] ?? [];
const LEVEL = "apigateway-method-settings-logging-level";
const RETENTION = "cloudwatch-log-group-retention";

function run<T>(config: string | object, use: (stack: TestStack) => Promise<T>, example = EXAMPLE): Promise<T> {
    // The checkout itself, as `--policy-pack .` runs it.
    return withStack(programOf(example), { pack: ".", config, project: example, stack: "dev" }, use);
}

interface Inputs {
    [resource: string]: { settings?: { loggingLevel?: string }; retentionInDays?: number } | undefined;
}

function inputs(state: Deployment): Inputs {
    const resources: { urn: string; inputs: object }[] = state.deployment.resources ?? [];
    return Object.fromEntries(resources.map((one) => [typeAndName(one.urn), one.inputs]));
}

engineTier("the ready configs in the real engine", () => {
    it("config/advisory.json finds all and stops nothing", () =>
        run("config/advisory.json", async (stack) => {
            const preview = await stack.preview();
            assert.deepEqual(verdicts(preview), EXPECTED);
            assert.ok(levels(preview).every((level) => level.endsWith(": advisory")));
            assert.equal(preview.exitCode, 0);
        }));

    it("config/mandatory.json stops a preview and an update, and fails an analysis", () =>
        run("config/mandatory.json", async (stack) => {
            const expected = [
                "apigateway-account-cloudwatch-role: advisory",
                "apigateway-account-role-set: advisory",
                `${LEVEL}: mandatory`,
                "apigateway-stage-execution-logging: mandatory",
                `${RETENTION}: mandatory`,
            ];
            const preview = await stack.preview();
            assert.deepEqual(verdicts(preview), EXPECTED);
            assert.deepEqual(levels(preview), expected);
            assert.notEqual(preview.exitCode, 0);

            // An update stops at the first violation, so what it finds is part of the whole.
            const up = await stack.up();
            assert.notEqual(up.exitCode, 0);
            const found = verdicts(up);
            assert.ok(found.length > 0);
            for (const one of found) {
                assert.ok(
                    EXPECTED.some((other) => JSON.stringify(other) === JSON.stringify(one)),
                    JSON.stringify(one),
                );
            }
            const state = inputs(await stack.export());
            for (const { resource } of found.filter(({ policy }) => expected.includes(`${policy}: mandatory`))) {
                assert.equal(state[resource], undefined, `${resource} was refused`);
            }
        }));

    it("config/mandatory.json fails the analysis of a state, with the findings of the preview", () =>
        withStack(programOf(EXAMPLE), { pack: null, project: EXAMPLE, stack: "dev" }, async (stack) => {
            await stack.up();
            const analysis = await analyze(await stack.export(), { config: "config/mandatory.json" });
            assert.deepEqual(verdicts(analysis), EXPECTED);
            assert.notEqual(analysis.exitCode, 0);
        }));

    it("the README's config is accepted, and its analysis of a recorded state finds what the example has", async () => {
        const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
        const [, config = ""] = /```json\n(.*?)```/s.exec(readme) ?? [];
        const analysis = await analyze(fixture(EXAMPLE), { config: JSON.parse(config) });
        assert.deepEqual(
            verdicts(analysis)
                .map(({ resource }) => resource)
                .sort(),
            [
                ...EXPECTED.map(({ resource }) => resource),
                // INFO is not among the levels of that config.
                "aws:apigateway/methodSettings:MethodSettings::prod",
            ].sort(),
        );
        assert.notEqual(analysis.exitCode, 0);
    });

    it("config/mandatory.json lets a compliant program through", () =>
        run(
            "config/mandatory.json",
            async (stack) => {
                const preview = await stack.preview();
                assert.deepEqual(preview.findings, []);
                assert.equal(preview.exitCode, 0);
            },
            "rest-api",
        ));

    it("config/remediate.json fixes levels and retention for good", () =>
        run("config/remediate.json", async (stack) => {
            const remedied = [
                "aws:apigateway/methodSettings:MethodSettings::prod-list-orders",
                "aws:apigateway/methodSettings:MethodSettings::test",
                "aws:cloudwatch/logGroup:LogGroup::orders-prod",
            ];
            const fixed = ({ policy }: { policy: string }) => policy === LEVEL || policy === RETENTION;
            const preview = await stack.preview();
            assert.deepEqual(preview.findings.filter(fixed), []);
            assert.deepEqual(
                preview.remediations.map(({ resource }) => resource),
                remedied,
            );
            const up = await stack.up();
            assert.equal(up.exitCode, 0);
            assert.deepEqual(up.findings.filter(fixed), []);
            assert.deepEqual(
                up.remediations.map(({ resource }) => resource),
                remedied,
            );
            assert.deepEqual(
                up.findings.map(({ policy, resource }) => `${policy}: ${resource}`),
                preview.findings.map(({ policy, resource }) => `${policy}: ${resource}`),
            );

            const state = inputs(await stack.export());
            const [override, all, group] = remedied.map((resource) => state[resource]);
            assert.deepEqual(override?.settings?.loggingLevel, "ERROR");
            assert.deepEqual(all?.settings?.loggingLevel, "ERROR");
            assert.deepEqual(group?.retentionInDays, 90);

            const again = await stack.preview();
            assert.deepEqual(again.findings.filter(fixed), []);
            assert.deepEqual(
                again.steps.filter((step) => !step.startsWith("same ")),
                [],
            );
        }));
});

interface BadConfig {
    readonly when: string;
    readonly config: object;
    readonly says: string;
}

const BAD_CONFIGS: readonly BadConfig[] = [
    {
        when: "a misspelt key",
        config: { [RETENTION]: { maxDay: 30 } },
        says: `${RETENTION}: there is no config key "maxDay". Did you mean "maxDays"?`,
    },
    {
        when: "a level that does not exist",
        config: { [LEVEL]: { levels: ["DEBUG"] } },
        says: 'levels.0 must be one of the following: "ERROR", "INFO"',
    },
    {
        when: "minDays above maxDays",
        config: { [RETENTION]: { minDays: 90, maxDays: 30 } },
        says: `${RETENTION}: minDays (90) is above maxDays (30). Lower minDays or raise maxDays.`,
    },
    {
        when: "a retention that CloudWatch does not accept",
        config: { [RETENTION]: { setDays: 100 } },
        says: `${RETENTION}: setDays is 100, a retention that CloudWatch does not accept. The nearest is 90.`,
    },
    {
        when: "a misspelt key of a stack policy",
        config: { "apigateway-account-cloudwatch-role": { requireInstack: true } },
        says: 'apigateway-account-cloudwatch-role: there is no config key "requireInstack". Did you mean "requireInStack"?',
    },
];

engineTier("a bad config in the real engine", () => {
    for (const { when, config, says } of BAD_CONFIGS) {
        it(`${when} fails the preview with one clear message`, () =>
            run(config, async (stack) => {
                const preview = await stack.preview();
                assert.notEqual(preview.exitCode, 0);
                const errors = preview.diagnostics.filter((line) => line.includes(says));
                assert.equal(errors.length, 1, preview.diagnostics.join("\n"));
                assert.doesNotMatch(preview.stdout + preview.stderr, /^\s+at /m);
            }));
    }

    it("fails an update before anything is made", () =>
        run({ [RETENTION]: { maxDay: 30 } }, async (stack) => {
            assert.notEqual((await stack.up()).exitCode, 0);
            const made = Object.keys(inputs(await stack.export())).filter((one) => one.startsWith("aws:"));
            assert.deepEqual(made, []);
        }));
});
