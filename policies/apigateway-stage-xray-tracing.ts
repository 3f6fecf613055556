import { describeResource } from "../aws/apigateway/describe";
import { makesStage, stagePath } from "../aws/apigateway/rest-stage";
import { ownStageFix } from "../aws/apigateway/rest-stage-fix";
import { NATIVE_DEPLOYMENT, NATIVE_STAGE, STAGE } from "../aws/apigateway/types";
import { resourcePolicy } from "../pack/policy";
import { remedyWithCode } from "../pack/remedy";
import { flag, UNKNOWN } from "../stack/values";

/**
 * Tracing is off unless a stage enables it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enabling-xray.html).
 */
export default resourcePolicy({
    name: "apigateway-stage-xray-tracing",
    displayName: "REST API stages have X-Ray tracing enabled",
    description: "Stages of REST APIs trace requests with AWS X-Ray.",
    mirrors: ["APIGateway.3"],
    remediationSteps: "Set xrayTracingEnabled of the stage to true (tracingEnabled in aws-native).",
    isOptional: true,
    types: [STAGE, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    remediates: true,
    evaluate: (resource) => {
        const property = resource.type === STAGE ? "xrayTracingEnabled" : "tracingEnabled";
        const path = stagePath(resource, property);
        const enabled = flag(resource, ...path);
        return enabled === true || enabled === UNKNOWN || !makesStage(resource)
            ? undefined
            : {
                  problem: `${describeResource(resource)} does not have X-Ray tracing enabled.`,
                  advice: `Set ${property} to true.`,
                  ...remedyWithCode(resource, [{ set: path, to: true }]),
                  live: [ownStageFix(resource, [{ setting: "tracing" }])],
              };
    },
});
