import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";
import { policies } from "../../policies";
import { withStack } from "../support/engine/engine";
import { engineTier } from "../support/engine/tier";

const ROOT = join(__dirname, "..", "..");

/** The code of a section of a policy's docs page. */
function codeOf(policy: string, section: "Avoid" | "Prefer"): string {
    const page = readFileSync(join(ROOT, "docs", "policies", `${policy}.md`), "utf8");
    const [, code] = new RegExp(`^## ${section}\\n\\n\`\`\`ts\\n(.*?)\`\`\``, "ms").exec(page) ?? [];
    assert.ok(code !== undefined, `${policy}.md has no code to ${section.toLowerCase()}`);
    return code;
}

const SECTIONS = ["Avoid", "Prefer"] as const;

engineTier("the code in the docs", () => {
    it("compiles", () => {
        const file = join(__dirname, "docs-code.ts");
        const imports = 'import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n';
        const functions = policies
            .flatMap(({ name }) => SECTIONS.map((section) => codeOf(name, section)))
            .map((code) => `void (async () => {\nvoid [aws, pulumi];\n${code}});\n`);
        writeFileSync(file, imports + functions.join(""));
        try {
            assert.deepEqual(problemsOf(file), []);
        } finally {
            rmSync(file);
        }
    });

    for (const { name: policy } of policies) {
        // The policy alone, because those that are optional are disabled without a config.
        const options = { config: { all: "disabled", [policy]: "advisory" } };
        it(`of ${policy} has a finding where it is to be avoided, and none where it is preferred`, () =>
            withStack(
                async () => {},
                options,
                async (stack) => {
                    for (const section of SECTIONS) {
                        const { findings, stderr, exitCode } = await stack.preview(programOf(codeOf(policy, section)));
                        assert.equal(exitCode, 0, `${section}: ${stderr}`);
                        assert.equal(findings.length, section === "Avoid" ? 1 : 0, section);
                    }
                },
            ));
    }
});

function programOf(code: string): () => Promise<void> {
    const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
    return async () => new Function("aws", "pulumi", outputText)(aws, pulumi);
}

function problemsOf(file: string): string[] {
    const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], { ...options, noUnusedLocals: false }));
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
