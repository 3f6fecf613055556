import assert from "node:assert/strict";
import * as apigateway from "../../aws/apigateway/types";
import * as firehose from "../../aws/firehose/types";
import * as logs from "../../aws/logs/types";
import * as rds from "../../aws/rds/types";
import * as wafv2 from "../../aws/wafv2/types";
import { recordedReads } from "../support/reads";
import {
    clusterParameterGroup,
    type Declared,
    dbCluster,
    declare,
    from,
    idOf,
    logGroup,
    restApi,
    v2Api,
    wire,
} from "../support/wire/declare";
import { type Pack, servePack, type WireResource } from "../support/wire/pack";

const WRONG: readonly unknown[] = [
    ...[null, "", "x", 5, -1.5, true, [], {}, [null], [[1]], ["x", 5, {}], { x: null }],
    { loggingLevel: ["INFO"], dataTraceEnabled: {}, routeKey: 5, resourcePath: [], httpMethod: 1 },
    [{ loggingLevel: ["INFO"], dataTraceEnabled: {}, routeKey: 5, resourcePath: [], httpMethod: 1 }],
    { x: { LoggingLevel: 5 }, y: "x", z: [1] },
    {
        destinationArn: [],
        types: 5,
        server_audit_logging: {},
        accessLogSettings: 5,
        accessLogSetting: { destinationArn: 5 },
    },
    [{ name: "server_audit_logging", value: {} }, { name: 5 }],
];

/** A stack that logs and has a database, so that the resource with the wrong types can be related to something. */
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
    declare("aws:wafv2/webAclAssociation:WebAclAssociation", "association", {
        resourceArn: from("known", "arn:aws:apigateway:eu-west-1::/restapis/id-api/stages/prod"),
        webAclArn: "arn",
    }),
    dbCluster("cluster", {
        clusterIdentifier: "orders",
        engine: "aurora-mysql",
        enabledCloudwatchLogsExports: ["audit"],
        dbClusterParameterGroupName: "audit",
    }),
    clusterParameterGroup("group", { name: "audit", parameters: [] }),
    logGroup("logs", { name: "/aws/rds/cluster/orders/audit" }),
];

describe("properties of wrong types", () => {
    const reads = recordedReads();
    let pack: Pack;
    before(async () => {
        pack = await servePack();
        await pack.configure({}, () => "remediate");
    });
    after(() => pack.stop());

    it("are tried for every type that has a name in aws/", () => {
        const types = [apigateway, firehose, logs, rds, wafv2]
            .flatMap((all): unknown[] => Object.values(all))
            .filter((type): type is string => typeof type === "string");
        assert.deepEqual(
            types.filter((type) => !reads.has(type)),
            [],
        );
    });

    for (const [type, properties] of reads) {
        // The call of a policy that throws is rejected.
        it(`of ${type} never crash a policy`, async () => {
            for (const property of properties) {
                for (const value of WRONG) {
                    const strange = declare(type, "strange", { other: 1, [property]: value });
                    const resources = wire([...AROUND, strange], "deployed");
                    const own = resources.at(-1) as WireResource;
                    await pack.remediate(own);
                    await pack.analyze(own);
                    await pack.analyzeStack(resources);
                }
            }
        });
    }
});
