import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { check } from "../../cli/check";
import { EXAMPLES } from "../examples";
import { FIXTURES, fixture } from "../support/engine/fixture";
import { withFolder } from "./folder";

const EXAMPLE = "rest-api-mistakes";
const STATE = fixture(EXAMPLE);
const TEXT = JSON.stringify(STATE);
const STACK = `${EXAMPLE}/dev`;
const RESOURCES = STATE.deployment.resources.length;
const FINDINGS = EXAMPLES[EXAMPLE]?.length ?? 0;

const EXPECTED =
    "Expected: the output of `pulumi stack export` or of `pulumi preview --json --show-sames`, or a checkpoint.";

/** What `check` counts in some files: the stacks with their resources, and the findings. */
async function counted(...paths: string[]) {
    const { stacks, findings, problems } = await check(paths);
    assert.deepEqual(problems, []);
    return { stacks: stacks.map(({ stack, resources }) => [stack, resources]), findings: findings.length };
}

describe("check reads", () => {
    const { path, write } = withFolder();
    const { deployment } = STATE;
    const checkpoint = { stack: "organization/rest-api-mistakes/dev", latest: deployment };
    const all = { stacks: [[STACK, RESOURCES]], findings: FINDINGS };

    const ROWS: readonly (readonly [when: string, content: unknown])[] = [
        ["an export", STATE],
        ["an export of version 4, with features that it knows", { ...STATE, version: 4, features: ["views", "hooks"] }],
        ["a checkpoint of a file backend", { version: 3, checkpoint }],
        ["a compressed checkpoint", gzipSync(JSON.stringify({ version: 3, checkpoint }))],
        ["an export with a byte order mark", `\uFEFF${TEXT}`],
    ];
    for (const [when, content] of ROWS) {
        it(when, async () => assert.deepEqual(await counted(write("state", content)), all));
    }

    const EMPTY: readonly (readonly [when: string, content: unknown, stack: string])[] = [
        ["an export of a stack without resources", { version: 3, deployment: { manifest: {} } }, "an empty stack"],
        ["a checkpoint before its first deployment", { version: 3, checkpoint: { stack: "dev", latest: null } }, "dev"],
        ["a preview of nothing", { changeSummary: {}, steps: [] }, "an empty stack"],
        [
            "a preview that counts in no numbers",
            { changeSummary: { same: { toString: 1 } }, steps: [] },
            "an empty stack",
        ],
        ["a preview that has no steps at all", { changeSummary: {}, duration: 1 }, "an empty stack"],
    ];
    for (const [when, content, stack] of EMPTY) {
        it(when, async () => {
            assert.deepEqual(await counted(write("state", content)), { stacks: [[stack, 0]], findings: 0 });
        });
    }

    it("a checkpoint of 2017, from before they had versions", async () => {
        const urn = "urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod";
        const stage = { urn, type: "aws:apigateway/stage:Stage", inputs: {}, outputs: { stageName: "prod" } };
        const { findings } = await check([write("state", { target: "dev", latest: { resources: [stage] } })]);
        assert.deepEqual(
            findings.map(({ policy, stack }) => [policy, stack]),
            [["apigateway-stage-execution-logging", "shop/dev"]],
        );
    });

    it("a state of version 2, in which every property depends on all that its resource depends on", async () => {
        const settings = STATE.deployment.resources.map(({ propertyDependencies: _, ...one }) => one);
        const old = { version: 2, deployment: { resources: settings } };
        assert.deepEqual(await counted(write("state", old)), all);
    });

    it("a preview that only a policy stopped", async () => {
        const steps = deployment.resources.map((one) => ({ op: "same", urn: one.urn, newState: one, oldState: one }));
        const diagnostics = [{ severity: "error", message: "error: preview failed\n" }];
        assert.deepEqual(await counted(write("state", { steps, diagnostics, changeSummary: {} })), all);
    });

    it("a compressed state through a pipe, which can be read but once", async () => {
        const file = write("state.gz", gzipSync(TEXT));
        const pipe = path("pipe");
        execFileSync("mkfifo", [pipe]);
        const writer = spawn("cp", [file, pipe]);
        assert.deepEqual(await counted(pipe), all);
        await once(writer, "close");
    });

    it("a file once, however it is named", async () => {
        const file = write("folder/state.json", STATE);
        assert.deepEqual(await counted(file, path("folder"), `${path("folder")}/../folder/state.json`), all);
    });

    it("no resource that only waits to be deleted", async () => {
        const resources = deployment.resources.map((one) => ({ ...one, delete: true }));
        const state = { version: 3, deployment: { ...deployment, resources } };
        assert.deepEqual(await counted(write("state", state)), { stacks: [["an empty stack", 0]], findings: 0 });
    });

    it("several stacks, each alone, in the order they are named in, and each once", async () => {
        const [one, two] = [join(FIXTURES, "websocket-api.json"), join(FIXTURES, `${EXAMPLE}.json`)];
        const { stacks } = await counted(two, one, two);
        assert.deepEqual(
            stacks.map(([stack]) => stack),
            [STACK, "websocket-api/dev"],
        );
    });
});

