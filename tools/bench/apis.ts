/** What a stack holds of API Gateway: the Account, domain names, and APIs of which some have a mistake. */

import { ACCOUNT_ID, arnOf, autoNamed, type Bag, hash, idOf, REGION, type Recorded, resource, TIME } from "./recorded";

type Kind = (name: string, account: Recorded) => readonly Recorded[];

interface Logs {
    /** How long the log group keeps events, 0 for ever; there is none when left out. */
    readonly retention?: number;
    /** The stage waits for the Account and the log group. */
    readonly waits?: boolean;
}

/** What the APIs of a stack are like, in turn: the first of each protocol is as it should be. */
const KINDS: readonly Kind[] = [
    restApi({ settings: { "*/*": { loggingLevel: "INFO" } }, retention: 90, waits: true }),
    restApi({ settings: {} }),
    webSocketApi({ defaults: { loggingLevel: "ERROR" }, retention: 30, waits: true }),
    restApi({ settings: { "*/*": { loggingLevel: "ERROR" }, "~1orders/GET": { loggingLevel: "OFF" } }, retention: 0 }),
    webSocketApi({ defaults: { dataTraceEnabled: true } }),
    httpApi({ authorizationType: "AWS_IAM", tlsConfig: { serverNameToVerify: "orders.internal" } }),
    restApi({ settings: { "~1orders/GET": { loggingLevel: "ERROR" } }, retention: 365, waits: true }),
    restApi({ settings: { "*/*": { dataTraceEnabled: true, loggingLevel: "INFO" } } }),
    webSocketApi({ defaults: { loggingLevel: "INFO" }, routes: [{ routeKey: "send", loggingLevel: "OFF" }] }),
    httpApi({ authorizationType: "NONE" }),
    restApi({ settings: { "*/*": { loggingLevel: "ERROR", cachingEnabled: true } }, retention: 30, waits: true }),
    domainName,
];

/** An Account without a role, which is a mistake as well, then APIs one after the other, each followed by all that belongs to it. */
export function* apis(): Generator<Recorded, never> {
    const account = resource("aws:apigateway/account:Account", "account", {
        id: ACCOUNT_ID,
        inputs: { cloudwatchRoleArn: "" },
        computed: { apiKeyVersion: "1", features: ["UsagePlans"] },
    });
    yield account;
    for (let index = 0; ; index++) {
        const kind = KINDS[index % KINDS.length] as Kind;
        yield* kind(`api-${index}`, account);
    }
}

function restApi({ settings, ...logs }: Logs & { readonly settings: Readonly<Record<string, Bag>> }): Kind {
    return (name, account) => {
        const api = restApiOf(name);
        const deployment = resource("aws:apigateway/deployment:Deployment", name, {
            inputs: { restApi: api.id, triggers: { version: "1" } },
            computed: { createdDate: TIME, description: "" },
            from: { restApi: api },
        });
        const groups = logGroups(`API-Gateway-Execution-Logs_${api.id}/prod`, name, api, logs);
        const stage = resource("aws:apigateway/stage:Stage", name, {
            id: `ags-${api.id}-prod`,
            inputs: { deployment: deployment.id, restApi: api.id, stageName: "prod" },
            computed: {
                arn: `arn:aws:apigateway:${REGION}::/restapis/${api.id}/stages/prod`,
                cacheClusterEnabled: false,
                executionArn: arnOf("execute-api", `${api.id}/prod`),
                invokeUrl: `https://${api.id}.execute-api.${REGION}.amazonaws.com/prod`,
                variables: {},
                xrayTracingEnabled: false,
            },
            from: { deployment, restApi: api },
            dependsOn: logs.waits ? [account, ...groups] : [],
        });
        const all = Object.entries(settings).map(([methodPath, stated], index) =>
            resource("aws:apigateway/methodSettings:MethodSettings", `${name}-${index}`, {
                id: `${api.id}-prod-${methodPath}`,
                inputs: { methodPath, restApi: api.id, settings: stated, stageName: "prod" },
                from: { restApi: api, stageName: stage },
            }),
        );
        return [api, deployment, ...groups, stage, ...all];
    };
}

