import { type Arn, containersOf, parseArn, pathFinder, typeOfPath } from "../../aws/identity";
import { table } from "../support/rows";
import { stack } from "../support/stack";
import {
    type Declared,
    declare,
    from,
    idOf,
    nativeStage,
    nativeV2Api,
    nativeV2Stage,
    restApi,
    v2Api,
} from "../support/wire/declare";

table("parseArn", parseArn, [
    [
        "a stage of a REST API",
        "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod",
        { path: "/restapis/a1/stages/prod", region: "eu-west-1", account: "" },
    ],
    [
        "a private domain name",
        "arn:aws-cn:apigateway:cn-north-1:111122223333:/domainnames/a.example.com+p1",
        { path: "/domainnames/a.example.com", region: "cn-north-1", account: "111122223333" },
    ],
    [
        "a log group, in the form that ends with an asterisk",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/orders:*",
        { path: "log-group:/shop/orders", region: "eu-west-1", account: "111122223333" },
    ],
    [
        "a database",
        "arn:aws:rds:eu-west-1:111122223333:db:orders",
        { path: "db:orders", region: "eu-west-1", account: "111122223333" },
    ],
    [
        "an asterisk elsewhere stays",
        "arn:aws:logs:eu-west-1:111122223333:log-group:a:*:b",
        { path: "log-group:a:*:b", region: "eu-west-1", account: "111122223333" },
    ],
    [
        "a log group that is called like a private domain name",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/domainnames/a+b",
        { path: "log-group:/domainnames/a+b", region: "eu-west-1", account: "111122223333" },
    ],
    [
        "a line break is not part of a domain name",
        "arn:aws:apigateway:eu-west-1:111122223333:/domainnames/a+b\nc",
        { path: "/domainnames/a+b\nc", region: "eu-west-1", account: "111122223333" },
    ],
    ["what is not an ARN", "prod", undefined],
    ["an ARN with text before it", "x-arn:aws:logs:eu-west-1:111122223333:log-group:a", undefined],
    ["an ARN of nothing", "arn:aws:logs:eu-west-1:111122223333:", undefined],
] satisfies [string, string, Arn | undefined][]);

table("containersOf", containersOf, [
    [
        "method settings belong to a stage and to an API",
        "/restapis/a1/stages/prod/settings/GET /pets/stages/x",
        [
            { kind: "stage", path: "/restapis/a1/stages/prod" },
            { kind: "API", path: "/restapis/a1" },
        ],
    ],
    ["a stage belongs to an API", "/apis/w1/stages/live", [{ kind: "API", path: "/apis/w1" }]],
    ["a route belongs to an API", "/apis/w1/routes/r1", [{ kind: "API", path: "/apis/w1" }]],
    ["an API belongs to nothing", "/restapis/a1", []],
    ["a path with the one of a stage inside belongs to nothing", "db:/restapis/a1/stages/prod", []],
    [
        "a log group whose name is not quite that of an execution log belongs to nothing",
        "log-group:API-Gateway-log-group:Execution-Logs_a1/prod",
        [],
    ],
    ["what is not a log group belongs to nothing", "API-Gateway-log-group:Execution-Logs_a1/prod", []],
    [
        "an execution log group of a REST stage belongs to the stage",
        "log-group:API-Gateway-Execution-Logs_a1/prod",
        [
            { kind: "stage", path: "/restapis/a1/stages/prod" },
            { kind: "API", path: "/restapis/a1" },
        ],
    ],
    [
        "a canary's log group belongs to the stage as well",
        "log-group:API-Gateway-Execution-Logs_a1/prod/Canary",
        [
            { kind: "stage", path: "/restapis/a1/stages/prod" },
            { kind: "API", path: "/restapis/a1" },
        ],
    ],
    [
        "an execution log group of a WebSocket stage belongs to the stage",
        "log-group:/aws/apigateway/w1/live",
        [
            { kind: "stage", path: "/apis/w1/stages/live" },
            { kind: "API", path: "/apis/w1" },
        ],
    ],
    ["the group that API Gateway greets with belongs to nothing", "log-group:/aws/apigateway/welcome", []],
    ["any other group belongs to nothing", "log-group:/shop/a1/prod", []],
]);