describe("check reads a folder", () => {
    const { path, write } = withFolder();

    it("with all below it that is Pulumi's, and says nothing of other JSON", async () => {
        write("mixed/b/state.json", STATE);
        write("mixed/a.json", fixture("http-api"));
        write("mixed/package.json", { name: "shop" });
        write("mixed/tsconfig.json", "{ // not even JSON\n}");
        write("mixed/notes.txt", "urn:pulumi:");
        write("mixed/node_modules/pack/state.json", STATE);
        const { stacks } = await counted(path("mixed"));
        assert.deepEqual(
            stacks.map(([stack]) => stack),
            ["http-api/dev", STACK],
        );
    });

    it("of a file backend, but neither its history nor its backups", async () => {
        const checkpoint = { version: 3, checkpoint: { latest: STATE.deployment } };
        write("project/.pulumi/meta.yaml", "version: 1");
        write("project/.pulumi/stacks/rest-api-mistakes/dev.json", checkpoint);
        write("project/.pulumi/stacks/rest-api-mistakes/dev.json.bak", checkpoint);
        write("project/.pulumi/history/rest-api-mistakes/dev/dev-1.checkpoint.json", checkpoint);
        write("project/.pulumi/backups/rest-api-mistakes/dev/dev.1.json", checkpoint);
        for (const folder of ["project", "project/.pulumi", "project/.pulumi/stacks"]) {
            assert.equal((await counted(path(folder))).stacks.length, 1, folder);
        }
    });

    it("with those that links in it lead to, but not in circles, and no pipes", async () => {
        write("elsewhere/state.json", STATE);
        mkdirSync(path("links"));
        symlinkSync(path("elsewhere"), path("links/there"));
        symlinkSync(path("links"), path("links/back"));
        symlinkSync(path("nowhere"), path("links/dangling.json"));
        symlinkSync(path("links/self.json"), path("links/self.json"));
        execFileSync("mkfifo", [path("links/pipe.json")]);
        assert.equal((await counted(path("links"))).stacks.length, 1);
    });

    it("and reports what is Pulumi's but broken, judging the rest", async () => {
        write("broken/good.json", STATE);
        const cut = write("broken/cut.json", TEXT.slice(0, -10));
        const { stacks, problems } = await check([path("broken")]);
        assert.equal(stacks.length, 1);
        assert.deepEqual(
            problems.map(({ file }) => file),
            [cut],
        );
    });
});

