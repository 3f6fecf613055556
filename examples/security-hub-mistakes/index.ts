import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * APIs whose logging is right, and that fail Security Hub's other API Gateway controls; with config/security-hub.json the
 * policy pack reports each mistake, on the resource to change.
 */
export = () => {
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
        authorization: "AWS_IAM",
    });
    const integration = new aws.apigateway.Integration("list-orders", {
        restApi: api.id,
        resourceId: orders.id,
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

    const certificate = new aws.apigateway.ClientCertificate("orders");
    const accessLog = new aws.cloudwatch.LogGroup("orders-access", { retentionInDays: 365 });
    const accessLogSettings = { destinationArn: accessLog.arn, format: FORMAT };
    const clientCertificateId = certificate.id;
    const stage = (name: string, settings: StageSettings) => loggingStage(name, api, deployment, settings);

    // Mistake: without a client certificate the backend cannot recognise requests of API Gateway.
    protect("dev", stage("dev", { accessLogSettings, xrayTracingEnabled: true }));

    // Mistake: no X-Ray tracing.
    protect("test", stage("test", { accessLogSettings, clientCertificateId }));

    // Mistake: no access log.
    protect("demo", stage("demo", { clientCertificateId, xrayTracingEnabled: true }));

    // Mistake: no web ACL.
    stage("beta", { accessLogSettings, clientCertificateId, xrayTracingEnabled: true });

    const prod = stage("prod", {
        accessLogSettings,
        cacheClusterEnabled: true,
        cacheClusterSize: "0.5",
        clientCertificateId,
        xrayTracingEnabled: true,
    });
    protect("prod", prod);
    // Mistake: responses are cached, and the cache is not encrypted.
    new aws.apigateway.MethodSettings("prod-list-orders", {
        restApi: api.id,
        stageName: prod.stageName,
        methodPath: "~1orders/GET",
        settings: { loggingLevel: "INFO", cachingEnabled: true, cacheDataEncrypted: false },
    });

    // Mistake: a security policy that still accepts old ciphers.
    new aws.apigateway.DomainName("orders", {
        domainName: "orders.example.com",
        endpointConfiguration: { types: "REGIONAL" },
        regionalCertificateArn: CERTIFICATE,
        securityPolicy: "TLS_1_2",
    });

    const shop = new aws.apigatewayv2.Api("shop", { protocolType: "HTTP" });
    const link = new aws.apigatewayv2.VpcLink("shop", NETWORK);
    // Mistake: HTTP without TLS through the VPC link.
    const backend = new aws.apigatewayv2.Integration("shop", {
        apiId: shop.id,
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationUri: LISTENER,
        connectionType: "VPC_LINK",
        connectionId: link.id,
    });
    // Mistake: a route that anyone may call.
    new aws.apigatewayv2.Route("shop", {
        apiId: shop.id,
        routeKey: "ANY /{proxy+}",
        target: pulumi.interpolate`integrations/${backend.id}`,
    });
    // Mistake: no access log, the only log that an HTTP API can have.
    new aws.apigatewayv2.Stage("shop", { apiId: shop.id, name: "$default", autoDeploy: true });
};

/** What other stacks own. */
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";
const LISTENER =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const NETWORK = { securityGroupIds: ["sg-0a1b2c3d4e5f60718"], subnetIds: ["subnet-0a1b2c3d4e5f60718"] };
const WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/company/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

const FORMAT = "$context.requestId $context.identity.sourceIp $context.status";

type StageSettings = Omit<aws.apigateway.StageArgs, "restApi" | "deployment" | "stageName">;

/** A stage whose execution log is on, and expires. The account's role is another stack's. */
function loggingStage(
    stageName: string,
    api: aws.apigateway.RestApi,
    deployment: aws.apigateway.Deployment,
    settings: StageSettings,
): aws.apigateway.Stage {
    const log = new aws.cloudwatch.LogGroup(`orders-${stageName}`, {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`,
        retentionInDays: 365,
    });
    const stage = new aws.apigateway.Stage(
        stageName,
        { restApi: api.id, deployment: deployment.id, stageName, ...settings },
        { dependsOn: [log] },
    );
    new aws.apigateway.MethodSettings(stageName, {
        restApi: api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: { loggingLevel: "INFO" },
    });
    return stage;
}

/** Behind the web ACL of another stack. */
function protect(name: string, stage: aws.apigateway.Stage): void {
    new aws.wafv2.WebAclAssociation(name, { resourceArn: stage.arn, webAclArn: WEB_ACL });
}
