import { type AccessLog, accessLogInputs, accessLogOf, FIREHOSE_PREFIX } from "../aws/apigateway/access-log";
import { describeStage } from "../aws/apigateway/describe";
import { apisWithoutOutputs, type QuickCreatedApi, quickCreatedApis } from "../aws/apigateway/quick-create";
import { NATIVE_V2_API, NATIVE_V2_STAGE, V2_API, V2_STAGE } from "../aws/apigateway/types";
import { type V2Stage, v2Stages } from "../aws/apigateway/v2-stage";
import { cannot } from "../aws/command";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { variable } from "../stack/code";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { quote } from "../stack/text";
import type { Maybe } from "../stack/values";

/**
 * Every stage of an HTTP or WebSocket API can write an access log. Quick create makes a stage that no program declares,
 * so it is looked for at its API.
 */
export default stackPolicy({
    name: "apigatewayv2-stage-access-logging",
    displayName: "HTTP and WebSocket stages write access logs",
    description: "Every stage of an HTTP or WebSocket API sends an access log to a CloudWatch log group.",
    mirrors: ["APIGateway.9"],
    remediationSteps: "Set destinationArn and format in the stage's accessLogSettings.",
    isOptional: true,
    types: [V2_STAGE, NATIVE_V2_STAGE, V2_API, NATIVE_V2_API],
    evaluate: (stack) => [
        ...v2Stages(stack).map((stage) => ofStage(stack, stage)),
        ...quickCreatedApis(stack).map((api) => ofQuickCreated(stack, api)),
        ...apisWithoutOutputs(stack).map(({ name }) => ({
            undecided: `API ${quote(name)}: it is not known whether API Gateway creates a stage for it`,
        })),
    ],
});

const NEEDS_DESTINATION = cannot(
    "Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.",
);

function ofStage(stack: Stack, stage: V2Stage): Answer | undefined {
    const { resource, protocol } = stage;
    const log = accessLogOf(stack, resource);
    if (log !== "none") {
        return ofDestination(describeStage(stage), resource, log, protocol);
    }
    return {
        resource,
        problem: `${describeStage(stage)} has no access log.`,
        advice: "Set the destination and the format of the access log in the access log settings of the stage.",
        code: { inputs: accessLogInputs(resource.type) },
        live: [NEEDS_DESTINATION],
    };
}

/** Overrides of aws-native can give the stage of quick create an access log. */
function ofQuickCreated(stack: Stack, { resource: api, overrides }: QuickCreatedApi): Answer | undefined {
    const stage = `Stage "$default" of API ${quote(api.name)}`;
    const logs = overrides.map((one) => ({ ...one, log: accessLogOf(stack, one.resource) }));
    const own = logs.find(({ match, log }) => match === true && log !== "none");
    if (own !== undefined) {
        return ofDestination(stage, own.resource, own.log, "HTTP");
    }
    if (logs.some(({ log }) => log !== "none")) {
        return { undecided: `${stage}: which API some overrides are for is not known yet` };
    }
    return {
        resource: api,
        problem: `${stage}, which API Gateway creates because the API has a target, has no access log.`,
        // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html
        advice: "Instead of the target, declare an integration, a route, and a stage with access log settings. A target cannot be removed from an API that exists, so replace the API.",
        code: {
            declare: [
                {
                    type: V2_STAGE,
                    name: `${api.name}-default`,
                    inputs: {
                        apiId: variable("api.id"),
                        name: "$default",
                        autoDeploy: true,
                        ...accessLogInputs(V2_STAGE),
                    },
                },
            ],
        },
        live: [NEEDS_DESTINATION],
    };
}

/**
 * HTTP APIs have no access logs to Firehose
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html). For WebSocket APIs the developer
 * guide names log groups only, but does not exclude Firehose.
 */
function ofDestination(stage: string, resource: Resource, log: AccessLog, protocol: Maybe<string>): Answer | undefined {
    const refused = (destination: string): Finding => ({
        resource,
        problem: `${stage} sends its access log to ${destination}, which API Gateway refuses.`,
        advice: "Send the access log to a CloudWatch log group.",
        code: { inputs: accessLogInputs(resource.type) },
        live: [NEEDS_DESTINATION],
    });
    if (log === "unknown") {
        return { undecided: `${stage}: the destination of its access log is not known yet` };
    }
    if (log === "something else") {
        return refused("something that is not a CloudWatch log group");
    }
    if (log !== "log group" && protocol === "HTTP") {
        return refused("Firehose");
    }
    if (log === "misnamed Firehose stream") {
        return refused(`a Firehose stream whose name does not begin with ${FIREHOSE_PREFIX}`);
    }
    return log === "log group" || protocol === "WEBSOCKET"
        ? undefined
        : { undecided: `${stage}: it is not known whether its API is an HTTP API` };
}
