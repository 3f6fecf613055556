// JavaScript, since the package is only there once npm run compat has installed it.
const native = require("@pulumi/aws-native");

/** A REST API of aws-native whose stage logs, and whose log expires. */
module.exports = () => {
    const account = new native.apigateway.Account("account", {
        cloudWatchRoleArn: "arn:aws:iam::123456789012:role/api-gateway-logs",
    });
    const api = new native.apigateway.RestApi("orders", { name: "orders" });
    const deployment = new native.apigateway.Deployment("orders", { restApiId: api.restApiId });
    const log = new native.logs.LogGroup("orders-prod", {
        logGroupName: api.restApiId.apply((id) => `API-Gateway-Execution-Logs_${id}/prod`),
        retentionInDays: 90,
    });
    new native.apigateway.Stage(
        "prod",
        {
            restApiId: api.restApiId,
            deploymentId: deployment.deploymentId,
            stageName: "prod",
            methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }],
        },
        { dependsOn: [account, log] },
    );
    return {};
};
