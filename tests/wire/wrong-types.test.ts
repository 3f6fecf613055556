import assert from "node:assert/strict";
import { type Declared, declare, idOf, restApi, v2Api, wire } from "./declare";
import { type Diagnostic, type Pack, servePack, type WireResource } from "./pack";

/** Every property that a policy reads, by type. */
const READ: Readonly<Record<string, readonly string[]>> = {
    "aws:apigateway/restApi:RestApi": ["id"],
    "aws:apigateway/stage:Stage": ["restApi", "stageName", "region"],
    "aws:apigateway/deployment:Deployment": ["restApi", "stageName"],
    "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath", "settings"],
    "aws:apigateway/account:Account": ["cloudwatchRoleArn", "region"],
    "aws:apigatewayv2/api:Api": ["id", "protocolType"],
    "aws:apigatewayv2/stage:Stage": ["apiId", "name", "defaultRouteSettings", "routeSettings"],
    "aws:cloudwatch/logGroup:LogGroup": ["name", "retentionInDays", "logGroupClass"],
    "aws:cloudwatch/logDelivery:LogDelivery": ["deliverySourceName"],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["name", "logType", "resourceArn"],
    "aws-native:apigateway:Stage": ["restApiId", "stageName", "methodSettings"],
    "aws-native:apigateway:Account": ["cloudWatchRoleArn"],
    "aws-native:apigatewayv2:Api": ["apiId", "protocolType", "body"],
    "aws-native:apigatewayv2:Stage": ["apiId", "stageName", "defaultRouteSettings", "routeSettings"],
    "aws-native:logs:LogGroup": ["logGroupName", "retentionInDays", "logGroupClass"],
};

const WRONG: readonly unknown[] = [
    ...[null, "", "x", 5, -1.5, true, [], {}, [null], [[1]], ["x", 5, {}], { x: null }],
    { loggingLevel: ["INFO"], dataTraceEnabled: {}, routeKey: 5, resourcePath: [], httpMethod: 1 },
    [{ loggingLevel: ["INFO"], dataTraceEnabled: {}, routeKey: 5, resourcePath: [], httpMethod: 1 }],
    { x: { LoggingLevel: 5 }, y: "x", z: [1] },
];

/** A stack that logs, so that there is something for a strange resource to be related to. */
const AROUND: readonly Declared[] = [
    restApi("api"),
    v2Api("chat", "WEBSOCKET"),
    declare("aws:apigateway/stage:Stage", "known", { restApi: idOf("api"), stageName: "prod" }),
    declare("aws:apigateway/methodSettings:MethodSettings", "settings", {
        restApi: idOf("api"),
        stageName: "prod",
        methodPath: "*/*",
        settings: { loggingLevel: "INFO" },
    }),
];

describe("properties of wrong types", () => {
    let pack: Pack;
    before(async () => {
        pack = await servePack();
    });
    after(() => pack.stop());

    for (const level of ["advisory", "remediate"] as const) {
        for (const [type, properties] of Object.entries(READ)) {
            it(`of ${type} never crash a policy (${level})`, async () => {
                await pack.configure({}, () => level);
                for (const property of properties) {
                    for (const value of WRONG) {
                        const strange = declare(type, "strange", { other: 1, [property]: value });
                        const resources = wire([...AROUND, strange], "deployed");
                        const own = resources.at(-1) as WireResource;
                        await pack.remediate(own);
                        assertRan(await pack.analyze(own));
                        assertRan(await pack.analyzeStack(resources));
                    }
                }
            });
        }
    }
});

function assertRan(found: readonly Diagnostic[]): void {
    for (const { message } of found) {
        assert.doesNotMatch(message, /can't run/);
    }
}