describe("check says what is wrong with", () => {
    const { path, write } = withFolder();
    const deployment = (...resources: unknown[]) => ({ version: 3, deployment: { resources } });
    const step = (one: object) => ({ steps: [one], changeSummary: {} });
    const urn = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::photos";

    interface Row {
        readonly what: string;
        readonly given: () => string;
        readonly says: string | RegExp;
    }

    const ROWS: readonly Row[] = [
        {
            what: "a file that is cut off",
            given: () => write("cut", TEXT.slice(0, 1000)),
            says: /^is not JSON, or not all of it: [^\n]+\. Expected: /,
        },
        { what: "an empty file", given: () => write("empty", ""), says: `is empty. ${EXPECTED}` },
        { what: "a file of blanks", given: () => write("blank", " \n"), says: `is empty. ${EXPECTED}` },
        {
            what: "a binary file",
            given: () => write("binary", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff])),
            says: `is not text in UTF-8. ${EXPECTED}`,
        },
        {
            what: "a file in Latin-1",
            given: () => write("latin1", Buffer.from('{"name":"café"}', "latin1")),
            says: `is not text in UTF-8. ${EXPECTED}`,
        },
        {
            what: "a file in UTF-16",
            given: () => write("utf16", Buffer.from(`\uFEFF${TEXT}`, "utf16le")),
            says: "is UTF-16, as PowerShell's > writes it, not UTF-8. Use: pulumi stack export --file FILE",
        },
        {
            what: "a compressed file that is cut off",
            given: () => write("cut.gz", gzipSync(TEXT).subarray(0, 100)),
            says: `is a gzip file that ends too early. ${EXPECTED}`,
        },
        {
            what: "a compressed file that is broken",
            given: () => write("broken.gz", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff])),
            says: `is a broken gzip file. ${EXPECTED}`,
        },
        {
            what: "a file longer than Node's longest string",
            given: () => {
                const file = write("long", "");
                truncateSync(file, 0x2000_0000);
                return file;
            },
            says: `is larger than the longest text that Node can hold (512 MiB). ${EXPECTED}`,
        },
        {
            what: "a file that is many times as long, without reading it",
            given: () => {
                const file = write("longer", "");
                truncateSync(file, 2 ** 40);
                return file;
            },
            says: `is larger than the longest text that Node can hold (512 MiB). ${EXPECTED}`,
        },
        {
            what: "a deeply nested file",
            given: () => {
                const inputs = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
                const type = "aws:cloudwatch/logGroup:LogGroup";
                return write(
                    "deep",
                    `{"version":3,"deployment":{"resources":[{"urn":"${urn}","type":"${type}","inputs":${inputs}}]}}`,
                );
            },
            says: `is nested too deeply. ${EXPECTED}`,
        },
        {
            what: "JSON of something else",
            given: () => write("package.json", { name: "shop", version: "1.0.0" }),
            says: `is JSON, but not Pulumi's. ${EXPECTED}`,
        },
        { what: "a list", given: () => write("list", [1]), says: `is JSON, but not Pulumi's. ${EXPECTED}` },
        { what: "a file that is not there", given: () => path("nothing"), says: `does not exist. ${EXPECTED}` },
        {
            what: "a file that cannot be read",
            given: () => {
                symlinkSync(path("loop"), path("loop"));
                return path("loop");
            },
            says: `is a link to itself. ${EXPECTED}`,
        },
        {
            what: "a folder without states",
            given: () => {
                mkdirSync(path("none"));
                write("none/package.json", {});
                return path("none");
            },
            says: `holds no stacks. ${EXPECTED}`,
        },
        {
            what: "a file backend without stacks",
            given: () => {
                mkdirSync(path("backend/.pulumi"), { recursive: true });
                return path("backend/.pulumi");
            },
            says: `holds no stacks. ${EXPECTED}`,
        },
        {
            what: "a deployment of a version to come",
            given: () => write("new", { version: 5, deployment: { resources: [] } }),
            says: "is a deployment of version 5; versions 1 to 4 can be read. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment of a version that never was",
            given: () => write("zero", { version: 0, deployment: { resources: [] } }),
            says: "is a deployment of version 0; versions 1 to 4 can be read. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment with features to come",
            given: () =>
                write("features", { version: 4, features: ["views", "dreams"], deployment: { resources: [] } }),
            says: "needs features that cannot be read: dreams. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment with features that are no text",
            given: () =>
                write("odd-features", { version: 4, features: [{ toString: 1 }], deployment: { resources: [] } }),
            says: 'needs features that cannot be read: {"toString":1}. Is there a newer apigateway-guard?',
        },
        {
            what: "a deployment whose resources are no list",
            given: () => write("no-list", { version: 3, deployment: { resources: {} } }),
            says: `is a deployment whose resources are not a list. ${EXPECTED}`,
        },
        {
            what: "a checkpoint whose deployment is none",
            given: () => write("text", { version: 3, checkpoint: { latest: "x" } }),
            says: `is a deployment whose resources are not a list. ${EXPECTED}`,
        },
        {
            what: "a resource without a URN",
            given: () => write("no-urn", deployment({ urn, type: "a:b:C" }, { type: "a:b:C" })),
            says: `is a deployment whose resource 2 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource whose URN is none",
            given: () => write("bad-urn", deployment({ urn: "urn:pulumi:dev::shop::a:b:C", type: "a:b:C" })),
            says: `is a deployment whose resource 1 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource that is nothing",
            given: () => write("null", deployment(null)),
            says: `is a deployment whose resource 1 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource without a type",
            given: () => write("no-type", deployment({ urn })),
            says: `is a deployment whose resource 1 ("${urn}") has no type. ${EXPECTED}`,
        },
        {
            what: "a resource whose dependencies are no list",
            given: () => write("dependencies", deployment({ urn, type: "a:b:C", dependencies: urn })),
            says: `is a deployment whose resource 1 ("${urn}") has no valid dependencies. ${EXPECTED}`,
        },
        {
            what: "a resource with properties that depend on something else than lists",
            given: () => write("depend", deployment({ urn, type: "a:b:C", propertyDependencies: { x: urn } })),
            says: `is a deployment whose resource 1 ("${urn}") has no valid propertyDependencies. ${EXPECTED}`,
        },
        {
            what: "a resource from places that are none",
            given: () => write("places", deployment({ urn, type: "a:b:C", stackTrace: [{ sourcePosition: 1 }] })),
            says: `is a deployment whose resource 1 ("${urn}") has no valid stackTrace. ${EXPECTED}`,
        },
        {
            what: "a resource that is its own ancestor",
            given: () =>
                write(
                    "ancestor",
                    deployment(
                        { urn, type: "a:b:C", parent: `${urn}-2` },
                        { urn: `${urn}-2`, type: "a:b:C", parent: urn },
                    ),
                ),
            says: `is a deployment in which "${urn}" is its own ancestor. ${EXPECTED}`,
        },
        {
            what: "a step to a resource that is its own parent",
            given: () => write("parent", step({ op: "create", urn, newState: { type: "a:b:C", parent: urn } })),
            says: `is a preview in which "${urn}" is its own ancestor. ${EXPECTED}`,
        },
        {
            what: "a step to a resource whose provider is no text",
            given: () => write("provider", step({ op: "create", urn, newState: { type: "a:b:C", provider: {} } })),
            says: `is a preview whose step 1 ("${urn}") has a resource without a valid provider. ${EXPECTED}`,
        },
        {
            what: "a step without an operation",
            given: () => write("no-op", step({ urn })),
            says: `is a preview whose step 1 has no operation or no valid URN. ${EXPECTED}`,
        },
        {
            what: "a step without a URN",
            given: () => write("step", step({ op: "create" })),
            says: `is a preview whose step 1 has no operation or no valid URN. ${EXPECTED}`,
        },
        {
            what: "a step to a resource without a type",
            given: () => write("step-type", step({ op: "create", urn, newState: {} })),
            says: `is a preview whose step 1 ("${urn}") has a resource without a type. ${EXPECTED}`,
        },
        {
            what: "a preview of a program that failed",
            given: () =>
                write("failed", {
                    ...step({ op: "create", urn, newState: { type: "aws:s3/bucket:Bucket" } }),
                    diagnostics: [
                        { severity: "info", message: "hello" },
                        { severity: "error", message: "error: Unhandled exception: Error: boom\n    at main" },
                    ],
                }),
            says: "is a preview that failed (error: Unhandled exception: Error: boom), so resources may be missing. Mend that first",
        },
        {
            what: "a preview that failed before its first step",
            given: () =>
                write("early", { duration: 1, diagnostics: [{ severity: "error", message: "error: no plugin" }] }),
            says: "is a preview that failed (error: no plugin), so resources may be missing. Mend that first",
        },
        {
            what: "JSON that is like a preview, but of something else",
            given: () => write("steps", { steps: [{ name: "build" }] }),
            says: `is JSON, but not Pulumi's. ${EXPECTED}`,
        },
        {
            what: "JSON that is like a deployment, but of something else",
            given: () => write("deployment", { version: 3, deployment: {} }),
            says: `is JSON, but not Pulumi's. ${EXPECTED}`,
        },
        {
            what: "a preview that lists what changes only",
            given: () => write("changes", { steps: [{ op: "same", urn }], changeSummary: { same: 3, create: 1 } }),
            says: "is a preview without 2 of its unchanged resources. Make it with: pulumi preview --json --show-sames",
        },
    ];

    for (const { what, given, says } of ROWS) {
        it(what, async () => {
            const file = given();
            const { problems, stacks, findings } = await check([file]);
            assert.deepEqual([stacks, findings], [[], []]);
            assert.deepEqual(
                problems.map((problem) => problem.file),
                [file],
            );
            const [{ message } = { message: "" }] = problems;
            if (typeof says === "string") {
                assert.equal(message, says);
            } else {
                assert.match(message, says);
                assert.doesNotMatch(message, /\n/);
            }
        });
    }

    it("one file among many, and judges the others", async () => {
        const [good, bad] = [write("good", STATE), write("bad", "")];
        const { stacks, problems } = await check([bad, good]);
        assert.deepEqual([stacks.length, problems.length], [1, 1]);
    });
});

