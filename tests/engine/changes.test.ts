import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { readState } from "../../cli/inputs/read-state";
import { withStack } from "../support/engine/engine";
import { assertSameVerdicts } from "../support/engine/same-verdicts";
import { engineTier } from "../support/engine/tier";

interface Version {
    readonly stageName?: string;
    readonly settings?: aws.types.input.apigateway.MethodSettingsSettings | null;
    readonly retentionInDays?: number;
    readonly routes?: aws.types.input.apigatewayv2.StageDefaultRouteSettings;
    readonly overrides?: aws.types.input.apigatewayv2.StageRouteSetting[];
    readonly role?: string;
    readonly protocolType?: string;
}

const LOGGING: Version = {
    settings: { loggingLevel: "INFO", dataTraceEnabled: true },
    retentionInDays: 30,
    routes: { loggingLevel: "INFO" },
    overrides: [{ routeKey: "send", loggingLevel: "INFO" }],
    role: "arn:aws:iam::123456789012:role/logs",
};

/** A REST API and a WebSocket API that log, or something less. */
function program(version: Version) {
    const { stageName = "prod", settings, retentionInDays, role, protocolType = "WEBSOCKET" } = version;
    return async () => {
        const account = new aws.apigateway.Account("account", role === undefined ? {} : { cloudwatchRoleArn: role });
        const api = new aws.apigateway.RestApi("orders");
        const deployment = new aws.apigateway.Deployment("orders", { restApi: api.id });
        const stage = new aws.apigateway.Stage("orders", { restApi: api.id, deployment: deployment.id, stageName });
        if (settings) {
            const where = { restApi: api.id, stageName: stage.stageName, methodPath: "*/*", settings };
            new aws.apigateway.MethodSettings("orders", where, { dependsOn: [account] });
        }
        const chat = new aws.apigatewayv2.Api("chat", {
            protocolType,
            routeSelectionExpression: "$request.body.action",
        });
        const groups = retentionInDays === undefined ? {} : { retentionInDays };
        new aws.cloudwatch.LogGroup("audit", { name: "audit", ...groups });
        const { routes, overrides } = version;
        const routed = {
            ...(routes && { defaultRouteSettings: routes }),
            ...(overrides && { routeSettings: overrides }),
        };
        new aws.apigatewayv2.Stage("chat", { apiId: chat.id, name: stageName, ...routed }, { dependsOn: [account] });
    };
}

const { role: _, ...WITHOUT_ROLE } = LOGGING;

const CHANGES: Readonly<Record<string, Version>> = {
    "nothing changes": LOGGING,
    "level, retention, route settings and role go": { settings: { metricsEnabled: true } },
    "the settings go, and the level of the routes": { ...LOGGING, settings: null, routes: { throttlingBurstLimit: 1 } },
    "logging is switched off, and the role goes": { ...WITHOUT_ROLE, settings: { loggingLevel: "OFF" } },
    "the role goes": WITHOUT_ROLE,
    "the data trace goes": { ...LOGGING, settings: { loggingLevel: "INFO" } },
    "the data trace goes, and metrics come": { ...LOGGING, settings: { loggingLevel: "INFO", metricsEnabled: true } },
    "a route's level goes": { ...LOGGING, overrides: [{ routeKey: "send", throttlingBurstLimit: 1 }] },
    "a route comes without a level": { ...LOGGING, overrides: [{ routeKey: "join" }] },
    "the stages are replaced": { ...LOGGING, stageName: "live" },
    "the WebSocket API becomes an HTTP one": { ...LOGGING, protocolType: "HTTP" },
};

engineTier("check says of the preview of a change what the engine says", () => {
    for (const manner of ["v7", "v6", "late-v6"] as const) {
        it(`whatever changes (provider ${manner})`, () =>
            withStack(program(LOGGING), { manner }, async (stack) => {
                assert.equal((await stack.up()).exitCode, 0);
                for (const [what, version] of Object.entries(CHANGES)) {
                    const preview = await stack.previewDigest(program(version));
                    assert.equal(preview.exitCode, 0, preview.stderr);
                    await assertSameVerdicts(preview.digest, preview, undefined, what);
                }
            }));
    }

    it("which is that an Account whose role is removed has none", () =>
        withStack(program(LOGGING), {}, async (stack) => {
            assert.equal((await stack.up()).exitCode, 0);
            const preview = await stack.previewDigest(program(WITHOUT_ROLE));
            const ofAccount = preview.findings.filter(({ policy }) => policy === "apigateway-account-role-set");
            assert.deepEqual(
                ofAccount.map(({ resource }) => resource),
                ["aws:apigateway/account:Account::account"],
            );
            await assertSameVerdicts(preview.digest, preview, undefined, "check of the preview");
        }));

    it("but sees that what is refreshed first is deleted all the same, which the engine does not", () =>
        withStack(program(LOGGING), {}, async (stack) => {
            assert.equal((await stack.up()).exitCode, 0);
            const options = ["--json", "--show-sames", "--refresh"];
            const { stdout } = await stack.preview(program({ ...LOGGING, settings: null }), options);
            const { resources = [] } = readState(JSON.parse(stdout)) ?? {};
            const types = resources.map(({ type }) => type);
            assert.ok(types.includes("aws:apigateway/stage:Stage"));
            assert.ok(!types.includes("aws:apigateway/methodSettings:MethodSettings"));
        }));

    it("unless the program fails, which leaves no whole stack to check", () =>
        withStack(program(LOGGING), {}, async (stack) => {
            const fails = async () => {
                await program(LOGGING)();
                throw new Error("boom");
            };
            const { stdout, exitCode } = await stack.preview(fails, ["--json", "--show-sames"]);
            assert.notEqual(exitCode, 0);
            assert.throws(() => readState(JSON.parse(stdout)), /^Error: is a preview that failed \(.*boom/);
        }));

    it("of a preview that a mandatory policy stopped", () =>
        withStack(program({}), { config: "config/mandatory.json" }, async (stack) => {
            const preview = await stack.previewDigest();
            assert.notEqual(preview.exitCode, 0);
            const config = JSON.parse(readFileSync(join(__dirname, "../../config/mandatory.json"), "utf8"));
            await assertSameVerdicts(preview.digest, preview, config, "a stopped preview");
        }));
});
