import policy from "../../policies/apigateway-account-role-set";
import { account, nativeAccount, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, resourceTable, withPack } from "../support/wire/table";

const ROLE = "arn:aws:iam::123456789012:role/logs";
const EMPTY = `Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.
Set cloudwatchRoleArn to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.
cloudwatchRoleArn: role.arn`;
const NATIVE = EMPTY.replaceAll("cloudwatchRoleArn", "cloudWatchRoleArn");

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "an Account with a role is fine", given: account("account", { cloudwatchRoleArn: ROLE }) },
        {
            when: "a role that is not known yet is fine",
            given: account("account", { cloudwatchRoleArn: UNKNOWN_VALUE }),
        },
        {
            when: "a role that cannot be read is fine",
            given: account("account", { cloudwatchRoleArn: "[secret]" }),
        },
        {
            when: "an Account without a role is a finding",
            given: account("account", { region: "eu-west-1" }),
            finds: EMPTY,
        },
        ...["", null, 5].map((cloudwatchRoleArn) => ({
            when: `an Account whose role is ${JSON.stringify(cloudwatchRoleArn)} is a finding`,
            given: account("account", { cloudwatchRoleArn }),
            finds: EMPTY,
        })),
        { when: "an Account without inputs may be one that is only read", given: account("account") },
        {
            when: "an aws-native Account with a role is fine",
            given: nativeAccount("account", { cloudWatchRoleArn: ROLE }),
        },
        {
            when: "an aws-native Account without a role is a finding",
            given: nativeAccount("account", { cloudwatchRoleArn: ROLE }),
            finds: NATIVE,
        },
    ]);

    configTable(policy, pack, [
        {
            when: "a key of another policy",
            config: { requireInStack: true },
            fails: 'there is no config key "requireInStack". Its keys are "exemptions", "exemptionTag".',
        },
    ]);
});
