import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { check } from "../../../cli/commands/check";
import { live } from "../../../cli/commands/live";
import { FIELDS, type LiveDocument } from "../../../cli/inputs/live/document";
import { awsEnvironment, withEnvironment } from "../../support/emulator/environment";
import { type Respond, withRecorder } from "../../support/emulator/recorder";
import { withFolder } from "../../support/folder";
import { ACCOUNT_ANSWERS, SECRET } from "../live/answers";

const DOCS = join(__dirname, "../../../docs");
const schema = JSON.parse(readFileSync(join(DOCS, "live.schema.json"), "utf8"));
const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
const page = readFileSync(join(DOCS, "live.md"), "utf8");

describe("live", () => {
    const recorder = withRecorder();
    const { write } = withFolder();

    async function read(
        respond: Respond = ACCOUNT_ANSWERS,
        regions: readonly string[] = ["eu-west-1"],
        { profile, env = {} }: { profile?: string; env?: Readonly<Record<string, string | undefined>> } = {},
    ) {
        recorder().respond(respond);
        const variables = { ...awsEnvironment(recorder().url), ...env };
        const made = await withEnvironment(variables, () => live({ regions, profile }));
        const document: LiveDocument = JSON.parse(made.text);
        assert.ok(validate(document), JSON.stringify(validate.errors));
        return { ...made, document, region: document.regions[0] as LiveDocument["regions"][number] };
    }

    it("reads all pages of everything, in the shapes of AWS and in the order of ids", async () => {
        const { document, region, unread, summary } = await read();
        assert.deepEqual(unread, []);
        assert.equal(
            summary,
            "2 REST APIs, 2 HTTP or WebSocket APIs, 4 log groups of account 111122223333 in eu-west-1",
        );
        assert.deepEqual([document.account, document.partition, document.version], ["111122223333", "aws", 1]);
        assert.deepEqual(region, EVERYTHING);
    });

    it("is the same each time, but for the time", async () => {
        const [one, other] = [await read(), await read()];
        assert.equal(one.text.replace(one.document.time, ""), other.text.replace(other.document.time, ""));
    });

    it("changes nothing: it only asks", async () => {
        await read();
        for (const { method, call } of recorder().requests) {
            assert.ok(method === "GET" || /^(logs Describe|sts Get)/.test(call), call);
        }
    });

    it("has nothing secret", async () => {
        assert.ok(!(await read()).text.includes(SECRET));
    });

    it("asks for nothing that the policy of docs/live.md does not allow, and the policy allows nothing else", async () => {
        await read();
        const [, json = ""] = /```json\n(\{\s+"Version".*?)```/s.exec(page) ?? [];
        const statements: readonly { Action: string | string[]; Resource: string | string[] }[] =
            JSON.parse(json).Statement;
        const allowed = statements.flatMap(({ Action, Resource }) =>
            [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
        );
        const asked = recorder().requests.map(neededFor);
        assert.deepEqual([...new Set(asked.filter((one) => one !== undefined))].sort(), allowed.sort());
    });

    it("reads several regions, each once", async () => {
        const empty: Respond = (request, nth) =>
            request.region === "us-east-1" && request.call !== "sts GetCallerIdentity"
                ? { body: {} }
                : ACCOUNT_ANSWERS(request, nth);
        const { document, summary } = await read(empty, ["us-east-1", "eu-west-1", "us-east-1"]);
        assert.deepEqual(
            document.regions.map(({ region, restApis }) => [region, restApis.length]),
            [
                ["eu-west-1", 2],
                ["us-east-1", 0],
            ],
        );
        assert.match(summary, /in eu-west-1, us-east-1$/);
    });

    it("tries again when AWS throttles it", async () => {
        const throttle: Respond = (request, nth) =>
            request.call === "apigateway GET /domainnames" && nth === 1
                ? { status: 429, error: "TooManyRequestsException", body: { message: "Too Many Requests" } }
                : ACCOUNT_ANSWERS(request, nth);
        assert.deepEqual((await read(throttle)).region, EVERYTHING);
    });

    describe("lists what it could not read, and has the rest:", () => {
        const DENIED = "User: arn:aws:sts::111122223333:assumed-role/audit/me is not authorized";
        const deny =
            (...calls: readonly string[]): Respond =>
            (request, nth) =>
                calls.includes(request.call)
                    ? { status: 403, error: "AccessDeniedException", body: { message: DENIED } }
                    : ACCOUNT_ANSWERS(request, nth);
        const denied = (service: string, operation: string, resource: string | null = null) => ({
            ...{ service, operation, region: "eu-west-1", resource },
            reason: `AccessDeniedException: ${DENIED}`,
        });

        it("the account's settings", async () => {
            const { region, unread } = await read(deny("apigateway GET /account"));
            assert.deepEqual(region, { ...EVERYTHING, account: null, unread: [denied("apigateway", "GetAccount")] });
            assert.deepEqual(unread, [
                `eu-west-1 could not be read completely: apigateway GetAccount: AccessDeniedException: ${DENIED}`,
            ]);
        });

        it("the stages of APIs", async () => {
            const { region, unread } = await read(
                deny(
                    "apigateway GET /restapis/a1/stages",
                    "apigateway GET /restapis/b2/stages",
                    "apigateway GET /v2/apis/w1/stages",
                ),
            );
            assert.deepEqual(region.unread, [
                denied("apigateway", "GetStages", "a1"),
                denied("apigateway", "GetStages", "b2"),
                denied("apigatewayv2", "GetStages", "w1"),
            ]);
            assert.deepEqual(unread, [
                `eu-west-1 could not be read completely: apigateway GetStages: AccessDeniedException: ${DENIED} (2 times)`,
                `eu-west-1 could not be read completely: apigatewayv2 GetStages: AccessDeniedException: ${DENIED}`,
            ]);
            assert.deepEqual(
                [region.restApis.length, region.apis[1]?.routes.length, region.logGroups.length],
                [2, 2, 3],
            );
        });

        it("the log groups", async () => {
            const { region } = await read(deny("logs DescribeLogGroups", "logs DescribeDeliverySources"));
            assert.deepEqual(region.unread, [
                denied("logs", "DescribeDeliverySources"),
                denied("logs", "DescribeLogGroups", "/aws/apigateway/"),
                denied("logs", "DescribeLogGroups", "/shop/access"),
                denied("logs", "DescribeLogGroups", "API-Gateway-Execution-Logs_"),
            ]);
            assert.deepEqual([region.logGroups, region.restApis.length], [[], 2]);
        });

        it("the rest of a list that broke off", async () => {
            const { region } = await read((request, nth) =>
                request.call === "apigateway GET /restapis" && nth === 2
                    ? { status: 400, error: "BadRequestException", body: { message: "no\n such page" } }
                    : ACCOUNT_ANSWERS(request, nth),
            );
            assert.deepEqual(
                region.restApis.map(({ id }) => id),
                ["b2"],
            );
            assert.deepEqual(region.unread, [
                { ...denied("apigateway", "GetRestApis"), reason: "BadRequestException: no such page" },
            ]);
        });

        it("a region that is switched off, of which nothing more is asked", async () => {
            const { document, region, summary } = await read(() => ({
                status: 403,
                body: "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>",
            }));
            assert.deepEqual([document.account, document.partition, recorder().requests.length], [null, null, 1]);
            assert.deepEqual(region.unread, [
                {
                    ...denied("sts", "GetCallerIdentity"),
                    reason: "InvalidClientTokenId: The security token included in the request is invalid. Is the region switched on for this account?",
                },
            ]);
            assert.match(summary, /of account unknown in eu-west-1$/);
        });

        it("everything, with a secret key that is wrong, without what AWS repeats of the request", async () => {
            const message = `The Canonical String for this request should have been 'x-amz-security-token:${SECRET}'`;
            const { text, region } = await read(() => ({
                status: 403,
                body: `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error></ErrorResponse>`,
            }));
            assert.ok(!text.includes(SECRET));
            assert.equal(
                region.unread[0]?.reason,
                "SignatureDoesNotMatch: AWS refuses the signature. Is the secret key right, and the clock of this machine?",
            );
        });

        it("everything, without credentials", async () => {
            const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
            const { region } = await read(undefined, undefined, { env });
            assert.deepEqual(
                region.unread.map(({ reason }) => reason),
                ["there are no credentials. Set AWS_PROFILE or --profile, or sign in"],
            );
        });

        it("everything, with a profile that does not exist", async () => {
            const { region } = await read(undefined, undefined, { profile: "audit" });
            assert.deepEqual(
                region.unread.map(({ reason }) => reason),
                ['the profile "audit" does not exist or gives no credentials'],
            );
        });

        it("everything, where nothing listens", async () => {
            const { region } = await read(undefined, undefined, { env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
            assert.match(region.unread[0]?.reason ?? "", /^(Error: )?connect ECONNREFUSED 127\.0\.0\.1:1$/);
        });
    });

    it("passes over an API that is deleted while it reads", async () => {
        const { region } = await read((request, nth) =>
            request.call === "apigateway GET /restapis/a1/stages"
                ? { status: 404, error: "NotFoundException", body: { message: "Invalid API identifier specified" } }
                : ACCOUNT_ANSWERS(request, nth),
        );
        assert.deepEqual([region.unread, region.restApis[0]?.stages], [[], []]);
    });

    it("uses the credentials of a profile rather than those of the environment", async () => {
        const file = write("credentials", "[audit]\naws_access_key_id = AUDIT\naws_secret_access_key = x\n");
        await read(undefined, undefined, { profile: "audit", env: { AWS_SHARED_CREDENTIALS_FILE: file } });
        assert.deepEqual([...new Set(recorder().requests.map(({ accessKey }) => accessKey))], ["AUDIT"]);
    });

    it("counts the APIs that it has read", async () => {
        recorder().respond(ACCOUNT_ANSWERS);
        const seen: unknown[] = [];
        await withEnvironment(awsEnvironment(recorder().url), () =>
            live({ regions: ["eu-west-1"], onProgress: (...progress) => seen.push(progress) }),
        );
        assert.deepEqual(
            seen,
            [0, 1, 2, 3, 4].map((count) => ["eu-west-1", count]),
        );
    });

    it("rejects an empty profile, as of a variable that is not set", () =>
        assert.rejects(live({ regions: ["eu-west-1"], profile: "" }), { message: "--profile is empty" }));

    for (const region of ["", "eu-west", "evil.example.com/", "eu-west-1 "]) {
        it(`rejects the region ${JSON.stringify(region)}`, () =>
            assert.rejects(live({ regions: [region] }), {
                message: `--region ${JSON.stringify(region)} is not the name of a region, such as eu-west-1`,
            }));
    }

    it("has an example in docs/live.md that its schema accepts, and that check reads", async () => {
        const [example = ""] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json).slice(-1);
        assert.ok(validate(JSON.parse(example)), JSON.stringify(validate.errors));
        const { findings, problems } = await check([write("example.json", example)]);
        assert.deepEqual(problems, []);
        assert.deepEqual(
            findings.map(({ policy, name }) => [policy, name]),
            [
                ["apigateway-account-role-set", "111122223333"],
                ["apigateway-stage-execution-logging", "orders/prod"],
                ["apigateway-method-settings-logging-level", "orders/prod"],
                ["cloudwatch-log-group-retention", "API-Gateway-Execution-Logs_a1b2c3/prod"],
            ],
        );
    });

    it("describes every field of the document and of a region in docs/live.md", () => {
        const fields = [
            ...Object.keys(schema.properties).filter((field) => field !== "regions"),
            ...Object.keys(schema.properties.regions.items.properties),
        ];
        for (const field of fields) {
            assert.match(page, new RegExp(`^\\| .*\\b${field}\``, "m"), field);
        }
    });

    it("writes the fields that the schema knows, and no others", () => {
        const region = schema.properties.regions.items.properties;
        const known: Readonly<Record<keyof typeof FIELDS, { properties: object; required?: string[] }>> = {
            account: region.account.anyOf[1],
            restApi: region.restApis.items,
            restStage: region.restApis.items.properties.stages.items,
            canary: region.restApis.items.properties.stages.items.properties.canarySettings,
            domainName: region.domainNames.items,
            api: region.apis.items,
            stage: region.apis.items.properties.stages.items,
            route: region.apis.items.properties.routes.items,
            integration: region.apis.items.properties.integrations.items,
            logGroup: region.logGroups.items,
            deliverySource: region.deliverySources.items,
            delivery: region.deliveries.items,
        };
        for (const [kind, fields] of Object.entries(FIELDS)) {
            const { properties } = known[kind as keyof typeof FIELDS];
            const own = Object.keys(properties).filter(
                (field) => !["stages", "routes", "integrations"].includes(field),
            );
            assert.deepEqual(own.sort(), [...fields].sort(), kind);
        }
    });
});

/** What IAM has to allow for a request; asking whose credentials they are is always allowed. */
function neededFor({ call }: { readonly call: string }): string | undefined {
    const [service = "", operation = "", path = ""] = call.split(" ");
    if (service === "sts") {
        return undefined;
    }
    const resource = path.replace(/^\/v2/, "").replace(/^(\/(?:restapis|apis)\/)[^/]+/, "$1*");
    return service === "apigateway" ? `apigateway:GET arn:aws:apigateway:*::${resource}` : `${service}:${operation} *`;
}

const CREATED = "2023-11-14T22:13:20.000Z";
const ACCESS = "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/access";
const group = (logGroupName: string) => ({ logGroupName, creationTime: 1, logGroupClass: "STANDARD" });

/** What the answers are in a document. */
const EVERYTHING = {
    region: "eu-west-1",
    account: {
        cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs",
        throttleSettings: { burstLimit: 5000, rateLimit: 10000 },
    },
    restApis: [
        {
            ...{ id: "a1", name: "orders", createdDate: CREATED, endpointConfiguration: { types: ["REGIONAL"] } },
            stages: [
                { stageName: "beta", deploymentId: "d1" },
                {
                    ...{ stageName: "prod", deploymentId: "d1", createdDate: CREATED, tracingEnabled: true },
                    methodSettings: {
                        "*/*": { loggingLevel: "INFO" },
                        "~1pets/GET": { cachingEnabled: false, loggingLevel: "OFF" },
                    },
                    accessLogSettings: { destinationArn: ACCESS, format: "$context.requestId" },
                    canarySettings: { percentTraffic: 5, deploymentId: "d2", useStageCache: false },
                    webAclArn: "arn:aws:wafv2:x",
                },
            ],
        },
        { id: "b2", name: "second", createdDate: CREATED, stages: [] },
    ],
    apis: [
        { ApiId: "h1", Name: "web", ProtocolType: "HTTP", stages: [], routes: [], integrations: [] },
        {
            ...{ ApiId: "w1", Name: "chat", ProtocolType: "WEBSOCKET", CreatedDate: CREATED },
            stages: [
                { StageName: "beta" },
                {
                    ...{ StageName: "live", AutoDeploy: false },
                    DefaultRouteSettings: { DataTraceEnabled: false, LoggingLevel: "ERROR" },
                    RouteSettings: { $connect: { LoggingLevel: "OFF" } },
                    AccessLogSettings: { DestinationArn: ACCESS, Format: "$context.requestId" },
                },
            ],
            routes: [
                { RouteId: "r1", RouteKey: "send", AuthorizationType: "NONE" },
                { RouteId: "r2", RouteKey: "$connect", AuthorizationType: "NONE" },
            ],
            integrations: [
                { IntegrationId: "i1", IntegrationType: "AWS_PROXY", TlsConfig: {} },
                { IntegrationId: "i2", IntegrationType: "HTTP_PROXY" },
            ],
        },
    ],
    domainNames: [
        { domainName: "a.example.com", securityPolicy: "TLS_1_0" },
        { domainName: "b.example.com", securityPolicy: "TLS_1_2" },
    ],
    logGroups: [
        group("/aws/apigateway/welcome"),
        group("/shop/access"),
        group("API-Gateway-Execution-Logs_a1/prod"),
        group("API-Gateway-Execution-Logs_b2/prod"),
    ],
    deliverySources: [
        {
            ...{ name: "orders", logType: "EXECUTION_LOGS" },
            resourceArns: ["arn:aws:apigateway:eu-west-1:111122223333:/restapis/a1/stages/prod"],
        },
    ],
    deliveries: [{ id: "1", deliverySourceName: "orders", deliveryDestinationArn: "arn:aws:logs:y" }],
    unread: [],
};
