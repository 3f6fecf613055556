"""The example rest-api in Python."""

import json

import pulumi
import pulumi_aws as aws

MAY_BE_ASSUMED = {
    "Effect": "Allow",
    "Principal": {"Service": "apigateway.amazonaws.com"},
    "Action": "sts:AssumeRole",
}


def program() -> None:
    role = aws.iam.Role(
        "api-gateway-logs",
        assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": [MAY_BE_ASSUMED]}),
    )
    may_write = aws.iam.RolePolicyAttachment(
        "api-gateway-logs",
        role=role.name,
        policy_arn="arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    )
    account = aws.apigateway.Account(
        "account",
        cloudwatch_role_arn=role.arn,
        opts=pulumi.ResourceOptions(depends_on=[may_write], retain_on_delete=True),
    )

    api = aws.apigateway.RestApi("orders")
    method = aws.apigateway.Method(
        "list-orders", rest_api=api.id, resource_id=api.root_resource_id, http_method="GET", authorization="NONE"
    )
    integration = aws.apigateway.Integration(
        "list-orders",
        rest_api=api.id,
        resource_id=api.root_resource_id,
        http_method=method.http_method,
        type="MOCK",
        request_templates={"application/json": '{"statusCode": 200}'},
    )
    deployment = aws.apigateway.Deployment(
        "orders",
        rest_api=api.id,
        triggers={"version": "1"},
        opts=pulumi.ResourceOptions(depends_on=[integration]),
    )

    log = aws.cloudwatch.LogGroup(
        "orders-prod",
        name=pulumi.Output.concat("API-Gateway-Execution-Logs_", api.id, "/prod"),
        retention_in_days=90,
    )
    stage = aws.apigateway.Stage(
        "prod",
        rest_api=api.id,
        deployment=deployment.id,
        stage_name="prod",
        opts=pulumi.ResourceOptions(depends_on=[log]),
    )
    aws.apigateway.MethodSettings(
        "prod",
        rest_api=api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={"logging_level": "INFO", "metrics_enabled": True},
        opts=pulumi.ResourceOptions(depends_on=[account]),
    )