function restApiOf(name: string): Recorded {
    const id = idOf(name);
    return resource("aws:apigateway/restApi:RestApi", name, {
        id,
        inputs: { description: "Orders", name: autoNamed(name) },
        computed: {
            apiKeySource: "HEADER",
            arn: `arn:aws:apigateway:${REGION}::/restapis/${id}`,
            binaryMediaTypes: [],
            createdDate: TIME,
            disableExecuteApiEndpoint: false,
            executionArn: arnOf("execute-api", id),
            rootResourceId: hash(id, 10),
        },
    });
}

function webSocketApi({ defaults, routes = [], ...logs }: Logs & { defaults: Bag; routes?: readonly Bag[] }): Kind {
    return (name, account) => {
        const api = v2Api(name, "WEBSOCKET");
        const groups = logGroups(`/aws/apigateway/${api.id}/prod`, name, api, logs);
        const settings = { defaultRouteSettings: defaults, routeSettings: routes };
        return [api, ...groups, v2Stage(name, api, settings, logs.waits ? [account, ...groups] : [])];
    };
}

/** With a route to something private. */
function httpApi({
    authorizationType,
    tlsConfig,
}: {
    readonly authorizationType: string;
    readonly tlsConfig?: Bag;
}): Kind {
    return (name) => {
        const api = v2Api(name, "HTTP");
        const integration = resource("aws:apigatewayv2/integration:Integration", name, {
            id: hash(name, 7),
            inputs: {
                apiId: api.id,
                connectionId: hash(name, 6),
                connectionType: "VPC_LINK",
                integrationMethod: "ANY",
                integrationType: "HTTP_PROXY",
                integrationUri: arnOf(
                    "elasticloadbalancing",
                    `listener/app/${name}/${hash(name, 16)}/${hash(name, 16)}`,
                ),
                ...(tlsConfig && { tlsConfig }),
            },
            computed: { payloadFormatVersion: "1.0", timeoutMilliseconds: 30000 },
            from: { apiId: api },
        });
        const route = resource("aws:apigatewayv2/route:Route", name, {
            id: hash(name, 7),
            inputs: {
                apiId: api.id,
                authorizationType,
                routeKey: "ANY /orders",
                target: `integrations/${integration.id}`,
            },
            computed: { apiKeyRequired: false },
            from: { apiId: api, target: integration },
        });
        return [api, integration, route, v2Stage(name, api, {}, [])];
    };
}

function domainName(name: string): readonly Recorded[] {
    const inputs = {
        domainName: `${name}.example.com`,
        endpointConfiguration: { types: "REGIONAL" },
        securityPolicy: "TLS_1_2",
    };
    return [resource("aws:apigateway/domainName:DomainName", name, { id: inputs.domainName, inputs, computed: {} })];
}

function v2Api(name: string, protocolType: string): Recorded {
    const id = idOf(name);
    return resource("aws:apigatewayv2/api:Api", name, {
        id,
        inputs: { name: autoNamed(name), protocolType, routeSelectionExpression: "$request.body.action" },
        computed: {
            apiEndpoint: `https://${id}.execute-api.${REGION}.amazonaws.com`,
            arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
            executionArn: arnOf("execute-api", id),
            ipAddressType: "ipv4",
        },
    });
}

function v2Stage(name: string, api: Recorded, settings: Bag, dependsOn: readonly Recorded[]): Recorded {
    return resource("aws:apigatewayv2/stage:Stage", name, {
        id: "prod",
        inputs: { apiId: api.id, autoDeploy: true, name: "prod", ...settings },
        computed: {
            arn: `arn:aws:apigateway:${REGION}::/apis/${api.id}/stages/prod`,
            deploymentId: "",
            description: "",
            executionArn: arnOf("execute-api", `${api.id}/prod`),
            stageVariables: {},
        },
        from: { apiId: api },
        dependsOn,
    });
}

/** The log group of that name, if there is to be one. */
function logGroups(called: string, name: string, api: Recorded, { retention }: Logs): readonly Recorded[] {
    if (retention === undefined) {
        return [];
    }
    const group = resource("aws:cloudwatch/logGroup:LogGroup", name, {
        id: called,
        inputs: { name: called, skipDestroy: false, ...(retention > 0 && { retentionInDays: retention }) },
        computed: { arn: arnOf("logs", `log-group:${called}`), logGroupClass: "STANDARD", retentionInDays: retention },
        from: { name: api },
    });
    return [group];
}
