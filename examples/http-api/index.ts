import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** An HTTP API. It can have access logs, but no execution logs, so the policy pack has nothing to ask of it. */
export = () => {
    const api = new aws.apigatewayv2.Api("shop", { protocolType: "HTTP" });
    const integration = new aws.apigatewayv2.Integration("proxy", {
        apiId: api.id,
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationUri: "https://example.com/",
    });
    new aws.apigatewayv2.Route("default", {
        apiId: api.id,
        routeKey: "$default",
        target: pulumi.interpolate`integrations/${integration.id}`,
    });
    const accessLog = new aws.cloudwatch.LogGroup("shop-access", { retentionInDays: 30 });
    const stage = new aws.apigatewayv2.Stage("default", {
        apiId: api.id,
        name: "$default",
        autoDeploy: true,
        accessLogSettings: { destinationArn: accessLog.arn, format: "$context.requestId $context.status" },
    });

    return { url: stage.invokeUrl };
};
