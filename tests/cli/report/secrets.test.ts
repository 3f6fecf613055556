import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { check } from "../../../cli/commands/check";
import { report as reportEvents } from "../../../cli/commands/report";
import { isObject, type Properties } from "../../../cli/inputs/properties";
import type { StateResource } from "../../../cli/inputs/state";
import { FORMAT_NAMES, formatNamed } from "../../../cli/report/formats";
import { NOTHING, type Report } from "../../../cli/report/model";
import { redacted, redactorOf } from "../../../cli/report/secrets";
import { withSources } from "../../../cli/report/source";
import { withFolder } from "../../support/folder";
import { fileOf, resourcesOf } from "../../support/generated/files";
import { programs } from "../../support/generated/programs";
import { table } from "../../support/rows";
import { LOG_GROUP, report, STAGE } from "./formats/reports";

type Kind = "ours" | "code" | "value" | "identity";

table(
    "a text without secrets",
    ([kind, text, ...secrets]: readonly [Kind, string, ...string[]]) => redactorOf(new Set(secrets))?.(text, kind),
    [
        ["is as it was without any secret", ["ours", "a"], undefined],
        ["has no long secret, wherever it is", ["ours", "ab s3cret7-x/s3cret7", "s3cret7"], "ab [secret]-x/[secret]"],
        ["has no long secret, also in what the state shows", ["identity", "shop/s3cret7", "s3cret7"], "shop/[secret]"],
        [
            "has the longer of two secrets that begin alike",
            ["value", "s3cret7-and-more", "s3cret7", "s3cret7-and-more"],
            "[secret]",
        ],
        ["has no secret as JSON writes it", ["ours", 'is "s3\\"cr\\\\et"', 's3"cr\\et'], 'is "[secret]"'],
        ["has no secret in one line", ["ours", "for GET /s3\\ncret", "~1s3\ncret/GET"], "for [secret]"],
        [
            "has no method path, decoded",
            ["ours", "for GET /pets/{id}, for POST /", "~1pets~1{id}/GET"],
            "for [secret], for POST /",
        ],
        ["has no path of one, decoded", ["ours", "for GET /pets/{id}", "/~1pets~1{id}"], "for GET [secret]"],
        [
            "has no path that is a word",
            ["ours", "for GET /pets, for GET /petshop", "/~1pets"],
            "for GET [secret], for GET /petshop",
        ],
        [
            "has a letter that is a secret in its own words",
            ["ours", 'Stage "a" has a level', "a"],
            'Stage "[secret]" has a level',
        ],
        ["has a letter that is a secret in another name", ["ours", '"a-b" and "b.a"', "a"], '"a-b" and "b.a"'],
        [
            "has no short secret as a part of a name that is put together",
            ["ours", '"API-Gateway-Execution-Logs_a/b"', "a", "b"],
            '"API-Gateway-Execution-Logs_[secret]/[secret]"',
        ],
        [
            "has no word as a part of a name",
            ["ours", '"prod-logging", "production"', "prod"],
            '"[secret]-logging", "production"',
        ],
        [
            "has a word in its own words",
            ["ours", "turns logging off for the stage", "stage", "off"],
            "turns logging off for the stage",
        ],
        ["has no level in capitals", ["ours", "sets loggingLevel to OFF", "OFF"], "sets loggingLevel to [secret]"],
        [
            "has the levels that a policy allows",
            ["ours", '"ERROR", which is not ERROR', "ERROR"],
            '"[secret]", which is not ERROR',
        ],
        ["has no number", ["ours", "keeps its events for 42 days", "42"], "keeps its events for [secret] days"],
        ["has no region", ["ours", "logging on in eu-1 but", "eu-1"], "logging on in [secret] but"],
        ["has the pattern for all methods", ["ours", "settings for */*", "*/*"], "settings for */*"],
        [
            "has our values in code",
            ["code", 'loggingLevel: "ERROR", methodPath: "*/*"', "ERROR", "*/*"],
            'loggingLevel: "ERROR", methodPath: "*/*"',
        ],
        [
            "has no word in code, but where it is ours",
            ["code", 'stage.stageName, "stage"', "stage"],
            'stage.stageName, "[secret]"',
        ],
        [
            "has no word in a template in code, but where it is an expression",
            ["code", "`/aws/x/${api.id}/api`", "api"],
            "`/aws/x/${api.id}/[secret]`",
        ],
        ["has no word as all of a name or a part of it", ["value", "orders-api", "orders"], "[secret]-api"],
        ["has a word in what the state shows", ["identity", "shop/dev", "dev"], "shop/dev"],
        ["may have quotes without an end", ["ours", 'a "prod', "prod"], 'a "prod'],
    ],
);

