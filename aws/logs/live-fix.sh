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