describe("check refuses to run with", () => {
    const { write } = withFolder();
    const COMPLIANT = join(FIXTURES, "rest-api.json");
    const RETENTION = "cloudwatch-log-group-retention";
    const ROWS: readonly (readonly [what: string, config: object, says: string, policies?: readonly string[]])[] = [
        ["a config of a wrong type", { all: 5 }, 'parsing "all": 5 is not a valid value; must be a string or object'],
        [
            "a contradiction that only the policy knows of, wherever it would look",
            { [RETENTION]: { minDays: 400, maxDays: 30 } },
            `${RETENTION}: minDays (400) is above maxDays (30). Lower the one or raise the other.`,
        ],
        [
            "a key that only a stack policy knows it has not",
            { "apigateway-account-cloudwatch-role": { requireinstack: true } },
            'apigateway-account-cloudwatch-role: there is no config key "requireinstack". Did you mean "requireInStack"?',
        ],
        ["all policies disabled", { all: "disabled" }, "disables every policy there is to ask"],
        [
            "the policies that are asked for disabled",
            { [RETENTION]: "disabled" },
            "disables every policy there is to ask",
            [RETENTION],
        ],
    ];
    for (const [what, config, says, policies = []] of ROWS) {
        it(what, async () => {
            const file = write("config.json", config);
            await assert.rejects(check([COMPLIANT], { config: file, policies }), { message: `${file}: ${says}` });
        });
    }

    it("a contradiction in a policy that is disabled, or not asked, only once it is", async () => {
        const wrong = { minDays: 400, maxDays: 30 };
        const disabled = write("disabled.json", { [RETENTION]: { ...wrong, enforcementLevel: "disabled" } });
        await check([COMPLIANT], { config: disabled });
        await check([COMPLIANT], {
            config: write("config.json", { [RETENTION]: wrong }),
            policies: ["apigatewayv2-stage-data-trace"],
        });
    });

    it("a config from standard input, which is for stacks", async () => {
        await assert.rejects(check([COMPLIANT], { config: "-" }), {
            message: "--config takes a file, not standard input",
        });
    });

    it("a policy that there is none of", async () => {
        await assert.rejects(check([COMPLIANT], { policies: ["cloudwatch-log-groups-retention"] }), {
            message: `--policy names "cloudwatch-log-groups-retention", but there is no such policy. Did you mean "${RETENTION}"?`,
        });
    });
});

