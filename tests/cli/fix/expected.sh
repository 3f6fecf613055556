#!/usr/bin/env bash
# Written by apigateway-guard 0.1.0, to fix on AWS what its policies find in
#   component-awsx-mistakes/dev (tests/fixtures/component-awsx-mistakes.json)
#   component-awsx/dev (tests/fixtures/component-awsx.json)
#   component-restapi-mistakes/dev (tests/fixtures/component-restapi-mistakes.json)
#   component-restapi/dev (tests/fixtures/component-restapi.json)
#   databases-mistakes/dev (tests/fixtures/databases-mistakes.json)
#   databases/dev (tests/fixtures/databases.json)
#   http-api/dev (tests/fixtures/http-api.json)
#   rest-api-mistakes/dev (tests/fixtures/rest-api-mistakes.json)
#   rest-api/dev (tests/fixtures/rest-api.json)
#   security-hub-mistakes/dev (tests/fixtures/security-hub-mistakes.json)
#   security-hub/dev (tests/fixtures/security-hub.json)
#   websocket-api-mistakes/dev (tests/fixtures/websocket-api-mistakes.json)
#   websocket-api/dev (tests/fixtures/websocket-api.json)
#
# Usage: bash FILE [--dry-run]
# A dry run prints the commands and runs none. To run the script again does no harm.
#
# What it sets:
#   account 123456789012, region us-east-1:
#     - the account must have a CloudWatch role
#     - log group "API-Gateway-Execution-Logs_tz3w4c04e2/prod": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "API-Gateway-Execution-Logs_ibnzx25jv1/prod": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "/aws/rds/instance/ledger/agent": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "/aws/rds/instance/ledger/error": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "/aws/rds/instance/orders/upgrade": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "API-Gateway-Execution-Logs_8vj7hqwn8w/prod": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "API-Gateway-Execution-Logs_8vj7hqwn8w/test": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "API-Gateway-Execution-Logs_8vj7hqwn8w/dev": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "/aws/apigateway/gzjmo756zw/dev": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "/aws/apigateway/gzjmo756zw/prod": events expire after 365 days
#     - log group "/aws/apigateway/gzjmo756zw/test-d2dbc93": created if it is missing; events expire after 365 days, unless it has a retention
#     - log group "API-Gateway-Execution-Logs_gn4se0wyfp/prod": events expire after 365 days
#     - log group "API-Gateway-Execution-Logs_014qy6bz0t/prod": events expire after 365 days
#     - log group "shop-access-f078f8e": events expire after 365 days
#     - log group "API-Gateway-Execution-Logs_eibpt1v92x/prod": events expire after 365 days
#     - log group "/aws/apigateway/b7j44qzuuw/prod": events expire after 365 days
#     - stage "prod" of API "tz3w4c04e2": loggingLevel ERROR for */*; X-Ray tracing
#     - stage "prod" of API "gn4se0wyfp": X-Ray tracing
#     - stage "prod" of API "ibnzx25jv1": loggingLevel ERROR for */*; X-Ray tracing
#     - stage "prod" of API "014qy6bz0t": X-Ray tracing
#     - stage "prod" of API "8vj7hqwn8w": X-Ray tracing; loggingLevel ERROR for GET /orders
#     - stage "test" of API "8vj7hqwn8w": loggingLevel ERROR for */*; X-Ray tracing
#     - stage "dev" of API "8vj7hqwn8w": loggingLevel ERROR for */*; X-Ray tracing
#     - stage "prod" of API "eibpt1v92x": X-Ray tracing
#     - stage "prod" of API "8a8c5829dt": encryption of the cache for GET /orders
#     - stage "test" of API "8a8c5829dt": X-Ray tracing
#     - stage "dev" of API "gzjmo756zw": loggingLevel ERROR by default
#     - stage "prod" of API "gzjmo756zw": no data tracing by default
#     - stage "prod" of API "gzjmo756zw": loggingLevel ERROR for route "send"
#     - DB instance "orders": export of its upgrade log

# What stands in single quotes is not for bash.
# shellcheck disable=SC1003,SC2016

set -euo pipefail
# Git Bash on Windows would take /aws/apigateway for a path.
export MSYS_NO_PATHCONV=1

dry_run=
left_out=
case ${1-} in
    '') ;;
    --dry-run) dry_run=yes ;;
    *)
        echo 'Usage: bash FILE [--dry-run]' >&2
        exit 2
        ;;
