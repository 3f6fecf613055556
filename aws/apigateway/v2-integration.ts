/** The integrations of HTTP and WebSocket APIs. */

import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { keys, type Maybe, text, UNKNOWN, type Whether } from "../../stack/values";
import { type ApiReference, apiFinder } from "./api";
import { protocolFinder } from "./protocol";
import { NATIVE_V2_INTEGRATION, V2_INTEGRATION } from "./types";

/** An integration of an HTTP or WebSocket API: what a route calls. */
export interface V2Integration {
    readonly resource: Resource;
    readonly api: ApiReference;
    readonly protocol: Maybe<string>;
    /** Whether it goes through a VPC link. */
    readonly isPrivate: Whether;
    /** Whether it has a TLS configuration, which may be empty. */
    readonly hasTls: Whether;
}

/** The integrations that a stack declares. */
export function v2Integrations(stack: Stack): V2Integration[] {
    const apiOf = apiFinder(stack);
    const protocolOf = protocolFinder(stack);
    return ofType(stack, V2_INTEGRATION, NATIVE_V2_INTEGRATION).map((resource) => {
        const api = apiOf(resource);
        const connection = text(resource, "connectionType");
        const tls = keys(resource, "tlsConfig");
        return {
            resource,
            api,
            protocol: protocolOf(resource, api),
            isPrivate: connection === UNKNOWN ? UNKNOWN : connection === "VPC_LINK",
            hasTls: tls === UNKNOWN ? UNKNOWN : tls !== undefined,
        };
    });
}
