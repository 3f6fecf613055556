import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import * as semver from "semver";
import { programOf } from "../../examples";
import { SINGLE_FILE } from "../../tools/bundle";
import { theCli } from "../../tools/pulumi/command";
import { CONFIGS, EXAMPLES } from "../examples";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";
import { levels, verdicts } from "../support/engine/verdicts";
import { withFolder } from "../support/folder";

const FILE = join(__dirname, "../../dist/executable.js");
const EXAMPLE = "rest-api-mistakes";

engineTier("the pack as an executable file", () => {
    const { path } = withFolder();
    let pack: string;
    before(async function () {
        if (semver.lt((await theCli()).version, "3.255.0")) {
            this.skip();
        }
        // As npm links the executables of packages. There is no PulumiPolicy.yaml beside the link.
        pack = path("node_modules/.bin/apigateway-guard-pack");
        mkdirSync(dirname(pack), { recursive: true });
        symlinkSync(FILE, pack);
    });

    for (const [example, expected] of Object.entries(EXAMPLES)) {
        it(`finds in ${example} what the folder finds, in preview, up and policy analyze`, async () => {
            const config = CONFIGS[example];
            const options = { pack, project: example, stack: "dev", ...(config && { config }) };
            await withStack(programOf(example), options, async (stack) => {
                for (const run of [await stack.preview(), await stack.up()]) {
                    assert.deepEqual(verdicts(run), expected);
                    assert.deepEqual(run.diagnostics, []);
                    assert.equal(run.exitCode, 0);
                }
            });
            const analysis = await analyze(fixture(example), options);
            assert.deepEqual(verdicts(analysis), expected);
            assert.deepEqual(analysis.diagnostics, []);
        });
    }

    it("takes a config", () =>
        withStack(programOf(EXAMPLE), { pack, config: "config/mandatory.json" }, async (stack) => {
            const preview = await stack.preview();
            assert.ok(levels(preview).includes("cloudwatch-log-group-retention: mandatory"));
            assert.equal(preview.exitCode, 1);
        }));

    it("finds in a state what the folder finds, started without a link", async () => {
        const analysis = await analyze(fixture(EXAMPLE), { pack: FILE });
        assert.deepEqual(verdicts(analysis), EXAMPLES[EXAMPLE]);
        assert.deepEqual(analysis.diagnostics, []);
    });

    it("remediates what the folder remediates", () => {
        const options = { project: EXAMPLE, stack: "dev", config: "config/remediate.json" };
        const remediationsWith = (which: string) =>
            withStack(
                programOf(EXAMPLE),
                { ...options, pack: which },
                async (stack) => (await stack.preview()).remediations,
            );
        return Promise.all([remediationsWith(pack), remediationsWith(dirname(FILE))]).then(([own, sdk]) => {
            assert.notDeepEqual(own, []);
            assert.deepEqual(own, sdk);
        });
    });

    for (const [what, file] of Object.entries({ executable: () => pack, folder: () => dirname(FILE) })) {
        it(`says in the engine's log what is exempt, as the ${what}`, async () => {
            const exemptions = [{ match: "*", reason: "Only for load tests" }];
            const config = { "cloudwatch-log-group-retention": { enforcementLevel: "advisory", exemptions } };
            const line = 'info: cloudwatch-log-group-retention exempts 1 resource: "orders-prod"';
            const options = { pack: file(), config, project: EXAMPLE, stack: "dev" };
            await withStack(programOf(EXAMPLE), options, async (stack) =>
                assert.deepEqual((await stack.preview()).diagnostics, [line]),
            );
            // In place of events, `policy analyze` has the line on stderr.
            const { diagnostics } = await analyze(fixture(EXAMPLE), options);
            assert.deepEqual(diagnostics, [line.replace("info", "info#err")]);
        });
    }

    it("says what it is when it is run by hand", () => {
        const { status, stderr } = spawnSync(pack, { encoding: "utf8" });
        assert.equal(status, 2);
        assert.match(stderr, /--policy-pack/);
    });
});

engineTier("the pack as a single file", () => {
    const { path } = withFolder();
    before(async function () {
        if (semver.lt((await theCli()).version, "3.255.0")) {
            this.skip();
        }
        copyFileSync(join(dirname(FILE), SINGLE_FILE), path(SINGLE_FILE));
    });

    it("finds what the folder finds, in a folder of its own", async () => {
        for (const [example, expected] of Object.entries(EXAMPLES)) {
            const config = CONFIGS[example];
            const options = { pack: path(SINGLE_FILE), ...(config && { config }) };
            const analysis = await analyze(fixture(example), options);
            assert.deepEqual(verdicts(analysis), expected);
            assert.deepEqual(analysis.diagnostics, []);
        }
    });

    it("has the licenses of the packages in it, and loads none from elsewhere but for gRPC's statistics", () => {
        const text = readFileSync(path(SINGLE_FILE), "utf8");
        const packages = [...text.matchAll(/^---- (\S+) \S+ \(.*\) ----$/gm)].map(([, name]) => name);
        assert.deepEqual(packages, [
            ...["@grpc/grpc-js", "@js-sdsl/ordered-map", "@pulumi/pulumi", "fastest-levenshtein", "google-protobuf"],
        ]);
        const loaded = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
        assert.deepEqual([...new Set(loaded.filter((name) => !isBuiltin(name)))], ["@grpc/proto-loader"]);
    });
});
