/** APIs that API Gateway completes itself, with resources that no program declares. */

import type { Resource } from "../../stack/resource";
import { anyOfType, ofType, type Stack } from "../../stack/stack";
import { isSet, text, UNKNOWN, type Whether } from "../../stack/values";
import { type ApiReference, apiFinder, apiIndex, referenceTo, sameApi } from "./api";
import { NATIVE_V2_API, NATIVE_V2_MANAGED_OVERRIDES, V2_API } from "./types";

/** An HTTP API whose `target` makes API Gateway create an integration, a route and a stage `$default`. */
export interface QuickCreatedApi {
    readonly resource: Resource;
    /** What changes these, and what may: it is not known yet which API it is for. */
    readonly overrides: readonly { readonly resource: Resource; readonly match: Exclude<Whether, false> }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apigatewaymanagedoverrides.html */
export function quickCreatedApis(stack: Stack): QuickCreatedApi[] {
    const apiOf = apiFinder(stack);
    const index = apiIndex<readonly [Resource, ApiReference]>();
    for (const override of anyOfType(stack, NATIVE_V2_MANAGED_OVERRIDES)) {
        const api = apiOf(override);
        index.add([override, api], api, undefined);
    }
    return ofType(stack, V2_API, NATIVE_V2_API)
        .filter((api) => isSet(text(api, "target"), api, "target"))
        .map((api) => {
            const own = referenceTo(api);
            const overrides = [...index.find(own, undefined)].flatMap(
                ([resource, other]): QuickCreatedApi["overrides"][number][] => {
                    const match = sameApi(own, other);
                    return match === false ? [] : [{ resource, match }];
                },
            );
            return { resource: api, overrides };
        });
}

/** The APIs of which nothing is known, and so neither whether they have a target. */
export function apisWithoutOutputs(stack: Stack): Resource[] {
    return ofType(stack, V2_API, NATIVE_V2_API).filter((api) => {
        const target = text(api, "target");
        return target === UNKNOWN && !isSet(target, api, "target");
    });
}
