import assert from "node:assert/strict";
import { join } from "node:path";
import { locate } from "../../../cli/commands/locate";
import { describeLocation, type ReportFinding } from "../../../cli/report/model";
import { CONTROLS } from "../../../pack/controls";
import { policies } from "../../../policies";
import { FIXTURES, fixture } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";

const EXAMPLE = "rest-api-mistakes";
const FILE = join(FIXTURES, `${EXAMPLE}.json`);
const COMPLIANT = join(FIXTURES, "rest-api.json");
const STATE = fixture(EXAMPLE);
const API = apiIn(EXAMPLE);
const stage = (name: string, api = API) => `arn:aws:apigateway:us-east-1::/restapis/${api}/stages/${name}`;

function apiIn(example: string): string {
    return (
        fixture(example).deployment.resources.find(({ type }) => type === "aws:apigateway/restApi:RestApi")?.id ?? ""
    );
}

interface Parts {
    readonly control?: string;
    readonly arn?: string;
    readonly more?: object;
}

/** With consolidated findings (https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html). */
function finding({ control = "APIGateway.1", arn = stage("dev"), more = {} }: Parts = {}) {
    return {
        SchemaVersion: "2018-10-08",
        GeneratorId: `security-control/${control}`,
        AwsAccountId: "123456789012",
        Region: "us-east-1",
        Compliance: { Status: "FAILED", SecurityControlId: control, AssociatedStandards: [] },
        Resources: [{ Type: "AwsApiGatewayStage", Id: arn, Partition: "aws", Region: "us-east-1" }],
        WorkflowState: "NEW",
        Workflow: { Status: "NEW" },
        RecordState: "ACTIVE",
        ...more,
    };
}

/** Of one standard, without consolidated findings. */
function ofStandard(control: string, arn: string) {
    const { SecurityControlId: _, ...compliance } = finding().Compliance;
    return {
        ...finding({ arn }),
        GeneratorId: `aws-foundational-security-best-practices/v/1.0.0/${control}`,
        Compliance: compliance,
        ProductFields: { ControlId: control },
    };
}

