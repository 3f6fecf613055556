import * as aws from "@pulumi/aws";

/** Databases with the usual mistakes; with config/security-hub.json the policy pack reports each, on the resource to change. */
export = () => {
    // Mistake: the log of upgrades stays in the database.
    const orders = new aws.rds.Instance(
        "orders",
        {
            ...INSTANCE,
            identifier: "orders",
            engine: "postgres",
            engineVersion: "17",
            instanceClass: "db.t4g.medium",
            username: "orders",
            enabledCloudwatchLogsExports: ["postgresql"],
        },
        { dependsOn: logGroups("instance", "orders", ["postgresql"]) },
    );

    // Mistake: no log groups. RDS creates them, and they never expire.
    const ledger = new aws.rds.Instance("ledger", {
        ...INSTANCE,
        identifier: "ledger",
        engine: "sqlserver-se",
        licenseModel: "license-included",
        instanceClass: "db.m6i.large",
        username: "ledger",
        enabledCloudwatchLogsExports: ["agent", "error"],
    });

    // Mistake: the audit log is sent to CloudWatch, but nothing turns it on.
    const unaudited = new aws.rds.ClusterParameterGroup("shop", {
        family: "aurora-mysql8.0",
        parameters: [
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
            dbClusterParameterGroupName: unaudited.name,
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

/** The log groups of a database, with a retention. */
function logGroups(kind: "instance" | "cluster", identifier: string, logs: string[]): aws.cloudwatch.LogGroup[] {
    return logs.map(
        (log) =>
            new aws.cloudwatch.LogGroup(`${identifier}-${log}`, {
                name: `/aws/rds/${kind}/${identifier}/${log}`,
                retentionInDays: 365,
            }),
    );
}
