import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { isObject, type Properties } from "../../cli/inputs/properties";
import type { RecordedResource } from "../../cli/inputs/recorded";
import { withFolder } from "../support/folder";
import { fileOf, previewOf, resourcesOf } from "../support/generated/files";
import { programs } from "../support/generated/programs";
import { everyOutput } from "./every-output";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Marks a value as a state made with `--show-secrets` does. */
const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
type Mark = (value: unknown) => unknown;

const TYPES = {
    api: "aws:apigateway/restApi:RestApi",
    stage: "aws:apigateway/stage:Stage",
    settings: "aws:apigateway/methodSettings:MethodSettings",
    nativeStage: "aws-native:apigateway:Stage",
    v2Api: "aws:apigatewayv2/api:Api",
    v2Stage: "aws:apigatewayv2/stage:Stage",
    v2Route: "aws:apigatewayv2/route:Route",
    nativeV2Stage: "aws-native:apigatewayv2:Stage",
    group: "aws:cloudwatch/logGroup:LogGroup",
    database: "aws:rds/instance:Instance",
    cluster: "aws:rds/cluster:Cluster",
    parameters: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    domain: "aws:apigateway/domainName:DomainName",
    provider: "pulumi:providers:aws",
};

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const resource = (type: keyof typeof TYPES, name: string, values: Properties, more: object = {}) => ({
    urn: urn(TYPES[type], name),
    type: TYPES[type],
    inputs: values,
    outputs: values,
    ...more,
});

const ARNS = [
    "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod",
    "arn:aws:apigateway:eu-west-1::/apis/w1/stages/live",
    "arn:aws:apigateway:eu-west-1::/apis/w1/routes/x1",
    "arn:aws:rds:eu-west-1:123456789012:db:orders",
    "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/audit",
];

/** Where a secret is, what it is like, and resources with it. */
interface Row {
    readonly is: string;
    readonly given: (word: string, mark: Mark) => readonly RecordedResource[];
}

