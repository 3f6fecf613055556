import { PolicyPack } from "@pulumi/policy";
import { DEFAULT_LEVEL } from "./pack/policy";
import { toPulumi } from "./pack/pulumi";
import { policies } from "./policies";

new PolicyPack("apigateway-guard", {
    policies: toPulumi(policies),
    enforcementLevel: DEFAULT_LEVEL,
    displayName: "API Gateway Guard",
    description: "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed.",
    provider: "aws",
    tags: ["aws", "api-gateway", "logging", "security-hub"],
});
