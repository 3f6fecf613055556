import { missingRole, roleOf } from "../aws/apigateway/account";
import { ACCOUNT, NATIVE_ACCOUNT } from "../aws/apigateway/types";
import { resourcePolicy } from "../pack/policy";

/**
 * Without the role, turning logging on fails: "CloudWatch Logs role ARN must be set in account settings to enable logging".
 * What depends on the Account, and whether there are two, is for apigateway-account-cloudwatch-role.
 */
export default resourcePolicy({
    name: "apigateway-account-role-set",
    displayName: "The API Gateway account has a CloudWatch role",
    description: "An API Gateway Account sets a CloudWatch role, without which API Gateway cannot write logs.",
    severity: "medium",
    supports: ["APIGateway.1"],
    remediationSteps: "Give the aws.apigateway.Account a cloudwatchRoleArn.",
    url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    types: [ACCOUNT, NATIVE_ACCOUNT],
    evaluate: (account) => (roleOf(account) === undefined ? missingRole(account) : undefined),
});
