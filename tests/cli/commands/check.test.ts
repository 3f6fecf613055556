import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { check } from "../../../cli/commands/check";
import { UNZSTD } from "../../../cli/inputs/bytes";
import type { ControlId } from "../../../pack/controls";
import { policies } from "../../../policies";
import { EXAMPLES } from "../../examples";
import { FIXTURES, fixture } from "../../support/engine/fixture";
import { withFolder } from "../../support/folder";
import { zstd } from "../../support/zstd";

const EXAMPLE = "rest-api-mistakes";
const STATE = fixture(EXAMPLE);
const TEXT = JSON.stringify(STATE);
const STACK = `${EXAMPLE}/dev`;
const RESOURCES = STATE.deployment.resources.length;
const FINDINGS = EXAMPLES[EXAMPLE]?.length ?? 0;

const EXPECTED =
    "Expected: the output of `pulumi stack export` or of `pulumi preview --json --show-sames`, or a checkpoint.";

/** Gzip files may be put one after the other. */
const MEBIBYTE = gzipSync(Buffer.alloc(2 ** 20));

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
            "a preview whose counts are not numbers",
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

    it("a compressed state through a pipe, which can be read only once", async () => {
        const file = write("state.gz", gzipSync(TEXT));
        const pipe = path("pipe");
        execFileSync("mkfifo", [pipe]);
        const closed = once(spawn("cp", [file, pipe]), "close");
        assert.deepEqual(await counted(pipe), all);
        await closed;
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

    it("several stacks, each by itself, in the order of the paths, and each once", async () => {
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

    it("with all files of Pulumi below it, and ignores other JSON", async () => {
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
        write("project/.pulumi/backups/rest-api-mistakes/dev/dev.1.json.attrs", {});
        const PAST: readonly (readonly [folder: string, says: string])[] = [
            [
                "project",
                "3 files under backups/ and history/ or ending in .bak are earlier states and were not checked.",
            ],
            [
                "project/.pulumi",
                "3 files under backups/ and history/ or ending in .bak are earlier states and were not checked.",
            ],
            ["project/.pulumi/stacks", "1 file ending in .bak is an earlier state and was not checked."],
        ];
        for (const [folder, message] of PAST) {
            const { stacks, unchecked } = await check([path(folder)]);
            assert.deepEqual([stacks.length, unchecked], [1, [{ file: path(folder), message }]]);
        }
    });

    it("of a file backend from before they had a version, but neither its history nor its backups", async () => {
        const checkpoint = { version: 3, checkpoint: { latest: STATE.deployment } };
        write("legacy/stacks/dev.json", checkpoint);
        write("legacy/history/dev/dev-1.checkpoint.json", checkpoint);
        write("legacy/history/dev/dev-1.history.json", { kind: "update" });
        write("legacy/backups/dev/dev.1.json.gz", gzipSync(JSON.stringify(checkpoint)));
        const { stacks, unchecked } = await check([path("legacy")]);
        assert.deepEqual(
            [stacks.length, unchecked],
            [
                1,
                [
                    {
                        file: path("legacy"),
                        message: "3 files under backups/ and history/ are earlier states and were not checked.",
                    },
                ],
            ],
        );
    });

    it("of a bucket of SST, but not its snapshots", async () => {
        const checkpoint = { version: 3, checkpoint: { latest: STATE.deployment } };
        write("bucket/app/shop/dev.json", checkpoint);
        write("bucket/snapshot/shop/dev/1.json", checkpoint);
        write("bucket/update/shop/dev/1.json", { id: "x", command: "deploy" });
        const { stacks, unchecked } = await check([path("bucket")]);
        assert.deepEqual(
            [stacks.length, unchecked],
            [
                1,
                [
                    {
                        file: path("bucket"),
                        message: "1 file under snapshot/ is an earlier state and was not checked.",
                    },
                ],
            ],
        );
    });

    it("with history/ and snapshot/, unless they are beside the states of today", async () => {
        write("named/history/state.json", STATE);
        write("named/snapshot/state.json", fixture("http-api"));
        const { stacks, unchecked } = await check([path("named")]);
        assert.deepEqual([stacks.length, unchecked], [2, []]);
    });

    it("with its checkpoints that are compressed with zstd, or says that Node cannot", async () => {
        write("zstd/state.json", STATE);
        const file = write("zstd/dev.json.zst", zstd(JSON.stringify(fixture("http-api"))));
        write("zstd/dev.json.zst.bak", zstd(TEXT));
        const { stacks, problems } = await check([path("zstd")]);
        const message = "is compressed with zstd, which Node 22.15 or later reads. Or use: pulumi stack export";
        assert.deepEqual([stacks.length, problems], UNZSTD === false ? [1, [{ file, message }]] : [2, []]);
    });

    it("with the folders that its links lead to, but not in circles, and no pipes", async () => {
        mkdirSync(path("links"));
        symlinkSync(path("links/here"), path("links/there"));
        write("links/here/state.json", STATE);
        symlinkSync(path("links"), path("links/back"));
        symlinkSync(path("nowhere"), path("links/dangling.json"));
        symlinkSync(path("links/self.json"), path("links/self.json"));
        execFileSync("mkfifo", [path("links/pipe.json")]);
        assert.equal((await counted(path("links"))).stacks.length, 1);
    });

    it("without what its links lead to outside, which it says", async () => {
        write("outside/state.json", fixture("http-api"));
        write("outside/notes.txt", "");
        write("inside/state.json", STATE);
        mkdirSync(path("inside/node_modules"));
        const LINKS: readonly (readonly [name: string, to: string])[] = [
            ["all", "outside"],
            ["near", "inside-not"],
            ["one.json", "outside/state.json"],
            ["notes.txt", "outside/notes.txt"],
            ["up", "."],
            [".git", "outside"],
        ];
        mkdirSync(path("inside-not"));
        for (const [name, to] of LINKS) {
            symlinkSync(path(to), path("inside", name));
        }
        const links = path("inside");
        const { stacks, unchecked } = await check([links]);
        assert.deepEqual(
            [stacks.length, unchecked],
            [
                1,
                [
                    {
                        file: links,
                        message:
                            "4 links lead out of the folder and were not followed: all, near, one.json and 1 more.",
                    },
                ],
            ],
        );
        symlinkSync(links, path("link"));
        assert.deepEqual((await check([path("link")])).stacks.length, 1);
    });

    it("with a link to /proc, which does not end", async () => {
        if (process.platform !== "linux") {
            return;
        }
        write("proc/state.json", STATE);
        symlinkSync("/proc", path("proc/all"));
        const { stacks, unchecked } = await check([path("proc")]);
        const message = "1 link leads out of the folder and was not followed: all.";
        assert.deepEqual([stacks.length, unchecked], [1, [{ file: path("proc"), message }]]);
    });

    it("once, however many ways its links lead to a folder", async () => {
        // Each of 25 folders has two links to the next: 2^25 ways to the last.
        for (let depth = 0; depth < 25; depth++) {
            mkdirSync(path(`ways/${depth}`), { recursive: true });
            for (const name of ["a", "b"]) {
                symlinkSync(path(`ways/${depth + 1}`), path(`ways/${depth}/${name}`));
            }
        }
        write("ways/25/state.json", STATE);
        assert.deepEqual(await counted(path("ways")), { stacks: [[STACK, RESOURCES]], findings: FINDINGS });
    });

    it("without files that are not of Pulumi, whatever they are", async () => {
        write("foreign/state.json", STATE);
        write("foreign/utf16.json", Buffer.from('\uFEFF{"name":"shop"}', "utf16le"));
        write("foreign/latin1.json", Buffer.from('{"name":"café"}', "latin1"));
        write("foreign/binary.json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]));
        write("foreign/broken.json.gz", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff]));
        write("foreign/cut.json.gz", gzipSync('{"name":"shop"}').subarray(0, 20));
        write("foreign/empty.json", "");
        truncateSync(write("foreign/large.json", "{}"), 2 ** 40);
        assert.deepEqual(await counted(path("foreign")), { stacks: [[STACK, RESOURCES]], findings: FINDINGS });
    });

    it("with files of Pulumi that cannot be read, of which it says why", async () => {
        const large = write("unread/large.json", TEXT);
        truncateSync(large, 2 ** 40);
        const latin1 = TEXT.replace('"aws:region"', '"caf\u00e9"').replace("rest-api-mistakes-dev", "caf\u00e9");
        const expected = [
            [
                write("unread/big-endian.json", Buffer.from(`\uFEFF${TEXT}`, "utf16le").swap16()),
                "is UTF-16, as PowerShell's > writes it, not UTF-8. Use: pulumi stack export --file FILE",
            ],
            [
                write("unread/cut.json.gz", gzipSync(TEXT).subarray(0, 1000)),
                `is a gzip file that ends too early. ${EXPECTED}`,
            ],
            [large, `is larger than the longest text that Node can hold (512 MiB). ${EXPECTED}`],
            [write("unread/latin1.json", Buffer.from(latin1, "latin1")), `is not text in UTF-8. ${EXPECTED}`],
            [
                write("unread/utf16.json", Buffer.from(`\uFEFF${TEXT}`, "utf16le")),
                "is UTF-16, as PowerShell's > writes it, not UTF-8. Use: pulumi stack export --file FILE",
            ],
        ].map(([file, message]) => ({ file, message }));
        assert.deepEqual((await check([path("unread")])).problems, expected);
    });

    it("and says which names are not text, if they may be those of states or folders", async () => {
        // Some systems do not allow such names.
        if (process.platform !== "linux") {
            return;
        }
        write("odd/state.json", STATE);
        const odd = (name: string) => Buffer.concat([Buffer.from(path("odd/")), Buffer.from(name, "latin1")]);
        writeFileSync(odd("caf\u00e9.json"), TEXT);
        writeFileSync(odd("caf\u00e9.txt"), TEXT);
        mkdirSync(odd("caf\u00e9"));
        symlinkSync(path("odd/state.json"), odd("link-\u00e9"));
        const { stacks, problems } = await check([path("odd")]);
        assert.deepEqual(
            [stacks.length, problems],
            [
                1,
                ["caf\uFFFD", "caf\uFFFD.json", "link-\uFFFD"].map((name) => ({
                    file: path("odd", name),
                    message: "has a name that is not UTF-8, so it cannot be read",
                })),
            ],
        );
    });

    it("and says which of its folders are too deep to be read", async () => {
        write("deep/state.json", STATE);
        const name = "d".repeat(250);
        const shell = `cd "$1"; for depth in $(seq 20); do mkdir ${name}; cd ${name}; done; echo '{}' > state.json`;
        execFileSync("bash", ["-c", shell, "-", path("deep")]);
        try {
            const { stacks, problems } = await check([path("deep")]);
            assert.equal(stacks.length, 1);
            assert.deepEqual(
                problems.map(({ file, message }) => [file.slice(0, path("deep").length), message]),
                [[path("deep"), "cannot be read: its path is too long"]],
            );
        } finally {
            execFileSync("rm", ["-rf", path("deep")]);
        }
    });

    it("and reports a broken file of Pulumi, checking the rest", async () => {
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
        readonly says: string;
    }

    const ROWS: readonly Row[] = [
        {
            what: "a file that is cut off",
            given: () => write("cut", TEXT.slice(0, 1000)),
            says: `is not JSON: it ends too early at line 1, column 1001. ${EXPECTED}`,
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
            what: "a device that never ends",
            given: () => "/dev/zero",
            says: `is larger than the longest text that Node can hold (512 MiB). ${EXPECTED}`,
        },
        {
            what: "a small compressed file of something that is much larger",
            given: () => write("bomb.gz", Buffer.concat(Array.from({ length: 600 }, () => MEBIBYTE))),
            says: `is larger than the longest text that Node can hold (512 MiB). ${EXPECTED}`,
        },
        {
            what: "a folder in the place of a compressed file",
            given: () => {
                mkdirSync(path("folder.gz"));
                return path("folder.gz");
            },
            says: `holds no stacks. ${EXPECTED}`,
        },
        {
            what: "a deeply nested file",
            given: () => {
                const inputs = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
                const states = `"oldState":{"outputs":${inputs}},"newState":{"type":"a:b:C","inputs":${inputs}}`;
                return write("deep", `{"steps":[{"op":"update","urn":"${urn}",${states}}]}`);
            },
            says: `is nested too deeply. ${EXPECTED}`,
        },
        {
            what: "JSON of something else",
            given: () => write("package.json", { name: "shop", version: "1.0.0" }),
            says: `is JSON, but not from Pulumi. ${EXPECTED}`,
        },
        { what: "a list", given: () => write("list", [1]), says: `is JSON, but not from Pulumi. ${EXPECTED}` },
        { what: "a file that does not exist", given: () => path("nothing"), says: `does not exist. ${EXPECTED}` },
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
            what: "a deployment of a newer version",
            given: () => write("new", { version: 5, deployment: { resources: [] } }),
            says: "is a deployment of version 5; versions 1 to 4 can be read. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment of version 0",
            given: () => write("zero", { version: 0, deployment: { resources: [] } }),
            says: "is a deployment of version 0; versions 1 to 4 can be read. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment with newer features",
            given: () =>
                write("features", { version: 4, features: ["views", "dreams"], deployment: { resources: [] } }),
            says: "needs features that cannot be read: dreams. Is there a newer apigateway-guard?",
        },
        {
            what: "a deployment with features that are not text",
            given: () =>
                write("odd-features", { version: 4, features: [{ toString: 1 }], deployment: { resources: [] } }),
            says: 'needs features that cannot be read: {"toString":1}. Is there a newer apigateway-guard?',
        },
        {
            what: "a deployment whose resources are not a list",
            given: () => write("no-list", { version: 3, deployment: { resources: {} } }),
            says: `is a deployment whose resources are not a list. ${EXPECTED}`,
        },
        {
            what: "a checkpoint whose deployment is text",
            given: () => write("text", { version: 3, checkpoint: { latest: "x" } }),
            says: `is a deployment whose resources are not a list. ${EXPECTED}`,
        },
        {
            what: "a resource without a URN",
            given: () => write("no-urn", deployment({ urn, type: "a:b:C" }, { type: "a:b:C" })),
            says: `is a deployment whose resource 2 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource with an invalid URN",
            given: () => write("bad-urn", deployment({ urn: "urn:pulumi:dev::shop::a:b:C", type: "a:b:C" })),
            says: `is a deployment whose resource 1 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource that is null",
            given: () => write("null", deployment(null)),
            says: `is a deployment whose resource 1 has no valid URN. ${EXPECTED}`,
        },
        {
            what: "a resource without a type",
            given: () => write("no-type", deployment({ urn })),
            says: `is a deployment whose resource 1 ("${urn}") has no type. ${EXPECTED}`,
        },
        {
            what: "a resource whose dependencies are not a list",
            given: () => write("dependencies", deployment({ urn, type: "a:b:C", dependencies: urn })),
            says: `is a deployment whose resource 1 ("${urn}") has no valid dependencies. ${EXPECTED}`,
        },
        {
            what: "a resource whose property dependencies are not lists",
            given: () => write("depend", deployment({ urn, type: "a:b:C", propertyDependencies: { x: urn } })),
            says: `is a deployment whose resource 1 ("${urn}") has no valid propertyDependencies. ${EXPECTED}`,
        },
        {
            what: "a resource with an invalid stack trace",
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
            what: "a resource that is its own ancestor, after one that is listed before its parent",
            given: () =>
                write(
                    "ancestors",
                    deployment(
                        { urn: `${urn}-2`, type: "a:b:C", parent: `${urn}-3` },
                        { urn: `${urn}-3`, type: "a:b:C" },
                        { urn, type: "a:b:C", parent: `${urn}-4` },
                        { urn: `${urn}-4`, type: "a:b:C", parent: urn },
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
            what: "a step to a resource whose provider is not text",
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
            says: "is a preview that failed (error: Unhandled exception: Error: boom), so resources may be missing. Fix that first",
        },
        {
            what: "a preview that failed before its first step",
            given: () =>
                write("early", { duration: 1, diagnostics: [{ severity: "error", message: "error: no plugin" }] }),
            says: "is a preview that failed (error: no plugin), so resources may be missing. Fix that first",
        },
        {
            what: "JSON that is like a preview, but not from Pulumi",
            given: () => write("steps", { steps: [{ name: "build" }] }),
            says: `is JSON, but not from Pulumi. ${EXPECTED}`,
        },
        {
            what: "JSON that is like a deployment, but not from Pulumi",
            given: () => write("deployment", { version: 3, deployment: {} }),
            says: `is JSON, but not from Pulumi. ${EXPECTED}`,
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
            assert.deepEqual(problems, [{ file, message: says }]);
        });
    }

    it("one file among many, and checks the others", async () => {
        const [good, bad] = [write("good", STATE), write("bad", "")];
        const { stacks, problems } = await check([bad, good]);
        assert.deepEqual([stacks.length, problems.length], [1, 1]);
    });
});

describe("check evaluates a stack", () => {
    const { write } = withFolder();
    const [stage, group] = ["aws:apigateway/stage:Stage", "aws:cloudwatch/logGroup:LogGroup"];
    const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
    const resource = (type: string, props: object, more: object = {}) => ({
        ...{ urn: urn(type, "orders"), type, inputs: props, outputs: props, ...more },
    });
    const evaluated = async (...resources: object[]) => {
        const made = await check([write("state.json", { version: 3, deployment: { resources } })]);
        assert.deepEqual(made.problems, []);
        return made.findings.map(({ problem, code }) => [problem, code]);
    };

    for (const type of ["constructor", "toString", "__proto__"]) {
        it(`with a component of the type ${type}`, async () => {
            const component = { urn: urn("my:index:X", "x"), type, outputs: {} };
            const props = { stageName: "prod", restApi: "a1" };
            assert.deepEqual(await evaluated(component, resource(stage, props, { parent: component.urn })), [
                [
                    'Stage "prod" of API "a1" has no method settings for */*, so execution logging is off.',
                    'new aws.apigateway.MethodSettings("orders-logging", { restApi: stage.restApi, stageName: stage.stageName, methodPath: "*/*", settings: { loggingLevel: "ERROR" } })',
                ],
            ]);
        });
    }

    const NEVER = [['Log group "orders" never expires: it has no retention.', "retentionInDays: 90"]];
    for (const value of ["7ff8000000000000", "7ff0000000000000", "", "not a float"]) {
        it(`with the float ${JSON.stringify(value)} for a retention, which it is not`, async () => {
            const signature = { "4dabf18193072939515e22adb298388d": "8ad145fe-0d11-4827-bfd7-1abcbf086f5c" };
            assert.deepEqual(await evaluated(resource(group, { retentionInDays: { ...signature, value } })), NEVER);
        });
    }
});

describe("check refuses to run with", () => {
    const { write } = withFolder();
    const COMPLIANT = join(FIXTURES, "rest-api.json");
    const RETENTION = "cloudwatch-log-group-retention";
    const ROWS: readonly (readonly [what: string, config: object, says: string, policies?: readonly string[]])[] = [
        ["a config of a wrong type", { all: 5 }, 'parsing "all": 5 is not a valid value; must be a string or object'],
        [
            "a contradiction between keys of a policy",
            { [RETENTION]: { minDays: 400, maxDays: 30 } },
            `${RETENTION}: minDays (400) is above maxDays (30). Lower minDays or raise maxDays.`,
        ],
        [
            "an unknown key of a policy",
            { "apigateway-account-cloudwatch-role": { requireinstack: true } },
            'apigateway-account-cloudwatch-role: there is no config key "requireinstack". Did you mean "requireInStack"?',
        ],
        ["all policies disabled", { all: "disabled" }, "disables every policy, so there is nothing to check"],
        [
            "the policy to evaluate disabled",
            { [RETENTION]: "disabled" },
            `disables ${RETENTION}, so there is nothing to check`,
            [RETENTION],
        ],
        [
            "all policies to evaluate disabled",
            { all: "disabled", "apigateway-method-settings-logging-level": "mandatory" },
            `disables ${RETENTION}, apigatewayv2-stage-data-trace, so there is nothing to check`,
            [RETENTION, "apigatewayv2-stage-data-trace"],
        ],
    ];
    for (const [what, config, says, policies = []] of ROWS) {
        it(what, async () => {
            const file = write("config.json", config);
            await assert.rejects(check([COMPLIANT], { config: file, policies }), { message: `${file}: ${says}` });
        });
    }

    it("a contradiction in a policy only if the policy is evaluated", async () => {
        const wrong = { minDays: 400, maxDays: 30 };
        const disabled = write("disabled.json", { [RETENTION]: { ...wrong, enforcementLevel: "disabled" } });
        const other = {
            config: write("config.json", { [RETENTION]: wrong }),
            policies: ["apigatewayv2-stage-data-trace"],
        };
        const reports = [await check([COMPLIANT], { config: disabled }), await check([COMPLIANT], other)];
        assert.deepEqual(
            reports.map(({ problems, rules }) => [problems, rules.some(({ policy }) => policy === RETENTION)]),
            [
                [[], false],
                [[], false],
            ],
        );
    });

    it("a config from standard input, which is for stacks", async () => {
        await assert.rejects(check([COMPLIANT], { config: "-" }), {
            message: "--config takes a file, not standard input",
        });
    });

    it("the controls to evaluate disabled", async () => {
        const config = write("config.json", { all: "disabled" });
        const controls = ["APIGateway.1", "CloudWatch.16"];
        await assert.rejects(check([COMPLIANT], { config, controls, policies: [RETENTION] }), {
            message: `${config}: disables ${RETENTION}, APIGateway.1, CloudWatch.16, so there is nothing to check`,
        });
    });

    it("an unknown control", async () => {
        await assert.rejects(check([COMPLIANT], { controls: ["APIGateway.0"] }), (error: Error) => {
            assert.match(
                error.message,
                /^--control names "APIGateway\.0", but no policy mirrors or supports it\. Did you mean "APIGateway\.1"\? The controls are APIGateway\.1, [^"]*CloudWatch\.16/,
            );
            return true;
        });
    });

    it("the misspelt name of a policy", async () => {
        await assert.rejects(check([COMPLIANT], { policies: ["cloudwatch-log-groups-retention"] }), {
            message: `--policy names "cloudwatch-log-groups-retention", which is not a policy. Did you mean "${RETENTION}"?`,
        });
    });
});

describe("check reports its progress", () => {
    it("before each file, and when it is done", async () => {
        const reported: [number, number][] = [];
        const onProgress = (done: number, total: number) => reported.push([done, total]);
        await check([join(FIXTURES, "http-api.json"), join(FIXTURES, "rest-api.json")], { onProgress });
        assert.deepEqual(reported, [
            [0, 2],
            [1, 2],
            [2, 2],
        ]);
    });
});

describe("check evaluates", () => {
    const namesFor = async (options: object) => {
        const { rules, findings } = await check([join(FIXTURES, `${EXAMPLE}.json`)], options);
        return { rules: rules.map(({ policy }) => policy), findings: new Set(findings.map(({ policy }) => policy)) };
    };
    const of = (control: ControlId) =>
        policies.filter(({ mirrors, supports }) => [...mirrors, ...supports].includes(control)).map(({ name }) => name);

    it("the policies of a control", async () => {
        const { rules, findings } = await namesFor({ controls: ["APIGateway.1"] });
        assert.deepEqual(rules, of("APIGateway.1"));
        assert.deepEqual(
            findings,
            new Set([
                "apigateway-account-cloudwatch-role",
                "apigateway-account-role-set",
                "apigateway-method-settings-logging-level",
                "apigateway-stage-execution-logging",
            ]),
        );
    });

    it("the policies of controls and those with a name", async () => {
        const asked = { controls: ["CloudWatch.16"], policies: ["apigatewayv2-stage-data-trace"] };
        const expected = [...of("CloudWatch.16"), "apigatewayv2-stage-data-trace"].sort();
        assert.deepEqual((await namesFor(asked)).rules, expected);
    });
});

describe("check gives each finding", () => {
    const { write } = withFolder();
    const LEVEL = "apigateway-method-settings-logging-level";

    it("all of its parts", async () => {
        const { findings } = await check([join(FIXTURES, `${EXAMPLE}.json`)], {
            policies: [LEVEL, "apigateway-account-role-set"],
            sourceDir: "infra",
        });
        const common = {
            level: "advisory",
            stack: STACK,
            file: join(FIXTURES, `${EXAMPLE}.json`),
            severity: "medium",
        };
        assert.deepEqual(
            [findings[0], findings.find(({ name }) => name === "test")],
            [
                {
                    ...common,
                    policy: "apigateway-account-role-set",
                    urn: `urn:pulumi:dev::${EXAMPLE}::aws:apigateway/account:Account::account`,
                    type: "aws:apigateway/account:Account",
                    name: "account",
                    problem:
                        'Account "account" has no CloudWatch role, so API Gateway cannot write logs in its account and region.',
                    advice: "Set cloudwatchRoleArn to the ARN of a role that API Gateway can assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.",
                    code: "cloudwatchRoleArn: role.arn",
                    remedy: undefined,
                    controls: [],
                    location: { path: "infra/index.ts", line: 7, column: 5 },
                    wouldBeRemediated: false,
                },
                {
                    ...common,
                    policy: LEVEL,
                    urn: `urn:pulumi:dev::${EXAMPLE}::aws:apigateway/methodSettings:MethodSettings::test`,
                    type: "aws:apigateway/methodSettings:MethodSettings",
                    name: "test",
                    problem: 'MethodSettings "test" sets no loggingLevel for */*, so execution logging is off.',
                    advice: "Set loggingLevel to ERROR or INFO.",
                    code: 'settings: { loggingLevel: "ERROR" }',
                    remedy: [{ set: ["settings", "loggingLevel"], to: "ERROR" }],
                    controls: ["APIGateway.1"],
                    location: { path: "infra/index.ts", line: 39, column: 5 },
                    wouldBeRemediated: false,
                },
            ],
        );
    });

    it("in the order of the resources, then of the policies by name", async () => {
        const { findings } = await check([join(FIXTURES, "websocket-api-mistakes.json")]);
        const order = fixture("websocket-api-mistakes").deployment.resources.map(({ urn }) => urn);
        const keys = findings.map(({ urn, policy }) => [order.indexOf(urn), policy] as const);
        assert.deepEqual(
            keys,
            [...keys].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)),
        );
        assert.deepEqual(
            findings.filter(({ name }) => name === "prod").map(({ policy }) => policy),
            ["apigatewayv2-stage-data-trace", "apigatewayv2-stage-execution-logging"],
        );
    });

    it("its parts in one line each, also if values of the program have line breaks", async () => {
        const type = "aws:apigateway/methodSettings:MethodSettings";
        const inputs = { methodPath: "~1a\r\nb/GET", settings: { loggingLevel: "OFF" } };
        const resource = { urn: `urn:pulumi:dev::shop::${type}::orders`, type, inputs };
        const file = write("state.json", { version: 3, deployment: { resources: [resource] } });
        const { findings } = await check([file], { policies: [LEVEL] });
        assert.deepEqual(
            findings.map(({ problem }) => problem),
            [String.raw`MethodSettings "orders" sets loggingLevel to OFF for GET /a\r\nb.`],
        );
    });

    it("and says so if a deployment would remediate it, at a level that counts as mandatory", async () => {
        const config = write("config.json", { all: "remediate" });
        const policies = [LEVEL, "cloudwatch-log-group-retention", "apigateway-account-cloudwatch-role"];
        const { findings } = await check([join(FIXTURES, `${EXAMPLE}.json`)], { config, policies });
        assert.ok(findings.every(({ level }) => level === "mandatory"));
        const remediated = findings.filter(({ wouldBeRemediated }) => wouldBeRemediated);
        assert.deepEqual(
            new Set(remediated.map(({ policy }) => policy)),
            new Set([LEVEL, "cloudwatch-log-group-retention"]),
        );
    });

    it("the stack as its resource, if it is about the stack as a whole", async () => {
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

    it("and lists what a policy could not decide", async () => {
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
        assert.deepEqual(undecided, [
            {
                stack: "shop/dev",
                file,
                policy: "apigatewayv2-stage-execution-logging",
                message:
                    'apigatewayv2-stage-execution-logging could not decide on Stage "prod" of API "chat": its logging level is not known yet',
            },
        ]);
    });
});
