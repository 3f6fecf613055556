/** Vended logs: delivery sources, and the deliveries that send their logs to a destination. */

import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { isKnown, text } from "../../stack/values";
import { LOG_DELIVERY, LOG_DELIVERY_SOURCE, NATIVE_LOG_DELIVERY, NATIVE_LOG_DELIVERY_SOURCE } from "./types";

/**
 * The delivery sources of a log type that have a delivery
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html).
 */
export function deliveredSources(stack: Stack, logType: string): Resource[] {
    const deliveries = ofType(stack, LOG_DELIVERY, NATIVE_LOG_DELIVERY);
    return ofType(stack, LOG_DELIVERY_SOURCE, NATIVE_LOG_DELIVERY_SOURCE).filter(
        (source) => text(source, "logType") === logType && deliveries.some((delivery) => takesFrom(delivery, source)),
    );
}

function takesFrom(delivery: Resource, source: Resource): boolean {
    const name = text(delivery, "deliverySourceName");
    return isKnown(name)
        ? name === text(source, "name")
        : (delivery.propertyDependencies.deliverySourceName ?? []).includes(source);
}
