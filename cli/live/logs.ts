/** Reads the log groups of API Gateway, and the deliveries that take its logs elsewhere. */

import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EXECUTION_LOG_PREFIXES } from "../../aws/apigateway/execution-log";
import type { LiveDelivery, LiveDeliverySource, LiveLogGroup } from "../inputs/live/document";
import { type Calls, each, mapLimit } from "./calls";
import type { Sdk } from "./sdk";
import { written } from "./written";

/**
 * The log groups of execution logs, whichever stage they are of or were of, and those that access logs go to.
 *
 * @param accessLogs the destinations of access logs
 */
export async function readLogGroups(
    sdk: Sdk["logs"],
    client: CloudWatchLogsClient,
    calls: Calls,
    accessLogs: readonly string[],
): Promise<LiveLogGroup[]> {
    const beginningWith = (logGroupNamePrefix: string) =>
        calls.all(
            { service: "logs", operation: "DescribeLogGroups", resource: logGroupNamePrefix },
            each(sdk.paginateDescribeLogGroups({ client }, { logGroupNamePrefix }), ({ logGroups }) => logGroups),
        );
    const isExecutionLog = (name: string) => EXECUTION_LOG_PREFIXES.some((prefix) => name.startsWith(prefix));
    const execution = await mapLimit(EXECUTION_LOG_PREFIXES, beginningWith);
    const names = new Set(accessLogs.map(groupNameOf).filter((name) => name !== undefined));
    const others = [...names].filter((name) => !isExecutionLog(name));
    const access = await mapLimit(others, async (name) =>
        (await beginningWith(name)).filter(({ logGroupName }) => logGroupName === name),
    );
    return [...execution, ...access].flat().map((group) => written(group, "logGroup"));
}

/** Nothing if the log goes to Firehose. */
function groupNameOf(destination: string): string | undefined {
    return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(destination)?.[1];
}

/** Deliveries of API Gateway's logs, and their sources; an account may have those of many services. */
export async function readDeliveries(
    sdk: Sdk["logs"],
    client: CloudWatchLogsClient,
    calls: Calls,
): Promise<{ readonly deliverySources: readonly LiveDeliverySource[]; readonly deliveries: readonly LiveDelivery[] }> {
    const sources = await calls.all(
        { service: "logs", operation: "DescribeDeliverySources" },
        each(sdk.paginateDescribeDeliverySources({ client }, {}), ({ deliverySources }) => deliverySources),
    );
    const own = sources.filter(({ resourceArns = [] }) => resourceArns.some((arn) => arn.includes(":apigateway:")));
    const names = new Set(own.map(({ name }) => name));
    const deliveries =
        own.length === 0
            ? []
            : await calls.all(
                  { service: "logs", operation: "DescribeDeliveries" },
                  each(sdk.paginateDescribeDeliveries({ client }, {}), (answer) => answer.deliveries),
              );
    return {
        deliverySources: own.map((one) => written(one, "deliverySource")),
        deliveries: deliveries
            .filter(({ deliverySourceName }) => names.has(deliverySourceName))
            .map((one) => written(one, "delivery")),
    };
}
