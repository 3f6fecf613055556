import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pageOf } from "../../tools/compat";
import { ROWS } from "../../tools/compat/rows";

const ROOT = join(__dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "compatibility.md"), "utf8");

describe("docs/compatibility.md", () => {
    it("is what npm run compat writes of its rows as they are now, each run on some day or not to be had", () => {
        const ran = ROWS.map((row) => {
            const line = PAGE.split("\n").find((one) =>
                [row.cli, row.node, row.program].every((part) => one.includes(part)),
            );
            const [, date = "never"] = /(\d{4}-\d\d-\d\d)\)? ?\|?$/.exec(line ?? "") ?? [];
            const [, missing] = /^- .*: (.*) \(.*\)$/.exec(line ?? "") ?? [];
            return { row, date, ...(missing === undefined ? {} : { missing }) };
        });
        assert.equal(PAGE, pageOf(ran), "run npm run compat");
    });

    it("says how it is made", () => {
        const args = ["-r", "ts-node/register/transpile-only", "tools/compat.ts"];
        const start = (...more: string[]) =>
            spawnSync(process.execPath, [...args, ...more], { cwd: ROOT, encoding: "utf8" });
        assert.match(start("--help").stdout, /^Usage: npm run compat\n/);
        assert.equal(start("--fast").status, 2);
    });
});
