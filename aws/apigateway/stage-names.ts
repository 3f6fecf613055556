/** What people call a stage: `orders/prod`. */

import type { Inputs, Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, isSet, type Maybe, text, UNKNOWN } from "../../stack/values";
import { API_PROPERTIES, apiFinder, idOf } from "./api";
import {
    DEPLOYMENT,
    METHOD_SETTINGS,
    NATIVE_DEPLOYMENT,
    NATIVE_STAGE,
    NATIVE_V2_API,
    NATIVE_V2_MANAGED_OVERRIDES,
    NATIVE_V2_STAGE,
    STAGE,
    V2_API,
    V2_STAGE,
} from "./types";

const STAGES: readonly string[] = [STAGE, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE];
const STAGES_AND_THEIR_SETTINGS = [
    ...STAGES,
    METHOD_SETTINGS,
    DEPLOYMENT,
    NATIVE_DEPLOYMENT,
    NATIVE_V2_MANAGED_OVERRIDES,
];

/** A name with a part that is not known yet: `undefined` stands for it, as in `["orders/", undefined]`. */
export type PartOfName = readonly (string | undefined)[];

/** The names of a stage, and those of which a part is not known yet. */
export interface StageNames {
    readonly known: readonly string[];
    readonly partlyKnown: readonly PartOfName[];
}

/**
 * `api/stage` of a stage, or of what makes or configures one, in each way: by the name of the API's resource, its name or
 * id on AWS; and by the name of the stage's resource or its name on AWS. A resource policy, which is given no stack, knows
 * the API by its id only.
 */
export function stageNames(resource: Inputs, stack: Stack | undefined): StageNames {
    if (isQuickCreating(resource)) {
        const names = [resource.name, ...known(text(resource, "name"), idOf(resource))];
        return { known: names.map((name) => `${name}/$default`), partlyKnown: [] };
    }
    if (!STAGES_AND_THEIR_SETTINGS.includes(resource.type)) {
        return { known: [], partlyKnown: [] };
    }
    const onAws = nameOnAws(resource);
    const stages = [...(STAGES.includes(resource.type) ? [resource.name] : []), ...known(onAws)];
    const ids = API_PROPERTIES.map((property) => text(resource, property));
    const api = apiOfStage(resource, stack);
    const apis = [...known(...ids), ...(api === undefined ? [] : [api.name, ...known(text(api, "name"), idOf(api))])];
    // Without a stack, the id of each API that is still to be created is unknown, and no config can contain it.
    const isApiUnknown = stack !== undefined && api === undefined && ids.includes(UNKNOWN);
    return {
        known: apis.flatMap((one) => stages.map((stage) => `${one}/${stage}`)),
        partlyKnown: [
            ...(onAws === UNKNOWN ? apis.map((one) => [`${one}/`, undefined]) : []),
            ...(isApiUnknown ? stages.map((stage) => [undefined, `/${stage}`]) : []),
            ...(isApiUnknown && onAws === UNKNOWN ? [[undefined, "/", undefined]] : []),
        ],
    };
}

/** Whether a resource is an HTTP API whose `target` makes API Gateway create a stage `$default`. */
function isQuickCreating(resource: Inputs): boolean {
    const isV2Api = resource.type === V2_API || resource.type === NATIVE_V2_API;
    return isV2Api && isSet(text(resource, "target"), resource, "target");
}

function nameOnAws(resource: Inputs): Maybe<string> {
    if (resource.type === NATIVE_V2_MANAGED_OVERRIDES) {
        return "$default";
    }
    return text(resource, resource.type === V2_STAGE ? "name" : "stageName");
}

/** The API of a stage, or of what makes or configures one, if it can be one of the stack's only. */
export function apiOfStage(
    { urn, type }: Pick<Inputs, "urn" | "type">,
    stack: Stack | undefined,
): Resource | undefined {
    const resource = STAGES_AND_THEIR_SETTINGS.includes(type) ? stack?.byUrn.get(urn) : undefined;
    const [only, another] = stack === undefined || resource === undefined ? [] : apiFinder(stack)(resource).apis;
    return another === undefined ? only : undefined;
}

function known(...values: readonly Maybe<string>[]): string[] {
    return values.filter(isKnown);
}
