/** Stages of HTTP and WebSocket APIs. */

import * as fc from "fast-check";
import { computed } from "../wire/declare";
import { ACCESS_LOG, accessLogOf } from "./access-logs";
import { identifyingParent, idOf, pickApi } from "./apis";
import {
    after,
    before,
    componentAt,
    type Draft,
    flag,
    index,
    level,
    list,
    madeUp,
    make,
    near,
    nextName,
    perhapsElsewhere,
    place,
    type ShapeOf,
} from "./draft";

export const V2_STAGES = {
    v2Stages: list(
        fc.record({
            native: fc.boolean(),
            api: index,
            through: fc.constantFrom("api", "api", "component", "parent"),
            name: fc.constantFrom("prod", "test", "$default", "made up", "made up before", undefined),
            defaults: fc.option(fc.record({ loggingLevel: level, dataTraceEnabled: flag }), { nil: undefined }),
            routes: list(
                fc.record({ key: fc.constantFrom("$connect", "send"), loggingLevel: level, dataTraceEnabled: flag }),
                2,
            ),
            accessLog: ACCESS_LOG,
            place,
            where: perhapsElsewhere,
            after,
        }),
        3,
    ),
};

type Shape = ShapeOf<typeof V2_STAGES>;

export function addV2Stages(draft: Draft, { v2Stages }: Shape): void {
    for (const shape of v2Stages) {
        addV2Stage(draft, shape);
    }
}

function addV2Stage(draft: Draft, shape: Shape["v2Stages"][number]): void {
    const { native, defaults, routes } = shape;
    const api = pickApi(draft, "v2", shape.api);
    if (api === undefined) {
        return;
    }
    const own = nextName(draft);
    const isMadeUp = shape.name === "made up" || shape.name === "made up before";
    const name = isMadeUp ? madeUp(own) : shape.name;
    if (name !== undefined && draft.stages.some((other) => other.api === api && other.name === name)) {
        return;
    }
    const nameName = native ? "stageName" : "name";
    const isComputed = shape.name === "made up";
    const parent = identifyingParent(draft, api, shape.through);
    const dependsOn = [...before(draft, shape.after), ...(parent && api.made ? [api.made.name] : [])];
    const made = make(
        draft,
        native ? "aws-native:apigatewayv2:Stage" : "aws:apigatewayv2/stage:Stage",
        {
            ...(parent === undefined ? { apiId: idOf(draft, api, shape.through) } : {}),
            ...(isComputed ? {} : { [nameName]: name }),
            defaultRouteSettings: defaults,
            routeSettings: native
                ? Object.fromEntries(
                      routes.map(({ key, loggingLevel, dataTraceEnabled }) => [
                          key,
                          { LoggingLevel: loggingLevel, DataTraceEnabled: dataTraceEnabled },
                      ]),
                  )
                : routes.map(({ key, ...route }) => ({ routeKey: key, ...route })),
            accessLogSettings: accessLogOf(draft, shape.accessLog),
        },
        {
            name: own,
            outputs: {
                ...(isComputed ? { [nameName]: computed(name) } : {}),
                ...(defaults === undefined ? { defaultRouteSettings: computed({ loggingLevel: "OFF" }) } : {}),
            },
            dependsOn,
            where: near(api, shape.where),
            parent: parent ?? componentAt(draft, shape.place),
        },
    );
    draft.stages.push({
        ...{ made, api, kind: "v2", name, nameInput: isMadeUp ? undefined : name },
        ...{ isParental: parent !== undefined, dependsOn, settings: [] },
    });
}
