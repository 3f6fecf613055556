import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { RestAPI } from "@pulumi/aws-apigateway";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { withStack } from "../support/engine/engine";
import { type Spied, withSpy } from "../support/engine/spy";
import { raw, states, unlike } from "../support/engine/states";
import { engineTier } from "../support/engine/tier";

const API = "aws:apigateway/restApi:RestApi::orders";
const STAGE = "aws:apigateway/stage:Stage::prod";
const ALL = "aws:apigateway/methodSettings:MethodSettings::all";

function restApi(settings: aws.types.input.apigateway.MethodSettingsSettings = { metricsEnabled: true }) {
    return async () => {
        const api = new aws.apigateway.RestApi("orders");
        const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id });
        const stage = new aws.apigateway.Stage("prod", {
            restApi: api.id,
            deployment: deployment.id,
            stageName: "prod",
        });
        const methods = { restApi: api.id, stageName: stage.stageName, methodPath: "*/*" };
        new aws.apigateway.MethodSettings("all", { ...methods, settings });
    };
}

async function surroundings() {
    const role = new aws.iam.Role("logs", { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
    new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn });
    new aws.cloudwatch.LogGroup("access");
    new aws.cloudwatch.LogGroup("named", { name: "/orders", retentionInDays: 30, tags: { team: "orders" } });
}

async function v2Apis() {
    const routes = { dataTraceEnabled: true, loggingLevel: "INFO" };
    const chat = new aws.apigatewayv2.Api("chat", { protocolType: "WEBSOCKET" });
    new aws.apigatewayv2.Stage("quiet", { apiId: chat.id });
    new aws.apigatewayv2.Stage("throttled", { apiId: chat.id, defaultRouteSettings: { throttlingBurstLimit: 5 } });
    new aws.apigatewayv2.Stage("loud", { apiId: chat.id, name: "loud", defaultRouteSettings: routes });
    const web = new aws.apigatewayv2.Api("web", { protocolType: "HTTP" });
    new aws.apigatewayv2.Stage("web", { apiId: web.id, name: "$default", defaultRouteSettings: routes });
}

