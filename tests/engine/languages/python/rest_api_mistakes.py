"""The example rest-api-mistakes in Python."""

import pulumi
import pulumi_aws as aws


def program() -> None:
    aws.apigateway.Account("account", opts=pulumi.ResourceOptions(retain_on_delete=True))

    api = aws.apigateway.RestApi("orders")
    orders = aws.apigateway.Resource("orders", rest_api=api.id, parent_id=api.root_resource_id, path_part="orders")
    method = aws.apigateway.Method(
        "list-orders", rest_api=api.id, resource_id=orders.id, http_method="GET", authorization="NONE"
    )
    integration = aws.apigateway.Integration(
        "list-orders",
        rest_api=api.id,
        resource_id=orders.id,
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

    aws.apigateway.Stage("dev", rest_api=api.id, deployment=deployment.id, stage_name="dev")

    test = aws.apigateway.Stage("test", rest_api=api.id, deployment=deployment.id, stage_name="test")
    aws.apigateway.MethodSettings(
        "test",
        rest_api=api.id,
        stage_name=test.stage_name,
        method_path="*/*",
        settings={"throttling_burst_limit": 50, "throttling_rate_limit": 100},
    )

    log = aws.cloudwatch.LogGroup(
        "orders-prod",
        name=pulumi.Output.concat("API-Gateway-Execution-Logs_", api.id, "/prod"),
    )
    prod = aws.apigateway.Stage(
        "prod",
        rest_api=api.id,
        deployment=deployment.id,
        stage_name="prod",
        opts=pulumi.ResourceOptions(depends_on=[log]),
    )
    every = aws.apigateway.MethodSettings(
        "prod",
        rest_api=api.id,
        stage_name=prod.stage_name,
        method_path="*/*",
        settings={"logging_level": "INFO"},
    )
    aws.apigateway.MethodSettings(
        "prod-list-orders",
        rest_api=api.id,
        stage_name=prod.stage_name,
        method_path="~1orders/GET",
        settings={"logging_level": "OFF", "caching_enabled": False},
        opts=pulumi.ResourceOptions(depends_on=[every]),
    )
