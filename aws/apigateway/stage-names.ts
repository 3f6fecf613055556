/** What people call a stage: `orders/prod`. */

import type { Inputs, Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, type Maybe, text } from "../../stack/values";
import { API_PROPERTIES, apiFinder, idOf } from "./api";
import { DEPLOYMENT, METHOD_SETTINGS, NATIVE_STAGE, NATIVE_V2_STAGE, STAGE, V2_STAGE } from "./types";

const STAGES: readonly string[] = [STAGE, NATIVE_STAGE, V2_STAGE, NATIVE_V2_STAGE];
const STAGES_AND_THEIR_SETTINGS = [...STAGES, METHOD_SETTINGS, DEPLOYMENT];

/**
 * `api/stage` of a stage, or of what configures one, in each way that is known: by the name of the API's resource, its
 * name or id on AWS; and by the name of the stage's resource or its name on AWS. A resource policy, which is given no
 * stack, knows the API by its id only.
 */
export function stageNames(resource: Inputs, stack: Stack | undefined): string[] {
    if (!STAGES_AND_THEIR_SETTINGS.includes(resource.type)) {
        return [];
    }
    const stages = [
        ...(STAGES.includes(resource.type) ? [resource.name] : []),
        ...known(text(resource, resource.type === V2_STAGE ? "name" : "stageName")),
    ];
    const api = apiOfStage(resource, stack);
    const apis = [
        ...known(...API_PROPERTIES.map((property) => text(resource, property))),
        ...(api === undefined ? [] : [api.name, ...known(text(api, "name"), idOf(api))]),
    ];
    return apis.flatMap((one) => stages.map((stage) => `${one}/${stage}`));
}

/** The API of a stage, or of what configures one, if it can be one of the stack's only. */
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
