import policy from "../../policies/rds-log-export-log-group";
import {
    component,
    computed,
    dbCluster,
    dbInstance,
    declare,
    from,
    fromRead,
    interpolate,
    logGroup,
    nativeDbCluster,
    nativeDbInstance,
    nativeLogGroup,
    type Options,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

type Properties = Record<string, unknown>;

const EXPORTS = ["postgresql"];
const BOTH = ["postgresql", "upgrade"];
const orders = (props: Properties = {}, options: Options = {}) =>
    dbInstance(
        "orders",
        { identifier: "orders", engine: "postgres", enabledCloudwatchLogsExports: EXPORTS, ...props },
        options,
    );
const cluster = (props: Properties = {}, options: Options = {}) =>
    dbCluster(
        "orders",
        {
            clusterIdentifier: "orders",
            engine: "aurora-postgresql",
            engineMode: "provisioned",
            enabledCloudwatchLogsExports: EXPORTS,
            ...props,
        },
        options,
    );
const logs = (name: unknown = "/aws/rds/instance/orders/postgresql", resource = "logs", options: Options = {}) =>
    logGroup(resource, { name, retentionInDays: 90 }, options);
const after = (...dependsOn: string[]): Options => ({ dependsOn });
const random = (name = "suffix") => declare("random:index/randomId:RandomId", name, { hex: computed("0a1b") });
const platform = declare("pulumi:pulumi:StackReference", "platform", { outputs: computed({}) });
const SUFFIXED = interpolate`orders-${from("suffix", "0a1b")}`;
const suffixedLogs = (type = "postgresql", resource = "logs") =>
    logs(interpolate`/aws/rds/instance/orders-${from("suffix", "0a1b")}/${from([], type)}`, resource);

const group = (type: string, name: string) =>
    `new aws.cloudwatch.LogGroup("orders-${type}-log", { name: ${name}, retentionInDays: 90 })`;
const DECLARE = "Declare the log group by its exact name with a retention, and make the instance depend on it.";
const UNNAMED = `DB instance "orders" exports its postgresql log to a log group that this stack does not declare, so its events never expire.
${DECLARE}`;
const importable = (
    name: string,
) => `${UNNAMED} If CloudWatch has the group already, import it with { import: "${name}" }.
${group("postgresql", `"${name}"`)}`;
const UNDECLARED = importable("/aws/rds/instance/orders/postgresql");
const ofCluster = (message: string) =>
    message
        .replace("DB instance", "DB cluster")
        .replaceAll("the instance", "the cluster")
        .replaceAll("/rds/instance/", "/rds/cluster/");
const TWO = `DB instance "orders" exports its postgresql and upgrade logs to log groups that this stack does not declare, so their events never expire.
Declare the log groups by their exact names with a retention, and make the instance depend on them. If CloudWatch has them already, import them with { import: "/aws/rds/instance/orders/postgresql" } and { import: "/aws/rds/instance/orders/upgrade" }.
${group("postgresql", '"/aws/rds/instance/orders/postgresql"')}; ${group("upgrade", '"/aws/rds/instance/orders/upgrade"')}`;
const NO_UPGRADE = UNDECLARED.replaceAll("postgresql", "upgrade");
const FROM_ELSEWHERE = `${UNNAMED}
${group("postgresql", "pulumi.interpolate`/aws/rds/instance/${identifier}/postgresql`")}`;
const generated = (property: string, kind = "instance") =>
    `DB ${kind} "orders" exports its postgresql log to a log group that this stack does not declare, so its events never expire.
Set ${property}, for an existing ${kind} to its present value, because a generated one is not known in advance. ${DECLARE.replace("instance", kind)}
${group("postgresql", `"/aws/rds/${kind}/<identifier>/postgresql"`)}`;
const NOT_ALL = `DB instance "orders" exports its postgresql and upgrade logs to log groups of which this stack does not declare all, so their events never expire.
Declare the log groups by their exact names with a retention, and make the instance depend on them.
${BOTH.map((type) => group(type, `pulumi.interpolate\`/aws/rds/instance/\${identifier}/${type}\``)).join("; ")}`;
const LATE = `DB instance "orders" does not depend on its log group "logs", so RDS may create the group first, and that group never expires.
Make the instance depend on the log group.
{ dependsOn: [logGroup] }`;
const TWO_LATE = `DB instance "orders" does not depend on its log groups "logs" and "upgrades", so RDS may create them first, and such groups never expire.
Make the instance depend on the log groups.
{ dependsOn: [...logGroups] }`;
const NAMED_AFTER_OUTPUT = LATE.replace(
    "Make the instance depend on the log group.",
    "Set identifier in the program, and use that string in the names of the log groups instead of the instance's output; then make the instance depend on them.",
);
const NAME = 'DB instance "orders": the name of its log group is not known yet';
const TYPES = 'DB instance "orders": the logs that it exports are not known yet';
const PREVIEWS = ["first preview", "first preview, provider v6"] as const;

stackTable(policy, [
    // names that are known
    { when: "an instance that depends on its log group is fine", given: [logs(), orders({}, after("logs"))] },
    { when: "an instance that exports nothing needs none", given: [orders({ enabledCloudwatchLogsExports: [] })] },
    ...[undefined, null, "", "postgresql", [5, null]].map((enabledCloudwatchLogsExports) => ({
        when: `exports of ${JSON.stringify(enabledCloudwatchLogsExports)} are none`,
        given: [orders({ enabledCloudwatchLogsExports })],
    })),
    { when: "an instance without its log group is a finding", given: [orders()], finds: { orders: UNDECLARED } },
    {
        when: "an instance that depends on its log group transitively is fine",
        given: [
            logs(),
            declare("aws:rds/subnetGroup:SubnetGroup", "subnets", { name: "subnets" }, after("logs")),
            orders({ dbSubnetGroupName: from("subnets", "subnets") }),
        ],
    },
    {
        when: "an instance that depends on the component of its log group is fine",
        given: [
            component("my:index:Logs", "component"),
            logs(undefined, "logs", { parent: "component" }),
            orders({}, after("component")),
        ],
    },
    {
        when: "an instance that does not depend on its log group is a finding",
        given: [logs(), orders()],
        finds: { orders: LATE },
    },
    {
        when: "each exported log has its log group",
        given: [
            logs(),
            logs("/aws/rds/instance/orders/upgrade", "upgrades"),
            orders({ enabledCloudwatchLogsExports: BOTH }, after("logs", "upgrades")),
        ],
    },
    {
        when: "two missing log groups are one finding",
        given: [orders({ enabledCloudwatchLogsExports: BOTH })],
        finds: { orders: TWO },
    },
    {
        when: "a log type that is there twice has one log group",
        given: [orders({ enabledCloudwatchLogsExports: ["postgresql", "postgresql"] })],
        finds: { orders: UNDECLARED },
    },
    {
        when: "only the log group that is missing is named",
        given: [logs(), orders({ enabledCloudwatchLogsExports: BOTH }, after("logs"))],
        finds: { orders: NO_UPGRADE },
    },
    {
        when: "two log groups that may be late are one finding",
        given: [
            logs(),
            logs("/aws/rds/instance/orders/upgrade", "upgrades"),
            orders({ enabledCloudwatchLogsExports: BOTH }),
        ],
        finds: { orders: TWO_LATE },
    },
    {
        when: "a log type of any kind has its log group",
        given: [orders({ enabledCloudwatchLogsExports: ["iam-db-auth-error"] })],
        finds: { orders: UNDECLARED.replaceAll("postgresql", "iam-db-auth-error") },
    },
    {
        when: "the log group of a cluster is not that of an instance",
        given: [logs("/aws/rds/cluster/orders/postgresql"), orders({}, after("logs"))],
        finds: { orders: UNDECLARED },
    },
    {
        when: "the log group of another instance is not the instance's own",
        given: [logs("/aws/rds/instance/returns/postgresql"), orders({}, after("logs"))],
        finds: { orders: UNDECLARED },
    },
    {
        when: "a log group in another region is not the instance's own",
        given: [logs(undefined, "logs", { provider: { region: "us-east-1" } }), orders({}, after("logs"))],
        finds: { orders: UNDECLARED },
    },
    {
        when: "the log group of an identifier is named in lower case",
        given: [
            nativeLogGroup("logs", { logGroupName: "/aws/rds/instance/orders/postgresql" }),
            nativeDbInstance(
                "orders",
                { dbInstanceIdentifier: "Orders", engine: "postgres", enableCloudwatchLogsExports: EXPORTS },
                after("logs"),
            ),
        ],
    },
    {
        when: "a log group that is only read exists already",
        given: [{ ...logs(), isRead: true }, orders()],
        at: ["deployed"],
    },
    {
        when: "nothing has to depend on a log group that is imported, as files show",
        given: [{ ...logs(), isImported: true }, orders()],
        finds: { orders: LATE },
        findsInFiles: {},
    },
    { when: "an instance that is only read is not checked", given: [{ ...orders(), isRead: true }], at: ["deployed"] },

    // clusters and aws-native
    {
        when: "a cluster that depends on its log group is fine",
        given: [logs("/aws/rds/cluster/orders/postgresql"), cluster({}, after("logs"))],
    },
    {
        when: "a cluster without its log group is a finding, and its instances are not",
        given: [
            cluster(),
            declare("aws:rds/clusterInstance:ClusterInstance", "first", {
                clusterIdentifier: from("orders", "orders"),
            }),
        ],
        finds: { orders: ofCluster(UNDECLARED) },
    },
    {
        when: "an aws-native cluster without its log group is a finding",
        given: [
            nativeDbCluster("orders", {
                dbClusterIdentifier: "orders",
                engine: "aurora-postgresql",
                enableCloudwatchLogsExports: EXPORTS,
            }),
        ],
        finds: { orders: ofCluster(UNDECLARED) },
    },
    {
        when: "an aws-native instance without its log group is a finding",
        given: [nativeDbInstance("orders", { dbInstanceIdentifier: "orders", enableCloudwatchLogsExports: EXPORTS })],
        finds: { orders: UNDECLARED },
    },
    {
        when: "an aws-native instance in a cluster exports what its cluster does",
        given: [
            nativeDbInstance("orders", {
                dbInstanceIdentifier: "orders",
                dbClusterIdentifier: fromRead("shop"),
                enableCloudwatchLogsExports: EXPORTS,
            }),
        ],
    },

    // generated identifiers
    ...["orders0a1b2c3", "orders-0a1b2c3", "orders2026112423595901230000000a"].map((identifier) => ({
        when: `an identifier like ${identifier} is generated`,
        given: [orders({ identifier })],
        finds: { orders: generated("identifier") },
    })),
    ...[
        ...["orders-prod", "shop-0a1b2c3", "returns0a1b2c3", "orders-0a1b2c3-prod", "orders-prod-0a1b2c3"],
        ...["db-30000000a", "db-20261124235959012300000001-prod", "db-202611242359590123a"],
    ].map((identifier) => ({
        when: `an identifier like ${identifier} is not generated`,
        given: [orders({ identifier })],
        finds: { orders: importable(`/aws/rds/instance/${identifier}/postgresql`) },
    })),
    {
        when: "a log group that is named elsewhere is not that of a generated identifier",
        given: [
            platform,
            logs(from("platform", "/aws/rds/instance/orders/postgresql")),
            orders({ identifier: undefined }, after("logs")),
        ],
        finds: { orders: generated("identifier") },
    },
    {
        when: "an identifier is generated from the name of the resource in lower case",
        given: [dbInstance("Orders", { ...orders().props, identifier: "orders-0a1b2c3" })],
        finds: { Orders: generated("identifier").replaceAll('"orders', '"Orders') },
    },
    {
        when: "an identifier that the provider generates is not known before the database exists",
        given: [cluster({ clusterIdentifier: computed("tf-20261124235959012300000001") })],
        finds: { orders: generated("clusterIdentifier", "cluster") },
    },
    {
        when: "a log group for no identifier is not that of a generated one",
        given: [logs("/aws/rds/cluster/orders/postgresql"), cluster({ clusterIdentifier: undefined }, after("logs"))],
        finds: { orders: generated("clusterIdentifier", "cluster") },
    },
    {
        when: "a log group that is named after a generated identifier is late",
        given: [
            cluster({ clusterIdentifier: computed("tf-20261124235959012300000001") }),
            logs(interpolate`/aws/rds/cluster/${from("orders", "tf-20261124235959012300000001")}/postgresql`),
        ],
        finds: { orders: ofCluster(NAMED_AFTER_OUTPUT).replace("identifier", "clusterIdentifier") },
    },
    {
        when: "a log group that is named after the output of an instance is late",
        given: [orders(), logs(from("orders", "/aws/rds/instance/orders/postgresql"))],
        finds: { orders: NAMED_AFTER_OUTPUT },
    },
    {
        when: "a log group that is named after an output is late, together with one that is not",
        given: [
            orders({ enabledCloudwatchLogsExports: BOTH }),
            logs(from("orders", "/aws/rds/instance/orders/postgresql")),
            logs("/aws/rds/instance/orders/upgrade", "upgrades"),
        ],
        finds: {
            orders: TWO_LATE.replace(/Make .*/, NAMED_AFTER_OUTPUT.split("\n")[1] ?? ""),
        },
        at: ["deployed"],
    },
    {
        when: "a log group that may be that of either log is named once",
        given: [
            orders({ enabledCloudwatchLogsExports: BOTH }),
            logs(from("orders", "/aws/rds/instance/orders/postgresql")),
            logs(from("orders", "/aws/rds/instance/orders/upgrade"), "upgrades"),
        ],
        finds: { orders: NAMED_AFTER_OUTPUT },
        at: PREVIEWS,
    },
    {
        when: "a log group that is named after an output of another instance is not the instance's own",
        given: [
            orders({ identifier: computed("orders2026112423595901230000000a") }),
            dbInstance("returns", { identifier: computed("returns2026112423595901230000000b") }),
            logs(interpolate`/aws/rds/instance/${from("returns", "returns2026112423595901230000000b")}/postgresql`),
        ],
        finds: { orders: generated("identifier") },
    },

    // identifiers that come from another resource
    {
        when: "a log group that is named after what the identifier comes from is the instance's own",
        given: [random(), suffixedLogs(), orders({ identifier: SUFFIXED }, after("logs"))],
    },
    {
        when: "a log group that is named after what the identifier comes from may be late, or another's",
        given: [random(), suffixedLogs(), orders({ identifier: SUFFIXED })],
        finds: { orders: FROM_ELSEWHERE.replace("this stack does not declare", "it does not depend on") },
        at: PREVIEWS,
    },
    {
        when: "a log group that was named after what the identifier came from may be late",
        given: [random(), suffixedLogs(), orders({ identifier: SUFFIXED })],
        finds: { orders: LATE },
        at: ["deployed"],
    },
    {
        when: "an instance whose identifier comes from another resource needs a log group",
        given: [random(), orders({ identifier: SUFFIXED })],
        finds: { orders: FROM_ELSEWHERE },
        at: PREVIEWS,
    },
    {
        when: "an instance whose identifier came from another resource needs a log group",
        given: [random(), orders({ identifier: SUFFIXED })],
        finds: { orders: importable("/aws/rds/instance/orders-0a1b/postgresql") },
        at: ["deployed"],
    },
    {
        when: "each log needs a log group of its own, also while names are not known",
        given: [
            random(),
            suffixedLogs(),
            suffixedLogs("upgrade", "upgrades"),
            orders({ identifier: SUFFIXED, enabledCloudwatchLogsExports: BOTH }, after("logs", "upgrades")),
        ],
    },
    {
        when: "which of two log groups is missing is not known before names are",
        given: [
            random(),
            suffixedLogs(),
            orders({ identifier: SUFFIXED, enabledCloudwatchLogsExports: BOTH }, after("logs")),
        ],
        finds: { orders: NOT_ALL },
        at: PREVIEWS,
    },
    {
        when: "which of two log groups is missing is known once names are",
        given: [
            random(),
            suffixedLogs(),
            orders({ identifier: SUFFIXED, enabledCloudwatchLogsExports: BOTH }, after("logs")),
        ],
        finds: { orders: NO_UPGRADE.replaceAll("instance/orders", "instance/orders-0a1b") },
        at: ["deployed"],
    },
    {
        when: "a log group that two instances may have goes to the one that may have no other",
        given: [
            random(),
            suffixedLogs(),
            suffixedLogs("postgresql", "more"),
            dbInstance(
                "archive",
                { identifier: SUFFIXED, enabledCloudwatchLogsExports: EXPORTS },
                after("logs", "more"),
            ),
            orders({ identifier: SUFFIXED }, after("logs")),
            dbInstance("returns", { identifier: SUFFIXED, enabledCloudwatchLogsExports: EXPORTS }, after("logs")),
        ],
        undecided: NAME.replace("orders", "returns"),
        at: PREVIEWS,
    },
    {
        when: "of fewer log groups than an instance has logs, one is missing, whatever other instances need",
        given: [
            random(),
            suffixedLogs(),
            dbInstance("archive", { identifier: SUFFIXED, enabledCloudwatchLogsExports: EXPORTS }, after("logs")),
            orders({ identifier: SUFFIXED, enabledCloudwatchLogsExports: BOTH }, after("logs")),
        ],
        finds: { orders: NOT_ALL },
        undecided: NAME.replace("orders", "archive"),
        at: PREVIEWS,
    },
    {
        when: "a log group that is named after another new resource is not the instance's own",
        given: [
            random(),
            random("other"),
            logs(interpolate`/app/${from("other", "2c3d")}`),
            orders({ identifier: SUFFIXED }, after("logs")),
        ],
        finds: { orders: FROM_ELSEWHERE },
        at: PREVIEWS,
    },
    {
        when: "a log group that is named after a new resource is not that of a known identifier",
        given: [random(), logs(interpolate`/app/${from("suffix", "0a1b")}`), orders({}, after("logs"))],
        finds: { orders: UNDECLARED },
    },
    {
        when: "a log group and an identifier that come from another stack may belong together",
        given: [
            platform,
            logs(from("platform", "/aws/rds/instance/shop/postgresql")),
            orders({ identifier: from("platform", "shop") }, after("logs")),
        ],
    },
    {
        when: "a log group that comes from another stack may be that of a known identifier",
        given: [platform, logs(from("platform", "/aws/rds/instance/orders/postgresql")), orders()],
        undecided: NAME,
        at: PREVIEWS,
    },
    {
        when: "a log group that comes from a parameter may be that of an identifier that comes from another stack",
        given: [
            platform,
            declare("aws:ssm/parameter:Parameter", "parameter", { value: computed("x") }),
            logs(from("parameter", "/aws/rds/instance/shop/postgresql")),
            orders({ identifier: from("platform", "shop") }, after("logs")),
        ],
    },
    {
        when: "a log group that is named after another AWS resource is not the instance's own",
        given: [
            random(),
            declare("aws:lambda/function:Function", "fn", {}),
            logs(from("fn", "/aws/lambda/fn")),
            orders({ identifier: SUFFIXED }, after("logs")),
        ],
        finds: { orders: FROM_ELSEWHERE },
        at: PREVIEWS,
    },
    {
        when: "a log group is found through a resource that passes the identifier on",
        given: [
            random(),
            orders({ identifier: SUFFIXED }),
            dbInstance("replica", { identifier: from("orders", "orders-0a1b") }),
            logs(interpolate`/aws/rds/instance/${from("replica", "orders-0a1b")}/postgresql`),
        ],
        finds: { orders: NAMED_AFTER_OUTPUT },
    },
    {
        when: "an identifier that is only read may be that of a log group with a known name",
        given: [logs(), orders({ identifier: fromRead("orders") }, after("logs"))],
        undecided: NAME,
        at: PREVIEWS,
    },
    {
        when: "an identifier that is only read may not be that of another instance's log group",
        given: [
            logs("/aws/rds/instance/returns/postgresql"),
            dbInstance("returns", { identifier: "returns", enabledCloudwatchLogsExports: EXPORTS }, after("logs")),
            orders({ identifier: fromRead("orders") }),
        ],
        finds: { orders: FROM_ELSEWHERE },
        at: PREVIEWS,
    },
    {
        when: "an identifier and a log group's name that are only read may belong together",
        given: [logs(fromRead("/aws/rds/instance/orders/postgresql")), orders({}, after("logs"))],
    },
    {
        when: "one log group for two instances is undecided until its name is known",
        given: [
            random(),
            suffixedLogs(),
            orders({ identifier: SUFFIXED }, after("logs")),
            dbInstance(
                "returns",
                { identifier: interpolate`returns-${from("suffix", "0a1b")}`, enabledCloudwatchLogsExports: EXPORTS },
                after("logs"),
            ),
        ],
        undecided: NAME.replace("orders", "returns"),
        at: PREVIEWS,
    },

    // log types that are not known yet
    {
        when: "exports that are not known yet are undecided",
        given: [orders({ enabledCloudwatchLogsExports: fromRead(EXPORTS) })],
        undecided: TYPES,
        at: PREVIEWS,
    },
    {
        when: "an entry that is not known yet is undecided",
        given: [logs(), orders({ enabledCloudwatchLogsExports: ["postgresql", fromRead("upgrade")] }, after("logs"))],
        undecided: TYPES,
        at: PREVIEWS,
    },
    {
        when: "an entry that is not known yet does not hide that another one has no log group",
        given: [orders({ enabledCloudwatchLogsExports: ["postgresql", fromRead("upgrade")] })],
        finds: { orders: UNDECLARED },
        at: PREVIEWS,
    },
    {
        when: "an instance of which nothing is known is undecided",
        given: [{ ...orders(), hasNoOutputs: true }],
        undecided: TYPES,
    },
    {
        when: "an identifier of a wrong type is none",
        given: [orders({ identifier: ["orders"] })],
        finds: { orders: generated("identifier") },
    },
]);
