/** The AWS Security Hub controls that policies mirror or support, as in AWS's user guide. */

const GUIDE = "https://docs.aws.amazon.com/securityhub/latest/userguide";

export type Severity = "low" | "medium" | "high" | "critical";

export interface Control {
    readonly title: string;
    readonly severity: Severity;
    /** The Security Hub standard of the control; FSBP is AWS Foundational Security Best Practices. */
    readonly standard: "FSBP v1.0.0" | "NIST SP 800-53 Rev. 5";
    /** The requirements of NIST SP 800-53 Rev. 5 that AWS maps the control to. */
    readonly nist: readonly string[];
    /** The requirements of PCI DSS v4.0.1 that AWS maps the control to. */
    readonly pci: readonly string[];
    readonly url: string;
}

export const CONTROLS = {
    "APIGateway.1": {
        title: "API Gateway REST and WebSocket API execution logging should be enabled",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [
            ...["AC-4(26)", "AU-2", "AU-3", "AU-6(3)", "AU-6(4)", "AU-10", "AU-12"],
            ...["CA-7", "SC-7(9)", "SI-7(8)"],
        ],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-1`,
    },
    "CloudWatch.16": {
        title: "CloudWatch log groups should be retained for a specified time period",
        severity: "medium",
        standard: "NIST SP 800-53 Rev. 5",
        nist: ["AU-6(3)", "AU-6(4)", "AU-10", "AU-11", "CA-7", "SI-12"],
        pci: [],
        url: `${GUIDE}/cloudwatch-controls.html#cloudwatch-16`,
    },
} as const satisfies Readonly<Record<string, Control>>;

export type ControlId = keyof typeof CONTROLS;

/** The requirements that AWS maps a control to, as tags of a policy. */
export function tagsOf(control: ControlId): string[] {
    const { nist, pci }: Control = CONTROLS[control];
    return [...nist.map((one) => `NIST.800-53.r5 ${one}`), ...pci.map((one) => `PCI DSS v4.0.1 ${one}`)];
}
