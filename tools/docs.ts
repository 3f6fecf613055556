/**
 * `npm run docs`: writes what is generated from the policies' own metadata. With `--check` it writes nothing and fails
 * where a file is not what it would write.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Policy } from "../pack/policy";
import { configFiles, configSchema } from "./docs/configs";
import { controlSections, controlTable } from "./docs/controls";
import { configTable, header, policyTable } from "./docs/pages";
import { indexOf } from "./docs/policy-index";
import { fail } from "./failure";

const ROOT = join(__dirname, "..");
const HELP = `Usage: npm run docs [-- --check]

Writes what is generated from the metadata of the policies in policies/: policies/index.ts, config/*.json, the header and
the config table of docs/policies/*.md, the tables and sections of docs/controls.md, the policy table of README.md, and
docs/config.schema.json.

Options:
      --check  write nothing; exit 1 and name the files that are not up to date
  -h, --help   show this text`;

/** Every generated file of a checkout with what it must contain. */
export function docs(root: string = ROOT): ReadonlyMap<string, string> {
    const textOf = (file: string) => readFileSync(join(root, file), "utf8");
    const files = readdirSync(join(root, "policies"))
        .filter((file) => file.endsWith(".ts") && file !== "index.ts")
        .sort();
    const policies = files.map((file): Policy => require(join(root, "policies", file)).default);
    const pages = policies.map((policy): [string, string] => {
        const file = `docs/policies/${policy.name}.md`;
        return [file, replaced(replaced(textOf(file), "header", header(policy)), "config", configTable(policy))];
    });
    return new Map([
        ["policies/index.ts", indexOf(files.map((file) => file.replace(/\.ts$/, "")))],
        ...pages,
        ...configFiles(policies),
        ["docs/config.schema.json", configSchema(policies)],
        ["docs/controls.md", controlsPage(textOf("docs/controls.md"), policies)],
        ["README.md", replaced(textOf("README.md"), "policies", policyTable(policies))],
    ]);
}

function controlsPage(text: string, policies: readonly Policy[]): string {
    return replaced(replaced(text, "control-table", controlTable(policies)), "controls", controlSections(policies));
}

/** Puts `content` between `<!-- name -->` and `<!-- /name -->`, where the text has the two. */
function replaced(text: string, name: string, content: string): string {
    const marked = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, "s");
    return text.replace(marked, (_, start, end) => `${start}${content}\n${end}`);
}

/** Answers the files that were not up to date. */
export function writeDocs(root: string = ROOT, { check = false } = {}): string[] {
    const stale = [...docs(root)].filter(([file, content]) => {
        const path = join(root, file);
        return !existsSync(path) || readFileSync(path, "utf8") !== content;
    });
    if (!check) {
        for (const [file, content] of stale) {
            writeFileSync(join(root, file), content);
        }
    }
    return stale.map(([file]) => file);
}

function main(): void {
    const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
    if (values.help) {
        console.log(HELP);
        return;
    }
    const { check = false } = values;
    for (const file of writeDocs(ROOT, { check })) {
        if (check) {
            console.error(`${file} is not up to date. Run npm run docs.`);
            process.exitCode = 1;
        } else {
            console.log(file);
        }
    }
}

if (require.main === module) {
    try {
        main();
    } catch (error) {
        fail(error);
    }
}
