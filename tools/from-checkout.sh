#!/usr/bin/env bash
# The command apigateway-guard from a checkout, for those who use the repository itself: the GitHub Action and the
# pre-commit hook. It is compiled on its first use, which takes about half a minute.
set -euo pipefail
unset CDPATH

# Where this script is, and not a link to it.
self=${BASH_SOURCE[0]}
while [[ -L $self ]]; do
    target=$(readlink -- "$self")
    [[ $target == /* ]] || target=$(dirname -- "$self")/$target
    self=$target
done
root=$(cd -- "$(dirname -- "$self")/.." && pwd -P)
lock="$root/.installing"

is_compiled() { [[ -f "$root/dist/package.json" ]]; }

# A link holds the id of the process that compiles, because it is made in one step and only if there is none.
if ! is_compiled; then
    until ln -s "$$" "$lock" 2> /dev/null; do
        [[ -w $root ]] || { echo "apigateway-guard: cannot write to $root" >&2; exit 2; }
        owner=$(readlink -- "$lock") || continue
        # What a process left behind that was killed.
        kill -0 "$owner" 2> /dev/null || rm -f -- "$lock"
        sleep 0.2
    done
    trap 'rm -f -- "$lock"' EXIT
    if ! is_compiled; then
        echo "apigateway-guard: installing and compiling, this once" >&2
        (cd -- "$root" && npm ci --no-audit --no-fund && npm run --silent build) >&2
    fi
    rm -f -- "$lock"
    trap - EXIT
fi
exec node "$root/dist/cli/apigateway-guard.js" "$@"
