/** An account that answers as AWS is documented to, each list in two pages. */

import type { Request, Respond, Response } from "../../support/emulator/recorder";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const CALLER =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:sts::111122223333:assumed-role/audit/me</Arn><UserId>A</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>";

/** What must not be in a document. */
export const SECRET = "hunter2-e5b1c3";

/** Seconds since 1970, as API Gateway's first API has dates; its second has ISO 8601. */
const CREATED = 1_700_000_000;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html */
const PROD = {
    ...{
        stageName: "prod",
        deploymentId: "d1",
        createdDate: CREATED,
        tracingEnabled: true,
        webAclArn: "arn:aws:wafv2:x",
    },
    variables: { password: SECRET },
    canarySettings: {
        percentTraffic: 5,
        deploymentId: "d2",
        stageVariableOverrides: { password: SECRET },
        useStageCache: false,
    },
    accessLogSettings: {
        destinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/access",
        format: "$context.requestId",
    },
    methodSettings: { "~1pets/GET": { loggingLevel: "OFF", cachingEnabled: false }, "*/*": { loggingLevel: "INFO" } },
};

const ACCOUNT = {
    cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs",
    throttleSettings: { burstLimit: 5000, rateLimit: 10000 },
};
const REST_APIS = [
    { id: "b2", name: "second", createdDate: CREATED, description: SECRET, policy: SECRET },
    { id: "a1", name: "orders", createdDate: CREATED, endpointConfiguration: { types: ["REGIONAL"] } },
];
const DOMAIN_NAMES = [
    { domainName: "b.example.com", securityPolicy: "TLS_1_2" },
    { domainName: "a.example.com", securityPolicy: "TLS_1_0" },
];
/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
const APIS = [
    { apiId: "w1", name: "chat", protocolType: "WEBSOCKET", createdDate: "2023-11-14T22:13:20Z" },
    { apiId: "h1", name: "web", protocolType: "HTTP", importInfo: [SECRET] },
];
const V2_STAGES = [
    {
        ...{ stageName: "live", stageVariables: { password: SECRET }, autoDeploy: false },
        defaultRouteSettings: { loggingLevel: "ERROR", dataTraceEnabled: false },
        routeSettings: { $connect: { loggingLevel: "OFF" } },
        accessLogSettings: {
            destinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/access",
            format: "$context.requestId",
        },
    },
    { stageName: "beta" },
];
const ROUTES = [
    { routeId: "r2", routeKey: "$connect", authorizationType: "NONE" },
    { routeId: "r1", routeKey: "send", authorizationType: "NONE", requestParameters: { key: { required: true } } },
];
const INTEGRATIONS = [
    { integrationId: "i2", integrationType: "HTTP_PROXY", integrationUri: `https://example.com/?key=${SECRET}` },
    {
        integrationId: "i1",
        integrationType: "AWS_PROXY",
        requestParameters: { "overwrite:header.key": SECRET },
        tlsConfig: {},
    },
];
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
const LOG_GROUPS = [
    "API-Gateway-Execution-Logs_b2/prod",
    "API-Gateway-Execution-Logs_a1/prod",
    "/aws/apigateway/welcome",
    "/shop/access",
    "/shop/access-old",
].map((logGroupName) => ({ logGroupName, creationTime: 1, storedBytes: 5, logGroupClass: "STANDARD" }));
const SOURCES = [
    { name: "other", logType: "ACCESS_LOGS", resourceArns: ["arn:aws:cloudfront::111122223333:distribution/E1"] },
    {
        name: "orders",
        logType: "EXECUTION_LOGS",
        resourceArns: ["arn:aws:apigateway:eu-west-1:111122223333:/restapis/a1/stages/prod"],
    },
];
const DELIVERIES = [
    { id: "2", deliverySourceName: "other", deliveryDestinationArn: "arn:aws:logs:x" },
    { id: "1", deliverySourceName: "orders", deliveryDestinationArn: "arn:aws:logs:y" },
];

/** One entry a page. @param named what the list, the token in an answer and the token in a request are called */
function paged(
    entries: readonly unknown[],
    [list, next]: readonly [string, string],
    token: string | undefined,
): Response {
    const at = Number(token ?? 0);
    return {
        body: { [list]: entries.slice(at, at + 1), ...(at + 1 < entries.length ? { [next]: String(at + 1) } : {}) },
    };
}

function lists(request: Request): Response | undefined {
    const { searchParams, pathname } = new URL(request.url, "http://localhost");
    const rest = (entries: readonly unknown[]) =>
        paged(entries, ["item", "position"], searchParams.get("position") ?? undefined);
    const v2 = (entries: readonly unknown[]) =>
        paged(entries, ["items", "nextToken"], searchParams.get("nextToken") ?? undefined);
    const input = request.call.startsWith("logs ") ? JSON.parse(request.body) : {};
    const logs = (list: string, entries: readonly unknown[]) => paged(entries, [list, "nextToken"], input.nextToken);
    switch (request.call) {
        case "apigateway GET /restapis":
            return rest(REST_APIS);
        case "apigateway GET /domainnames":
            return rest(DOMAIN_NAMES);
        case "apigateway GET /v2/apis":
            return v2(APIS);
        case "logs DescribeLogGroups":
            return logs(
                "logGroups",
                LOG_GROUPS.filter(({ logGroupName }) => logGroupName.startsWith(input.logGroupNamePrefix)),
            );
        case "logs DescribeDeliverySources":
            return logs("deliverySources", SOURCES);
        case "logs DescribeDeliveries":
            return logs("deliveries", DELIVERIES);
    }
    const [, part] = /^\/v2\/apis\/w1\/(\w+)$/.exec(pathname) ?? [];
    const parts: Readonly<Record<string, readonly unknown[]>> = {
        stages: V2_STAGES,
        routes: ROUTES,
        integrations: INTEGRATIONS,
    };
    return part === undefined ? undefined : v2(parts[part] ?? []);
}

export const ACCOUNT_ANSWERS: Respond = (request) => {
    switch (request.call) {
        case "sts GetCallerIdentity":
            return { body: CALLER };
        case "apigateway GET /account":
            return { body: ACCOUNT };
        case "apigateway GET /restapis/a1/stages":
            return { body: { item: [PROD, { stageName: "beta", deploymentId: "d1" }] } };
    }
    return lists(request) ?? { body: {} };
};
