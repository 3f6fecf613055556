import * as aws from "@pulumi/aws";

/** A PostgreSQL, a SQL Server and an Aurora MySQL database that send their logs to CloudWatch, where they expire. */
export = () => {
    const orders = new aws.rds.Instance(
        "orders",
        {
            ...INSTANCE,
            identifier: "orders",
            engine: "postgres",
            engineVersion: "17",
            instanceClass: "db.t4g.medium",
            username: "orders",
            enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        },
        { dependsOn: logGroups("instance", "orders", ["postgresql", "upgrade"]) },
    );

    const ledger = new aws.rds.Instance(
        "ledger",
        {
            ...INSTANCE,
            identifier: "ledger",
            engine: "sqlserver-se",
            licenseModel: "license-included",
            instanceClass: "db.m6i.large",
            username: "ledger",
            enabledCloudwatchLogsExports: ["agent", "error"],
        },
        { dependsOn: logGroups("instance", "ledger", ["agent", "error"]) },
    );

    // Aurora writes an audit log only if its parameter group says so.
    const audited = new aws.rds.ClusterParameterGroup("audited", {
        family: "aurora-mysql8.0",
        parameters: [
            { name: "server_audit_logging", value: "1" },
            { name: "server_audit_events", value: "CONNECT,QUERY_DCL,QUERY_DDL" },
            { name: "general_log", value: "1" },
            { name: "slow_query_log", value: "1" },
            { name: "log_output", value: "FILE" },
        ],
    });
    const shop = new aws.rds.Cluster(
        "shop",
        {
            clusterIdentifier: "shop",
            engine: "aurora-mysql",
            engineVersion: "8.0",
            dbClusterParameterGroupName: audited.name,
            dbSubnetGroupName: SUBNETS,
            masterUsername: "shop",
            manageMasterUserPassword: true,
            storageEncrypted: true,
            finalSnapshotIdentifier: "shop-final",
            enabledCloudwatchLogsExports: ["audit", "error", "general", "slowquery"],
        },
        { dependsOn: logGroups("cluster", "shop", ["audit", "error", "general", "slowquery"]) },
    );
    new aws.rds.ClusterInstance("shop", {
        clusterIdentifier: shop.id,
        engine: "aurora-mysql",
        instanceClass: "db.r7g.large",
        dbSubnetGroupName: SUBNETS,
    });

    return { orders: orders.endpoint, ledger: ledger.endpoint, shop: shop.endpoint };
};

/** What another stack owns. */
const SUBNETS = "private";

const INSTANCE = {
    allocatedStorage: 100,
    dbSubnetGroupName: SUBNETS,
    manageMasterUserPassword: true,
    skipFinalSnapshot: true,
    storageEncrypted: true,
};

/** The log groups of a database. RDS would create them itself, and those would never expire. */
function logGroups(kind: "instance" | "cluster", identifier: string, logs: string[]): aws.cloudwatch.LogGroup[] {
    return logs.map(
        (log) =>
            new aws.cloudwatch.LogGroup(`${identifier}-${log}`, {
                name: `/aws/rds/${kind}/${identifier}/${log}`,
                retentionInDays: 365,
            }),
    );
}
