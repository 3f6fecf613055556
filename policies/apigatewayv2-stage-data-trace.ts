import { describeStage } from "../aws/apigateway/describe";
import { WEBSOCKET } from "../aws/apigateway/protocol";
import { NATIVE_V2_STAGE, V2_STAGE } from "../aws/apigateway/types";
import {
    isDefaultRouteSetting,
    isForCode,
    type RouteLogging,
    type V2Stage,
    v2Stages,
} from "../aws/apigateway/v2-stage";
import { webSocketStageFixes } from "../aws/apigateway/v2-stage-fix";
import type { Answer } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { codeOf } from "../pack/remedy";
import { quote } from "../stack/text";
import { isKnown, UNKNOWN } from "../stack/values";

/** For HTTP APIs the provider silently drops the setting, so the policy needs the protocol of the API. */
export default stackPolicy({
    name: "apigatewayv2-stage-data-trace",
    displayName: "WebSocket stages do not log full messages",
    description: "WebSocket API stages leave data tracing, the logging of full messages, off.",
    severity: "medium",
    supports: ["APIGateway.1"],
    tags: ["data-protection"],
    remediationSteps:
        "Set dataTraceEnabled to false, or leave it out, in the default route settings and in those of every route.",
    // AWS's warning: "We recommend that you don't enable" full request and response logs for production APIs.
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    types: [V2_STAGE, NATIVE_V2_STAGE],
    evaluate: (stack) => v2Stages(stack).map(answerFor),
});

function answerFor(stage: V2Stage): Answer | undefined {
    const { resource, protocol } = stage;
    const traced = [...(stage.defaults.dataTrace === true ? [stage.defaults] : []), ...tracedRoutes(stage)];
    const isUnknown = [stage.defaults, ...stage.routes].some(({ dataTrace }) => dataTrace === UNKNOWN);
    if (protocol === UNKNOWN && (traced.length > 0 || isUnknown)) {
        return { undecided: `${describeStage(stage)}: it is not known whether its API is a WebSocket API` };
    }
    if (protocol === WEBSOCKET && traced.length > 0) {
        return {
            resource,
            problem: `${describeStage(stage)} turns data tracing on ${describe(stage).join(", ")}.`,
            advice: "Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full messages.",
            ...(isForCode(stage, traced) &&
                codeOf(
                    resource,
                    traced.map(({ path }) => ({ set: [...path, "dataTraceEnabled"], to: false })),
                    isDefaultRouteSetting,
                )),
            live: webSocketStageFixes(
                stage,
                traced.map((one) => (one === stage.defaults ? null : one.routeKey)),
                (route) => ({ setting: "no data trace", route }),
            ),
        };
    }
    return protocol === WEBSOCKET && isUnknown
        ? { undecided: `${describeStage(stage)}: it is not known yet whether it turns data tracing on` }
        : undefined;
}

/** The settings that turn data tracing on. */
function describe(stage: V2Stage): string[] {
    return [
        ...(stage.defaults.dataTrace === true ? ["in its default route settings"] : []),
        ...tracedRoutes(stage).map(({ routeKey }) =>
            isKnown(routeKey) ? `for route ${quote(routeKey)}` : "for a route",
        ),
    ];
}

function tracedRoutes({ routes }: V2Stage): readonly RouteLogging[] {
    return routes.filter(({ dataTrace }) => dataTrace === true);
}
