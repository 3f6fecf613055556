import assert from "node:assert/strict";
import { check } from "../../cli/commands/check";
import { withFolder } from "../support/folder";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;

describe("resources of types that no policy reads", () => {
    const { write } = withFolder();
    const LOGS = ["cloudwatch-log-group-retention"];
    const REST = ["apigateway-stage-execution-logging"];
    const SOCKETS = ["apigatewayv2-stage-execution-logging"];
    const template = (...types: string[]) => ({
        templateBody: JSON.stringify({ Resources: Object.fromEntries(types.map((Type) => [Type, { Type }])) }),
    });
    const SEALED = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:a:b" };
    const STACK = "aws:cloudformation/stack:Stack";

    interface Row {
        readonly when: string;
        readonly policies: readonly string[];
        readonly given: readonly (readonly [type: string, props?: object])[];
        readonly says: readonly string[];
    }

    const ROWS: readonly Row[] = [
        {
            when: "are named if they are views of a Terraform module",
            policies: SOCKETS,
            given: [["apigw:index:Module"], ["apigw:tf:aws_apigatewayv2_api"], ["apigw:tf:aws_apigatewayv2_stage"]],
            says: [
                "1 resource looks like an API Gateway stage but is of a type that no policy reads (apigw:tf:aws_apigatewayv2_stage).",
            ],
        },
        {
            when: "are named if they are of a bridged Terraform provider",
            policies: REST,
            given: [
                ["aws:index/apiGatewayStage:ApiGatewayStage"],
                ["aws:index/apiGatewayStage:ApiGatewayStage"],
                ["tf:tf:aws_api_gateway_stage"],
            ],
            says: [
                "3 resources look like API Gateway stages but are of types that no policy reads (aws:index/apiGatewayStage:ApiGatewayStage, tf:tf:aws_api_gateway_stage).",
            ],
        },
        {
            when: "are named if a template creates them",
            policies: LOGS,
            given: [[STACK, template("AWS::Logs::LogGroup", "AWS::RDS::DBInstance")]],
            says: ["1 template creates log groups, which no policy reads (aws:cloudformation/stack:Stack)."],
        },
        {
            when: "are named if they are in an object, as aws-native has templates",
            policies: REST,
            given: [
                [
                    "aws-native:cloudformation:Stack",
                    { templateBody: { Resources: { A: { Type: "AWS::Serverless::Api" } } } },
                ],
            ],
            says: ["1 template creates API Gateway stages, which no policy reads (aws-native:cloudformation:Stack)."],
        },
        {
            when: "may be in templates that are elsewhere, or secret",
            policies: LOGS,
            given: [
                [STACK, { templateUrl: "https://example.com" }],
                [STACK, { templateBody: SEALED }],
            ],
            says: [
                "2 templates are not in the file, so what they create was not checked (aws:cloudformation/stack:Stack).",
            ],
        },
        {
            when: "do not matter if only other policies are about such",
            policies: LOGS,
            given: [
                ["apigw:tf:aws_api_gateway_stage"],
                ["aws:index/dbInstance:DbInstance"],
                [STACK, template("AWS::RDS::DBInstance", "AWS::Logs::LogGroupPolicy")],
            ],
            says: [],
        },
        {
            when: "do not matter if they are something else",
            policies: REST,
            given: [["aws:s3/bucket:Bucket"], ["shop:index/stage:Stage"], ["apigw:tf:aws_api_gateway_rest_api"]],
            says: [],
        },
    ];
    for (const { when, policies, given, says } of ROWS) {
        it(when, async () => {
            const resources = given.map(([type, props = {}], index) => ({
                urn: urn(type, `r${index}`),
                type,
                inputs: props,
                outputs: props,
            }));
            const file = write("state.json", { version: 3, deployment: { resources } });
            const { findings, unchecked } = await check([file], { policies });
            const expected = says.map((message) => ({ file, stack: "shop/dev", policies, message }));
            assert.deepEqual([findings, unchecked], [[], expected]);
        });
    }
});

describe("a resource that is external and has outputs only", () => {
    const { write } = withFolder();
    const type = "aws-native:apigateway:Stage";
    const policies = ["apigateway-method-settings-logging-level"];
    const stage = { urn: urn(type, "prod"), type, external: true, outputs: { restApiId: "a1", stageName: "prod" } };
    const found = async (resource: object) => {
        const file = write("state.json", { version: 3, deployment: { resources: [resource] } });
        return (await check([file], { policies })).findings.map(({ problem }) => problem);
    };

    it("is evaluated by them if it was discovered", async () => {
        const dark = 'Stage "prod" has no method settings for */*, so execution logging is off.';
        assert.deepEqual(await found(stage), [dark]);
        const methodSettings = [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" }];
        assert.deepEqual(await found({ ...stage, outputs: { ...stage.outputs, methodSettings } }), []);
    });

    it("is not if a program reads it, with a provider", async () => {
        const provider = `${urn("pulumi:providers:aws-native", "default")}::id`;
        assert.deepEqual(await found({ ...stage, provider }), []);
    });
});
