/** What other tools do where this pack checks a control of Security Hub, as their own sources say. */

import type { ControlId } from "../../pack/controls";

/** What another tool does about a control. */
export interface OtherTool {
    /** A sentence that names the tool and its check. */
    readonly says: string;
    /** The file, as it was when it was read. */
    readonly source: string;
}

const file = (repository: string, commit: string, path: string) =>
    `https://github.com/${repository}/blob/${commit}/${path}`;
const checkov = (commit: string, path: string) =>
    file("bridgecrewio/checkov", commit, `checkov/terraform/checks/${path}`);
const cdkNag = (commit: string, path: string) => file("cdklabs/cdk-nag", commit, `src/rules/${path}`);
const prowler = (commit: string, path: string) =>
    file("prowler-cloud/prowler", commit, `prowler/providers/aws/services/${path}`);

const PULUMI = file(
    "pulumi/docs",
    "b610307ff2a07677420b9b309fa2c2334cb98e00",
    "content/docs/reference/pre-built-policy-packs/nist/aws.md",
);
const pulumi = (policy: string): OtherTool => ({
    says: `Pulumi's pre-built pack for NIST SP 800-53 has the policy \`${policy}\`.`,
    source: PULUMI,
});

const ANY_EXPORT_OF_INSTANCE: readonly OtherTool[] = [
    {
        says: "Checkov's `CKV_AWS_129` passes an instance that exports any log type.",
        source: checkov("1cc2823576601c71954da1fe005340b914c1100d", "resource/aws/DBInstanceLogging.py"),
    },
    {
        says: "Prowler's `rds_instance_integration_cloudwatch_logs` passes an instance that exports any log type.",
        source: prowler(
            "12dfbcc93e4e22812dfe374b788c0adf8264fbb0",
            "rds/rds_instance_integration_cloudwatch_logs/rds_instance_integration_cloudwatch_logs.py",
        ),
    },
];
const ANY_EXPORT_OF_CLUSTER: readonly OtherTool[] = [
    {
        says: "Checkov's `CKV_AWS_324` passes a cluster that exports any log type.",
        source: checkov("4265d0b43b374a815a314761226fdb439fd6075b", "resource/aws/RDSClusterLogging.py"),
    },
    {
        says: "Prowler's `rds_cluster_integration_cloudwatch_logs` passes a cluster that exports any log type.",
        source: prowler(
            "146b80e70b46577f19651afbe5f7e4e07bdc145b",
            "rds/rds_cluster_integration_cloudwatch_logs/rds_cluster_integration_cloudwatch_logs.py",
        ),
    },
];
const NAG_RDS = cdkNag("0c18415de15cc1908851e76cf8027f0891e9e261", "rds/RDSLoggingEnabled.ts");
const AUDIT_EXPORT = checkov("0e8a66aaf5f94f571a67e5ef75ad5b6389530511", "resource/aws/RDSClusterAuditLogging.py");

