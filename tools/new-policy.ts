/** `npm run new:policy`: the files of a new policy, and its places in the lists of policies. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

type Kind = "resource" | "stack";

const ROOT = join(__dirname, "..");
const INDEX = "policies/index.ts";
const HELP = `Usage: npm run new:policy NAME
       npm run new:policy -- NAME --stack

Starts a policy: its file, its table of test rows, its docs page, and its places in policies/index.ts and in every
config/*.json (at level advisory). What it writes holds an example rule that works and passes lint, types and its tests
once npm run docs has filled in what is generated. Everything that is yours to replace says TODO.

NAME is kebab-case, the service first, then the resource, then what is judged: apigateway-stage-web-acl. It is part of
the pack's API, so it is not renamed once it is released.

Options:
      --stack  a policy that sees a whole stack, for what no resource shows by itself. Without it, one that sees one
               resource at a time: it stops a resource before it exists, and runs in audits, too
  -h, --help   show this text`;

/** Answers the files that it wrote, by path from `root`. Throws before it writes any. */
export function scaffold(name: string, kind: Kind, root: string = ROOT): { created: string[]; changed: string[] } {
    assertName(name);
    const textOf = (file: string) => readFileSync(join(root, file), "utf8");
    const created: readonly (readonly [file: string, text: string])[] = [
        [`policies/${name}.ts`, kind === "stack" ? stackPolicy(name) : resourcePolicy(name)],
        [`tests/policies/${name}.test.ts`, kind === "stack" ? stackTest(name) : resourceTest(name)],
        [`docs/policies/${name}.md`, page()],
    ];
    const configs = readdirSync(join(root, "config")).map((file) => `config/${file}`);

    const taken = [
        ...created.map(([file]) => file).filter((file) => existsSync(join(root, file))),
        ...(textOf(INDEX).includes(`{ ${constantOf(name)} }`) ? [INDEX] : []),
        ...configs.filter((file) => name in JSON.parse(textOf(file))),
    ];
    if (taken.length > 0) {
        throw new Error(`There is a policy ${name} already, in ${taken.join(", ")}. Nothing was written.`);
    }

    const changed = [
        [INDEX, withPolicy(textOf(INDEX), name)] as const,
        ...configs.map((file) => [file, withLevel(file, textOf(file), name)] as const),
    ];
    for (const [file, text] of created) {
        writeFileSync(join(root, file), text, { flag: "wx" });
    }
    for (const [file, text] of changed) {
        writeFileSync(join(root, file), text);
    }
    return { created: created.map(([file]) => file), changed: changed.map(([file]) => file) };
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

function assertName(name: string): void {
    if (!NAME.test(name)) {
        const kebab = kebabCase(name);
        const advice = NAME.test(kebab) ? `Did you mean ${kebab}?` : "An example: apigateway-stage-web-acl.";
        const rule = "kebab-case, of two words or more, of which the first begins with a letter";
        throw new Error(`${JSON.stringify(name)} is no name for a policy, which is ${rule}. ${advice}`);
    }
}

function kebabCase(text: string): string {
    return text
        .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
        .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}

function constantOf(name: string): string {
    return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Its import where Biome would sort it, which takes 10 for more than 9; its line at the end of the list. */
function withPolicy(index: string, name: string): string {
    const lines = index.split("\n");
    const imports = lines.flatMap((line, at) => {
        const [, from] = /^import \{ \w+ \} from "\.\/(.+)";$/.exec(line) ?? [];
        return from === undefined ? [] : [{ from, at }];
    });
    const last = imports.at(-1);
    const end = lines.lastIndexOf("];");
    if (last === undefined || end === -1) {
        throw notAsExpected(INDEX, 'a line for each import from "./…", and a list that ends with a line "];"');
    }
    const next = imports.find(({ from }) => name.localeCompare(from, "en", { numeric: true }) < 0);
    const at = next?.at ?? last.at + 1;
    const constant = constantOf(name);
    return [
        ...lines.slice(0, at),
        `import { ${constant} } from "./${name}";`,
        ...lines.slice(at, end),
        `    ${constant},`,
        ...lines.slice(end),
    ].join("\n");
}

/** As text, so that whatever else the file has stays as it is. */
function withLevel(file: string, config: string, name: string): string {
    const end = /(?<=\S)\n\}\s*$/.exec(config);
    if (end === null) {
        throw notAsExpected(file, "an object with a line for each policy");
    }
    return `${config.slice(0, end.index)},\n  "${name}": "advisory"\n}\n`;
}

function notAsExpected(file: string, expected: string): Error {
    return new Error(`${file} should have ${expected}. Nothing was written.`);
}

function resourcePolicy(name: string): string {
    return `import type { ResourceValidationPolicy } from "@pulumi/policy";
import { finding, quote } from "../apigateway/messages";
import { STAGE } from "../apigateway/resource";
import { text } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { onTypes } from "./common/scope";

const NAME = "${name}";
const SCHEMA = { properties: {} };

/** TODO: why the policy is: the fact about AWS. */
export const ${constantOf(name)}: ResourceValidationPolicy = {
${metadata()}
    validateResource: onTypes([STAGE], strictConfig(NAME, SCHEMA), (stage, _config, report) => {
        // TODO: your rule. This example finds stages that are named "TODO".
        if (text(stage, "stageName") === "TODO") {
            const fact = \`Stage \${quote(stage.name)} has a name that is still to do.\`;
            report(finding(fact, "Name the stage.", 'stageName: "prod"'));
        }
    }),
};
`;
}

function stackPolicy(name: string): string {
    return `import type { StackValidationPolicy } from "@pulumi/policy";
import { describeStage, finding } from "../apigateway/messages";
import { DEPLOYMENT, STAGE } from "../apigateway/resource";
import { restStages } from "../apigateway/rest-stage";
import { UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { onStack } from "./common/scope";

const NAME = "${name}";
const SCHEMA = { properties: {} };

/** TODO: why the policy is: the fact about AWS; and why one resource by itself does not show it. */
export const ${constantOf(name)}: StackValidationPolicy = {
${metadata()}
    validateStack: onStack(NAME, [STAGE, DEPLOYMENT], strictConfig(NAME, SCHEMA), (stack, _config, verdicts) => {
        // TODO: your rule. This example finds stages that are named "TODO".
        for (const stage of restStages(stack)) {
            if (stage.name === "TODO") {
                const fact = \`\${describeStage(stage)} has a name that is still to do.\`;
                verdicts.finding(finding(fact, "Name the stage.", 'stageName: "prod"'), stage.resource);
            } else if (stage.name === UNKNOWN) {
                verdicts.undecided(\`\${describeStage(stage)}: its name is not known yet\`);
            }
        }
    }),
};
`;
}

function metadata(): string {
    return `    name: NAME,
    displayName: "TODO: what must hold, in a few words",
    description: "TODO: what must hold, as a sentence, which is the heading of every finding.",
    // TODO: Security Hub's severity; and if the policy mirrors a whole control, its framework: securityHub(…).
    severity: "medium",
    tags: ["TODO"],
    remediationSteps: "TODO: what to change, as a sentence.",
    // TODO: the page of AWS that says so.
    url: "https://docs.aws.amazon.com/TODO",
    configSchema: SCHEMA,`;
}

function resourceTest(name: string): string {
    return `import { ${constantOf(name)} as policy } from "../../policies/${name}";
import { stage, UNKNOWN_VALUE } from "../wire/declare";
import { configTable, resourceTable, withPack } from "../wire/table";

// TODO: rows for your rule, one for each of its ifs that fails without it.
const named = (stageName: unknown) => stage("orders", { restApi: "a1b2c3d4e5", stageName });

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a name is fine", given: named("prod") },
        { when: "no name is fine", given: named(undefined) },
        {
            when: "a name that is still to do is found",
            given: named("TODO"),
            finds: 'Stage "orders" has a name that is still to do.\\nName the stage.\\nstageName: "prod"',
        },
        { when: "a name not known yet is not judged", given: named(UNKNOWN_VALUE) },
        { when: "a list is no name", given: named(["TODO"]) },
        { when: "a stage that is only read is not judged", given: stage("orders", {}) },
    ]);

    configTable(policy, pack, [
${CONFIG_ROW}
    ]);
});
`;
}

function stackTest(name: string): string {
    return `import { ${constantOf(name)} as policy } from "../../policies/${name}";
import { declare, deployment, from, idOf, restApi, stage } from "../wire/declare";
import { configTable, stackTable, withPack } from "../wire/table";

// TODO: rows for your rule, one for each of its ifs that fails without it.
const api = restApi("orders");
const network = declare("pulumi:pulumi:StackReference", "network", {});
const named = (stageName: unknown) => stage("main", { restApi: idOf("orders"), stageName });

const FINDING = \`Stage "TODO" of API "orders" has a name that is still to do.
Name the stage.
stageName: "prod"\`;

stackTable(policy, [
    { when: "a name is fine", given: [api, named("prod")] },
    { when: "a name that is still to do is found", given: [api, named("TODO")], finds: { main: FINDING } },
    {
        when: "a stage that a deployment makes is found",
        given: [api, deployment("first", { restApi: idOf("orders"), stageName: "TODO" })],
        finds: { first: FINDING },
    },
    {
        when: "a name not known yet is not decided on",
        given: [api, network, named(from("network", "TODO"))],
        at: ["first preview", "first preview, provider v6"],
        undecided: 'Stage "main" of API "orders": its name is not known yet',
    },
    {
        when: "a name that has become known is judged",
        given: [api, network, named(from("network", "TODO"))],
        at: ["deployed"],
        finds: { main: FINDING },
    },
    { when: "a list is no name", given: [api, named(["TODO"])] },
]);

describe(\`the config of \${policy.name}\`, () => {
    configTable(policy, withPack(), [
${CONFIG_ROW}
    ]);
});
`;
}

const CONFIG_ROW = `        {
            when: "with any key",
            config: { on: true },
            fails: 'there is no config key "on". This policy has no config.',
        },`;

function page(): string {
    return `<!-- header -->
<!-- /header -->

## What must hold

TODO: the rule, in full, for those who have not read its code.

## Avoid

\`\`\`ts
new aws.apigateway.Stage("orders", { restApi: "a1b2c3d4e5", deployment: "f6g7h8", stageName: "TODO" });
\`\`\`

## Prefer

\`\`\`ts
new aws.apigateway.Stage("orders", { restApi: "a1b2c3d4e5", deployment: "f6g7h8", stageName: "prod" });
\`\`\`

## Why

TODO: what happens on AWS otherwise, and whom it hurts.

## Exceptions

- TODO: what the policy leaves alone, and what it cannot see.
`;
}

const NEXT = `Next:
  1. Replace everything that says TODO.
  2. npm run docs
  3. State the policy where its API and its effects are held fast: tests/policies/index.test.ts,
     tests/wire/wrong-types.test.ts, the files in tests/engine/package.test.ts, CHANGELOG.md.
  4. npm run lint && npm run types && npm run test:fast
CONTRIBUTING.md tells the whole way.`;

/** Answers the exit code. */
export function main(args: string[], root: string = ROOT): number {
    let name: string;
    let kind: Kind;
    try {
        const { values, positionals } = parseArgs({
            args,
            allowPositionals: true,
            options: { stack: { type: "boolean" }, help: { type: "boolean", short: "h" } },
        });
        if (values.help) {
            console.log(HELP);
            return 0;
        }
        const [only, another] = positionals;
        if (only === undefined || another !== undefined) {
            throw new Error(only === undefined ? "What is the policy called?" : `Unexpected argument '${another}'.`);
        }
        name = only;
        // Without a -- before it, npm takes the option for one of its own and passes it on in this way.
        kind = values.stack || process.env.npm_config_stack === "true" ? "stack" : "resource";
    } catch (error) {
        console.error(`${(error as Error).message}\nSee npm run new:policy -- --help.`);
        return 2;
    }
    try {
        const { created, changed } = scaffold(name, kind, root);
        console.log(
            [...created.map((file) => `new      ${file}`), ...changed.map((file) => `changed  ${file}`)].join("\n"),
        );
        console.log(`\n${NEXT}`);
        return 0;
    } catch (error) {
        console.error((error as Error).message);
        return 1;
    }
}

if (require.main === module) {
    process.exitCode = main(process.argv.slice(2));
}
