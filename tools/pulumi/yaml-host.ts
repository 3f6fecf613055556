/**
 * The language host of Pulumi YAML, which runs programs in that language. Official releases of the CLI have it beside
 * them; where the CLI was built from its Go modules, so is the host.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { defaultPlaces, type Places, type PulumiCli } from "./find";
import { run } from "./install";

const NAME = "pulumi-language-yaml";

/** Its Go modules, at the version to build. */
const MODULES = join(__dirname, "yaml-host");

/** The folder that has the host, if there is one. */
export function findYamlHost({ binary }: PulumiCli, places = defaultPlaces()): string | undefined {
    const folders = [dirname(binary), ...places.path.split(delimiter).filter(isAbsolute), ownFolder(places)];
    return folders.find((folder) => existsSync(join(folder, NAME)));
}

/** Builds the host if there is none. Only a few tests need it, so a failure is no more than a line of the log. */
export async function ensureYamlHost(
    cli: PulumiCli,
    log: (line: string) => void,
    places = defaultPlaces(),
): Promise<void> {
    if (findYamlHost(cli, places) !== undefined) {
        return;
    }
    log(`${NAME} ${version()}, building its Go modules, 1 to 5 minutes the first time`);
    mkdirSync(dirname(ownFolder(places)), { recursive: true });
    const temporary = mkdtempSync(join(places.home, "installing-"));
    try {
        const built = join(temporary, "built");
        const flags = ["-mod=readonly", "-trimpath", "-ldflags", "-s -w", "-o", join(built, NAME)];
        const command = ["go", "build", "-C", MODULES, ...flags, `github.com/pulumi/pulumi-yaml/cmd/${NAME}`];
        await run(command, temporary, 20 * 60_000);
        rmSync(ownFolder(places), { recursive: true, force: true });
        renameSync(built, ownFolder(places));
    } catch (error) {
        log(`  ${(error as Error).message}; the tests that run a program in YAML are skipped`);
    } finally {
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    }
}

function version(): string {
    const [, found = ""] = /pulumi-yaml v(\S+)/.exec(readFileSync(join(MODULES, "go.mod"), "utf8")) ?? [];
    return found;
}

function ownFolder({ home }: Places): string {
    return join(home, "hosts", `yaml-${version()}`);
}
