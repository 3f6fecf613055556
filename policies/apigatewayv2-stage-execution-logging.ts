import type { StackValidationPolicy } from "@pulumi/policy";
import { either, type Level, preferred } from "../apigateway/logging-level";
import { describeStage, finding, quote } from "../apigateway/messages";
import { NATIVE_V2_STAGE, V2_STAGE } from "../apigateway/resource";
import { type RouteLogging, type V2Stage, v2Stages } from "../apigateway/v2-stage";
import { isKnown, UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { controlPage, EXECUTION_LOGGING, NIST_LOGGING } from "./common/framework";
import { LEVELS_KEY } from "./common/levels";
import { onStack } from "./common/scope";

const NAME = "apigatewayv2-stage-execution-logging";

interface Config {
    readonly levels: readonly Level[];
}

const SCHEMA = { properties: LEVELS_KEY };

/**
 * HTTP APIs cannot write execution logs, and for them the provider drops the level in silence
 * (hashicorp/terraform-provider-aws#13801), so the policy needs to know the protocol of the API: a stack policy.
 */
export const apigatewayv2StageExecutionLogging: StackValidationPolicy = {
    name: NAME,
    displayName: "WebSocket stages write execution logs",
    description: "Every stage of a WebSocket API writes execution logs, and no route switches them off.",
    severity: "medium",
    framework: EXECUTION_LOGGING,
    tags: NIST_LOGGING,
    remediationSteps: "Set loggingLevel to ERROR or INFO in the stage's defaultRouteSettings, and to OFF in no route.",
    url: controlPage("apigateway", 1),
    configSchema: SCHEMA,
    validateStack: onStack(
        NAME,
        [V2_STAGE, NATIVE_V2_STAGE],
        strictConfig<Config>(NAME, SCHEMA),
        (stack, { levels }, verdicts) => {
            for (const stage of v2Stages(stack)) {
                const wrong = whatIsWrong(stage, levels);
                const isWrong = wrong.default || wrong.routesOff.length > 0;
                if (stage.protocol === UNKNOWN && (isWrong || stage.defaults.level === UNKNOWN)) {
                    verdicts.undecided(`${describeStage(stage)}: whether its API is a WebSocket API is not known here`);
                } else if (stage.protocol === "WEBSOCKET" && isWrong) {
                    verdicts.finding(message(stage, wrong, levels), stage.resource);
                } else if (stage.protocol === "WEBSOCKET" && stage.defaults.level === UNKNOWN) {
                    verdicts.undecided(`${describeStage(stage)}: its logging level is not known yet`);
                }
            }
        },
    ),
};

/** What AWS reads is the default level; a route that states no level of its own is none of its concern. */
function whatIsWrong({ defaults, routes }: V2Stage, levels: readonly Level[]): Wrong {
    const allowed = defaults.level === UNKNOWN || levels.some((level) => level === defaults.level);
    return { default: !allowed, routesOff: routes.filter(({ level }) => level === "OFF") };
}

interface Wrong {
    readonly default: boolean;
    readonly routesOff: readonly RouteLogging[];
}

function message(stage: V2Stage, wrong: Wrong, levels: readonly Level[]): string {
    const level = preferred(levels);
    const routeKeys = wrong.routesOff.map(({ routeKey }) => routeKey).filter(isKnown);
    const facts = [
        ...(wrong.default ? [describeDefault(stage.defaults, levels)] : []),
        ...(wrong.routesOff.length > 0 ? [`switches execution logging OFF for ${describeRoutes(routeKeys)}`] : []),
    ];
    return finding(
        `${describeStage(stage)} ${facts.join("; it ")}.`,
        `Set loggingLevel to ${either(levels)} in the default route settings, and to OFF in no route.`,
        wrong.default
            ? `defaultRouteSettings: { loggingLevel: "${level}" }`
            : `routeSettings: [{ routeKey: ${quote(routeKeys[0] ?? "<route key>")}, loggingLevel: "${level}" }]`,
    );
}

/** Not stated and OFF are one and the same once the stage is there, so they are told alike before. */
function describeDefault({ level }: RouteLogging, levels: readonly Level[]): string {
    return isKnown(level) && level !== "OFF"
        ? `has level ${quote(level)} in its default route settings, which is not ${either(levels)}`
        : "has execution logging off: the level in its default route settings is OFF or not stated";
}

function describeRoutes(routeKeys: readonly string[]): string {
    return routeKeys.length > 0 ? `route ${routeKeys.map(quote).join(", ")}` : "a route";
}
