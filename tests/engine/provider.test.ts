import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { RestAPI } from "@pulumi/aws-apigateway";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { withStack } from "../support/engine/engine";
import { withSpy } from "../support/engine/spy";
import { raw, states, unlike } from "../support/engine/states";
import { engineTier } from "../support/engine/tier";

const API = "aws:apigateway/restApi:RestApi::orders";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment::orders";
const STAGE = "aws:apigateway/stage:Stage::prod";
const ALL = "aws:apigateway/methodSettings:MethodSettings::all";

const settingsIn = (props: { [name: string]: unknown } = {}) => props.settings as Record<string, unknown>;

interface Version {
    readonly settings?: aws.types.input.apigateway.MethodSettingsSettings;
    readonly stageName?: string;
    readonly triggers?: Record<string, string>;
}

function restApi({ settings = { metricsEnabled: true }, stageName = "prod", triggers = {} }: Version = {}) {
    return async () => {
        const api = new aws.apigateway.RestApi("orders");
        const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id, triggers });
        const stage = new aws.apigateway.Stage("prod", { restApi: api.id, deployment: deployment.id, stageName });
        const name = pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`;
        new aws.cloudwatch.LogGroup("logs", { name });
        const methods = { restApi: api.id, stageName: stage.stageName, methodPath: "*/*" };
        new aws.apigateway.MethodSettings("all", { ...methods, settings });
    };
}

/** Resources of the other types, of aws-native, and of one that the stand-in knows nothing of. */
async function others() {
    const stage = new aws.apigateway.Stage("prod", { restApi: "0123456789", deployment: "012345", stageName: "prod" });
    const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: false };
    const acl = new aws.wafv2.WebAcl("shop", { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig });
    new aws.wafv2.WebAclAssociation("prod", { resourceArn: stage.arn, webAclArn: acl.arn });
    const role = new aws.iam.Role("logs", { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
    new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn });
    new aws.apigateway.DomainName("shop", { domainName: "shop.example.com" });
    const { id: apiId } = new aws.apigatewayv2.Api("chat", { protocolType: "WEBSOCKET" });
    const defaultRouteSettings = { loggingLevel: "INFO" };
    new aws.apigatewayv2.Stage("chat", { apiId, defaultRouteSettings, routeSettings: [{ routeKey: "send" }] });
    const integration = new aws.apigatewayv2.Integration("chat", { apiId, integrationType: "MOCK", tlsConfig: {} });
    const target = pulumi.interpolate`integrations/${integration.id}`;
    new aws.apigatewayv2.Route("chat", { apiId, routeKey: "$default", target });
    const parameters = [{ name: "server_audit_logging", value: "1" }];
    const group = new aws.rds.ClusterParameterGroup("shop", { family: "aurora-mysql8.0", parameters });
    new aws.rds.Cluster("shop", { engine: "aurora-mysql", dbClusterParameterGroupName: group.name });
    new aws.rds.Instance("shop", { engine: "postgres", instanceClass: "db.t4g.micro" });
    new aws.sns.Topic("shop");
    const api = raw("aws-native:apigateway:RestApi", {}, "orders");
    const methodSettings = [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }];
    raw("aws-native:apigateway:Stage", { restApiId: api.id, stageName: "prod", methodSettings }, "prod");
    aws.cloudwatch.LogGroup.get("read", "/shop/read");
    await aws.getCallerIdentity();
}

engineTier("the AWS provider of the engine tests", () => {
    for (const manner of ["v7", "v6"] as const) {
        it(`plans a REST API with unknown values, creates it, and then finds nothing to change (${manner})`, () =>
            withSpy(restApi(), { manner }, async (stack) => {
                const preview = await stack.preview();
                assert.deepEqual(preview.diagnostics, []);
                const [inputs, planned] = [preview.inputs[STAGE], preview.outputs[STAGE]];
                const { deployment, restApi: api, stageName } = inputs ?? {};
                assert.deepEqual([deployment, api, stageName], ["UNKNOWN", "UNKNOWN", "prod"]);
                assert.deepEqual(planned?.dependencies, [DEPLOYMENT, API]);
                assert.deepEqual(planned?.propertyDependencies, { deployment: [DEPLOYMENT], restApi: [API] });
                const unknown = manner === "v7" ? "UNKNOWN" : undefined;
                assert.deepEqual([planned?.props.restApi, planned?.props.arn], [unknown, unknown]);
                assert.equal(planned?.props.variables, manner === "v7" ? null : undefined);
                const { props, propertyDependencies } = preview.outputs[ALL] ?? {};
                assert.equal(settingsIn(props).loggingLevel, "UNKNOWN");
                assert.deepEqual(propertyDependencies, { restApi: [API], stageName: [STAGE] });
                const logs = "aws:cloudwatch/logGroup:LogGroup::logs";
                assert.equal(preview.inputs[logs]?.name, "UNKNOWN");
                assert.equal(preview.outputs[logs]?.props.name, unknown);
                assert.deepEqual(preview.outputs[logs]?.propertyDependencies, { name: [API] });

                await stack.up();
                const state = states(await stack.export());
                const id = state[API]?.id ?? "";
                assert.match(id, /^[a-z0-9]{10}$/);
                assert.match(String(state[API]?.outputs.name), /^orders-[0-9a-f]{7}$/);
                assert.equal(state[STAGE]?.id, `ags-${id}-prod`);
                assert.match(String(state[STAGE]?.inputs.deployment), /^[a-z0-9]{6}$/);
                assert.equal(state[ALL]?.id, `${id}-prod-*/*`);
                assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
            }));
    }

    it("creates resources of all types, and then finds nothing to change", () =>
        withSpy(others, {}, async (stack) => {
            const { exitCode, diagnostics, outputs } = await stack.up();
            assert.equal(exitCode, 0, diagnostics.join("\n"));
            // A pack gets nothing of what is only read.
            assert.equal(outputs["aws:cloudwatch/logGroup:LogGroup::read"], undefined);
            const state = states(await stack.export());
            assert.equal(state["aws:cloudwatch/logGroup:LogGroup::read"]?.outputs.name, "/shop/read");
            const native = state["aws-native:apigateway:RestApi::orders"]?.id;
            assert.equal(state["aws-native:apigateway:Stage::prod"]?.id, `${native}|prod`);
            assert.deepEqual(
                unlike("same", (await stack.preview()).steps).filter((step) => !step.startsWith("read ")),
                [],
            );
        }));

    it("fails a preview with its reason when it refuses a resource", () =>
        withStack(restApi({ settings: { loggingLevel: "info" } }), { pack: null }, async (stack) => {
            const { exitCode, diagnostics } = await stack.preview();
            assert.notEqual(exitCode, 0);
            assert.match(diagnostics.join("\n"), /expected settings.loggingLevel to be one of \[OFF ERROR INFO\]/);
        }));

    it("updates what changes, replaces what must be, and leaves alone what stays", () =>
        withSpy(restApi({ settings: { loggingLevel: "INFO", dataTraceEnabled: true } }), {}, async (stack) => {
            await stack.up();
            const before = states(await stack.export())[STAGE];
            // What is removed from the settings stays, and so the program changes nothing.
            const same = await stack.preview(restApi({ settings: { loggingLevel: "INFO" } }));
            assert.deepEqual(unlike("same", same.steps), []);
            const level = restApi({ settings: { cachingEnabled: true }, triggers: { version: "2" } });
            const preview = await stack.preview(level);
            const { loggingLevel, cachingEnabled } = settingsIn(preview.outputs[ALL]?.props);
            assert.deepEqual([loggingLevel, cachingEnabled], ["INFO", true]);
            assert.equal(settingsIn(preview.inputs[ALL]).loggingLevel, undefined);
            const { __pulumi_raw_state_delta: _, ...outputs } = before?.outputs ?? {};
            assert.deepEqual(preview.outputs[STAGE]?.props, { ...outputs, deployment: "UNKNOWN" });
            const { steps } = await stack.up(level);
            assert.ok(steps.includes(`update ${STAGE}`), steps.join("\n"));
            assert.notEqual(states(await stack.export())[STAGE]?.inputs.deployment, before?.inputs.deployment);
            const renamed = (await stack.up(restApi({ stageName: "live" }))).steps;
            assert.ok(renamed.includes(`replace ${ALL}`) && renamed.includes(`replace ${STAGE}`), renamed.join("\n"));
            assert.match(states(await stack.export())[ALL]?.id ?? "", /-live-\*\/\*$/);
        }));

    it("keeps secrets secret, and knows every provider's region", () => {
        const program = async () => {
            const provider = new aws.Provider("ireland", { region: "eu-west-1" });
            new aws.cloudwatch.LogGroup("access", { kmsKeyId: pulumi.secret("sesame"), name: "access" }, { provider });
            raw("aws-native:logs:LogGroup", { logGroupName: "native", kmsKeyId: pulumi.secret("sesame") });
        };
        return withStack(program, { pack: null }, async (stack) => {
            const { exitCode, stderr } = await stack.up();
            assert.equal(exitCode, 0, stderr);
            const exported = await stack.export();
            assert.ok(!JSON.stringify(exported).includes("sesame"));
            const state = states(exported);
            const access = state["aws:cloudwatch/logGroup:LogGroup::access"];
            assert.equal(access?.outputs.arn, "arn:aws:logs:eu-west-1:123456789012:log-group:access");
            assert.match(JSON.stringify(state["aws-native:logs:LogGroup::raw"]?.outputs.kmsKeyId), /"ciphertext":/);
        });
    });

    const settingsOf = (restApi: pulumi.Input<string>, stageName: pulumi.Input<string>) =>
        new aws.apigateway.MethodSettings("all", { restApi, stageName, methodPath: "*/*", settings: {} });
    const remote = async () => {
        const { api, stage, url } = new RestAPI("orders", { routes: [{ path: "/", method: "GET" }] });
        settingsOf(api.id, stage.stageName);
        return { url };
    };
    const local = async () => {
        const target = { type: "http_proxy", uri: "https://example.com" } as const;
        const { restAPI, stage, url } = new awsx.classic.apigateway.API("orders", { routes: [{ path: "/", target }] });
        settingsOf(restAPI.id, stage.stageName);
        return { url };
    };
    for (const [component, program, ofValues] of [
        // Values that come out of a remote component depend on it and on the child they are of.
        ["aws-apigateway:index:RestAPI::orders", remote, ["aws-apigateway:index:RestAPI::orders"]],
        ["aws:apigateway:x:API::orders", local, []],
    ] as const) {
        for (const manner of ["v7", "v6"] as const) {
            it(`lets the component ${component} create its children (${manner})`, () =>
                withSpy(program, { manner }, async (stack) => {
                    const { outputs } = await stack.preview();
                    const stage = "aws:apigateway/stage:Stage::orders";
                    const children = Object.keys(outputs).filter((child) => outputs[child]?.parent === component);
                    assert.deepEqual(children.sort(), [DEPLOYMENT, API, stage]);
                    assert.deepEqual(outputs[ALL]?.propertyDependencies, {
                        restApi: [...ofValues, API],
                        stageName: [...ofValues, stage],
                    });
                    assert.equal(outputs[ALL]?.props.stageName, "stage");
                    const up = await stack.up();
                    const url = `https://${up.outputs[API]?.props.id}.execute-api.us-east-1.amazonaws.com/stage/`;
                    assert.equal(up.outputs["pulumi:pulumi:Stack::test-test"]?.props.url, url);
                    assert.deepEqual(unlike("same", (await stack.preview()).steps), []);
                }));
        }
    }
});
