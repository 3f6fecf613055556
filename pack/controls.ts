/** The AWS Security Hub controls that policies mirror or support, as in AWS's user guide. */

const GUIDE = "https://docs.aws.amazon.com/securityhub/latest/userguide";

/** How grave a failed control is, in the words of Security Hub. */
export type Severity = "low" | "medium" | "high" | "critical";

/** A Security Hub control, as AWS documents it. */
export interface Control {
    readonly title: string;
    readonly severity: Severity;
    /** The Security Hub standard of the control; FSBP is AWS Foundational Security Best Practices. */
    readonly standard: "FSBP v1.0.0" | "NIST SP 800-53 Rev. 5";
    /** The requirements of NIST SP 800-53 Rev. 5 that AWS maps the control to. */
    readonly nist: readonly string[];
    /** The requirements of NIST SP 800-171 Rev. 2 that AWS maps the control to. */
    readonly nist171?: readonly string[];
    /** The requirements of PCI DSS v4.0.1 that AWS maps the control to. */
    readonly pci: readonly string[];
    readonly url: string;
}

const LOGGING = [
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
] as const;

const DATABASE_LOGGING = [
    "AC-2(4)",
    "AC-4(26)",
    "AC-6(9)",
    "AU-2",
    "AU-3",
    "AU-6(3)",
    "AU-6(4)",
    "AU-10",
    "AU-12",
    "CA-7",
    "SC-7(9)",
    "SI-3(8)",
    "SI-4(20)",
    "SI-7(8)",
] as const;

/** The controls by id, from AWS's user guide (the page of each is its `url`). */
export const CONTROLS = {
    "APIGateway.1": {
        title: "API Gateway REST and WebSocket API execution logging should be enabled",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: LOGGING,
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-1`,
    },
    "APIGateway.2": {
        title: "API Gateway REST API stages should be configured to use SSL certificates for backend authentication",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [
            "AC-4",
            "AC-17(2)",
            "IA-5(1)",
            "SC-7(4)",
            "SC-8",
            "SC-8(1)",
            "SC-8(2)",
            "SC-12(3)",
            "SC-13",
            "SC-23",
            "SC-23(3)",
            "SI-7(6)",
        ],
        nist171: ["3.13.15"],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-2`,
    },
    "APIGateway.3": {
        title: "API Gateway REST API stages should have AWS X-Ray tracing enabled",
        severity: "low",
        standard: "FSBP v1.0.0",
        nist: ["CA-7"],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-3`,
    },
    "APIGateway.4": {
        title: "API Gateway should be associated with a WAF Web ACL",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: ["AC-4(21)"],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-4`,
    },
    "APIGateway.5": {
        title: "API Gateway REST API cache data should be encrypted at rest",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: ["CA-9(1)", "CM-3(6)", "SC-7(10)", "SC-13", "SC-28", "SC-28(1)", "SI-7(6)"],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-5`,
    },
    "APIGateway.8": {
        title: "API Gateway routes should specify an authorization type",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: ["AC-3", "CM-2", "CM-2(2)"],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-8`,
    },
    "APIGateway.9": {
        title: "Access logging should be configured for API Gateway V2 Stages",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: LOGGING,
        pci: ["10.4.2"],
        url: `${GUIDE}/apigateway-controls.html#apigateway-9`,
    },
    "APIGateway.10": {
        title: "API Gateway V2 integrations should use HTTPS for private connections",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-10`,
    },
    "APIGateway.11": {
        title: "API Gateway domain names should use recommended security policies",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [],
        pci: [],
        url: `${GUIDE}/apigateway-controls.html#apigateway-11`,
    },
    "CloudWatch.16": {
        title: "CloudWatch log groups should be retained for a specified time period",
        severity: "medium",
        standard: "NIST SP 800-53 Rev. 5",
        nist: ["AU-6(3)", "AU-6(4)", "AU-10", "AU-11", "CA-7", "SI-12"],
        pci: [],
        url: `${GUIDE}/cloudwatch-controls.html#cloudwatch-16`,
    },
    "RDS.9": {
        title: "RDS DB instances should publish logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [...DATABASE_LOGGING, "SC-7(10)"],
        pci: ["10.2.1"],
        url: `${GUIDE}/rds-controls.html#rds-9`,
    },
    "RDS.34": {
        title: "Aurora MySQL DB clusters should publish audit logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: DATABASE_LOGGING,
        pci: ["10.2.1"],
        url: `${GUIDE}/rds-controls.html#rds-34`,
    },
    "RDS.36": {
        title: "RDS for PostgreSQL DB instances should publish logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [],
        pci: ["10.4.2"],
        url: `${GUIDE}/rds-controls.html#rds-36`,
    },
    "RDS.37": {
        title: "Aurora PostgreSQL DB clusters should publish logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [],
        pci: ["10.4.2"],
        url: `${GUIDE}/rds-controls.html#rds-37`,
    },
    "RDS.40": {
        title: "RDS for SQL Server DB instances should publish logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [...DATABASE_LOGGING, "SC-7(10)"],
        pci: [],
        url: `${GUIDE}/rds-controls.html#rds-40`,
    },
    "RDS.42": {
        title: "RDS for MariaDB DB instances should publish logs to CloudWatch Logs",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: [...DATABASE_LOGGING, "SC-7(10)"],
        pci: [],
        url: `${GUIDE}/rds-controls.html#rds-42`,
    },
    "RDS.45": {
        title: "Aurora MySQL DB clusters should have audit logging enabled",
        severity: "medium",
        standard: "FSBP v1.0.0",
        nist: DATABASE_LOGGING,
        pci: [],
        url: `${GUIDE}/rds-controls.html#rds-45`,
    },
} as const satisfies Readonly<Record<string, Control>>;

/** The id of a control in the table: `APIGateway.1`. */
export type ControlId = keyof typeof CONTROLS;

/** The requirements that AWS maps a control to, as tags of a policy. */
export function tagsOf(control: ControlId): string[] {
    const { nist, nist171 = [], pci }: Control = CONTROLS[control];
    return [
        ...nist.map((one) => `NIST.800-53.r5 ${one}`),
        ...nist171.map((one) => `NIST.800-171.r2 ${one}`),
        ...pci.map((one) => `PCI DSS v4.0.1 ${one}`),
    ];
}
