import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A REST API with the usual mistakes; the policy pack reports each, on the resource to change. */
export = () => {
    // Mistake: an Account without a role. API Gateway writes no logs at all.
    new aws.apigateway.Account("account", {}, { retainOnDelete: true });

    const api = new aws.apigateway.RestApi("orders");
    const orders = new aws.apigateway.Resource("orders", {
        restApi: api.id,
        parentId: api.rootResourceId,
        pathPart: "orders",
    });
    const method = new aws.apigateway.Method("list-orders", {
        restApi: api.id,
        resourceId: orders.id,
        httpMethod: "GET",
        authorization: "NONE",
    });
    const integration = new aws.apigateway.Integration("list-orders", {
        restApi: api.id,
        resourceId: orders.id,
        httpMethod: method.httpMethod,
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
    });
    const deployment = new aws.apigateway.Deployment(
        "orders",
        { restApi: api.id, triggers: { version: "1" } },
        { dependsOn: [integration] },
    );

    // Mistake: a stage without method settings. It logs nothing.
    new aws.apigateway.Stage("dev", { restApi: api.id, deployment: deployment.id, stageName: "dev" });

    // Mistake: method settings without a logging level. They throttle, and leave logging off.
    const test = new aws.apigateway.Stage("test", { restApi: api.id, deployment: deployment.id, stageName: "test" });
    new aws.apigateway.MethodSettings("test", {
        restApi: api.id,
        stageName: test.stageName,
        methodPath: "*/*",
        settings: { throttlingBurstLimit: 50, throttlingRateLimit: 100 },
    });

    // Mistake: a log group that never expires.
    const log = new aws.cloudwatch.LogGroup("orders-prod", {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`,
    });
    const prod = new aws.apigateway.Stage(
        "prod",
        { restApi: api.id, deployment: deployment.id, stageName: "prod" },
        { dependsOn: [log] },
    );
    // Mistake: these do not depend on the Account, so AWS may refuse them because its role is not set yet.
    const all = new aws.apigateway.MethodSettings("prod", {
        restApi: api.id,
        stageName: prod.stageName,
        methodPath: "*/*",
        settings: { loggingLevel: "INFO" },
    });
    // Mistake: an override that quietly switches logging off again, for one method.
    new aws.apigateway.MethodSettings(
        "prod-list-orders",
        {
            restApi: api.id,
            stageName: prod.stageName,
            methodPath: "~1orders/GET",
            settings: { loggingLevel: "OFF", cachingEnabled: false },
        },
        { dependsOn: [all] },
    );

    return { url: prod.invokeUrl };
};
