import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
    chmodSync,
    closeSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    openSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    statSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareVersions, MINIMUM } from "../../tools/pulumi/find";
import { pins } from "../../tools/pulumi/install";
import { ensurePulumi, findPulumi, type Setup } from "../../tools/setup-pulumi";

const REPO = resolve(__dirname, "../..");
const TOOL = join(REPO, "tools/setup-pulumi.ts");

/** A shell script that may use the system's tools, although the PATH under test holds nothing but fakes. */
function script(...lines: string[]): string {
    return ["#!/bin/sh", "PATH=/usr/bin:/bin", ...lines, ""].join("\n");
}

/** Leaves a trace wherever it is told its home is, as the real one leaves logs. */
function cli(version: string): string {
    return script('mkdir -p "$PULUMI_HOME" && echo ran > "$PULUMI_HOME/trace"', `echo "${version}"`);
}

const NO_NETWORK = 'process.stderr.write("Downloading pulumi\\npulumi: fetch failed\\n"); process.exit(1);';

/** A launcher that puts `content` where the real one puts the download, and then ends with `exitCode`. */
function downloads(content: string, exitCode = 0): string {
    return `
        const fs = require("node:fs");
        const bin = require("node:path").join(process.env.PULUMI_HOME, "versions", process.env.PULUMI_VERSION, "bin");
        fs.mkdirSync(bin, { recursive: true });
        fs.writeFileSync(bin + "/pulumi", ${JSON.stringify(content)}, { mode: 0o755 });
        fs.writeFileSync(bin + "/pulumi-language-nodejs", "", { mode: 0o755 });
        process.exit(${exitCode});`;
}

/** A Go that notes how it was called beside itself and "builds" what is given. */
function go(version: string, ...building: string[]): string {
    return script(
        `if [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit; fi`,
        'note="$(dirname "$0")/go-was-called"',
        '{ pwd; printf "%s\\n" "GOWORK=$GOWORK" "GOTMPDIR=$GOTMPDIR" "$@"; } >> "$note"',
        'while [ "$1" != -o ]; do shift; done',
        ...building,
    );
}

const BUILDS = go("1.26.0", `cat > "$2" <<'END'`, cli("v3.259.0"), "END", 'chmod +x "$2"');

