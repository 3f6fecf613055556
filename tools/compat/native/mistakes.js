// JavaScript, since the package is only there once npm run compat has installed it.
const native = require("@pulumi/aws-native");

/** A REST API of aws-native whose stage does not log, and a log group that never expires. */
module.exports = () => {
    const api = new native.apigateway.RestApi("orders", { name: "orders" });
    const deployment = new native.apigateway.Deployment("orders", { restApiId: api.restApiId });
    new native.logs.LogGroup("orders", { logGroupName: "/orders" });
    new native.apigateway.Stage("prod", {
        restApiId: api.restApiId,
        deploymentId: deployment.deploymentId,
        stageName: "prod",
    });
    return {};
};
