import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FixOptions, fix } from "../../../cli/commands/fix";
import { TOOL } from "../../../cli/tool";
import { withFolder } from "../../support/folder";
import {
    account,
    type Declared,
    dbCluster,
    dbInstance,
    declare,
    deployment,
    logGroup,
    methodSettings,
    nativeLogGroup,
    nativeStage,
    nativeV2Stage,
    restApi,
    secret,
    stage,
    UNKNOWN_VALUE,
    v2Api,
    v2Stage,
} from "../../support/wire/declare";
import { commandsIn, exported, inAccount, notesIn } from "../fix/stack";
import { api, document, group, restApi as liveApi, region, restStage } from "../live/document";

interface Row {
    readonly when: string;
    readonly given: readonly Declared[];
    readonly options?: FixOptions;
    /** The content of a policy config file. */
    readonly config?: object;
    /** Without the region, which all have. */
    readonly runs?: readonly string[];
    /** The lines under "Not fixed:", but for the first of each finding, which names its resource. */
    readonly leaves?: readonly string[];
}

const LEVEL = "apigateway-method-settings-logging-level";
const settings = (methodPath: string, values: object, props: object = {}) =>
    methodSettings("own", { restApi: "a1", stageName: "prod", methodPath, settings: values, ...props });
const patched = (...patches: readonly (readonly [path: string, value: string])[]) =>
    `run aws apigateway update-stage --rest-api-id a1 --stage-name prod --patch-operations '${JSON.stringify(
        patches.map(([path, value]) => ({ op: "replace", path, value })),
    )}'`;
const LOGS = ["require_account_role", "ensure_log_group API-Gateway-Execution-Logs_a1/prod 90"];
const REST = restApi("orders", { id: "a1" });
const STAGE = stage("prod", { restApi: "a1", stageName: "prod" });
const CHAT = v2Api("chat", "WEBSOCKET");
const chatStage = (props: object) => v2Stage("live", { apiId: "id-chat", name: "live", ...props });
const UNKNOWN_STAGE = "The id of its API or the name of its stage is not known: deploy the stack first.";
const NO_KEY = "API Gateway cannot have an entry of method settings with such a key.";

const MANY = Array.from({ length: 201 }, (_, index) => `pets${index}`);
const levelOfMethod = (name: string) => [`/~1${name}/GET/logging/loglevel`, "ERROR"] as const;

