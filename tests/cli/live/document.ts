/** Documents of `live` for the tests of what reads them. */

import type { LiveDocument, LiveRegion, LiveRestStage, LiveStage } from "../../../cli/inputs/live/document";

const ROLE = { cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs" };

/** A region with a role and nothing else. */
export function region(parts: Partial<LiveRegion> = {}): LiveRegion {
    return {
        region: "eu-west-1",
        account: ROLE,
        ...{ restApis: [], apis: [], domainNames: [], logGroups: [], deliverySources: [], deliveries: [], unread: [] },
        ...parts,
    };
}

export function document(...regions: readonly LiveRegion[]): LiveDocument {
    return {
        version: 1,
        tool: { name: "apigateway-guard", version: "0.0.0" } as LiveDocument["tool"],
        time: "2026-11-25T08:00:00.000Z",
        account: "111122223333",
        partition: "aws",
        regions,
    };
}

/** The REST API "orders", whose id is a1. */
export function restApi(...stages: readonly LiveRestStage[]) {
    return { id: "a1", name: "orders", stages };
}

/** The stage "prod", with method settings by their keys. */
export function restStage(
    methodSettings: NonNullable<LiveRestStage["methodSettings"]>,
    more: Partial<LiveRestStage> = {},
): LiveRestStage {
    return { stageName: "prod", deploymentId: "d1", methodSettings, ...more };
}

/** The WebSocket API "chat", whose id is w1, unless it has another protocol. */
export function api(stages: readonly LiveStage[], ProtocolType: "WEBSOCKET" | "HTTP" = "WEBSOCKET") {
    return { ApiId: "w1", Name: "chat", ProtocolType, stages, routes: [], integrations: [] };
}

/** A log group that expires. */
export function group(logGroupName: string, retentionInDays: number | undefined = 90) {
    return { logGroupName, logGroupClass: "STANDARD" as const, ...(retentionInDays && { retentionInDays }) };
}

export const LOGGED = { "*/*": { loggingLevel: "INFO" } };
export const GROUP = "API-Gateway-Execution-Logs_a1/prod";
