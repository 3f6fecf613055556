import { ACCOUNT_ID, type Aws, alphanumeric, hex, type Props, text } from "../values";
import type { Block, Type, Types } from "./type";

interface Engine {
    port: number;
    version: string;
    /** The family of its parameter groups; the default group has its name. */
    family: string;
}

const OTHER: Engine = { port: 0, version: "1.0", family: "other1.0" };

/** AWS's choice for a database that does not state it. */
const ENGINES: { [engine: string]: Engine } = {
    "aurora-mysql": { port: 3306, version: "8.0.mysql_aurora.3.08.2", family: "aurora-mysql8.0" },
    "aurora-postgresql": { port: 5432, version: "17.4", family: "aurora-postgresql17" },
    mariadb: { port: 3306, version: "11.4.5", family: "mariadb11.4" },
    mysql: { port: 3306, version: "8.4.5", family: "mysql8.4" },
    postgres: { port: 5432, version: "17.4", family: "postgres17" },
    "sqlserver-se": { port: 1433, version: "16.00.4185.3.v1", family: "sqlserver-se-16.0" },
};

function engineOf({ engine }: Props): Engine {
    return ENGINES[text(engine).toLowerCase()] ?? OTHER;
}

// The log types that can be exported (internal/service/rds/consts.go of terraform-provider-aws).
const INSTANCE_LOGS = [
    ...["agent", "alert", "audit", "diag.log", "error", "general", "iam-db-auth-error", "listener", "notify.log"],
    ...["oemagent", "postgresql", "slowquery", "trace", "upgrade"],
];
const CLUSTER_LOGS = [
    ...["audit", "error", "general", "iam-db-auth-error", "instance", "postgresql", "slowquery", "upgrade"],
];

/** A name of Terraform's own: what the program or the provider has as prefix, and 26 digits. */
function prefixed(prefix: unknown, byDefault: string, seed: string): string {
    return `${text(prefix) || byDefault}${hex(seed, 26)}`;
}

function resourceId(kind: "db" | "cluster", seed: string): string {
    return `${kind}-${alphanumeric(seed, 26).toUpperCase()}`;
}

function arn(aws: Aws, kind: string, name: unknown): string {
    return `arn:aws:rds:${aws.region}:${ACCOUNT_ID}:${kind}:${text(name)}`;
}

function endpoint(aws: Aws, name: unknown, cluster = ""): string {
    return `${text(name)}.${cluster}${alphanumeric(ACCOUNT_ID, 12)}.${aws.region}.rds.amazonaws.com`;
}

/** Parameter groups of instances and of clusters differ in little. */
function parameterGroup(kind: "pg" | "cluster-pg"): Type {
    const parameters: Block = { defaults: { applyMethod: "immediate" }, key: "name" };
    return {
        required: ["family"],
        autoName: "name",
        // Pulumi's, not Terraform's (provider/resources.go of pulumi-aws). The Node SDK sends it itself.
        defaults: { description: "Managed by Pulumi" },
        blocks: { parameters },
        replaces: ["description", "family", "name", "namePrefix"],
        taggable: true,
        id: (seed, { name, namePrefix }) => text(name) || prefixed(namePrefix, "", seed),
        computed: ({ namePrefix }, id, aws) => ({
            arn: arn(aws, kind, id),
            name: id,
            namePrefix: text(namePrefix),
        }),
        unset: { parameters: [] },
        // Of a group that is read, a provider knows the parameters that were changed.
        read: (id) => ({ description: "Managed by Pulumi", family: "aurora-mysql8.0", name: id, parameters: [] }),
    };
}

