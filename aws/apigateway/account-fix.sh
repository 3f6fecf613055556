# Sets current_role to the CloudWatch role that the account has, for all APIs of the region; to nothing in a dry run.
read_account_role() {
    current_role=
    if [[ -z $dry_run ]]; then
        current_role=$(aws apigateway get-account --query cloudwatchRoleArn --output text "$@")
    fi
    if [[ $current_role != arn:* ]]; then
        current_role=
    fi
}

# Without a role, AWS refuses to turn logging on.
require_account_role() {
    read_account_role "$@"
    if [[ -z $dry_run && -z $current_role ]]; then
        echo 'The account has no CloudWatch role for API Gateway in this region. Have this script written with' \
            '--account-role ARN or --create-account-role.' >&2
        return 1
    fi
}

# Sets the CloudWatch role of an account that has none.
set_account_role() {
    local role=$1
    shift
    read_account_role "$@"
    if [[ -z $current_role ]]; then
        give_account_role "$role" "$@"
    fi
}

# Creates a CloudWatch role for an account that has none.
create_account_role() {
    local name=apigateway-cloudwatch-logs identity=arn:PARTITION:sts::ACCOUNT: partition account
    read_account_role "$@"
    if [[ -n $current_role ]]; then
        return
    fi
    if [[ -z $dry_run ]]; then
        identity=$(aws sts get-caller-identity --query Arn --output text "$@")
    fi
    IFS=: read -r _ partition _ _ account _ <<<"$identity"
    attempt '\(EntityAlreadyExists\)' '' aws iam create-role --role-name "$name" --assume-role-policy-document \
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole"}]}' "$@"
    run aws iam attach-role-policy --role-name "$name" --policy-arn \
        "arn:$partition:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs" "$@"
    give_account_role "arn:$partition:iam::$account:role/$name" "$@"
}

# A role that was just created is not known everywhere at once, and API Gateway takes one such request in 20 seconds
# (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
give_account_role() {
    local role=$1
    shift
    attempt '' 'does not have required permissions|could not successfully write to CloudWatch Logs|TooManyRequests' \
        aws apigateway update-account --patch-operations \
        "[{\"op\":\"replace\",\"path\":\"/cloudwatchRoleArn\",\"value\":\"$role\"}]" "$@"
}
