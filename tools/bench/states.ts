/** States of any size, for the benchmark and for tests that need a large stack: the same ones every time. */

import { apis } from "./apis";
import { provider, type Recorded, resource, stack, TIME } from "./recorded";
import { roleFor, services } from "./services";

/**
 * A state of so many resources, as `pulumi stack export` writes it. Of those that make it a stack, its provider and the
 * role that API Gateway logs with, one in `oneIn` is of API Gateway and the others belong to services.
 */
export function generatedState(size: number, oneIn = 20): object {
    const role = roleFor("apigateway.amazonaws.com", "api-gateway-logs");
    const first = [stack(), provider(), role];
    const [gateway, others] = [apis(), services()];
    const resources = Array.from(
        { length: size },
        (_, index) => first[index] ?? (index % oneIn === first.length % oneIn ? gateway : others).next().value,
    );
    return stateOf(resources);
}

/**
 * A state of so many resources of some 550 bytes each, without most of what providers and the engine add. As many as are
 * asked for are stages, with their APIs, settings and log groups; the others are queues.
 */
export function slimState(size: number, stages: number): object {
    const role = roleFor("apigateway.amazonaws.com", "api-gateway-logs");
    const resources = [stack(), provider(), role];
    let found = 0;
    for (const one of apis()) {
        if (found === stages && one.type.endsWith("Api")) {
            break;
        }
        found += Number(one.type.endsWith(":Stage"));
        resources.push(one);
    }
    while (resources.length < size) {
        const name = `queue-${resources.length}`;
        resources.push(resource("aws:sqs/queue:Queue", name, { inputs: { name, visibilityTimeoutSeconds: 60 } }));
    }
    return stateOf(resources.map(slim));
}

function slim({ urn, type, id, inputs, parent, provider, dependencies, propertyDependencies = {} }: Recorded): object {
    const { __defaults, tagsAll, ...own } = inputs ?? {};
    const outputs = { id, ...own };
    const some = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
    return {
        urn,
        custom: id !== undefined,
        id,
        type,
        inputs: own,
        outputs,
        parent,
        provider,
        dependencies,
        propertyDependencies: Object.fromEntries(some),
    };
}

/** A state with these resources, as `pulumi stack export` writes it. */
export function stateOf(resources: readonly object[]): object {
    return { version: 3, deployment: { manifest: { time: TIME, magic: "", version: "v3.259.0" }, resources } };
}
