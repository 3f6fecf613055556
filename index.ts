import { PolicyPack } from "@pulumi/policy";
import { ENFORCEMENT_LEVEL, policies } from "./policies";

new PolicyPack("apigateway-guard", {
    policies,
    enforcementLevel: ENFORCEMENT_LEVEL,
    displayName: "API Gateway Guard",
    description: "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed.",
    provider: "aws",
    tags: ["aws", "api-gateway", "logging", "security-hub"],
});
