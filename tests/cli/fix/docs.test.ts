import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fix } from "../../../cli/commands/fix";
import { policies } from "../../../policies";
import { withFolder } from "../../support/folder";
import { stage } from "../../support/wire/declare";
import { exported } from "./stack";

const DOCS = join(__dirname, "../../../docs");
const PAGE = readFileSync(join(DOCS, "remediation.md"), "utf8");

function between(mark: string): string {
    return PAGE.split(`<!-- ${mark} -->\n`)[1]?.split(`<!-- /${mark} -->`)[0] ?? "";
}

describe("docs/remediation.md", () => {
    const { write } = withFolder();

    it("lists the policies that remediate", () => {
        const listed = [...between("remediates").matchAll(/^\| \[`([^`]+)`\]/gm)].map(([, name]) => name);
        const all = policies.filter((policy) => "remediates" in policy && policy.remediates).map(({ name }) => name);
        assert.deepEqual(listed, all);
    });

    it("names tests that there are", () => {
        const named = [...PAGE.matchAll(/\| \[([^\]]+)\]\((\.\.\/tests\/engine\/[^)]+)\) \|/g)];
        assert.equal(named.length, 4);
        for (const [, title = "", file = ""] of named) {
            const source = readFileSync(join(DOCS, file), "utf8");
            for (const part of title.split(", with ")) {
                assert.ok(source.includes(part), title);
            }
        }
    });

    it("shows what a script does for a stage that does not log", async () => {
        const dark = stage("prod", { restApi: "a1b2c3", stageName: "prod" });
        const { script } = await fix([write("state.json", exported([dark]))]);
        const section = script.split(/^# ---- .*\n/m)[1]?.split("\n\n")[0];
        assert.equal(between("example"), `\`\`\`sh\n${section?.replace(/\nif \[\[[\s\S]*$/, "")}\n\`\`\`\n`);
    });

    it("has the options of the command", () => {
        const command = readFileSync(join(DOCS, "../cli/program/fix.ts"), "utf8");
        const [, options = ""] = /command\("fix"\)(.*?)\.action\(/s.exec(command) ?? [];
        const named = [...options.matchAll(/"(--[a-z-]+)/g)].map(([, name]) => name);
        for (const name of named.filter((one) => one !== "--quiet")) {
            assert.ok(PAGE.includes(`\`${name}`), name);
        }
    });
});
