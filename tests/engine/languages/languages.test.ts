import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { check } from "../../../cli/commands/check";
import { environment, execute, inTemporaryFolder, theCli, type Variables } from "../../../tools/pulumi/command";
import { PROVIDERS } from "../../../tools/pulumi/engine";
import { findYamlHost } from "../../../tools/pulumi/yaml-host";
import { EXAMPLES } from "../../examples";
import { read } from "../../support/engine/run";
import { engineTier } from "../../support/engine/tier";
import { verdicts } from "../../support/engine/verdicts";
import { pythonWith } from "../../support/python";

const ROOT = join(__dirname, "..", "..", "..");
const PACK = join(ROOT, "dist");

interface Project {
    readonly folder: string;
    readonly env: Variables;
    write(name: string, text: string): string;
    cli(...args: readonly string[]): Promise<string>;
}

/** Gives `use` an empty project with a stack `dev` in a file backend, and the test provider in place of AWS. */
async function withProject<T>(program: object, use: (project: Project) => Promise<T>): Promise<T> {
    return inTemporaryFolder(async (root) => {
        const cli = await theCli();
        const folder = join(root, "program");
        mkdirSync(folder);
        const write = (name: string, text: string) => {
            writeFileSync(join(folder, name), text);
            return join(folder, name);
        };
        const plugins = { providers: PROVIDERS };
        const settings = { name: "shop", backend: { url: `file://${root}` }, plugins, ...program };
        // JSON is YAML, too.
        write("Pulumi.yaml", JSON.stringify(settings));
        write("Pulumi.dev.yaml", "config: { aws:region: us-east-1 }\n");
        const yamlHost = findYamlHost(cli) ?? "";
        const inherited = environment(cli, root);
        const env = { ...inherited, PATH: [inherited.PATH, yamlHost].join(delimiter), PULUMI_DEBUG_COMMANDS: "true" };
        return use({
            folder,
            env,
            write,
            cli: async (...args) => {
                const ran = await execute(cli.binary, [...args, "--non-interactive"], { cwd: folder, env });
                assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
                return ran.stdout;
            },
        });
    });
}

/** What `check` says of the state: place, policy and code of each finding. */
async function checked({
    cli,
    write,
}: Project): Promise<(readonly [string | undefined, string, string | undefined])[]> {
    const state = write("state.json", await cli("stack", "export", "--stack", "dev"));
    const { findings, problems } = await check([state], {});
    assert.deepEqual(problems, []);
    return findings.map(({ location, policy, code }) => [
        location && `${location.path}:${location.line}`,
        policy,
        code,
    ]);
}

type Operation = "preview" | "up";
const OPERATIONS: readonly Operation[] = ["preview", "up"];
const ADD_SETTINGS = "apigateway-stage-execution-logging";

const assertVerdicts = (events: string, program: string) => {
    const run = read({ exitCode: 0, stdout: "", stderr: "", events: JSON.parse(events) });
    assert.deepEqual(verdicts(run), EXAMPLES[program]);
};

