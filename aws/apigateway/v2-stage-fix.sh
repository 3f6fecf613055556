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
