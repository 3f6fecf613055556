#!/bin/sh
# Starts the stand-in for a provider from its folder: start-provider.sh FOLDER NAME
# The code that `npm run setup:pulumi` compiled starts in a quarter of the time, and tests start it a few hundred times.
root=$(cd "$(dirname "$0")/../.." && pwd)
compiled="$root/.pulumi-home/providers/$1/main.js"
sources="$root/tools/pulumi/$1"
if [ -f "$compiled" ] && [ -z "$(find "$sources" -name '*.ts' -newer "$compiled")" ]; then
    exec node "$compiled" "$2"
fi
export TS_NODE_PROJECT="$root/tsconfig.json"
exec node -r "$root/node_modules/ts-node/register/transpile-only" "$sources/main.ts" "$2"
