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
