import assert from "node:assert/strict";
import { defaultLevel } from "../../pack/policy";
import { policies } from "../../policies";
import { CONFIGS, EXAMPLES } from "../examples";
import { fixture, type StateResource } from "../support/engine/fixture";
import { typeAndName } from "../support/engine/run";
import { type Level, type Pack, servePack, type WireResource } from "../support/wire/pack";

describe("the recorded states of the examples, over the wire", () => {
    let pack: Pack;
    before(async () => {
        pack = await servePack();
    });
    after(() => pack.stop());

    for (const [example, expected] of Object.entries(EXAMPLES)) {
        it(`${example} has the same findings as in the engine`, async () => {
            const { resources } = fixture(example).deployment;
            const { levels, values } = settingsIn(CONFIGS[example] ?? {});
            await pack.configure(values, (policy) => levels[policy] ?? "disabled");
            const found = await pack.analyzeStack(resources.map((one) => wired(one, resources, one.outputs)));
            for (const resource of resources) {
                const ofInputs = await pack.analyze(wired(resource, resources, resource.inputs));
                found.push(...ofInputs.map((one) => ({ ...one, urn: resource.urn })));
            }
            const verdicts = found.map(({ policy, urn, message }) => {
                const heading = policies.find(({ name }) => name === policy)?.description ?? "";
                return { policy, resource: typeAndName(urn), message: message.slice(heading.length + 1) };
            });
            verdicts.sort((a, b) => (key(a) < key(b) ? -1 : 1));
            assert.deepEqual(verdicts, expected);
        });
    }
});

/** What a config file sets for each policy: a level, or an object with a level and values. */
function settingsIn(config: Readonly<Record<string, string | object>>) {
    const settings = policies.map((policy) => {
        const setting = config[policy.name] ?? defaultLevel(policy);
        const { enforcementLevel, ...values }: Readonly<Record<string, unknown>> =
            typeof setting === "string" ? { enforcementLevel: setting } : { ...setting };
        return { name: policy.name, level: enforcementLevel as Level, values };
    });
    return {
        levels: Object.fromEntries(settings.map(({ name, level }) => [name, level])),
        values: Object.fromEntries(settings.map(({ name, values }) => [name, values])),
    };
}

function key({ resource, policy }: { resource: string; policy: string }): string {
    return `${resource}\n${policy}`;
}

/** The engine keeps to itself what it and providers remember among the properties (`__defaults`). */
function withoutInternals(props: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__")));
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/**
 * The engine opens secrets, and sends only the id of a resource reference; components have such references among their
 * outputs.
 */
function asSent(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(asSent);
    }
    if (SIGNATURE in value && "plaintext" in value) {
        return { [SIGNATURE]: value[SIGNATURE], value: JSON.parse(String(value.plaintext)) };
    }
    return SIGNATURE in value && "id" in value
        ? value.id
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asSent(inner)]));
}

/** A resource of a state as the engine sends it: inputs to resource policies, outputs to stack policies. */
function wired(state: StateResource, all: readonly StateResource[], props: StateResource["outputs"]): WireResource {
    const { urn, type, parent, dependencies } = state;
    // A state refers to a provider by its URN and its id.
    const provider = all.find((one) => `${one.urn}::${one.id}` === state.provider);
    return {
        urn,
        type,
        name: urn.split("::").slice(3).join("::"),
        props: asSent(withoutInternals(props)) as Record<string, unknown>,
        ...(provider === undefined
            ? {}
            : { provider: { ...provider, name: "provider", props: { ...provider.inputs } } }),
        ...(parent === undefined ? {} : { parent }),
        ...(dependencies === undefined ? {} : { dependencies }),
        propertyDependencies: Object.fromEntries(
            Object.entries(state.propertyDependencies ?? {}).map(([property, urns]) => [property, urns ?? []]),
        ),
    };
}
