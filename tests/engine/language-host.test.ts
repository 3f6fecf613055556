import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { analyze, pulumi } from "../support/engine/engine";
import { fixture } from "../support/engine/fixture";
import { engineTier } from "../support/engine/tier";

const STAND_IN = join(__dirname, "../../tools/pulumi/language-host.js");

engineTier("the Node language host", () => {
    let folder: string;
    const write = (name: string, content: string) => writeFileSync(join(folder, name), content, { mode: 0o755 });
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("is the one on PATH, if there is one", async () => {
        write("pulumi-language-nodejs", `#!/bin/sh\ntouch ${folder}/started\nexec ${STAND_IN} "$@"\n`);
        const env = { PATH: [folder, process.env.PATH].join(delimiter) };
        const { exitCode, diagnostics } = await analyze(fixture("rest-api"), { env });
        assert.deepEqual({ exitCode, diagnostics }, { exitCode: 0, diagnostics: [] });
        assert.ok(existsSync(join(folder, "started")));
    });

    it("installs the dependencies of a pack", async () => {
        mkdirSync(join(folder, "local"));
        write("local/package.json", JSON.stringify({ name: "local", version: "1.0.0" }));
        write(
            "package.json",
            JSON.stringify({ name: "pack", version: "1.0.0", dependencies: { local: "file:local" } }),
        );
        write("PulumiPolicy.yaml", "runtime: nodejs\n");
        const { exitCode, stderr } = await pulumi(["install"], folder);
        assert.equal(exitCode, 0, stderr);
        assert.ok(existsSync(join(folder, "node_modules/local/package.json")));
    });

    it("fails, without hanging, on a pack whose dependencies are not installed", async () => {
        write("PulumiPolicy.yaml", "runtime: nodejs\n");
        const { exitCode, stderr } = await analyze(fixture("rest-api"), { pack: folder });
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /^error: .*policy pack/m);
    });
});
