/**
 * `npm run docs`: writes what the docs say of the policies from the policies' own metadata. With `--check` it writes
 * nothing and fails where a file is not what it would write.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Policies, PolicyConfigSchema } from "@pulumi/policy";
import { policies } from "../policies";
import { fail } from "./failure";

type Policy = Policies[number];
type KeySchema = PolicyConfigSchema["properties"][string];

const ROOT = join(__dirname, "..");
const HELP = `Usage: npm run docs [-- --check]

Writes the header and the config table of docs/policies/*.md, the policy table of README.md, and
docs/config.schema.json from the metadata of the policies.

Options:
      --check  write nothing; exit 1 and name the files that are not up to date
  -h, --help   show this text`;

/** Every generated file with what it must contain. */
export function docs(): Map<string, string> {
    const pages = policies.map((policy): [string, string] => {
        const file = `docs/policies/${policy.name}.md`;
        return [file, replaced(replaced(textOf(file), "header", header(policy)), "config", configTable(policy))];
    });
    return new Map([
        ...pages,
        ["README.md", replaced(textOf("README.md"), "policies", policyTable())],
        ["docs/config.schema.json", `${JSON.stringify(configSchema(), null, 2)}\n`],
    ]);
}

function textOf(file: string): string {
    return readFileSync(join(ROOT, file), "utf8");
}

/** Puts `content` between `<!-- name -->` and `<!-- /name -->`, where the text has the two. */
function replaced(text: string, name: string, content: string): string {
    const marked = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, "s");
    return text.replace(marked, (_, start, end) => `${start}${content}\n${end}`);
}

function header(policy: Policy): string {
    const kind = "validateStack" in policy ? "stack" : "resource";
    const remediates = "remediateResource" in policy ? "; can remediate" : "";
    const { framework } = policy;
    const control =
        framework === undefined
            ? []
            : [`| control | ${framework.name} ${framework.reference}: ${framework.specification} |`];
    return [
        `# ${policy.name}`,
        "",
        policy.description,
        "",
        "| | |",
        "| --- | --- |",
        `| kind | ${kind} policy${remediates} |`,
        `| severity | ${policy.severity} |`,
        ...control,
        `| tags | ${policy.tags?.join(", ")} |`,
        `| fix | ${policy.remediationSteps} |`,
        `| read on | <${policy.url}> |`,
    ].join("\n");
}

function configTable(policy: Policy): string {
    const rows = Object.entries(policy.configSchema?.properties ?? {}).map(
        ([key, schema]) => `| \`${key}\` | ${valuesOf(schema)} | ${defaultOf(schema)} | ${schema.description} |`,
    );
    return ["| key | values | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function valuesOf({ type, items, enum: values, minimum, maximum }: KeySchema): string {
    if (values !== undefined) {
        return values.map((value) => `\`${value}\``).join(", ");
    }
    if (typeof items === "object" && !Array.isArray(items)) {
        return `list of ${valuesOf(items)}`;
    }
    const range = minimum === undefined ? "" : ` from ${minimum} to ${maximum}`;
    return `${type}${range}`;
}

function defaultOf(schema: KeySchema): string {
    return schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
}

function policyTable(): string {
    const rows = policies.map(
        ({ name, displayName, framework }) =>
            `| [\`${name}\`](docs/policies/${name}.md) | ${displayName} | ${framework?.reference ?? ""} |`,
    );
    return ["| policy | what must hold | control |", "| --- | --- | --- |", ...rows].join("\n");
}

const LEVELS = { type: "string", enum: ["advisory", "mandatory", "remediate", "disabled"] };

/**
 * For editors, which complete and check config files by it. They must be told from outside (.vscode/settings.json does):
 * the engine takes a `$schema` key inside a config file for a policy with a bad level.
 */
function configSchema(): object {
    const policyConfigs = policies.map(({ name, displayName, configSchema: own }) => [
        name,
        {
            description: displayName,
            anyOf: [
                LEVELS,
                {
                    type: "object",
                    properties: { enforcementLevel: LEVELS, ...own?.properties },
                    additionalProperties: false,
                },
            ],
        },
    ]);
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Policy config of apigateway-guard",
        description: "What `pulumi preview --policy-pack-config` takes.",
        type: "object",
        properties: {
            all: { description: "The level of every policy, also of those that are disabled by default.", ...LEVELS },
            ...Object.fromEntries(policyConfigs),
        },
        additionalProperties: false,
    };
}

function main(): void {
    const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
    if (values.help) {
        console.log(HELP);
        return;
    }
    const stale = [...docs()].filter(([file, content]) => !existsSync(join(ROOT, file)) || textOf(file) !== content);
    if (values.check) {
        for (const [file] of stale) {
            console.error(`${file} is not up to date. Run npm run docs.`);
        }
        process.exitCode = stale.length > 0 ? 1 : 0;
        return;
    }
    for (const [file, content] of stale) {
        writeFileSync(join(ROOT, file), content);
        console.log(file);
    }
}

if (require.main === module) {
    try {
        main();
    } catch (error) {
        fail(error);
    }
}
