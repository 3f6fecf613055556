import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, linkSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../../policies";
import { assertBuilt, COMMAND } from "../built";
import { FIXTURES } from "../support/engine/fixture";
import { withFolder } from "../support/folder";

const ROOT = join(__dirname, "..", "..");
const MISTAKES = join(FIXTURES, "rest-api-mistakes.json");
const COMPLIANT = join(FIXTURES, "rest-api.json");
const MANDATORY = join(ROOT, "config", "mandatory.json");

interface Located {
    readonly location: { readonly path: string; readonly line: number; readonly column: number };
}

interface Options {
    readonly input?: string;
    readonly env?: NodeJS.ProcessEnv;
}

/** Runs the compiled command as a user's shell does, outside a terminal. */
function run(args: readonly string[], { input = "", env = {} }: Options = {}) {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const options = { encoding: "utf8" as const, input, cwd: ROOT, env: { ...inherited, ...env } };
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], options);
    return { status, stdout, stderr };
}

describe("the command", () => {
    before(assertBuilt);
    const { path, write } = withFolder();

    describe("exits with", () => {
        const ROWS: readonly (readonly [when: string, status: number, args: readonly string[]])[] = [
            ["0 for a compliant stack", 0, ["check", COMPLIANT]],
            ["0 for advisory findings", 0, ["check", MISTAKES]],
            ["1 for advisory findings, if asked to fail on them", 1, ["check", MISTAKES, "--fail-on", "advisory"]],
            ["0 for a compliant stack, whatever it should fail on", 0, ["check", COMPLIANT, "--fail-on", "advisory"]],
            ["1 for mandatory findings", 1, ["check", MISTAKES, "--config", MANDATORY]],
            [
                "1 for mandatory findings, if asked to fail on advisory ones",
                1,
                ["check", MISTAKES, "--config", MANDATORY, "--fail-on", "advisory"],
            ],
            [
                "0 for mandatory findings, if asked never to fail",
                0,
                ["check", MISTAKES, "--config", MANDATORY, "--fail-on", "never"],
            ],
            [
                "2 for a file that cannot be checked, even if others have findings",
                2,
                ["check", MISTAKES, "nowhere", "--config", MANDATORY],
            ],
            [
                "2 for a file that cannot be checked, even if asked never to fail",
                2,
                ["check", "nowhere", "--fail-on", "never"],
            ],
            ["0 for help", 0, ["--help"]],
            ["0 for a command's help", 0, ["check", "--help"]],
            ["0 for its version", 0, ["--version"]],
            ["0 for the path of the pack", 0, ["pack"]],
            ["2 for no command", 2, []],
        ];
        for (const [when, status, args] of ROWS) {
            it(when, () => assert.equal(run(args).status, status));
        }
    });

    describe("says in one line what is wrong with", () => {
        const ROWS: readonly (readonly [what: string, args: readonly string[], says: string])[] = [
            [
                "an unknown command",
                ["chekc"],
                "error: unknown command 'chekc'\n(Did you mean check?)\nUse --help for the options.\n",
            ],
            ["no paths", ["check"], "error: missing required argument 'path'\nUse --help for the options.\n"],
            [
                "an unknown option",
                ["check", MISTAKES, "--formt", "json"],
                "error: unknown option '--formt'\n(Did you mean --format?)\nUse --help for the options.\n",
            ],
            [
                "an unknown format",
                ["check", MISTAKES, "--format", "xml"],
                "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, junit, markdown, html, github, unix.\nUse --help for the options.\n",
            ],
            [
                "an unknown level",
                ["check", MISTAKES, "--fail-on", "all"],
                "error: option '--fail-on <level>' argument 'all' is invalid. Allowed choices are mandatory, advisory, never.\nUse --help for the options.\n",
            ],
            [
                "an unknown policy",
                ["check", MISTAKES, "--policy", "cloudwatch-log-groups-retention"],
                'error: --policy names "cloudwatch-log-groups-retention", which is not a policy. Did you mean "cloudwatch-log-group-retention"?\n',
            ],
            [
                "a control as a policy",
                ["check", MISTAKES, "--policy", "APIGateway.1"],
                `error: --policy names "APIGateway.1", which is not a policy. The policies are ${policies.map(({ name }) => name).join(", ")}.\n`,
            ],
            [
                "what to group by",
                ["check", MISTAKES, "--group-by", "policy"],
                "error: option '--group-by <what>' argument 'policy' is invalid. Allowed choices are control.\nUse --help for the options.\n",
            ],
            ...["text", "json", "junit", "github", "unix"].map((format): [string, string[], string] => [
                `groups in the format ${format}`,
                ["check", "nowhere", "--group-by", "control", "--format", format],
                `error: --group-by takes the formats sarif, markdown, html, not ${format}\n`,
            ]),
            [
                "groups in a report, which is text if nothing is said",
                ["report", "nowhere", "--group-by", "control"],
                "error: --group-by takes the formats sarif, markdown, html, not text\n",
            ],
            [
                "a config that does not exist",
                ["check", MISTAKES, "--config", "none.json"],
                "error: none.json: does not exist\n",
            ],
            ...[
                ["--source-dir <folder>", "--source-dir", "-V"],
                ["--policy <name>", "--policy", "--version"],
                ["--control <id>", "--control", "--version"],
                ["--config <file>", "--config", "--help"],
                ["--config <file>", "--config", "--format"],
                ["--config <file>", "--config", "--config=x"],
                ["--output <file>", "--output", "-x.json"],
                ["--output <file>", "--output", "--"],
            ].map(([flags = "", option = "", value = ""]): [string, string[], string] => [
                `${value} as the value of ${option}`,
                ["check", MISTAKES, option, value],
                `error: option '${flags}' argument '${value}' is invalid. It looks like an option. For a file of that name, write ./${value}\nUse --help for the options.\n`,
            ]),
            [
                "an option of the whole command after a subcommand",
                ["check", MISTAKES, "--version"],
                "error: unknown option '--version'\n(Did you mean --reason?)\nUse --help for the options.\n",
            ],
            [
                "an option that has commands for a terminal and a log",
                ["check", "--\u001b[31m\n::error::x ##[error]y"],
                "error: unknown option '--\\u{1b}[31m\n:\u200B:error::x #\u200B#[error]y'\nUse --help for the options.\n",
            ],
            [
                "an output that cannot be written",
                ["check", MISTAKES, "--output", "no/such/folder"],
                "error: no/such/folder cannot be written: its folder does not exist\n",
            ],
        ];
        for (const [what, args, says] of ROWS) {
            it(what, () => assert.deepEqual(run(args), { status: 2, stdout: "", stderr: says }));
        }

        it("standard input that is empty", () => {
            const { status, stderr } = run(["check", "-"]);
            assert.equal(status, 2);
            assert.match(stderr, /^error: standard input is empty\. Expected: [^\n]+\n$/);
        });

        it("a file whose name has terminal codes, without their effect", () => {
            assert.match(run(["check", "\u001b[31mred"]).stderr, /^error: \\u\{1b\}\[31mred does not exist/);
        });
    });

    it("reads a stack from standard input, and names that as its file", () => {
        const { status, stdout } = run(["check", "-", "--format", "json"], { input: readFileSync(MISTAKES, "utf8") });
        assert.equal(status, 0);
        assert.deepEqual(
            new Set(JSON.parse(stdout).findings.map(({ file }: { file: string }) => file)),
            new Set(["-"]),
        );
    });

    it("reads what a shell passes as a file", () => {
        const script = `'${process.execPath}' '${COMMAND}' check <(cat '${COMPLIANT}')`;
        const { status, stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
        assert.deepEqual([status, stdout], [0, "✓ No findings in 1 stack, 12 resources; 7 policies.\n"]);
    });

    it("reports what it may not read in a folder, and checks the rest", () => {
        write("locked/state.json", readFileSync(COMPLIANT, "utf8"));
        write("locked/file.json", "{}");
        write("locked/folder/state.json", "{}");
        write("locked/list/state.json", "{}");
        write("locked/list/notes.txt", "");
        write("locked/list/folder/state.json", "{}");
        const modes = { "locked/file.json": 0, "locked/folder": 0, "locked/list": 0o444 };
        for (const [name, mode] of Object.entries(modes)) {
            chmodSync(path(name), mode);
        }
        try {
            // Root may read everything, so that another user has to try.
            const user = process.getuid?.() === 0 ? { uid: 65534 } : {};
            chmodSync(path(), 0o755);
            const args = [COMMAND, "check", path("locked")];
            const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", ...user });
            const denied = ["file.json", "folder", "list/folder", "list/state.json"];
            assert.deepEqual(
                [status, stderr.split("\n").map((line) => line.replace(/\. Expected: .*/, ""))],
                [2, [...denied.map((name) => `error: ${path("locked", name)} cannot be read: permission denied`), ""]],
            );
        } finally {
            for (const name of Object.keys(modes)) {
                chmodSync(path(name), 0o755);
            }
        }
    });

    it("evaluates only the policies that --policy names", () => {
        const two = ["cloudwatch-log-group-retention", "apigateway-stage-execution-logging"];
        const { stdout } = run(["check", MISTAKES, "--format", "json", ...two.flatMap((name) => ["--policy", name])]);
        assert.deepEqual(Object.keys(JSON.parse(stdout).summary.policies).sort(), [...two].sort());
    });

    it("evaluates the policies of the controls that --control names, beside those that --policy names", () => {
        const asked = ["--control", "CloudWatch.16", "--policy", "apigatewayv2-stage-data-trace"];
        const { stdout } = run(["check", MISTAKES, "--format", "json", ...asked]);
        const evaluated = Object.keys(JSON.parse(stdout).summary.policies);
        const expected = ["apigatewayv2-stage-data-trace", "cloudwatch-log-group-retention"];
        assert.deepEqual(
            expected.filter((name) => !evaluated.includes(name)),
            [],
        );
        assert.ok(!evaluated.includes("apigateway-stage-execution-logging"));
    });

    it("says that a control does not exist, and which do", () => {
        const { status, stderr } = run(["check", MISTAKES, "--control", "apigateway.1"]);
        assert.equal(status, 2);
        assert.match(
            stderr,
            /^error: --control names "apigateway\.1", but no policy mirrors or supports it\. Did you mean "APIGateway\.1"\? The controls are APIGateway\.1, [^\n]+\.\n$/,
        );
    });

    for (const format of ["sarif", "markdown", "html"]) {
        it(`groups the findings by control in the format ${format}`, () => {
            const [grouped, plain] = [["--group-by", "control"], []].map((more) => {
                const { status, stdout } = run(["check", MISTAKES, "--format", format, ...more]);
                assert.equal(status, 0);
                return stdout;
            });
            assert.notEqual(grouped, plain);
            assert.match(grouped ?? "", /API Gateway REST and WebSocket API execution logging should be enabled/);
        });
    }

    it("puts the program's folder before its paths", () => {
        const { stdout } = run(["check", MISTAKES, "--format", "github", "--source-dir", "infra/"]);
        assert.match(stdout, /^::warning file=infra\/index\.ts,line=7,col=5,/);
    });

    it("shows the line of the program that made the resource of each finding", () => {
        const folder = join("examples", "rest-api-mistakes");
        const args = ["check", MISTAKES, "--source-dir", folder];
        const { findings } = JSON.parse(run([...args, "--format", "json"]).stdout);
        const lines = readFileSync(join(ROOT, folder, "index.ts"), "utf8").split("\n");
        const expected = findings.map(({ location: { path: file, line, column } }: Located) => {
            assert.equal(file, "examples/rest-api-mistakes/index.ts");
            const gutter = " ".repeat(String(line).length);
            return `    ${line} | ${lines[line - 1]}\n    ${gutter} | ${" ".repeat(column - 1)}^`;
        });
        const shown = run(args).stdout.match(/^ +\d+ \| .*\n +\| +\^$/gm);
        assert.deepEqual(shown, expected);
        assert.ok(expected.every((source: string) => source.includes("new aws.")));
    });

    it("shows no lines of a program that is somewhere else, and warns of it", () => {
        const says = "warning: --source-dir nowhere is not a folder here, so no line of the program can be shown\n";
        for (const command of ["check", "fix"]) {
            const { status, stdout, stderr } = run([command, MISTAKES, "--source-dir", "nowhere"]);
            assert.deepEqual([status, stderr], [0, says]);
            assert.doesNotMatch(stdout, / \| /);
            assert.equal(run([command, MISTAKES, "--source-dir", "nowhere", "--quiet"]).stderr, "");
        }
    });

    it("does not overwrite the program whose lines it shows", () => {
        const program = write("program/index.ts", "// A line of the program.\n".repeat(100));
        for (const command of ["check", "fix"]) {
            const args = [command, MISTAKES, "--source-dir", path("program"), "--output"];
            const stderr = `error: --output ${program} is a file of the program; it would be overwritten\n`;
            assert.deepEqual(run([...args, program]), { status: 2, stdout: "", stderr });
            assert.equal(run([...args, path("program/out")]).status, 0);
        }
        assert.equal(readFileSync(program, "utf8").length, 2600);
    });

    it("writes to a file what it would have printed, and sums up on stderr", () => {
        const file = path("findings.json");
        const { stdout } = run(["check", MISTAKES, "--format", "json"]);
        assert.deepEqual(run(["check", MISTAKES, "--format", "json", "--output", file]), {
            status: 0,
            stdout: "",
            stderr: `${file}: 6 findings (0 mandatory, 6 advisory) in 1 stack, 15 resources; 7 policies.\n`,
        });
        assert.equal(readFileSync(file, "utf8"), stdout);
    });

    it("does not overwrite a file that it reads", () => {
        const [state, config] = [path("state.json"), write("config.json", {})];
        copyFileSync(MISTAKES, state);
        for (const [input, args] of [
            [state, [state]],
            [path(".", "state.json"), [state]],
            [state, [path("")]],
            [config, [state, "--config", config]],
        ] as const) {
            const before = readFileSync(input, "utf8");
            const { status, stderr } = run(["check", ...args, "--output", input]);
            assert.equal(status, 2);
            assert.match(stderr, /^error: --output .* is one of the files that are read; it would be overwritten$/m);
            assert.equal(readFileSync(input, "utf8"), before);
        }
    });

    it("does not overwrite a file that it reads by another name, or as standard input", () => {
        const state = path("read.json");
        copyFileSync(MISTAKES, state);
        linkSync(state, path("hard.json"));
        symlinkSync(state, path("soft.json"));
        const before = readFileSync(state, "utf8");
        const guard = `'${process.execPath}' '${COMMAND}'`;
        const shell = (script: string) => {
            const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8", cwd: path() });
            return { status, stderr };
        };
        const refused = (output: string) => ({
            status: 2,
            stderr: `error: --output ${output} is one of the files that are read; it would be overwritten\n`,
        });
        assert.deepEqual(
            [
                shell(`${guard} check read.json --output hard.json`),
                shell(`${guard} check read.json --output soft.json`),
                shell(`${guard} check soft.json --output read.json`),
                shell(`${guard} check - --output read.json < read.json`),
                shell(`${guard} check - --output hard.json < soft.json`),
                shell(`${guard} check /dev/stdin --output read.json < read.json`),
                shell(`${guard} check read.json --output /dev/stdin < read.json`),
            ],
            ["hard.json", "soft.json", "read.json", "read.json", "hard.json", "read.json", "/dev/stdin"].map(refused),
        );
        assert.equal(readFileSync(state, "utf8"), before);
    });

    it("takes - for standard output, where it writes", () => {
        const { stdout } = run(["check", MISTAKES, "--format", "json"]);
        assert.deepEqual(run(["check", MISTAKES, "--format", "json", "--output", "-"]), {
            status: 0,
            stdout,
            stderr: "",
        });
        assert.equal(existsSync(join(ROOT, "-")), false);
    });

    it("takes everything after -- for paths", () => {
        for (const name of ["-V.stack.json", "--config=off.stack.json", "--output=x.stack.json", "--", "--help"]) {
            const file = path(name);
            copyFileSync(MISTAKES, file);
            const args = [COMMAND, "check", "--format", "json", "--", name];
            const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: path() });
            const { findings } = JSON.parse(stdout);
            assert.deepEqual([status, findings.length, findings[0].file], [0, 6, name]);
        }
        assert.equal(existsSync(path("x.stack.json")), false);
    });

    it("prints nothing about a compliant stack if it should be quiet, but errors", () => {
        assert.deepEqual(run(["check", COMPLIANT, "--quiet"]), { status: 0, stdout: "", stderr: "" });
        assert.match(run(["check", "nowhere", "--quiet"]).stderr, /^error: nowhere does not exist/);
        const file = path("quiet.txt");
        assert.deepEqual(run(["check", MISTAKES, "--quiet", "--output", file]).stderr, "");
    });

    it("has colors only if FORCE_COLOR says so, outside a terminal", () => {
        const ESC = "\u001b[";
        const FORCED = { env: { FORCE_COLOR: "1" } };
        assert.ok(!run(["check", MISTAKES]).stdout.includes(ESC));
        assert.ok(run(["check", MISTAKES], FORCED).stdout.includes(ESC));
        for (const off of ["0", "false", ""]) {
            assert.ok(!run(["check", MISTAKES], { env: { FORCE_COLOR: off } }).stdout.includes(ESC));
        }
        assert.ok(!run(["check", MISTAKES, "--no-color"], FORCED).stdout.includes(ESC));
        assert.ok(!run(["check", MISTAKES], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout.includes(ESC));
        run(["check", MISTAKES, "--output", path("plain.txt")], FORCED);
        assert.ok(!readFileSync(path("plain.txt"), "utf8").includes(ESC));
    });

    it("ends without an error when its reader does", async () => {
        // More than fits into a pipe without a reader.
        const copies = Array.from({ length: 60 }, (_, index) => path(`copy-${index}.json`));
        for (const copy of copies) {
            copyFileSync(MISTAKES, copy);
        }
        const args = [COMMAND, "check", "--format", "json", "--fail-on", "advisory", ...copies];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
        let stderr = "";
        child.stderr.setEncoding("utf8").on("data", (data: string) => {
            stderr += data;
        });
        child.stdout.once("data", () => child.stdout.destroy());
        const [status] = await once(child, "close");
        assert.deepEqual([status, stderr], [1, ""]);
    });

    it("loads nothing of Pulumi, and a JSON Schema validator only for a config", () => {
        const hook = write(
            "loaded.js",
            'process.on("exit", () => console.error(JSON.stringify(Object.keys(require.cache))));',
        );
        const loadedBy = (...args: string[]) => {
            const all = ["--require", hook, COMMAND, "check", MISTAKES, ...args];
            const files: string[] = JSON.parse(spawnSync(process.execPath, all, { encoding: "utf8" }).stderr);
            return ["commander", "jsonschema", "mustache", "@pulumi"].filter((name) =>
                files.some((file) => file.includes(`/node_modules/${name}/`)),
            );
        };
        assert.deepEqual(loadedBy("--format", "sarif"), ["commander"]);
        assert.deepEqual(loadedBy("--config", MANDATORY), ["commander", "jsonschema"]);
        assert.deepEqual(loadedBy("--format", "html"), ["commander", "mustache"]);
    });

    describe("on a terminal", () => {
        // `script` makes one; elsewhere it has other options.
        if (process.platform !== "linux") {
            return;
        }
        const onTerminal = (args: string) => {
            const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...env } = process.env;
            const shell = ["-qec", `'${process.execPath}' '${COMMAND}' ${args}`, "/dev/null"];
            return spawnSync("script", shell, { encoding: "utf8", env: { ...env, TERM: "xterm-256color" } }).stdout;
        };

        it("has colors, but not with --no-color", () => {
            assert.ok(onTerminal(`check '${MISTAKES}'`).includes("\u001b[33madvisory\u001b[39m"));
            assert.ok(!onTerminal(`check '${MISTAKES}' --no-color`).includes("\u001b["));
        });

        it("shows its progress with many files, and removes it at the end", () => {
            const copies = Array.from({ length: 30 }, (_, index) => path(`many-${index}.json`));
            for (const copy of copies) {
                copyFileSync(COMPLIANT, copy);
            }
            const output = onTerminal(`check '${path("")}'/many-*.json`);
            const lines = output.split("\r\u001b[K");
            assert.deepEqual(
                lines.slice(1, -1),
                copies.map((_, index) => `${index} of 30 files checked`),
            );
            assert.match(lines.at(-1) ?? "", /No findings in 30 stacks/);
            assert.doesNotMatch(onTerminal(`check '${path("")}'/many-*.json --quiet`), /files checked/);
        });
    });
});
