/** What changes nothing for a program: other names for its resources, and resources that have nothing to do with it. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { computed, declare, from, interpolate } from "../wire/declare";
import { index, type Made, MOST, pick, where } from "./draft";
import type { Program } from "./programs";

/** No capitals, because RDS has identifiers in lower case. */
const CHARACTERS = [...'abz019-_.: "\\éλ✓'];

/** Other names for the resources of a program, which sort alike. */
export const names = fc
    .uniqueArray(fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 6 }), {
        minLength: MOST,
        maxLength: MOST,
    })
    .map((all) => all.sort((a, b) => (a < b ? -1 : 1)));

const ADDITIONS = [
    ...(["bucket", "function", "log group", "database", "web ACL", "REST API", "WebSocket API", "HTTP API"] as const),
];

/** Compliant resources that are related to each other at most. */
export const unrelated = fc.array(
    fc.record({ what: fc.constantFrom(...ADDITIONS), sortsFirst: fc.boolean(), place: index, where }),
    { minLength: 1, maxLength: 4 },
);

type Addition = typeof unrelated extends fc.Arbitrary<infer T> ? T : never;

export function additionsTo({ resources, reliedOn }: Program, additions: Addition): Made[] {
    const find = (name: string | undefined) => resources.find((one) => one.name === name);
    const isReliedOn = (one: Made | undefined): boolean =>
        one !== undefined && (reliedOn.has(one.name) || isReliedOn(find(one.parent)));
    const components = resources.filter(({ provider }) => provider === "none");
    const free = components.filter((one) => !isReliedOn(one));
    return additions.flatMap(({ what, sortsFirst, place, where: there }, number) => {
        // Both stand beside "@".
        const name = (suffix: string) => `${sortsFirst ? "!" : "~"}${suffix}${number}`;
        const isSought = what !== "bucket" && what !== "function";
        const parent = pick([undefined, ...(isSought ? free : components)], place);
        const { provider } = there;
        const options = { provider, ...(parent === undefined ? {} : { parent: parent.name }) };
        const make = (type: string, suffix: string, props: Properties, rest: Partial<Made> = {}): Made => ({
            ...declare(type, name(suffix), props, options),
            ...rest,
        });
        const id = `unrelated${number}`;
        const idOf = from(name("api"), id);
        switch (what) {
            case "bucket":
                return [make("aws:s3/bucket:Bucket", "bucket", { region: "eu-west-1" })];
            case "function":
                return [make("aws:lambda/function:Function", "fn", { name: "fn", loggingLevel: "OFF" })];
            case "log group":
                return [make("aws:cloudwatch/logGroup:LogGroup", "logs", { name: "/unrelated", retentionInDays: 90 })];
            case "database": {
                const of = `/aws/rds/cluster/${id}/audit`;
                const parameters = [
                    { name: "server_audit_logging", value: "1" },
                    { name: "server_audit_events", value: "CONNECT" },
                ];
                return [
                    make("aws:rds/clusterParameterGroup:ClusterParameterGroup", "parameters", { name: id, parameters }),
                    make("aws:cloudwatch/logGroup:LogGroup", "group", { name: of, retentionInDays: 90 }),
                    make(
                        "aws:rds/cluster:Cluster",
                        "database",
                        {
                            clusterIdentifier: id,
                            engine: "aurora-mysql",
                            enabledCloudwatchLogsExports: ["audit"],
                            dbClusterParameterGroupName: from(name("parameters"), id),
                        },
                        { dependsOn: [name("group")] },
                    ),
                ];
            }
            case "web ACL":
                return [
                    make("aws:lb/loadBalancer:LoadBalancer", "balancer", {}, { outputs: { arn: computed("arn:lb") } }),
                    make("aws:wafv2/webAclAssociation:WebAclAssociation", "association", {
                        resourceArn: from(name("balancer"), "arn:lb"),
                        webAclArn: "arn:acl",
                    }),
                ];
            case "REST API":
                return [
                    make("aws:apigateway/restApi:RestApi", "api", {}, { outputs: { id: computed(id) } }),
                    make("aws:cloudwatch/logGroup:LogGroup", "group", {
                        name: interpolate`API-Gateway-Execution-Logs_${idOf}/prod`,
                        retentionInDays: 90,
                    }),
                    make(
                        "aws:apigateway/stage:Stage",
                        "stage",
                        { restApi: idOf, stageName: "prod" },
                        { dependsOn: [name("group")] },
                    ),
                    make("aws:apigateway/methodSettings:MethodSettings", "settings", {
                        restApi: idOf,
                        stageName: from(name("stage"), "prod"),
                        methodPath: "*/*",
                        settings: { loggingLevel: "INFO" },
                    }),
                ];
            default:
                return [
                    make(
                        "aws:apigatewayv2/api:Api",
                        "api",
                        { protocolType: what === "HTTP API" ? "HTTP" : "WEBSOCKET" },
                        { outputs: { id: computed(id) } },
                    ),
                    make("aws:cloudwatch/logGroup:LogGroup", "group", {
                        name: interpolate`/aws/apigateway/${idOf}/prod`,
                        retentionInDays: 90,
                    }),
                    make(
                        "aws:apigatewayv2/stage:Stage",
                        "stage",
                        {
                            apiId: idOf,
                            name: "prod",
                            ...(what === "HTTP API" ? {} : { defaultRouteSettings: { loggingLevel: "INFO" } }),
                        },
                        { dependsOn: [name("group")] },
                    ),
                ];
        }
    });
}
