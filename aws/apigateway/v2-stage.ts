/** The stages of WebSocket and HTTP APIs, with the protocol of each. */

import type { Resource } from "../../stack/resource";
import { anyOfType, ofType, type Stack } from "../../stack/stack";
import { flag, indices, isKnown, json, keys, type Maybe, type Path, text, UNKNOWN } from "../../stack/values";
import { type ApiIndex, type ApiReference, apiFinder, apiIndex, idOf, sameApi } from "./api";
import { isLogging } from "./logging-level";
import { NATIVE_V2_API, NATIVE_V2_ROUTE, NATIVE_V2_STAGE, V2_API, V2_ROUTE, V2_STAGE } from "./types";

/** The logging settings of one route, or of all routes without settings of their own. */
export interface RouteLogging {
    readonly routeKey: Maybe<string>;
    readonly level: Maybe<string>;
    readonly dataTrace: Maybe<boolean>;
}

export interface V2Stage {
    readonly resource: Resource;
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    readonly protocol: Maybe<string>;
    readonly defaults: RouteLogging;
    readonly routes: readonly RouteLogging[];
}

export function v2Stages(stack: Stack): V2Stage[] {
    const apiOf = apiFinder(stack);
    const apis = indexed(
        anyOfType(stack, V2_API, NATIVE_V2_API).map((api) => [
            api,
            { id: idOf(api) ?? UNKNOWN, apis: new Set([api]), place: api },
        ]),
    );
    const routes = indexed(ofType(stack, V2_ROUTE, NATIVE_V2_ROUTE).map((route) => [route, apiOf(route)]));
    return ofType(stack, V2_STAGE, NATIVE_V2_STAGE).map((resource) => {
        const api = apiOf(resource);
        const own = ({ find }: ApiIndex<Referenced>) =>
            [...find(api, UNKNOWN)].filter(([, other]) => sameApi(api, other) === "yes").map(([one]) => one);
        const stage: Omit<V2Stage, "protocol"> = {
            resource,
            name: resource.type === V2_STAGE ? text(resource, "name") : text(resource, "stageName"),
            api,
            defaults: logging(resource, ["defaultRouteSettings"], undefined),
            routes: routeSettings(resource),
        };
        const protocol = protocolOf(own(apis));
        return { ...stage, protocol: protocol === UNKNOWN ? protocolBySigns(stage, () => own(routes)) : protocol };
    });
}

type Referenced = readonly [Resource, ApiReference];

function indexed(resources: readonly Referenced[]): ApiIndex<Referenced> {
    const index = apiIndex<Referenced>();
    for (const resource of resources) {
        index.add(resource, resource[1], undefined);
    }
    return index;
}

/** Only WebSocket APIs have these routes. */
const WEBSOCKET_ROUTES: readonly unknown[] = ["$connect", "$disconnect"];

/**
 * The protocol of an API that is in another stack, from what only one of the two kinds has. The provider sets the URL of
 * a stage from the API's real protocol, and drops the logging level of HTTP APIs
 * (internal/service/apigatewayv2/stage.go in hashicorp/terraform-provider-aws).
 */
function protocolBySigns(
    { resource, defaults }: Omit<V2Stage, "protocol">,
    routesOfApi: () => readonly Resource[],
): Maybe<string> {
    const url = text(resource, "invokeUrl");
    if (isKnown(url)) {
        return url.startsWith("wss://") ? "WEBSOCKET" : "HTTP";
    }
    // Before it is deployed, a stage of an HTTP API may have a level, too: the program's.
    const isDeployed = isKnown(text(resource, "id")) || isKnown(text(resource, "arn"));
    const isWebSocket =
        (isDeployed && defaults.level === "OFF") ||
        routesOfApi().some((route) => WEBSOCKET_ROUTES.includes(text(route, "routeKey")));
    return isWebSocket ? "WEBSOCKET" : UNKNOWN;
}

/**
 * Without a `protocolType`, CloudFormation takes the protocol from an OpenAPI body, which only HTTP APIs can have
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html).
 */
function protocolOf(apis: readonly Resource[]): Maybe<string> {
    const [api] = apis;
    if (api === undefined) {
        return UNKNOWN;
    }
    const hasBody = json(api, "body") !== undefined || json(api, "bodyS3Location") !== undefined;
    return text(api, "protocolType") ?? (hasBody ? "HTTP" : UNKNOWN);
}

/** @pulumi/aws has a list of route settings; aws-native has a map by route key, with CloudFormation's spelling. */
function routeSettings(stage: Resource): RouteLogging[] {
    if (json(stage, "routeSettings") === UNKNOWN && keys(stage, "routeSettings") === UNKNOWN) {
        return [{ routeKey: UNKNOWN, level: UNKNOWN, dataTrace: UNKNOWN }];
    }
    const list = indices(stage, "routeSettings");
    if (isKnown(list)) {
        return list.map((index) => {
            const path = ["routeSettings", index] as const;
            return logging(stage, path, text(stage, ...path, "routeKey"));
        });
    }
    const map = keys(stage, "routeSettings");
    return isKnown(map) ? map.sort().map((key) => logging(stage, ["routeSettings", key], key)) : [];
}

function logging(stage: Resource, path: Path, routeKey: Maybe<string>): RouteLogging {
    return {
        routeKey,
        level: text(stage, ...path, "loggingLevel") ?? text(stage, ...path, "LoggingLevel"),
        dataTrace: flag(stage, ...path, "dataTraceEnabled") ?? flag(stage, ...path, "DataTraceEnabled"),
    };
}

/** Only WebSocket APIs have execution logs; for HTTP APIs the provider drops the level. */
export function writesExecutionLog(stage: V2Stage): boolean {
    return stage.protocol === "WEBSOCKET" && setsLogging(stage);
}

/** Whether a stage writes an execution log if its API is a WebSocket API. */
export function setsLogging({ defaults, routes }: Pick<V2Stage, "defaults" | "routes">): boolean {
    return [defaults, ...routes].some(({ level }) => isLogging(level));
}
