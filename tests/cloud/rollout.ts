import { readFileSync } from "node:fs";
import { join } from "node:path";

/** docs/rollout.md */
export const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "rollout.md"), "utf8");

/** What is between two marks of the page, `<!-- mark -->` and `<!-- /mark -->`. */
export function between(mark: string): string {
    return PAGE.split(`<!-- ${mark} -->\n`)[1]?.split(`<!-- /${mark} -->`)[0] ?? "";
}

/** The code of a fenced block. */
export function codeIn(text: string, language: string): string {
    return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(text)?.[1] ?? "";
}

/** The script that checks all stacks. */
export const LOOP = codeIn(between("loop"), "sh");

const commands = [...PAGE.replace(LOOP, "").matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = ""]) => block.trim().split("\n"))
    .map((line) => /^(?<command>.*?)(?: {2}# (?<needs>account|program))?$/.exec(line)?.groups ?? {});

/** The commands of the page that run without what only a reader has. */
export const RUN = commands.filter(({ needs }) => needs === undefined).map(({ command = "" }) => command);

/** Those that need an account in Pulumi Cloud, or a program. */
export const HELP_ONLY = commands.filter(({ needs }) => needs !== undefined).map(({ command = "" }) => command);
