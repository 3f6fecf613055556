import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import * as semver from "semver";
import { programOf } from "../../examples";
import { theCli } from "../../tools/pulumi/command";
import { EXAMPLES } from "../examples";
import { analyze, withStack } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";
import { levels, verdicts } from "../support/engine/verdicts";
import { withFolder } from "../support/folder";

const FILE = join(__dirname, "../../dist/executable.js");
const EXAMPLE = "rest-api-mistakes";
const EXPECTED = EXAMPLES[EXAMPLE];

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

    it("finds in a preview and an update what the folder finds", () =>
        withStack(programOf(EXAMPLE), { pack, project: EXAMPLE, stack: "dev" }, async (stack) => {
            for (const run of [await stack.preview(), await stack.up()]) {
                assert.deepEqual(verdicts(run), EXPECTED);
                assert.deepEqual(run.diagnostics, []);
                assert.equal(run.exitCode, 0);
            }
        }));

    it("takes a config", () =>
        withStack(programOf(EXAMPLE), { pack, config: "config/mandatory.json" }, async (stack) => {
            const preview = await stack.preview();
            assert.ok(levels(preview).includes("cloudwatch-log-group-retention: mandatory"));
            assert.equal(preview.exitCode, 1);
        }));

    for (const [what, file] of Object.entries({ "through a link": () => pack, "as it is": () => FILE })) {
        it(`finds in a state what the folder finds, started ${what}`, async () => {
            const analysis = await analyze(fixture(EXAMPLE), { pack: file() });
            assert.deepEqual(verdicts(analysis), EXPECTED);
            assert.deepEqual(analysis.diagnostics, []);
        });
    }

    it("says what it is when it is run by hand", () => {
        const { status, stderr } = spawnSync(pack, { encoding: "utf8" });
        assert.equal(status, 2);
        assert.match(stderr, /--policy-pack/);
    });
});
