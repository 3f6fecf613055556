/** The protocol of an API, from the API itself or, if that is in another stack, from what only one protocol has. */

import { append } from "../../stack/maps";
import type { Resource } from "../../stack/resource";
import { anyOfType, oncePerStack } from "../../stack/stack";
import { isKnown, json, type Maybe, text, UNKNOWN } from "../../stack/values";
import { type ApiReference, apiFinder, referenceTo, sameApi } from "./api";
import {
    NATIVE_V2_API,
    NATIVE_V2_INTEGRATION,
    NATIVE_V2_ROUTE,
    NATIVE_V2_STAGE,
    V2_API,
    V2_INTEGRATION,
    V2_ROUTE,
    V2_STAGE,
} from "./types";

/** The `protocolType` of HTTP APIs. */
export const HTTP = "HTTP";
/** The `protocolType` of WebSocket APIs. */
export const WEBSOCKET = "WEBSOCKET";

type Protocol = string | typeof UNKNOWN;

const SIGNS: readonly string[] = [
    V2_STAGE,
    NATIVE_V2_STAGE,
    V2_ROUTE,
    NATIVE_V2_ROUTE,
    V2_INTEGRATION,
    NATIVE_V2_INTEGRATION,
];

/** Answers the protocol of a resource's API: from the API, from a sign of another resource of the API, or from its own. */
export const protocolFinder = oncePerStack((stack): ((resource: Resource, api: ApiReference) => Protocol) => {
    const apiOf = apiFinder(stack);
    const known = new Map<string, [ApiReference, string][]>();
    const note = (api: ApiReference, protocol: Maybe<string>) => {
        if (!isKnown(protocol)) {
            return;
        }
        for (const key of keysOf(api)) {
            append(known, key, [api, protocol]);
        }
    };
    // What is noted first decides: the APIs themselves.
    const protocols = new Map(anyOfType(stack, V2_API, NATIVE_V2_API).map((api) => [api, protocolOfApi(api)] as const));
    for (const [api, protocol] of protocols) {
        note(referenceTo(api), protocol);
    }
    for (const resource of anyOfType(stack, ...SIGNS)) {
        note(apiOf(resource), signOf(resource));
    }
    return (resource, api) => {
        for (const key of keysOf(api)) {
            const found = known.get(key)?.find(([other]) => sameApi(api, other) === true);
            if (found !== undefined) {
                return found[1];
            }
        }
        return signOf(resource) ?? commonProtocol(api, protocols);
    };
});

/** The protocol of a reference to one of several APIs, if all of them have the same. */
function commonProtocol({ id, apis }: ApiReference, protocols: ReadonlyMap<Resource, Maybe<string>>): Protocol {
    if (isKnown(id) || apis.size < 2) {
        return UNKNOWN;
    }
    const [first, ...others] = new Set([...apis].map((api) => protocols.get(api)));
    return isKnown(first) && others.length === 0 ? first : UNKNOWN;
}

/** A reference to one of several APIs has no keys, because `sameApi` never answers true for it. */
function keysOf({ id, apis }: ApiReference): string[] {
    const [only, another] = apis;
    return [...(isKnown(id) ? [id] : []), ...(only !== undefined && another === undefined ? [only.urn] : [])];
}

/**
 * Without a `protocolType`, CloudFormation takes the protocol from an OpenAPI body, which only HTTP APIs can have
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html).
 */
function protocolOfApi(api: Resource): Maybe<string> {
    const hasBody = json(api, "body") !== undefined || json(api, "bodyS3Location") !== undefined;
    return text(api, "protocolType") ?? (hasBody ? HTTP : undefined);
}

/** What a stage, a route or an integration shows of its API's protocol. */
function signOf(resource: Resource): string | undefined {
    return signOfStage(resource) ?? signOfRoute(resource) ?? signOfIntegration(resource);
}

/**
 * The provider sets the URL of a stage from the API's real protocol, and drops the logging level of HTTP APIs
 * (internal/service/apigatewayv2/stage.go in hashicorp/terraform-provider-aws).
 */
function signOfStage(stage: Resource): string | undefined {
    const url = text(stage, "invokeUrl");
    if (isKnown(url)) {
        return url.startsWith("wss://") ? WEBSOCKET : HTTP;
    }
    // Before it is deployed, a stage of an HTTP API may have a level, too: the program's.
    const isDeployed = isKnown(text(stage, "id")) || isKnown(text(stage, "arn"));
    return isDeployed && text(stage, "defaultRouteSettings", "loggingLevel") === "OFF" ? WEBSOCKET : undefined;
}

/**
 * The keys of an HTTP API are a method and a path, or `$default`, which a WebSocket API may have, too
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html). API Gateway rejects any
 * other: "The provided route key is not formatted properly for HTTP protocol".
 */
function signOfRoute(route: Resource): string | undefined {
    const key = text(route, "routeKey");
    if (!isKnown(key) || key === "$default") {
        return undefined;
    }
    return /^[A-Z]+ \//.test(key) ? HTTP : WEBSOCKET;
}

/**
 * A private integration of an HTTP API has the ARN of a listener or of a Cloud Map service as its URI, that of a WebSocket
 * API a URL (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html).
 */
function signOfIntegration(integration: Resource): string | undefined {
    const uri = text(integration, "integrationUri");
    if (!isKnown(uri) || text(integration, "connectionType") !== "VPC_LINK") {
        return undefined;
    }
    return uri.startsWith("arn:") ? HTTP : WEBSOCKET;
}