describe("check tells how far it is", () => {
    it("before each file, and when it is done", async () => {
        const told: [number, number][] = [];
        const onProgress = (done: number, total: number) => told.push([done, total]);
        await check([join(FIXTURES, "http-api.json"), join(FIXTURES, "rest-api.json")], { onProgress });
        assert.deepEqual(told, [
            [0, 2],
            [1, 2],
            [2, 2],
        ]);
    });
});

describe("check gives each finding", () => {
    const { write } = withFolder();
    const LEVEL = "apigateway-method-settings-logging-level";

    it("all that there is to say of it", async () => {
        const { findings } = await check([join(FIXTURES, `${EXAMPLE}.json`)], {
            policies: [LEVEL],
            sourceDir: "infra",
        });
        assert.deepEqual(findings[1], {
            policy: LEVEL,
            level: "advisory",
            urn: `urn:pulumi:dev::${EXAMPLE}::aws:apigateway/methodSettings:MethodSettings::test`,
            type: "aws:apigateway/methodSettings:MethodSettings",
            name: "test",
            stack: STACK,
            file: join(FIXTURES, `${EXAMPLE}.json`),
            message: [
                'Method settings "test" states no level for */*, so execution logging is off.',
                "Set loggingLevel to ERROR or INFO.",
                'settings: { loggingLevel: "ERROR" }',
            ].join("\n"),
            severity: "medium",
            control: "APIGateway.1",
            location: { path: "infra/index.ts", line: 39, column: 5 },
            wouldBeRemediated: false,
        });
    });

    it("says so if a deployment would remediate it, at a level that counts as mandatory", async () => {
        const config = write("config.json", { all: "remediate" });
        const { findings } = await check([join(FIXTURES, `${EXAMPLE}.json`)], { config });
        assert.ok(findings.every(({ level }) => level === "mandatory"));
        const remediated = findings.filter(({ wouldBeRemediated }) => wouldBeRemediated);
        assert.deepEqual(
            new Set(remediated.map(({ policy }) => policy)),
            new Set([LEVEL, "cloudwatch-log-group-retention"]),
        );
    });

    it("to the stack itself, if it is nobody's in particular", async () => {
        const config = write("config.json", { "apigateway-account-cloudwatch-role": { requireInStack: true } });
        const policies = ["apigateway-account-cloudwatch-role"];
        const resources = STATE.deployment.resources.filter(({ type }) => !type.endsWith(":Account"));
        const root = resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
        for (const kept of [resources, root]) {
            const file = write("state.json", { version: 3, deployment: { resources: kept } });
            const { findings } = await check([file], { config, policies });
            assert.deepEqual(
                findings.map(({ urn, type, name }) => [urn, type, name]),
                [
                    [
                        `urn:pulumi:dev::${EXAMPLE}::pulumi:pulumi:Stack::${EXAMPLE}-dev`,
                        "pulumi:pulumi:Stack",
                        `${EXAMPLE}-dev`,
                    ],
                ],
            );
        }
    });

    it("and lists what it could not decide", async () => {
        const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
        const [api, stage] = ["aws:apigatewayv2/api:Api", "aws:apigatewayv2/stage:Stage"];
        const network = urn("pulumi:pulumi:StackReference", "network");
        const resources = [
            { urn: network, type: "pulumi:pulumi:StackReference" },
            { urn: urn(api, "chat"), type: api, inputs: { protocolType: "WEBSOCKET" } },
            {
                ...{ urn: urn(stage, "prod"), type: stage },
                inputs: { apiId: "[unknown]", name: "prod", defaultRouteSettings: { loggingLevel: "[unknown]" } },
                propertyDependencies: { apiId: [urn(api, "chat")], defaultRouteSettings: [network] },
            },
        ];
        const steps = resources.map((one) => ({ op: "create", urn: one.urn, newState: one }));
        const file = write("preview.json", { steps, changeSummary: { create: 3 } });
        const { findings, undecided } = await check([file], { policies: ["apigatewayv2-stage-execution-logging"] });
        assert.deepEqual(findings, []);
        assert.deepEqual(
            undecided.map(({ stack, file: from }) => [stack, from]),
            [["shop/dev", file]],
        );
        assert.match(
            undecided[0]?.message ?? "",
            /^apigatewayv2-stage-execution-logging could not decide on Stage "prod"/,
        );
    });
});
