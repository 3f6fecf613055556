import { otherStacksApis } from "../aws/apigateway/api";
import { describeStage, expressionsFor } from "../aws/apigateway/describe";
import { coverage, describeKey } from "../aws/apigateway/method-path";
import { type RestStage, restStages } from "../aws/apigateway/rest-stage";
import { restStageFix } from "../aws/apigateway/rest-stage-fix";
import { DEPLOYMENT, METHOD_SETTINGS, STAGE } from "../aws/apigateway/types";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { assignment, variable } from "../stack/code";
import { isKnown } from "../stack/values";

/**
 * A stage writes no execution log until method settings turn it on, and only settings for `*\/*` cover every method.
 * This policy reports stages without them; apigateway-method-settings-logging-level checks the level of the settings.
 */
export default stackPolicy({
    name: "apigateway-stage-execution-logging",
    displayName: "REST stages have method settings for all methods",
    description: "Every REST API stage has method settings for */*, which is where execution logging is turned on.",
    mirrors: ["APIGateway.1"],
    remediationSteps:
        'Add an aws.apigateway.MethodSettings for the stage with methodPath "*/*" and loggingLevel ERROR or INFO.',
    isCore: true,
    types: [STAGE, DEPLOYMENT],
    evaluate: (stack) => {
        const isElsewhere = otherStacksApis(stack);
        return restStages(stack).map((stage) => answerFor(stage, isElsewhere(stage.api)));
    },
});

function answerFor(stage: RestStage, isElsewhere: boolean): Answer | undefined {
    if (stage.settings.some(({ coversAllMethods }) => coversAllMethods === true)) {
        return undefined;
    }
    return [...stage.settings, ...stage.candidates].some(({ coversAllMethods }) => coversAllMethods !== false)
        ? { undecided: `${describeStage(stage)}: which method settings belong to it is not known yet` }
        : findingFor(stage, isElsewhere);
}

function findingFor(stage: RestStage, isElsewhere: boolean): Finding {
    const { restApi, stageName } = expressionsFor(stage);
    const elsewhere = isElsewhere ? " Settings in another stack are not visible from this one." : "";
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} ${describeSettings(stage)}.`,
        advice: `Add method settings for */* with loggingLevel ERROR or INFO.${elsewhere}`,
        code: {
            declare: [
                {
                    type: METHOD_SETTINGS,
                    name: `${stage.resource.name}-logging`,
                    inputs: {
                        restApi: variable(restApi),
                        stageName,
                        methodPath: "*/*",
                        ...assignment(["settings", "loggingLevel"], "ERROR").inputs,
                    },
                },
            ],
        },
        live: [restStageFix(stage, [{ setting: "level", key: "*/*" }])],
    };
}

function describeSettings({ settings }: RestStage): string {
    if (settings.length === 0) {
        return "has no method settings for */*, so execution logging is off";
    }
    const keys = settings.map(({ key }) => key);
    if (keys.every((key) => isKnown(key) && coverage(key).covers === "no method")) {
        return `has method settings for ${keys.join(", ")}, which match no method, so execution logging is off`;
    }
    const overrides = keys.map((key) => (isKnown(key) ? describeKey(key) : "single methods"));
    return `has method settings for ${overrides.join(", ")} only, so execution logging is off for every other method`;
}
