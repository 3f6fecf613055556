import assert from "node:assert/strict";
import { generatedState } from "../../tools/bench/states";
import { EXAMPLES } from "../examples";
import { analyze } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { assertSameVerdicts } from "../support/engine/same-verdicts";
import { engineTier } from "../support/engine/tier";

const CONFIGS = {
    "no config": undefined,
    "all mandatory": { all: "mandatory" },
    "all remediated": { all: "remediate" },
    "Security Hub's level, an Account asked for, a retention of a year or more": {
        "apigateway-method-settings-logging-level": { enforcementLevel: "mandatory", levels: ["ERROR"] },
        "apigateway-account-cloudwatch-role": { requireInStack: true },
        "cloudwatch-log-group-retention": { enforcementLevel: "remediate", minDays: 365, maxDays: 0 },
        "apigatewayv2-stage-execution-logging": "disabled",
    },
};

engineTier("check says what policy analyze says", () => {
    for (const [what, config] of Object.entries(CONFIGS)) {
        it(`of a generated stack, with ${what}`, async () => {
            const state = generatedState(600);
            const analysis = await analyze(state, config === undefined ? {} : { config });
            assert.ok(analysis.findings.length > 0);
            await assertSameVerdicts(state, analysis, config, what);
        });
    }

    for (const example of Object.keys(EXAMPLES)) {
        it(`of the recorded state of ${example}, with all mandatory`, async () => {
            const config = { all: "mandatory" };
            const analysis = await analyze(fixture(example), { config });
            await assertSameVerdicts(fixture(example), analysis, config, example);
        });
    }

    const marked = (signature: string, more: object) => ({ "4dabf18193072939515e22adb298388d": signature, ...more });
    const encrypted = marked("1b47061264138c4ac30d75fd1eb44270", { ciphertext: "v1:AAAAAAAAAAAAAAAA:AAAA" });
    const shown = (value: unknown) => marked("1b47061264138c4ac30d75fd1eb44270", { plaintext: JSON.stringify(value) });
    const reference = (id: unknown) => marked("5cf8f73096256a8f31e491e813e4eb8e", { urn: `${URN}bucket::x`, id });
    const infinity = marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c", { value: "7ff0000000000000" });
    const URN = "urn:pulumi:dev::rest-api-mistakes::aws:s3/bucket:Bucket::";
    const { deployment } = fixture("rest-api-mistakes");

    /** Whose key lies in Pulumi Cloud, where nobody is logged in. */
    const secretsOf = (state: ReturnType<typeof withProperties>) => ({
        ...state,
        deployment: {
            ...state.deployment,
            secrets_providers: { type: "service", state: { owner: "shop", project: "shop", stack: "dev" } },
        },
    });

    /** The state of an example in which the given properties stand in all resources that have them. */
    const withProperties = (properties: Readonly<Record<string, unknown>>, more: object = {}) => {
        const replaced = (all: Readonly<Record<string, unknown>> = {}) => ({
            ...all,
            ...Object.fromEntries(Object.entries(properties).filter(([key]) => key in all)),
        });
        const resources = deployment.resources.map((one) => ({
            ...one,
            inputs: replaced(one.inputs),
            outputs: replaced(one.outputs),
            ...more,
        }));
        return { version: 3, deployment: { ...deployment, resources } };
    };

    const STRANGE: Readonly<Record<string, object>> = {
        "secrets that cannot be opened": secretsOf(
            withProperties({
                settings: { loggingLevel: encrypted },
                retentionInDays: encrypted,
            }),
        ),
        "an API, a stage and a region that are secrets": secretsOf(
            withProperties({
                restApi: encrypted,
                stageName: encrypted,
                region: encrypted,
            }),
        ),
        "secrets in plain text": withProperties({
            // A map that is secret as a whole is closed in `check`: its keys may be secrets as well.
            settings: { loggingLevel: shown("INFO") },
            retentionInDays: shown(30),
        }),
        "references to resources": withProperties({ restApi: reference("abc"), stageName: reference({ V: "prod" }) }),
        "numbers that JSON has none for": withProperties({ retentionInDays: infinity }),
        "values that nobody knows": withProperties({ restApi: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
        "resources that are only read": readOnly(),
        "external resources that have inputs": withProperties({}, { external: true }),
        "resources that wait to be deleted": withProperties({}, { delete: true }),
        "no providers": {
            version: 3,
            deployment: {
                ...deployment,
                resources: deployment.resources.filter(({ type }) => !type.startsWith("pulumi:")),
            },
        },
        "dependencies of whole resources only (version 2)": { version: 2, deployment },
        "no dependencies at all (version 1)": withVersion1(),
        "features (version 4)": { version: 4, features: ["hooks"], deployment },
    };

    function readOnly(): object {
        const resources = deployment.resources.map((one) =>
            one.type.startsWith("pulumi:") ? one : { ...one, inputs: {}, external: true },
        );
        return { version: 3, deployment: { ...deployment, resources } };
    }

    function withVersion1(): object {
        const resources = deployment.resources.map(({ urn, type, inputs, outputs, parent, id }) => {
            const custom = !type.startsWith("pulumi:pulumi:");
            return { urn, type, custom, inputs, outputs, parent, ...(custom ? { id } : {}) };
        });
        return { version: 1, deployment: { ...deployment, resources } };
    }

    for (const [what, state] of Object.entries(STRANGE)) {
        it(`of a state with ${what}`, async () => {
            const analysis = await analyze(state);
            assert.doesNotMatch(analysis.stderr, /^error/m);
            await assertSameVerdicts(state, analysis, undefined, what);
        });
    }
});
