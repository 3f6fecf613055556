/** `npm run build`: the pack as compiled JavaScript in dist/, with all it needs and nothing else, ready to publish, and as a single file. */

import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as ts from "typescript";
import { bundle, SINGLE_FILE } from "./bundle";

const ROOT = join(__dirname, "..");
const DIST = join(ROOT, "dist");

/** What is copied as it is, with the templates and bash functions that the code beside them reads. */
const COPIED = ["PulumiPolicy.yaml", "README.md", "LICENSE", "CHANGELOG.md", "config"];
const READ_BY_CODE = /\.(sh|html|xml)$/;

/** The parts of package.json for those who install the package; the others are for development. */
const KEPT = [
    "name",
    "version",
    "description",
    "keywords",
    "license",
    "author",
    "repository",
    "engines",
    "dependencies",
    "peerDependencies",
    "peerDependenciesMeta",
];

/** A schema that is compiled in: what it says of each field is for people, who find it in the repository. */
const SCHEMA = join(DIST, "docs", "live.schema.json");

/** Writes dist/ anew. Throws the compiler's messages if the sources have errors. */
export function build(): void {
    rmSync(DIST, { recursive: true, force: true });
    compile();
    for (const file of [...COPIED, ...filesReadByCode("aws"), ...filesReadByCode("cli")]) {
        cpSync(join(ROOT, file), join(DIST, file), { recursive: true });
    }
    const schema = JSON.parse(readFileSync(SCHEMA, "utf8"), (key, value) =>
        key === "description" && typeof value === "string" ? undefined : value,
    );
    writeFileSync(SCHEMA, `${JSON.stringify(schema)}\n`);
    const published = publishedManifest();
    writeFileSync(join(DIST, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
    for (const file of Object.values(published.bin)) {
        chmodSync(join(DIST, file), 0o755);
    }
    bundle(ROOT, DIST);
    // The package has all that the file contains.
    writeFileSync(join(DIST, ".npmignore"), `${SINGLE_FILE}\n`);
}

function filesReadByCode(folder: string): string[] {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
    return files.filter((file) => READ_BY_CODE.test(file)).map((file) => join(folder, file));
}

/** The package.json of what is published, of that of the checkout. */
export function publishedManifest(manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))) {
    const kept = Object.fromEntries(KEPT.map((key) => [key, manifest[key]]));
    const files = Object.entries<string>(manifest.bin).map(([name, file]) => [name, relative("dist", file)] as const);
    return { ...kept, main: "index.js", bin: Object.fromEntries(files) };
}

function compile(): void {
    const { config } = ts.readConfigFile(join(ROOT, "tsconfig.build.json"), ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const program = ts.createProgram(fileNames, options);
    const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    if (problems.length > 0) {
        const host = { getCanonicalFileName: String, getCurrentDirectory: () => ROOT, getNewLine: () => "\n" };
        throw new Error(ts.formatDiagnostics(problems, host));
    }
}

if (require.main === module) {
    try {
        build();
    } catch (error) {
        console.error((error as Error).message);
        process.exitCode = 1;
    }
}
