import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../support/folder";

const ROOT = join(__dirname, "..", "..");

describe("npm run new:policy", () => {
    const folder = withFolder();
    const copy = () => folder.path("checkout");
    const run = (command: string, ...args: readonly string[]) => {
        const { CI: _, ...env } = process.env;
        const result = spawnSync(command, args, { cwd: copy(), encoding: "utf8", env });
        return { code: result.status, output: result.stdout + result.stderr };
    };
    const newPolicy = (...args: readonly string[]) => run("npm", "run", "--silent", "new:policy", "--", ...args);
    const names = (path: string) => readdirSync(join(copy(), path));

    before(() => {
        const skipped = ["node_modules", ".git", "dist", ".pulumi-home", ".stryker"].map((name) => join(ROOT, name));
        cpSync(ROOT, copy(), { recursive: true, filter: (file) => !skipped.includes(file) });
        symlinkSync(join(ROOT, "node_modules"), join(copy(), "node_modules"));
    });

    it("starts a resource policy and a stack policy, listed everywhere", () => {
        assert.equal(newPolicy("shop-resource-open").code, 0);
        const { code, output } = newPolicy("shop-stack-open", "--stack");
        assert.equal(code, 0);
        assert.match(output, /^policies\/shop-stack-open\.ts\n/);
        for (const name of ["shop-resource-open", "shop-stack-open"]) {
            for (const file of ["policies/index.ts", "config/mandatory.json", "README.md", "docs/config.schema.json"]) {
                assert.ok(readFileSync(join(copy(), file), "utf8").includes(name), `${name} in ${file}`);
            }
        }
    });

    it("writes policies that pass lint, types, their own tests and the docs check", () => {
        const commands: readonly (readonly string[])[] = [
            ["npx", "biome", "check", "--error-on-warnings", "--vcs-enabled=false", "policies", "tests/policies"],
            ["npx", "tsc", "--noEmit"],
            ["npx", "mocha", "tests/policies/shop-resource-open.test.ts", "tests/policies/shop-stack-open.test.ts"],
            ["npm", "run", "--silent", "docs", "--", "--check"],
        ];
        for (const [command = "", ...args] of commands) {
            const { code, output } = run(command, ...args);
            assert.equal(code, 0, `${command} ${args.join(" ")}\n${output}`);
        }
    });

    it("does not overwrite a file", () => {
        writeFileSync(folder.path("checkout", "docs/policies/shop-page-open.md"), "mine");
        const { code, output } = newPolicy("shop-page-open");
        assert.equal(code, 1);
        assert.equal(output, "docs/policies/shop-page-open.md already exists. Nothing was written.\n");
        assert.ok(!existsSync(join(copy(), "policies/shop-page-open.ts")));
    });

    for (const args of [
        [],
        ["ShopOpen"],
        ["shop"],
        ["shop-open", "shop-closed"],
        ["../shop-open"],
        ["shop-open", "--bad"],
    ]) {
        it(`refuses ${JSON.stringify(args)} as usage, and writes nothing`, () => {
            const before = names("policies");
            assert.equal(newPolicy(...args).code, 2);
            assert.deepEqual(names("policies"), before);
        });
    }

    it("explains itself with --help", () => {
        const { code, output } = newPolicy("--help");
        assert.equal(code, 0);
        assert.match(output, /^Usage: npm run new:policy NAME\n/);
    });
});
