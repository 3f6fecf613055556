import assert from "node:assert/strict";
import { readPreview } from "../../../cli/inputs/preview";
import { isImported, type RecordedStack } from "../../../cli/inputs/recorded";

const urn = (name: string, type = "aws:apigateway/stage:Stage") => `urn:pulumi:dev::shop::${type}::${name}`;

function read(steps: readonly object[], config: object = {}): RecordedStack {
    const state = readPreview({ steps, config, changeSummary: {} });
    assert.ok(state !== undefined);
    return state;
}

const state = (inputs: object, more: object = {}) => ({ type: "aws:apigateway/stage:Stage", inputs, ...more });

/** The outputs of a resource that a step of an operation leaves behind. */
function outputsAfter(op: string, before: object, after: object): unknown {
    const step = { op, urn: urn("prod"), oldState: before, newState: after };
    return read([step]).resources[0]?.outputs;
}

describe("a preview's resource is imported", () => {
    const imported = (op: string, more: object = {}) =>
        read([{ op, urn: urn("prod"), newState: state({ stageName: "prod" }, more) }]).resources.map(isImported);

    for (const op of ["import", "import-replacement"]) {
        it(`if its step is to do that (${op})`, () => assert.deepEqual(imported(op), [true]));
    }

    it("if it was, and the program still says so", () => {
        assert.deepEqual(imported("same", { importID: "ags-1-prod" }), [true]);
    });

    it("and not in any other case", () => {
        assert.deepEqual([...imported("create"), ...imported("same", { importID: "" })], [false, false]);
    });
});

describe("a preview's resource has as outputs", () => {
    const old = state(
        { stageName: "prod", xrayTracingEnabled: true },
        { outputs: { id: "ag-1-prod", stageName: "prod", xrayTracingEnabled: true } },
    );

    it("its inputs, if it is new", () => {
        assert.deepEqual(outputsAfter("create", {}, state({ stageName: "prod" })), { stageName: "prod" });
    });

    for (const op of ["update", "refresh"]) {
        it(`its new inputs over its outputs so far, if it stays (${op})`, () => {
            assert.deepEqual(outputsAfter(op, old, state({ stageName: "[unknown]", xrayTracingEnabled: false })), {
                id: "ag-1-prod",
                stageName: "[unknown]",
                xrayTracingEnabled: false,
            });
        });
    }

    it("its outputs so far, if it stays the same", () => {
        const outputs = { id: "ag-1-prod", stageName: "prod", xrayTracingEnabled: true };
        assert.deepEqual(outputsAfter("same", old, state({ stageName: "prod" })), outputs);
    });

    it("its inputs, if it stays the same and the preview does not have its outputs so far", () => {
        assert.deepEqual(outputsAfter("same", state({}), state({ stageName: "prod" })), { stageName: "prod" });
    });

    it("no value that the program set before and no longer sets", () => {
        assert.deepEqual(outputsAfter("update", old, state({ stageName: "prod" })), {
            id: "ag-1-prod",
            stageName: "prod",
        });
    });

    it("no list that the program set before and no longer sets, but one that it never set", () => {
        const outputs = { routeSettings: [{ routeKey: "send" }], features: ["UsagePlans"] };
        const before = state({ routeSettings: [{ routeKey: "send" }] }, { outputs });
        assert.deepEqual(outputsAfter("update", before, state({})), { features: ["UsagePlans"] });
    });

    it("no value within an object, either", () => {
        const before = state({ tags: { team: "a", app: "b" } }, { outputs: { tags: { team: "a", app: "b" } } });
        assert.deepEqual(outputsAfter("update", before, state({ tags: { team: "c" } })), { tags: { team: "c" } });
    });

    const typed = (type: string) => (inputs: object, more: object) => ({ type, inputs, ...more });

    it("a value that the program no longer sets, if providers keep it", () => {
        const settings = { loggingLevel: "INFO", metricsEnabled: false, throttlingBurstLimit: -1 };
        const methods = typed("aws:apigateway/methodSettings:MethodSettings");
        const before = methods({ settings: { loggingLevel: "INFO" } }, { outputs: { settings } });
        assert.deepEqual(outputsAfter("update", before, methods({ settings: { metricsEnabled: true } }, {})), {
            settings: { ...settings, metricsEnabled: true },
        });
        const routes = { loggingLevel: "INFO", throttlingBurstLimit: 1 };
        const chat = typed("aws:apigatewayv2/stage:Stage");
        const logging = chat({ defaultRouteSettings: routes }, { outputs: { defaultRouteSettings: routes } });
        assert.deepEqual(outputsAfter("update", logging, chat({}, {})), { defaultRouteSettings: routes });
        assert.deepEqual(outputsAfter("update", logging, chat({ defaultRouteSettings: {} }, {})), {
            defaultRouteSettings: { loggingLevel: "INFO" },
        });
    });

    it('"" as the role of an Account that sets none, whatever it was', () => {
        const account = typed("aws:apigateway/account:Account");
        const role = { cloudwatchRoleArn: "arn:aws:iam::123456789012:role/logs" };
        const none = { cloudwatchRoleArn: "" };
        assert.deepEqual(outputsAfter("create", {}, account({}, {})), none);
        assert.deepEqual(outputsAfter("update", account(role, { outputs: role }), account({}, {})), none);
        assert.deepEqual(outputsAfter("update", account({}, { outputs: none }), account(role, {})), role);
    });

    it("the new value, if there is null so far", () => {
        const before = state({}, { outputs: { accessLogSettings: null, description: null } });
        assert.deepEqual(outputsAfter("update", before, state({ accessLogSettings: { format: "$status" } })), {
            accessLogSettings: { format: "$status" },
            description: null,
        });
    });

    it("the new value, if it is of another kind than the old", () => {
        const before = state({ settings: {} }, { outputs: { settings: { loggingLevel: "INFO" } } });
        assert.deepEqual(outputsAfter("update", before, state({ settings: "[unknown]" })), { settings: "[unknown]" });
    });

    it("nothing of what it replaces", () => {
        assert.deepEqual(outputsAfter("replace", old, state({ stageName: "prod" })), { stageName: "prod" });
    });
});

