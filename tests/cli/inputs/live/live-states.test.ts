import assert from "node:assert/strict";
import { evaluate } from "../../../../cli/evaluate";
import type { LiveDocument, LiveRegion, Unread } from "../../../../cli/inputs/live/document";
import { readLiveDocument } from "../../../../cli/inputs/live/live-states";
import { validPolicyConfig } from "../../../../cli/inputs/policy-config";
import { readStates } from "../../../../cli/inputs/read-state";
import { readConfig } from "../../../../pack/config";
import { policyMessageOf } from "../../../../pack/finding";
import { api, document, GROUP, group, LOGGED, region, restApi, restStage } from "../../live/document";

interface Row {
    readonly when: string;
    readonly given: LiveRegion;
    /** Of the pack's policies; left out: the defaults. */
    readonly config?: Readonly<Record<string, unknown>>;
    /** The first line of each finding, by what follows account and region in its URN. */
    readonly finds?: Readonly<Record<string, string | readonly string[]>>;
    readonly undecided?: readonly string[];
}

const NO_ROLE =
    'Account "111122223333" has no CloudWatch role, so API Gateway cannot write logs in its account and region.';
const NEVER = (name: string) => `Log group "${name}" never expires: it has no retention.`;
const STAGE = "aws:apigateway/stage:Stage::a1/prod";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings::a1/prod";
const ACCOUNT = "aws:apigateway/account:Account::111122223333";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const V2_STAGE = "aws:apigatewayv2/stage:Stage::w1/live";

const unread = (operation: string, service: Unread["service"] = "logs"): Unread => ({
    ...{ service, operation, region: "eu-west-1", resource: null, reason: "AccessDeniedException: no" },
});
const CONFIG = { "apigateway-account-cloudwatch-role": { requireInStack: true } };

