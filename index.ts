import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("apigateway-guard", {
    policies,
    enforcementLevel: "advisory",
    displayName: "API Gateway Guard",
    description: "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed.",
    provider: "aws",
    tags: ["aws", "api-gateway", "logging", "security-hub"],
});