const ROWS: readonly Row[] = [
    {
        is: "an identifier, of which AWS has the lower case",
        given: (word, mark) => [
            resource("database", "orders", { identifier: mark(`${word.toUpperCase()}-DB`), engine: "mysql" }),
        ],
    },
    {
        is: "a plain word among log types",
        given: (word, mark) => [
            resource("database", "orders", {
                identifier: "orders",
                arn: ARNS[3],
                engine: "postgres",
                enabledCloudwatchLogsExports: mark([word, "upgrade"]),
            }),
        ],
    },
    {
        is: "a part of another secret",
        given: (word, mark) => [
            resource("stage", "prod", { restApi: mark(word), stageName: mark(`${word}-prod`) }),
            resource("group", "group", { name: mark(`API-Gateway-Execution-Logs_${word}/${word}-prod`) }),
        ],
    },
    ...["index.ts", "__main__.py", "main.go", "Pulumi.yaml"].map(
        (file): Row => ({
            is: `text that ${file} escapes`,
            given: (word, mark) => [
                resource(
                    "stage",
                    "prod",
                    { restApi: "a1", stageName: mark(`${word}"'\`\\\n$\{x}\u00e9\u2028<&%`) },
                    { sourcePosition: `project:///${file}#1,1` },
                ),
            ],
        }),
    ),
    { is: "short", given: (word, mark) => [resource("stage", "prod", { restApi: "a1", stageName: mark(word.at(0)) })] },
    {
        is: "a method path",
        given: (word, mark) => [
            resource("stage", "prod", { restApi: "a1", stageName: "prod" }),
            resource("settings", "settings", {
                restApi: "a1",
                stageName: "prod",
                methodPath: mark(`~1${word}~1{x}/GET`),
                settings: { loggingLevel: "OFF", dataTraceEnabled: true },
            }),
        ],
    },
    {
        is: "a level that AWS does not have",
        given: (word, mark) => [
            resource("stage", "prod", { restApi: "a1", stageName: "prod" }),
            resource("settings", "settings", {
                restApi: "a1",
                stageName: "prod",
                methodPath: "*/*",
                settings: { loggingLevel: mark(word) },
            }),
        ],
    },
    {
        is: "a list of maps",
        given: (word, mark) => [
            resource("nativeStage", "native", {
                restApiId: "a1",
                stageName: "native",
                methodSettings: mark([{ resourcePath: `/~1${word}`, httpMethod: "GET", loggingLevel: "OFF" }]),
            }),
        ],
    },
    {
        is: "the key of a map",
        given: (word, mark) => [
            resource("v2Api", "chat", { id: "w1", protocolType: "WEBSOCKET" }),
            resource("nativeV2Stage", "live", {
                apiId: "w1",
                stageName: "live",
                defaultRouteSettings: { loggingLevel: "INFO" },
                routeSettings: mark({ [word]: { LoggingLevel: "OFF", DataTraceEnabled: true } }),
            }),
        ],
    },
    {
        is: "a route key",
        given: (word, mark) => [
            resource("v2Api", "web", { id: "w1", protocolType: "HTTP" }),
            resource("v2Route", "route", { id: "x1", apiId: "w1", routeKey: mark(`GET /${word}`) }),
        ],
    },
    {
        is: "the name of a log group",
        given: (word, mark) => [resource("group", "group", { name: mark(`/shop/${word}`), retentionInDays: 0 })],
    },
    {
        is: "a region",
        given: (word, mark) => [
            resource("stage", "prod", { restApi: "a1", stageName: "prod", region: mark(`eu-${word}-1`) }),
            resource("group", "group", { name: "/shop/audit", region: mark(`eu-${word}-1`) }),
        ],
    },
    {
        is: "a profile",
        given: (word, mark) => [
            resource("provider", "west", { region: "eu-west-1", profile: mark(word) }, { id: "1" }),
            resource("group", "group", { name: "/shop/audit" }, { provider: `${urn(TYPES.provider, "west")}::1` }),
        ],
    },
    {
        is: "a reason in a tag",
        given: (word, mark) => [
            resource("group", "group", {
                name: "/shop/audit",
                tags: { "policy-exempt/cloudwatch-log-group-retention": mark(`Because of ${word}`) },
            }),
        ],
    },
    {
        is: "a security policy",
        given: (word, mark) => [
            resource("domain", "domain", { domainName: "shop.example.com", securityPolicy: mark(word) }),
        ],
    },
    {
        is: "the value of a parameter",
        given: (word, mark) => [
            resource("parameters", "group", {
                name: "audit",
                parameters: mark([{ name: "server_audit_logging", value: word }]),
            }),
            resource("cluster", "orders", {
                engine: "aurora-mysql",
                clusterIdentifier: mark(word),
                dbClusterParameterGroupName: "audit",
            }),
        ],
    },
];

type State = ReturnType<typeof fileWith>;

function fileWith(resources: readonly RecordedResource[]) {
    return { version: 3, deployment: { resources } };
}

/** How files write what is marked. */
const WRITTEN: readonly (readonly [how: string, write: (state: State) => unknown])[] = [
    ["as a state", (state) => state],
    ["as a preview", ({ deployment }) => previewOf(deployment.resources, "update")],
    ["compressed", (state) => gzipSync(JSON.stringify(state))],
    [
        "with a mark in JSON's long form",
        (state) => JSON.stringify(state).replaceAll(SECRET, SECRET.replace(/0$/, String.raw`\u0030`)),
    ],
];

describe("a secret that is", () => {
    const folder = withFolder();
    const outputs = ({ given }: Row, word: string, mark: Mark, write: (state: State) => unknown = (state) => state) =>
        everyOutput(folder, write(fileWith(given(word, mark))), ARNS);

    for (const row of ROWS) {
        it(`${row.is} changes no output of any command, and is in none`, async () => {
            const plain = JSON.stringify(await outputs(row, "hunter", (value) => value));
            if (row.is !== "short") {
                assert.match(plain, /hunter/i);
            }
            const marked = await outputs(row, "hunter", secret);
            assert.deepEqual(marked, await outputs(row, "marmot", secret));
            assert.deepEqual(
                Object.keys(marked).filter((name) => /hunter/i.test(marked[name] as string)),
                [],
            );
            const twice = await outputs(row, "hunter", (value) => secret(secret(value)));
            assert.deepEqual(twice, marked);
        }).timeout(60_000);
    }

    for (const [how, write] of WRITTEN) {
        it(`written ${how}, is in no output`, async () => {
            const row = ROWS.find(({ is }) => is === "a part of another secret") as Row;
            const all = await outputs(row, "hunter", secret, write);
            assert.deepEqual(all, await outputs(row, "marmot", secret, write));
            assert.doesNotMatch(JSON.stringify(all), /hunter/i);
        }).timeout(60_000);
    }
});