table("typeOfPath", typeOfPath, [
    ["a stage of a REST API", "/restapis/a1/stages/prod", "aws:apigateway/stage:Stage"],
    ["a stage of a WebSocket API", "/apis/w1/stages/live", "aws:apigatewayv2/stage:Stage"],
    ["a route", "/apis/w1/routes/r1", "aws:apigatewayv2/route:Route"],
    ["an integration", "/apis/w1/integrations/i1", "aws:apigatewayv2/integration:Integration"],
    ["a domain name", "/domainnames/a.example.com", "aws:apigateway/domainName:DomainName"],
    ["a log group", "log-group:/restapis/a1/stages/prod", "aws:cloudwatch/logGroup:LogGroup"],
    ["a database", "db:orders", "aws:rds/instance:Instance"],
    ["a cluster", "cluster:orders", "aws:rds/cluster:Cluster"],
    ["an API", "/restapis/a1", undefined],
]);

const ORDERS = restApi("orders");
const CHAT = v2Api("chat", "WEBSOCKET");
const NATIVE_CHAT = nativeV2Api("chat", {});
const UNKNOWN = from("orders", "unknown");
const of = (type: string, props: Declared["props"]) => [ORDERS, CHAT, declare(type, "it", props)];
const rest = { restApi: idOf("orders") };
const v2 = { apiId: idOf("chat") };

/** The paths of the last resource of a stack that is deployed, or is not. */
function pathsOf([declared, moment]: readonly [readonly Declared[], "deployed" | "first preview"]) {
    const { stack: whole, named } = stack(declared, moment);
    return pathFinder(whole)(named(declared.at(-1)?.name ?? ""));
}

