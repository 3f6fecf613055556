import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { satisfies } from "semver";
import * as ts from "typescript";
import { CONTROLS } from "../pack/controls";
import { allTags } from "../pack/metadata";
import { policies } from "../policies";
import { publishedManifest } from "../tools/build";
import { writeDocs } from "../tools/docs";

const ROOT = join(__dirname, "..");
const json = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const names = policies.map(({ name }) => name);

type Versions = Readonly<Record<string, string>>;

interface PublishedManifest {
    readonly dependencies: Versions;
    readonly peerDependencies: Versions;
    readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

describe("the package", () => {
    it("lists every policy file, and every policy has the name of its file", () => {
        const files = readdirSync(join(ROOT, "policies")).filter((file) => file.endsWith(".ts") && file !== "index.ts");
        assert.deepEqual(names, files.map((file) => basename(file, ".ts")).sort());
    });

    for (const policy of policies) {
        it(`${policy.name} is tested, described, and says how to fix and where to read on`, () => {
            assert.match(policy.name, /^[a-z0-9]+(-[a-z0-9]+)+$/);
            assert.ok(existsSync(join(__dirname, "policies", `${policy.name}.test.ts`)));
            assert.deepEqual(sectionsOf(policy.name), SECTIONS);
            for (const text of [policy.displayName, policy.description, policy.remediationSteps]) {
                assert.match(text, /^[A-Z].*[^ ]$/);
            }
            const { controls } = policy.config;
            const picks =
                controls?.type === "array" && controls.items.type === "string"
                    ? [controls.items.enum, controls.default]
                    : [];
            assert.deepEqual(picks, policy.mirrors.length > 1 ? [policy.mirrors, policy.mirrors] : []);
            assert.match(policy.url, /^https:\/\/docs\.aws\.amazon\.com\//);
            assert.notDeepEqual(allTags(policy), []);
            for (const [key, schema] of Object.entries(policy.config)) {
                assert.match(schema.description, /^[A-Z].*\.$/s, key);
                // A key without a default says what happens when it is left out.
                assert.ok(schema.default !== undefined || schema.description.includes("Left out:"), key);
            }
        });
    }

    it("has a policy for every control of its table", () => {
        const used = new Set<string>(policies.flatMap(({ mirrors, supports }) => [...mirrors, ...supports]));
        assert.deepEqual(
            Object.keys(CONTROLS).filter((id) => !used.has(id)),
            [],
        );
    });

    it("has the generated files that the policies' metadata gives", () => {
        assert.deepEqual(writeDocs(ROOT, { check: true }), [], "run npm run docs");
    });

    it("makes these policies mandatory in config/mandatory.json, and advisory the others", () => {
        const levels = Object.entries(json("config/mandatory.json"));
        assert.deepEqual(
            levels.filter(([, level]) => level !== "advisory"),
            [
                ["apigateway-method-settings-logging-level", "mandatory"],
                ["apigateway-stage-execution-logging", "mandatory"],
                ["apigatewayv2-stage-execution-logging", "mandatory"],
                ["cloudwatch-log-group-retention", "mandatory"],
            ],
        );
    });

    it("pins every dependency exactly, and locks none to a place", () => {
        const { dependencies, devDependencies } = json("package.json");
        for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
            assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
        }
        assert.doesNotMatch(readFileSync(join(ROOT, "package-lock.json"), "utf8"), /"resolved"/);
    });

    it("is published with its repository, if package.json has one", () => {
        const repository = "https://git.example.com/acme/apigateway-guard";
        const manifest = { ...json("package.json"), repository } as const;
        assert.deepEqual(publishedManifest(manifest), { ...publishedManifest(), repository });
    });

    it("has the AWS SDK for those who install it themselves, and for no others", () => {
        const { devDependencies, peerDependencies, peerDependenciesMeta } = json("package.json");
        const {
            dependencies,
            peerDependencies: peers,
            peerDependenciesMeta: meta,
        } = publishedManifest() as unknown as PublishedManifest;
        const clients = ["api-gateway", "apigatewayv2", "cloudwatch-logs", "sts"].map(
            (name) => `@aws-sdk/client-${name}`,
        );
        assert.deepEqual(Object.keys(peers), clients);
        assert.deepEqual([peers, meta], [peerDependencies, peerDependenciesMeta]);
        for (const client of clients) {
            assert.deepEqual(meta[client], { optional: true });
            assert.ok(satisfies(devDependencies[client], peers[client] ?? ""), client);
        }
        assert.deepEqual(
            Object.keys(dependencies).filter((name) => name.startsWith("@aws-sdk/")),
            [],
        );
    });

    it("loads the AWS SDK in the command that needs it alone", () => {
        assert.deepEqual(loadedPackages("./cli/commands/check", "@aws-sdk/"), []);
        assert.deepEqual(loadedPackages("./cli/commands/live", "@aws-sdk/"), []);
    });

    it("has policies that load none of Pulumi's packages", () => {
        assert.deepEqual(loadedPackages("./policies"), []);
    });

    it("has a server of its own that loads the engine's protocol, and not the policy SDK", () => {
        assert.deepEqual(loadedPackages("./pack/server"), ["@pulumi/pulumi"]);
    });

    it("does not load @pulumi/aws", () => {
        const packages = loadedPackages("./index.ts");
        assert.ok(packages.includes("@pulumi/policy"));
        assert.ok(!packages.includes("@pulumi/aws"));
    });

    it("does not pull the typings of @pulumi/aws into the type check that every preview makes", () => {
        const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
        const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
        const program = ts.createProgram([join(ROOT, "index.ts")], options);
        const packages = program.getSourceFiles().map(({ fileName }) => packageOf(fileName));
        assert.ok(packages.includes("@pulumi/policy"));
        assert.ok(!packages.includes("@pulumi/aws"));
    });
});

const SECTIONS = ["What must hold", "Avoid", "Prefer", "Why", "Limitations", "Config"];

function sectionsOf(policy: string): (string | undefined)[] {
    const page = readFileSync(join(ROOT, "docs", "policies", `${policy}.md`), "utf8");
    return [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
}

/** The packages that are in memory once a module of the pack is. */
function loadedPackages(module: string, scope = "@pulumi/"): string[] {
    const script = `require(${JSON.stringify(module)}); console.error(JSON.stringify(Object.keys(require.cache))); process.exit()`;
    const node = `'${process.execPath}' -r ts-node/register/transpile-only -e '${script}' 2>&1 >&-`;
    const files: string[] = JSON.parse(execFileSync("sh", ["-c", node], { cwd: ROOT, encoding: "utf8" }));
    const packages = new Set(files.map(packageOf).filter((name) => name !== undefined));
    return [...packages].filter((name) => name.startsWith(scope));
}

function packageOf(file: string): string | undefined {
    return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1];
}
