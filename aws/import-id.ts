/** How what AWS has already gets into a program. */

import type { Resource } from "../stack/resource";
import { isKnown, text } from "../stack/values";
import { METHOD_SETTINGS } from "./apigateway/types";
import { LOG_GROUP } from "./logs/types";

/** What `import` takes a resource by, of those that may come into being without a program. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
    // https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/methodsettings/#import
    [METHOD_SETTINGS, ["restApi", "stageName", "methodPath"]],
    // https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/loggroup/#import
    [LOG_GROUP, ["name"]],
]);

/** The id by which `pulumi import` takes a resource, if its type is one of these and all parts of the id are known. */
export function importId(resource: Resource): string | undefined {
    const parts = PARTS.get(resource.type)?.map((property) => text(resource, property));
    return parts?.every(isKnown) ? parts.join("/") : undefined;
}
