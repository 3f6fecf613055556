import assert from "node:assert/strict";
import { check } from "../../../cli/commands/check";
import { live } from "../../../cli/commands/live";
import { emulatorTier } from "../../support/emulator/emulator";
import { awsEnvironment, withEnvironment } from "../../support/emulator/environment";
import { withFolder } from "../../support/folder";

/** What the emulator answers is not ours: the shapes of real requests and answers go through the real SDK. */
emulatorTier("a live account on the emulator", (emulator) => {
    const { write } = withFolder();

    const aws = <Answer>(...args: readonly string[]) => emulator().aws(...args) as Answer;

    /** A REST API with a stage whose settings are those of the patches. */
    function makeRestStage(...patches: readonly (readonly [path: string, value: string])[]): string {
        const { id } = aws<{ id: string }>("apigateway", "create-rest-api", "--name", "orders");
        const of = ["--rest-api-id", id] as const;
        const { items } = aws<{ items: readonly { id: string }[] }>("apigateway", "get-resources", ...of);
        const method = [...of, "--resource-id", items[0]?.id ?? "", "--http-method", "GET"];
        aws("apigateway", "put-method", ...method, "--authorization-type", "NONE");
        aws("apigateway", "put-integration", ...method, "--type", "MOCK");
        aws("apigateway", "create-deployment", ...of, "--stage-name", "prod", "--variables", "password=hunter2");
        const operations = patches.map(([path, value]) => ({ op: "replace", path, value }));
        const stage = [...of, "--stage-name", "prod"];
        if (operations.length > 0) {
            aws("apigateway", "update-stage", ...stage, "--patch-operations", JSON.stringify(operations));
        }
        return id;
    }

    async function checked() {
        const environment = awsEnvironment(emulator().url);
        const { text, unread } = await withEnvironment(environment, () => live({ regions: ["eu-west-1"] }));
        assert.deepEqual(unread, []);
        assert.ok(!text.includes("hunter2"));
        const { findings, problems } = await check([write("live.json", text)]);
        assert.deepEqual(problems, []);
        return findings.map(({ policy, name }) => [policy, name]);
    }

    it("has no findings while there is nothing", async () => assert.deepEqual(await checked(), []));

    it("is dark at first, and has no findings once it is fixed", async () => {
        const rest = makeRestStage(["/~1/GET/logging/loglevel", "OFF"]);
        const { ApiId: chat } = aws<{ ApiId: string }>(
            ...["apigatewayv2", "create-api", "--name", "chat", "--protocol-type", "WEBSOCKET"],
            ...["--route-selection-expression", "$request.body.action"],
        );
        const stage = ["--api-id", chat, "--stage-name", "live"];
        aws("apigatewayv2", "create-stage", ...stage);
        aws("logs", "create-log-group", "--log-group-name", `API-Gateway-Execution-Logs_${rest}/prod`);
        assert.deepEqual(await checked(), [
            ["apigateway-account-role-set", "123456789012"],
            ["apigateway-stage-execution-logging", "orders/prod"],
            ["apigateway-method-settings-logging-level", "orders/prod"],
            ["apigatewayv2-stage-execution-logging", "chat/live"],
            ["cloudwatch-log-group-retention", `API-Gateway-Execution-Logs_${rest}/prod`],
        ]);

        const role = "arn:aws:iam::123456789012:role/logs";
        const set = (path: string, value: string) => JSON.stringify([{ op: "replace", path, value }]);
        aws("apigateway", "update-account", "--patch-operations", set("/cloudwatchRoleArn", role));
        for (const key of ["/*/*", "/~1/GET"]) {
            const patch = set(`${key}/logging/loglevel`, "ERROR");
            aws(
                "apigateway",
                "update-stage",
                "--rest-api-id",
                rest,
                "--stage-name",
                "prod",
                "--patch-operations",
                patch,
            );
        }
        // The emulator cannot update a stage of version 2.
        aws("apigatewayv2", "delete-stage", ...stage);
        aws("apigatewayv2", "create-stage", ...stage, "--default-route-settings", "LoggingLevel=ERROR");
        aws("logs", "create-log-group", "--log-group-name", `/aws/apigateway/${chat}/live`);
        for (const name of [`API-Gateway-Execution-Logs_${rest}/prod`, `/aws/apigateway/${chat}/live`]) {
            aws("logs", "put-retention-policy", "--log-group-name", name, "--retention-in-days", "90");
        }
        assert.deepEqual(await checked(), []);
    });
});
