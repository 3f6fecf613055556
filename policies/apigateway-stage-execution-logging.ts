import type { StackValidationPolicy } from "@pulumi/policy";
import { describeStage, finding, quote, reach } from "../apigateway/messages";
import { coverage, describeKey } from "../apigateway/method-path";
import { DEPLOYMENT, STAGE } from "../apigateway/resource";
import { type RestStage, restStages } from "../apigateway/rest-stage";
import { isKnown } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { controlPage, EXECUTION_LOGGING, NIST_LOGGING } from "./common/framework";
import { onStack } from "./common/scope";

const NAME = "apigateway-stage-execution-logging";
const SCHEMA = { properties: {} };

/**
 * A stage logs nothing until method settings say so, and only settings for `*\/*` reach every method. What level they
 * state is judged by apigateway-method-settings-logging-level; here it is whether they are there.
 */
export const apigatewayStageExecutionLogging: StackValidationPolicy = {
    name: NAME,
    displayName: "REST stages have method settings for all methods",
    description: "Every REST API stage has method settings for */*, which is where execution logging is switched on.",
    severity: "medium",
    framework: EXECUTION_LOGGING,
    tags: NIST_LOGGING,
    remediationSteps:
        'Add an aws.apigateway.MethodSettings for the stage with methodPath "*/*" and loggingLevel ERROR or INFO.',
    url: controlPage("apigateway", 1),
    configSchema: SCHEMA,
    validateStack: onStack(NAME, [STAGE, DEPLOYMENT], strictConfig(NAME, SCHEMA), (stack, _config, verdicts) => {
        for (const stage of restStages(stack)) {
            if (stage.settings.some(({ everything }) => everything === "yes")) {
                continue;
            }
            if ([...stage.settings, ...stage.perhaps].some(({ everything }) => everything !== "no")) {
                verdicts.undecided(`${describeStage(stage)}: which method settings are its own is not known yet`);
            } else {
                verdicts.finding(message(stage), stage.resource);
            }
        }
    }),
};

function message(stage: RestStage): string {
    const { restApi, stageName } = reach(stage);
    const elsewhere = stage.api.apis.size === 0 ? " Settings made in another stack cannot be seen from this one." : "";
    return finding(
        `${describeStage(stage)} ${whatItHas(stage)}.`,
        `Add method settings for */* with loggingLevel ERROR or INFO.${elsewhere}`,
        `new aws.apigateway.MethodSettings(${quote(`${stage.resource.name}-logging`)}, { restApi: ${restApi}, stageName: ${stageName}, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })`,
    );
}

function whatItHas({ settings }: RestStage): string {
    if (settings.length === 0) {
        return "has no method settings for */*, so execution logging is off";
    }
    const keys = settings.map(({ key }) => key);
    if (keys.every((key) => isKnown(key) && coverage(key).covers === "nothing")) {
        return `has method settings for ${keys.join(", ")}, which API Gateway takes for no method at all, so execution logging is off`;
    }
    const overrides = keys.map((key) => (isKnown(key) ? describeKey(key) : "single methods"));
    return `has method settings for ${overrides.join(", ")} only, so execution logging is off for every other method`;
}
