import assert from "node:assert/strict";
import { parse } from "yaml";
import { accessLogInputs } from "../../../aws/apigateway/access-log";
import { NATIVE_STAGE, STAGE, V2_STAGE } from "../../../aws/apigateway/types";
import { declaration } from "../../../aws/logs/declaration";
import { assignment, type Code, textAround, variable } from "../../../stack/code";
import { go } from "../../../stack/code/go";
import { languageOf } from "../../../stack/code/languages";
import { python } from "../../../stack/code/python";
import { typeScript } from "../../../stack/code/typescript";
import { yaml } from "../../../stack/code/yaml";

interface Case {
    readonly of: string;
    /** The resource that it is for, where that is not an aws:apigateway/stage:Stage. */
    readonly type?: string;
    readonly code: Code;
    readonly ts: string;
    readonly py: string;
    /** Left out where there is none. */
    readonly go?: string;
    readonly yaml?: string;
}

const PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const parameter = (name: string, value: string) => ({ block: { name, value } });

/** Code of every shape that a policy has. What is here for Go was compiled with the Go SDKs of Pulumi and its AWS provider. */
const CASES: readonly Case[] = [
    {
        of: "a number",
        code: { inputs: { retentionInDays: 90 } },
        ts: "retentionInDays: 90",
        py: "retention_in_days=90",
        go: "RetentionInDays: pulumi.Int(90)",
        yaml: "retentionInDays: 90",
    },
    {
        of: "a boolean",
        code: { inputs: { xrayTracingEnabled: true, autoDeploy: false } },
        ts: "xrayTracingEnabled: true, autoDeploy: false",
        py: "xray_tracing_enabled=True, auto_deploy=False",
        go: "XrayTracingEnabled: pulumi.Bool(true), AutoDeploy: pulumi.Bool(false)",
        yaml: "xrayTracingEnabled: true\nautoDeploy: false",
    },
    {
        of: "a property of another resource, and its id",
        code: { inputs: { cloudwatchRoleArn: variable("role.arn"), clientCertificateId: variable("certificate.id") } },
        ts: "cloudwatchRoleArn: role.arn, clientCertificateId: certificate.id",
        py: "cloudwatch_role_arn=role.arn, client_certificate_id=certificate.id",
        go: "CloudwatchRoleArn: role.Arn, ClientCertificateId: certificate.ID()",
        yaml: `cloudwatchRoleArn: "\${role.arn}"\nclientCertificateId: "\${certificate.id}"`,
    },
    {
        of: "an object",
        type: METHOD_SETTINGS,
        code: assignment(["settings", "loggingLevel"], "ERROR"),
        ts: 'settings: { loggingLevel: "ERROR" }',
        py: 'settings={"logging_level": "ERROR"}',
        go: 'Settings: &apigateway.MethodSettingsSettingsArgs{LoggingLevel: pulumi.String("ERROR")}',
        yaml: 'settings: { loggingLevel: "ERROR" }',
    },
    {
        of: "a list of objects",
        type: V2_STAGE,
        code: { inputs: { routeSettings: [{ block: { routeKey: "$default", loggingLevel: "INFO" } }] } },
        ts: 'routeSettings: [{ routeKey: "$default", loggingLevel: "INFO" }]',
        py: 'route_settings=[{"route_key": "$default", "logging_level": "INFO"}]',
        go: 'RouteSettings: apigatewayv2.StageRouteSettingArray{&apigatewayv2.StageRouteSettingArgs{RouteKey: pulumi.String("$default"), LoggingLevel: pulumi.String("INFO")}}',
        yaml: 'routeSettings: [{ routeKey: "$default", loggingLevel: "INFO" }]',
    },
    {
        of: "a list of strings",
        code: { inputs: { enabledCloudwatchLogsExports: ["postgresql", "upgrade"] } },
        ts: 'enabledCloudwatchLogsExports: ["postgresql", "upgrade"]',
        py: 'enabled_cloudwatch_logs_exports=["postgresql", "upgrade"]',
        go: 'EnabledCloudwatchLogsExports: pulumi.StringArray{pulumi.String("postgresql"), pulumi.String("upgrade")}',
        yaml: 'enabledCloudwatchLogsExports: ["postgresql", "upgrade"]',
    },
    {
        of: "a text in JSON",
        code: { inputs: accessLogInputs(STAGE) },
        ts: 'accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify({ requestId: "$context.requestId" }) }',
        py: 'access_log_settings={"destination_arn": log_group.arn, "format": json.dumps({"requestId": "$context.requestId"})}',
        go: 'AccessLogSettings: &apigateway.StageAccessLogSettingsArgs{DestinationArn: logGroup.Arn, Format: pulumi.String("{\\"requestId\\":\\"$context.requestId\\"}")}',
        yaml: 'accessLogSettings: { destinationArn: "${logGroup.arn}", format: { "fn::toJSON": { requestId: "$context.requestId" } } }',
    },
    {
        of: "inputs of aws-native, which have other types in Go",
        type: NATIVE_STAGE,
        code: { inputs: { parameters: { entries: { server_audit_logging: "1" } } } },
        ts: 'parameters: { server_audit_logging: "1" }',
        py: 'parameters={"server_audit_logging": "1"}',
        yaml: 'parameters: { server_audit_logging: "1" }',
    },
    {
        of: "a dependency",
        code: { options: { dependsOn: variable("logGroup") } },
        ts: "{ dependsOn: [logGroup] }",
        py: "opts=pulumi.ResourceOptions(depends_on=[log_group])",
        go: "pulumi.DependsOn([]pulumi.Resource{logGroup})",
        yaml: 'options: { dependsOn: ["${logGroup}"] }',
    },
    {
        of: "a dependency on a list, which has no name in YAML",
        code: { options: { dependsOn: { variable: "logGroups", isList: true } } },
        ts: "{ dependsOn: [...logGroups] }",
        py: "opts=pulumi.ResourceOptions(depends_on=[*log_groups])",
        go: "pulumi.DependsOn(logGroups)",
    },
    {
        of: "a new resource with options",
        code: {
            declare: [
                {
                    type: "aws:apigateway/account:Account",
                    name: "account",
                    inputs: { cloudwatchRoleArn: variable("role.arn") },
                    options: { retainOnDelete: true },
                },
            ],
        },
        ts: 'new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { retainOnDelete: true })',
        py: 'aws.apigateway.Account("account", cloudwatch_role_arn=role.arn, opts=pulumi.ResourceOptions(retain_on_delete=True))',
        go: 'apigateway.NewAccount(ctx, "account", &apigateway.AccountArgs{CloudwatchRoleArn: role.Arn}, pulumi.RetainOnDelete(true))',
        yaml: '"account": { type: aws:apigateway:Account, properties: { cloudwatchRoleArn: "${role.arn}" }, options: { retainOnDelete: true } }',
    },
    {
        of: "new resources, one with a text around a variable",
        code: {
            declare: [
                declaration(
                    "prod-log",
                    textAround("api.id", (id) => `API-Gateway-Execution-Logs_${id}/100%`),
                ),
                declaration("audit-log", "/aws/rds/cluster/orders/audit"),
            ],
        },
        ts: 'new aws.cloudwatch.LogGroup("prod-log", { name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/100%`, retentionInDays: 90 }); new aws.cloudwatch.LogGroup("audit-log", { name: "/aws/rds/cluster/orders/audit", retentionInDays: 90 })',
        py: `aws.cloudwatch.LogGroup("prod-log", name=pulumi.Output.concat("API-Gateway-Execution-Logs_", api.id, "/100%"), retention_in_days=90)
aws.cloudwatch.LogGroup("audit-log", name="/aws/rds/cluster/orders/audit", retention_in_days=90)`,
        go: `cloudwatch.NewLogGroup(ctx, "prod-log", &cloudwatch.LogGroupArgs{Name: pulumi.Sprintf("API-Gateway-Execution-Logs_%v/100%%", api.ID()), RetentionInDays: pulumi.Int(90)})
cloudwatch.NewLogGroup(ctx, "audit-log", &cloudwatch.LogGroupArgs{Name: pulumi.String("/aws/rds/cluster/orders/audit"), RetentionInDays: pulumi.Int(90)})`,
        yaml: `"prod-log": { type: aws:cloudwatch:LogGroup, properties: { name: "API-Gateway-Execution-Logs_\${api.id}/100%", retentionInDays: 90 } }
"audit-log": { type: aws:cloudwatch:LogGroup, properties: { name: "/aws/rds/cluster/orders/audit", retentionInDays: 90 } }`,
    },
    {
        of: "new method settings",
        code: {
            declare: [
                {
                    type: METHOD_SETTINGS,
                    name: "prod-logging",
                    inputs: {
                        restApi: variable("stage.restApi"),
                        stageName: variable("stage.stageName"),
                        methodPath: "*/*",
                        ...assignment(["settings", "loggingLevel"], "ERROR").inputs,
                    },
                },
            ],
        },
        ts: 'new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })',
        py: 'aws.apigateway.MethodSettings("prod-logging", rest_api=stage.rest_api, stage_name=stage.stage_name, method_path="*/*", settings={"logging_level": "ERROR"})',
        go: 'apigateway.NewMethodSettings(ctx, "prod-logging", &apigateway.MethodSettingsArgs{RestApi: stage.RestApi, StageName: stage.StageName, MethodPath: pulumi.String("*/*"), Settings: &apigateway.MethodSettingsSettingsArgs{LoggingLevel: pulumi.String("ERROR")}})',
        yaml: '"prod-logging": { type: aws:apigateway:MethodSettings, properties: { restApi: "${stage.restApi}", stageName: "${stage.stageName}", methodPath: "*/*", settings: { loggingLevel: "ERROR" } } }',
    },
    {
        of: "a new parameter group",
        code: {
            declare: [
                {
                    type: PARAMETER_GROUP,
                    name: "orders",
                    inputs: { family: "aurora-mysql8.0", parameters: [parameter("server_audit_logging", "1")] },
                },
            ],
        },
        ts: 'new aws.rds.ClusterParameterGroup("orders", { family: "aurora-mysql8.0", parameters: [{ name: "server_audit_logging", value: "1" }] })',
        py: 'aws.rds.ClusterParameterGroup("orders", family="aurora-mysql8.0", parameters=[{"name": "server_audit_logging", "value": "1"}])',
        go: 'rds.NewClusterParameterGroup(ctx, "orders", &rds.ClusterParameterGroupArgs{Family: pulumi.String("aurora-mysql8.0"), Parameters: rds.ClusterParameterGroupParameterArray{&rds.ClusterParameterGroupParameterArgs{Name: pulumi.String("server_audit_logging"), Value: pulumi.String("1")}}})',
        yaml: '"orders": { type: aws:rds:ClusterParameterGroup, properties: { family: "aurora-mysql8.0", parameters: [{ name: "server_audit_logging", value: "1" }] } }',
    },
    {
        of: "what is read through a component, for which Go and YAML differ",
        code: { inputs: { restApi: variable("api.api.id"), names: textAround("api.restAPI.id", (id) => `${id}/v1`) } },
        ts: "restApi: api.api.id, names: pulumi.interpolate`${api.restAPI.id}/v1`",
        py: 'rest_api=api.api.id, names=pulumi.Output.concat("", api.rest_api.id, "/v1")',
    },
    {
        of: "a property that may be unset, which is a pointer in Go",
        code: { inputs: { stageName: { variable: "deployment.stageName", isOptional: true } } },
        ts: "stageName: deployment.stageName",
        py: "stage_name=deployment.stage_name",
        yaml: 'stageName: "${deployment.stageName}"',
    },
    {
        of: "quotes, line breaks, and what begins an expression in YAML",
        code: { inputs: { stageName: 'a"\n${b}' } },
        ts: 'stageName: "a\\"\\n${b}"',
        py: 'stage_name="a\\"\\n${b}"',
        go: 'StageName: pulumi.String("a\\"\\n${b}")',
        yaml: 'stageName: "a\\"\\n$${b}"',
    },
    {
        of: "dollar signs, which YAML has twice where another one, a brace or a variable follows",
        code: { inputs: { stageName: "$a$$b$${c}", names: textAround("api.id", (id) => `$x$${id}/`) } },
        ts: 'stageName: "$a$$b$${c}", names: pulumi.interpolate`$x$${api.id}/`',
        py: 'stage_name="$a$$b$${c}", names=pulumi.Output.concat("$x$", api.id, "/")',
        go: 'StageName: pulumi.String("$a$$b$${c}"), Names: pulumi.Sprintf("$x$%v/", api.ID())',
        yaml: 'stageName: "$a$$$b$$$${c}"\nnames: "$x$$${api.id}/"',
    },
    {
        of: "a text around a variable that has what ends a template literal",
        code: { inputs: { names: textAround("api.id", (id) => `a\`b\\c\${d}\n${id}\\`) } },
        ts: "names: pulumi.interpolate`a\\`b\\\\c\\${d}\\n${api.id}\\\\`",
        py: 'names=pulumi.Output.concat("a`b\\\\c${d}\\n", api.id, "\\\\")',
        go: 'Names: pulumi.Sprintf("a`b\\\\c${d}\\n%v\\\\", api.ID())',
        yaml: 'names: "a`b\\\\c$${d}\\n${api.id}\\\\"',
    },
    {
        of: "a new resource whose name has a dollar sign, which begins nothing in the keys of YAML",
        code: { declare: [{ type: STAGE, name: "${a}", inputs: { stageName: "b" } }] },
        ts: 'new aws.apigateway.Stage("${a}", { stageName: "b" })',
        py: 'aws.apigateway.Stage("${a}", stage_name="b")',
        go: 'apigateway.NewStage(ctx, "${a}", &apigateway.StageArgs{StageName: pulumi.String("b")})',
        yaml: '"${a}": { type: aws:apigateway:Stage, properties: { stageName: "b" } }',
    },
    ...[1022, 1023].map((length): Case => {
        const name = "n".repeat(length);
        return {
            of: `a new resource whose name has ${length} characters and two quotes`,
            code: { declare: [{ type: STAGE, name, inputs: { stageName: "b" } }] },
            ts: `new aws.apigateway.Stage("${name}", { stageName: "b" })`,
            py: `aws.apigateway.Stage("${name}", stage_name="b")`,
            go: `apigateway.NewStage(ctx, "${name}", &apigateway.StageArgs{StageName: pulumi.String("b")})`,
            yaml: `${length === 1022 ? `"${name}"` : `? "${name}"\n`}: { type: aws:apigateway:Stage, properties: { stageName: "b" } }`,
        };
    }),
    {
        of: "characters that Go and YAML have as escapes only, and half a character",
        code: { inputs: { stageName: "\u007f\u0085\u2028\ufeff\ud800" } },
        ts: 'stageName: "\u007f\u0085\u2028\ufeff\\ud800"',
        py: 'stage_name="\u007f\u0085\u2028\ufeff\\ud800"',
        go: 'StageName: pulumi.String("\\u007f\\u0085\\u2028\\ufeff\ufffd")',
        yaml: 'stageName: "\\u007f\\u0085\\u2028\\ufeff\ufffd"',
    },
];

describe("code to add", () => {
    for (const { of, type = STAGE, code, ...expected } of CASES) {
        it(`of ${of} is written in each language that has it`, () => {
            const written = { ts: typeScript(code), py: python(code), go: go(code, type), yaml: yaml(code) };
            assert.deepEqual(written, { go: undefined, yaml: undefined, ...expected });
            assert.doesNotThrow(() => parse(written.yaml ?? ""));
        });
    }

    it("is in the language of the program's file, or else in TypeScript", () => {
        const rows: [path: string | undefined, expected: string | undefined][] = [
            ["infra/__main__.py", "days=1"],
            ["main.go", "Days: pulumi.Int(1)"],
            ["Pulumi.yaml", "days: 1"],
            ["Main.YML", "days: 1"],
            ["index.ts", "days: 1"],
            ["x.constructor", "days: 1"],
            ["Program.cs", "days: 1"],
            [undefined, "days: 1"],
        ];
        assert.deepEqual(
            rows.map(([path]) => languageOf(path)({ inputs: { days: 1 } }, STAGE)),
            rows.map(([, expected]) => expected),
        );
    });
});
