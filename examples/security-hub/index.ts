import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A REST API, an HTTP API and a WebSocket API that pass all API Gateway controls of Security Hub. */
export = () => {
    const account = loggingAccount();
    const orders = restApi(account);
    const shop = httpApi();
    const news = webSocketApi(account);
    return { orders: orders.invokeUrl, shop: shop.invokeUrl, news: news.invokeUrl };
};

/** What other stacks own. */
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";
const LISTENER =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const NETWORK = { securityGroupIds: ["sg-0a1b2c3d4e5f60718"], subnetIds: ["subnet-0a1b2c3d4e5f60718"] };

const FORMAT = "$context.requestId $context.identity.sourceIp $context.status";

/** The role that REST and WebSocket stages log with, once per AWS account and region. */
function loggingAccount(): aws.apigateway.Account {
    const role = new aws.iam.Role("api-gateway-logs", {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "apigateway.amazonaws.com" }),
    });
    const mayWrite = new aws.iam.RolePolicyAttachment("api-gateway-logs", {
        role: role.name,
        policyArn: aws.iam.ManagedPolicy.AmazonAPIGatewayPushToCloudWatchLogs,
    });
    return new aws.apigateway.Account(
        "account",
        { cloudwatchRoleArn: role.arn },
        { dependsOn: [mayWrite], retainOnDelete: true },
    );
}

function restApi(account: aws.apigateway.Account): aws.apigateway.Stage {
    const api = new aws.apigateway.RestApi("orders", { endpointConfiguration: { types: "REGIONAL" } });
    const method = new aws.apigateway.Method("list-orders", {
        restApi: api.id,
        resourceId: api.rootResourceId,
        httpMethod: "GET",
        authorization: "AWS_IAM",
    });
    const integration = new aws.apigateway.Integration("list-orders", {
        restApi: api.id,
        resourceId: api.rootResourceId,
        httpMethod: method.httpMethod,
        type: "HTTP_PROXY",
        integrationHttpMethod: "GET",
        uri: "https://orders.example.com/",
    });
    const deployment = new aws.apigateway.Deployment(
        "orders",
        { restApi: api.id, triggers: { version: "1" } },
        { dependsOn: [integration] },
    );

    const log = new aws.cloudwatch.LogGroup("orders-prod", {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/prod`,
        retentionInDays: 365,
    });
    const accessLog = new aws.cloudwatch.LogGroup("orders-access", { retentionInDays: 365 });
    // By this certificate the backend knows that a request comes from API Gateway.
    const certificate = new aws.apigateway.ClientCertificate("orders");
    const stage = new aws.apigateway.Stage(
        "prod",
        {
            restApi: api.id,
            deployment: deployment.id,
            stageName: "prod",
            accessLogSettings: { destinationArn: accessLog.arn, format: FORMAT },
            cacheClusterEnabled: true,
            cacheClusterSize: "0.5",
            clientCertificateId: certificate.id,
            xrayTracingEnabled: true,
        },
        { dependsOn: [account, log] },
    );
    new aws.apigateway.MethodSettings(
        "prod",
        {
            restApi: api.id,
            stageName: stage.stageName,
            methodPath: "*/*",
            settings: { loggingLevel: "INFO", cachingEnabled: true, cacheDataEncrypted: true },
        },
        { dependsOn: [account] },
    );

    const acl = new aws.wafv2.WebAcl("orders", {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "orders", sampledRequestsEnabled: true },
    });
    new aws.wafv2.WebAclAssociation("orders", { resourceArn: stage.arn, webAclArn: acl.arn });

    const domain = new aws.apigateway.DomainName("orders", {
        domainName: "orders.example.com",
        endpointConfiguration: { types: "REGIONAL" },
        regionalCertificateArn: CERTIFICATE,
        securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode: "STRICT",
    });
    new aws.apigateway.BasePathMapping("orders", {
        domainName: domain.domainName,
        restApi: api.id,
        stageName: stage.stageName,
    });
    return stage;
}

/** An HTTP API in front of a load balancer in a VPC. HTTP APIs cannot have execution logs. */
function httpApi(): aws.apigatewayv2.Stage {
    const api = new aws.apigatewayv2.Api("shop", { protocolType: "HTTP" });
    const link = new aws.apigatewayv2.VpcLink("shop", NETWORK);
    const integration = new aws.apigatewayv2.Integration("shop", {
        apiId: api.id,
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationUri: LISTENER,
        connectionType: "VPC_LINK",
        connectionId: link.id,
        tlsConfig: { serverNameToVerify: "shop.example.com" },
    });
    const authorizer = new aws.apigatewayv2.Authorizer("customers", {
        apiId: api.id,
        authorizerType: "JWT",
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: { audiences: ["shop"], issuer: "https://login.example.com/" },
    });
    new aws.apigatewayv2.Route("shop", {
        apiId: api.id,
        routeKey: "ANY /{proxy+}",
        authorizationType: "JWT",
        authorizerId: authorizer.id,
        target: pulumi.interpolate`integrations/${integration.id}`,
    });
    const accessLog = new aws.cloudwatch.LogGroup("shop-access", { retentionInDays: 365 });
    return new aws.apigatewayv2.Stage("shop", {
        apiId: api.id,
        name: "$default",
        autoDeploy: true,
        accessLogSettings: { destinationArn: accessLog.arn, format: FORMAT },
    });
}

/** A WebSocket API whose clients only listen, so that $connect is its only route. */
function webSocketApi(account: aws.apigateway.Account): aws.apigatewayv2.Stage {
    const api = new aws.apigatewayv2.Api("news", {
        protocolType: "WEBSOCKET",
        routeSelectionExpression: "$request.body.action",
    });
    const integration = new aws.apigatewayv2.Integration("connect", { apiId: api.id, integrationType: "MOCK" });
    new aws.apigatewayv2.Route("connect", {
        apiId: api.id,
        routeKey: "$connect",
        authorizationType: "AWS_IAM",
        target: pulumi.interpolate`integrations/${integration.id}`,
    });
    const log = new aws.cloudwatch.LogGroup("news-prod", {
        name: pulumi.interpolate`/aws/apigateway/${api.id}/prod`,
        retentionInDays: 365,
    });
    const accessLog = new aws.cloudwatch.LogGroup("news-access", { retentionInDays: 365 });
    return new aws.apigatewayv2.Stage(
        "news",
        {
            apiId: api.id,
            name: "prod",
            autoDeploy: true,
            accessLogSettings: { destinationArn: accessLog.arn, format: FORMAT },
            defaultRouteSettings: { loggingLevel: "INFO", throttlingBurstLimit: 50, throttlingRateLimit: 100 },
        },
        { dependsOn: [account, log] },
    );
}