const ROWS: readonly Row[] = [
    { when: "a region without anything has no findings", given: region() },
    {
        when: "a stage that logs to a group that expires has no findings",
        given: region({ restApis: [restApi(restStage(LOGGED))], logGroups: [group(GROUP)] }),
        config: CONFIG,
    },
    {
        when: "a stage without settings does not log",
        given: region({ restApis: [restApi(restStage({}), { stageName: "beta" })] }),
        finds: {
            [STAGE]: 'Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.',
            "aws:apigateway/stage:Stage::a1/beta":
                'Stage "beta" of API "orders" has no method settings for */*, so execution logging is off.',
        },
    },
    {
        when: "APIs of the same name have their ids in messages",
        given: region({
            restApis: [restApi(restStage({})), { ...restApi(), id: "b2" }, { id: "c3", stages: [restStage({})] }],
        }),
        finds: {
            [STAGE]: 'Stage "prod" of API "orders (a1)" has no method settings for */*, so execution logging is off.',
            "aws:apigateway/stage:Stage::c3/prod":
                'Stage "prod" of API "c3" has no method settings for */*, so execution logging is off.',
        },
    },
    {
        when: "an override that was switched off, and one without a level, are findings",
        given: region({
            restApis: [
                restApi(
                    restStage({
                        ...LOGGED,
                        "~1pets/GET": { loggingLevel: "OFF" },
                        "~1/GET": { cachingEnabled: false },
                    }),
                ),
            ],
            logGroups: [group(GROUP)],
        }),
        finds: {
            [`${SETTINGS}/~1pets/GET`]: 'MethodSettings "orders/prod" sets loggingLevel to OFF for GET /pets.',
            [`${SETTINGS}/~1/GET`]:
                'MethodSettings "orders/prod" sets no loggingLevel for GET /, so it keeps the level that */* had when it was created.',
        },
    },
    {
        when: "data trace is a finding",
        given: region({
            restApis: [restApi(restStage({ "*/*": { loggingLevel: "INFO", dataTraceEnabled: true } }))],
            logGroups: [group(GROUP)],
        }),
        finds: { [`${SETTINGS}/*/*`]: 'MethodSettings "orders/prod" turns data tracing on for */*.' },
    },
    {
        when: "a group that API Gateway made itself, one of an API that is gone, and one of an access log never expire",
        given: region({
            restApis: [restApi(restStage(LOGGED))],
            logGroups: ["API-Gateway-Execution-Logs_gone/prod", "/shop/access", GROUP].map((name) => group(name, 0)),
        }),
        finds: Object.fromEntries(
            ["API-Gateway-Execution-Logs_gone/prod", "/shop/access", GROUP].map((name) => [
                `${LOG_GROUP}::${name}`,
                NEVER(name),
            ]),
        ),
    },
    {
        when: "a group of which a delivery takes the logs expires by itself",
        given: region({ logGroups: [{ ...group("/aws/apigateway/x/y", 0), logGroupClass: "DELIVERY" }] }),
    },
    {
        when: "a stage that logs to a group that does not exist is a finding, without a word of dependencies",
        given: region({ restApis: [restApi(restStage(LOGGED))] }),
        finds: {
            [STAGE]:
                'Stage "prod" of API "orders" writes its execution log to a log group that does not exist yet; API Gateway creates it without a retention.',
        },
    },
    {
        when: "a stage with a canary has two groups",
        given: region({ restApis: [restApi(restStage(LOGGED, { canarySettings: { percentTraffic: 5 } }))] }),
        finds: {
            [STAGE]:
                'Stage "prod" of API "orders" writes its execution log to log groups that do not exist yet; API Gateway creates them without a retention.',
        },
    },
    {
        when: "a stage whose execution log is delivered elsewhere needs no group",
        given: region({
            restApis: [restApi(restStage(LOGGED))],
            deliverySources: [
                {
                    ...{ name: "orders", logType: "EXECUTION_LOGS" },
                    resourceArns: ["arn:aws:apigateway:eu-west-1:111122223333:/restapis/a1/stages/prod"],
                },
            ],
            deliveries: [{ id: "1", deliverySourceName: "orders", deliveryDestinationArn: "arn:aws:logs:y" }],
        }),
    },
    ...["DescribeLogGroups", "DescribeDeliverySources", "DescribeDeliveries"].map((operation) => ({
        when: `whether a group is missing is not decided without ${operation}`,
        given: region({ restApis: [restApi(restStage(LOGGED))], unread: [unread(operation)] }),
        undecided: ['Stage "prod" of API "orders": whether its log group exists could not be read'],
    })),
    {
        when: "an account without a role is a finding where there is a REST stage",
        given: region({ account: {}, restApis: [restApi(restStage(LOGGED))], logGroups: [group(GROUP)] }),
        finds: { [ACCOUNT]: NO_ROLE },
    },
    {
        when: "an account without a role is a finding where there is a WebSocket stage",
        given: region({
            account: {},
            apis: [api([{ StageName: "live", DefaultRouteSettings: { LoggingLevel: "ERROR" } }])],
            logGroups: [group("/aws/apigateway/w1/live")],
        }),
        finds: { [ACCOUNT]: NO_ROLE },
    },
    {
        when: "an account without a role is no finding where nothing needs one",
        given: region({ account: {}, restApis: [restApi()], apis: [api([{ StageName: "$default" }], "HTTP")] }),
    },
    {
        when: "an account whose settings could not be read has no finding",
        given: region({
            account: null,
            restApis: [restApi(restStage(LOGGED))],
            logGroups: [group(GROUP)],
            unread: [unread("GetAccount", "apigateway")],
        }),
        config: CONFIG,
    },
    {
        when: "a WebSocket stage that does not log is a finding, and a route that is switched off",
        given: region({
            apis: [
                api([
                    {
                        StageName: "live",
                        DefaultRouteSettings: { LoggingLevel: "INFO", DataTraceEnabled: true },
                        RouteSettings: { $connect: { LoggingLevel: "OFF" } },
                    },
                    { StageName: "dark" },
                ]),
            ],
            logGroups: [group("/aws/apigateway/w1/live")],
        }),
        finds: {
            [V2_STAGE]: [
                'Stage "live" of API "chat" turns data tracing on in its default route settings.',
                'Stage "live" of API "chat" does not log route "$connect": loggingLevel there is OFF or not set.',
            ],
            "aws:apigatewayv2/stage:Stage::w1/dark":
                'Stage "dark" of API "chat" writes no execution logs: loggingLevel in its default route settings is OFF or not set.',
        },
    },
    {
        when: "an HTTP API has no findings, since it cannot write execution logs",
        given: region({ apis: [api([{ StageName: "$default" }], "HTTP")] }),
    },
];

