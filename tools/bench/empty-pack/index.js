// A pack without policies: what any pack costs in the engine.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty", { policies: [] });