engineTier("the AWS provider of the engine tests", () => {
    it("plans a REST API with unknown values, creates it, and then finds nothing to change", () =>
        withSpy(restApi(), {}, async (stack) => {
            const preview = await stack.preview();
            assert.equal(preview.exitCode, 0, preview.stderr);
            assert.deepEqual(preview.diagnostics, []);
            assert.deepEqual(preview.inputs[STAGE], {
                deployment: "UNKNOWN",
                region: "us-east-1",
                restApi: "UNKNOWN",
                stageName: "prod",
                tagsAll: {},
            });
            const settings = { metricsEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1 };
            // Older CLIs, such as 3.259, also send the names of what the provider filled in.
            assert.deepEqual(
                { ...(preview.inputs[ALL]?.settings as object), __defaults: [] },
                { ...settings, __defaults: [] },
            );
            assert.deepEqual(preview.outputs[STAGE], {
                parent: "pulumi:pulumi:Stack::test-test",
                props: {
                    accessLogSettings: null,
                    arn: "UNKNOWN",
                    cacheClusterEnabled: null,
                    cacheClusterSize: null,
                    canarySettings: null,
                    clientCertificateId: null,
                    deployment: "UNKNOWN",
                    description: null,
                    documentationVersion: null,
                    executionArn: "UNKNOWN",
                    id: "UNKNOWN",
                    invokeUrl: "UNKNOWN",
                    region: "us-east-1",
                    restApi: "UNKNOWN",
                    stageName: "prod",
                    tags: null,
                    tagsAll: "UNKNOWN",
                    variables: null,
                    webAclArn: "UNKNOWN",
                    xrayTracingEnabled: null,
                },
                dependencies: ["aws:apigateway/deployment:Deployment::orders", API],
                propertyDependencies: { deployment: ["aws:apigateway/deployment:Deployment::orders"], restApi: [API] },
            });
            assert.deepEqual(preview.outputs[ALL], {
                parent: "pulumi:pulumi:Stack::test-test",
                props: {
                    id: "UNKNOWN",
                    methodPath: "*/*",
                    region: "us-east-1",
                    restApi: "UNKNOWN",
                    settings: {
                        cacheDataEncrypted: "UNKNOWN",
                        cacheTtlInSeconds: "UNKNOWN",
                        cachingEnabled: "UNKNOWN",
                        dataTraceEnabled: "UNKNOWN",
                        loggingLevel: "UNKNOWN",
                        metricsEnabled: true,
                        requireAuthorizationForCacheControl: "UNKNOWN",
                        throttlingBurstLimit: -1,
                        throttlingRateLimit: -1,
                        unauthorizedCacheControlHeaderStrategy: "UNKNOWN",
                    },
                    stageName: "prod",
                },
                dependencies: [API, STAGE],
                propertyDependencies: { restApi: [API], stageName: [STAGE] },
            });

            const up = await stack.up();
            assert.equal(up.exitCode, 0, up.stderr);
            const { [API]: api, [STAGE]: stage, [ALL]: all } = states(await stack.export());
            const id = api?.id ?? "";
            assert.match(id, /^[a-z0-9]{10}$/);
            assert.deepEqual(api?.inputs, {
                __defaults: ["name", "putRestApiMode"],
                name: api?.outputs.name,
                putRestApiMode: "overwrite",
                region: "us-east-1",
                tagsAll: {},
            });
            assert.match(String(api?.outputs.name), /^orders-[0-9a-f]{7}$/);
            assert.equal(stage?.id, `ags-${id}-prod`);
            assert.match(String(stage?.inputs.deployment), /^[a-z0-9]{6}$/);
            assert.deepEqual(stage?.outputs, {
                __pulumi_raw_state_delta: { obj: {} },
                accessLogSettings: null,
                arn: `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/prod`,
                cacheClusterEnabled: false,
                cacheClusterSize: "",
                canarySettings: null,
                clientCertificateId: "",
                deployment: stage?.inputs.deployment,
                description: "",
                documentationVersion: "",
                executionArn: `arn:aws:execute-api:us-east-1:123456789012:${id}/prod`,
                id: `ags-${id}-prod`,
                invokeUrl: `https://${id}.execute-api.us-east-1.amazonaws.com/prod`,
                region: "us-east-1",
                restApi: id,
                stageName: "prod",
                tags: null,
                tagsAll: {},
                variables: null,
                webAclArn: "",
                xrayTracingEnabled: false,
            });
            assert.equal(all?.id, `${id}-prod-*/*`);
            assert.deepEqual(all?.outputs.settings, {
                cacheDataEncrypted: false,
                cacheTtlInSeconds: 300,
                cachingEnabled: false,
                dataTraceEnabled: false,
                loggingLevel: "",
                metricsEnabled: true,
                requireAuthorizationForCacheControl: true,
                throttlingBurstLimit: -1,
                throttlingRateLimit: -1,
                unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
            });

            const again = await stack.preview();
            assert.deepEqual(unlike("same", again.steps), []);
        }));

    it("leaves out what is unknown or not set, except within a block, on the bridge of v5 and most of v6", () =>
        withSpy(restApi(), { manner: "v6" }, async (stack) => {
            const preview = await stack.preview();
            assert.deepEqual(preview.inputs[STAGE], {
                deployment: "UNKNOWN",
                restApi: "UNKNOWN",
                stageName: "prod",
            });
            assert.deepEqual(preview.outputs[STAGE]?.props, { id: "", stageName: "prod" });
            assert.deepEqual(preview.outputs[STAGE]?.propertyDependencies.restApi, [API]);
            assert.deepEqual(preview.outputs[ALL]?.props, {
                id: "",
                methodPath: "*/*",
                settings: {
                    cacheDataEncrypted: "UNKNOWN",
                    cacheTtlInSeconds: "UNKNOWN",
                    cachingEnabled: "UNKNOWN",
                    dataTraceEnabled: "UNKNOWN",
                    loggingLevel: "UNKNOWN",
                    metricsEnabled: true,
                    requireAuthorizationForCacheControl: "UNKNOWN",
                    throttlingBurstLimit: -1,
                    throttlingRateLimit: -1,
                    unauthorizedCacheControlHeaderStrategy: "UNKNOWN",
                },
                stageName: "prod",
            });
            await stack.up();
            const { [STAGE]: stage } = states(await stack.export());
            assert.equal(stage?.outputs.stageName, "prod");
            assert.equal(stage?.outputs.region, undefined, "only resources of v7 have a region");
            assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
        }));

    it("creates the role, the account and log groups", () =>
        withSpy(surroundings, {}, async (stack) => {
            const preview = await stack.preview();
            assert.deepEqual(preview.outputs["aws:apigateway/account:Account::account"]?.props, {
                apiKeyVersion: "UNKNOWN",
                cloudwatchRoleArn: "UNKNOWN",
                features: "UNKNOWN",
                id: "UNKNOWN",
                region: "us-east-1",
                throttleSettings: "UNKNOWN",
            });
            await stack.up();
            const state = states(await stack.export());
            const role = state["aws:iam/role:Role::logs"];
            assert.match(role?.id ?? "", /^logs-[0-9a-f]{7}$/);
            assert.equal(role?.outputs.arn, `arn:aws:iam::123456789012:role/${role?.id}`);
            assert.equal(role?.inputs.assumeRolePolicy, '{"Statement":[],"Version":"2012-10-17"}');
            assert.equal(role?.inputs.region, undefined, "IAM is global");
            const account = state["aws:apigateway/account:Account::account"];
            assert.equal(account?.id, "123456789012");
            assert.equal(account?.outputs.cloudwatchRoleArn, role?.outputs.arn);
            const access = state["aws:cloudwatch/logGroup:LogGroup::access"];
            assert.match(access?.id ?? "", /^access-[0-9a-f]{7}$/);
            assert.deepEqual(access?.inputs, {
                __defaults: ["name", "retentionInDays", "skipDestroy"],
                name: access?.id,
                region: "us-east-1",
                retentionInDays: 0,
                skipDestroy: false,
                tagsAll: {},
            });
            const named = state["aws:cloudwatch/logGroup:LogGroup::named"];
            assert.equal(named?.id, "/orders");
            assert.equal(named?.outputs.arn, "arn:aws:logs:us-east-1:123456789012:log-group:/orders");
            assert.deepEqual(named?.inputs, {
                __defaults: ["skipDestroy"],
                name: "/orders",
                region: "us-east-1",
                retentionInDays: 30,
                skipDestroy: false,
                tags: { team: "orders" },
                tagsAll: { team: "orders" },
            });
            assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
        }));

    it("knows an account without a role in the plan already, and its old id", () => {
        const program = async () => {
            new aws.apigateway.Account("account");
        };
        return Promise.all([
            withSpy(program, {}, async (stack) => {
                const { props } = (await stack.preview()).outputs["aws:apigateway/account:Account::account"] ?? {};
                assert.equal(props?.cloudwatchRoleArn, "");
            }),
            withStack(program, { pack: null, manner: "v6" }, async (stack) => {
                await stack.up();
                const account = states(await stack.export())["aws:apigateway/account:Account::account"];
                assert.equal(account?.id, "api-gateway-account");
            }),
        ]);
    });

    it("logs for stages of WebSocket APIs and drops the level of an HTTP API's", () =>
        withSpy(v2Apis, {}, async (stack) => {
            const stage = (name: string) => `aws:apigatewayv2/stage:Stage::${name}`;
            const defaults = { dataTraceEnabled: false, detailedMetricsEnabled: false };
            const preview = await stack.preview();
            assert.deepEqual(preview.outputs[stage("quiet")]?.props, {
                accessLogSettings: null,
                apiId: "UNKNOWN",
                arn: "UNKNOWN",
                autoDeploy: false,
                clientCertificateId: null,
                defaultRouteSettings: null,
                deploymentId: "UNKNOWN",
                description: null,
                executionArn: "UNKNOWN",
                id: "UNKNOWN",
                invokeUrl: "UNKNOWN",
                name: preview.inputs[stage("quiet")]?.name,
                region: "us-east-1",
                routeSettings: [],
                stageVariables: null,
                tags: null,
                tagsAll: "UNKNOWN",
            });
            assert.deepEqual(preview.outputs[stage("throttled")]?.props.defaultRouteSettings, {
                ...defaults,
                loggingLevel: "UNKNOWN",
                throttlingBurstLimit: 5,
                throttlingRateLimit: null,
            });
            await stack.up();
            const state = states(await stack.export());
            const settings = (name: string) => state[stage(name)]?.outputs.defaultRouteSettings;
            const none = { throttlingBurstLimit: 0, throttlingRateLimit: 0 };
            assert.match(state["aws:apigatewayv2/api:Api::chat"]?.id ?? "", /^[a-z0-9]{10}$/);
            assert.match(state[stage("quiet")]?.id ?? "", /^quiet-[0-9a-f]{7}$/);
            assert.deepEqual(settings("quiet"), { ...defaults, ...none, loggingLevel: "OFF" });
            assert.deepEqual(settings("throttled"), {
                ...defaults,
                ...none,
                loggingLevel: "OFF",
                throttlingBurstLimit: 5,
            });
            assert.equal(state[stage("loud")]?.id, "loud");
            assert.deepEqual(settings("loud"), {
                ...defaults,
                ...none,
                dataTraceEnabled: true,
                loggingLevel: "INFO",
            });
            assert.deepEqual(settings("web"), { ...defaults, ...none, loggingLevel: "" });
            assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
        }));

    for (const [when, program, reason] of [
        [
            "a level in lower case",
            restApi({ loggingLevel: "info" }),
            "expected settings.loggingLevel to be one of [OFF ERROR INFO], got info",
        ],
        [
            "a retention CloudWatch does not offer",
            async () => {
                new aws.cloudwatch.LogGroup("access", { retentionInDays: 42 });
            },
            /expected retentionInDays to be one of \[0 1 3 .* 3653\], got 42/,
        ],
        [
            "a route's level that does not exist",
            async () => {
                const routeSettings = [{ routeKey: "$connect", loggingLevel: "DEBUG" }];
                new aws.apigatewayv2.Stage("prod", { apiId: "0123456789", routeSettings });
            },
            "expected routeSettings.[].loggingLevel to be one of [OFF ERROR INFO], got DEBUG",
        ],
        [
            "method settings without a path",
            async () => {
                raw("aws:apigateway/methodSettings:MethodSettings", { restApi: "a", stageName: "b", settings: {} });
            },
            "Missing required property 'methodPath'",
        ],
        [
            "a Deployment that makes a stage, from v7 on",
            async () => {
                raw("aws:apigateway/deployment:Deployment", { restApi: "a", stageName: "prod" });
            },
            "Invalid or unknown key",
        ],
        [
            "an association of a stage's id, where AWS wants its ARN",
            async () => {
                const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/1";
                new aws.wafv2.WebAclAssociation("prod", { resourceArn: "ags-0123456789-prod", webAclArn });
            },
            '"resourceArn" (ags-0123456789-prod) is an invalid ARN: arn: invalid prefix',
        ],
        [
            "a log that databases do not have",
            async () => {
                const logs = { enabledCloudwatchLogsExports: ["slow"] };
                new aws.rds.Instance("orders", { engine: "mysql", instanceClass: "db.t4g.micro", ...logs });
            },
            /expected enabledCloudwatchLogsExports.\[\] to be one of \[agent .* upgrade\], got slow/,
        ],
        [
            "a security policy that API Gateway does not have",
            async () => {
                new aws.apigateway.DomainName("shop", { domainName: "shop.example.com", securityPolicy: "TLS_1_3" });
            },
            /expected securityPolicy to be one of \[TLS_1_0 .*\], got TLS_1_3/,
        ],
    ] as const) {
        it(`refuses ${when}`, () =>
            withStack(program, { pack: null }, async (stack) => {
                const { exitCode, diagnostics } = await stack.preview();
                assert.notEqual(exitCode, 0);
                const found = diagnostics.some((line) =>
                    typeof reason === "string" ? line.includes(reason) : reason.test(line),
                );
                assert.ok(found, diagnostics.join("\n"));
            }));
    }

    it("keeps a level that the program no longer sets", () =>
        withSpy(restApi({ loggingLevel: "INFO" }), {}, async (stack) => {
            await stack.up();
            const next = restApi({ cachingEnabled: true });
            const preview = await stack.preview(next);
            assert.deepEqual(unlike("same", preview.steps), [`update ${ALL}`]);
            const settingsIn = (props: { settings?: object } = {}) => Object.entries(props.settings ?? {});
            assert.deepEqual(
                settingsIn(preview.outputs[ALL]?.props).filter(([key]) => /^(loggingLevel|cachingEnabled)$/.test(key)),
                [
                    ["cachingEnabled", true],
                    ["loggingLevel", "INFO"],
                ],
            );
            assert.ok(!settingsIn(preview.inputs[ALL]).some(([key]) => key === "loggingLevel"));
        }));

    it("gives a replaced deployment another id, and lets the stage know", () => {
        const deployed = (version: string) => async () => {
            const api = new aws.apigateway.RestApi("orders");
            const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id, triggers: { version } });
            new aws.apigateway.Stage("prod", { restApi: api.id, deployment: deployment.id, stageName: "prod" });
        };
        return withSpy(deployed("1"), {}, async (stack) => {
            await stack.up();
            const before = states(await stack.export())[STAGE];
            const preview = await stack.preview(deployed("2"));
            const { __pulumi_raw_state_delta: _, ...outputs } = before?.outputs ?? {};
            assert.deepEqual(preview.outputs[STAGE]?.props, { ...outputs, deployment: "UNKNOWN" });
            const { exitCode, steps } = await stack.up(deployed("2"));
            assert.equal(exitCode, 0);
            assert.ok(steps.includes(`update ${STAGE}`), steps.join("\n"));
            assert.notEqual(states(await stack.export())[STAGE]?.inputs.deployment, before?.inputs.deployment);
        });
    });

    for (const manner of ["v7", "v6"] as const) {
        it(`does not know a name that is made of an unknown id, in the manner of ${manner}`, () => {
            const program = async () => {
                const api = new aws.apigateway.RestApi("orders");
                const name = pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`;
                new aws.cloudwatch.LogGroup("logs", { name });
            };
            return withSpy(program, { manner }, async (stack) => {
                const logs = "aws:cloudwatch/logGroup:LogGroup::logs";
                const { inputs, outputs } = await stack.preview();
                assert.equal(inputs[logs]?.name, "UNKNOWN");
                assert.equal(outputs[logs]?.props.name, manner === "v7" ? "UNKNOWN" : undefined);
                assert.deepEqual(outputs[logs]?.propertyDependencies, { name: [API] });
            });
        });
    }

    it("replaces a stage that is renamed, and what belongs to it", () => {
        const named = (stageName: string) => async () => {
            const stage = new aws.apigateway.Stage("prod", { restApi: "0123456789", deployment: "012345", stageName });
            const settings = { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: {} };
            new aws.apigateway.MethodSettings("all", settings);
        };
        return withStack(named("prod"), { pack: null }, async (stack) => {
            await stack.up();
            const { exitCode, steps } = await stack.up(named("live"));
            assert.equal(exitCode, 0);
            assert.deepEqual(
                unlike("same", steps).filter((step) => step.startsWith("replace ")),
                [`replace ${ALL}`, `replace ${STAGE}`],
            );
            assert.equal(states(await stack.export())[ALL]?.id, "0123456789-live-*/*");
        });
    });

    it("reads what is only looked up", () => {
        const program = async () => {
            aws.apigateway.Account.get("account", "123456789012");
            aws.apigateway.Account.get("dark", "no-role");
            aws.apigateway.Stage.get("stage", "ags-0123456789-prod");
            aws.apigatewayv2.Api.get("chat", "012345678w");
            aws.apigatewayv2.Api.get("web", "0123456789");
            const caller = await aws.getCallerIdentity();
            const region = await aws.getRegion();
            return { account: caller.accountId, region: region.region };
        };
        return withSpy(program, {}, async (stack) => {
            const { outputs, exitCode } = await stack.up();
            assert.equal(exitCode, 0);
            // A pack gets none of them from a preview or an update.
            assert.ok(!Object.keys(outputs).some((resource) => resource.startsWith("aws:")));
            assert.deepEqual(outputs["pulumi:pulumi:Stack::test-test"]?.props, {
                account: "123456789012",
                region: "us-east-1",
            });
            const state = states(await stack.export());
            const read = (resource: string) => state[resource]?.outputs;
            const role = "arn:aws:iam::123456789012:role/apigateway-cloudwatch";
            assert.equal(read("aws:apigateway/account:Account::account")?.cloudwatchRoleArn, role);
            assert.equal(read("aws:apigateway/account:Account::dark")?.cloudwatchRoleArn, "");
            assert.equal(read("aws:apigateway/stage:Stage::stage")?.restApi, "0123456789");
            assert.equal(read("aws:apigateway/stage:Stage::stage")?.stageName, "prod");
            assert.equal(read("aws:apigatewayv2/api:Api::chat")?.protocolType, "WEBSOCKET");
            assert.equal(read("aws:apigatewayv2/api:Api::web")?.protocolType, "HTTP");
        });
    });

    it("keeps secrets secret, and knows every provider's region", () => {
        const program = async () => {
            const provider = new aws.Provider("ireland", { region: "eu-west-1" });
            const key = { name: "access", kmsKeyId: pulumi.secret("sesame") };
            new aws.cloudwatch.LogGroup("access", key, { provider });
            const native = { logGroupName: "native", kmsKeyId: pulumi.secret("sesame") };
            raw("aws-native:logs:LogGroup", native);
        };
        return withStack(program, { pack: null }, async (stack) => {
            const { exitCode, stderr } = await stack.up();
            assert.equal(exitCode, 0, stderr);
            const exported = await stack.export();
            assert.ok(!JSON.stringify(exported).includes("sesame"));
            const state = states(exported);
            const access = state["aws:cloudwatch/logGroup:LogGroup::access"];
            assert.equal(access?.outputs.region, "eu-west-1");
            assert.equal(access?.outputs.arn, "arn:aws:logs:eu-west-1:123456789012:log-group:access");
            const secret = state["aws-native:logs:LogGroup::raw"]?.outputs.kmsKeyId as object;
            assert.ok("ciphertext" in secret);
        });
    });

    it("serves aws-native, which fills in nothing", () => {
        const program = async () => {
            const methodSettings = [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }];
            const api = raw("aws-native:apigateway:RestApi", {}, "orders");
            raw("aws-native:apigateway:Stage", { restApiId: api.id, stageName: "prod", methodSettings }, "prod");
        };
        return withSpy(program, {}, async (stack) => {
            const preview = await stack.preview();
            assert.deepEqual(preview.outputs["aws-native:apigateway:Stage::prod"]?.props, {
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }],
                restApiId: "UNKNOWN",
                stageName: "prod",
            });
            await stack.up();
            const state = states(await stack.export());
            const id = state["aws-native:apigateway:RestApi::orders"]?.id;
            assert.equal(state["aws-native:apigateway:Stage::prod"]?.id, `${id}|prod`);
            assert.deepEqual(state["aws-native:apigateway:Stage::prod"]?.inputs, {
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }],
                restApiId: id,
                stageName: "prod",
            });
        });
    });

    for (const manner of ["v7", "v6"] as const) {
        it(`lets the remote component of aws-apigateway create its children (${manner})`, () => {
            const component = "aws-apigateway:index:RestAPI::orders";
            const program = async () => {
                const api = new RestAPI("orders", { routes: [{ path: "/", method: "GET" }] });
                logged(api.api.id, api.stage.stageName);
                return { url: api.url };
            };
            return withSpy(program, { manner }, async (stack) => {
                const preview = await stack.preview();
                assert.equal(preview.exitCode, 0, preview.stderr);
                assertChildren(preview.outputs, component);
                // Values that come out of a remote component depend on it and on the child they are of.
                assert.deepEqual(preview.outputs[ALL]?.propertyDependencies, {
                    restApi: [component, API],
                    stageName: [component, "aws:apigateway/stage:Stage::orders"],
                });
                assert.equal(preview.outputs[ALL]?.props.stageName, "stage");
                const { exitCode, outputs } = await stack.up();
                assert.equal(exitCode, 0);
                const id = outputs[API]?.props.id;
                const url = `https://${id}.execute-api.us-east-1.amazonaws.com/stage/`;
                assert.deepEqual(outputs["pulumi:pulumi:Stack::test-test"]?.props, { url });
                assert.equal(outputs[component]?.props.stage, `ags-${id}-stage`);
                assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
            });
        });

        it(`lets the component of awsx create its children (${manner})`, () => {
            const program = async () => {
                const target = { type: "http_proxy", uri: "https://example.com" } as const;
                const api = new awsx.classic.apigateway.API("orders", { routes: [{ path: "/", target }] });
                logged(api.restAPI.id, api.stage.stageName);
                return { url: api.url };
            };
            return withSpy(program, { manner }, async (stack) => {
                const preview = await stack.preview();
                assert.equal(preview.exitCode, 0, preview.stderr);
                assertChildren(preview.outputs, "aws:apigateway:x:API::orders");
                assert.deepEqual(preview.outputs[ALL]?.propertyDependencies, {
                    restApi: [API],
                    stageName: ["aws:apigateway/stage:Stage::orders"],
                });
                assert.equal((await stack.up()).exitCode, 0);
                assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
            });
        });
    }
});

