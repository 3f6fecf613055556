import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    chmodSync,
    linkSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    statSync,
    symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { writeOutput } from "../../cli/write-file";
import { withFolder } from "../support/folder";

describe("an output file", () => {
    const { path, write } = withFolder();

    it("is written where there was none", () => {
        writeOutput(path("new.txt"), "new");
        assert.equal(readFileSync(path("new.txt"), "utf8"), "new");
    });

    it("replaces what was there, and keeps its mode", () => {
        const file = write("old.txt", "old");
        chmodSync(file, 0o640);
        writeOutput(file, "new");
        assert.deepEqual([readFileSync(file, "utf8"), statSync(file).mode & 0o777], ["new", 0o640]);
    });

    it("is another file under another name of the old one", () => {
        const [file, other] = [write("name.txt", "old"), path("other.txt")];
        linkSync(file, other);
        writeOutput(file, "new");
        assert.deepEqual([readFileSync(file, "utf8"), readFileSync(other, "utf8")], ["new", "old"]);
    });

    it("is written where a link leads, and the link stays", () => {
        const [file, link] = [write("behind/file.txt", "old"), path("link.txt")];
        symlinkSync(file, link);
        writeOutput(link, "new");
        assert.deepEqual([readFileSync(file, "utf8"), readlinkSync(link)], ["new", file]);
    });

    it("is written where a link leads to nothing yet", () => {
        symlinkSync(path("later.txt"), path("dangling.txt"));
        writeOutput(path("dangling.txt"), "new");
        assert.equal(readFileSync(path("later.txt"), "utf8"), "new");
    });

    it("may be a device, which stays one", () => {
        writeOutput("/dev/null", "new");
        assert.ok(statSync("/dev/null").isCharacterDevice());
    });

    it("may be a pipe, which stays one", async () => {
        const pipe = path("pipe");
        execFileSync("mkfifo", [pipe]);
        const reader = spawn("cat", [pipe]);
        const read = once(reader.stdout, "data");
        writeOutput(pipe, "new");
        assert.deepEqual([String(await read), statSync(pipe).isFIFO()], ["new", true]);
    });

    it("may have the longest name that a file can have", () => {
        const file = path("x".repeat(255));
        writeOutput(file, "new");
        assert.equal(readFileSync(file, "utf8"), "new");
    });

    it("is the old one as a whole, and alone in its folder, if the new one does not fit", () => {
        const file = write("full/file.txt", "old");
        const script = `require(${JSON.stringify(require.resolve("ts-node/register/transpile-only"))});
            require(${JSON.stringify(join(__dirname, "..", "..", "cli", "write-file.ts"))}).writeOutput(${JSON.stringify(file)}, "x".repeat(1e6))`;
        // A limit on the size of files, which is reached as that of a disk would be.
        const shell = 'trap "" XFSZ; ulimit -f 100; exec "$@"';
        const { status, stderr } = spawnSync("bash", ["-c", shell, "-", process.execPath, "-e", script], {
            encoding: "utf8",
        });
        assert.equal(status, 1);
        assert.match(stderr, /cannot be written: EFBIG/);
        assert.deepEqual([readFileSync(file, "utf8"), readdirSync(path("full"))], ["old", ["file.txt"]]);
    });

    const REASONS: readonly (readonly [what: string, file: () => string, says: string])[] = [
        ["in a folder that does not exist", () => path("no/such/folder"), "its folder does not exist"],
        ["below a file", () => join(write("file", ""), "x"), "its folder does not exist"],
        [
            "that is a folder",
            () => {
                mkdirSync(path("folder"));
                return path("folder");
            },
            "it is a folder",
        ],
    ];
    for (const [what, file, says] of REASONS) {
        it(`${what} is refused`, () => {
            const output = file();
            assert.throws(() => writeOutput(output, "new"), { message: `${output} cannot be written: ${says}` });
        });
    }
});
