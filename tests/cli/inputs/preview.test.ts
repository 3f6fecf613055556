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
        const outputs = { binaryTypes: ["image/png"], features: ["UsagePlans"] };
        const before = state({ binaryTypes: ["image/png"] }, { outputs });
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
    });

    describe("what providers plan where the program", () => {
        const SOCKET = "aws:apigatewayv2/stage:Stage";
        const CLUSTER = "aws:rds/cluster:Cluster";
        const logging = { loggingLevel: "INFO", dataTraceEnabled: true, detailedMetricsEnabled: true };
        const limited = { ...logging, throttlingBurstLimit: 1, throttlingRateLimit: 2 };
        const quiet = { loggingLevel: "INFO", dataTraceEnabled: false, detailedMetricsEnabled: false };
        const cluster = { clusterIdentifier: "orders", dbClusterParameterGroupName: "audit", engineVersion: "8.0" };
        const SEALED = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:a:b" };
        const route = { routeKey: "send", dataTraceEnabled: false, throttlingBurstLimit: 1, throttlingRateLimit: 2 };
        const routeLogs = { ...route, loggingLevel: "ERROR" };
        type Values = Readonly<Record<string, unknown>>;
        const ROWS: readonly (readonly [
            when: string,
            type: string,
            was: Values,
            set: Values,
            now: Values,
            is: Values,
        ])[] = [
            [
                "drops the default route settings: the level",
                SOCKET,
                { defaultRouteSettings: limited },
                { defaultRouteSettings: limited },
                {},
                { defaultRouteSettings: quiet },
            ],
            [
                "drops the level, but not the default route settings: the level",
                SOCKET,
                { defaultRouteSettings: limited },
                { defaultRouteSettings: limited },
                { defaultRouteSettings: { dataTraceEnabled: true } },
                { defaultRouteSettings: { loggingLevel: "INFO", dataTraceEnabled: true } },
            ],
            [
                "never set the limits of default route settings: none",
                SOCKET,
                { defaultRouteSettings: limited },
                { defaultRouteSettings: logging },
                { defaultRouteSettings: logging },
                { defaultRouteSettings: logging },
            ],
            [
                "has no default route settings, nor has AWS: none",
                SOCKET,
                { defaultRouteSettings: null },
                {},
                {},
                { defaultRouteSettings: null },
            ],
            [
                "drops default route settings that are sealed: all of them, sealed",
                SOCKET,
                { defaultRouteSettings: SEALED },
                { defaultRouteSettings: SEALED },
                {},
                { defaultRouteSettings: SEALED },
            ],
            [
                "states in plain text what was sealed: what it states",
                SOCKET,
                { defaultRouteSettings: SEALED },
                { defaultRouteSettings: SEALED },
                { defaultRouteSettings: { dataTraceEnabled: true } },
                { defaultRouteSettings: { dataTraceEnabled: true } },
            ],
            [
                "drops the level of a route and changes nothing else: the level",
                SOCKET,
                { routeSettings: [routeLogs] },
                { routeSettings: [routeLogs] },
                { routeSettings: [{ ...route, __defaults: [] }] },
                { routeSettings: [routeLogs] },
            ],
            [
                "drops the level of a route and changes a limit: no level",
                SOCKET,
                { routeSettings: [routeLogs] },
                { routeSettings: [routeLogs] },
                { routeSettings: [{ ...route, throttlingBurstLimit: 5 }] },
                { routeSettings: [{ ...route, throttlingBurstLimit: 5 }] },
            ],
            [
                "drops names and version of a cluster: all of them",
                CLUSTER,
                { ...cluster, arn: "arn", databaseName: "shop" },
                { ...cluster, databaseName: "shop" },
                {},
                { ...cluster, arn: "arn" },
            ],
            [
                "drops engine and identifier of an instance: both",
                "aws:rds/instance:Instance",
                { engine: "mysql", identifier: "orders", dbName: "shop" },
                { engine: "mysql", identifier: "orders", dbName: "shop" },
                {},
                { engine: "mysql", identifier: "orders" },
            ],
            [
                "drops endpoint and security policy of a domain name: both",
                "aws:apigateway/domainName:DomainName",
                {
                    endpointConfiguration: { types: "EDGE" },
                    securityPolicy: "TLS_1_2",
                    regionalCertificateName: "shop",
                },
                {
                    endpointConfiguration: { types: "EDGE" },
                    securityPolicy: "TLS_1_2",
                    regionalCertificateName: "shop",
                },
                {},
                { endpointConfiguration: { types: "EDGE" }, securityPolicy: "TLS_1_2" },
            ],
            ...(
                [
                    ["aws:apigateway/stage:Stage", "accessLogSettings", { format: "$requestId" }],
                    ["aws:apigateway/stage:Stage", "canarySettings", { percentTraffic: 1 }],
                    ["aws:apigateway/stage:Stage", "clientCertificateId", "c1"],
                    ["aws:apigateway/stage:Stage", "xrayTracingEnabled", true],
                    [SOCKET, "accessLogSettings", { format: "$requestId" }],
                    [SOCKET, "routeSettings", [routeLogs]],
                    ["aws:apigatewayv2/integration:Integration", "integrationUri", "https://example.com"],
                    ["aws:apigatewayv2/integration:Integration", "tlsConfig", { serverNameToVerify: "example.com" }],
                    ["aws:rds/instance:Instance", "enabledCloudwatchLogsExports", ["audit"]],
                    [CLUSTER, "enabledCloudwatchLogsExports", ["audit"]],
                    ["aws:rds/clusterParameterGroup:ClusterParameterGroup", "parameters", [{ name: "pgaudit.log" }]],
                ] as const
            ).map(
                ([type, property, found]) =>
                    [
                        `never set ${property}, which a refresh found: nothing (${type})`,
                        type,
                        { [property]: found, arn: "arn" },
                        {},
                        {},
                        { arn: "arn" },
                    ] as const,
            ),
            [
                "never set what AWS filled in, of aws-native: what identifies the resource",
                "aws-native:apigateway:Stage",
                {
                    restApiId: "a1",
                    stageName: "prod",
                    cacheClusterSize: "0.5",
                    tags: [{ key: "a" }],
                    canarySetting: { percentTraffic: 1, deploymentId: "d1" },
                },
                { restApiId: "a1", canarySetting: { percentTraffic: 1 } },
                { restApiId: "a1", canarySetting: { percentTraffic: 2 } },
                { restApiId: "a1", stageName: "prod", canarySetting: { percentTraffic: 2 } },
            ],
        ];
        for (const [when, type, outputs, set, now, is] of ROWS) {
            it(when, () => {
                assert.deepEqual(outputsAfter("update", { type, inputs: set, outputs }, { type, inputs: now }), is);
            });
        }
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