const DEPLOYED: readonly (readonly [when: string, declared: readonly Declared[], paths: readonly string[]])[] = [
    ["a REST API", [ORDERS], ["/restapis/id-orders"]],
    ["a WebSocket API", [CHAT], ["/apis/id-chat"]],
    ["an API of aws-native", [NATIVE_CHAT], ["/apis/id-chat"]],
    ["a stage", of("aws:apigateway/stage:Stage", { ...rest, stageName: "prod" }), ["/restapis/id-orders/stages/prod"]],
    [
        "a deployment that makes a stage",
        of("aws:apigateway/deployment:Deployment", { ...rest, stageName: "prod" }),
        ["/restapis/id-orders/stages/prod"],
    ],
    ["a deployment that makes none", of("aws:apigateway/deployment:Deployment", { ...rest, stageName: "" }), []],
    [
        "method settings, whatever the form of their key",
        of("aws:apigateway/methodSettings:MethodSettings", {
            ...rest,
            stageName: "prod",
            methodPath: "~1pets~1{id}/GET",
        }),
        ["/restapis/id-orders/stages/prod/settings/GET /pets/{id}"],
    ],
    [
        "method settings without a key",
        of("aws:apigateway/methodSettings:MethodSettings", { ...rest, stageName: "prod", methodPath: 5 }),
        [],
    ],
    [
        "a stage of aws-native, with the method settings inside",
        [
            ORDERS,
            nativeStage("it", {
                restApiId: idOf("orders"),
                stageName: "prod",
                methodSettings: [{ resourcePath: "/*", httpMethod: "*" }, { resourcePath: "/pets" }],
            }),
        ],
        ["/restapis/id-orders/stages/prod", "/restapis/id-orders/stages/prod/settings/*/*"],
    ],
    [
        "a stage of aws-native without method settings",
        [ORDERS, nativeStage("it", { restApiId: idOf("orders"), stageName: "prod" })],
        ["/restapis/id-orders/stages/prod"],
    ],
    [
        "a deployment of aws-native that makes a stage",
        [ORDERS, declare("aws-native:apigateway:Deployment", "it", { restApiId: idOf("orders"), stageName: "prod" })],
        ["/restapis/id-orders/stages/prod", "/restapis/id-orders/stages/prod/settings/*/*"],
    ],
    ["a WebSocket stage", of("aws:apigatewayv2/stage:Stage", { ...v2, name: "live" }), ["/apis/id-chat/stages/live"]],
    [
        "a WebSocket stage of aws-native",
        [NATIVE_CHAT, nativeV2Stage("it", { apiId: idOf("chat"), stageName: "live" })],
        ["/apis/id-chat/stages/live"],
    ],
    ["a route", of("aws:apigatewayv2/route:Route", { ...v2, id: "r1" }), ["/apis/id-chat/routes/r1"]],
    [
        "a route of aws-native",
        of("aws-native:apigatewayv2:Route", { ...v2, routeId: "r1" }),
        ["/apis/id-chat/routes/r1"],
    ],
    [
        "an integration",
        of("aws:apigatewayv2/integration:Integration", { ...v2, id: "i1" }),
        ["/apis/id-chat/integrations/i1"],
    ],
    [
        "an integration of aws-native",
        of("aws-native:apigatewayv2:Integration", { ...v2, integrationId: "i1" }),
        ["/apis/id-chat/integrations/i1"],
    ],
    ["the account", of("aws:apigateway/account:Account", {}), ["/account"]],
    ["the account of aws-native", of("aws-native:apigateway:Account", {}), ["/account"]],
    ["a log group", of("aws:cloudwatch/logGroup:LogGroup", { name: "/shop" }), ["log-group:/shop"]],
    ["a log group of aws-native", of("aws-native:logs:LogGroup", { logGroupName: "/shop" }), ["log-group:/shop"]],
    ["a log group without a name", of("aws-native:logs:LogGroup", {}), []],
    ...[
        "aws:apigateway/domainName:DomainName",
        "aws-native:apigateway:DomainName",
        "aws:apigatewayv2/domainName:DomainName",
        "aws-native:apigatewayv2:DomainName",
    ].map((type): [string, Declared[], string[]] => [
        type,
        of(type, { domainName: "a.example.com" }),
        ["/domainnames/a.example.com"],
    ]),
    ["a domain name without a name", of("aws:apigateway/domainName:DomainName", { domainName: 5 }), []],
    [
        "the association of a web ACL",
        of("aws:wafv2/webAclAssociation:WebAclAssociation", {
            resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod",
        }),
        ["/restapis/a1/stages/prod/webacl"],
    ],
    ["an association with nothing", of("aws-native:wafv2:WebAclAssociation", { resourceArn: "prod" }), []],
    ["a database", of("aws:rds/instance:Instance", { arn: "arn:aws:rds:eu-west-1:1:db:orders" }), ["db:orders"]],
    [
        "a cluster of aws-native",
        of("aws-native:rds:DbCluster", { dbClusterArn: "arn:aws:rds:eu-west-1:1:cluster:c" }),
        ["cluster:c"],
    ],
    ["a database without an ARN", of("aws:rds/instance:Instance", {}), []],
    ["what is not of API Gateway", of("aws:s3/bucket:Bucket", { arn: "arn:aws:s3:::bucket" }), []],
];

const NOT_DEPLOYED: typeof DEPLOYED = [
    ["an API whose id is not known yet", [ORDERS], []],
    [
        "a stage of an API whose id is not known yet",
        of("aws:apigateway/stage:Stage", { ...rest, stageName: "prod" }),
        [],
    ],
    [
        "a stage whose name is not known yet",
        of("aws:apigateway/stage:Stage", { restApi: "a1", stageName: UNKNOWN }),
        [],
    ],
    [
        "method settings whose key is not known yet",
        of("aws:apigateway/methodSettings:MethodSettings", { restApi: "a1", stageName: "prod", methodPath: UNKNOWN }),
        [],
    ],
    [
        "a stage of aws-native whose method settings are not known yet",
        [ORDERS, nativeStage("it", { restApiId: "a1", stageName: "prod", methodSettings: UNKNOWN })],
        ["/restapis/a1/stages/prod"],
    ],
    ["a log group whose name is not known yet", of("aws:cloudwatch/logGroup:LogGroup", { name: UNKNOWN }), []],
    ["a domain name that is not known yet", of("aws:apigateway/domainName:DomainName", { domainName: UNKNOWN }), []],
    ["a database whose ARN is not known yet", of("aws:rds/cluster:Cluster", { arn: UNKNOWN }), []],
];

table("pathFinder", pathsOf, [
    ...DEPLOYED.map(([when, declared, paths]) => [when, [declared, "deployed"], paths] as const),
    ...NOT_DEPLOYED.map(([when, declared, paths]) => [when, [declared, "first preview"], paths] as const),
]);