interface Version {
    readonly role?: string;
    readonly settings?: aws.types.input.apigateway.MethodSettingsSettings;
    readonly routes?: aws.types.input.apigatewayv2.StageRouteSetting[];
}

const ROLE = "arn:aws:iam::123456789012:role/logs";
const ACCOUNT = "aws:apigateway/account:Account::account";
const CHAT = "aws:apigatewayv2/stage:Stage::chat";

/** A REST API and a WebSocket API, with an Account. */
function apis({ role, settings = { loggingLevel: "INFO" }, routes = [] }: Version) {
    return async () => {
        await restApi(settings)();
        new aws.apigateway.Account("account", role === undefined ? {} : { cloudwatchRoleArn: role });
        const group = new aws.cloudwatch.LogGroup("access");
        new aws.apigateway.Deployment("versioned", { restApi: "0123456789", variables: { group: group.arn } });
        const chat = new aws.apigatewayv2.Api("chat", { protocolType: "WEBSOCKET" });
        const defaultRouteSettings = { loggingLevel: "INFO" };
        const stage = { apiId: chat.id, name: "prod", defaultRouteSettings, routeSettings: routes };
        new aws.apigatewayv2.Stage("chat", stage);
        const integration = new aws.apigatewayv2.Integration("chat", { apiId: chat.id, integrationType: "MOCK" });
        const target = pulumi.interpolate`integrations/${integration.id}`;
        new aws.apigatewayv2.Route("chat", { apiId: chat.id, routeKey: "$default", target });
    };
}