// internal/service/rds/ of terraform-provider-aws; AWS's answers as in the tests beside it.
export const rds: Types = {
    "aws:rds/instance:Instance": {
        required: ["instanceClass"],
        // Pulumi's choice (provider/resources.go of pulumi-aws): no hyphen, and SQL Server takes 15 characters at most.
        autoName: "identifier",
        generatedName: (name, seed, { engine }) =>
            `${name}${hex(seed, text(engine).toLowerCase().includes("sqlserver") ? 3 : 7)}`,
        defaults: {
            autoMinorVersionUpgrade: true,
            copyTagsToSnapshot: false,
            deleteAutomatedBackups: true,
            monitoringInterval: 0,
            performanceInsightsEnabled: false,
            publiclyAccessible: false,
            skipFinalSnapshot: false,
        },
        oneOf: { "enabledCloudwatchLogsExports.[]": INSTANCE_LOGS },
        replaces: [
            ...["availabilityZone", "characterSetName", "customIamInstanceProfile", "dbName", "engine", "kmsKeyId"],
            ...["ncharCharacterSetName", "restoreToPointInTime", "snapshotIdentifier", "storageEncrypted"],
            ...["timezone", "username"],
        ],
        taggable: true,
        // Since v6 the id is the resource id, not the identifier.
        id: (seed) => resourceId("db", seed),
        computed: (props, id, aws) => {
            const { port, version, family } = engineOf(props);
            const identifier = text(props.identifier) || prefixed(props.identifierPrefix, "", id);
            return {
                address: endpoint(aws, identifier),
                allocatedStorage: 20,
                arn: arn(aws, "db", identifier),
                availabilityZone: `${aws.region}a`,
                backupRetentionPeriod: 0,
                backupTarget: "region",
                backupWindow: "04:00-04:30",
                caCertIdentifier: "rds-ca-rsa2048-g1",
                characterSetName: "",
                databaseInsightsMode: "standard",
                dbName: "",
                dbSubnetGroupName: "default",
                domainFqdn: "",
                endpoint: `${endpoint(aws, identifier)}:${port}`,
                // Of a replica or a restored snapshot it is its source's, which is not known here.
                engine: "postgres",
                engineLifecycleSupport: "open-source-rds-extended-support",
                engineVersion: version,
                engineVersionActual: version,
                hostedZoneId: "Z2R2ITUGPM61AM",
                identifier,
                identifierPrefix: text(props.identifierPrefix),
                iops: 0,
                kmsKeyId: "",
                latestRestorableTime: "",
                licenseModel: "general-public-license",
                listenerEndpoints: [],
                maintenanceWindow: "sun:05:00-sun:05:30",
                masterUserSecretKmsKeyId: "",
                masterUserSecrets: [],
                monitoringRoleArn: "",
                multiAz: false,
                ncharCharacterSetName: "",
                networkType: "IPV4",
                optionGroupName: `default:${family}`,
                parameterGroupName: `default.${family}`,
                performanceInsightsKmsKeyId: "",
                performanceInsightsRetentionPeriod: 0,
                port,
                replicaMode: "",
                replicas: [],
                resourceId: id,
                snapshotIdentifier: "",
                status: "available",
                storageThroughput: 0,
                storageType: "gp2",
                timezone: "",
                upgradeRolloutOrder: "second",
                username: "",
                vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
            };
        },
        unset: {
            allowMajorVersionUpgrade: null,
            applyImmediately: null,
            blueGreenUpdate: null,
            customIamInstanceProfile: "",
            customerOwnedIpEnabled: false,
            dedicatedLogVolume: false,
            deletionProtection: false,
            domain: "",
            domainAuthSecretArn: "",
            domainDnsIps: null,
            domainIamRoleName: "",
            domainOu: "",
            enabledCloudwatchLogsExports: null,
            finalSnapshotIdentifier: null,
            iamDatabaseAuthenticationEnabled: false,
            manageMasterUserPassword: null,
            maxAllocatedStorage: 0,
            password: null,
            passwordWo: null,
            passwordWoVersion: null,
            replicateSourceDb: "",
            restoreToPointInTime: null,
            s3Import: null,
            storageEncrypted: false,
            upgradeStorageConfig: null,
            warningEventCategories: null,
        },
        read: (id) => ({ engine: "postgres", identifier: id, instanceClass: "db.t4g.micro" }),
    },

    "aws:rds/cluster:Cluster": {
        required: ["engine"],
        // Pulumi leaves the identifier to Terraform, which makes one of "tf-" (pulumi-aws#1301): a preview cannot know it.
        defaults: {
            copyTagsToSnapshot: false,
            deleteAutomatedBackups: true,
            enableGlobalWriteForwarding: false,
            enableHttpEndpoint: false,
            enableLocalWriteForwarding: false,
            engineMode: "provisioned",
            skipFinalSnapshot: false,
        },
        blocks: {
            scalingConfiguration: {
                defaults: {
                    autoPause: true,
                    maxCapacity: 16,
                    minCapacity: 1,
                    secondsBeforeTimeout: 300,
                    secondsUntilAutoPause: 300,
                    timeoutAction: "RollbackCapacityChange",
                },
            },
            serverlessv2ScalingConfiguration: { computed: { secondsUntilAutoPause: 300 } },
        },
        oneOf: {
            "enabledCloudwatchLogsExports.[]": CLUSTER_LOGS,
            engineMode: ["global", "multimaster", "parallelquery", "provisioned", "serverless", ""],
        },
        replaces: [
            ...["availabilityZones", "clusterIdentifier", "clusterIdentifierPrefix", "clusterScalabilityType"],
            ...["databaseName", "dbSubnetGroupName", "dbSystemId", "engine", "engineMode", "kmsKeyId"],
            ...["masterUsername", "restoreToPointInTime", "snapshotIdentifier", "sourceRegion", "storageEncrypted"],
        ],
        taggable: true,
        suppressed: ["scalingConfiguration", "serverlessv2ScalingConfiguration"],
        id: (seed, { clusterIdentifier, clusterIdentifierPrefix }) =>
            text(clusterIdentifier) || prefixed(clusterIdentifierPrefix, "tf-", seed),
        computed: (props, id, aws) => {
            const { port, version, family } = engineOf(props);
            return {
                allocatedStorage: 1,
                applyImmediately: null,
                arn: arn(aws, "cluster", id),
                autoMinorVersionUpgrade: true,
                availabilityZones: ["a", "b", "c"].map((zone) => `${aws.region}${zone}`),
                backupRetentionPeriod: 1,
                caCertificateIdentifier: "",
                caCertificateValidTill: "",
                clusterIdentifier: id,
                clusterIdentifierPrefix: prefixOf(props),
                clusterMembers: [],
                clusterResourceId: resourceId("cluster", id),
                clusterScalabilityType: "",
                databaseInsightsMode: "standard",
                databaseName: "",
                dbClusterParameterGroupName: `default.${family}`,
                dbSubnetGroupName: "default",
                dbSystemId: "",
                endpoint: endpoint(aws, id, "cluster-"),
                engineLifecycleSupport: "open-source-rds-extended-support",
                engineVersion: version,
                engineVersionActual: version,
                hostedZoneId: "Z2R2ITUGPM61AM",
                iamRoles: [],
                kmsKeyId: "",
                masterUserSecretKmsKeyId: "",
                masterUserSecrets: [],
                masterUsername: "",
                monitoringInterval: 0,
                monitoringRoleArn: "",
                networkType: "IPV4",
                performanceInsightsKmsKeyId: "",
                performanceInsightsRetentionPeriod: 0,
                port,
                preferredBackupWindow: "04:00-04:30",
                preferredMaintenanceWindow: "sun:05:00-sun:05:30",
                readerEndpoint: endpoint(aws, id, "cluster-ro-"),
                storageEncrypted: false,
                storageType: "",
                upgradeRolloutOrder: "second",
                vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
            };
        },
        unset: {
            allowMajorVersionUpgrade: null,
            backtrackWindow: 0,
            dbClusterInstanceClass: "",
            dbInstanceParameterGroupName: null,
            deletionProtection: false,
            domain: "",
            domainIamRoleName: "",
            enabledCloudwatchLogsExports: null,
            finalSnapshotIdentifier: null,
            globalClusterIdentifier: "",
            iamDatabaseAuthenticationEnabled: false,
            iops: 0,
            manageMasterUserPassword: null,
            masterPassword: null,
            masterPasswordWo: null,
            masterPasswordWoVersion: null,
            performanceInsightsEnabled: false,
            replicationSourceIdentifier: "",
            restoreToPointInTime: null,
            s3Import: null,
            scalingConfiguration: null,
            serverlessv2ScalingConfiguration: null,
            snapshotIdentifier: null,
            sourceRegion: null,
            warningEventCategories: null,
        },
        read: (id) => ({ clusterIdentifier: id, engine: "aurora-mysql", engineMode: "provisioned" }),
    },

    "aws:rds/clusterInstance:ClusterInstance": {
        required: ["clusterIdentifier", "engine", "instanceClass"],
        defaults: {
            autoMinorVersionUpgrade: true,
            copyTagsToSnapshot: false,
            forceDestroy: false,
            monitoringInterval: 0,
            promotionTier: 0,
        },
        replaces: [
            ...["availabilityZone", "clusterIdentifier", "customIamInstanceProfile", "dbSubnetGroupName", "engine"],
            ...["identifier", "identifierPrefix"],
        ],
        taggable: true,
        id: (seed, { identifier, identifierPrefix }) => text(identifier) || prefixed(identifierPrefix, "tf-", seed),
        computed: (props, id, aws) => {
            const { port, version, family } = engineOf(props);
            return {
                applyImmediately: null,
                arn: arn(aws, "db", id),
                availabilityZone: `${aws.region}a`,
                caCertIdentifier: "rds-ca-rsa2048-g1",
                dbParameterGroupName: `default.${family}`,
                dbSubnetGroupName: "default",
                dbiResourceId: resourceId("db", id),
                endpoint: endpoint(aws, id),
                engineVersion: version,
                engineVersionActual: version,
                identifier: id,
                identifierPrefix: text(props.identifierPrefix) || (props.identifier === undefined ? "tf-" : ""),
                kmsKeyId: "",
                monitoringRoleArn: "",
                networkType: "IPV4",
                performanceInsightsEnabled: false,
                performanceInsightsKmsKeyId: "",
                performanceInsightsRetentionPeriod: 0,
                port,
                preferredBackupWindow: "04:00-04:30",
                preferredMaintenanceWindow: "sun:05:00-sun:05:30",
                publiclyAccessible: false,
                storageEncrypted: false,
                writer: true,
            };
        },
        unset: { customIamInstanceProfile: "", warningEventCategories: null },
    },

    "aws:rds/clusterParameterGroup:ClusterParameterGroup": parameterGroup("cluster-pg"),

    "aws:rds/parameterGroup:ParameterGroup": {
        ...parameterGroup("pg"),
        defaults: { description: "Managed by Pulumi", skipDestroy: false },
    },
};

function prefixOf({ clusterIdentifier, clusterIdentifierPrefix }: Props): string {
    return text(clusterIdentifierPrefix) || (clusterIdentifier === undefined ? "tf-" : "");
}