describe("redacted", () => {
    it("changes all parts of a finding that may have a secret, and nothing else", () => {
        const redact = redactorOf(new Set(["s3cret7"]));
        assert.ok(redact !== undefined);
        const hostile = (text: string) => `${text} "s3cret7"`;
        const finding = {
            ...STAGE,
            ...{ urn: `${STAGE.urn}-s3cret7`, name: "prod-s3cret7", stack: "shop/s3cret7", type: "s3cret7:index:X" },
            ...{ problem: hostile("p"), advice: hostile("a"), code: hostile("c") },
            location: { path: "s3cret7/index.ts", line: 1 },
        };
        const stacks = [{ stack: "shop/s3cret7", file: "s3cret7.json", resources: 1 }];
        const undecided = [{ stack: "shop/s3cret7", file: "s3cret7.json", policy: "x", message: hostile("u") }];
        assert.deepEqual(redacted({ ...NOTHING, findings: [finding, LOG_GROUP], stacks, undecided }, redact), {
            ...NOTHING,
            findings: [
                {
                    ...STAGE,
                    ...{
                        exactUrn: `${STAGE.urn}-s3cret7`,
                        urn: `${STAGE.urn}-[secret]`,
                        name: "prod-[secret]",
                        stack: "shop/[secret]",
                    },
                    ...{
                        type: "[secret]:index:X",
                        problem: 'p "[secret]"',
                        advice: 'a "[secret]"',
                        code: 'c "[secret]"',
                    },
                    location: { path: "[secret]/index.ts", line: 1 },
                },
                LOG_GROUP,
            ],
            stacks: [{ stack: "shop/[secret]", file: "s3cret7.json", resources: 1, redact }],
            undecided: [{ ...undecided[0], stack: "shop/[secret]", message: 'u "[secret]"' }],
            problems: [],
        });
    });

    it("takes time that grows with the secrets and the texts, not with their product", () => {
        const secrets = new Set(Array.from({ length: 50_000 }, (_, index) => `${index}-secret`));
        const redact = redactorOf(secrets);
        assert.ok(redact !== undefined);
        assert.equal(redact("a 7-secret ".repeat(50_000), "ours"), "a [secret] ".repeat(50_000));
    }).timeout(20_000);
});

describe("withSources", () => {
    const { write } = withFolder();

    it("shows no line of the program that has a secret", () => {
        const location = { path: write("index.ts", 'password: pulumi.secret("s3cret7")\nname: "prod"'), line: 1 };
        const redact = redactorOf(new Set(["s3cret7"]));
        const lines = [1, 2].map((line) => ({ ...STAGE, location: { ...location, line } }));
        const whole = redacted(report(...lines), redact as NonNullable<typeof redact>);
        assert.deepEqual(
            withSources({ ...report(), ...whole }).findings.map((finding) => finding.location?.source),
            [undefined, 'name: "prod"'],
        );
    });
});

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });

async function everyOutput(made: Report): Promise<string> {
    const outputs = await Promise.all(
        FORMAT_NAMES.map(async (name) => {
            const format = await formatNamed(name);
            const options = { color: false, quiet: false };
            const source = withSources(made);
            return [format(source, options), format(source, { ...options, groupBy: "control" })];
        }),
    );
    return outputs.flat().join("\n");
}

