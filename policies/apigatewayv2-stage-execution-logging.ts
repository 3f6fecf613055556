import type { StackValidationPolicy } from "@pulumi/policy";
import { either, type Level, preferred } from "../apigateway/logging-level";
import { describeStage, finding, quote } from "../apigateway/messages";
import { NATIVE_V2_STAGE, V2_STAGE } from "../apigateway/resource";
import { type V2Stage, v2Stages } from "../apigateway/v2-stage";
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
                if (stage.protocol === UNKNOWN && (wrong.length > 0 || stage.defaults.level === UNKNOWN)) {
                    verdicts.undecided(`${describeStage(stage)}: whether its API is a WebSocket API is not known here`);
                } else if (stage.protocol === "WEBSOCKET" && wrong.length > 0) {
                    verdicts.finding(message(stage, wrong, levels), stage.resource);
                } else if (stage.protocol === "WEBSOCKET" && stage.defaults.level === UNKNOWN) {
                    verdicts.undecided(`${describeStage(stage)}: its logging level is not known yet`);
                }
            }
        },
    ),
};

/** What AWS reads is the default level; a route that states no level of its own is none of its concern. */
function whatIsWrong({ defaults, routes }: V2Stage, levels: readonly Level[]): string[] {
    const off = routes.filter(({ level }) => level === "OFF").map(({ routeKey }) => routeKey);
    const routesOff = off.length > 0 ? [`switches execution logging OFF for ${off.map(nameOfRoute).join(", ")}`] : [];
    return [...wrongDefault(defaults.level, levels), ...routesOff];
}

function wrongDefault(level: V2Stage["defaults"]["level"], levels: readonly Level[]): string[] {
    if (level === UNKNOWN || levels.some((allowed) => allowed === level)) {
        return [];
    }
    if (level === undefined) {
        return ["states no logging level in its default route settings, so execution logging is off"];
    }
    return level === "OFF"
        ? ["has execution logging OFF in its default route settings"]
        : [`has level ${quote(level)} in its default route settings, which is not ${either(levels)}`];
}

function nameOfRoute(routeKey: V2Stage["defaults"]["routeKey"]): string {
    return isKnown(routeKey) ? `route ${quote(routeKey)}` : "a route";
}

function message(stage: V2Stage, wrong: readonly string[], levels: readonly Level[]): string {
    return finding(
        `${describeStage(stage)} ${wrong.join("; it ")}.`,
        `Set loggingLevel to ${either(levels)} in the default route settings, and to OFF in no route.`,
        `defaultRouteSettings: { loggingLevel: "${preferred(levels)}" }`,
    );
}
