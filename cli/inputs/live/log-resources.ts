/** Log groups and deliveries of a live account as resources. */

import { LOG_DELIVERY, LOG_DELIVERY_SOURCE, LOG_GROUP } from "../../../aws/logs/types";
import type { RecordedResource } from "../recorded";
import type { LiveLogGroup, LiveRegion } from "./document";
import { type LivePlace, liveResource } from "./live-resource";

/** The log groups, delivery sources and deliveries of a region. */
export function logResources(
    place: LivePlace,
    { logGroups, deliverySources, deliveries }: LiveRegion,
): RecordedResource[] {
    return [
        ...logGroups.map((group) => logGroupOf(place, group)),
        ...deliverySources.map(({ name, logType, resourceArns = [] }) =>
            liveResource(place, LOG_DELIVERY_SOURCE, { id: name }, { name, logType, resourceArn: resourceArns[0] }),
        ),
        ...deliveries.map(({ id, ...rest }) => liveResource(place, LOG_DELIVERY, { id }, { id, ...rest })),
    ];
}

/** AWS leaves the retention out of a group that never expires; @pulumi/aws shows 0. */
function logGroupOf(
    place: LivePlace,
    { logGroupName: name, logGroupArn, retentionInDays = 0, ...group }: LiveLogGroup,
): RecordedResource {
    const { logGroupClass, kmsKeyId, deletionProtectionEnabled } = group;
    const props = {
        id: name,
        name,
        arn: logGroupArn,
        retentionInDays,
        logGroupClass,
        kmsKeyId,
        deletionProtectionEnabled,
    };
    return liveResource(place, LOG_GROUP, { id: name }, props);
}
