/**
 * The account-level CloudWatch role. It is one setting per AWS account and region, and API Gateway cannot write
 * execution logs without it (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */

import type { Resource } from "../../stack/resource";
import { ofType, type Stack } from "../../stack/stack";
import { type Maybe, text } from "../../stack/values";
import { isLogging } from "./logging-level";
import { loggingEntries, nativeRestStages } from "./rest-stage";
import { ACCOUNT, METHOD_SETTINGS, NATIVE_ACCOUNT } from "./types";
import { v2Stages, writesExecutionLog } from "./v2-stage";

export function accounts(stack: Stack): Resource[] {
    return ofType(stack, ACCOUNT, NATIVE_ACCOUNT);
}

/** The property that holds the role's ARN; @pulumi/aws and aws-native spell it differently. */
export function roleProperty(account: Resource): "cloudwatchRoleArn" | "cloudWatchRoleArn" {
    return account.type === ACCOUNT ? "cloudwatchRoleArn" : "cloudWatchRoleArn";
}

export function roleOf(account: Resource): Maybe<string> {
    return text(account, roleProperty(account));
}

/** The resources that turn execution logging on. They need the role to be set before they are created. */
export function loggingResources(stack: Stack): Resource[] {
    return [
        ...ofType(stack, METHOD_SETTINGS).filter((one) => isLogging(text(one, "settings", "loggingLevel"))),
        ...nativeRestStages(stack)
            .filter((stage) => loggingEntries(stage.settings).length > 0)
            .map((stage) => stage.resource),
        ...v2Stages(stack)
            .filter(writesExecutionLog)
            .map((stage) => stage.resource),
    ];
}