engineTier("a program in Python", () => {
    let python: string;
    before(async function () {
        python = (await pythonWith(join(__dirname, "python", "requirements.txt"))) ?? "";
        if (python === "" && !process.env.CI) {
            this.skip();
        }
        assert.notEqual(python, "", "There is no Python 3.10 or later.");
    });

    const module = (name: string) => join(__dirname, "python", `${name}.py`);

    function run(name: string, operation: Operation, { folder, env }: Project): string {
        copyFileSync(module(name), join(folder, `${name}.py`));
        const args = [join(__dirname, "python", "run.py"), name, PACK, operation];
        return execFileSync(python, args, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    }

    it("that is fine has no findings", () =>
        withProject({ runtime: "python" }, async (project) => {
            assertVerdicts(run("rest_api", "up", project), "rest-api");
            assert.deepEqual(await checked(project), []);
        }));

    it("with mistakes has the findings of the same program in TypeScript; check has its lines, and code in Python", () =>
        withProject({ runtime: "python" }, async (project) => {
            for (const operation of OPERATIONS) {
                assertVerdicts(run("rest_api_mistakes", operation, project), "rest-api-mistakes");
            }
            const lines = readFileSync(module("rest_api_mistakes"), "utf8").split("\n");
            const at = (text: string, from = 0) =>
                `rest_api_mistakes.py:${lines.findIndex((line, index) => index >= from && line.includes(text)) + 1}`;
            const nextTo = (text: string) => at("MethodSettings(", lines.indexOf(`        "${text}",`) - 1);
            const role = "apigateway-account-cloudwatch-role";
            const level = "apigateway-method-settings-logging-level";
            const set = 'settings={"logging_level": "ERROR"}';
            assert.deepEqual(
                new Map((await checked(project)).map(([place, ...said]) => [place, said])),
                new Map([
                    [at('Account("account"'), ["apigateway-account-role-set", "cloudwatch_role_arn=role.arn"]],
                    [at('Stage("dev"'), [ADD_SETTINGS, ADDED_IN_PYTHON]],
                    [nextTo("test"), [level, set]],
                    [at("LogGroup("), ["cloudwatch-log-group-retention", "retention_in_days=90"]],
                    [at("every = "), [role, "opts=pulumi.ResourceOptions(depends_on=[account])"]],
                    [nextTo("prod-list-orders"), [level, set]],
                ]),
            );
        }));

    it("has classes and parameters of the names that check writes", () => {
        const script = `
import inspect, json, sys
import pulumi_aws as aws
for path, names in json.load(sys.stdin).items():
    module, name = path.split(".")
    known = inspect.signature(getattr(getattr(aws, module), name)._internal_init).parameters
    assert set(names) <= set(known), (path, set(names) - set(known))
`;
        execFileSync(python, ["-c", script], { input: JSON.stringify(PARAMETERS), stdio: ["pipe", "pipe", "pipe"] });
    });
});

const ADDED_IN_PYTHON =
    'aws.apigateway.MethodSettings("dev-logging", rest_api=stage.rest_api, stage_name=stage.stage_name, method_path="*/*", settings={"logging_level": "ERROR"})';

/** What the code of findings sets, by the class in pulumi_aws. */
const PARAMETERS = {
    "apigateway.Account": ["cloudwatch_role_arn"],
    "apigateway.DomainName": ["security_policy", "endpoint_access_mode"],
    "apigateway.MethodSettings": ["rest_api", "stage_name", "method_path", "settings"],
    "apigateway.Stage": [
        ...["rest_api", "deployment", "stage_name"],
        ...["access_log_settings", "client_certificate_id", "xray_tracing_enabled"],
    ],
    "apigatewayv2.Integration": ["tls_config"],
    "apigatewayv2.Route": ["authorization_type", "authorizer_id"],
    "apigatewayv2.Stage": [
        ...["api_id", "name", "auto_deploy"],
        ...["access_log_settings", "default_route_settings", "route_settings"],
    ],
    "cloudwatch.LogGroup": ["name", "retention_in_days"],
    "rds.Cluster": ["enabled_cloudwatch_logs_exports"],
    "rds.ClusterParameterGroup": ["family", "parameters"],
    "rds.Instance": ["enabled_cloudwatch_logs_exports"],
    "wafregional.WebAclAssociation": ["resource_arn", "web_acl_id"],
    "wafv2.WebAclAssociation": ["resource_arn", "web_acl_arn"],
};

engineTier("a program in YAML", () => {
    before(async function () {
        const host = findYamlHost(await theCli());
        if (host === undefined && !process.env.CI) {
            this.skip();
        }
        assert.notEqual(host, undefined, "There is no language host of Pulumi YAML. Run `npm run setup:pulumi` first.");
    });

    async function run(operation: Operation, { cli, folder }: Project): Promise<string> {
        const events = join(folder, `${operation}.json`);
        const more = operation === "up" ? ["--yes", "--skip-preview"] : [];
        const packs = ["--policy-pack", PACK, "--event-log", events];
        await cli(operation, "--stack", "dev", ...packs, ...more);
        const lines = readFileSync(events, "utf8").trim().split("\n");
        return `[${lines.join(",")}]`;
    }

    async function withProgram(name: string, use: (project: Project) => Promise<void>): Promise<void> {
        const program = parse(readFileSync(join(__dirname, "yaml", `${name}.yaml`), "utf8"));
        await withProject({ runtime: "yaml", ...program }, async (project) => {
            await project.cli("stack", "init", "dev");
            await use(project);
        });
    }

    it("that is fine has no findings", () =>
        withProgram("rest-api", async (project) => {
            assertVerdicts(await run("up", project), "rest-api");
            assert.deepEqual(await checked(project), []);
        }));

    it("with mistakes has the findings of the same program in TypeScript, and check has code in YAML, but no lines", () =>
        withProgram("rest-api-mistakes", async (project) => {
            for (const operation of OPERATIONS) {
                assertVerdicts(await run(operation, project), "rest-api-mistakes");
            }
            const added = (await checked(project)).find(([, policy]) => policy === ADD_SETTINGS);
            assert.deepEqual(added, [undefined, ADD_SETTINGS, ADDED_IN_YAML]);
        }));
});

const ADDED_IN_YAML =
    '"dev-logging": { type: aws:apigateway:MethodSettings, properties: { restApi: "${stage.restApi}", stageName: "${stage.stageName}", methodPath: "*/*", settings: { loggingLevel: "ERROR" } } }';
