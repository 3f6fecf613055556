import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import { scaffold } from "../../tools/new-policy";

const REPO = resolve(__dirname, "../..");
const TOOL = join(REPO, "tools/new-policy.ts");
const NAME = "apigateway-stage-thing";
const CONFIGS = readdirSync(join(REPO, "config")).map((file) => `config/${file}`);
const CREATED = [`policies/${NAME}.ts`, `tests/policies/${NAME}.test.ts`, `docs/policies/${NAME}.md`];

describe("new:policy", () => {
    let root: string;
    beforeEach(() => {
        root = realpathSync(mkdtempSync(join(tmpdir(), "new-policy-")));
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    const at = (file: string) => join(root, file);
    const textOf = (file: string) => readFileSync(at(file), "utf8");
    /** Every file below the root with what it holds. */
    const tree = () =>
        Object.fromEntries(
            readdirSync(root, { recursive: true, encoding: "utf8" })
                .filter((file) => statSync(at(file)).isFile())
                .map((file) => [file, textOf(file)]),
        );
    const imports = () => [...textOf("policies/index.ts").matchAll(/ from "\.\/(.*)";$/gm)].map(([, from]) => from);
    const list = () => [...textOf("policies/index.ts").matchAll(/^ {4}(\w+),$/gm)].map(([, constant]) => constant);

    describe("in a copy of the files it edits", () => {
        beforeEach(() => {
            for (const folder of ["docs/policies", "policies", "tests/policies"]) {
                mkdirSync(at(folder), { recursive: true });
            }
            cpSync(join(REPO, "policies/index.ts"), at("policies/index.ts"));
            cpSync(join(REPO, "config"), at("config"), { recursive: true });
        });

        for (const kind of ["resource", "stack"] as const) {
            it(`writes the files of a ${kind} policy, lists it, and touches nothing else`, () => {
                const before = tree();
                const answer = scaffold(NAME, kind, root);
                assert.deepEqual(answer, { created: CREATED, changed: ["policies/index.ts", ...CONFIGS] });
                const after = tree();
                const written = Object.keys(after).filter((file) => after[file] !== before[file]);
                assert.deepEqual(written.sort(), [...answer.created, ...answer.changed].sort());
                assert.match(
                    after[`policies/${NAME}.ts`] ?? "",
                    kind === "stack" ? /validateStack:/ : /validateResource:/,
                );
                for (const file of CREATED) {
                    assert.match(after[file] ?? "", /TODO/);
                }
            });
        }

        it("lists it last, and last in every config, as advisory", () => {
            const before = list();
            const texts = CONFIGS.map(textOf);
            scaffold(NAME, "resource", root);
            scaffold("cloudwatch-log-group-key", "stack", root);
            assert.deepEqual(list(), [...before, "apigatewayStageThing", "cloudwatchLogGroupKey"]);
            assert.deepEqual(
                CONFIGS.map(textOf),
                texts.map((text) =>
                    text.replace(
                        /\n\}\n$/,
                        `,\n  "${NAME}": "advisory",\n  "cloudwatch-log-group-key": "advisory"\n}\n`,
                    ),
                ),
            );
        });

        const places: [name: string, where: string, at: number][] = [
            ["a-first", "before all others", 0],
            ["apigateway-stage-thing", "between others", 1],
            ["apigatewayv2-stage", "before those that begin like it", 1],
            ["apigatewayv10-stage-thing", "by number, as Biome does", 2],
            ["xray-sampling-rule", "after all others", 3],
        ];
        for (const [name, where, place] of places) {
            it(`imports ${name} ${where}`, () => {
                const before = ["apigateway-account-thing", "apigatewayv2-stage-thing", "cloudwatch-log-group-thing"];
                const lines = before.map((one) => `import { x } from "./${one}";\n`);
                writeFileSync(at("policies/index.ts"), `${lines.join("")}\nexport const policies = [\n    x,\n];\n`);
                scaffold(name, "resource", root);
                assert.deepEqual(imports(), before.toSpliced(place, 0, name));
            });
        }

        const RULE = "kebab-case, of two words or more, of which the first begins with a letter";
        const EXAMPLE = "An example: apigateway-stage-web-acl.";
        const names: [typed: string, advice: string][] = [
            ["ApigatewayStageThing", "Did you mean apigateway-stage-thing?"],
            ["APIGatewayStage", "Did you mean api-gateway-stage?"],
            ["apigateway_stage_thing", "Did you mean apigateway-stage-thing?"],
            ["apigateway--stage-", "Did you mean apigateway-stage?"],
            ["Apigateway stage", "Did you mean apigateway-stage?"],
            ["../escape", EXAMPLE],
            ["logging", EXAMPLE],
            ["2-stages", EXAMPLE],
            ["", EXAMPLE],
        ];
        for (const [typed, advice] of names) {
            it(`refuses the name ${JSON.stringify(typed)} and writes nothing`, () => {
                const before = tree();
                const message = `${JSON.stringify(typed)} is no name for a policy, which is ${RULE}. ${advice}`;
                assert.throws(() => scaffold(typed, "resource", root), { message });
                assert.deepEqual(tree(), before);
            });
        }

        const traces: [what: string, leave: () => void, where: string][] = [
            ...CREATED.map((file): [string, () => void, string] => [file, () => writeFileSync(at(file), "mine"), file]),
            [
                "an import of its constant",
                () => writeFileSync(at("policies/index.ts"), 'import { apigatewayStageThing } from "./other";\n'),
                "policies/index.ts",
            ],
            [
                "a level in a config",
                () => writeFileSync(at("config/advisory.json"), `{\n  "${NAME}": "disabled"\n}\n`),
                "config/advisory.json",
            ],
        ];
        for (const [what, leave, where] of traces) {
            it(`refuses where there is ${what} and writes nothing`, () => {
                leave();
                const before = tree();
                const message = `There is a policy ${NAME} already, in ${where}. Nothing was written.`;
                assert.throws(() => scaffold(NAME, "resource", root), { message });
                assert.deepEqual(tree(), before);
            });
        }

        it("names every place where the policy is already", () => {
            scaffold(NAME, "resource", root);
            const before = tree();
            const all = [...CREATED, "policies/index.ts", ...CONFIGS].join(", ");
            const message = `There is a policy ${NAME} already, in ${all}. Nothing was written.`;
            assert.throws(() => scaffold(NAME, "stack", root), { message });
            assert.deepEqual(tree(), before);
        });

        const strange: [file: string, text: string, expected: string][] = [
            [
                "policies/index.ts",
                "export const policies = [];\n",
                'a line for each import from "./…", and a list that ends with a line "];"',
            ],
            ["config/advisory.json", "{}", "an object with a line for each policy"],
        ];
        for (const [file, text, expected] of strange) {
            it(`refuses a ${file} that it does not know its way in and writes nothing`, () => {
                writeFileSync(at(file), text);
                const before = tree();
                const message = `${file} should have ${expected}. Nothing was written.`;
                assert.throws(() => scaffold(NAME, "resource", root), { message });
                assert.deepEqual(tree(), before);
            });
        }

        describe("as a program", () => {
            function run(args: string[], env: NodeJS.ProcessEnv = {}) {
                const call = `process.exitCode = require(${JSON.stringify(TOOL)}).main(${JSON.stringify(args)}, ${JSON.stringify(root)});`;
                const options = { cwd: REPO, encoding: "utf8", env: { ...process.env, ...env } } as const;
                return spawnSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", call], options);
            }

            it("says what it wrote and what comes next", () => {
                const { status, stdout, stderr } = run([NAME]);
                assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
                const changed = ["policies/index.ts", ...CONFIGS].map((file) => `changed  ${file}`);
                const lines = [...CREATED.map((file) => `new      ${file}`), ...changed, "", "Next:"];
                assert.deepEqual(stdout.split("\n").slice(0, lines.length), lines);
            });

            it("makes a stack policy on --stack, also when npm took the option for its own", () => {
                assert.equal(run([NAME, "--stack"]).status, 0);
                assert.equal(run(["apigateway-stage-other"], { npm_config_stack: "true" }).status, 0);
                for (const name of [NAME, "apigateway-stage-other"]) {
                    assert.match(textOf(`policies/${name}.ts`), /validateStack:/);
                }
            });

            it("prints what it does on --help, and does nothing", () => {
                const before = tree();
                const { status, stdout, stderr } = run([NAME, "--help"]);
                assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
                assert.match(stdout, /^Usage: npm run new:policy NAME\n/);
                assert.deepEqual(tree(), before);
            });

            const SEE = "See npm run new:policy -- --help.";
            const failures: [args: string[], exitCode: number, complaint: string][] = [
                [[], 2, `What is the policy called?\n${SEE}\n`],
                [["apigateway-stage", "thing"], 2, `Unexpected argument 'thing'.\n${SEE}\n`],
                [["Logging"], 1, `"Logging" is no name for a policy, which is ${RULE}. ${EXAMPLE}\n`],
            ];
            for (const [args, exitCode, complaint] of failures) {
                it(`ends ${JSON.stringify(args)} with ${exitCode}, a message and nothing written`, () => {
                    const before = tree();
                    const { status, stdout, stderr } = run(args);
                    assert.deepEqual({ status, stdout, stderr }, { status: exitCode, stdout: "", stderr: complaint });
                    assert.deepEqual(tree(), before);
                });
            }

            it("refuses an option it does not know, without a stack trace", () => {
                const before = tree();
                const { status, stdout, stderr } = run([NAME, "--force"]);
                assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
                assert.match(stderr, /^Unknown option '--force'[^\n]*\nSee npm run new:policy -- --help\.\n$/);
                assert.deepEqual(tree(), before);
            });
        });
    });

    it("writes policies that pass lint, types, docs and tests as they are", function () {
        this.timeout(120_000);
        // Left out is what is large, and what tests that run at the same time may be writing to.
        const left = ["node_modules", ".git", ".pulumi-home", "coverage", "dist"];
        const source = (file: string) => !left.includes(file) && !file.startsWith("tests/engine");
        cpSync(REPO, root, { recursive: true, filter: (file) => source(file.slice(REPO.length + 1)) });
        symlinkSync(join(REPO, "node_modules"), at("node_modules"));
        const run = (program: string, ...args: string[]) => {
            const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
            assert.equal(status, 0, `${program} ${args.join(" ")}\n${stdout}${stderr}`);
        };

        const made = [scaffold(NAME, "resource", root), scaffold("apigateway-stage-other", "stack", root)];
        const files = [...new Set(made.flatMap(({ created, changed }) => [...created, ...changed]))];
        const code = files.filter((file) => file.endsWith(".ts"));
        const tests = code.filter((file) => file.endsWith(".test.ts"));

        run("node_modules/.bin/biome", "check", "--error-on-warnings", ...code, ...CONFIGS);
        assert.deepEqual(problemsIn(root, code), []);
        run("npm", "run", "--silent", "docs");
        run("node_modules/.bin/mocha", "tests/package.test.ts", ...tests);
    });
});

function problemsIn(root: string, files: readonly string[]): string[] {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const program = ts.createProgram(
        files.map((file) => join(root, file)),
        options,
    );
    return ts
        .getPreEmitDiagnostics(program)
        .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}