const REST_ROWS: readonly Row[] = [
    {
        when: "a stage without settings is to log, to a group that expires",
        given: [REST, STAGE],
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
    },
    {
        when: "a stage with a canary has two groups",
        given: [REST, stage("prod", { restApi: "a1", stageName: "prod", canarySettings: { percentTraffic: 5 } })],
        runs: [
            ...LOGS,
            "ensure_log_group API-Gateway-Execution-Logs_a1/prod/Canary 90",
            patched(["/*/*/logging/loglevel", "ERROR"]),
        ],
    },
    {
        when: "the canary of another stage, one without a name, has no group here",
        given: [REST, STAGE, stage("other", { restApi: "a1", stageName: 7, canarySettings: { percentTraffic: 5 } })],
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
        leaves: [
            'Stage "other" of API "a1" has no method settings for */*, so execution logging is off.',
            UNKNOWN_STAGE,
        ],
    },
    {
        when: "an entry of aws-native for all methods is set",
        given: [
            nativeStage("prod", {
                ...{ restApiId: "a1", stageName: "prod" },
                methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "OFF" }],
            }),
        ],
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
    },
    {
        when: "a stage that a Deployment of aws-native makes is to log, too",
        given: [
            declare("aws-native:apigateway:Deployment", "d", {
                restApiId: "a1",
                stageName: "prod",
                stageDescription: {},
            }),
        ],
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
    },
    {
        when: "a stage that a Deployment makes is to log, too",
        given: [REST, deployment("orders", { restApi: "a1", stageName: "prod" })],
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
    },
    {
        when: "all settings of a stage are set at once, those for all methods first, and none twice",
        given: [
            REST,
            stage("prod", { restApi: "a1", stageName: "prod", xrayTracingEnabled: false }),
            methodSettings("list", {
                ...{ restApi: "a1", stageName: "prod", methodPath: "~1pets~1{id}/GET" },
                settings: { loggingLevel: "OFF", dataTraceEnabled: true, cachingEnabled: true },
            }),
            methodSettings("root", {
                ...{ restApi: "a1", stageName: "prod", methodPath: "~1pets~1{id}/GET" },
                settings: { loggingLevel: "OFF" },
            }),
        ],
        config: {
            "apigateway-stage-xray-tracing": "advisory",
            "apigateway-method-settings-cache-encryption": "advisory",
        },
        runs: [
            ...LOGS,
            patched(
                ["/*/*/logging/loglevel", "ERROR"],
                ["/tracingEnabled", "true"],
                ["/~1pets~1{id}/GET/caching/dataEncrypted", "true"],
                ["/~1pets~1{id}/GET/logging/dataTrace", "false"],
                ["/~1pets~1{id}/GET/logging/loglevel", "ERROR"],
            ),
        ],
    },
    {
        when: "more settings than one command can take are set by several, in the same order",
        given: [
            nativeStage("prod", {
                ...{ restApiId: "a1", stageName: "prod" },
                methodSettings: MANY.map((name) => ({
                    ...{ resourcePath: `/~1${name}`, httpMethod: "GET", loggingLevel: "OFF" },
                })),
            }),
        ],
        runs: [
            ...LOGS,
            patched(["/*/*/logging/loglevel", "ERROR"], ...MANY.slice(0, 199).map(levelOfMethod)),
            patched(...MANY.slice(199).map(levelOfMethod)),
        ],
    },
    {
        when: "data tracing alone needs no role and no group",
        given: [settings("*/*", { loggingLevel: "INFO", dataTraceEnabled: true })],
        runs: [patched(["/*/*/logging/dataTrace", "false"])],
    },
    {
        when: "a key with a slash before it is the key without",
        given: [settings("/~1pets/GET", { loggingLevel: "OFF" })],
        runs: [...LOGS, patched(["/~1pets/GET/logging/loglevel", "ERROR"])],
    },
    {
        when: "a key that covers no method cannot be on AWS",
        given: [settings("*/GET", { loggingLevel: "OFF" })],
        leaves: ['MethodSettings "own" sets loggingLevel to OFF for */GET.', NO_KEY],
    },
    {
        when: "settings of a stage that the state does not name cannot be fixed",
        given: [settings("*/*", { loggingLevel: "OFF" }, { stageName: 7 })],
        leaves: ['MethodSettings "own" sets loggingLevel to OFF for */*.', UNKNOWN_STAGE],
    },
    {
        when: "settings in a preview cannot be fixed, because their API has no id yet",
        given: [settings("*/*", { loggingLevel: "OFF" }, { restApi: UNKNOWN_VALUE })],
        leaves: ['MethodSettings "own" sets loggingLevel to OFF for */*.', UNKNOWN_STAGE],
    },
    {
        when: "a stage of aws-native has CloudFormation's keys",
        given: [
            nativeStage("prod", {
                restApiId: "a1",
                stageName: "prod",
                methodSettings: [
                    { resourcePath: "/", httpMethod: "GET", loggingLevel: "OFF" },
                    { resourcePath: "/~1pets~1{id}", httpMethod: "POST", loggingLevel: "OFF" },
                    { resourcePath: "/*", httpMethod: "GET", loggingLevel: "OFF" },
                ],
            }),
        ],
        runs: [
            ...LOGS,
            patched(
                ["/*/*/logging/loglevel", "ERROR"],
                ["/~1/GET/logging/loglevel", "ERROR"],
                ["/~1pets~1{id}/POST/logging/loglevel", "ERROR"],
            ),
        ],
        leaves: [
            'Stage "prod" has no method settings for */*, so execution logging is off; it sets loggingLevel to OFF for GET /; it sets loggingLevel to OFF for POST /pets/{id}; it sets loggingLevel to OFF for /*/GET.',
            NO_KEY,
        ],
    },
    {
        when: "names that begin with a dash are no options",
        given: [stage("prod", { restApi: "a1", stageName: "-prod" })],
        runs: [
            "require_account_role",
            "ensure_log_group API-Gateway-Execution-Logs_a1/-prod 90",
            `run aws apigateway update-stage --rest-api-id a1 --stage-name=-prod --patch-operations '[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"}]'`,
        ],
    },
];

