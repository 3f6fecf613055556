/** The routes of HTTP and WebSocket APIs, those included that an API makes itself. */

import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { firstKnown, isKnown, type Maybe, text, UNKNOWN } from "../../stack/values";
import { type ApiReference, apiFinder } from "./api";
import { protocolFinder } from "./protocol";
import { apisWithoutOutputs, type QuickCreatedApi, quickCreatedApis } from "./quick-create";
import { NATIVE_V2_ROUTE, V2_ROUTE } from "./types";

/** A route of an HTTP or WebSocket API. */
export interface V2Route {
    readonly resource: Resource;
    readonly routeKey: Maybe<string>;
    readonly authorizationType: Maybe<string>;
    readonly api: ApiReference;
    readonly protocol: Maybe<string>;
}

/** The routes that a stack declares. */
export function routes(stack: Stack): V2Route[] {
    const apiOf = apiFinder(stack);
    const protocolOf = protocolFinder(stack);
    return ofType(stack, V2_ROUTE, NATIVE_V2_ROUTE).map((resource) => {
        const api = apiOf(resource);
        return {
            resource,
            routeKey: text(resource, "routeKey"),
            authorizationType: text(resource, "authorizationType"),
            api,
            protocol: protocolOf(resource, api),
        };
    });
}

/** The route of an API with a `target` ("quick create"). API Gateway makes and manages it; it is not a resource of the stack. */
export interface ManagedRoute {
    readonly api: Resource;
    readonly authorizationType: Maybe<string>;
}

/** A managed route has no authorization type unless overrides set one. */
export function managedRoutes(stack: Stack): ManagedRoute[] {
    return [
        ...quickCreatedApis(stack).map(
            ({ resource, overrides }): ManagedRoute => ({
                api: resource,
                authorizationType: firstKnown(overrides.map(overriddenType)),
            }),
        ),
        // An API of which nothing is known may have a target or not.
        ...apisWithoutOutputs(stack).map((api): ManagedRoute => ({ api, authorizationType: UNKNOWN })),
    ];
}

/** The authorization type that overrides set, or may set. */
function overriddenType({ resource, match }: QuickCreatedApi["overrides"][number]): Maybe<string> {
    const type = text(resource, "route", "authorizationType");
    return match === UNKNOWN && isKnown(type) ? UNKNOWN : type;
}
