import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A Security Hub control with its title; severities and titles are AWS's. */
export function securityHub(control: string, title: string): PolicyComplianceFramework {
    return { name: "AWS Security Hub", version: "FSBP v1.0.0", reference: control, specification: title };
}

const GUIDE = "https://docs.aws.amazon.com/securityhub/latest/userguide";

/** The page of a Security Hub control: `controlPage("apigateway", 1)`. */
export function controlPage(service: string, number: number): string {
    return `${GUIDE}/${service}-controls.html#${service}-${number}`;
}

/**
 * What Security Hub maps APIGateway.1 to in NIST SP 800-53 Rev. 5
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1).
 */
export const NIST_LOGGING = [
    "AC-4(26)",
    "AU-2",
    "AU-3",
    "AU-6(3)",
    "AU-6(4)",
    "AU-10",
    "AU-12",
    "CA-7",
    "SC-7(9)",
    "SI-7(8)",
].map((control) => `NIST.800-53.r5 ${control}`);

/** What Security Hub maps CloudWatch.16 to. */
export const NIST_RETENTION = ["AU-6(3)", "AU-6(4)", "AU-10", "AU-11", "CA-7", "SI-12"].map(
    (control) => `NIST.800-53.r5 ${control}`,
);

export const EXECUTION_LOGGING = securityHub(
    "APIGateway.1",
    "API Gateway REST and WebSocket API execution logging should be enabled",
);

/** AWS's warning: "We recommend that you don't enable" full request and response logs for production APIs. */
export const DATA_TRACE_PAGE = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html";
