// A pack of policies that do nothing: what as many policies cost in the engine, whatever they do.
const { readFileSync } = require("node:fs");
const { PolicyPack } = require("@pulumi/policy");

// Of each policy its metadata, with its schema, and its kind.
const policies = JSON.parse(readFileSync(process.env.BENCH_POLICIES, "utf8"));

new PolicyPack("idle", {
    policies: policies.map(({ kind, ...metadata }) =>
        kind === "stack" ? { ...metadata, validateStack: () => {} } : { ...metadata, validateResource: () => {} },
    ),
});
