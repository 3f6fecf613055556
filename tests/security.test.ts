import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assertBuilt, COMMAND } from "./built";
import { withFolder } from "./support/folder";

const ROOT = join(__dirname, "..");
const MISTAKES = join(ROOT, "tests", "fixtures", "rest-api-mistakes.json");
const POLICIES = join(ROOT, "config", "mandatory.json");

/** Loaded before a command: whoever connects, asks for an address, or starts a program, ends the process. */
const NO_NETWORK = `
const refuse = (what) => () => { require("node:fs").writeSync(2, "refused: " + what); process.exit(99); };
require("node:net").Socket.prototype.connect = refuse("connection");
for (const module of ["dns", "dns/promises"]) require(module).lookup = refuse("address");
require("node:dgram").createSocket = refuse("datagram");
for (const name of ["spawn", "spawnSync", "exec", "execFile", "fork"]) require("node:child_process")[name] = refuse("program");
`;

const HUB = { Findings: [] };

describe("SECURITY.md", () => {
    before(assertBuilt);
    const { path, write } = withFolder();

    const start = (...args: string[]) =>
        spawnSync(process.execPath, ["-r", write("no-network.js", NO_NETWORK), ...args], {
            cwd: path(),
            encoding: "utf8",
        });

    it("is right that these commands connect to nothing, and start nothing", () => {
        const formats = ["text", "html", "json", "sarif", "junit", "markdown", "github", "unix"];
        const rows: readonly (readonly [args: readonly string[], exitCode: number])[] = [
            ...formats.map((format) => [["check", MISTAKES, "--format", format], 0] as const),
            [["check", MISTAKES, "--config", POLICIES], 1],
            [["report", write("events.json", '{"sequence":1,"timestamp":1,"summaryEvent":{}}\n')], 0],
            [["fix", MISTAKES], 0],
            [["locate", write("hub.json", HUB), MISTAKES], 0],
            [["exceptions", POLICIES, MISTAKES], 0],
        ];
        for (const [args, exitCode] of rows) {
            const { status, stderr } = start(COMMAND, ...args);
            assert.equal(status, exitCode, `${args.join(" ")}: ${stderr}`);
        }
    });

    it("would show it if they did", () => {
        for (const [what, script] of [
            ["connection", 'require("http").get("http://127.0.0.1:1")'],
            ["program", 'require("child_process").spawn("true")'],
        ] as const) {
            assert.equal(start("-e", script).stderr, `refused: ${what}`);
        }
    });

    it("links to files and sections that are there", () => {
        const page = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
        for (const [, file = "", section = ""] of page.matchAll(/\]\(([^)#]+)(?:#([^)]+))?\)/g)) {
            assert.ok(existsSync(join(ROOT, file)), file);
            const titles = readFileSync(join(ROOT, file), "utf8").toLowerCase();
            assert.ok(section === "" || titles.includes(`## ${section.replaceAll("-", " ")}`), section);
        }
    });
});
