import { accessLogInputs, accessLogOf, FIREHOSE_PREFIX } from "../aws/apigateway/access-log";
import { describeStage } from "../aws/apigateway/describe";
import { allRestStages, type RestStage } from "../aws/apigateway/rest-stage";
import { DEPLOYMENT, NATIVE_DEPLOYMENT, NATIVE_STAGE, STAGE } from "../aws/apigateway/types";
import { cannot } from "../aws/command";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { variable } from "../stack/code";
import type { Stack } from "../stack/stack";
import { isKnown } from "../stack/values";

/** A stage writes an access log only if it has a destination for it. Execution logs are another matter. */
export default stackPolicy({
    name: "apigateway-stage-access-logging",
    displayName: "REST stages write access logs",
    description: "Every REST API stage sends an access log to a CloudWatch log group or to a Firehose stream.",
    severity: "medium",
    tags: ["AWS Config apigateway-stage-access-logs-enabled"],
    remediationSteps: "Set destinationArn and format in the stage's accessLogSettings.",
    url: "https://docs.aws.amazon.com/config/latest/developerguide/apigateway-stage-access-logs-enabled.html",
    isOptional: true,
    types: [STAGE, DEPLOYMENT, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    evaluate: (stack) => allRestStages(stack).map((stage) => answerFor(stack, stage)),
});

const NEEDS_DESTINATION = cannot(
    "Where the access log goes, and in which format, needs a decision. Then use aws apigateway update-stage with /accessLogSettings/destinationArn and /accessLogSettings/format.",
);

function answerFor(stack: Stack, stage: RestStage): Answer | undefined {
    const logs = stage.makers.map((maker) => accessLogOf(stack, maker));
    if (logs.includes("log group") || logs.includes("Firehose stream")) {
        return undefined;
    }
    if (logs.includes("unknown")) {
        return { undecided: `${describeStage(stage)}: the destination of its access log is not known yet` };
    }
    if (logs.includes("misnamed Firehose stream")) {
        return refused(stage, `a Firehose stream whose name does not begin with ${FIREHOSE_PREFIX}`);
    }
    return logs.includes("something else")
        ? refused(stage, "something that is neither a CloudWatch log group nor a Firehose stream")
        : noAccessLog(stage);
}

function refused(stage: RestStage, destination: string): Finding {
    const { resource } = stage;
    return {
        resource,
        problem: `${describeStage(stage)} sends its access log to ${destination}, which API Gateway refuses.`,
        advice: `Send the access log to a CloudWatch log group, or to a Firehose stream whose name begins with ${FIREHOSE_PREFIX}.`,
        code: { inputs: accessLogInputs(resource.type) },
        live: [NEEDS_DESTINATION],
    };
}

function noAccessLog(stage: RestStage): Finding {
    const { resource } = stage;
    const problem = `${describeStage(stage)} has no access log.`;
    // A Deployment of @pulumi/aws makes a stage without settings (until v7, which makes none).
    if (resource.type === DEPLOYMENT) {
        const stageName = isKnown(stage.name) ? stage.name : { variable: "deployment.stageName", isOptional: true };
        return {
            resource,
            problem,
            advice: "Remove stageName from the Deployment, and declare the stage as a resource of its own, with access log settings.",
            code: {
                declare: [
                    {
                        type: STAGE,
                        name: `${resource.name}-stage`,
                        inputs: {
                            restApi: variable("deployment.restApi"),
                            deployment: variable("deployment.id"),
                            stageName,
                            ...accessLogInputs(STAGE),
                        },
                    },
                ],
            },
            live: [NEEDS_DESTINATION],
        };
    }
    return {
        resource,
        problem,
        advice: "Set the destination and the format of the access log in the access log settings of the stage.",
        code: { inputs: accessLogInputs(resource.type) },
        live: [NEEDS_DESTINATION],
    };
}