/** What a verdict is, whatever its words. */
const verdictsOf = ({ findings, undecided }: Report) => [
    findings.map(({ policy, level, remedy }) => [policy, level, remedy]),
    undecided.map(({ policy }) => policy),
];

describe("a state that shows secrets", () => {
    const { write } = withFolder();

    /** Each value that reaches a message, with a value that is found nowhere else. */
    const VALUES = {
        apiId: "s3cr3t-api",
        stageName: "s3cr3t-stage",
        level: "S3CR3T",
        methodPath: "~1s3cr3t~1{x}/GET",
        resourcePath: "/~1s3cr3t~1{y}",
        region: "s3cr3t-region-1",
        retention: 424_242,
        groupName: "s3cr3t-group",
        routeKey: "s3cr3t-route",
        protocol: "WEBSOCKET",
    };

    function stateWith(wrap: (value: unknown) => unknown) {
        const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
        const types = {
            rest: "aws:apigateway/stage:Stage",
            settings: "aws:apigateway/methodSettings:MethodSettings",
            native: "aws-native:apigateway:Stage",
            api: "aws:apigatewayv2/api:Api",
            v2: "aws:apigatewayv2/stage:Stage",
            nativeV2: "aws-native:apigatewayv2:Stage",
            group: "aws:cloudwatch/logGroup:LogGroup",
        };
        const { apiId, stageName, level, methodPath, resourcePath, region, retention, groupName, routeKey, protocol } =
            Object.fromEntries(Object.entries(VALUES).map(([key, value]) => [key, wrap(value)]));
        const resource = (type: string, name: string, values: Properties) => ({
            ...{ urn: urn(type, name), type, inputs: values, outputs: values },
        });
        const bare = { restApi: apiId, region };
        const routes = { loggingLevel: "OFF", dataTraceEnabled: true };
        return {
            version: 3,
            deployment: {
                resources: [
                    resource(types.rest, "one", { ...bare, stageName }),
                    resource(types.rest, "two", { ...bare, stageName: "two" }),
                    resource(types.settings, "three", {
                        ...bare,
                        stageName,
                        methodPath,
                        settings: { loggingLevel: level },
                    }),
                    resource(types.settings, "four", {
                        ...{ ...bare, stageName: "two", methodPath: "*/*" },
                        settings: wrap({ loggingLevel: "INFO", dataTraceEnabled: true }),
                    }),
                    resource(types.native, "five", {
                        ...{ restApiId: apiId, stageName },
                        methodSettings: [
                            { resourcePath, httpMethod: "GET", loggingLevel: level, dataTraceEnabled: true },
                        ],
                    }),
                    resource(types.api, "six", { id: apiId, protocolType: protocol }),
                    resource(types.v2, "seven", {
                        ...{
                            apiId,
                            name: stageName,
                            defaultRouteSettings: wrap({ loggingLevel: "S3CR3T", dataTraceEnabled: true }),
                        },
                        routeSettings: [{ routeKey, ...routes }],
                    }),
                    resource(types.nativeV2, "eight", {
                        ...{ apiId, stageName, defaultRouteSettings: { LoggingLevel: "INFO" } },
                        routeSettings: wrap({ "s3cr3t-route": { LoggingLevel: "OFF", DataTraceEnabled: true } }),
                    }),
                    resource(types.group, "nine", { name: groupName, retentionInDays: retention }),
                    resource(types.group, "s3cr3t-group", { name: groupName }),
                ],
            },
        };
    }

    const config = () => write("config.json", { "apigateway-account-cloudwatch-role": { requireInStack: true } });

    it("has the same findings as one without secrets, and none of the secrets in any output", async () => {
        const shown = write(
            "state.json",
            stateWith((value) => value),
        );
        const plain = await check([shown], { config: config() });
        const output = await everyOutput(plain);
        // Without secrets, all of these values are in messages.
        for (const value of [
            "s3cr3t-api",
            "s3cr3t-stage",
            "S3CR3T",
            "GET /s3cr3t/{x}",
            "GET /s3cr3t/{y}",
            "424242",
            "s3cr3t-route",
            "s3cr3t-region-1",
        ]) {
            assert.ok(output.includes(value), value);
        }
        const escaped = JSON.stringify(stateWith(secret)).replaceAll(
            "1b47061264138c4ac30d75fd1eb44270",
            String.raw`1b47061264138c4ac30d75fd1eb4427\u0030`,
        );
        for (const text of [JSON.stringify(stateWith(secret)), gzipSync(JSON.stringify(stateWith(secret))), escaped]) {
            writeFileSync(shown, text);
            const hidden = await check([shown], { config: config() });
            assert.deepEqual(verdictsOf(hidden), verdictsOf(plain));
            assert.doesNotMatch(await everyOutput(hidden), /s3cr3t|424242/i);
        }
    });

    it("keeps its secrets from the report of a run in the engine", async () => {
        const state = write("state.json", stateWith(secret));
        const event = {
            ...{ resourceUrn: "urn:pulumi:dev::shop::a:b:C::x", policyName: "p", policyPackName: "other" },
            ...{ enforcementLevel: "advisory", message: 'It has "s3cr3t-stage".\nOf s3cr3t-api.' },
        };
        const lines = [{ policyEvent: event }, { summaryEvent: { result: "succeeded" } }];
        const events = write("events", lines.map((one, sequence) => JSON.stringify({ sequence, ...one })).join("\n"));
        const made = await reportEvents(events, { state });
        assert.deepEqual(
            made.findings.map(({ problem, advice }) => [problem, advice]),
            [['It has "[secret]".', "Of [secret]."]],
        );
    });

    it("is redacted whatever values of whatever stack are secret", async () => {
        await fc.assert(
            fc.asyncProperty(programs("any"), fc.infiniteStream(fc.nat({ max: 3 })), async (program, numbers) => {
                const resources = named(resourcesOf(program, "deployed"));
                const secrets = new Set<string>();
                const marked = (value: unknown): unknown => {
                    if (typeof value === "string" && value.startsWith("s3:") && numbers.next().value === 0) {
                        secrets.add(value);
                        return secret(value);
                    }
                    if (Array.isArray(value)) {
                        return value.map(marked);
                    }
                    return isObject(value)
                        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]))
                        : value;
                };
                const options = { config: write("config.json", { all: "advisory" }) };
                const before = await check([write("plain.json", fileOf(resources))], options);
                const changed = resources.map((one) => ({
                    ...one,
                    inputs: marked(one.inputs),
                    outputs: marked(one.outputs),
                }));
                const after = await check([write("shown.json", fileOf(changed as StateResource[]))], options);
                assert.deepEqual(verdictsOf(after), verdictsOf(before));
                const output = (await everyOutput(after)).replaceAll("shown.json", "");
                assert.deepEqual(
                    [...secrets].filter((one) => output.includes(one)),
                    [],
                );
            }),
            { numRuns: Number(process.env.RUNS ?? 60) },
        );
    }).timeout(120_000);

    /** With values that are found nowhere in our own words. */
    function named(resources: readonly StateResource[]): StateResource[] {
        const text = JSON.stringify(resources);
        return JSON.parse(
            text
                .replace(
                    /"(stageName|name|logGroupName|restApi|restApiId|apiId|id|routeKey|clientCertificateId|securityPolicy|authorizationType|identifier|clusterIdentifier|db(?:Instance|Cluster)Identifier|dbClusterParameterGroupName|server_audit_logging)":"([^"]+)"/g,
                    '"$1":"s3:$2"',
                )
                .replace(/s3:(API-Gateway-Execution-Logs_|\/aws\/apigateway\/)([^/"]+)\/([^"]+)/g, "$1s3:$2/s3:$3")
                .replace(/s3:(\/aws\/rds\/[a-z]+\/)([^/"]+)\/([^"]+)/g, "$1s3:$2/s3:$3")
                .replace(/\/restapis\/([^/"]+)\/stages\/([^"]+)/g, "/restapis/s3:$1/stages/s3:$2"),
        );
    }
});
