import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { analyze, type Run, withStack } from "../support/engine/engine";
import { engineTier } from "../support/engine/tier";

const pack = "tests/support/engine/spy-pack";
const complaints = { "spy-complaint": "advisory", "spy-stack-complaint": "advisory" };

async function program() {
    new aws.apigateway.RestApi("orders", {}, { protect: true });
    new aws.apigateway.RestApi("a::b");
}

const FINDINGS = (level: string) => [
    complaint("a::b", level),
    complaint("orders", level),
    {
        policy: "spy-stack-complaint",
        level: "advisory",
        resource: "stack",
        urn: "urn:pulumi:test::test::pulumi:pulumi:Stack::test-test",
        message: "Complains of every stack.\nA stack.",
    },
];

function complaint(name: string, level: string) {
    return {
        policy: "spy-complaint",
        level,
        resource: `aws:apigateway/restApi:RestApi::${name}`,
        urn: `urn:pulumi:test::test::aws:apigateway/restApi:RestApi::${name}`,
        message: `Complains of every API.\nAPI "${name}" is an API.\nIt should not be.`,
    };
}

const stderrOf = ({ diagnostics }: Run) => diagnostics.filter((line) => line.startsWith("info#err: ")).sort();

engineTier("the harness of the engine tests", () => {
    it("reports findings, in colour or not, and what packs write to stderr", () =>
        withStack(program, { pack, config: complaints, color: true }, async (stack) => {
            const preview = await stack.preview();
            assert.equal(preview.exitCode, 0);
            assert.deepEqual(preview.findings, FINDINGS("advisory"));
            assert.deepEqual(stderrOf(preview), ["info#err: complaining of a::b", "info#err: complaining of orders"]);
            const up = await stack.up();
            assert.deepEqual(up.findings, FINDINGS("advisory"));
            const analysis = await analyze(await stack.export(), { pack, config: complaints });
            assert.equal(analysis.exitCode, 0);
            assert.deepEqual(analysis.findings, FINDINGS("advisory"));
            assert.deepEqual(stderrOf(analysis), ["info#err: complaining of a::b", "info#err: complaining of orders"]);
        }));

    it("reports a command that fails as a run", () => {
        const config = { ...complaints, "spy-complaint": "mandatory" };
        return withStack(program, { pack, config }, async (stack) => {
            const preview = await stack.preview();
            assert.equal(preview.exitCode, 1);
            assert.deepEqual(preview.findings, FINDINGS("mandatory"));
            // An update stops at a mandatory violation: nobody says how far it came, and stack policies do not run.
            const up = await stack.up();
            assert.equal(up.exitCode, 1);
            assert.ok(up.findings.length > 0 && up.findings.every(({ policy }) => policy === "spy-complaint"));
            assert.equal((await analyze(await stack.export(), { pack, config })).exitCode, 0, "nothing was created");
        });
    });

    it("reports a config that is refused", () =>
        withStack(program, { pack, config: { "spy-complaint": 1 } }, async (stack) => {
            const preview = await stack.preview();
            assert.equal(preview.exitCode, 1);
            assert.deepEqual(preview.findings, []);
            assert.match(preview.diagnostics.join("\n"), /^error: .*spy-complaint/m);
        }));

    it("reports remediations with what they changed", () =>
        withStack(program, { pack, config: { "spy-remediation": "remediate" } }, async (stack) => {
            const { remediations } = await stack.up();
            assert.deepEqual(
                remediations.map(({ policy, resource }) => `${policy} ${resource}`),
                [
                    "spy-remediation aws:apigateway/restApi:RestApi::a::b",
                    "spy-remediation aws:apigateway/restApi:RestApi::orders",
                ],
            );
            const [{ before, after } = { before: {}, after: {} }] = remediations;
            assert.deepEqual(after, { ...(before as object), description: "remediated" });
        }));

    it("reports a program that fails, and runs the next one", () => {
        const failing = async () => {
            throw new Error("no such program");
        };
        return withStack(program, { pack: null }, async (stack) => {
            const { exitCode, diagnostics } = await stack.preview(failing);
            assert.notEqual(exitCode, 0);
            assert.match(diagnostics.join("\n"), /no such program/);
            assert.equal((await stack.preview()).exitCode, 0);
        });
    });

    it("runs programs side by side", async () => {
        const runs = await Promise.all(
            ["one", "two"].map((name) => {
                const program = async () => {
                    const api = new aws.apigateway.RestApi(name);
                    new aws.apigateway.Deployment(name, { restApi: api.id });
                };
                return withStack(program, { pack: null, project: name }, (stack) => stack.up());
            }),
        );
        const steps = (name: string) => [
            `create aws:apigateway/deployment:Deployment::${name}`,
            `create aws:apigateway/restApi:RestApi::${name}`,
        ];
        const created = runs.map((run) => run.steps.filter((step) => step.startsWith("create aws:")));
        assert.deepEqual(created, [steps("one"), steps("two")]);
    });

    it("leaves nothing behind, also when a test fails", async () => {
        const { TMPDIR } = process.env;
        const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
        process.env.TMPDIR = folder;
        // ts-node keeps a cache of its own there.
        const left = () => readdirSync(folder).filter((name) => name.startsWith("apigateway-guard-"));
        try {
            const failing = withStack(program, { pack: null }, async (stack) => {
                await stack.up();
                assert.equal(left().length, 1);
                throw new Error("a failing test");
            });
            await assert.rejects(failing, /a failing test/);
            assert.deepEqual(left(), []);
        } finally {
            if (TMPDIR === undefined) {
                delete process.env.TMPDIR;
            } else {
                process.env.TMPDIR = TMPDIR;
            }
            rmSync(folder, { recursive: true });
        }
    });
});
