/** The stages of WebSocket and HTTP APIs, with the protocol of each. */

import type { Resource } from "../../stack/resource";
import { ofType, oncePerStack } from "../../stack/stack";
import {
    firstKnown,
    flag,
    indices,
    isKnown,
    keys,
    type Maybe,
    type Path,
    text,
    UNKNOWN,
    type Whether,
} from "../../stack/values";
import { type ApiReference, apiFinder } from "./api";
import { isLogging } from "./logging-level";
import { protocolFinder, WEBSOCKET } from "./protocol";
import { NATIVE_V2_STAGE, V2_STAGE } from "./types";

/** The logging settings of one route, or of all routes without settings of their own. */
export interface RouteLogging {
    readonly routeKey: Maybe<string>;
    readonly level: Maybe<string>;
    readonly dataTrace: Whether;
    /** The path of the settings in the resource. */
    readonly path: Path;
}

/** A stage of an HTTP or WebSocket API. */
export interface V2Stage {
    readonly resource: Resource;
    readonly name: Maybe<string>;
    readonly api: ApiReference;
    readonly protocol: Maybe<string>;
    readonly defaults: RouteLogging;
    readonly routes: readonly RouteLogging[];
}

/** The stages of HTTP and WebSocket APIs that a stack declares. */
export const v2Stages = oncePerStack((stack): readonly V2Stage[] => {
    const apiOf = apiFinder(stack);
    const protocolOf = protocolFinder(stack);
    return ofType(stack, V2_STAGE, NATIVE_V2_STAGE).map((resource) => {
        const api = apiOf(resource);
        return {
            resource,
            name: resource.type === V2_STAGE ? text(resource, "name") : text(resource, "stageName"),
            api,
            protocol: protocolOf(resource, api),
            defaults: logging(resource, ["defaultRouteSettings"], undefined),
            routes: routeSettings(resource),
        };
    });
});

/** @pulumi/aws has a list of route settings; aws-native has a map by route key, with CloudFormation's spelling. */
function routeSettings(stage: Resource): RouteLogging[] {
    const map = keys(stage, "routeSettings");
    if (map === UNKNOWN) {
        return [{ routeKey: UNKNOWN, level: UNKNOWN, dataTrace: UNKNOWN, path: ["routeSettings"] }];
    }
    const list = indices(stage, "routeSettings");
    if (isKnown(list)) {
        return list.map((index) => {
            const path = ["routeSettings", index] as const;
            return logging(stage, path, text(stage, ...path, "routeKey"));
        });
    }
    return isKnown(map) ? map.sort().map((key) => logging(stage, ["routeSettings", key], key)) : [];
}

function logging(stage: Resource, path: Path, routeKey: Maybe<string>): RouteLogging {
    return {
        routeKey,
        level: firstKnown([text(stage, ...path, "loggingLevel"), text(stage, ...path, "LoggingLevel")]),
        dataTrace: dataTraceOf(stage, path),
        path,
    };
}

/** Providers fill in the default of this setting, so a block that lacks it does not set it, whatever else it depends on. */
function dataTraceOf(stage: Resource, path: Path): Whether {
    const names = keys(stage, ...path);
    const found = ["dataTraceEnabled", "DataTraceEnabled"].filter((name) => !isKnown(names) || names.includes(name));
    return firstKnown(found.map((name) => flag(stage, ...path, name))) ?? false;
}

/**
 * Whether code can set some settings of a stage. Code that sets those of a route replaces the whole list, so that it needs
 * the keys of all routes; the map of aws-native, with a spelling of its own, is left to the advice.
 */
export function isForCode({ defaults, routes }: V2Stage, settings: readonly RouteLogging[]): boolean {
    return (
        settings.every((one) => one === defaults) ||
        routes.every(({ routeKey, path: [, index] }) => isKnown(routeKey) && typeof index === "number")
    );
}

/** Only WebSocket APIs have execution logs; for HTTP APIs the provider drops the level. */
export function writesExecutionLog(stage: V2Stage): boolean {
    return stage.protocol === WEBSOCKET && setsLogging(stage);
}

/** Whether a stage writes an execution log if its API is a WebSocket API. */
export function setsLogging({ defaults, routes }: Pick<V2Stage, "defaults" | "routes">): boolean {
    return [defaults, ...routes].some(({ level }) => isLogging(level));
}

/** Whether a stage does not set logging as far as is known, but may once every level is. */
export function maySetLogging(stage: Pick<V2Stage, "defaults" | "routes">): boolean {
    return !setsLogging(stage) && [stage.defaults, ...stage.routes].some(({ level }) => level === UNKNOWN);
}

/**
 * Whether a value in the settings of a route is what the provider has where the program sets none
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/stage.go).
 */
export function isDefaultRouteSetting(value: unknown): boolean {
    return value === false || value === 0;
}
