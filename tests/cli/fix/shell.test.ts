import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { commandLine, comment, quoted } from "../../../cli/fix/shell";
import { table } from "../../support/rows";
import { HOSTILE } from "./answers";

/** What bash takes for the arguments of a command. */
function argumentsOf(line: string): string[] {
    const { stdout } = spawnSync("bash", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
    return stdout.split("\0").slice(0, -1);
}

describe("text in a bash script", () => {
    table("is quoted where it has to be", quoted, [
        ["a name stands as it is", "API-Gateway-Execution-Logs_a1/prod", "API-Gateway-Execution-Logs_a1/prod"],
        ["nothing is something", "", "''"],
        ["what has a meaning for bash is in quotes", "a b$c", "'a b$c'"],
        ["a quote is outside of them", "it's", "'it'\\''s'"],
        ["what a log would take for a command is written as bytes", "##[error]x", "$'\\x23\\x23[error]x'"],
        ["what cannot be seen is written as bytes", "a\n'\\\u202e", "$'a\\x0a\\x27\\x5c\\xe2\\x80\\xae'"],
    ]);

    it("is what it was, for bash", () => {
        // No argument of a program has a NUL.
        const names = fc.sample(
            fc.string({ unit: "binary" }).map((name) => name.replaceAll("\0", "")),
            500,
        );
        const all = [...HOSTILE, ...names];
        assert.deepEqual(argumentsOf(all.map(quoted).join(" ")), all);
    });

    it("is on several lines if it is long, for the same command", () => {
        const words = ["aws", "logs", "--log-group-name", "x".repeat(100), "--query", "a b", "--output=-x"];
        const line = commandLine(words);
        assert.equal(line.split("\n").length, 4);
        assert.deepEqual(argumentsOf(line), words);
    });

    table("does not end a comment", (text: string) => comment(text, 2), [
        ["by a line break", "a\ntouch x\r", "#   a\\u{a}touch x\\u{d}"],
        ["by nothing", "", "#"],
    ]);
});
