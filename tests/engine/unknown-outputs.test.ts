import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policies } from "../../policies";
import { withStack } from "../support/engine/engine";
import { engineTier } from "../support/engine/tier";

/** A REST API with a stage that logs as it should, all of it made by one provider. */
function compliant(options: pulumi.CustomResourceOptions): aws.apigateway.RestApi {
    const api = new aws.apigateway.RestApi("orders", {}, options);
    const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id }, options);
    const log = new aws.cloudwatch.LogGroup(
        "orders",
        { name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`, retentionInDays: 30 },
        options,
    );
    const stage = new aws.apigateway.Stage(
        "orders",
        { restApi: api.id, deployment: deployment.id, stageName: "prod" },
        { ...options, dependsOn: [log] },
    );
    new aws.apigateway.MethodSettings(
        "orders",
        { restApi: api.id, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } },
        options,
    );
    return api;
}

engineTier("resources that the engine sends without outputs", () => {
    // The program complies with the policies that are enabled by default.
    const core = policies.filter(({ isOptional }) => !isOptional);
    const config = Object.fromEntries(core.map(({ name }) => [name, "mandatory"]));

    it("are not findings while the provider is to assume a role of the same program", () =>
        withStack(
            async () => {
                const role = new aws.iam.Role("deploy", { assumeRolePolicy: "{}" });
                compliant({
                    provider: new aws.Provider("other", { region: "us-east-1", assumeRoles: [{ roleArn: role.arn }] }),
                });
            },
            { config },
            async (stack) => {
                const { findings, exitCode } = await stack.preview();
                assert.deepEqual(findings, []);
                assert.equal(exitCode, 0);
            },
        ));

    for (const option of ["--target", "--exclude"]) {
        it(`are not findings if ${option} leaves them out`, () =>
            withStack(
                async () => {
                    compliant({});
                    new aws.apigateway.RestApi("other");
                },
                { config },
                async (stack) => {
                    const name = option === "--target" ? "**RestApi::other" : "**MethodSettings::orders";
                    const { findings, exitCode, diagnostics } = await stack.preview(undefined, [option, name]);
                    assert.deepEqual(findings, [], diagnostics.join("\n"));
                    assert.equal(exitCode, 0);
                },
            ));
    }

    it("are not findings if what they depend on is only read", () =>
        withStack(
            async () => {
                const parameter = aws.ssm.Parameter.get("level", "/shop/level");
                const api = new aws.apigateway.RestApi("orders");
                const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id });
                const stage = new aws.apigateway.Stage("orders", {
                    restApi: api.id,
                    deployment: deployment.id,
                    stageName: "prod",
                });
                new aws.apigateway.MethodSettings("orders", {
                    restApi: api.id,
                    stageName: stage.stageName,
                    methodPath: "*/*",
                    settings: { loggingLevel: parameter.value },
                });
            },
            { config },
            async (stack) => {
                const { findings, exitCode } = await stack.preview();
                assert.deepEqual(findings, []);
                assert.equal(exitCode, 0);
            },
        ));
});