describe("a copy in the clear that a file does not mark", () => {
    const folder = withFolder();

    it("is shown", async () => {
        const resources = [
            resource("stage", "one", { restApi: "a1", stageName: secret("hunter") }),
            resource("stage", "two", { restApi: "a1", stageName: "hunter" }),
        ];
        const { "check --format text": text } = await everyOutput(folder, fileWith(resources));
        assert.match(text as string, /Stage "hunter"/);
    });
});

describe("a value that is marked, but cannot be a secret", () => {
    const folder = withFolder();

    it("is evaluated like any other", async () => {
        const resources = (mark: Mark) => [
            resource("v2Api", "chat", { id: "w1", protocolType: mark("WEBSOCKET") }),
            resource("v2Stage", "live", {
                apiId: "w1",
                name: "live",
                defaultRouteSettings: { loggingLevel: mark("OFF"), dataTraceEnabled: mark(true) },
            }),
            resource("v2Api", "web", { id: "h1", protocolType: mark("HTTP") }),
            resource("v2Route", "route", { apiId: "h1", routeKey: "GET /", authorizationType: mark("NONE") }),
            resource("database", "orders", {
                identifier: "orders",
                engine: "postgres",
                enabledCloudwatchLogsExports: mark(["upgrade"]),
            }),
            resource("group", "group", { name: "/shop/audit", retentionInDays: mark(0) }),
        ];
        assert.deepEqual(
            await everyOutput(folder, fileWith(resources(secret))),
            await everyOutput(folder, fileWith(resources((value) => value))),
        );
    });
});

/** A value whose texts and keys are all found nowhere else. */
function canary(value: unknown, word: string): unknown {
    if (Array.isArray(value)) {
        return value.map((one) => canary(one, word));
    }
    if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [`${word}${key}`, canary(one, word)]));
    }
    return typeof value === "string" && value !== "" ? `${word}-${value}` : value;
}

/** Properties in which random values are marked as secret, whatever they contain. */
function marked(properties: unknown, word: string, isMarked: () => boolean, mark: Mark): unknown {
    const inside = (value: unknown): unknown => {
        if (isMarked()) {
            return mark(canary(value, word));
        }
        if (Array.isArray(value)) {
            return value.map(inside);
        }
        return isObject(value)
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one)]))
            : value;
    };
    return isObject(properties)
        ? Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, inside(value)]))
        : properties;
}

describe("secrets at random places of random stacks", () => {
    const folder = withFolder();

    it("change no output of any command, and are in none", async () => {
        let shown = 0;
        await fc.assert(
            fc.asyncProperty(
                programs("any"),
                fc.array(fc.nat({ max: 5 }), { minLength: 97, maxLength: 97 }),
                fc.boolean(),
                async (program, numbers, isPreview) => {
                    const outputs = (word: string, mark: Mark) => {
                        let at = 0;
                        const isMarked = () => numbers[at++ % numbers.length] === 0;
                        const resources = resourcesOf(program, "deployed").map((one) => ({
                            ...one,
                            inputs: marked(one.inputs, word, isMarked, mark),
                            outputs: marked(one.outputs, word, isMarked, mark),
                        })) as RecordedResource[];
                        return everyOutput(folder, isPreview ? previewOf(resources, "update") : fileOf(resources));
                    };
                    const all = await outputs("c4n4ry", secret);
                    assert.deepEqual(all, await outputs("m4rm0t", secret));
                    assert.deepEqual(
                        Object.keys(all).filter((name) => /c4n4ry/i.test(all[name] as string)),
                        [],
                    );
                    shown += /c4n4ry/i.test(JSON.stringify(await outputs("c4n4ry", (value) => value))) ? 1 : 0;
                },
            ),
            { numRuns: Number(process.env.RUNS ?? 30) },
        );
        // Not because none of these values is ever shown.
        assert.ok(shown > 0);
    }).timeout(300_000);
});
