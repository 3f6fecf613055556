import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { check } from "../../../cli/commands/check";
import { type FixOptions, fix } from "../../../cli/commands/fix";
import { live } from "../../../cli/commands/live";
import { type Emulator, emulatorTier } from "../../support/emulator/emulator";
import { awsEnvironment, withEnvironment } from "../../support/emulator/environment";
import { type Respond, type Response, withRecorder } from "../../support/emulator/recorder";
import { FIXTURES } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";
import {
    account,
    type Declared,
    dbCluster,
    dbInstance,
    logGroup,
    methodSettings,
    type Options,
    stage,
    v2Api,
    v2Stage,
} from "../../support/wire/declare";
import { ACCOUNT_ID, answers, asked, HOSTILE, patch } from "./answers";
import { exported, inAccount } from "./stack";

const GET_STAGE = ["apigateway", "get-stage", "--stage-name", "prod"] as const;

const HOSTILE_POLICIES = [
    ...["apigateway-stage-execution-logging", "apigateway-method-settings-logging-level"],
    ...["apigatewayv2-stage-execution-logging", "cloudwatch-log-group-retention", "rds-log-exports"],
];

/** What bash, the AWS CLI and ShellCheck make of the scripts. */
emulatorTier("the script of fix", (emulator) => {
    const recorder = withRecorder();
    const { path, write } = withFolder();
    let count = 0;
    const file = (content: unknown) => write(`${count++}.json`, content);

    before(() => {
        // What the script waits for happens at once here.
        chmodSync(write("bin/sleep", "#!/bin/sh\n"), 0o755);
    });

    /** Runs a script in a folder of its own, as a user does. */
    async function run(script: string, url: string, ...args: readonly string[]) {
        const { bin } = emulator();
        const env = {
            ...process.env,
            ...awsEnvironment(url),
            PATH: [path("bin"), bin, process.env.PATH].join(delimiter),
            AWS_MAX_ATTEMPTS: "1",
        };
        const bash = spawn("bash", [write(`${count++}.sh`, script), ...args], { env, cwd: path() });
        const [stdout, stderr] = await Promise.all([text(bash.stdout), text(bash.stderr), once(bash, "close")]);
        return { status: bash.exitCode, stdout, stderr };
    }

    const scriptFor = async (given: readonly Declared[], options: FixOptions = {}) =>
        (await fix([file(exported(given))], options)).script;

    /** Runs the script for a stack against the stand-in that records. */
    async function recorded(given: readonly Declared[], options: FixOptions, respond: Respond, ...args: string[]) {
        recorder().respond(respond);
        const result = await run(await scriptFor(given, options), recorder().url, ...args);
        return { ...result, requests: [...recorder().requests] };
    }

    it("leads from a dark account to one without findings, and changes nothing when it is run again", async () => {
        const { aws, url } = emulator();
        const rest = darkApi(emulator());
        const forgotten = "API-Gateway-Execution-Logs_gone/prod";
        aws("logs", "create-log-group", "--log-group-name", forgotten);
        const read = async () => {
            const { text: document } = await withEnvironment(awsEnvironment(url), () =>
                live({ regions: ["eu-west-1"] }),
            );
            return { document: file(document), content: document.replace(/"(time|lastUpdatedDate)": .*/g, "") };
        };
        const before = await read();
        const { script, summary } = await fix([before.document], { createAccountRole: true, retention: 365 });
        assert.equal(summary, "4 commands for 4 findings; no findings not fixed");

        const dry = await run(script, url, "--dry-run");
        assert.deepEqual([dry.status, dry.stderr], [0, ""]);
        assert.equal((await read()).content, before.content);

        const { status, stderr } = await run(script, url);
        assert.deepEqual([status, stderr], [0, ""]);
        const after = await read();
        const { findings, problems } = await check([after.document]);
        assert.deepEqual([findings, problems], [[], []]);
        const { methodSettings } = aws(...GET_STAGE, "--rest-api-id", rest) as {
            methodSettings: Readonly<Record<string, { loggingLevel: string }>>;
        };
        assert.deepEqual(
            Object.fromEntries(Object.entries(methodSettings).map(([key, one]) => [key, one.loggingLevel])),
            {
                "*/*": "ERROR",
                "~1pets~1{id}/GET": "ERROR",
            },
        );
        const { cloudwatchRoleArn } = aws("apigateway", "get-account") as { cloudwatchRoleArn: string };
        assert.equal(cloudwatchRoleArn, "arn:aws:iam::123456789012:role/apigateway-cloudwatch-logs");
        const { logGroups } = aws("logs", "describe-log-groups") as {
            logGroups: readonly { logGroupName: string; retentionInDays: number }[];
        };
        assert.deepEqual(Object.fromEntries(logGroups.map((one) => [one.logGroupName, one.retentionInDays])), {
            [`API-Gateway-Execution-Logs_${rest}/prod`]: 365,
            [forgotten]: 365,
        });

        assert.deepEqual((await run(script, url)).status, 0);
        assert.equal((await read()).content, after.content);
    });

    describe("asks AWS", () => {
        const OUTPUT = { loggingLevel: "OFF", dataTraceEnabled: true };
        const EVERYTHING: readonly Declared[] = [
            inAccount(ACCOUNT_ID),
            stage("prod", { restApi: "a1", stageName: "prod" }),
            methodSettings("pet", {
                ...{ restApi: "a1", stageName: "prod", methodPath: "~1pets~1{id}/GET" },
                settings: { loggingLevel: "OFF", dataTraceEnabled: true },
            }),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("live", {
                ...{ apiId: "id-chat", name: "live", defaultRouteSettings: OUTPUT },
                routeSettings: [{ routeKey: "$connect", ...OUTPUT }],
            }),
            logGroup("log", { name: "/shop" }),
            dbInstance("db", { engine: "postgres", identifier: "db-1" }),
            dbCluster("cluster", { engine: "aurora-postgresql", clusterIdentifier: "c1" }),
        ];
        const config = { "rds-log-exports": { enforcementLevel: "advisory", controls: ["RDS.36", "RDS.37"] } };

        it("for what it is to set, and for nothing else", async () => {
            const options = { config: file(config), createAccountRole: true };
            const { status, stderr, requests } = await recorded(EVERYTHING, options, answers());
            assert.deepEqual([status, stderr], [0, ""]);
            const created = (name: string) => [
                ["logs CreateLogGroup", { logGroupName: name }],
                ["logs DescribeLogGroups", { logGroupNamePrefix: name }],
                ["logs PutRetentionPolicy", { logGroupName: name, retentionInDays: 90 }],
            ];
            const stageOfChat = "/v2/apis/id-chat/stages/live";
            const form = (...parameters: readonly (readonly [name: string, value: string])[]) =>
                Object.fromEntries(parameters);
            assert.deepEqual(requests.map(asked), [
                ["sts GetCallerIdentity", form()],
                ["apigateway GET /account", {}],
                ["sts GetCallerIdentity", form()],
                [
                    "iam CreateRole",
                    form(
                        ["RoleName", "apigateway-cloudwatch-logs"],
                        [
                            "AssumeRolePolicyDocument",
                            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
                        ],
                    ),
                ],
                [
                    "iam AttachRolePolicy",
                    form(
                        ["RoleName", "apigateway-cloudwatch-logs"],
                        ["PolicyArn", "arn:aws-cn:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
                    ),
                ],
                [
                    "apigateway PATCH /account",
                    patch(["/cloudwatchRoleArn", `arn:aws-cn:iam::${ACCOUNT_ID}:role/apigateway-cloudwatch-logs`]),
                ],
                ...created("API-Gateway-Execution-Logs_a1/prod"),
                ...created("/aws/apigateway/id-chat/live"),
                ...created("/aws/rds/instance/db-1/postgresql"),
                ...created("/aws/rds/cluster/c1/postgresql"),
                ["logs PutRetentionPolicy", { logGroupName: "/shop", retentionInDays: 90 }],
                [
                    "apigateway PATCH /restapis/a1/stages/prod",
                    patch(
                        ["/*/*/logging/loglevel", "ERROR"],
                        ["/~1pets~1{id}/GET/logging/dataTrace", "false"],
                        ["/~1pets~1{id}/GET/logging/loglevel", "ERROR"],
                    ),
                ],
                [`apigateway GET ${stageOfChat}`, {}],
                [
                    `apigateway PATCH ${stageOfChat}`,
                    {
                        defaultRouteSettings: {
                            ...{ detailedMetricsEnabled: true, throttlingBurstLimit: 5 },
                            ...{ dataTraceEnabled: false, loggingLevel: "ERROR" },
                        },
                    },
                ],
                [`apigateway GET ${stageOfChat}`, {}],
                [
                    `apigateway PATCH ${stageOfChat}`,
                    {
                        routeSettings: {
                            $connect: { throttlingRateLimit: 0.5, dataTraceEnabled: false, loggingLevel: "ERROR" },
                            other: { loggingLevel: "INFO" },
                        },
                    },
                ],
                [
                    "rds ModifyDBInstance",
                    form(
                        ["DBInstanceIdentifier", "db-1"],
                        ["CloudwatchLogsExportConfiguration.EnableLogTypes.member.1", "postgresql"],
                    ),
                ],
                [
                    "rds ModifyDBCluster",
                    form(
                        ["DBClusterIdentifier", "c1"],
                        ["CloudwatchLogsExportConfiguration.EnableLogTypes.member.1", "postgresql"],
                    ),
                ],
            ]);
            assert.ok(requests.every(({ region }) => region === "eu-west-1" || region === "us-east-1"));
        });

        it("nothing in a dry run, and prints each command", async () => {
            const options = { config: file(config), createAccountRole: true };
            const { status, stdout, requests } = await recorded(EVERYTHING, options, answers(), "--dry-run");
            assert.deepEqual([status, requests], [0, []]);
            const printed = stdout.split("\n").map((line) => /^aws \S+ \S+/.exec(line)?.[0] ?? line);
            const groups = ["aws logs create-log-group", "aws logs put-retention-policy"];
            assert.deepEqual(printed, [
                ...["aws iam create-role", "aws iam attach-role-policy", "aws apigateway update-account"],
                ...[...groups, ...groups, ...groups, ...groups, "aws logs put-retention-policy"],
                ...["aws apigateway update-stage", "aws apigatewayv2 update-stage", "aws apigatewayv2 update-stage"],
                ...["aws rds modify-db-instance", "aws rds modify-db-cluster", ""],
            ]);
        });
    });

    const HERE = inAccount(ACCOUNT_ID);
    const LOGGING = [HERE, stage("prod", { restApi: "a1", stageName: "prod" })];
    const traced = (options: Options = {}) =>
        methodSettings(
            "one",
            {
                ...{ restApi: "a1", stageName: "prod", methodPath: "*/*" },
                settings: { loggingLevel: "INFO", dataTraceEnabled: true },
            },
            options,
        );
    const WITHOUT_ROLE = [HERE, account("account")];
    const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/logs`;
    const LEVEL = "apigateway PATCH /restapis/a1/stages/prod";
    const CREATE = "logs CreateLogGroup";
    const RETAIN = "logs PutRetentionPolicy";
    const GET_ACCOUNT = "apigateway GET /account";
    const SET_ACCOUNT = "apigateway PATCH /account";
    const IDENTIFY = "sts GetCallerIdentity";

    it("leaves the retention of a log group that has one, and waits for groups that AWS is about to create", async () => {
        const types = ["audit", "error", "general", "slowquery"];
        const name = (type: string) => `/aws/rds/instance/db-1/${type}`;
        const config = file({ "rds-log-export-log-group": "advisory" });
        const database = dbInstance("db", { engine: "mysql", identifier: "db-1", enabledCloudwatchLogsExports: types });
        const existing = answers({
            groups: [
                [name("audit"), 7],
                [name("error"), undefined],
                [`${name("error")}2`, 7],
            ],
        });
        const retained = new Map<string, number>();
        const respond: Respond = (request, nth) => {
            const { call, body } = request;
            const type = types.find((one) => body.includes(`${one}"`));
            if (call === CREATE && type !== "slowquery") {
                const error = type === "general" ? "OperationAbortedException" : "ResourceAlreadyExistsException";
                return { status: 400, body: { __type: error, message: "it is there, or is about to be" } };
            }
            const times = (retained.get(String(type)) ?? 0) + 1;
            if (call === RETAIN) {
                retained.set(String(type), times);
            }
            return call === RETAIN && type === "general" && times < 3
                ? { status: 400, body: { __type: "ResourceNotFoundException", message: "it is not there yet" } }
                : existing(request, nth);
        };
        const options = { config, policies: ["rds-log-export-log-group"] };
        const { status, stderr } = await recorded([database], options, respond);
        assert.deepEqual([status, stderr], [0, ""]);
        assert.deepEqual(Object.fromEntries(retained), { error: 1, general: 3, slowquery: 1 });
    });

    interface Run {
        readonly when: string;
        readonly given: readonly Declared[];
        readonly options?: FixOptions;
        readonly respond: Respond;
        readonly fails?: RegExp;
        readonly calls: readonly string[];
    }

    const INCOMPLETE = "Not everything was done. To run the script again does no harm.\n$";
    const failing =
        (failed: string, answer: Response, times = 1): Respond =>
        (request, nth) =>
            request.call === failed && nth <= times ? answer : answers({ role: ROLE })(request, nth);

    const RUNS: readonly Run[] = [
        {
            when: "an error that is not expected ends it, before logging is turned on",
            given: LOGGING,
            respond: failing(CREATE, { status: 400, body: { __type: "AccessDeniedException", message: "no access" } }),
            calls: [IDENTIFY, GET_ACCOUNT, CREATE],
            fails: new RegExp(`AccessDeniedException.*no access\n${INCOMPLETE}`, "s"),
        },
        {
            when: "an error of a setting ends it, too",
            given: [traced()],
            respond: failing(LEVEL, { error: "NotFoundException", body: { message: "Invalid stage identifier" } }),
            calls: [LEVEL],
            fails: new RegExp(`Invalid stage identifier\n${INCOMPLETE}`, "s"),
        },
        {
            when: "it ends at once if the account has no role",
            given: LOGGING,
            respond: answers(),
            calls: [IDENTIFY, GET_ACCOUNT],
            fails: new RegExp(`^The account has no CloudWatch role .* --create-account-role\\.\n${INCOMPLETE}`, "s"),
        },
        {
            when: "it ends at once if the credentials are not valid",
            given: LOGGING,
            respond: () => ({
                status: 403,
                body: "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>expired</Message></Error></ErrorResponse>",
            }),
            calls: [IDENTIFY],
            fails: new RegExp(`ExpiredToken.*${INCOMPLETE}`, "s"),
        },
        {
            when: "a role that the account has stays",
            given: WITHOUT_ROLE,
            options: { accountRole: `arn:aws:iam::${ACCOUNT_ID}:role/another` },
            respond: answers({ role: ROLE }),
            calls: [IDENTIFY, GET_ACCOUNT],
        },
        {
            when: "a role that the account has stays, and no other is created",
            given: WITHOUT_ROLE,
            options: { createAccountRole: true },
            respond: answers({ role: ROLE }),
            calls: [IDENTIFY, GET_ACCOUNT],
        },
        {
            when: "a role that is not known everywhere yet is set again",
            given: WITHOUT_ROLE,
            options: { accountRole: ROLE },
            respond: (request, nth) =>
                request.call === SET_ACCOUNT && nth < 3
                    ? {
                          error: "BadRequestException",
                          body: { message: "The role ARN does not have required permissions configured." },
                      }
                    : answers()(request, nth),
            calls: [IDENTIFY, GET_ACCOUNT, SET_ACCOUNT, SET_ACCOUNT, SET_ACCOUNT],
        },
        {
            when: "a role is set again if that was too soon after the last time",
            given: WITHOUT_ROLE,
            options: { accountRole: ROLE },
            respond: (request, nth) =>
                request.call === SET_ACCOUNT && nth === 1
                    ? { status: 429, error: "TooManyRequestsException", body: { message: "Too Many Requests" } }
                    : answers()(request, nth),
            calls: [IDENTIFY, GET_ACCOUNT, SET_ACCOUNT, SET_ACCOUNT],
        },
        {
            when: "a role of the name that exists is taken",
            given: WITHOUT_ROLE,
            options: { createAccountRole: true },
            respond: (request, nth) =>
                request.call === "iam CreateRole"
                    ? {
                          status: 409,
                          body: "<ErrorResponse><Error><Code>EntityAlreadyExists</Code><Message>it exists</Message></Error></ErrorResponse>",
                      }
                    : answers()(request, nth),
            calls: [IDENTIFY, GET_ACCOUNT, IDENTIFY, "iam CreateRole", "iam AttachRolePolicy", SET_ACCOUNT],
        },
        {
            when: "what is of another account is left out, and the rest is done",
            given: [inAccount("444455556666"), ...LOGGING.slice(1), traced({ provider: { region: "eu-west-1" } })],
            respond: answers({ role: ROLE }),
            calls: [IDENTIFY, LEVEL],
            fails: new RegExp(
                `^Left out account 444455556666: the credentials are of account ${ACCOUNT_ID}\\.\n${INCOMPLETE}`,
            ),
        },
    ];
    for (const { when, given, options = {}, respond, calls, fails } of RUNS) {
        it(when, async () => {
            const { status, stderr, requests } = await recorded(given, options, respond);
            assert.deepEqual(
                requests.map(({ call }) => call),
                calls,
            );
            assert.equal(status === 0, fails === undefined, stderr);
            assert.match(stderr, fails ?? /^$/);
        });
    }

    it("takes names for names, whatever is in them", async () => {
        const [quote, dollar, lines, unseen] = HOSTILE;
        const given = [
            stage("prod", { restApi: "a1", stageName: lines }),
            methodSettings("one", {
                ...{ restApi: "a1", stageName: lines, methodPath: `${dollar}/GET` },
                settings: { loggingLevel: "OFF" },
            }),
            methodSettings("other", {
                ...{ restApi: "a1", stageName: lines, methodPath: `${unseen}/GET` },
                settings: { loggingLevel: "OFF" },
            }),
            v2Api("chat", "WEBSOCKET"),
            v2Stage("live", {
                ...{ apiId: "id-chat", name: quote, defaultRouteSettings: { loggingLevel: "INFO" } },
                routeSettings: HOSTILE.map((routeKey) => ({ routeKey, loggingLevel: "OFF" })),
            }),
            logGroup("log", { name: dollar }),
            dbInstance("db", { engine: "mariadb", identifier: unseen }),
        ];
        const config = file({ "rds-log-exports": { enforcementLevel: "advisory", logTypes: ["audit"] } });
        const options = { config, policies: HOSTILE_POLICIES };
        const { status, stderr, requests } = await recorded(given, options, answers({ role: ROLE }));
        assert.deepEqual([status, stderr], [0, ""]);
        assert.ok(!existsSync(path("PWNED")));
        const bodies = (pattern: RegExp) =>
            requests.filter(({ call }) => pattern.test(call)).map((request) => asked(request)[1]);
        assert.deepEqual(bodies(/PATCH \/restapis/), [
            patch(
                ["/*/*/logging/loglevel", "ERROR"],
                [`/${dollar}/GET/logging/loglevel`, "ERROR"],
                [`/${unseen}/GET/logging/loglevel`, "ERROR"],
            ),
        ]);
        const [routes] = bodies(/PATCH \/v2/) as { routeSettings: object }[];
        assert.deepEqual(Object.keys(routes?.routeSettings ?? {}), ["$connect", "other", ...HOSTILE]);
        const [database] = bodies(/ModifyDBInstance/) as { DBInstanceIdentifier: string }[];
        assert.equal(database?.DBInstanceIdentifier, unseen);
        const groups = bodies(/CreateLogGroup|PutRetention/) as { logGroupName: string }[];
        assert.deepEqual(
            new Set(groups.map(({ logGroupName }) => logGroupName)),
            new Set([
                `API-Gateway-Execution-Logs_a1/${lines}`,
                `/aws/apigateway/id-chat/${quote}`,
                ...[dollar, `/aws/rds/instance/${unseen?.toLowerCase()}/audit`],
            ]),
        );
        const stages = requests.flatMap(({ method, url }) => (method === "PATCH" ? [decodeURIComponent(url)] : []));
        assert.deepEqual(stages, [`/restapis/a1/stages/${lines}`, `/v2/apis/id-chat/stages/${quote}`]);
    });

    it("is as ShellCheck likes it", async () => {
        const states = ["rest-api-mistakes", "websocket-api-mistakes", "rest-api"].map((name) =>
            join(FIXTURES, `${name}.json`),
        );
        const hostile = [...HOSTILE, "a\\'; touch PWNED #"].map((name, index) => logGroup(`log-${index}`, { name }));
        const scripts = [
            ...(await Promise.all(
                [{}, { accountRole: ROLE }, { createAccountRole: true }].map((one) => fix(states, one)),
            )),
            ...(await Promise.all(states.map((state) => fix([state])))),
            await fix([file(exported(hostile))]),
        ];
        for (const { script } of scripts) {
            const args = ["--severity=style", write("checked.sh", script)];
            const { status, stdout } = spawnSync(join(emulator().bin, "shellcheck"), args, { encoding: "utf8" });
            assert.deepEqual([status, stdout], [0, ""]);
        }
    });
});

/** A REST API with a stage that does not log, and an entry for one method that says so. */
function darkApi({ aws }: Emulator): string {
    const { id } = aws("apigateway", "create-rest-api", "--name", "orders") as { id: string };
    const of = ["--rest-api-id", id] as const;
    const { items } = aws("apigateway", "get-resources", ...of) as { items: readonly { id: string }[] };
    const method = [...of, "--resource-id", items[0]?.id ?? "", "--http-method", "GET"];
    aws("apigateway", "put-method", ...method, "--authorization-type", "NONE");
    aws("apigateway", "put-integration", ...method, "--type", "MOCK");
    aws("apigateway", "create-deployment", ...of, "--stage-name", "prod");
    const off = [{ op: "replace", path: "/~1pets~1{id}/GET/logging/loglevel", value: "OFF" }];
    aws("apigateway", "update-stage", ...of, "--stage-name", "prod", "--patch-operations", JSON.stringify(off));
    return id;
}
