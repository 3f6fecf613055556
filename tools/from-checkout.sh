#!/usr/bin/env bash
# The command apigateway-guard from a checkout, for those who use the repository itself: the GitHub Action and the
# pre-commit hook. It is compiled on its first use, which takes about half a minute.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ ! -f "$root/dist/package.json" ]]; then
    echo "apigateway-guard: installing and compiling, this once" >&2
    (cd "$root" && npm ci --no-audit --no-fund && npm run --silent build) >&2
fi
exec node "$root/dist/cli/apigateway-guard.js" "$@"