/** The other tools that check each control. */
export const OTHER_TOOLS: Readonly<Record<ControlId, readonly OtherTool[]>> = {
    "APIGateway.1": [
        {
            says: "Checkov's `CKV2_AWS_4` accepts a level for any one method, and requires metrics, which the control does not.",
            source: checkov(
                "0f325a42f88d389a80fe5cf3f10f0e1684ff79e3",
                "graph_checks/aws/APIGWLoggingLevelsDefinedProperly.yaml",
            ),
        },
        {
            says: "cdk-nag's `APIGWExecutionLoggingEnabled` looks for a level on `*/*` only, so it does not see an override that is OFF, nor WebSocket stages.",
            source: cdkNag("01ffd1d64c40cdae516fb2718ddbf86ac18ac873", "apigw/APIGWExecutionLoggingEnabled.ts"),
        },
        {
            says: "Prowler's `apigateway_restapi_logging_enabled` passes a stage if one entry of its method settings has a level other than OFF.",
            source: prowler("0e868f02602ccb175b11b029dd5db012d1944b98", "apigateway/apigateway_service.py"),
        },
        {
            says: "Pulumi's pre-built pack for NIST SP 800-53 has policies for access logs of API Gateway, and none for execution logs.",
            source: PULUMI,
        },
    ],
    "APIGateway.2": [
        {
            says: "Checkov's `CKV2_AWS_51` asks for a certificate on WebSocket stages, too.",
            source: checkov(
                "b9783645616417dbfafd80ef8dd40a594c891f6e",
                "graph_checks/aws/APIGatewayEndpointsUsesCertificateForAuthentication.yaml",
            ),
        },
        pulumi("api-gateway-ssl-certificate-required"),
    ],
    "APIGateway.3": [
        {
            says: "Checkov's `CKV_AWS_73` checks the same property of REST stages.",
            source: checkov("1e481cbd1abe3a3fcf9089b6bc0976bb22946516", "resource/aws/APIGatewayXray.py"),
        },
        {
            says: "cdk-nag's `APIGWXrayEnabled` checks the same property of CloudFormation stages.",
            source: cdkNag("03430b294b6f50faaa7313e0b48a33cf04383238", "apigw/APIGWXrayEnabled.ts"),
        },
    ],
    "APIGateway.4": [
        {
            says: "Checkov's `CKV2_AWS_29` passes a stage of a private API without a web ACL.",
            source: checkov("098f064cabb9be14cc236338515a3321520feb6c", "graph_checks/aws/APIProtectedByWAF.yaml"),
        },
        {
            says: "cdk-nag's `APIGWAssociatedWithWAF` knows associations of WAFv2 only, and finds them by the text of the ARN.",
            source: cdkNag("01ffd1d64c40cdae516fb2718ddbf86ac18ac873", "apigw/APIGWAssociatedWithWAF.ts"),
        },
        pulumi("api-gateway-waf-enabled"),
    ],
    "APIGateway.5": [
        {
            says: "cdk-nag's `APIGWCacheEnabledAndEncrypted` requires that caching is on for `*/*`, and looks at no other method.",
            source: cdkNag("0c18415de15cc1908851e76cf8027f0891e9e261", "apigw/APIGWCacheEnabledAndEncrypted.ts"),
        },
        {
            says: "Prowler's `apigateway_restapi_cache_encrypted` passes a stage if one of its cached methods is encrypted.",
            source: prowler("0e868f02602ccb175b11b029dd5db012d1944b98", "apigateway/apigateway_service.py"),
        },
        pulumi("api-gateway-cache-encryption-enabled"),
    ],
    "APIGateway.8": [
        {
            says: "cdk-nag's `APIGWAuthorization` checks the methods of REST APIs as well.",
            source: cdkNag("0a4adc9220aa637965fb7e40644b4a20f551017c", "apigw/APIGWAuthorization.ts"),
        },
        {
            says: "Prowler's `apigatewayv2_api_authorizers_enabled` passes an API that has an authorizer, and does not look at its routes.",
            source: prowler(
                "156705e7a3a56b9717af2c08f7f4bb901f550ae4",
                "apigatewayv2/apigatewayv2_api_authorizers_enabled/apigatewayv2_api_authorizers_enabled.py",
            ),
        },
    ],
    "APIGateway.9": [
        {
            says: "Checkov's `CKV_AWS_76` checks REST stages as well.",
            source: checkov("019c139c52f728128c4ac9bee9bcd6a77d140599", "resource/aws/APIGatewayAccessLogging.py"),
        },
        {
            says: "cdk-nag's `APIGWAccessLogging` checks REST stages as well, and requires a format.",
            source: cdkNag("03430b294b6f50faaa7313e0b48a33cf04383238", "apigw/APIGWAccessLogging.ts"),
        },
        pulumi("api-gateway-v2-access-logging"),
    ],
    "APIGateway.10": [],
    "APIGateway.11": [
        {
            says: "Checkov's `CKV_AWS_206` accepts `TLS_1_2` and other security policies that are not in Security Hub's list.",
            source: checkov("4b922f398d867594806ae70a743af7caf03456ac", "resource/aws/APIGatewayDomainNameTLS.py"),
        },
        {
            says: "Prowler's `apigateway_domain_name_pqc_tls_enabled` accepts three post-quantum policies, of which Security Hub's list has one.",
            source: prowler(
                "15a5584d353b6e955712a14210c689b3fd1d059e",
                "apigateway/apigateway_domain_name_pqc_tls_enabled/apigateway_domain_name_pqc_tls_enabled.py",
            ),
        },
    ],
    "CloudWatch.16": [
        {
            says: "Checkov's `CKV_AWS_338` passes a group that never expires if its retention is 0, and fails it if the retention is left out.",
            source: checkov(
                "3cd5bea34e557980974877c029c905dac4c5c82a",
                "resource/aws/CloudWatchLogGroupRetentionYear.py",
            ),
        },
        {
            says: "cdk-nag's `CloudWatchLogGroupRetentionPeriod` passes any retention.",
            source: cdkNag(
                "01ffd1d64c40cdae516fb2718ddbf86ac18ac873",
                "cloudwatch/CloudWatchLogGroupRetentionPeriod.ts",
            ),
        },
        {
            says: "Prowler's `cloudwatch_log_group_retention_policy_specific_days_enabled` passes groups that never expire, as the control does.",
            source: prowler(
                "0f102a6b8deddfdb4bbf053bc144ab21eeb286e6",
                "cloudwatch/cloudwatch_log_group_retention_policy_specific_days_enabled/cloudwatch_log_group_retention_policy_specific_days_enabled.py",
            ),
        },
        pulumi("cloudwatch-log-retention"),
    ],
    "RDS.9": [
        ...ANY_EXPORT_OF_INSTANCE,
        {
            says: "cdk-nag's `RDSLoggingEnabled` also asks for `oemagent` of Oracle, and for `upgrade` of Aurora PostgreSQL.",
            source: NAG_RDS,
        },
        pulumi("rds-audit-logging"),
    ],
    "RDS.34": [
        {
            says: "cdk-nag's `AuroraMySQLLogging` checks clusters of the engine mode `serverless` only, which the control leaves out.",
            source: cdkNag("01ffd1d64c40cdae516fb2718ddbf86ac18ac873", "rds/AuroraMySQLLogging.ts"),
        },
        { says: "Checkov's `CKV_AWS_325` checks clusters of the engine `mysql` as well.", source: AUDIT_EXPORT },
        pulumi("rds-cluster-logging-enabled"),
    ],
    "RDS.36": ANY_EXPORT_OF_INSTANCE,
    "RDS.37": ANY_EXPORT_OF_CLUSTER,
    "RDS.40": ANY_EXPORT_OF_INSTANCE,
    "RDS.42": [
        ...ANY_EXPORT_OF_INSTANCE,
        { says: "cdk-nag's `RDSLoggingEnabled` asks for all four log types of MariaDB.", source: NAG_RDS },
    ],
    "RDS.45": [
        {
            says: "Checkov's `CKV_AWS_325` checks that audit logs are exported, not that auditing is on.",
            source: AUDIT_EXPORT,
        },
    ],
};
