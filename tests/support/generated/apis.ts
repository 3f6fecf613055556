/** The APIs of a program, and how their users get their ids. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { computed, from } from "../wire/declare";
import {
    type Api,
    componentAt,
    type Draft,
    list,
    type Made,
    make,
    parentOf,
    pick,
    place,
    type ShapeOf,
    where,
} from "./draft";

export const APIS = {
    restApis: list(
        fc.record({ kind: fc.constantFrom("classic", "classic", "native", "another stack's"), place, where }),
        3,
    ),
    v2Apis: list(
        fc.record({
            native: fc.boolean(),
            protocol: fc.constantFrom("WEBSOCKET", "WEBSOCKET", "HTTP", "body", undefined),
            target: fc.constantFrom(undefined, undefined, "https://example.com"),
            place,
            where,
        }),
        2,
    ),
};

type Shape = ShapeOf<typeof APIS>;

export function addApis(draft: Draft, { restApis, v2Apis }: Shape): void {
    for (const [number, shape] of restApis.entries()) {
        const id = `rest${number}`;
        if (shape.kind === "classic") {
            add(draft, "aws:apigateway/restApi:RestApi", { id: computed(id) }, id, {}, shape);
        } else if (shape.kind === "native") {
            add(draft, "aws-native:apigateway:RestApi", { restApiId: computed(id) }, id, {}, shape);
        } else {
            draft.apis.push({ id, isWebSocket: false, where: shape.where });
        }
    }
    for (const [number, { native, protocol, target, ...shape }] of v2Apis.entries()) {
        const id = `v2${number}`;
        // A program that the provider accepts has either of the two.
        const protocolType = protocol ?? (draft.kind === "ordinary" ? "WEBSOCKET" : undefined);
        const props = { ...(protocolType === "body" ? { body: "{}" } : { protocolType }), target };
        if (native) {
            add(draft, "aws-native:apigatewayv2:Api", { apiId: computed(id) }, id, props, shape);
        } else {
            add(draft, "aws:apigatewayv2/api:Api", { id: computed(id) }, id, props, shape);
        }
    }
}

type Placed = Pick<Shape["restApis"][number], "place" | "where">;

function add(draft: Draft, type: string, outputs: Properties, id: string, props: Properties, shape: Placed): void {
    const parent = componentAt(draft, shape.place);
    const made = make(draft, type, props, { outputs, where: shape.where, parent });
    draft.apis.push({ made, id, isWebSocket: props.protocolType === "WEBSOCKET", where: shape.where });
}

export function pickApi({ apis }: Pick<Draft, "apis">, of: "rest" | "v2" | "", at: number): Api | undefined {
    return pick(
        apis.filter(({ id }) => id.startsWith(of)),
        at,
    );
}

/** Whether there is no other API in a component. */
function isAlone(draft: Draft, api: Api, around: Made): boolean {
    const isIn = (one: Made | undefined): boolean =>
        one !== undefined && (one === around || isIn(parentOf(draft, one)));
    return draft.apis.every((one) => one === api || one.made === undefined || !isIn(parentOf(draft, one.made)));
}

/** The id of an API as its user gets it: as a text, from the API, or from the component that makes it. */
export function idOf(draft: Draft, api: Api, through: string): unknown {
    const { made, id } = api;
    if (made === undefined) {
        return id;
    }
    const around = through === "component" ? parentOf(draft, made) : undefined;
    if (around === undefined || (draft.kind === "ordinary" && !isAlone(draft, api, around))) {
        return from(made.name, id);
    }
    draft.reliedOn.add(around.name);
    return from(around.name, id);
}

/** The parent of a resource that nothing else assigns to its API; the resource depends on the API all the same. */
export function identifyingParent(draft: Draft, api: Api, through: string): Made | undefined {
    if (through !== "parent" || api.made === undefined) {
        return undefined;
    }
    const around = parentOf(draft, api.made);
    if (around === undefined || !isAlone(draft, api, around)) {
        return api.made;
    }
    draft.reliedOn.add(around.name);
    return around;
}

/** A text that contains values of resources, or is known at once if there are none. */
export function textOf(sources: readonly (Made | undefined)[], text: string): unknown {
    const names = sources.flatMap((made) => made?.name ?? []);
    return names.length === 0 ? text : from(names, text);
}
