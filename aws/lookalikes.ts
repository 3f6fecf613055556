/** Resources of the services that policies are about, but of types that no policy reads. */

import type { Readable } from "../stack/values";
import { isKnown, json } from "../stack/values";
import { ACCOUNT, DOMAIN_NAME, METHOD_SETTINGS, STAGE, V2_INTEGRATION, V2_ROUTE, V2_STAGE } from "./apigateway/types";
import { LOG_GROUP } from "./logs/types";
import { CLUSTER_PARAMETER_GROUP, DB_CLUSTER, DB_INSTANCE } from "./rds/types";

/** What a resource looks like, or what a template may create. */
export interface Lookalike {
    /** `an API Gateway stage` */
    readonly one: string;
    /** `API Gateway stages` */
    readonly many: string;
    /** The type of the resource in @pulumi/aws; of what a template may have, not known. */
    readonly type: string | undefined;
}

interface Kind extends Lookalike {
    readonly type: string;
    readonly terraform: string;
    readonly cloudFormation: readonly string[];
}

const kind = (
    type: string,
    noun: readonly [one: string, many: string],
    terraform: string,
    ...cloudFormation: readonly string[]
): Kind => ({ one: noun[0], many: noun[1], type, terraform, cloudFormation });

const STAGES = ["an API Gateway stage", "API Gateway stages"] as const;

/** With the names of Terraform's resources, and of CloudFormation's, SAM's included. */
const KINDS: readonly Kind[] = [
    kind(STAGE, STAGES, "aws_api_gateway_stage", "AWS::ApiGateway::Stage", "AWS::Serverless::Api"),
    kind(
        METHOD_SETTINGS,
        ["API Gateway method settings", "API Gateway method settings"],
        "aws_api_gateway_method_settings",
    ),
    kind(
        ACCOUNT,
        ["an API Gateway account", "API Gateway accounts"],
        "aws_api_gateway_account",
        "AWS::ApiGateway::Account",
    ),
    kind(
        DOMAIN_NAME,
        ["an API Gateway domain name", "API Gateway domain names"],
        "aws_api_gateway_domain_name",
        "AWS::ApiGateway::DomainName",
    ),
    kind(V2_STAGE, STAGES, "aws_apigatewayv2_stage", "AWS::ApiGatewayV2::Stage", "AWS::Serverless::HttpApi"),
    kind(
        V2_ROUTE,
        ["an API Gateway route", "API Gateway routes"],
        "aws_apigatewayv2_route",
        "AWS::ApiGatewayV2::Route",
    ),
    kind(
        V2_INTEGRATION,
        ["an API Gateway integration", "API Gateway integrations"],
        "aws_apigatewayv2_integration",
        "AWS::ApiGatewayV2::Integration",
    ),
    kind(LOG_GROUP, ["a log group", "log groups"], "aws_cloudwatch_log_group", "AWS::Logs::LogGroup"),
    kind(DB_INSTANCE, ["a DB instance", "DB instances"], "aws_db_instance", "AWS::RDS::DBInstance"),
    kind(DB_CLUSTER, ["a DB cluster", "DB clusters"], "aws_rds_cluster", "AWS::RDS::DBCluster"),
    kind(
        CLUSTER_PARAMETER_GROUP,
        ["a DB cluster parameter group", "DB cluster parameter groups"],
        "aws_rds_cluster_parameter_group",
        "AWS::RDS::DBClusterParameterGroup",
    ),
];

/** `aws_api_gateway_stage` by its own name, as views of Terraform modules have it; `ApiGatewayStage`, as bridged providers do. */
const BY_TERRAFORM: ReadonlyMap<string, Kind> = new Map(
    KINDS.flatMap((one): [string, Kind][] => [
        [one.terraform, one],
        [bridged(one.terraform), one],
    ]),
);

function bridged(terraform: string): string {
    const [, ...words] = terraform.split("_");
    return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
}

const TEMPLATE_TYPES: readonly string[] = ["aws:cloudformation/stack:Stack", "aws-native:cloudformation:Stack"];
const FROM_ELSEWHERE: Lookalike = { one: "a template", many: "templates", type: undefined };

/** A type of `pulumi package add terraform-module`, or of a provider that Pulumi bridges when it is added. */
const FOREIGN = /^[^:]+:(?:tf:(aws_\w+)|index\/\w+:(\w+))$/;

/** Whether a type may be one of those that `lookalikesOf` answers for, so that properties of others need not be read. */
export function mayLookAlike(type: string): boolean {
    return TEMPLATE_TYPES.includes(type) || kindOfType(type) !== undefined;
}

/** What a resource looks like; of a template, all that it creates, or that it cannot be read. */
export function lookalikesOf(resource: Readable & { readonly type: string }): readonly Lookalike[] {
    if (!TEMPLATE_TYPES.includes(resource.type)) {
        const found = kindOfType(resource.type);
        return found === undefined ? [] : [found];
    }
    const body = json(resource, "templateBody");
    if (!isKnown(body)) {
        return [FROM_ELSEWHERE];
    }
    return KINDS.filter(({ cloudFormation }) => cloudFormation.some((name) => hasWord(body, name)));
}

function kindOfType(type: string): Kind | undefined {
    const [, view, member] = FOREIGN.exec(type) ?? [];
    return BY_TERRAFORM.get(view ?? member ?? "");
}

/** `AWS::RDS::DBCluster` is not in `AWS::RDS::DBClusterParameterGroup`. */
function hasWord(text: string, word: string): boolean {
    return text
        .split(word)
        .slice(1)
        .some((after) => !/^\w/.test(after));
}
