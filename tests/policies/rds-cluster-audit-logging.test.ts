import policy from "../../policies/rds-cluster-audit-logging";
import {
    clusterParameterGroup,
    component,
    computed,
    dbCluster,
    from,
    fromRead,
    nativeClusterParameterGroup,
    nativeDbCluster,
    type Options,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

type Properties = Record<string, unknown>;

const EVENTS = "CONNECT,QUERY_DCL,QUERY_DDL";
const parameter = (name: unknown, value: unknown) => ({ name, value, applyMethod: "immediate" });
const LOGGING = parameter("server_audit_logging", "1");
const AUDIT = [LOGGING, parameter("server_audit_events", EVENTS)];
const group = (parameters: unknown = AUDIT, name: unknown = "audited-1234567", options: Options = {}) =>
    clusterParameterGroup("audited", { name, family: "aurora-mysql8.0", parameters }, options);
const cluster = (groupName?: unknown, props: Properties = {}, options: Options = {}) =>
    dbCluster("orders", { engine: "aurora-mysql", dbClusterParameterGroupName: groupName, ...props }, options);
const NAME = from("audited", "audited-1234567");
const nativeGroup = (parameters: unknown, name: unknown = "audited") =>
    nativeClusterParameterGroup("audited", { dbClusterParameterGroupName: name, parameters });
const nativeCluster = (groupName?: unknown) =>
    nativeDbCluster("orders", { engine: "aurora-mysql", dbClusterParameterGroupName: groupName });

const DEFAULT = `DB cluster "orders" uses the default cluster parameter group, with which it writes no audit log.
Declare a cluster parameter group that sets server_audit_logging to 1 and server_audit_events to the events to log, and set dbClusterParameterGroupName to its name.
new aws.rds.ClusterParameterGroup("orders", { family: "aurora-mysql8.0", parameters: [{ name: "server_audit_logging", value: "1" }, { name: "server_audit_events", value: "${EVENTS}" }] })`;
const SETS = `{ name: "server_audit_logging", value: "1" }`;
const SETS_EVENTS = `{ name: "server_audit_events", value: "${EVENTS}" }`;
const KEPT = SETS;
const KEPT_EVENTS = SETS_EVENTS;
const wrong = (what: string, code: readonly string[], whose = 'DB cluster "orders"', so = "it writes") =>
    `Cluster parameter group "audited" of ${whose} ${what}, so ${so} no audit log.
Set server_audit_logging to 1 and server_audit_events to the events to log.${code.length > 0 ? `\nparameters: [${code.join(", ")}]` : ""}`;
const NEITHER = wrong("sets neither server_audit_logging nor server_audit_events", [SETS, SETS_EVENTS]);
const NO_EVENTS = wrong("sets no server_audit_events", [KEPT, SETS_EVENTS]);
const native = (message: string) =>
    message.replace(/parameters: .*/, `parameters: { server_audit_events: "${EVENTS}", server_audit_logging: "1" }`);
const undecided = (why: string) => `DB cluster "orders": ${why}`;
const ELSEWHERE = undecided("its cluster parameter group is not in this stack");
const PARAMETERS = undecided("the parameters of its group are not known yet");

stackTable(policy, [
    // which clusters
    { when: "a cluster with both parameters is fine", given: [group(), cluster(NAME)] },
    { when: "a cluster of Aurora PostgreSQL needs none", given: [cluster(undefined, { engine: "aurora-postgresql" })] },
    { when: "a Multi-AZ DB cluster of MySQL needs none", given: [cluster(undefined, { engine: "mysql" })] },
    { when: "a cluster without an engine is not checked", given: [cluster(undefined, { engine: undefined })] },
    { when: "an engine of a wrong type is none", given: [cluster(undefined, { engine: 5 })] },
    {
        when: "a cluster of Aurora MySQL 1 is checked",
        given: [cluster(undefined, { engine: "aurora" })],
        finds: { orders: DEFAULT },
    },
    ...[
        ["5.6.mysql_aurora.1.22.2", "aurora5.6"],
        ["5.7.mysql_aurora.2.11.2", "aurora-mysql5.7"],
        ["8.0.mysql_aurora.3.08.0", "aurora-mysql8.0"],
        ["8.0", "aurora-mysql8.0"],
        ["10.11.mysql_aurora.4.01.0", "aurora-mysql10.11"],
        ["latest", "aurora-mysql8.0"],
        ["mysql_aurora.5.7", "aurora-mysql8.0"],
        [fromRead("5.7"), "aurora-mysql8.0"],
        [8, "aurora-mysql8.0"],
    ].map(([engineVersion, family]) => ({
        when: `a cluster of version ${typeof engineVersion === "object" ? "unknown" : engineVersion} needs a group of ${family}`,
        given: [cluster(undefined, { engineVersion })],
        finds: { orders: DEFAULT.replace("aurora-mysql8.0", family as string) },
        at: ["first preview", "first preview, provider v6"] as const,
    })),
    {
        when: "the case of the engine does not matter",
        given: [cluster(undefined, { engine: "Aurora-MySQL" })],
        finds: { orders: DEFAULT },
    },
    {
        when: "a cluster of Aurora Serverless v1 is checked",
        given: [cluster(undefined, { engineMode: "serverless" })],
        finds: { orders: DEFAULT },
    },
    {
        when: "a cluster whose engine is not known yet is undecided",
        given: [cluster(undefined, { engine: fromRead("aurora-mysql") })],
        undecided: undecided("its engine is not known yet"),
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a cluster with both parameters is fine, whatever its engine",
        given: [group(), cluster(NAME, { engine: fromRead("aurora-mysql") })],
    },
    {
        when: "a cluster of which nothing is known is undecided",
        given: [{ ...cluster(), hasNoOutputs: true }],
        undecided: undecided("its engine is not known yet"),
    },
    { when: "a cluster that is only read is not checked", given: [{ ...cluster(), isRead: true }], at: ["deployed"] },

    // the default group
    ...[undefined, null, "", "default.aurora-mysql8.0", 5].map((name) => ({
        when: `a cluster whose group is ${JSON.stringify(name)} uses the default one`,
        given: [group(), cluster(name)],
        finds: { orders: DEFAULT },
    })),
    {
        when: "a group that the provider computes is the default one",
        given: [group(), cluster(computed("default.aurora-mysql8.0"))],
        finds: { orders: DEFAULT },
    },
    {
        when: "an aws-native cluster without a group is a finding",
        given: [nativeCluster()],
        finds: { orders: DEFAULT },
    },

    // which group
    { when: "a group is found by its name", given: [group(), cluster("audited-1234567")] },
    {
        when: "a group that is wrong is found by its name",
        given: [group([]), cluster("audited-1234567")],
        finds: { audited: NEITHER },
    },
    { when: "the case of a group's name does not matter", given: [group(AUDIT, "Audited"), cluster("audited")] },
    {
        when: "a group with a generated name is found by what the cluster's property comes from",
        given: [group([LOGGING], computed("audited-2026")), cluster(from("audited", "audited-2026"))],
        finds: { audited: NO_EVENTS },
    },
    {
        when: "a group is found through another cluster",
        given: [
            group(),
            dbCluster("first", { engine: "aurora-mysql", dbClusterParameterGroupName: NAME }),
            cluster(from("first", "audited-1234567")),
        ],
    },
    {
        when: "a group is found inside of a component",
        given: [
            component("my:index:Parameters", "parameters"),
            group([], undefined, { parent: "parameters" }),
            cluster(from("parameters", "audited-1234567")),
        ],
        finds: { audited: NEITHER },
    },
    {
        when: "a group that another program made is undecided",
        given: [group([]), cluster("platform-audited")],
        undecided: ELSEWHERE,
    },
    {
        when: "a group from a resource that is only read is undecided",
        given: [group([]), cluster(fromRead("platform-audited"))],
        undecided: ELSEWHERE,
    },
    {
        when: "a group that is only read is undecided",
        given: [{ ...group([]), isRead: true }, cluster(NAME)],
        undecided: ELSEWHERE,
    },
    {
        when: "a group of that name in another region is not the cluster's",
        given: [group([], "audited", { provider: { region: "us-east-1" } }), cluster("audited")],
        undecided: ELSEWHERE,
    },
    {
        when: "which of two groups it is, is undecided if one is wrong",
        given: [
            group(),
            clusterParameterGroup("plain", { name: "plain-1234567", parameters: [] }),
            cluster(from(["audited", "plain"], "audited-1234567")),
        ],
        undecided: undecided("it is not known yet which cluster parameter group it uses"),
        at: ["first preview", "first preview, provider v6"],
    },
    ...(
        [
            ["aurora-postgresql16", undefined],
            ["mysql8.0", undefined],
            ["aurora-mysql5.7", "8.0.mysql_aurora.3.08.0"],
            ["aurora-mysql8.0", "5.7.mysql_aurora.2.11.2"],
        ] as const
    ).map(([family, engineVersion]) => ({
        when: `a group of ${family} is not that of Aurora MySQL ${engineVersion ?? "of any version"}`,
        given: [
            clusterParameterGroup("audited", {
                name: computed("audited-1234567"),
                family: family === "aurora-mysql8.0" ? "aurora-mysql5.7" : "Aurora-MySQL8.0",
                parameters: [],
            }),
            clusterParameterGroup("plain", { name: computed("plain-1234567"), family, parameters: AUDIT }),
            cluster(from(["audited", "plain"], "audited-1234567"), { engineVersion }),
        ],
        finds: { audited: NEITHER },
    })),
    ...(
        [
            ["aurora-mysql5.7", "aurora-mysql", "of a cluster without a version"],
            ["aurora5.6", "aurora-mysql", "of Aurora MySQL 1"],
            [fromRead("mysql8.0"), "aurora-mysql", "that is not known yet"],
        ] as const
    ).map(([family, engine, what]) => ({
        when: `a group may be the cluster's if its family may be one ${what}`,
        given: [
            group([], computed("audited-1234567")),
            clusterParameterGroup("plain", { name: computed("plain-1234567"), family, parameters: AUDIT }),
            cluster(from(["audited", "plain"], "audited-1234567"), { engine }),
        ],
        undecided: undecided("it is not known yet which cluster parameter group it uses"),
        at: ["first preview", "first preview, provider v6"] as const,
    })),
    {
        when: "of clusters that choose between the same groups, each has that of its version",
        given: [
            group([], computed("audited-1234567")),
            clusterParameterGroup("old", { name: computed("old-1"), family: "aurora-mysql5.7", parameters: AUDIT }),
            cluster(from(["audited", "old"], "audited-1234567"), { engineVersion: "8.0" }),
            dbCluster("returns", {
                engine: "aurora-mysql",
                engineVersion: "5.7",
                dbClusterParameterGroupName: from(["audited", "old"], "old-1"),
            }),
        ],
        finds: { audited: NEITHER },
    },
    {
        when: "the groups of a cluster whose engine is not known yet are of any family",
        given: [
            group(AUDIT, computed("audited-1234567")),
            clusterParameterGroup("plain", { name: computed("plain-1"), family: "mysql8.0", parameters: AUDIT }),
            cluster(from(["audited", "plain"], "audited-1234567"), { engine: fromRead("aurora-mysql") }),
        ],
    },
    {
        when: "which of two groups it is, does not matter if both are right",
        given: [
            group(),
            clusterParameterGroup("other", { name: "other-1234567", parameters: AUDIT }),
            cluster(from(["audited", "other"], "audited-1234567")),
        ],
    },
    {
        when: "clusters with groups that are not known yet each have their own",
        given: [
            group(AUDIT, computed("audited-1234567")),
            cluster(NAME),
            clusterParameterGroup("plain", { name: computed("plain-1234567"), parameters: [] }),
            dbCluster("returns", { ...cluster().props, dbClusterParameterGroupName: from("plain", "plain-1234567") }),
        ],
        finds: {
            plain: NEITHER.replace('group "audited"', 'group "plain"').replace('cluster "orders"', 'cluster "returns"'),
        },
    },
    {
        when: "a group whose name has a default one's inside is not a default one",
        given: [cluster("not-default.aurora-mysql8.0")],
        undecided: ELSEWHERE,
    },
    {
        when: "a group without a name is not that of a cluster",
        given: [group([], undefined), cluster("audited")],
        undecided: ELSEWHERE,
    },
    {
        when: "one group of two clusters is one finding",
        given: [group([LOGGING]), cluster(NAME), dbCluster("returns", { ...cluster(NAME).props })],
        finds: {
            audited: wrong(
                "sets no server_audit_events",
                [KEPT, SETS_EVENTS],
                'DB clusters "orders" and "returns"',
                "they write",
            ),
        },
    },
    { when: "a group that no cluster uses is not checked", given: [group([])] },
    {
        when: "a group of a cluster of another engine is not checked",
        given: [group([]), cluster(NAME, { engine: "aurora-postgresql" })],
    },

    // its parameters
    { when: "no parameters are a finding", given: [group([]), cluster(NAME)], finds: { audited: NEITHER } },
    ...[null, "", "x", { server_audit_logging: "1" }, [5]].map((parameters) => ({
        when: `parameters of ${JSON.stringify(parameters)} are none`,
        given: [group(parameters), cluster(NAME)],
        finds: { audited: NEITHER },
    })),
    ...["0", "ON", "true", "2"].map((value) => ({
        when: `server_audit_logging of ${value} is a finding`,
        given: [group([parameter("server_audit_logging", value), AUDIT[1]]), cluster(NAME)],
        finds: { audited: wrong(`sets server_audit_logging to "${value}" instead of 1`, [KEPT_EVENTS, SETS]) },
    })),
    {
        when: "a number is a value",
        given: [group([parameter("server_audit_logging", 1), AUDIT[1]]), cluster(NAME)],
    },
    {
        when: "a list is not a value",
        given: [group([parameter("server_audit_logging", ["1"]), AUDIT[1]]), cluster(NAME)],
        finds: { audited: wrong("sets no server_audit_logging", [KEPT_EVENTS, SETS]) },
    },
    {
        when: "no events are a finding",
        given: [group([LOGGING, parameter("server_audit_events", "")]), cluster(NAME)],
        finds: { audited: NO_EVENTS },
    },
    {
        when: "the case of a parameter's name does not matter",
        given: [group(AUDIT.map(({ name, value }) => parameter(String(name).toUpperCase(), value))), cluster(NAME)],
    },
    {
        when: "parameters that are not known yet are undecided",
        given: [group(fromRead(AUDIT)), cluster(NAME)],
        undecided: PARAMETERS,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a parameter whose name is not known yet may be the missing one",
        given: [group([LOGGING, parameter(fromRead("server_audit_events"), EVENTS)]), cluster(NAME)],
        undecided: PARAMETERS,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a missing parameter is missing, whatever the value of another one comes from",
        given: [
            clusterParameterGroup("first", { name: "first", parameters: [] }),
            group([parameter("server_audit_logging", from("first", "1"))]),
            cluster(NAME),
        ],
        finds: { audited: NO_EVENTS },
        at: ["deployed"],
    },
    {
        when: "a value that is not known yet is undecided",
        given: [group([LOGGING, parameter("server_audit_events", fromRead(EVENTS))]), cluster(NAME)],
        undecided: PARAMETERS,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a level that is not known yet is undecided",
        given: [group([parameter("server_audit_logging", fromRead("1")), AUDIT[1]]), cluster(NAME)],
        undecided: PARAMETERS,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a value that is not known yet does not hide a wrong one",
        given: [
            group([parameter("server_audit_logging", "0"), parameter("server_audit_events", fromRead(EVENTS))]),
            cluster(NAME),
        ],
        finds: { audited: wrong('sets server_audit_logging to "0" instead of 1', []) },
        at: ["first preview", "first preview, provider v6"],
    },

    {
        when: "other parameters of the group are kept",
        given: [group([parameter("time_zone", "UTC"), LOGGING]), cluster(NAME)],
        finds: {
            audited: wrong("sets no server_audit_events", ['{ name: "time_zone", value: "UTC" }', KEPT, SETS_EVENTS]),
        },
    },
    {
        when: "there is no code if other parameters are not known yet",
        given: [group([parameter("time_zone", fromRead("UTC")), LOGGING]), cluster(NAME)],
        finds: { audited: wrong("sets no server_audit_events", []) },
        at: ["first preview", "first preview, provider v6"],
    },

    // aws-native
    {
        when: "other parameters of an aws-native group are kept",
        given: [nativeGroup({ time_zone: "UTC", server_audit_logging: "1", __defaults: [] }), nativeCluster("audited")],
        finds: {
            audited: native(NO_EVENTS).replace(" }", ', time_zone: "UTC" }'),
        },
    },
    {
        when: "an aws-native group with both parameters is fine",
        given: [
            nativeGroup({ server_audit_logging: "1", server_audit_events: EVENTS }),
            nativeCluster(from("audited", "audited")),
        ],
    },
    {
        when: "an aws-native group with a generated name and a number is fine",
        given: [
            nativeGroup({ server_audit_logging: 1, server_audit_events: EVENTS }, computed("x-1")),
            nativeCluster(from("audited", "x-1")),
        ],
    },
    {
        when: "an aws-native group without events is a finding",
        given: [nativeGroup({ server_audit_logging: "1" }), nativeCluster("AUDITED")],
        finds: { audited: native(NO_EVENTS) },
    },
    ...[null, {}, "x", AUDIT].map((parameters) => ({
        when: `parameters of ${JSON.stringify(parameters)?.slice(0, 9)} of an aws-native group are none`,
        given: [nativeGroup(parameters), nativeCluster("audited")],
        finds: { audited: native(NEITHER) },
    })),
    {
        when: "parameters of an aws-native group that are not known yet are undecided",
        given: [
            nativeGroup(fromRead({ server_audit_logging: "1", server_audit_events: EVENTS })),
            nativeCluster("audited"),
        ],
        undecided: PARAMETERS,
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "what another parameter of an aws-native group comes from does not matter",
        given: [nativeGroup({ server_audit_logging: "1", time_zone: fromRead("UTC") }), nativeCluster("audited")],
        finds: { audited: wrong("sets no server_audit_events", []) },
        at: ["first preview", "first preview, provider v6"],
    },
    {
        when: "a value of an aws-native group that is not known yet is undecided",
        given: [
            nativeGroup({ server_audit_logging: "1", server_audit_events: fromRead(EVENTS) }),
            nativeCluster("audited"),
        ],
        undecided: PARAMETERS,
        at: ["first preview"],
    },
    {
        when: "a cluster of @pulumi/aws may have a group of aws-native",
        given: [
            nativeGroup({ server_audit_logging: "0", server_audit_events: EVENTS }),
            cluster(from("audited", "audited")),
        ],
        finds: { audited: native(wrong('sets server_audit_logging to "0" instead of 1', [SETS])) },
    },
    {
        when: "a secret that policy analyze could not decrypt is undecided",
        given: [group([LOGGING, parameter("server_audit_events", "[secret]")]), cluster(NAME)],
        undecided: PARAMETERS,
    },
]);