describe("setup:pulumi", function () {
    this.timeout(20_000);
    let root: string;
    let setup: Setup;
    const at = (path: string) => join(root, path);
    const put = (path: string, content: string, mode = 0o755) => {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), content);
        chmodSync(at(path), mode);
    };
    /** Everything below a folder, save what fake CLIs leave as their trace. */
    const tree = (path: string) =>
        existsSync(at(path))
            ? readdirSync(at(path), { recursive: true })
                  .map(String)
                  .filter((name) => name !== "trace")
                  .sort()
            : [];

    beforeEach(() => {
        root = realpathSync(mkdtempSync(join(tmpdir(), "setup-pulumi-")));
        put(
            "checkout/tools/pulumi/go.mod",
            "module x\n\ngo 1.25.11\n\nrequire (\n\tgithub.com/pulumi/pulumi/pkg/v3 v3.259.0\n)\n",
        );
        put("checkout/tools/pulumi/pulumi-analyzer-policy-nodejs", "launcher", 0o644);
        put("checkout/node_modules/pulumi/run.js", NO_NETWORK);
        const path = ["checkout/node_modules/.bin", "bin", "bin2"].map(at).join(delimiter);
        setup = { repo: at("checkout"), userHome: at("home"), env: { PATH: path } };
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    const OWN = "checkout/.pulumi-home/versions";
    const USERS = "home/.pulumi/versions";
    const BUILT = ["3.259.0", "3.259.0/bin", "3.259.0/bin/pulumi", "3.259.0/bin/pulumi-analyzer-policy-nodejs"];

    describe("finding a CLI", () => {
        type Row = [
            when: string,
            there: Record<string, string>,
            found: [path: string, version: string, source: string],
        ];
        const rows: Row[] = [
            [
                "prefers one on PATH, be there newer ones elsewhere",
                {
                    "bin/pulumi": cli("v3.249.0"),
                    [`${OWN}/3.260.0/bin/pulumi`]: cli("v3.260.0"),
                    [`${USERS}/3.261.0/bin/pulumi`]: cli("v3.261.0"),
                },
                ["bin/pulumi", "3.249.0", "PATH"],
            ],
            [
                "prefers the project's own to the user's",
                {
                    [`${OWN}/3.259.0/bin/pulumi`]: cli("v3.259.0"),
                    [`${USERS}/3.261.0/bin/pulumi`]: cli("v3.261.0"),
                },
                [`${OWN}/3.259.0/bin/pulumi`, "3.259.0", "project"],
            ],
            [
                "takes the newest of the user's, by number",
                {
                    [`${USERS}/3.900.0/bin/pulumi`]: cli("v3.900.0"),
                    [`${USERS}/3.1000.0/bin/pulumi`]: cli("v3.1000.0"),
                },
                [`${USERS}/3.1000.0/bin/pulumi`, "3.1000.0", "user"],
            ],
            [
                "looks in the user's PULUMI_HOME",
                { "elsewhere/versions/3.255.0/bin/pulumi": cli("v3.255.0") },
                ["elsewhere/versions/3.255.0/bin/pulumi", "3.255.0", "user"],
            ],
            [
                "skips the launcher in node_modules/.bin",
                { "checkout/node_modules/.bin/pulumi": cli("v3.259.0"), "bin/pulumi": cli("v3.250.0") },
                ["bin/pulumi", "3.250.0", "PATH"],
            ],
            [
                "passes over one that is too old, and looks on along PATH",
                { "bin/pulumi": cli("v3.248.9"), "bin2/pulumi": cli("v3.250.0") },
                ["bin2/pulumi", "3.250.0", "PATH"],
            ],
            [
                "goes by what the CLI says, not by its folder's name",
                {
                    [`${USERS}/3.259.0/bin/pulumi`]: cli("v3.200.0"),
                    [`${USERS}/3.250.0/bin/pulumi`]: cli("v3.250.0"),
                },
                [`${USERS}/3.250.0/bin/pulumi`, "3.250.0", "user"],
            ],
            [
                "reads pre-releases, and versions without a v",
                { "bin/pulumi": cli("4.0.0-alpha.1+dirty") },
                ["bin/pulumi", "4.0.0", "PATH"],
            ],
        ];
        for (const [when, there, [path, version, source]] of rows) {
            it(when, async () => {
                for (const [file, content] of Object.entries(there)) put(file, content);
                setup.env.PULUMI_HOME = at("elsewhere");
                const expected = { binary: at(path), version, source, nodeLanguageHost: false };
                assert.deepEqual(await findPulumi(setup), expected);
            });
        }

        const nothing: [when: string, path: string, content: string, mode?: number][] = [
            ["an empty file", `${OWN}/3.259.0/bin/pulumi`, ""],
            ["half a binary", `${OWN}/3.259.0/bin/pulumi`, "\x7fELF\x02\x01\x01"],
            ["a file that may not be run", `${OWN}/3.259.0/bin/pulumi`, cli("v3.259.0"), 0o644],
            ["one that fails after saying its version", `${OWN}/3.259.0/bin/pulumi`, script("echo v3.259.0", "exit 1")],
            ["one that says no version", `${OWN}/3.259.0/bin/pulumi`, script("echo hello")],
            ["a whole one in a temporary folder", `${OWN}/../staging-1-x/versions/3.259.0/bin/pulumi`, cli("v3.259.0")],
            ["a whole one in a folder of another name", `${OWN}/3.259.0.part/bin/pulumi`, cli("v3.259.0")],
        ];
        for (const [what, path, content, mode] of nothing) {
            it(`does not take ${what} for a CLI`, async () => {
                put(path, content, mode);
                assert.equal(await findPulumi(setup), undefined);
            });
        }

        it("does not take one that is still being written for a CLI", async () => {
            put(`${OWN}/3.259.0/bin/pulumi`, "\x7fELF");
            const writing = openSync(at(`${OWN}/3.259.0/bin/pulumi`), "r+");
            try {
                assert.equal(await findPulumi(setup), undefined);
            } finally {
                closeSync(writing);
            }
        });

        for (const [from, to] of [
            ["bin/pulumi", "lib/node_modules/pulumi/run.js"],
            ["checkout/node_modules/.bin/pulumi", "linked-package/run.js"],
        ] as const) {
            it(`skips a link on PATH from ${from} to ${to}`, async () => {
                put(to, cli("v3.259.0"));
                mkdirSync(dirname(at(from)), { recursive: true });
                symlinkSync(at(to), at(from));
                assert.equal(await findPulumi(setup), undefined);
            });
        }

        it("sees the language host beside the program a link on PATH leads to", async () => {
            put("opt/pulumi/pulumi", cli("v3.259.0"));
            put("opt/pulumi/pulumi-language-nodejs", "");
            mkdirSync(at("bin"));
            symlinkSync(at("opt/pulumi/pulumi"), at("bin/pulumi"));
            assert.equal((await findPulumi(setup))?.nodeLanguageHost, true);
        });

        it("runs the user's CLI without writing to the user's Pulumi folders", async () => {
            put("home/.pulumi/versions/3.250.0/bin/pulumi", cli("v3.250.0"));
            mkdirSync(at("elsewhere"));
            setup.env.PULUMI_HOME = at("elsewhere");
            await findPulumi(setup);
            assert.equal(existsSync(at("checkout/.pulumi-home/trace")), true);
            assert.deepEqual(readdirSync(at("home/.pulumi")), ["versions"]);
            assert.deepEqual(readdirSync(at("elsewhere")), []);
        });
    });

    describe("making one available", () => {
        const lines: string[] = [];
        const log = (line: string) => lines.push(line.replaceAll(root, ""));
        const DOWNLOADING = "Downloading Pulumi 3.259.0: about a minute, given up after 5 minutes.";
        const BUILDING =
            "Building Pulumi 3.259.0 with Go 1.26.0: 4 to 8 minutes the first time, under one once Go has it cached.";
        const BUILT_LINE = `Pulumi 3.259.0 built from source: /${OWN}/3.259.0/bin/pulumi`;
        const built = { version: "3.259.0", source: "build", nodeLanguageHost: false };
        beforeEach(() => {
            lines.length = 0;
        });

        it("takes what is there in one line, installing nothing", async () => {
            put("bin/pulumi", cli("v3.250.0"));
            put("bin/go", BUILDS);
            put("checkout/node_modules/pulumi/run.js", downloads(cli("v3.259.0")));
            await ensurePulumi(log, setup);
            assert.deepEqual(lines, ["Pulumi 3.250.0 on PATH: /bin/pulumi"]);
            assert.deepEqual(tree("checkout/.pulumi-home"), []);
        });

        it("mentions the user's older CLI beside the one it takes", async () => {
            put("bin/pulumi", cli("v3.100.0"));
            put(`${OWN}/3.259.0/bin/pulumi`, cli("v3.259.0"));
            await ensurePulumi(log, setup);
            assert.deepEqual(lines, [
                `Pulumi 3.259.0 in this project: /${OWN}/3.259.0/bin/pulumi (passed over: /bin/pulumi is 3.100.0, older than 3.249.0)`,
            ]);
        });

        it("downloads the official release when there is none", async () => {
            put("bin/go", BUILDS);
            put("checkout/node_modules/pulumi/run.js", downloads(cli("v3.259.0")));
            const binary = at(`${OWN}/3.259.0/bin/pulumi`);
            const expected = { binary, version: "3.259.0", source: "download", nodeLanguageHost: true };
            assert.deepEqual(await ensurePulumi(log, setup), expected);
            assert.deepEqual(lines, [DOWNLOADING, `Pulumi 3.259.0 downloaded: /${OWN}/3.259.0/bin/pulumi`]);
            assert.deepEqual(tree("checkout/.pulumi-home"), [
                "versions",
                "versions/3.259.0",
                "versions/3.259.0/bin",
                "versions/3.259.0/bin/pulumi",
                "versions/3.259.0/bin/pulumi-language-nodejs",
            ]);
            assert.equal(existsSync(at("bin/go-was-called")), false);
        });

        it("downloads the pinned version whatever PULUMI_VERSION says", async () => {
            put("checkout/node_modules/pulumi/run.js", downloads(cli("v3.259.0")));
            setup.env.PULUMI_VERSION = "3.100.0";
            assert.equal((await ensurePulumi(log, setup)).source, "download");
        });

        const failedDownloads: [when: string, launcher: string | undefined, reason: string][] = [
            ["there is no network", NO_NETWORK, "pulumi: fetch failed"],
            ["it hangs", "setInterval(() => {}, 1000);", "no result within 1 s"],
            ["it died half-way", downloads("\x7fELF", 7), "ended with 7"],
            ["it claims success with half a binary", downloads("\x7fELF"), "the result does not run"],
            ["it brings another version", downloads(cli("v3.260.0")), "the result is Pulumi 3.260.0"],
            ["packages are missing", undefined, "the npm package pulumi is not installed: run npm ci"],
        ];
        for (const [when, launcher, reason] of failedDownloads) {
            it(`builds when the download fails because ${when}`, async () => {
                put("bin/go", BUILDS);
                if (launcher === undefined) rmSync(at("checkout/node_modules/pulumi/run.js"));
                else put("checkout/node_modules/pulumi/run.js", launcher);
                if (when === "it hangs") setup.downloadLimitMs = 600;
                const binary = at(`${OWN}/3.259.0/bin/pulumi`);
                assert.deepEqual(await ensurePulumi(log, setup), { binary, ...built });
                assert.deepEqual(
                    lines.filter((line) => !line.startsWith("Downloading")),
                    [`The download was not possible: ${reason}`, BUILDING, BUILT_LINE],
                );
                assert.deepEqual(tree(OWN), BUILT);
                assert.deepEqual(readdirSync(at("checkout/.pulumi-home")).sort(), ["trace", "versions"]);
            });
        }

        it("builds the pinned modules as they are, with all temporary files in its own folder", async () => {
            put("bin/go", BUILDS);
            await ensurePulumi(log, setup);
            const called = readFileSync(at("bin/go-was-called"), "utf8").replaceAll(root, "");
            assert.deepEqual(
                called
                    .replace(/staging-\d+-\w+/g, "staging")
                    .trimEnd()
                    .split("\n"),
                [
                    "/checkout/tools/pulumi",
                    "GOWORK=off",
                    "GOTMPDIR=/checkout/.pulumi-home/staging",
                    "build",
                    "-mod=readonly",
                    "-trimpath",
                    "-ldflags",
                    "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0",
                    "-o",
                    "/checkout/.pulumi-home/staging/versions/3.259.0/bin/pulumi",
                    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
                ],
            );
        });

        it("puts the pack launcher beside a built CLI, ready to run", async () => {
            put("bin/go", BUILDS);
            await ensurePulumi(log, setup);
            const launcher = at(`${OWN}/3.259.0/bin/pulumi-analyzer-policy-nodejs`);
            assert.equal(readFileSync(launcher, "utf8"), "launcher");
            assert.equal(statSync(launcher).mode & 0o111, 0o111);
        });

        it("builds once: the second run is one line", async () => {
            put("bin/go", BUILDS);
            await ensurePulumi(log, setup);
            const calls = readFileSync(at("bin/go-was-called"), "utf8");
            lines.length = 0;
            await ensurePulumi(log, setup);
            assert.deepEqual(lines, [`Pulumi 3.259.0 in this project: /${OWN}/3.259.0/bin/pulumi`]);
            assert.equal(readFileSync(at("bin/go-was-called"), "utf8"), calls);
        });

        it("replaces a half-written binary of the project's own", async () => {
            put("bin/go", BUILDS);
            put(`${OWN}/3.259.0/bin/pulumi`, "\x7fELF");
            put(`${OWN}/3.259.0/bin/leftover`, "");
            await ensurePulumi(log, setup);
            assert.equal(lines[0], `Passed over: /${OWN}/3.259.0/bin/pulumi does not run.`);
            assert.deepEqual(tree(OWN), BUILT);
        });

        it("keeps the CLI another run has put in place while this one was building", async () => {
            const other = cli("v3.259.0 # of the other run");
            const place = at(`${OWN}/3.259.0/bin`);
            put(
                "bin/go",
                BUILDS +
                    [
                        `mkdir -p ${place}`,
                        `cat > ${place}/pulumi <<'END'\n${other}END`,
                        `chmod +x ${place}/pulumi`,
                        "",
                    ].join("\n"),
            );
            await ensurePulumi(log, setup);
            assert.equal(readFileSync(`${place}/pulumi`, "utf8"), other);
        });

        it("never installs into the user's Pulumi folders", async () => {
            put("bin/go", BUILDS);
            put(`${USERS}/3.100.0/bin/pulumi`, cli("v3.100.0"));
            put("elsewhere/versions/3.101.0/bin/pulumi", cli("v3.101.0"));
            setup.env.PULUMI_HOME = at("elsewhere");
            setup.env.HOME = at("home");
            const before = [
                readdirSync(at("home"), { recursive: true }),
                readdirSync(at("elsewhere"), { recursive: true }),
            ];
            await ensurePulumi(log, setup);
            const after = [
                readdirSync(at("home"), { recursive: true }),
                readdirSync(at("elsewhere"), { recursive: true }),
            ];
            assert.deepEqual(after, before);
        });

        const hopeless: [when: string, go: string | undefined, reason: string][] = [
            ["Go is missing", undefined, "Go is not on PATH; 1.25.11 or later is needed"],
            ["Go is too old", go("1.25.10"), "/bin/go is 1.25.10; 1.25.11 or later is needed"],
            ["Go does not run", script("exit 3"), "go version: ended with 3"],
            [
                "the build fails",
                go(
                    "1.25.11",
                    'echo half > "$2"',
                    'echo "go: downloading x v1" >&2',
                    'echo "x.go:1: no space" >&2',
                    "exit 1",
                ),
                "go build: x.go:1: no space",
            ],
            ["the build makes no CLI", go("1.25.11", 'echo half > "$2"'), "the result does not run"],
        ];
        for (const [when, fake, reason] of hopeless) {
            it(`says all it tried and what to do when ${when}`, async () => {
                if (fake !== undefined) put("bin/go", fake);
                put("bin2/pulumi", cli("v3.100.0"));
                const error = await ensurePulumi(log, setup).then(
                    () => assert.fail("there is no CLI to be had"),
                    (thrown: Error) => thrown,
                );
                assert.deepEqual(error.message.replaceAll(root, "").split("\n"), [
                    "No Pulumi CLI 3.249.0 or later could be found or installed.",
                    "  found: /bin2/pulumi is 3.100.0, older than 3.249.0",
                    "  download: pulumi: fetch failed",
                    `  build: ${reason}`,
                    "Install Pulumi (https://www.pulumi.com/docs/install/), or Go 1.25.11 or later, and run this again.",
                ]);
                assert.deepEqual(tree("checkout/.pulumi-home"), ["versions"]);
            });
        }

        it("says that nothing was found when there was nothing to pass over", async () => {
            await assert.rejects(ensurePulumi(log, setup), (error: Error) => {
                const line = "  found: none on PATH, in .pulumi-home/versions or in ~/.pulumi/versions";
                assert.equal(error.message.split("\n")[1], line);
                return true;
            });
        });

        it("removes what a killed run left, and nothing of one that is running", async () => {
            put("bin/pulumi", cli("v3.259.0"));
            const dead = spawn("/bin/sh", ["-c", ":"]);
            await new Promise((done) => dead.on("close", done));
            for (const name of [
                `staging-${dead.pid}-killed`,
                `staging-${process.pid}-running`,
                `staging-${process.pid}-old`,
            ]) {
                put(`checkout/.pulumi-home/${name}/go-build1/x`, "");
            }
            const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
            utimesSync(at(`checkout/.pulumi-home/staging-${process.pid}-old`), twoDaysAgo, twoDaysAgo);
            await ensurePulumi(log, setup);
            assert.deepEqual(readdirSync(at("checkout/.pulumi-home")).sort(), [
                `staging-${process.pid}-running`,
                "trace",
            ]);
        });
    });

    describe("as a program", () => {
        function start(...command: string[]) {
            const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", ...command], { cwd: REPO });
            const output = { stdout: "", stderr: "" };
            child.stdout.on("data", (text) => {
                output.stdout += text;
            });
            child.stderr.on("data", (text) => {
                output.stderr += text;
            });
            const end = new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
                (done) => child.on("close", (code, signal) => done({ code, signal, ...output })),
            );
            return { child, end };
        }
        const startIn = (world: Setup) =>
            start(
                "-e",
                `require(${JSON.stringify(TOOL)}).main([], ${JSON.stringify(world)}).then((code) => { process.exitCode = code; });`,
            );

        const argumentErrors: [args: string[], complaint: RegExp][] = [
            [["--force"], /^Unknown option '--force'/],
            [["3.259.0"], /^Unexpected argument '3\.259\.0'/],
            [["--help=yes"], /^Option '-h, --help' does not take an argument/],
        ];
        for (const [args, complaint] of argumentErrors) {
            it(`refuses ${args.join(" ")} with exit code 2`, async () => {
                const { code, stdout, stderr } = await start(TOOL, ...args).end;
                assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
                assert.match(stderr, complaint);
            });
        }

        it("prints what it does on --help", async () => {
            const { code, stdout, stderr } = await start(TOOL, "--help").end;
            assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
            assert.match(stdout, /^Usage: npm run setup:pulumi\n/);
        });

        it("ends with exit code 1 and the message alone when there is no way", async () => {
            const { code, stderr } = await startIn(setup).end;
            assert.equal(code, 1);
            assert.match(stderr, /^No Pulumi CLI 3\.249\.0 or later [\s\S]* and run this again\.\n$/);
        });

        it("gets through twice at the same time, leaving one whole CLI", async () => {
            put("bin/go", BUILDS.replace("while", "sleep 0.5\nwhile"));
            const ends = await Promise.all([startIn(setup).end, startIn(setup).end]);
            assert.deepEqual(
                ends.map(({ code, stderr }) => ({ code, stderr })),
                [
                    { code: 0, stderr: "" },
                    { code: 0, stderr: "" },
                ],
            );
            assert.equal(readFileSync(at("bin/go-was-called"), "utf8").match(/^build$/gm)?.length, 2);
            assert.deepEqual(tree(OWN), BUILT);
            assert.deepEqual(readdirSync(at("checkout/.pulumi-home")).sort(), ["trace", "versions"]);
        });

        const waiting = 'while true; do echo >> "$(dirname "$0")/alive"; sleep 0.05; done';
        const interruptions: [during: string, signal: NodeJS.Signals, prepare: () => void][] = [
            ["the build", "SIGINT", () => put("bin/go", go("1.26.0", 'echo half > "$2"', waiting))],
            ["the build", "SIGTERM", () => put("bin/go", go("1.26.0", 'echo half > "$2"', waiting))],
            [
                "the download",
                "SIGINT",
                () => {
                    put("bin/waiting", script(waiting));
                    const install = `require("node:child_process").execFileSync(${JSON.stringify(at("bin/waiting"))});`;
                    put("checkout/node_modules/pulumi/run.js", downloads("half").replace("process.exit(0);", install));
                    put("bin/go", BUILDS);
                },
            ],
        ];
        for (const [during, signal, prepare] of interruptions) {
            it(`leaves nothing behind when ${signal} interrupts ${during}`, async () => {
                prepare();
                const { child, end } = startIn(setup);
                while (!existsSync(at("bin/alive"))) await sleep(20);
                assert.equal(
                    tree("checkout/.pulumi-home").some((name) => name.endsWith("bin/pulumi")),
                    true,
                );
                child.kill(signal);
                assert.equal((await end).signal, signal);
                assert.deepEqual(tree("checkout/.pulumi-home"), ["versions"]);
                const signsOfLife = statSync(at("bin/alive")).size;
                await sleep(200);
                assert.equal(statSync(at("bin/alive")).size, signsOfLife);
                assert.equal(existsSync(at("bin/go-was-called")), during === "the build");
            });
        }
    });
});

describe("the pinned Pulumi version", () => {
    const json = (path: string) => JSON.parse(readFileSync(join(REPO, path), "utf8"));
    const { pulumi, go } = pins(REPO);

    it("is the same in go.mod, for both of its modules, and in the npm launcher", () => {
        const modules = readFileSync(join(REPO, "tools/pulumi/go.mod"), "utf8");
        assert.deepEqual(
            {
                sdk: /^\s*github\.com\/pulumi\/pulumi\/sdk\/v3 v(\S+)/m.exec(modules)?.[1],
                declared: json("package.json").devDependencies.pulumi,
                installed: json("node_modules/pulumi/package.json").version,
            },
            { sdk: pulumi, declared: pulumi, installed: pulumi },
        );
    });

    it("is one the scripts can use, and takes a Go that is a whole version", () => {
        assert.equal(compareVersions(pulumi, MINIMUM) >= 0, true);
        assert.match(go, /^\d+\.\d+\.\d+$/);
    });
});
