/**
 * The account-level CloudWatch role. It is one setting per AWS account and region, without which API Gateway writes
 * no execution log at all (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */

import { differ } from "./api";
import { isLogging } from "./logging-level";
import { ACCOUNT, METHOD_SETTINGS, NATIVE_ACCOUNT, ofType, type Resource, region, type Stack } from "./resource";
import { loggingEntries, nativeRestStages } from "./rest-stage";
import { v2Stages, writesExecutionLog } from "./v2-stage";
import { isKnown, json, type Maybe, text, UNKNOWN } from "./values";

export function accounts(stack: Stack): Resource[] {
    return ofType(stack, ACCOUNT, NATIVE_ACCOUNT);
}

/** The role's ARN; @pulumi/aws and aws-native spell it differently. */
export function roleOf(account: Resource): Maybe<string> {
    return text(account, account.type === ACCOUNT ? "cloudwatchRoleArn" : "cloudWatchRoleArn");
}

/** The resources that switch execution logging on, and so need the role to be there before them. */
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

/**
 * Whether two resources are known to be in one AWS account and region: the same provider, or providers whose inputs
 * are equal but for the version (components bring a default provider of their own), and no other region.
 */
export function sameAccountAndRegion(a: Resource, b: Resource): boolean {
    if (differ(region(a), region(b)) || isKnown(region(a)) !== isKnown(region(b))) {
        return false;
    }
    if (a.provider === undefined || b.provider === undefined) {
        return a.provider === b.provider;
    }
    const inputs = inputsOf(a.provider);
    return a.provider.urn === b.provider.urn || (inputs !== UNKNOWN && inputs === inputsOf(b.provider));
}

function inputsOf(provider: NonNullable<Resource["provider"]>): string | typeof UNKNOWN {
    const names = Object.keys(provider.props).filter((name) => !/^(version|region|__.*)$/.test(name));
    const inputs = names.sort().map((name) => [name, json(provider, name)] as const);
    return inputs.some(([, value]) => value === UNKNOWN) ? UNKNOWN : JSON.stringify(inputs);
}