esac
trap 'if [[ $? != 0 ]]; then echo "Not everything was done. To run the script again does no harm." >&2; fi' EXIT

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

# ---- account 123456789012, region us-east-1
if in_account 123456789012 --region us-east-1; then
    # the account must have a CloudWatch role
    require_account_role --region us-east-1
    # log group "API-Gateway-Execution-Logs_tz3w4c04e2/prod": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group API-Gateway-Execution-Logs_tz3w4c04e2/prod 365 --region us-east-1
    # log group "API-Gateway-Execution-Logs_ibnzx25jv1/prod": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group API-Gateway-Execution-Logs_ibnzx25jv1/prod 365 --region us-east-1
    # log group "/aws/rds/instance/ledger/agent": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group /aws/rds/instance/ledger/agent 365 --region us-east-1
    # log group "/aws/rds/instance/ledger/error": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group /aws/rds/instance/ledger/error 365 --region us-east-1
    # log group "/aws/rds/instance/orders/upgrade": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group /aws/rds/instance/orders/upgrade 365 --region us-east-1
    # log group "API-Gateway-Execution-Logs_8vj7hqwn8w/prod": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group API-Gateway-Execution-Logs_8vj7hqwn8w/prod 365 --region us-east-1
    # log group "API-Gateway-Execution-Logs_8vj7hqwn8w/test": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group API-Gateway-Execution-Logs_8vj7hqwn8w/test 365 --region us-east-1
    # log group "API-Gateway-Execution-Logs_8vj7hqwn8w/dev": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group API-Gateway-Execution-Logs_8vj7hqwn8w/dev 365 --region us-east-1
    # log group "/aws/apigateway/gzjmo756zw/dev": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group /aws/apigateway/gzjmo756zw/dev 365 --region us-east-1
    # log group "/aws/apigateway/gzjmo756zw/prod": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name /aws/apigateway/gzjmo756zw/prod \
        --retention-in-days 365 \
        --region us-east-1
    # log group "/aws/apigateway/gzjmo756zw/test-d2dbc93": created if it is missing; events expire after 365 days, unless it has a retention
    ensure_log_group /aws/apigateway/gzjmo756zw/test-d2dbc93 365 --region us-east-1
    # log group "API-Gateway-Execution-Logs_gn4se0wyfp/prod": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name API-Gateway-Execution-Logs_gn4se0wyfp/prod \
        --retention-in-days 365 \
        --region us-east-1
    # log group "API-Gateway-Execution-Logs_014qy6bz0t/prod": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name API-Gateway-Execution-Logs_014qy6bz0t/prod \
        --retention-in-days 365 \
        --region us-east-1
    # log group "shop-access-f078f8e": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name shop-access-f078f8e \
        --retention-in-days 365 \
        --region us-east-1
    # log group "API-Gateway-Execution-Logs_eibpt1v92x/prod": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name API-Gateway-Execution-Logs_eibpt1v92x/prod \
        --retention-in-days 365 \
        --region us-east-1
    # log group "/aws/apigateway/b7j44qzuuw/prod": events expire after 365 days
    run aws logs put-retention-policy \
        --log-group-name /aws/apigateway/b7j44qzuuw/prod \
        --retention-in-days 365 \
        --region us-east-1
    # stage "prod" of API "tz3w4c04e2": loggingLevel ERROR for */*; X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id tz3w4c04e2 \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"},{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "gn4se0wyfp": X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id gn4se0wyfp \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "ibnzx25jv1": loggingLevel ERROR for */*; X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id ibnzx25jv1 \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"},{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "014qy6bz0t": X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id 014qy6bz0t \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "8vj7hqwn8w": X-Ray tracing; loggingLevel ERROR for GET /orders
    run aws apigateway update-stage \
        --rest-api-id 8vj7hqwn8w \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/tracingEnabled","value":"true"},{"op":"replace","path":"/~1orders/GET/logging/loglevel","value":"ERROR"}]' \
        --region us-east-1
    # stage "test" of API "8vj7hqwn8w": loggingLevel ERROR for */*; X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id 8vj7hqwn8w \
        --stage-name test \
        --patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"},{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "dev" of API "8vj7hqwn8w": loggingLevel ERROR for */*; X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id 8vj7hqwn8w \
        --stage-name dev \
        --patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"},{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "eibpt1v92x": X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id eibpt1v92x \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "prod" of API "8a8c5829dt": encryption of the cache for GET /orders
    run aws apigateway update-stage \
        --rest-api-id 8a8c5829dt \
        --stage-name prod \
        --patch-operations '[{"op":"replace","path":"/~1orders/GET/caching/dataEncrypted","value":"true"}]' \
        --region us-east-1
    # stage "test" of API "8a8c5829dt": X-Ray tracing
    run aws apigateway update-stage \
        --rest-api-id 8a8c5829dt \
        --stage-name test \
        --patch-operations '[{"op":"replace","path":"/tracingEnabled","value":"true"}]' \
        --region us-east-1
    # stage "dev" of API "gzjmo756zw": loggingLevel ERROR by default
    set_route_settings gzjmo756zw dev \
        --default-route-settings 'merge(DefaultRouteSettings || `{}`, `{"LoggingLevel":"ERROR"}`)' \
        --region us-east-1
    # stage "prod" of API "gzjmo756zw": no data tracing by default
    set_route_settings gzjmo756zw prod \
        --default-route-settings 'merge(DefaultRouteSettings || `{}`, `{"DataTraceEnabled":false}`)' \
        --region us-east-1
    # stage "prod" of API "gzjmo756zw": loggingLevel ERROR for route "send"
    set_route_settings gzjmo756zw prod \
        --route-settings 'merge(RouteSettings || `{}`, {"send": merge(RouteSettings."send" || `{}`, `{"LoggingLevel":"ERROR"}`)})' \
        --region us-east-1
    # DB instance "orders": export of its upgrade log
    run aws rds modify-db-instance \
        --db-instance-identifier orders \
        --cloudwatch-logs-export-configuration '{"EnableLogTypes":["upgrade"]}' \
        --region us-east-1
fi

if [[ -n $left_out ]]; then
    exit 1
fi

# Then change the program, or a later update may undo this:
#
#   index.ts:5:17  component-awsx-mistakes/dev  urn:pulumi:dev::component-awsx-mistakes::aws:apigateway:x:API$aws:apigateway/stage:Stage::orders
#     Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
#     Add method settings for */* with loggingLevel ERROR or INFO.
#     new aws.apigateway.MethodSettings("orders-logging", { restApi: api.restAPI.id, stageName: api.stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })
#     Stage "orders" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:7:17  component-awsx/dev  urn:pulumi:dev::component-awsx::aws:apigateway:x:API$aws:apigateway/stage:Stage::orders
#     Stage "orders" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:13:17  component-awsx/dev  urn:pulumi:dev::component-awsx::aws:cloudwatch/logGroup:LogGroup::orders-prod
#     Log group "orders-prod" keeps its events for 90 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365
#
#   component-restapi-mistakes/dev  urn:pulumi:dev::component-restapi-mistakes::aws-apigateway:index:RestAPI$aws:apigateway/stage:Stage::orders
#     Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
#     Add method settings for */* with loggingLevel ERROR or INFO.
#     new aws.apigateway.MethodSettings("orders-logging", { restApi: api.api.id, stageName: api.stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })
#     Stage "orders" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   component-restapi/dev  urn:pulumi:dev::component-restapi::aws-apigateway:index:RestAPI$aws:apigateway/stage:Stage::orders
#     Stage "orders" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:10:17  component-restapi/dev  urn:pulumi:dev::component-restapi::aws:cloudwatch/logGroup:LogGroup::orders-prod
#     Log group "orders-prod" keeps its events for 90 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365
#
#   index.ts:21:20  databases-mistakes/dev  urn:pulumi:dev::databases-mistakes::aws:rds/instance:Instance::ledger
#     DB instance "ledger" exports its agent and error logs to log groups that this stack does not declare, so their events never expire.
#     Declare the log groups by their exact names with a retention, and make the instance depend on them. If CloudWatch has them already, import them with { import: "/aws/rds/instance/ledger/agent" } and { import: "/aws/rds/instance/ledger/error" }.
#     new aws.cloudwatch.LogGroup("ledger-agent-log", { name: "/aws/rds/instance/ledger/agent", retentionInDays: 365 }); new aws.cloudwatch.LogGroup("ledger-error-log", { name: "/aws/rds/instance/ledger/error", retentionInDays: 365 })
#
#   index.ts:6:20  databases-mistakes/dev  urn:pulumi:dev::databases-mistakes::aws:rds/instance:Instance::orders
#     DB instance "orders" does not export its upgrade log to CloudWatch.
#     Add upgrade to enabledCloudwatchLogsExports.
#     enabledCloudwatchLogsExports: ["postgresql", "upgrade"]
#
#   index.ts:18:23  http-api/dev  urn:pulumi:dev::http-api::aws:cloudwatch/logGroup:LogGroup::shop-access
#     Log group "shop-access" keeps its events for 30 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365
#
#   index.ts:63:5  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/methodSettings:MethodSettings::prod-list-orders
#     MethodSettings "prod-list-orders" sets loggingLevel to OFF for GET /orders.
#     Set loggingLevel to ERROR or INFO.
#     settings: { loggingLevel: "ERROR" }
#
#   index.ts:39:5  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/methodSettings:MethodSettings::test
#     MethodSettings "test" sets no loggingLevel for */*, so execution logging is off.
#     Set loggingLevel to ERROR or INFO.
#     settings: { loggingLevel: "ERROR" }
#
#   index.ts:35:5  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::dev
#     Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.
#     Add method settings for */* with loggingLevel ERROR or INFO.
#     new aws.apigateway.MethodSettings("dev-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })
#     Stage "dev" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:50:18  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::prod
#     Stage "prod" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:38:18  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::test
#     Stage "test" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:45:19  rest-api/dev  urn:pulumi:dev::rest-api::aws:apigateway/stage:Stage::prod
#     Stage "prod" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:41:17  rest-api/dev  urn:pulumi:dev::rest-api::aws:cloudwatch/logGroup:LogGroup::orders-prod
#     Log group "orders-prod" keeps its events for 90 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365
#
#   index.ts:62:5  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigateway/methodSettings:MethodSettings::prod-list-orders
#     MethodSettings "prod-list-orders" caches responses for GET /orders, but cacheDataEncrypted is not true.
#     Set cacheDataEncrypted to true: if it is left out, the cache is not encrypted, except that settings for one method keep what */* had when they were created.
#     settings: { cacheDataEncrypted: true }
#
#   index.ts:120:19  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigateway/stage:Stage::test
#     Stage "test" does not have X-Ray tracing enabled.
#     Set xrayTracingEnabled to true.
#     xrayTracingEnabled: true
#
#   index.ts:18:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::dev
#     Stage "dev" of API "chat" writes no execution logs: loggingLevel in its default route settings is OFF or not set.
#     Set loggingLevel to ERROR or INFO in the default route settings and in those of every route.
#     defaultRouteSettings: { loggingLevel: "ERROR" }
#
#   index.ts:30:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::prod
#     Stage "prod" of API "chat" turns data tracing on in its default route settings.
#     Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full messages.
#     defaultRouteSettings: { dataTraceEnabled: false }
#     Stage "prod" of API "chat" does not log route "send": loggingLevel there is OFF or not set.
#     Set loggingLevel to ERROR or INFO in the default route settings and in those of every route.
#     routeSettings: [{ routeKey: "send", loggingLevel: "ERROR" }]
#
#   index.ts:43:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::test
#     Stage "test-d2dbc93" of API "chat" writes its execution log to a log group that this stack does not declare, so its events never expire.
#     Give the stage a name, because the one that Pulumi generates is not known in advance. Declare the log group by its exact name with a retention, and make the stage depend on it.
#     new aws.cloudwatch.LogGroup("test-execution-log", { name: pulumi.interpolate`/aws/apigateway/${api.id}/<stage name>`, retentionInDays: 365 })
#
#   index.ts:26:17  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:cloudwatch/logGroup:LogGroup::chat-prod
#     Log group "chat-prod" keeps its events for 90 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365
#
#   index.ts:31:17  websocket-api/dev  urn:pulumi:dev::websocket-api::aws:cloudwatch/logGroup:LogGroup::chat-prod
#     Log group "chat-prod" keeps its events for 90 days, which is less than minDays (365).
#     Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
#     retentionInDays: 365

# Not fixed:
#
#   index.ts:5:17  component-awsx-mistakes/dev  urn:pulumi:dev::component-awsx-mistakes::aws:apigateway:x:API$aws:apigateway/stage:Stage::orders
#     Stage "orders" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:7:17  component-awsx/dev  urn:pulumi:dev::component-awsx::aws:apigateway:x:API$aws:apigateway/stage:Stage::orders
#     Stage "orders" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   component-restapi-mistakes/dev  urn:pulumi:dev::component-restapi-mistakes::aws-apigateway:index:RestAPI$aws:apigateway/stage:Stage::orders
#     Stage "orders" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   component-restapi/dev  urn:pulumi:dev::component-restapi::aws-apigateway:index:RestAPI$aws:apigateway/stage:Stage::orders
#     Stage "orders" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:32:23  databases-mistakes/dev  urn:pulumi:dev::databases-mistakes::aws:rds/clusterParameterGroup:ClusterParameterGroup::shop
#     Cluster parameter group "shop" of DB cluster "shop" sets neither server_audit_logging nor server_audit_events, so it writes no audit log.
#     Which events to log needs a decision. Then use aws rds modify-db-cluster-parameter-group with server_audit_logging and server_audit_events.
#
#   index.ts:13:5  http-api/dev  urn:pulumi:dev::http-api::aws:apigatewayv2/route:Route::default
#     Route "$default" of API "shop" has no authorization: its authorizationType is NONE or not set.
#     Clients that do not authorize are refused from then on, so the authorization type needs a decision. Then use aws apigatewayv2 update-route --authorization-type.
#
#   index.ts:7:5  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/account:Account::account
#     Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.
#     All APIs of the account and region share the role. Give --account-role ARN, with a role of this account, or --create-account-role.
#
#   index.ts:35:5  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::dev
#     Stage "dev" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "dev" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:50:18  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::prod
#     Stage "prod" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:38:18  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/stage:Stage::test
#     Stage "test" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "test" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:45:19  rest-api/dev  urn:pulumi:dev::rest-api::aws:apigateway/stage:Stage::prod
#     Stage "prod" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#     Stage "prod" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:70:5  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigateway/domainName:DomainName::orders
#     DomainName "orders" has the security policy "TLS_1_2", which Security Hub does not recommend.
#     Clients with older TLS are refused from then on, so the security policy needs a decision. Then use aws apigateway update-domain-name with /securityPolicy and /endpointAccessMode.
#
#   index.ts:120:19  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigateway/stage:Stage::beta
#     Stage "beta" of API "orders" is not associated with a web ACL.
#     Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.
#
#   index.ts:120:19  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigateway/stage:Stage::dev
#     Stage "dev" has no client certificate, so backends cannot verify that requests come from API Gateway.
#     The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.
#
#   index.ts:80:21  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigatewayv2/integration:Integration::shop
#     Integration "shop" of API "shop" goes through a VPC link without TLS: it has no tlsConfig.
#     What is behind the VPC link has to use HTTPS first. Then use aws apigatewayv2 update-integration --tls-config ServerNameToVerify=NAME.
#
#   index.ts:89:5  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigatewayv2/route:Route::shop
#     Route "ANY /{proxy+}" of API "shop" has no authorization: its authorizationType is NONE or not set.
#     Clients that do not authorize are refused from then on, so the authorization type needs a decision. Then use aws apigatewayv2 update-route --authorization-type.
#
#   index.ts:95:5  security-hub-mistakes/dev  urn:pulumi:dev::security-hub-mistakes::aws:apigatewayv2/stage:Stage::shop
#     Stage "$default" of API "shop" has no access log.
#     Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.
#
#   index.ts:11:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/route:Route::send
#     Route "send" of API "chat" has no authorization: its authorizationType is NONE or not set.
#     API Gateway accepts an authorization type on $connect only.
#
#   index.ts:18:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::dev
#     Stage "dev" of API "chat" has no access log.
#     Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.
#
#   index.ts:30:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::prod
#     Stage "prod" of API "chat" has no access log.
#     Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.
#
#   index.ts:43:5  websocket-api-mistakes/dev  urn:pulumi:dev::websocket-api-mistakes::aws:apigatewayv2/stage:Stage::test
#     Stage "test-d2dbc93" of API "chat" has no access log.
#     Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.
#
#   index.ts:24:5  websocket-api/dev  urn:pulumi:dev::websocket-api::aws:apigatewayv2/route:Route::send
#     Route "send" of API "chat" has no authorization: its authorizationType is NONE or not set.
#     API Gateway accepts an authorization type on $connect only.
#
#   index.ts:35:19  websocket-api/dev  urn:pulumi:dev::websocket-api::aws:apigatewayv2/stage:Stage::prod
#     Stage "prod" of API "chat" has no access log.
#     Where the access log goes, and in which format, needs a decision. Then use aws apigatewayv2 update-stage --access-log-settings.

# Nothing to change on AWS, but in the program:
#
#   index.ts:56:17  rest-api-mistakes/dev  urn:pulumi:dev::rest-api-mistakes::aws:apigateway/methodSettings:MethodSettings::prod
#     MethodSettings "prod" turns execution logging on but does not depend on Account "account", so its creation fails if the CloudWatch role is not set yet.
#     Make it depend on the Account.
#     { dependsOn: [account] }
