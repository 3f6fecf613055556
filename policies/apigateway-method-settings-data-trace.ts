import type { ResourceValidationPolicy } from "@pulumi/policy";
import { finding, quote } from "../apigateway/messages";
import { describeKey } from "../apigateway/method-path";
import { METHOD_SETTINGS, NATIVE_STAGE } from "../apigateway/resource";
import { inlineEntries } from "../apigateway/rest-stage";
import { flag, isKnown, type Maybe, text } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { DATA_TRACE_PAGE } from "./common/framework";
import { type Inputs, onTypes } from "./common/scope";

const NAME = "apigateway-method-settings-data-trace";
const TYPES = [METHOD_SETTINGS, NATIVE_STAGE];
const SCHEMA = { properties: {} };

/** AWS advises against it in production, since it logs what requests and responses carry, whole. */
export const apigatewayMethodSettingsDataTrace: ResourceValidationPolicy = {
    name: NAME,
    displayName: "Method settings do not log full requests and responses",
    description: "API Gateway method settings leave data tracing, the logging of full requests and responses, off.",
    severity: "medium",
    tags: ["data-protection"],
    remediationSteps: "Set dataTraceEnabled to false, or leave it out.",
    url: DATA_TRACE_PAGE,
    configSchema: SCHEMA,
    validateResource: onTypes(TYPES, strictConfig(NAME, SCHEMA), (resource, _config, report) => {
        const traced = resource.type === METHOD_SETTINGS ? tracedBy(resource) : tracedInside(resource);
        if (traced.length > 0) {
            const who = resource.type === METHOD_SETTINGS ? "Method settings" : "Stage";
            const fact = `${who} ${quote(resource.name)} logs full requests and responses${keysOf(traced)}.`;
            report(finding(fact, "Set dataTraceEnabled to false, or leave it out.", "dataTraceEnabled: false"));
        }
    }),
};

/** The keys of the entries that trace data. */
function tracedBy(settings: Inputs): Maybe<string>[] {
    return flag(settings, "settings", "dataTraceEnabled") === true ? [text(settings, "methodPath")] : [];
}

function tracedInside(stage: Inputs): Maybe<string>[] {
    const entries = inlineEntries(stage);
    return isKnown(entries) ? entries.filter((entry) => entry.dataTrace === true).map((entry) => entry.key) : [];
}

function keysOf(traced: readonly Maybe<string>[]): string {
    const keys = traced.filter(isKnown).map(describeKey);
    return keys.length > 0 ? ` for ${keys.join(", ")}` : "";
}
