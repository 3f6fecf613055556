import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A REST API done right: it logs, and its log expires. */
export = () => {
    // Once per AWS account and region. Other APIs need the role too, so it stays when this stack goes.
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

    const api = new aws.apigateway.RestApi("orders");
    const method = new aws.apigateway.Method("list-orders", {
        restApi: api.id,
        resourceId: api.rootResourceId,
        httpMethod: "GET",
        authorization: "NONE",
    });
    const integration = new aws.apigateway.Integration("list-orders", {
        restApi: api.id,
        resourceId: api.rootResourceId,
        httpMethod: method.httpMethod,
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
    });
    const deployment = new aws.apigateway.Deployment(
        "orders",
        { restApi: api.id, triggers: { version: "1" } },
        { dependsOn: [integration] },
    );

    // API Gateway would create the log group itself, and that one would never expire.
    const log = new aws.cloudwatch.LogGroup("orders-prod", {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`,
        retentionInDays: 90,
    });
    const stage = new aws.apigateway.Stage(
        "prod",
        { restApi: api.id, deployment: deployment.id, stageName: "prod" },
        { dependsOn: [log] },
    );
    new aws.apigateway.MethodSettings(
        "prod",
        {
            restApi: api.id,
            stageName: stage.stageName,
            methodPath: "*/*",
            settings: { loggingLevel: "INFO", metricsEnabled: true },
        },
        { dependsOn: [account] },
    );

    return { url: stage.invokeUrl };
};
