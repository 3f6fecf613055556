import { describeResource } from "../aws/apigateway/describe";
import { forKeys } from "../aws/apigateway/method-path";
import { type InlineEntry, inlineEntries, makesStage, settingOf } from "../aws/apigateway/rest-stage";
import { methodSettingsFixes } from "../aws/apigateway/rest-stage-fix";
import { METHOD_SETTINGS, NATIVE_DEPLOYMENT, NATIVE_STAGE } from "../aws/apigateway/types";
import { resourcePolicy } from "../pack/policy";
import { codeOf } from "../pack/remedy";
import type { Inputs } from "../stack/resource";
import { flag, isKnown, text } from "../stack/values";

type Traced = Pick<InlineEntry, "key" | "path">;

/** AWS advises against data tracing in production, because it logs the contents of requests and responses. */
export default resourcePolicy({
    name: "apigateway-method-settings-data-trace",
    displayName: "Method settings do not log full requests and responses",
    description: "API Gateway method settings leave data tracing, the logging of full requests and responses, off.",
    severity: "medium",
    supports: ["APIGateway.1"],
    tags: ["data-protection"],
    remediationSteps: "Set dataTraceEnabled to false, or leave it out.",
    // AWS's warning: "We recommend that you don't enable" full request and response logs for production APIs.
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    types: [METHOD_SETTINGS, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    evaluate: (resource) => {
        const traced = resource.type === METHOD_SETTINGS ? tracedSettings(resource) : tracedEntries(resource);
        const keys = traced.map(({ key }) => key);
        return traced.length === 0
            ? undefined
            : {
                  problem: `${describeResource(resource)} turns data tracing on${forKeys(keys)}.`,
                  advice: "Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full requests and responses.",
                  ...codeOf(
                      resource,
                      traced.map(({ path }) => ({ set: [...path, "dataTraceEnabled"], to: false })),
                  ),
                  live: methodSettingsFixes(resource, keys, (key) => ({ setting: "no data trace", key })),
              };
    },
});

/** The entries that turn data tracing on. */
function tracedSettings(settings: Inputs): Traced[] {
    const [block, ...rest] = settingOf(settings, "dataTraceEnabled");
    return flag(settings, block, ...rest) === true
        ? [{ key: text(settings, "methodPath"), path: [block, ...rest.slice(0, -1)] }]
        : [];
}

function tracedEntries(stage: Inputs): Traced[] {
    const entries = makesStage(stage) ? inlineEntries(stage) : undefined;
    return isKnown(entries) ? entries.filter((entry) => entry.dataTrace === true) : [];
}
