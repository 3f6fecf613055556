# Prints a command.
show() {
    printf '%q ' "$@"
    printf '\n'
}

# Prints a command, and runs it unless this is a dry run. What AWS answers is not shown: the variables of a stage, for one,
# may be secrets.
run() {
    show "$@"
    if [[ -z $dry_run ]]; then
        "$@" >/dev/null
    fi
}

# Like run, for a command some of whose errors are as good as success, and others pass with time.
attempt() {
    local fine=$1 passing=$2 output
    shift 2
    show "$@"
    if [[ -n $dry_run ]]; then
        return
    fi
    for _ in {1..12}; do
        if output=$("$@" 2>&1 >/dev/null) || [[ -n $fine && $output =~ $fine ]]; then
            return
        fi
        if [[ -z $passing || ! $output =~ $passing ]]; then
            break
        fi
        sleep 5
    done
    printf '%s\n' "$output" >&2
    return 1
}

# Whether the credentials are of an account. What is to be done in another one is left out.
in_account() {
    local account=$1 current
    shift
    if [[ -n $dry_run ]]; then
        return
    fi
    current=$(aws sts get-caller-identity --query Account --output text "$@") || exit
    if [[ $current != "$account" ]]; then
        printf 'Left out account %s: the credentials are of account %s.\n' "$account" "$current" >&2
        left_out=yes
        return 1
    fi
}

# Creates a log group if it is missing, and bounds one that never expires. API Gateway may create it at the same moment.
ensure_log_group() {
    local name=$1 days=$2 found group retention
    shift 2
    attempt '\((ResourceAlreadyExists|OperationAborted)Exception\)' '' \
        aws logs create-log-group --log-group-name="$name" "$@"
    if [[ -z $dry_run ]]; then
        found=$(aws logs describe-log-groups --log-group-name-prefix="$name" \
            --query 'logGroups[].[logGroupName,retentionInDays]' --output text "$@")
        while IFS=$'\t' read -r group retention; do
            if [[ $group == "$name" && $retention =~ ^[0-9]+$ ]]; then
                return
            fi
        done <<<"$found"
    fi
    attempt '' '\((ResourceNotFound|OperationAborted)Exception\)' \
        aws logs put-retention-policy --log-group-name="$name" --retention-in-days "$days" "$@"
}

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

# Changes some route settings of a stage. Those that AWS has now are read first, and go with them: throttling, for one, is
# not to be lost.
set_route_settings() {
    local api=$1 stage=$2 option=$3 query=$4 settings
    shift 4
    if [[ -n $dry_run ]]; then
        printf 'aws apigatewayv2 update-stage --api-id=%q --stage-name=%q %s "$(' "$api" "$stage" "$option"
        printf 'aws apigatewayv2 get-stage --api-id=%q --stage-name=%q --query %q --output json' "$api" "$stage" "$query"
        printf ' %q' "$@"
        printf ')"'
        printf ' %q' "$@"
        printf '\n'
        return
    fi
    settings=$(aws apigatewayv2 get-stage --api-id="$api" --stage-name="$stage" --query "$query" --output json "$@")
    run aws apigatewayv2 update-stage --api-id="$api" --stage-name="$stage" "$option" "$settings" "$@"
}
