/** What a live document does not have, though the account may. */

import { EXECUTION_LOG_PREFIXES } from "../../../aws/apigateway/execution-log";
import {
    ACCOUNT,
    DOMAIN_NAME,
    METHOD_SETTINGS,
    REST_API,
    STAGE,
    V2_API,
    V2_INTEGRATION,
    V2_ROUTE,
    V2_STAGE,
} from "../../../aws/apigateway/types";
import { LOG_DELIVERY, LOG_DELIVERY_SOURCE, LOG_GROUP } from "../../../aws/logs/types";
import { CLUSTER_PARAMETER_GROUP, DB_CLUSTER, DB_INSTANCE } from "../../../aws/rds/types";
import { WEB_ACL_ASSOCIATION } from "../../../aws/wafv2/types";
import type { Gap } from "../../state";
import type { Unread } from "./document";

/** What a read document has, in the words of people, by the type of the resources that stand for it. */
export const LIVE_TYPES: Readonly<Record<string, string>> = {
    [REST_API]: "REST APIs",
    [STAGE]: "stages of REST APIs",
    [METHOD_SETTINGS]: "method settings",
    [WEB_ACL_ASSOCIATION]: "web ACLs",
    [ACCOUNT]: "the CloudWatch role of API Gateway",
    [DOMAIN_NAME]: "custom domain names",
    [V2_API]: "HTTP and WebSocket APIs",
    [V2_STAGE]: "stages of HTTP and WebSocket APIs",
    [V2_ROUTE]: "routes",
    [V2_INTEGRATION]: "integrations",
    [LOG_GROUP]: "log groups",
    [LOG_DELIVERY_SOURCE]: "log delivery sources",
    [LOG_DELIVERY]: "log deliveries",
};

/** What no document of this version has. `live` reads the log groups of stages' execution and access logs only. */
export const ALWAYS: readonly Gap[] = [
    {
        types: [DB_INSTANCE, DB_CLUSTER, CLUSTER_PARAMETER_GROUP],
        because: "live documents of this version do not include databases",
    },
    {
        types: [LOG_GROUP],
        because: "live documents of this version include only the log groups of API Gateway",
        except: EXECUTION_LOG_PREFIXES,
    },
];

const STAGE_TYPES = [STAGE, METHOD_SETTINGS, WEB_ACL_ASSOCIATION];

/** What an operation reads, so what is missing if it fails. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
    "sts GetCallerIdentity": Object.keys(LIVE_TYPES),
    "apigateway GetAccount": [ACCOUNT],
    "apigateway GetRestApis": [REST_API, ...STAGE_TYPES],
    "apigateway GetStages": STAGE_TYPES,
    "apigateway GetDomainNames": [DOMAIN_NAME],
    "apigatewayv2 GetApis": [V2_API, V2_STAGE, V2_ROUTE, V2_INTEGRATION],
    "apigatewayv2 GetStages": [V2_STAGE],
    "apigatewayv2 GetRoutes": [V2_ROUTE],
    "apigatewayv2 GetIntegrations": [V2_INTEGRATION],
    "logs DescribeLogGroups": [LOG_GROUP],
    "logs DescribeDeliverySources": [LOG_DELIVERY_SOURCE, LOG_DELIVERY],
    "logs DescribeDeliveries": [LOG_DELIVERY],
};

/** The gaps of a region, by what could not be read there. A newer `live` may name operations that are not known here. */
export function gapsOf(unread: readonly Unread[]): Gap[] {
    const types = new Set(unread.flatMap(({ service, operation }) => READ_BY[`${service} ${operation}`] ?? []));
    return [
        ...ALWAYS,
        ...[...types].map((type) => ({ types: [type], because: `${LIVE_TYPES[type]} could not be read` })),
    ];
}