const V2_ROWS: readonly Row[] = [
    {
        when: "the settings of a WebSocket stage are set on top of those that AWS has",
        given: [
            CHAT,
            chatStage({
                defaultRouteSettings: { loggingLevel: "OFF", dataTraceEnabled: true },
                routeSettings: [
                    { routeKey: "$connect", loggingLevel: "OFF", dataTraceEnabled: true },
                    { routeKey: "a`b", loggingLevel: "OFF" },
                ],
            }),
        ],
        runs: [
            "require_account_role",
            "ensure_log_group /aws/apigateway/id-chat/live 90",
            'set_route_settings id-chat live --default-route-settings \'merge(DefaultRouteSettings || `{}`, `{"DataTraceEnabled":false,"LoggingLevel":"ERROR"}`)\'',
            'set_route_settings id-chat live --route-settings \'merge(RouteSettings || `{}`, {"$connect": merge(RouteSettings."$connect" || `{}`, `{"DataTraceEnabled":false,"LoggingLevel":"ERROR"}`), "a\\u0060b": merge(RouteSettings."a\\u0060b" || `{}`, `{"LoggingLevel":"ERROR"}`)})\'',
        ],
    },
    {
        when: "a route alone is set alone",
        given: [
            CHAT,
            nativeV2Stage("live", {
                ...{ apiId: "id-chat", stageName: "live", defaultRouteSettings: { loggingLevel: "INFO" } },
                routeSettings: { send: { LoggingLevel: "OFF" } },
            }),
            logGroup("log", { name: "/aws/apigateway/id-chat/live", retentionInDays: 30 }),
        ],
        config: { "apigateway-stage-execution-log-group": "disabled" },
        runs: [
            "require_account_role",
            "ensure_log_group /aws/apigateway/id-chat/live 90",
            'set_route_settings id-chat live --route-settings \'merge(RouteSettings || `{}`, {"send": merge(RouteSettings."send" || `{}`, `{"LoggingLevel":"ERROR"}`)})\'',
        ],
    },
    {
        when: "a route without a key cannot be set, and the rest can",
        given: [
            CHAT,
            chatStage({ routeSettings: [{ loggingLevel: "OFF" }], defaultRouteSettings: { loggingLevel: "OFF" } }),
        ],
        runs: [
            "require_account_role",
            "ensure_log_group /aws/apigateway/id-chat/live 90",
            'set_route_settings id-chat live --default-route-settings \'merge(DefaultRouteSettings || `{}`, `{"LoggingLevel":"ERROR"}`)\'',
        ],
        leaves: [
            'Stage "live" of API "id-chat" writes no execution logs: loggingLevel in its default route settings is OFF or not set; it does not log a route: loggingLevel there is OFF or not set.',
            "The key of a route is not known: deploy the stack first.",
        ],
    },
    {
        when: "a route without a key alone leaves nothing to set",
        given: [
            CHAT,
            chatStage({ routeSettings: [{ loggingLevel: "OFF" }], defaultRouteSettings: { loggingLevel: "INFO" } }),
        ],
        options: { policies: ["apigatewayv2-stage-execution-logging"] },
        leaves: [
            'Stage "live" of API "id-chat" does not log a route: loggingLevel there is OFF or not set.',
            "The key of a route is not known: deploy the stack first.",
        ],
    },
    {
        when: "a stage called $default has no log group",
        given: [CHAT, chatStage({ name: "$default" })],
        runs: [
            "require_account_role",
            "set_route_settings id-chat '$default' --default-route-settings 'merge(DefaultRouteSettings || `{}`, `{\"LoggingLevel\":\"ERROR\"}`)'",
        ],
    },
    {
        when: "a stage without a name cannot be set",
        given: [
            CHAT,
            chatStage({
                name: 7,
                routeSettings: [{ routeKey: "send", dataTraceEnabled: true, loggingLevel: "INFO" }],
                defaultRouteSettings: { loggingLevel: "INFO" },
            }),
        ],
        options: { policies: ["apigatewayv2-stage-data-trace"] },
        leaves: ['Stage "live" of API "id-chat" turns data tracing on for route "send".', UNKNOWN_STAGE],
    },
];

