import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A WebSocket API with the usual mistakes; the policy pack reports each, on the resource to change. */
export = () => {
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

    // Mistake: throttling only. The stage logs nothing.
    new aws.apigatewayv2.Stage("dev", {
        apiId: api.id,
        name: "dev",
        autoDeploy: true,
        defaultRouteSettings: { throttlingBurstLimit: 50, throttlingRateLimit: 100 },
    });

    // Mistakes: a route that is switched off, and full messages in the log of all others.
    const log = new aws.cloudwatch.LogGroup("chat-prod", {
        name: pulumi.interpolate`/aws/apigateway/${api.id}/prod`,
        retentionInDays: 90,
    });
    new aws.apigatewayv2.Stage(
        "prod",
        {
            apiId: api.id,
            name: "prod",
            autoDeploy: true,
            defaultRouteSettings: { loggingLevel: "INFO", dataTraceEnabled: true },
            routeSettings: [{ routeKey: "send", loggingLevel: "OFF" }],
        },
        { dependsOn: [log] },
    );

    // Mistake: a stage that Pulumi names, so that no log group can be there before it.
    new aws.apigatewayv2.Stage("test", {
        apiId: api.id,
        autoDeploy: true,
        defaultRouteSettings: { loggingLevel: "ERROR" },
    });
};
