import { describeStage } from "../aws/apigateway/describe";
import { type LoggingLevel, preferredLevel } from "../aws/apigateway/logging-level";
import { NATIVE_V2_STAGE, V2_STAGE } from "../aws/apigateway/types";
import {
    isDefaultRouteSetting,
    isForCode,
    type RouteLogging,
    type V2Stage,
    v2Stages,
} from "../aws/apigateway/v2-stage";
import { webSocketStageFixes } from "../aws/apigateway/v2-stage-fix";
import type { Answer, Finding } from "../pack/finding";
import { LEVELS_KEY } from "../pack/levels";
import { stackPolicy } from "../pack/policy";
import { codeOf } from "../pack/remedy";
import { either, quote } from "../stack/text";
import { isKnown, UNKNOWN } from "../stack/values";

/**
 * HTTP APIs cannot write execution logs, and the provider silently drops their level
 * (hashicorp/terraform-provider-aws#13801). The policy needs the protocol of the API, so it is a stack policy.
 */
export default stackPolicy({
    name: "apigatewayv2-stage-execution-logging",
    displayName: "WebSocket stages write execution logs",
    description: "Every stage of a WebSocket API writes execution logs, and no route turns them off.",
    mirrors: ["APIGateway.1"],
    remediationSteps:
        "Set loggingLevel to ERROR or INFO in the stage's defaultRouteSettings and in every entry of its routeSettings.",
    isCore: true,
    types: [V2_STAGE, NATIVE_V2_STAGE],
    config: { levels: LEVELS_KEY },
    evaluate: (stack, { levels }) => v2Stages(stack).map((stage) => answerFor(stage, levels)),
});

function answerFor(stage: V2Stage, levels: readonly LoggingLevel[]): Answer | undefined {
    const { defaults, protocol } = stage;
    const problems = problemsOf(stage, levels);
    const isWrong = problems.default || problems.routes.length > 0;
    const isUnknown = [defaults, ...stage.routes].some(({ level }) => level === UNKNOWN);
    if (protocol === UNKNOWN && (isWrong || isUnknown)) {
        return { undecided: `${describeStage(stage)}: it is not known whether its API is a WebSocket API` };
    }
    if (protocol === "WEBSOCKET" && isWrong) {
        return findingFor(stage, problems, levels);
    }
    return protocol === "WEBSOCKET" && isUnknown
        ? { undecided: `${describeStage(stage)}: its logging level is not known yet` }
        : undefined;
}

interface Problems {
    readonly default: boolean;
    /** Routes that turn logging off, and those that set no level, for which the provider shows OFF once deployed. */
    readonly routes: readonly RouteLogging[];
}

/** AWS reads the default level, which `levels` must allow; a route only has to log. */
function problemsOf({ defaults, routes }: V2Stage, levels: readonly LoggingLevel[]): Problems {
    const isAllowed = defaults.level === UNKNOWN || levels.some((level) => level === defaults.level);
    return { default: !isAllowed, routes: routes.filter(({ level }) => level === "OFF" || level === undefined) };
}

function findingFor(stage: V2Stage, problems: Problems, levels: readonly LoggingLevel[]): Finding {
    const level = preferredLevel(levels);
    const routeKeys = problems.routes.map(({ routeKey }) => routeKey).filter(isKnown);
    const wrong = [...(problems.default ? [stage.defaults] : []), ...problems.routes];
    const facts = [
        ...(problems.default ? [describeDefault(stage.defaults, levels)] : []),
        ...(problems.routes.length > 0
            ? [`does not log ${describeRoutes(routeKeys)}: loggingLevel there is OFF or not set`]
            : []),
    ];
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} ${facts.join("; it ")}.`,
        advice: `Set loggingLevel to ${either(levels)} in the default route settings and in those of every route.`,
        ...(isForCode(stage, wrong) &&
            codeOf(
                stage.resource,
                wrong.map(({ path }) => ({ set: [...path, "loggingLevel"], to: level })),
                isDefaultRouteSetting,
            )),
        live: webSocketStageFixes(
            stage,
            wrong.map((one) => (one === stage.defaults ? null : one.routeKey)),
            (route) => ({ setting: "level", route, level }),
        ),
    };
}

/** A level that is not set becomes OFF once the stage is deployed, so both get the same message. */
function describeDefault({ level }: RouteLogging, levels: readonly LoggingLevel[]): string {
    return isKnown(level) && level !== "OFF"
        ? `sets loggingLevel to ${quote(level)} in its default route settings, which is not ${either(levels)}`
        : "writes no execution logs: loggingLevel in its default route settings is OFF or not set";
}

function describeRoutes(routeKeys: readonly string[]): string {
    if (routeKeys.length === 0) {
        return "a route";
    }
    return `${routeKeys.length === 1 ? "route" : "routes"} ${routeKeys.map(quote).join(", ")}`;
}