describe("a preview's stack has", () => {
    const GONE = [
        "delete",
        "delete-replaced",
        "discard",
        "discard-replaced",
        "read",
        "read-replacement",
        "read-discard",
        "remove-pending-replace",
    ];
    for (const op of GONE) {
        it(`no resource of a step to ${op}`, () => {
            assert.deepEqual(read([{ op, urn: urn("prod"), newState: state({}) }]).resources, []);
        });
    }

    it("no resource that is deleted after it was refreshed", () => {
        const steps = ["refresh", "delete"].map((op) => ({ op, urn: urn("prod"), newState: state({}) }));
        assert.deepEqual(read(steps).resources, []);
    });

    it("a resource whose old self is deleted, as it is replaced", () => {
        const steps = ["create-replacement", "delete-replaced"].map((op) => ({
            op,
            urn: urn("prod"),
            newState: state({}),
        }));
        assert.equal(read(steps).resources.length, 1);
    });

    it("no resource that is external", () => {
        assert.deepEqual(
            read([{ op: "same", urn: urn("prod"), newState: state({}, { external: true }) }]).resources,
            [],
        );
    });

    it("no resource of a step that leaves none", () => {
        assert.deepEqual(read([{ op: "create", urn: urn("prod") }]).resources, []);
    });

    it("a resource once, however many steps it takes", () => {
        const steps = ["create-replacement", "replace"].map((op) => ({
            op,
            urn: urn("prod"),
            newState: state({ op }),
        }));
        assert.deepEqual(
            read(steps).resources.map(({ inputs }) => inputs),
            [{ op: "replace" }],
        );
    });

    it("its name, from whatever is in it", () => {
        assert.equal(read([{ op: "create", urn: urn("prod"), newState: state({}) }]).name, "shop/dev");
    });
});

describe("a preview's provider has", () => {
    const provider = (name: string) => urn(name, "pulumi:providers:aws");
    const withProvider = (name: string) => ({
        op: "create",
        urn: urn("prod"),
        newState: state({}, { provider: `${provider(name)}::some-id` }),
    });

    it("its inputs, if it is listed", () => {
        const step = {
            op: "create",
            urn: provider("west"),
            newState: { type: "pulumi:providers:aws", inputs: { region: "eu-west-1" } },
        };
        assert.deepEqual(
            read([step, withProvider("west")]).providers,
            new Map([[provider("west"), { region: "eu-west-1" }]]),
        );
    });

    it("the config of its package, if it is a default one that is not listed", () => {
        const config = { "aws:region": "eu-west-1", "aws:profile": "dev", "shop:region": "no" };
        for (const name of ["default", "default_7_48_0"]) {
            assert.deepEqual(
                read([withProvider(name)], config).providers,
                new Map([[provider(name), { region: "eu-west-1", profile: "dev" }]]),
            );
        }
    });

    it("an unknown region, if the config has none", () => {
        assert.deepEqual(
            read([withProvider("default")]).providers,
            new Map([[provider("default"), { region: "[unknown]" }]]),
        );
    });

    it("unknown inputs, if the program made it and it is not listed", () => {
        const config = { "aws:region": "eu-west-1" };
        const unknown = { region: "[unknown]", profile: "[unknown]" };
        for (const name of ["west", "default-west", "mydefault"]) {
            assert.deepEqual(read([withProvider(name)], config).providers, new Map([[provider(name), unknown]]));
        }
    });
});
