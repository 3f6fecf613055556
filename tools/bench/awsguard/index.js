// Pulumi's own pack for AWS, with all its policies.
const { AwsGuard } = require("@pulumi/awsguard");

new AwsGuard({ all: "advisory" });
