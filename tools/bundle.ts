/** The executable pack as a single file, which needs Node and nothing else. */

import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";

/** The name of the file, in dist/. */
export const SINGLE_FILE = "apigateway-guard-pack.cjs";

/** Loaded only to serve statistics of gRPC itself, which the pack does not. */
const NEVER_LOADED = ["@grpc/proto-loader"];

/** A package, by a file of it. */
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/**
 * Bundles a compiled pack.
 *
 * @param root the checkout, which has the packages
 * @param dist the compiled pack, which gets the file
 * @throws Error if a package that the file contains has no license
 */
export function bundle(root: string, dist: string): void {
    const options = {
        absWorkingDir: root,
        entryPoints: [join(dist, "executable.js")],
        outfile: join(dist, SINGLE_FILE),
        external: NEVER_LOADED,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        // Names stay as they are, for the sake of stack traces.
        minifySyntax: true,
        minifyWhitespace: true,
        legalComments: "none",
    } satisfies BuildOptions;
    const { metafile } = buildSync({ ...options, metafile: true, write: false });
    const folders = new Map(
        Object.keys(metafile.inputs).flatMap((file) => {
            const [, folder, name] = PACKAGE.exec(file) ?? [];
            return folder === undefined || name === undefined ? [] : [[name, join(root, folder)] as const];
        }),
    );
    buildSync({ ...options, footer: { js: `/*\n${notices(folders)}\n*/` } });
    chmodSync(options.outfile, 0o755);
}

/** The licenses of packages, as they ask for in whatever contains them. */
function notices(folders: ReadonlyMap<string, string>): string {
    const all = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => notice(name, folder));
    return ["This file contains the following packages.", ...all].join("\n\n").replaceAll("*/", "* /");
}

function notice(name: string, folder: string): string {
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    if (texts.length === 0 && license !== "Apache-2.0") {
        throw new Error(`${name} has no license file, and its license is ${license}.`);
    }
    const lines = texts.map((file) => readFileSync(join(folder, file), "utf8").trim());
    return [`---- ${name} ${version} (${license}) ----`, ...lines].join("\n\n");
}
