/** Compiles the stand-ins for providers, for start-provider.sh. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import { defaultPlaces } from "./find";

const FOLDERS = ["aws-provider", "component-provider"];

const OPTIONS: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    esModuleInterop: true,
};

/** Compiles the stand-ins into a folder of their own, in place of earlier ones. */
export function compileProviders({ home } = defaultPlaces()): void {
    const compiled = join(home, "providers");
    mkdirSync(home, { recursive: true });
    const unfinished = mkdtempSync(join(home, "installing-"));
    for (const folder of FOLDERS) {
        const files = readdirSync(join(__dirname, folder), { recursive: true, encoding: "utf8" });
        for (const file of files.filter((one) => one.endsWith(".ts"))) {
            const source = readFileSync(join(__dirname, folder, file), "utf8");
            const { outputText } = ts.transpileModule(source, { compilerOptions: OPTIONS, fileName: file });
            const to = join(unfinished, folder, file.replace(/\.ts$/, ".js"));
            mkdirSync(dirname(to), { recursive: true });
            writeFileSync(to, outputText);
        }
    }
    rmSync(compiled, { recursive: true, force: true });
    renameSync(unfinished, compiled);
}
