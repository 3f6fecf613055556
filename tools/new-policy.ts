/** `npm run new:policy`: the three files of a new policy from templates, and what is generated from them. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeDocs } from "./docs";
import { badUsage, fail } from "./failure";

const TEMPLATES = join(__dirname, "templates");
const HELP = `Usage: npm run new:policy NAME
       npm run new:policy -- NAME --stack

Starts a policy: its file, its test and its docs page, with an example rule that works and passes lint, types and tests.
Everything that you must replace says TODO. It then runs "npm run docs", which adds the policy to policies/index.ts,
config/ and the docs.

NAME is kebab-case: the service first, then the resource, then what is checked, as in apigateway-stage-web-acl. It is
part of the pack's API, so it is never renamed once it is released.

Options:
      --stack  a policy that sees a whole stack, for what one resource alone does not show. Without it, a policy that sees
               one resource at a time: it stops a resource before it exists, and runs in audits, too
  -h, --help   show this text`;

/** Answers the paths, from the root of the checkout, of the files that it wrote. */
function createPolicy(name: string, kind: "resource" | "stack", root: string): string[] {
    const files = [
        [`policies/${name}.ts`, `${kind}/policy.ts.txt`],
        [`tests/policies/${name}.test.ts`, `${kind}/test.ts.txt`],
        [`docs/policies/${name}.md`, "page.md"],
    ] as const;
    const [taken] = files.filter(([file]) => existsSync(join(root, file)));
    if (taken !== undefined) {
        throw new Error(`${taken[0]} already exists. Nothing was written.`);
    }
    for (const [file, template] of files) {
        writeFileSync(
            join(root, file),
            readFileSync(join(TEMPLATES, template), "utf8").replaceAll("POLICY-NAME", name),
        );
    }
    return [...files.map(([file]) => file), ...writeDocs(root)];
}

/** Writes the files of a policy into a checkout, `root`. Throws for bad usage and for a name that is taken. */
export function main(args: readonly string[], root: string = join(__dirname, "..")): void {
    const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { stack: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help) {
        console.log(HELP);
        return;
    }
    const [name = "", ...others] = positionals;
    if (others.length > 0 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) {
        throw badUsage(
            `Name one policy in kebab-case, as in apigateway-stage-web-acl${name && `, not ${positionals.join(" ")}`}.`,
        );
    }
    // Without a -- before it, npm takes --stack for an option of its own and passes it on in the environment.
    const kind = values.stack || process.env.npm_config_stack === "true" ? "stack" : "resource";
    const files = createPolicy(name, kind, root);
    console.log(`${files.join("\n")}\n\nNext, replace everything that says TODO. CONTRIBUTING.md has the rest.`);
}

if (require.main === module) {
    try {
        main(process.argv.slice(2));
    } catch (error) {
        fail(error);
    }
}