const LOG_ROWS: readonly Row[] = [
    {
        when: "log groups get a retention, without being created",
        given: [logGroup("log", { name: "/shop", retentionInDays: 0 })],
        runs: ["run aws logs put-retention-policy --log-group-name /shop --retention-in-days 90"],
    },
    {
        when: "a retention that is set leaves nothing else to do for the group",
        given: [REST, STAGE, logGroup("log", { name: "API-Gateway-Execution-Logs_a1/prod" })],
        runs: [
            "require_account_role",
            "run aws logs put-retention-policy --log-group-name API-Gateway-Execution-Logs_a1/prod --retention-in-days 90",
            patched(["/*/*/logging/loglevel", "ERROR"]),
        ],
    },
    {
        when: "a group whose name is not known cannot be fixed",
        given: [logGroup("log", { name: 7 })],
        leaves: [
            'Log group "log" never expires: it has no retention.',
            "The name of the log group is not known: deploy the stack first.",
        ],
    },
    {
        when: "the group of a stage that logs is created",
        given: [REST, STAGE, settings("*/*", { loggingLevel: "INFO" })],
        runs: ["ensure_log_group API-Gateway-Execution-Logs_a1/prod 90"],
    },
    {
        when: "the group of a stage without a known name is not",
        given: [CHAT, chatStage({ name: 7, defaultRouteSettings: { loggingLevel: "INFO" } })],
        leaves: [
            'Stage "live" of API "id-chat" writes its execution log to a log group that this stack does not declare, so its events never expire.',
            "The name of the log group is not known: deploy the stack first.",
        ],
    },
    {
        when: "databases export their logs, to groups that expire, and to none twice",
        given: [
            dbInstance("db", { engine: "postgres", identifier: "DB-1" }),
            dbCluster("cluster", {
                engine: "aurora-postgresql",
                clusterIdentifier: "c1",
                enabledCloudwatchLogsExports: [],
            }),
            dbCluster("same", {
                engine: "aurora-postgresql",
                clusterIdentifier: "c1",
                enabledCloudwatchLogsExports: [],
            }),
        ],
        config: { "rds-log-exports": "advisory" },
        runs: [
            "ensure_log_group /aws/rds/instance/db-1/postgresql 90",
            "ensure_log_group /aws/rds/instance/db-1/upgrade 90",
            "ensure_log_group /aws/rds/cluster/c1/postgresql 90",
            `run aws rds modify-db-instance --db-instance-identifier DB-1 --cloudwatch-logs-export-configuration '{"EnableLogTypes":["postgresql","upgrade"]}'`,
            `run aws rds modify-db-cluster --db-cluster-identifier c1 --cloudwatch-logs-export-configuration '{"EnableLogTypes":["postgresql"]}'`,
        ],
    },
    {
        when: "a database without a known identifier does not",
        given: [dbInstance("db", { engine: "postgres", identifier: 7 })],
        config: { "rds-log-exports": "advisory" },
        leaves: [
            'DB instance "db" does not export its postgresql and upgrade logs to CloudWatch.',
            "The identifier of the database is not known: deploy the stack first.",
        ],
    },
    {
        when: "the groups of logs that a database exports are created",
        given: [
            dbInstance("db", { engine: "postgres", identifier: "db-1", enabledCloudwatchLogsExports: ["upgrade"] }),
        ],
        config: { "rds-log-export-log-group": "advisory" },
        runs: ["ensure_log_group /aws/rds/instance/db-1/upgrade 90"],
    },
];

const ROLE = "arn:aws:iam::111122223333:role/logs";
const SHARED =
    "All APIs of the account and region share the role. Give --account-role ARN, with a role of this account, or --create-account-role.";
const NO_ROLE = 'Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.';
const HERE = inAccount("111122223333");
const only = (...policies: string[]) => ({ policies });

const OPTION_ROWS: readonly Row[] = [
    {
        when: "the account keeps its role, unless one is given",
        given: [account("account")],
        leaves: [NO_ROLE, SHARED],
    },
    {
        when: "only what fails a control is fixed if that is asked for",
        given: [STAGE],
        options: { controls: ["APIGateway.3"] },
        runs: [patched(["/tracingEnabled", "true"])],
    },
    {
        when: "a role that is given is set",
        given: [HERE, account("account")],
        options: { accountRole: ROLE },
        runs: ["if in_account 111122223333 --region eu-west-1; then", `set_account_role ${ROLE}`],
    },
    {
        when: "a role of another account is not",
        given: [inAccount("444455556666"), account("account"), STAGE],
        options: {
            accountRole: ROLE,
            ...only("apigateway-account-role-set", "apigateway-stage-execution-logging"),
        },
        runs: [
            "if in_account 444455556666 --region eu-west-1; then",
            ...LOGS,
            patched(["/*/*/logging/loglevel", "ERROR"]),
        ],
        leaves: [NO_ROLE, SHARED],
    },
    {
        when: "a role is created if that is asked for",
        given: [STAGE],
        options: { createAccountRole: true },
        runs: ["create_account_role", ...LOGS.slice(1), patched(["/*/*/logging/loglevel", "ERROR"])],
    },
    {
        when: "--level and --retention are what is set",
        given: [STAGE, logGroup("log", { name: "/shop" })],
        options: { level: "INFO", retention: 365 },
        runs: [
            "require_account_role",
            "ensure_log_group API-Gateway-Execution-Logs_a1/prod 365",
            "run aws logs put-retention-policy --log-group-name /shop --retention-in-days 365",
            patched(["/*/*/logging/loglevel", "INFO"]),
        ],
    },
    {
        when: "what the config of other policies wants is set as well, though they are not chosen",
        given: [STAGE],
        config: { [LEVEL]: { levels: ["INFO"] }, "cloudwatch-log-group-retention": { minDays: 365, setDays: 400 } },
        options: only("apigateway-stage-execution-logging"),
        runs: [
            "require_account_role",
            "ensure_log_group API-Gateway-Execution-Logs_a1/prod 400",
            patched(["/*/*/logging/loglevel", "INFO"]),
        ],
    },
    {
        when: "the defaults count where the config disables those policies",
        given: [STAGE],
        config: { [LEVEL]: "disabled", "cloudwatch-log-group-retention": "disabled" },
        runs: [...LOGS, patched(["/*/*/logging/loglevel", "ERROR"])],
    },
];

const dark = (provider: object) =>
    stage("prod", { restApi: "a1", stageName: "prod" }, { provider: provider as Record<string, unknown> });

