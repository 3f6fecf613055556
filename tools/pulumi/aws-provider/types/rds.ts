import { type Props, text } from "../values";
import { nameOr, prefixOf } from "./names";
import type { Types } from "./type";

/** AWS's choice for a database whose version is not stated; the default parameter groups have the name of the family. */
const FAMILIES: { [engine: string]: string } = {
    "aurora-mysql": "aurora-mysql8.0",
    "aurora-postgresql": "aurora-postgresql17",
};

function familyOf({ engine }: Props): string {
    return FAMILIES[text(engine).toLowerCase()] ?? "other1.0";
}

// The log types that can be exported (internal/service/rds/consts.go of terraform-provider-aws).
const CLUSTER_LOGS = "audit error general iam-db-auth-error instance postgresql slowquery upgrade".split(" ");
const INSTANCE_LOGS = [
    ..."agent alert audit diag.log error general iam-db-auth-error listener notify.log".split(" "),
    ..."oemagent postgresql slowquery trace upgrade".split(" "),
];

// internal/service/rds/ of terraform-provider-aws; AWS's answers as in the tests beside it.
export const rds: Types = {
    "aws:rds/instance:Instance": {
        required: ["instanceClass"],
        // Pulumi's choice (provider/resources.go of pulumi-aws): no hyphen.
        autoName: "identifier",
        autoNameSeparator: "",
        defaults: { skipFinalSnapshot: false },
        oneOf: { "enabledCloudwatchLogsExports.[]": INSTANCE_LOGS },
        replaces: ["dbName", "engine", "kmsKeyId", "snapshotIdentifier", "storageEncrypted", "username"],
        taggable: true,
        // Since v6 the id is the resource id, not the identifier.
        id: "db-{RANDOM:26}",
        computed: (props) => ({
            arn: "arn:aws:rds:{region}:{account}:db:{identifier}",
            endpoint: "{identifier}.0123456789ab.{region}.rds.amazonaws.com",
            // Of a replica or a restored snapshot it is its source's, which is not known here.
            engine: "postgres",
            identifier: nameOr("identifier")(props),
            identifierPrefix: prefixOf(props, "identifier"),
        }),
        unset: { enabledCloudwatchLogsExports: null },
    },

    "aws:rds/cluster:Cluster": {
        required: ["engine"],
        // Pulumi leaves the identifier to Terraform, which makes one of "tf-" (pulumi-aws#1301): a preview cannot know it.
        defaults: { engineMode: "provisioned", skipFinalSnapshot: false },
        oneOf: {
            "enabledCloudwatchLogsExports.[]": CLUSTER_LOGS,
            engineMode: ["global", "multimaster", "parallelquery", "provisioned", "serverless", ""],
        },
        replaces: ["clusterIdentifier", "clusterIdentifierPrefix", "engine", "engineMode", "storageEncrypted"],
        taggable: true,
        id: nameOr("clusterIdentifier", "tf-"),
        computed: (props) => ({
            arn: "arn:aws:rds:{region}:{account}:cluster:{id}",
            clusterIdentifier: "{id}",
            clusterIdentifierPrefix: prefixOf(props, "clusterIdentifier", "tf-"),
            dbClusterParameterGroupName: `default.${familyOf(props)}`,
            endpoint: "{id}.cluster-0123456789ab.{region}.rds.amazonaws.com",
        }),
        unset: { enabledCloudwatchLogsExports: null },
    },

    "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
        required: ["family"],
        autoName: "name",
        // Pulumi's, not Terraform's (provider/resources.go of pulumi-aws). The Node SDK sends it itself.
        defaults: { description: "Managed by Pulumi" },
        blocks: { parameters: { defaults: { applyMethod: "immediate" }, key: "name" } },
        replaces: ["description", "family", "name", "namePrefix"],
        taggable: true,
        id: nameOr("name"),
        computed: { arn: "arn:aws:rds:{region}:{account}:cluster-pg:{id}", name: "{id}" },
        unset: { parameters: [] },
    },
};