// Each of these was seen with the real provider, pulumi-aws 7.48 (pulumi-terraform-bridge 3.120).
engineTier("like the real AWS provider, that of the engine tests", () => {
    const quiet = { routeKey: "quiet", throttlingBurstLimit: 1 };
    const original: Version = {
        role: ROLE,
        settings: { loggingLevel: "INFO", dataTraceEnabled: true },
        routes: [quiet, { routeKey: "send", loggingLevel: "INFO" }, { routeKey: "join", throttlingBurstLimit: 1 }],
    };
    const next: Version = {
        settings: { loggingLevel: "INFO" },
        routes: [quiet, { routeKey: "send" }, { routeKey: "leave", throttlingBurstLimit: 1 }],
    };
    let first: Spied;
    let state: ReturnType<typeof states>;
    let change: Spied;
    let changed: ReturnType<typeof states>;

    before(() =>
        withSpy(apis(original), {}, async (stack) => {
            first = await stack.preview();
            assert.equal((await stack.up()).exitCode, 0);
            state = states(await stack.export());
            change = await stack.preview(apis(next));
            assert.equal((await stack.up(apis(next))).exitCode, 0);
            changed = states(await stack.export());
        }),
    );

    const planned = (resource: string) => first.outputs[resource]?.props ?? {};
    const nullsOf = (resource: string) =>
        Object.entries(planned(resource)).flatMap(([key, value]) => (value === null ? [key] : []));

    for (const [resource, keys] of Object.entries({
        [API]: ["body", "failOnWarnings", "parameters", "putRestApiMode", "tags"],
        "aws:apigateway/deployment:Deployment::orders": ["description", "triggers", "variables"],
        "aws:apigatewayv2/api:Api::chat": [
            ...["body", "corsConfiguration", "credentialsArn", "description", "disableExecuteApiEndpoint"],
            ...["failOnWarnings", "routeKey", "tags", "target", "version"],
        ],
        "aws:apigatewayv2/integration:Integration::chat": [
            ...["connectionId", "contentHandlingStrategy", "credentialsArn", "description", "integrationMethod"],
            ...["integrationSubtype", "integrationUri", "passthroughBehavior", "requestParameters"],
            ...["requestTemplates", "templateSelectionExpression", "tlsConfig"],
        ],
        "aws:apigatewayv2/route:Route::chat": [
            ...["authorizationScopes", "authorizerId", "modelSelectionExpression", "operationName"],
            ...["requestModels", "routeResponseSelectionExpression"],
        ],
        [CHAT]: ["accessLogSettings", "clientCertificateId", "description", "stageVariables", "tags"],
        "aws:cloudwatch/logGroup:LogGroup::access": ["kmsKeyId", "tags"],
    })) {
        it(`answers null in a preview for optional properties that are not set (${resource})`, () => {
            assert.deepEqual(nullsOf(resource).sort(), keys);
        });
    }

    it("answers null in a preview for throttling that a block does not set", () => {
        const none = { throttlingBurstLimit: null, throttlingRateLimit: null };
        const rest = { dataTraceEnabled: false, detailedMetricsEnabled: false, loggingLevel: "INFO" };
        assert.deepEqual(planned(CHAT).defaultRouteSettings, { ...none, ...rest });
    });

    it("answers an empty list in a preview for a set of blocks that is not set", () => {
        assert.deepEqual(planned("aws:apigatewayv2/route:Route::chat").requestParameters, []);
        assert.deepEqual(planned("aws:apigatewayv2/integration:Integration::chat").responseParameters, []);
    });

    it("does not know in a preview a map of which one value is unknown", () => {
        assert.equal(planned("aws:apigateway/deployment:Deployment::versioned").variables, "UNKNOWN");
    });

    it("does not know in a preview all tags of a resource without tags", () => {
        assert.equal(planned(API).tagsAll, "UNKNOWN");
    });

    it("has no tags and variables, rather than empty ones, after an update", () => {
        assert.equal(state[STAGE]?.outputs.tags, null);
        assert.equal(state[STAGE]?.outputs.variables, null);
        assert.equal(state[CHAT]?.outputs.tags, null);
        assert.equal(state[CHAT]?.outputs.stageVariables, null);
    });

    it("sets putRestApiMode and passthroughBehavior among the inputs, but does not plan them", () => {
        const integration = "aws:apigatewayv2/integration:Integration::chat";
        assert.equal(first.inputs[API]?.putRestApiMode, "overwrite");
        assert.equal(planned(API).putRestApiMode, null);
        assert.equal(state[API]?.outputs.putRestApiMode, null);
        assert.equal(first.inputs[integration]?.passthroughBehavior, "WHEN_NO_MATCH");
        assert.equal(planned(integration).passthroughBehavior, null);
    });

    it("keeps the delta to Terraform's state among the outputs, the Account's with a secret", () => {
        assert.deepEqual(state[STAGE]?.outputs.__pulumi_raw_state_delta, { obj: {} });
        assert.match(JSON.stringify(state[ACCOUNT]?.outputs.__pulumi_raw_state_delta), /"ciphertext":/);
    });

    it("does not list the defaults of an Account's inputs", () => {
        assert.deepEqual(state[ACCOUNT]?.inputs, { cloudwatchRoleArn: ROLE, region: "us-east-1" });
    });

    it('plans "" as the role of an Account whose role is removed, and removes it', () => {
        assert.ok(change.steps.includes(`update ${ACCOUNT}`));
        assert.equal(change.outputs[ACCOUNT]?.props.cloudwatchRoleArn, "");
        assert.equal(changed[ACCOUNT]?.outputs.cloudwatchRoleArn, "");
    });

    it("plans no change when dataTraceEnabled is removed, and keeps it", () => {
        assert.ok(change.steps.includes(`same ${ALL}`), change.steps.join("\n"));
        assert.deepEqual(change.outputs[ALL]?.props.settings, state[ALL]?.outputs.settings);
    });

    it("does not know in a preview the level of a route that is new, renamed or no longer has one", () => {
        const routes = change.outputs[CHAT]?.props.routeSettings as { routeKey: string; loggingLevel: unknown }[];
        assert.deepEqual(Object.fromEntries(routes.map(({ routeKey, loggingLevel }) => [routeKey, loggingLevel])), {
            quiet: "OFF",
            send: "UNKNOWN",
            leave: "UNKNOWN",
        });
    });

    it("answers as v7 does on the bridge of the last v6 releases, but without a region, and null for no role", () =>
        withSpy(apis({}), { manner: "late-v6" }, async (stack) => {
            const preview = await stack.preview();
            const { region, ...stage } = planned(CHAT);
            assert.equal(region, "us-east-1");
            assert.deepEqual(preview.outputs[CHAT]?.props, { ...stage, routeSettings: [] });
            assert.equal(preview.outputs[ACCOUNT]?.props.cloudwatchRoleArn, null);
            await stack.up();
            const { inputs, outputs } = states(await stack.export())[ACCOUNT] ?? {};
            assert.deepEqual(inputs, { __defaults: [] });
            assert.equal(outputs?.cloudwatchRoleArn, "");
        }));

    it("removes the role of an Account on older bridges, too", () =>
        withSpy(apis({ role: ROLE }), { manner: "v6" }, async (stack) => {
            await stack.up();
            assert.equal((await stack.preview(apis({}))).outputs[ACCOUNT]?.props.cloudwatchRoleArn, undefined);
        }));
});

function logged(restApi: pulumi.Input<string>, stageName: pulumi.Input<string>): void {
    const settings = { loggingLevel: "ERROR" };
    new aws.apigateway.MethodSettings("all", { restApi, stageName, methodPath: "*/*", settings });
}

function assertChildren(outputs: { [resource: string]: { parent?: string } }, component: string): void {
    const children = Object.entries(outputs).filter(([, { parent }]) => parent === component);
    assert.deepEqual(children.map(([resource]) => resource).sort(), [
        "aws:apigateway/deployment:Deployment::orders",
        API,
        "aws:apigateway/stage:Stage::orders",
    ]);
}
