import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as semver from "semver";
import { look, MINIMUM, pinnedVersion } from "../../tools/pulumi/find";
import { ensurePulumi, type Source } from "../../tools/pulumi/install";
import { compileProviders } from "../../tools/pulumi/providers";
import { ensureYamlHost } from "../../tools/pulumi/yaml-host";

const CHECKOUT = resolve(__dirname, "../..");
const TOOL = join(CHECKOUT, "tools/setup-pulumi.ts");
const VERSION = pinnedVersion();
const INSTALLED = `home/versions/${VERSION}/bin/pulumi`;

describe("setup:pulumi", () => {
    let root: string;
    const at = (path: string) => join(root, path);
    const put = (path: string, content: string, mode = 0o755) => {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), content, { mode });
    };
    const places = () => ({ path: ["bin", "bin2", "node_modules/.bin"].map(at).join(delimiter), home: at("home") });
    beforeEach(() => {
        root = realpathSync(mkdtempSync(join(tmpdir(), "setup-pulumi-")));
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    /** A CLI that knows no more than its version. */
    const cli = (version: string) => `#!/bin/sh\necho "v${version}"\n`;
    const HALF = "\x7fELF\x02\x01\x01";

    describe("looking for a CLI", () => {
        type Row = [what: string, there: Record<string, string>, found: string, version: string];
        const rows: Row[] = [
            ["the one on PATH", { "bin/pulumi": cli("3.250.0"), [INSTALLED]: cli(VERSION) }, "bin/pulumi", "3.250.0"],
            ["the oldest that will do", { "bin/pulumi": cli(MINIMUM) }, "bin/pulumi", MINIMUM],
            ["a pre-release", { "bin/pulumi": cli("4.0.0-alpha.1+dirty") }, "bin/pulumi", "4.0.0"],
            [
                "the next on PATH when the first is too old",
                { "bin/pulumi": cli("3.99.0"), "bin2/pulumi": cli("3.1000.0") },
                "bin2/pulumi",
                "3.1000.0",
            ],
            [
                "the installed one when the one on PATH does not run",
                { "bin/pulumi": HALF, [INSTALLED]: cli(VERSION) },
                INSTALLED,
                VERSION,
            ],
            [
                "the installed one, not the launcher of the npm package",
                { "node_modules/.bin/pulumi": cli("3.250.0"), [INSTALLED]: cli(VERSION) },
                INSTALLED,
                VERSION,
            ],
        ];
        for (const [what, there, found, version] of rows) {
            it(`finds ${what}`, async () => {
                for (const [path, content] of Object.entries(there)) {
                    put(path, content);
                }
                assert.deepEqual((await look(places())).cli, { binary: at(found), version });
            });
        }

        it("skips a launcher behind a link", async () => {
            put("lib/node_modules/pulumi/run.js", cli("3.250.0"));
            mkdirSync(at("bin"));
            symlinkSync(at("lib/node_modules/pulumi/run.js"), at("bin/pulumi"));
            assert.deepEqual(await look(places()), { rejected: [] });
        });

        const useless: [what: string, content: string, mode: number | undefined, because: string][] = [
            ["half a file", HALF, undefined, "does not run"],
            ["a file that may not be run", cli("3.250.0"), 0o644, "does not run"],
            ["one that fails", "#!/bin/sh\necho v3.250.0\nexit 1\n", undefined, "does not run"],
            ["one that is too old", cli("3.248.9"), undefined, "is 3.248.9"],
        ];
        for (const [what, content, mode, because] of useless) {
            it(`rejects ${what}, and says why`, async () => {
                put("bin/pulumi", content, mode);
                assert.deepEqual(await look(places()), { rejected: [`${at("bin/pulumi")} ${because}`] });
            });
        }
    });

    describe("making sure of a CLI", () => {
        const lines: string[] = [];
        const log = (line: string) => lines.push(line);
        beforeEach(() => {
            lines.length = 0;
        });
        /** A source whose command is a shell script, with the file to make in $1. */
        const source = (about: string, script: string, limitMinutes = 1): Source => ({
            about,
            limitMinutes,
            command: (folder) => ["/bin/sh", "-c", script, "sh", join(folder, "bin/pulumi")],
        });
        const makes = (content: string) => `cat > "$1" <<'END'\n${content}END\nchmod +x "$1"`;
        const good = source("building", makes(cli(VERSION)));

        it("installs nothing when there is one", async () => {
            put("bin/pulumi", cli("3.250.0"));
            await ensurePulumi(log, places(), [good]);
            assert.deepEqual(lines, []);
            assert.equal(existsSync(at(INSTALLED)), false);
        });

        it("installs one from the first source that works, once", async () => {
            const never = source("never", makes(cli("1.0.0")));
            const installed = { binary: at(INSTALLED), version: VERSION };
            assert.deepEqual(await ensurePulumi(log, places(), [good, never]), installed);
            assert.deepEqual(await ensurePulumi(log, places(), [never]), installed);
            assert.deepEqual(lines, [`Pulumi ${VERSION}, building`]);
        });

        it("replaces half a file", async () => {
            put(INSTALLED, HALF);
            await ensurePulumi(log, places(), [good]);
            assert.deepEqual((await look(places())).cli, { binary: at(INSTALLED), version: VERSION });
        });

        const failures: [what: string, script: string, reason: string][] = [
            ["fails", 'echo fetch failed >&2; echo half > "$1"; exit 1', "fetch failed"],
            ["fails in silence", "exit 3", "exit code 3"],
            ["hangs", "sleep 60", "stopped, since it took too long"],
            ["makes half a file", `printf half > "$1"; chmod +x "$1"`, "the result does not run"],
            ["makes another version", makes(cli("3.250.0")), "the result is Pulumi 3.250.0"],
        ];
        for (const [what, script, reason] of failures) {
            it(`goes on to the next source when one ${what}`, async () => {
                const bad = source("downloading", script, what === "hangs" ? 0.005 : 1);
                await ensurePulumi(log, places(), [bad, good]);
                const expected = [`Pulumi ${VERSION}, downloading`, `  ${reason}`, `Pulumi ${VERSION}, building`];
                assert.deepEqual(lines, expected);
                assert.deepEqual(readdirSync(at("home")), ["versions"]);
            });
        }

        it("says what was tried and what to do when no source works", async () => {
            put("bin/pulumi", cli("3.100.0"));
            const missing = { ...good, command: () => ["no-such-program"] };
            await assert.rejects(ensurePulumi(log, places(), [source("downloading", "exit 3"), missing]), {
                message: [
                    "There is no Pulumi CLI 3.249.0 or later. Tried:",
                    `  ${at("bin/pulumi")} is 3.100.0, and 3.249.0 or later is needed`,
                    `  Pulumi ${VERSION}, downloading: exit code 3`,
                    `  Pulumi ${VERSION}, building: spawn no-such-program ENOENT`,
                    "Install Pulumi (https://www.pulumi.com/docs/install/) or Go (https://go.dev/dl/), then try again.",
                ].join("\n"),
            });
            assert.deepEqual(readdirSync(at(`home/versions`)), []);
        });
    });

    describe("making sure of the language host of Pulumi YAML", () => {
        const { PATH } = process.env;
        afterEach(() => {
            process.env.PATH = PATH;
        });
        const made = async () => {
            const lines: string[] = [];
            const cli = { binary: at("bin/pulumi"), version: "3.250.0" };
            await ensureYamlHost(cli, (line) => lines.push(line), places());
            return lines.join("\n");
        };

        it("builds nothing when it is beside the CLI", async () => {
            put("bin/pulumi-language-yaml", "");
            assert.equal(await made(), "");
        });

        it("says what is skipped when there is no Go to build it", async () => {
            process.env.PATH = at("bin");
            assert.match(await made(), /\n {2}spawn go ENOENT; the tests that run a program in YAML are skipped$/);
            assert.deepEqual(readdirSync(at("home")), ["hosts"]);
        });
    });

    it("compiles the stand-ins for providers where nothing is installed yet", () => {
        compileProviders(places());
        assert.deepEqual(readdirSync(at("home")), ["providers"]);
        assert.deepEqual(readdirSync(at("home/providers/component-provider")), ["main.js"]);
    });

    describe("as a command", () => {
        const start = (...args: string[]) =>
            spawnSync(process.execPath, ["-r", "ts-node/register/transpile-only", TOOL, ...args], {
                cwd: CHECKOUT,
                encoding: "utf8",
                env: { ...process.env, PATH: at("bin") },
            });

        it("prints its help", () => {
            const { status, stdout } = start("--help");
            assert.equal(status, 0);
            assert.match(stdout, /^Usage: npm run setup:pulumi\n/);
        });

        it("refuses what it does not know", () => {
            const { status, stderr } = start("--force");
            assert.equal(status, 2);
            assert.match(stderr, /^Unknown option '--force'/);
        });

        it("says which CLI is there", () => {
            put("bin/pulumi", cli("3.250.0"));
            put("bin/pulumi-language-yaml", "");
            const { status, stdout } = start();
            assert.deepEqual({ status, stdout }, { status: 0, stdout: `Pulumi 3.250.0: ${at("bin/pulumi")}\n` });
        });

        it("leaves nothing behind when it is interrupted, not even what a source has started", async () => {
            const script = `(while true; do echo >> ${at("alive")}; sleep 0.05; done) & wait`;
            const program = `
                const { ensurePulumi } = require("./tools/pulumi/install");
                const { stopOnSignals } = require("./tools/setup-pulumi");
                stopOnSignals();
                const command = () => ["/bin/sh", "-c", ${JSON.stringify(script)}];
                const places = ${JSON.stringify(places())};
                ensurePulumi(() => {}, places, [{ about: "building", limitMinutes: 1, command }]);`;
            const args = ["-r", "ts-node/register/transpile-only", "-e", program];
            const child = spawn(process.execPath, args, { cwd: CHECKOUT });
            while (!existsSync(at("alive"))) {
                assert.equal(child.exitCode, null);
                await sleep(20);
            }
            child.kill("SIGINT");
            assert.deepEqual(await once(child, "close"), [130, null]);
            assert.deepEqual(readdirSync(at("home")), ["versions"]);
            rmSync(at("alive"));
            await sleep(200);
            assert.equal(existsSync(at("alive")), false);
        });
    });
});

describe("the pinned version of Pulumi", () => {
    it("is the same for both Go modules, and one that the scripts can use", () => {
        const modules = readFileSync(join(CHECKOUT, "tools/pulumi/go.mod"), "utf8");
        assert.equal(/^\s*github\.com\/pulumi\/pulumi\/sdk\/v3 v(\S+)/m.exec(modules)?.[1], VERSION);
        assert.ok(semver.gte(VERSION, MINIMUM));
    });
});
