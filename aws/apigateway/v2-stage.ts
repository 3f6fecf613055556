/** The stages of WebSocket and HTTP APIs, with the protocol of each. */

import { region } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { flag, indices, isKnown, json, keys, type Maybe, type Path, text, UNKNOWN } from "../../stack/values";
import { type ApiReference, apiOf, idOf, sameApi } from "./api";
import { isLogging } from "./logging-level";
import { NATIVE_V2_API, NATIVE_V2_STAGE, V2_API, V2_STAGE } from "./types";

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
    const apis = ofType(stack, V2_API, NATIVE_V2_API).map((api) => ({ api, reference: referenceTo(api) }));
    return ofType(stack, V2_STAGE, NATIVE_V2_STAGE).map((resource) => {
        const api = apiOf(stack, resource);
        const mine = apis.filter((candidate) => sameApi(api, candidate.reference) === "yes");
        return {
            resource,
            name: resource.type === V2_STAGE ? text(resource, "name") : text(resource, "stageName"),
            api,
            protocol: protocolOf(mine.map((candidate) => candidate.api)),
            defaults: logging(resource, ["defaultRouteSettings"], undefined),
            routes: routeSettings(resource),
        };
    });
}

function referenceTo(api: Resource): ApiReference {
    return { id: idOf(api) ?? UNKNOWN, apis: new Set([api]), region: region(api) };
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
    return stage.protocol === "WEBSOCKET" && [stage.defaults, ...stage.routes].some((route) => isLogging(route.level));
}