describe("fix", () => {
    const { path, write } = withFolder();
    let count = 0;
    const file = (content: unknown) => write(`${count++}.json`, content);

    async function fixed({ given, config, options = {} }: Omit<Row, "when">) {
        const policies = config === undefined ? {} : { config: file(config) };
        return fix([file(exported(given))], { ...policies, ...options });
    }

    for (const [name, rows] of Object.entries({
        "stages of REST APIs": REST_ROWS,
        "stages of WebSocket APIs": V2_ROWS,
        "log groups and databases": LOG_ROWS,
        options: OPTION_ROWS,
    })) {
        describe(`for ${name}`, () => {
            for (const { when, runs = [], leaves = [], ...row } of rows) {
                it(when, async () => {
                    const { script, problems } = await fixed(row);
                    assert.deepEqual(problems, []);
                    const commands = commandsIn(script).map((line) =>
                        line.startsWith("if") ? line : line.replace(/ --region eu-west-1$/, ""),
                    );
                    assert.deepEqual(commands, runs);
                    const left = notesIn(script, "Not fixed:").filter((line) => !line.includes("urn:pulumi:"));
                    assert.deepEqual(left, leaves);
                });
            }
        });
    }

    describe("finds the place of a resource", () => {
        const ends = async (given: readonly Declared[], options: FixOptions = {}) => {
            const { script } = await fixed({
                given,
                options: { ...only("apigateway-stage-xray-tracing"), ...options },
                config: { "apigateway-stage-xray-tracing": "advisory" },
            });
            return {
                sections: script.split("\n").filter((line) => line.startsWith("# ----")),
                options: commandsIn(script)
                    .filter((line) => line.startsWith("run"))
                    .map((line) => line.split("' ").at(-1)),
                reasons: notesIn(script, "Not fixed:").slice(2),
            };
        };

        it("in its own region, and with the profile of its provider", async () => {
            const given = [
                stage(
                    "a",
                    { restApi: "a1", stageName: "a", region: "us-east-1" },
                    { provider: { region: "eu-west-1", profile: "it's" } },
                ),
                stage("b", { restApi: "b1", stageName: "b" }, { provider: { region: "eu-west-1", profile: "it's" } }),
                stage("c", { restApi: "c1", stageName: "c" }, { provider: { region: "eu-west-1", profile: "it's" } }),
            ];
            assert.deepEqual(await ends(given, { region: "ap-south-1", profile: "none" }), {
                sections: ["# ---- region us-east-1, profile it's", "# ---- region eu-west-1, profile it's"],
                options: [
                    "--region us-east-1 --profile 'it'\\''s'",
                    "--region eu-west-1 --profile 'it'\\''s'",
                    "--region eu-west-1 --profile 'it'\\''s'",
                ].map((line) => line.replace("' ", "' ").split("' ").at(-1)),
                reasons: [],
            });
        });

        it("as ARNs of its provider's resources have it", async () => {
            const provider = { version: "6" };
            const shared = declare(
                "aws:ec2/subnet:Subnet",
                "a",
                { arn: "arn:aws:ec2:us-east-1:444455556666:subnet/a" },
                { provider },
            );
            const { sections } = await ends([shared, inAccount("111122223333", { provider }), dark(provider)]);
            assert.deepEqual(sections, ["# ---- account 111122223333, region eu-west-1"]);
        });

        it("as the options say, if nothing else does", async () => {
            const { sections, options } = await ends([dark({})], { region: "ap-south-1", profile: "audit" });
            assert.deepEqual(sections, ["# ---- region ap-south-1, profile audit"]);
            assert.deepEqual(options, ["--region ap-south-1 --profile audit"]);
        });

        it("as it is, though it looks like an option", async () => {
            const { options } = await ends([dark({ region: "eu-west-1", profile: "-x" })]);
            assert.deepEqual(options, ["--region eu-west-1 --profile=-x"]);
        });

        it("nowhere, if what the state has cannot be a region", async () => {
            const { reasons } = await ends([dark({ region: "eu-west-1.example.com/" })]);
            assert.deepEqual(reasons, ["What the state has for its region is not the name of a region."]);
        });

        it("nowhere, if nothing does", async () => {
            assert.deepEqual(await ends([dark({})]), {
                sections: [],
                options: [],
                reasons: ["Its region is not known. Give it with --region."],
            });
        });
    });

    describe("refuses a command", () => {
        const REASONS: readonly (readonly [what: string, name: unknown, reason: string])[] = [
            [
                "that needs a secret of the state",
                secret("hunter2-hunter2"),
                "The name of the log group is not known: deploy the stack first.",
            ],
            [
                "for which the AWS CLI would read a file",
                "file:///etc/passwd",
                "Its name, or a part of it, would be taken for a file to read by the AWS CLI.",
            ],
            ["with a NUL in it", "a\0b", "Its name, or a part of it, has a character that no command can be given."],
            [
                "with half of a character in it",
                "a\ud800b",
                "Its name, or a part of it, has a character that no command can be given.",
            ],
        ];
        for (const [what, name, reason] of REASONS) {
            it(what, async () => {
                const { script } = await fixed({ given: [logGroup("log", { name })] });
                assert.deepEqual(commandsIn(script), []);
                assert.equal(notesIn(script, "Not fixed:").at(-1), reason);
                assert.ok(!script.includes("hunter2"));
            });
        }
    });

    it("says what to change in the program, where, and what is wrong in the program only", async () => {
        const given = [
            account("account", { cloudwatchRoleArn: ROLE }),
            settings("*/*", { loggingLevel: "INFO" }),
            logGroup("log", { name: "/shop" }),
        ];
        const state = exported(given) as { deployment: { resources: Record<string, unknown>[] } };
        for (const resource of state.deployment.resources) {
            resource.sourcePosition = "project:///index.ts#3,5";
        }
        const { script, summary } = await fix([file(state)], { sourceDir: "infra" });
        assert.deepEqual(notesIn(script, "Then change the program, or a later update may undo this:"), [
            "infra/index.ts:3:5  shop/dev  urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::log",
            'Log group "log" never expires: it has no retention.',
            "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.",
            "retentionInDays: 90",
        ]);
        assert.deepEqual(notesIn(script, "Nothing to change on AWS, but in the program:").slice(1, 2), [
            'MethodSettings "own" turns execution logging on but does not depend on Account "account", so its creation fails if the CloudWatch role is not set yet.',
        ]);
        assert.equal(summary, "1 command for 1 finding; no findings not fixed");
    });

    describe("says which values to use in the program", () => {
        const heading = "Then change the program, or a later update may undo this:";
        const given = [STAGE, logGroup("log", { name: "/shop" }), settings("~1pets/GET", { loggingLevel: "OFF" })];
        const USE_BOTH = ["Use the values that this script sets: logging level INFO and a retention of 365 days."];
        const USE_INFO = ["Use the values that this script sets: logging level INFO."];
        const ROWS: readonly (readonly [when: string, row: Omit<Row, "when">, hint: readonly string[]])[] = [
            ["not if they are those of the code", { given }, []],
            ["if options set them", { given, options: { level: "INFO", retention: 365 } }, USE_BOTH],
            [
                "if options set those of the code, which a program may not have",
                { given, options: { level: "ERROR", retention: 1 } },
                ["Use the values that this script sets: logging level ERROR and a retention of 1 day."],
            ],
            [
                "only the retention if no level is set",
                { given: [logGroup("log", { name: "/shop" })], options: { level: "INFO", retention: 365 } },
                ["Use the values that this script sets: a retention of 365 days."],
            ],
            [
                "only the level if no retention is set",
                {
                    given: [CHAT, chatStage({ name: "$default" })],
                    options: { ...only("apigatewayv2-stage-execution-logging"), level: "INFO", retention: 365 },
                },
                USE_INFO,
            ],
            [
                "not if the config sets a level, which the code then has",
                { given, config: { [LEVEL]: { setLevel: "INFO" } } },
                [],
            ],
            [
                "not if the config sets a retention, which the code then has",
                {
                    given: [STAGE, settings("*/*", { loggingLevel: "INFO" })],
                    config: { "cloudwatch-log-group-retention": { setDays: 30 } },
                },
                [],
            ],
            [
                "not if nothing is set",
                { given: [logGroup("log", { name: 7 })], options: { level: "INFO", retention: 365 } },
                [],
            ],
        ];
        for (const [when, row, hint] of ROWS) {
            it(when, async () => {
                const { script } = await fixed(row);
                const notes = notesIn(script, heading).filter((line) => line.startsWith("Use the values"));
                assert.deepEqual(notes, hint);
            });
        }

        for (const [language, path, code] of [
            ["TypeScript", "index.ts", "retentionInDays: 90"],
            ["Python", "__main__.py", "retention_in_days=90"],
            ["Go", "main.go", "RetentionInDays: pulumi.Int(90)"],
            ["YAML", "Pulumi.yaml", "retentionInDays: 90"],
        ] as const) {
            it(`for programs in ${language}`, async () => {
                const state = exported(given) as { deployment: { resources: Record<string, unknown>[] } };
                for (const resource of state.deployment.resources) {
                    resource.sourcePosition = `project:///${path}#3`;
                }
                const { script } = await fix([file(state)], { level: "INFO", retention: 365 });
                const [first, ...others] = notesIn(script, heading);
                assert.deepEqual([first], USE_BOTH);
                assert.ok(others.includes(code));
            });
        }
    });

    it("says that a role which is given is of another account", async () => {
        const given = [inAccount("444455556666"), STAGE];
        const { script } = await fixed({ given, options: { accountRole: ROLE } });
        assert.ok(
            script.includes(`\n#     - the account must have a CloudWatch role; ${ROLE} is of another account\n`),
        );
    });

    it("takes names that AWS or the provider has made from the outputs", async () => {
        const given = [
            dbCluster("cluster", { engine: "aurora-postgresql", clusterIdentifier: "tf-1" }),
            nativeLogGroup("log", { logGroupName: "log-2" }),
        ];
        const state = exported(given) as { deployment: { resources: { inputs: Record<string, unknown> }[] } };
        for (const { inputs } of state.deployment.resources) {
            delete inputs.clusterIdentifier;
            delete inputs.logGroupName;
        }
        const { script } = await fix([file(state)], only("rds-log-exports", "cloudwatch-log-group-retention"));
        assert.deepEqual(commandsIn(script), [
            "ensure_log_group /aws/rds/cluster/tf-1/postgresql 90 --region eu-west-1",
            "run aws logs put-retention-policy --log-group-name log-2 --retention-in-days 90 --region eu-west-1",
            `run aws rds modify-db-cluster --db-cluster-identifier tf-1 --cloudwatch-logs-export-configuration '{"EnableLogTypes":["postgresql"]}' --region eu-west-1`,
        ]);
    });

    it("writes the same script for the examples as before", async () => {
        // After a change: apigateway-guard fix tests/fixtures --config config/security-hub.json > tests/cli/fix/expected.sh
        const { script } = await fix(["tests/fixtures"], { config: "config/security-hub.json" });
        const expected = readFileSync(join(__dirname, "../fix/expected.sh"), "utf8");
        assert.equal(script.replace(TOOL.version, "VERSION"), expected.replace(/(?<=guard )\d+\.\d+\.\d+/, "VERSION"));
    });

    it("says so if there is nothing to do", async () => {
        const { script } = await fixed({ given: [] });
        assert.match(script, /^#!\/usr\/bin\/env bash\n(# .*\n|#\n)*$/);
        assert.match(script, /# Nothing to change on AWS was found\.\n/);
    });

    it("says so if it can do nothing about what there is", async () => {
        const { script } = await fixed({ given: [logGroup("log", { name: 7 })] });
        assert.match(script, /^#!\/usr\/bin\/env bash\n(# .*\n|#\n|\n)*$/);
        assert.match(script, /# Nothing of it can be changed by a script\.\n/);
    });

    it("says what is not decided, and what could not be read", async () => {
        const given = [
            v2Stage("live", { apiId: "elsewhere", name: "live", defaultRouteSettings: { dataTraceEnabled: true } }),
        ];
        const paths = [file(exported(given)), "nowhere.json"];
        const { script, problems } = await fix(paths, only("apigatewayv2-stage-data-trace"));
        assert.deepEqual(notesIn(script, "Not decided:"), [
            'shop/dev: apigatewayv2-stage-data-trace could not decide on Stage "live" of API "elsewhere": it is not known whether its API is a WebSocket API',
        ]);
        const [problem] = problems;
        assert.match(problem?.message ?? "", /^does not exist/);
        assert.deepEqual(notesIn(script, "Not read, so that something may be missing here:"), [
            `nowhere.json ${problem?.message}`,
        ]);
    });

    it("fails if it does nothing because something could not be read, and says what was not checked", async () => {
        write("backend/stacks/dev.json", exported([]));
        write("backend/stacks/dev.json.bak", exported([]));
        const { script } = await fix([path("backend"), "nowhere.json"]);
        assert.match(
            script,
            /^# Nothing to change on AWS was found in what could be read, but not all could be; see the end\.$/m,
        );
        assert.match(script, /^exit 2$/m);
        assert.deepEqual(notesIn(script, "Not checked:"), [
            `${path("backend")}: 1 file ending in .bak is an earlier state and was not checked.`,
        ]);
        assert.doesNotMatch((await fix([path("backend")])).script, /exit 2/);
    });

    it("fixes only the stacks that are named, with or without their project", async () => {
        const paths = [file(exported([STAGE])), file(document(region({ restApis: [liveApi(restStage({}))] })))];
        const names = async (...stacks: string[]) => (await fix(paths, { stacks })).stacks.map(({ stack }) => stack);
        assert.deepEqual(await names(), ["shop/dev", "111122223333/eu-west-1"]);
        assert.deepEqual(await names("dev"), ["shop/dev"]);
        assert.deepEqual(await names("shop/dev", "eu-west-1"), ["shop/dev", "111122223333/eu-west-1"]);
        await assert.rejects(fix(paths, { stacks: ["dev", "prod"] }), {
            message:
                '--stack names "prod", which is not one of the stacks. There are "shop/dev" and "111122223333/eu-west-1".',
        });
        await assert.rejects(fix(paths.slice(1), { stacks: ["prod"] }), {
            message: '--stack names "prod", which is not one of the stacks. There is "111122223333/eu-west-1".',
        });
        await assert.rejects(fix(["nowhere.json"], { stacks: ["prod"] }), {
            message: '--stack names "prod", which is not one of the stacks. There are none.',
        });
    });

    it("takes a live account, and names the programs that own what it fixes", async () => {
        const chat = api([{ StageName: "live", DefaultRouteSettings: { LoggingLevel: "OFF" } }]);
        const live = document(
            region({
                account: {},
                restApis: [
                    liveApi(restStage({ "*/*": { loggingLevel: "ERROR" }, "~1pets/GET": { loggingLevel: "OFF" } })),
                ],
                apis: [chat],
                logGroups: [group("/shop", 0)],
            }),
        );
        const state = file(exported([declare("aws:apigateway/restApi:RestApi", "orders", { id: "a1" }), STAGE]));
        const { script } = await fix([file(live)], { states: [state], accountRole: ROLE });
        assert.deepEqual(
            commandsIn(script).map((line) => line.replace(/ --region eu-west-1$/, "")),
            [
                "if in_account 111122223333 --region eu-west-1; then",
                `set_account_role ${ROLE}`,
                "ensure_log_group API-Gateway-Execution-Logs_a1/prod 90",
                "ensure_log_group /aws/apigateway/w1/live 90",
                "run aws logs put-retention-policy --log-group-name /shop --retention-in-days 90",
                patched(["/~1pets/GET/logging/loglevel", "ERROR"]),
                'set_route_settings w1 live --default-route-settings \'merge(DefaultRouteSettings || `{}`, `{"LoggingLevel":"ERROR"}`)\'',
            ],
        );
        const heading = "Then change the program, or a later update may undo this:";
        const notes = notesIn(script, heading);
        const at = notes.findIndex((line) => line.includes("MethodSettings::a1/prod/~1pets/GET"));
        assert.deepEqual(notes.slice(at + 1, at + 3), [
            "In no stack given. Its stage is made by shop/dev: urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod.",
            'To have it in the program, declare it there with { import: "a1/prod/~1pets/GET" }.',
        ]);
        assert.equal(notes.filter((line) => line.includes("import:")).length, 1);

        const alone = await fix([file(live)], { accountRole: ROLE });
        assert.equal(
            notesIn(alone.script, heading)[0],
            "With --state and the states of your stacks, this list has the lines of the programs.",
        );
    });

    const WRONG: readonly (readonly [what: string, options: FixOptions, config: object | undefined, says: string])[] = [
        [
            "a level that a policy does not allow",
            { level: "INFO" },
            { "apigatewayv2-stage-execution-logging": { levels: ["ERROR"] } },
            "--level INFO is not allowed by apigatewayv2-stage-execution-logging, which allows ERROR",
        ],
        [
            "a retention that CloudWatch does not accept",
            { retention: 45 },
            undefined,
            "--retention 45: cloudwatch-log-group-retention: setDays is 45, a retention that CloudWatch does not accept. The nearest is 60.",
        ],
        [
            "a retention that the policy does not accept",
            { retention: 30 },
            { "cloudwatch-log-group-retention": { minDays: 365 } },
            "--retention 30: cloudwatch-log-group-retention: setDays (30) is outside minDays and maxDays. Set it to a value from 365 to 3653.",
        ],
        [
            "a role that is none",
            { accountRole: 'arn:aws:iam::1:role/x";y' },
            undefined,
            '--account-role "arn:aws:iam::1:role/x\\";y" is not the ARN of a role, such as arn:aws:iam::123456789012:role/NAME',
        ],
        ["an empty region", { region: "" }, undefined, '--region "" is not the name of a region, such as eu-west-1'],
        ["an empty profile", { profile: "" }, undefined, "--profile is empty"],
        [
            "states of owners without a live account",
            { states: ["tests/fixtures/rest-api.json"] },
            undefined,
            "--state is for the owners of what a live account has, but no path is of one",
        ],
        [
            "two roles",
            { accountRole: ROLE, createAccountRole: true },
            undefined,
            "--account-role and --create-account-role exclude each other",
        ],
        [
            "a policy that does not exist",
            only("cloudwatch-log-group-retentions"),
            undefined,
            '--policy names "cloudwatch-log-group-retentions", which is not a policy. Did you mean "cloudwatch-log-group-retention"?',
        ],
    ];
    for (const [what, options, config, message] of WRONG) {
        it(`rejects ${what}`, () =>
            assert.rejects(fixed({ given: [], options, ...(config && { config }) }), (error: Error) => {
                assert.equal(error.message, message);
                return true;
            }));
    }
});
