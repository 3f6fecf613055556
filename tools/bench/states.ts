/** States of any size, for the benchmark and for tests that need a large stack: the same ones every time. */

import { apis } from "./apis";
import { provider, stack, TIME } from "./recorded";
import { roleFor, services } from "./services";

/**
 * A state of so many resources, as `pulumi stack export` writes it. Of those that make it a stack, its provider and the
 * role that API Gateway logs with, one in `oneIn` is of API Gateway and the others belong to services.
 */
export function generatedState(size: number, oneIn = 20): object {
    const role = roleFor("apigateway.amazonaws.com", "api-gateway-logs");
    const first = [stack(), provider(), role];
    const [gateway, others] = [apis(role), services()];
    const resources = Array.from(
        { length: size },
        (_, index) => first[index] ?? (index % oneIn === first.length % oneIn ? gateway : others).next().value,
    );
    return { version: 3, deployment: { manifest: { time: TIME, magic: "", version: "v3.259.0" }, resources } };
}