async function statesOf(given: unknown) {
    return (await readStates(JSON.parse(JSON.stringify(given)))) ?? [];
}

describe("a live account, checked", () => {
    for (const { when, given, config = {}, finds = {}, undecided = [] } of ROWS) {
        it(when, async () => {
            const [state] = await statesOf(document(given));
            const enabled = (await validPolicyConfig(JSON.stringify(config))).enabled.map((one) => ({
                ...one,
                config: readConfig(one.policy, one.config),
            }));
            assert.ok(state);
            const evaluation = evaluate(state, { enabled, today: "2026-11-25" });
            const found = new Map<string, string[]>();
            for (const { urn, finding } of evaluation.verdicts) {
                const key = urn.replace("urn:pulumi:eu-west-1::111122223333::", "");
                found.set(key, [...(found.get(key) ?? []), finding.problem]);
                assert.doesNotMatch(policyMessageOf(finding), /depend|this stack/i);
            }
            const expected = Object.entries(finds).map(([urn, problems]) => [urn, [problems].flat()]);
            assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
            assert.deepEqual(
                evaluation.undecided.flatMap(({ cases }) => cases.map((one) => one.undecided)),
                undecided,
            );
        });
    }
});

describe("a live account, read", () => {
    it("is a stack for each region, named after account and region", async () => {
        const states = await statesOf(document(region(), region({ region: "us-east-1" })));
        assert.deepEqual(
            states.map(({ name }) => name),
            ["111122223333/eu-west-1", "111122223333/us-east-1"],
        );
    });

    it("has the shapes that @pulumi/aws has in a state", async () => {
        const [state] = readLiveDocument(JSON.parse(JSON.stringify(document(EVERYTHING))));
        const shown = (state?.resources ?? []).map(({ urn, name, inputs, outputs }) => {
            const { region: where, ...properties } = JSON.parse(JSON.stringify(outputs));
            assert.deepEqual([where, inputs], ["eu-west-1", outputs]);
            return [urn.split("::").slice(2).join("::"), name, properties];
        });
        assert.deepEqual(shown, AS_RESOURCES);
    });

    it("has what could not be read in one line", async () => {
        const [state] = await statesOf(document(region({ unread: [unread("GetAccount"), unread("GetAccount")] })));
        assert.equal(
            state?.live?.problem,
            "could not be read completely in eu-west-1: logs GetAccount: AccessDeniedException: no (2 times)",
        );
    });

    it("may have fields that a newer release has added", async () => {
        const [state] = await statesOf({ ...document({ ...region(), more: 1 } as LiveRegion), more: [] });
        assert.equal(state?.name, "111122223333/eu-west-1");
    });

    it("may be of an account that did not answer", async () => {
        const [state] = await statesOf({ ...document(region()), account: null, partition: null });
        assert.equal(state?.name, "unknown/eu-west-1");
    });

    const BROKEN: readonly (readonly [when: string, given: unknown, message: string])[] = [
        [
            "of a newer version",
            { ...document(), version: 2 },
            "is a live account in version 2 of the format; version 1 can be read. Is there a newer apigateway-guard?",
        ],
        [
            "without a list of regions",
            { ...document(), regions: {} },
            "is a live account that is broken at /regions: it must be array. Run apigateway-guard live again",
        ],
        [
            "with an API without an id",
            document(region({ restApis: [{ stages: [] } as unknown as LiveDocument["regions"][0]["restApis"][0]] })),
            'is a live account that is broken at /regions/0/restApis/0: it requires property "id". Run apigateway-guard live again',
        ],
        [
            "without most of it",
            { tool: { name: "apigateway-guard", version: "0.1.0" }, regions: [] },
            'is a live account that is broken at its top: it requires property "version". Run apigateway-guard live again',
        ],
    ];
    for (const [when, given, message] of BROKEN) {
        it(`is rejected ${when}`, () => assert.rejects(statesOf(given), { message }));
    }
});

