import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A WebSocket API done right: it logs, and its log expires. */
export = () => {
    const role = new aws.iam.Role("api-gateway-logs", {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "apigateway.amazonaws.com" }),
    });
    const mayWrite = new aws.iam.RolePolicyAttachment("api-gateway-logs", {
        role: role.name,
        policyArn: aws.iam.ManagedPolicy.AmazonAPIGatewayPushToCloudWatchLogs,
    });
    const account = new aws.apigateway.Account(
        "account",
        { cloudwatchRoleArn: role.arn },
        { dependsOn: [mayWrite], retainOnDelete: true },
    );

    const api = new aws.apigatewayv2.Api("chat", {
        protocolType: "WEBSOCKET",
        routeSelectionExpression: "$request.body.action",
    });
    const integration = new aws.apigatewayv2.Integration("send", { apiId: api.id, integrationType: "MOCK" });
    new aws.apigatewayv2.Route("send", {
        apiId: api.id,
        routeKey: "send",
        target: pulumi.interpolate`integrations/${integration.id}`,
    });

    // The stage has a name of its own, so that its log group can be there before it.
    const log = new aws.cloudwatch.LogGroup("chat-prod", {
        name: pulumi.interpolate`/aws/apigateway/${api.id}/prod`,
        retentionInDays: 90,
    });
    const stage = new aws.apigatewayv2.Stage(
        "prod",
        {
            apiId: api.id,
            name: "prod",
            autoDeploy: true,
            defaultRouteSettings: { loggingLevel: "INFO", throttlingBurstLimit: 50, throttlingRateLimit: 100 },
        },
        { dependsOn: [account, log] },
    );

    return { url: stage.invokeUrl };
};
