import type { StackValidationPolicy } from "@pulumi/policy";
import { describeStage, finding, quote } from "../apigateway/messages";
import { NATIVE_V2_STAGE, V2_STAGE } from "../apigateway/resource";
import { type V2Stage, v2Stages } from "../apigateway/v2-stage";
import { isKnown, UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { DATA_TRACE_PAGE } from "./common/framework";
import { onStack } from "./common/scope";

const NAME = "apigatewayv2-stage-data-trace";
const SCHEMA = { properties: {} };

/** For HTTP APIs the provider drops the setting in silence, so the policy needs the protocol of the API. */
export const apigatewayv2StageDataTrace: StackValidationPolicy = {
    name: NAME,
    displayName: "WebSocket stages do not log full messages",
    description: "WebSocket API stages leave data tracing, the logging of full messages, off.",
    severity: "medium",
    tags: ["data-protection"],
    remediationSteps:
        "Set dataTraceEnabled to false, or leave it out, in the default route settings and in every route's.",
    url: DATA_TRACE_PAGE,
    configSchema: SCHEMA,
    validateStack: onStack(
        NAME,
        [V2_STAGE, NATIVE_V2_STAGE],
        strictConfig(NAME, SCHEMA),
        (stack, _config, verdicts) => {
            for (const stage of v2Stages(stack)) {
                const traced = whereTraced(stage);
                if (traced.length > 0 && stage.protocol === "WEBSOCKET") {
                    const fact = `${describeStage(stage)} logs full messages ${traced.join(", ")}.`;
                    const fix = "Set dataTraceEnabled to false, or leave it out.";
                    verdicts.finding(finding(fact, fix, "dataTraceEnabled: false"), stage.resource);
                } else if (traced.length > 0 && stage.protocol === UNKNOWN) {
                    verdicts.undecided(`${describeStage(stage)}: whether its API is a WebSocket API is not known here`);
                }
            }
        },
    ),
};

function whereTraced({ defaults, routes }: V2Stage): string[] {
    const traced = routes.filter(({ dataTrace }) => dataTrace === true);
    return [
        ...(defaults.dataTrace === true ? ["by its default route settings"] : []),
        ...traced.map(({ routeKey }) => (isKnown(routeKey) ? `for route ${quote(routeKey)}` : "for a route")),
    ];
}
