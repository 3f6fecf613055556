/** The type tokens of RDS resources in @pulumi/aws and, as NATIVE_*, in @pulumi/aws-native. */

export const DB_INSTANCE = "aws:rds/instance:Instance";
export const DB_CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const NATIVE_DB_INSTANCE = "aws-native:rds:DbInstance";
export const NATIVE_DB_CLUSTER = "aws-native:rds:DbCluster";
export const NATIVE_CLUSTER_PARAMETER_GROUP = "aws-native:rds:DbClusterParameterGroup";