/** One of each kind, with all that becomes a property. */
const EVERYTHING: LiveRegion = region({
    restApis: [
        {
            ...{
                id: "a1",
                name: "orders",
                disableExecuteApiEndpoint: false,
                endpointConfiguration: { types: ["EDGE"] },
            },
            stages: [
                {
                    ...{ stageName: "prod", deploymentId: "d1", tracingEnabled: true, clientCertificateId: "c1" },
                    ...{ cacheClusterEnabled: true, cacheClusterSize: "0.5", webAclArn: "arn:aws:wafv2:x" },
                    methodSettings: {
                        "*/*": { loggingLevel: "INFO", cachingEnabled: true, cacheDataEncrypted: false },
                    },
                    accessLogSettings: { destinationArn: "arn:aws:logs:x", format: "$context.requestId" },
                    canarySettings: { percentTraffic: 5 },
                },
            ],
        },
    ],
    apis: [
        {
            ...{ ApiId: "w1", Name: "chat", ProtocolType: "WEBSOCKET", DisableExecuteApiEndpoint: false },
            stages: [
                {
                    ...{ StageName: "live", AutoDeploy: true, DeploymentId: "d2", ClientCertificateId: "c2" },
                    DefaultRouteSettings: {
                        ...{ LoggingLevel: "INFO", DataTraceEnabled: false, DetailedMetricsEnabled: true },
                        ...{ ThrottlingBurstLimit: 1, ThrottlingRateLimit: 2 },
                    },
                    RouteSettings: { send: { LoggingLevel: "ERROR" } },
                    AccessLogSettings: { DestinationArn: "arn:aws:logs:y", Format: "$context.requestId" },
                },
            ],
            routes: [
                {
                    RouteId: "r1",
                    RouteKey: "$connect",
                    AuthorizationType: "AWS_IAM",
                    Target: "integrations/i1",
                    ApiKeyRequired: false,
                },
                { RouteId: "r2" } as LiveDocument["regions"][0]["apis"][0]["routes"][0],
            ],
            integrations: [
                {
                    ...{ IntegrationId: "i1", IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY" },
                    ...{
                        ConnectionType: "VPC_LINK",
                        ConnectionId: "v1",
                        TlsConfig: { ServerNameToVerify: "example.com" },
                    },
                    ...{ PayloadFormatVersion: "1.0", TimeoutInMillis: 29000 },
                },
                { IntegrationId: "i2" },
            ],
        },
    ],
    domainNames: [
        { domainName: "a.example.com", securityPolicy: "TLS_1_2", endpointConfiguration: { types: ["REGIONAL"] } },
        { domainName: "b.example.com", domainNameId: "p1", endpointConfiguration: {} },
    ],
    logGroups: [
        {
            logGroupName: "/shop",
            logGroupArn: "arn:aws:logs:z",
            retentionInDays: 7,
            kmsKeyId: "k",
            logGroupClass: "STANDARD",
        },
        { logGroupName: "never" },
    ],
    deliverySources: [{ name: "s", logType: "EXECUTION_LOGS", resourceArns: ["arn:aws:apigateway:x"] }],
    deliveries: [{ id: "1", deliverySourceName: "s", deliveryDestinationArn: "arn:aws:logs:y" }],
});

/** What follows account and region in the URN, the name in messages, and the properties without those that are not set. */
const AS_RESOURCES: readonly (readonly [urn: string, name: string | undefined, properties: unknown])[] = [
    [
        "aws:apigateway/account:Account::111122223333",
        undefined,
        { id: "111122223333", cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs" },
    ],
    [
        "aws:apigateway/restApi:RestApi::a1",
        "orders",
        { id: "a1", name: "orders", endpointConfiguration: { types: "EDGE" }, disableExecuteApiEndpoint: false },
    ],
    [
        "aws:apigateway/stage:Stage::a1/prod",
        "orders/prod",
        {
            id: "ags-a1-prod",
            arn: "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod",
            restApi: "a1",
            stageName: "prod",
            webAclArn: "arn:aws:wafv2:x",
            deployment: "d1",
            xrayTracingEnabled: true,
            clientCertificateId: "c1",
            cacheClusterEnabled: true,
            cacheClusterSize: "0.5",
            accessLogSettings: { destinationArn: "arn:aws:logs:x", format: "$context.requestId" },
            canarySettings: { percentTraffic: 5 },
        },
    ],
    [
        "aws:apigateway/methodSettings:MethodSettings::a1/prod/*/*",
        "orders/prod",
        {
            id: "a1-prod-*/*",
            restApi: "a1",
            stageName: "prod",
            methodPath: "*/*",
            settings: { loggingLevel: "INFO", cachingEnabled: true, cacheDataEncrypted: false },
        },
    ],
    [
        "aws:wafv2/webAclAssociation:WebAclAssociation::a1/prod",
        "orders/prod",
        { resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod", webAclArn: "arn:aws:wafv2:x" },
    ],
    [
        "aws:apigateway/domainName:DomainName::a.example.com",
        undefined,
        {
            id: "a.example.com",
            domainName: "a.example.com",
            endpointConfiguration: { types: "REGIONAL" },
            securityPolicy: "TLS_1_2",
        },
    ],
    [
        "aws:apigateway/domainName:DomainName::b.example.com/p1",
        undefined,
        {
            id: "b.example.com/p1",
            domainName: "b.example.com",
            domainNameId: "p1",
            endpointConfiguration: { types: "" },
        },
    ],
    [
        "aws:apigatewayv2/api:Api::w1",
        "chat",
        { id: "w1", name: "chat", protocolType: "WEBSOCKET", disableExecuteApiEndpoint: false },
    ],
    [
        "aws:apigatewayv2/stage:Stage::w1/live",
        "chat/live",
        {
            id: "live",
            apiId: "w1",
            name: "live",
            arn: "arn:aws:apigateway:eu-west-1::/apis/w1/stages/live",
            autoDeploy: true,
            deploymentId: "d2",
            clientCertificateId: "c2",
            accessLogSettings: { destinationArn: "arn:aws:logs:y", format: "$context.requestId" },
            defaultRouteSettings: {
                loggingLevel: "INFO",
                dataTraceEnabled: false,
                detailedMetricsEnabled: true,
                throttlingBurstLimit: 1,
                throttlingRateLimit: 2,
            },
            routeSettings: [{ routeKey: "send", loggingLevel: "ERROR" }],
        },
    ],
    [
        "aws:apigatewayv2/route:Route::w1/r1",
        "chat/$connect",
        {
            id: "r1",
            apiId: "w1",
            routeKey: "$connect",
            target: "integrations/i1",
            authorizationType: "AWS_IAM",
            apiKeyRequired: false,
        },
    ],
    ["aws:apigatewayv2/route:Route::w1/r2", "chat/r2", { id: "r2", apiId: "w1" }],
    [
        "aws:apigatewayv2/integration:Integration::w1/i1",
        "chat/i1",
        {
            id: "i1",
            apiId: "w1",
            integrationType: "HTTP_PROXY",
            integrationMethod: "ANY",
            connectionType: "VPC_LINK",
            connectionId: "v1",
            tlsConfig: { serverNameToVerify: "example.com" },
            payloadFormatVersion: "1.0",
            timeoutMilliseconds: 29000,
        },
    ],
    ["aws:apigatewayv2/integration:Integration::w1/i2", "chat/i2", { id: "i2", apiId: "w1" }],
    [
        "aws:cloudwatch/logGroup:LogGroup::/shop",
        undefined,
        {
            id: "/shop",
            name: "/shop",
            arn: "arn:aws:logs:z",
            retentionInDays: 7,
            logGroupClass: "STANDARD",
            kmsKeyId: "k",
        },
    ],
    ["aws:cloudwatch/logGroup:LogGroup::never", undefined, { id: "never", name: "never", retentionInDays: 0 }],
    [
        "aws:cloudwatch/logDeliverySource:LogDeliverySource::s",
        undefined,
        { name: "s", logType: "EXECUTION_LOGS", resourceArn: "arn:aws:apigateway:x" },
    ],
    [
        "aws:cloudwatch/logDelivery:LogDelivery::1",
        undefined,
        { id: "1", deliverySourceName: "s", deliveryDestinationArn: "arn:aws:logs:y" },
    ],
];
