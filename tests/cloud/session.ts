import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { lt } from "semver";
import { environment, execute, type Result, theCli } from "../../tools/pulumi/command";
import { type EngineStack, openStack, type PulumiFn } from "../../tools/pulumi/engine";
import { defaultPlaces, installationRoot } from "../../tools/pulumi/find";
import { engineTier } from "../support/engine/tier";
import { type Cloud, startCloud } from "./cloud";

export const ROOT = join(__dirname, "..", "..");
const DIST = join(ROOT, "dist");

/** The version of the CLI that docs/rollout.md is about. Older ones have no `pulumi policy exception`, for one. */
const NEEDED = "3.274.1";

/** Tests of the way through Pulumi Cloud, in the real CLI. */
export function cloudTier(title: string, tests: () => void): void {
    engineTier(title, () => {
        before(async function () {
            if (lt((await theCli()).version, NEEDED)) {
                this.skip();
            }
        });
        tests();
    });
}

/** Where a fork of this repository could be. */
export const REPOSITORY = "https://git.example.com/acme/apigateway-guard";

/** Someone who is logged in to the stand-in for Pulumi Cloud, with a PULUMI_HOME of their own. */
export interface Session {
    readonly cloud: Cloud;
    /** A folder with what `npm run build` makes, of a version, as a fork of this repository has it. */
    pack(version: string): string;
    /** Runs a command of the Pulumi CLI as it is written in docs. */
    run(command: string, cwd?: string): Promise<Result>;
    /** Writes a file of JSON into the session's folder. */
    file(name: string, content: object): string;
    stack(program: PulumiFn, project: string, name: string): Promise<EngineStack>;
    end(): void;
}

export async function startSession(): Promise<Session> {
    const cli = await theCli();
    const cloud = await startCloud();
    const folder = mkdtempSync(join(tmpdir(), "apigateway-guard-"));
    return {
        cloud,
        pack: (version) => {
            const pack = join(folder, `pack-${version}`);
            cpSync(DIST, pack, { recursive: true });
            // dist/ is below the checkout, whose packages it finds; this folder is not.
            symlinkSync(join(ROOT, "node_modules"), join(pack, "node_modules"));
            const file = join(pack, "package.json");
            const manifest = JSON.parse(readFileSync(file, "utf8"));
            writeFileSync(file, JSON.stringify({ ...manifest, version, repository: REPOSITORY }));
            return pack;
        },
        run: (command, cwd = ROOT) => {
            const words = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
            const env = environment(cli, folder, cloud.env);
            return execute(cli.binary, [...words.slice(1), "--non-interactive"], { cwd, env });
        },
        file: (name, content) => {
            const file = join(folder, name);
            writeFileSync(file, JSON.stringify(content));
            return file;
        },
        stack: (program, project, name) => {
            const options = { pack: null, project, stack: name, backend: cloud.url, env: cloud.env };
            return openStack(program, options, folder);
        },
        end: () => {
            cloud.close();
            rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        },
    };
}

/** Which Node language host the CLI finds: the official one on PATH or beside it, else the tests' own. */
export function languageHost(): string {
    const folders = [...(process.env.PATH ?? "").split(delimiter), join(installationRoot(defaultPlaces()), "bin")];
    const isThere = folders.some((folder) => existsSync(join(folder, "pulumi-language-nodejs")));
    return isThere ? "Pulumi's Node language host" : "the stand-in for the Node language host";
}