describe("locate", () => {
    const { write, path } = withFolder();
    const located = async (findings: unknown, ...states: readonly string[]) => {
        const file = write("findings.json", Array.isArray(findings) ? { Findings: findings } : findings);
        return locate(file, states.length === 0 ? [FILE] : states, "infra");
    };
    const shown = ({ findings }: { readonly findings: readonly ReportFinding[] }) =>
        findings.map(({ policy, name, location }) => [policy, name, location && describeLocation(location)]);

    it("leads from a control to the stack, the line, and the policy's own finding", async () => {
        const { findings, stacks, rules, problems } = await located([finding()]);
        assert.deepEqual(problems, []);
        assert.deepEqual(findings, [
            {
                policy: "apigateway-stage-execution-logging",
                level: "advisory",
                urn: `urn:pulumi:dev::${EXAMPLE}::aws:apigateway/stage:Stage::dev`,
                type: "aws:apigateway/stage:Stage",
                name: "dev",
                stack: `${EXAMPLE}/dev`,
                file: FILE,
                problem: 'Stage "dev" of API "orders" has no method settings for */*, so execution logging is off.',
                advice: "Add method settings for */* with loggingLevel ERROR or INFO.",
                code: 'new aws.apigateway.MethodSettings("dev-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })',
                remedy: undefined,
                severity: "medium",
                controls: ["APIGateway.1"],
                location: { path: "infra/index.ts", line: 35, column: 5 },
                wouldBeRemediated: false,
            },
        ]);
        assert.deepEqual(
            stacks.map(({ stack, file, resources }) => [stack, file, resources]),
            [[`${EXAMPLE}/dev`, FILE, STATE.deployment.resources.length]],
        );
        assert.deepEqual(
            rules.map(({ policy }) => policy),
            ["apigateway-stage-execution-logging"],
        );
    });

    it("has code in the language of the program where only that is known, as of one in YAML", async () => {
        const run = "project:///../go/pkg/mod/github.com/pulumi/pulumi-yaml@v1.25.0/pkg/pulumiyaml/run.go#1391";
        const state = JSON.stringify(STATE).replaceAll(/project:\/\/\/index\.ts#[\d,]+/g, run);
        const { findings } = await located([finding()], write("yaml.json", JSON.parse(state)));
        assert.deepEqual(
            findings.map(({ location, code }) => [location, code]),
            [
                [
                    undefined,
                    '"dev-logging": { type: aws:apigateway:MethodSettings, properties: { restApi: "${stage.restApi}", stageName: "${stage.stageName}", methodPath: "*/*", settings: { loggingLevel: "ERROR" } } }',
                ],
            ],
        );
    });

    it("leads to the method settings of a stage, if the mistake is there", async () => {
        assert.deepEqual(shown(await located([finding({ arn: stage("prod") }), finding({ arn: stage("test") })])), [
            ["apigateway-method-settings-logging-level", "prod-list-orders", "infra/index.ts:63:5"],
            ["apigateway-method-settings-logging-level", "test", "infra/index.ts:39:5"],
        ]);
    });

    it("says so if the state does not show the mistake", async () => {
        const { findings } = await located([finding({ arn: stage("prod", apiIn("rest-api")) })], COMPLIANT);
        const steps = policies.find(({ name }) => name === "apigateway-stage-execution-logging")?.remediationSteps;
        assert.deepEqual(
            findings.map(({ policy, problem, advice, code, location }) => [
                policy,
                problem,
                advice,
                code,
                location !== undefined,
            ]),
            [
                [
                    "apigateway-stage-execution-logging",
                    `${stage("prod", apiIn("rest-api"))} fails APIGateway.1: API Gateway REST and WebSocket API execution logging should be enabled.`,
                    `The state does not show this: the resource was changed outside of the program, or the finding is older than the state. ${steps}`,
                    undefined,
                    true,
                ],
            ],
        );
    });

    it("finds a retention that is too short for the control, though the policy only supports it", async () => {
        const arn = `arn:aws:logs:us-east-1:123456789012:log-group:API-Gateway-Execution-Logs_${API}/prod:*`;
        const { findings } = await located([finding({ control: "CloudWatch.16", arn })]);
        assert.deepEqual(
            findings.map(({ policy, name, controls, severity }) => [policy, name, controls, severity]),
            [["cloudwatch-log-group-retention", "orders-prod", ["CloudWatch.16"], "medium"]],
        );
    });

    it("lists what no stack owns last, with the API or the stage that it belongs to", async () => {
        const report = await located([
            finding({ arn: stage("by-hand", "gone") }),
            finding({ arn: stage("by-hand") }),
            finding({ arn: "arn:aws:apigateway:eu-west-1::/apis/w1/stages/live", more: { AwsAccountId: "1" } }),
            finding(),
        ]);
        assert.deepEqual(
            report.findings.map(({ stack, name, owners }) => [stack, name, owners?.map(({ makes }) => makes)]),
            [
                [`${EXAMPLE}/dev`, "dev", undefined],
                ["1/eu-west-1", "/apis/w1/stages/live", []],
                ["123456789012/us-east-1", `/restapis/${API}/stages/by-hand`, ["API"]],
                ["123456789012/us-east-1", "/restapis/gone/stages/by-hand", []],
            ],
        );
        const steps = policies.find(({ name }) => name === "apigatewayv2-stage-execution-logging")?.remediationSteps;
        const [, unowned] = report.findings;
        assert.deepEqual(
            [unowned?.urn, unowned?.type, unowned?.advice, unowned?.location],
            ["arn:aws:apigateway:eu-west-1::/apis/w1/stages/live", "aws:apigatewayv2/stage:Stage", steps, undefined],
        );
        assert.deepEqual(
            report.stacks.map(({ stack, resources }) => [stack, resources]),
            [
                [`${EXAMPLE}/dev`, STATE.deployment.resources.length],
                ["1/eu-west-1", undefined],
                ["123456789012/us-east-1", undefined],
            ],
        );
    });

    it("takes the account and the region of a finding where an ARN has none, and its resource may have no ARN", async () => {
        const report = await located([
            finding({ arn: "prod", more: { AwsAccountId: undefined, Region: undefined, Resources: [{ Id: "prod" }] } }),
            finding({ arn: "test", more: { Resources: [{ Id: "test" }] } }),
        ]);
        assert.deepEqual(
            report.findings.map(({ stack, name }) => [stack, name]),
            [
                ["123456789012/us-east-1", "test"],
                ["unknown/unknown", "prod"],
            ],
        );
    });

    it("reports each failure once, however many standards have it", async () => {
        const both = [ofStandard("APIGateway.1", stage("dev")), finding(), finding()];
        assert.equal((await located(both)).findings.length, 1);
        assert.equal((await located([ofStandard("APIGateway.1", stage("dev"))])).findings.length, 1);
    });

    it("takes the control from the generator of a finding, if nothing else has it", async () => {
        const { ProductFields: _, ...bare } = ofStandard("APIGateway.1", stage("dev"));
        assert.equal((await located([bare])).findings.length, 1);
    });

    it("knows every control of the table, also those that no policy mirrors", async () => {
        const controls = Object.keys(CONTROLS);
        const { findings, rules } = await located(
            controls.map((control) => finding({ control, arn: stage(control, "gone") })),
        );
        assert.deepEqual(findings.map(({ controls: [control] }) => control).sort(), controls.sort());
        for (const { policy, advice } of findings) {
            assert.ok(rules.some((rule) => rule.policy === policy));
            assert.match(advice ?? "", /\.$/);
        }
    });

    describe("leaves out", () => {
        const ROWS: readonly (readonly [what: string, more: object])[] = [
            ["what passed", { Compliance: { Status: "PASSED", SecurityControlId: "APIGateway.1" } }],
            [
                "what could not be checked",
                { Compliance: { Status: "NOT_AVAILABLE", SecurityControlId: "APIGateway.1" } },
            ],
            ["what is archived", { RecordState: "ARCHIVED" }],
            ["what is suppressed", { Workflow: { Status: "SUPPRESSED" } }],
            ["what is resolved", { Workflow: { Status: "RESOLVED" } }],
            [
                "controls of other services",
                { Compliance: { Status: "FAILED", SecurityControlId: "S3.1" }, GeneratorId: "S3.1" },
            ],
            [
                "controls that are called like something of JavaScript",
                { Compliance: { Status: "FAILED", SecurityControlId: "constructor" }, GeneratorId: 1 },
            ],
            ["what is not of a control", { Compliance: undefined, GeneratorId: undefined }],
            ["what names no resource", { Resources: [{ Id: "" }] }],
        ];
        for (const [what, more] of ROWS) {
            it(what, async () => assert.deepEqual((await located([finding({ more })])).findings, []));
        }
    });

    it("keeps what only got a warning, and what was only notified", async () => {
        const warned = {
            Compliance: { Status: "WARNING", SecurityControlId: "APIGateway.1" },
            Workflow: { Status: "NOTIFIED" },
        };
        assert.equal((await located([finding({ more: warned })])).findings.length, 1);
    });

    it("reads a list without what is around it, too", async () => {
        const file = write("list.json", [finding()]);
        assert.equal((await locate(file, [FILE])).findings.length, 1);
    });

    it("has the states that cannot be read among its problems", async () => {
        const { findings, problems } = await located([finding()], path("nowhere"), FILE);
        assert.deepEqual([findings.length, problems.map(({ file }) => file)], [1, [path("nowhere")]]);
    });

    const BROKEN: readonly (readonly [what: string, content: unknown, says: string])[] = [
        [
            "a state",
            STATE,
            "is not a list of Security Hub's findings. Expected: the output of `aws securityhub get-findings`",
        ],
        [
            "a list of other things",
            [{}],
            "is not a list of Security Hub's findings. Expected: the output of `aws securityhub get-findings`",
        ],
        [
            "a part of the findings",
            { Findings: [], NextToken: "x" },
            "has a part of the findings only, and a NextToken for the rest. Leave out --max-items and --no-paginate",
        ],
        ["what is not JSON", "{", "is not JSON: it ends too early at line 1, column 2"],
    ];
    for (const [what, content, says] of BROKEN) {
        it(`rejects ${what}`, async () => {
            const file = write("broken.json", content);
            await assert.rejects(locate(file, [FILE]), { message: `${file} ${says}` });
        });
    }
});
