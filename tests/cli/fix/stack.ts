/** Stacks of table rows as exported states, and what the script of `fix` does for them. */

import { type Declared, declare, wire } from "../../support/wire/declare";
import { inFile } from "../../support/wire/evaluator";

/** As `pulumi stack export --show-secrets` prints it. */
export function exported(declared: readonly Declared[]): object {
    const resources = wire(declared, "deployed");
    const providers = new Map(
        resources.flatMap(({ provider }) => (provider === undefined ? [] : [[provider.urn, provider]])),
    );
    return {
        version: 3,
        deployment: {
            manifest: {},
            resources: [
                ...[...providers.values()].map(({ urn, type, props }) => ({
                    urn,
                    type,
                    inputs: props,
                    outputs: props,
                })),
                ...resources
                    .filter(({ urn }) => !providers.has(urn))
                    .map(({ props, provider, ...resource }) => ({
                        ...resource,
                        inputs: inFile(props),
                        outputs: inFile(props),
                        ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
                    })),
            ],
        },
    };
}

/** A resource of AWS whose ARN says which account its provider is for. */
export function inAccount(account: string, options: Pick<Declared, "provider"> = {}): Declared {
    return declare(
        "aws:cloudwatch/logStream:LogStream",
        account,
        { arn: `arn:aws:logs:eu-west-1:${account}:log-group:x` },
        options,
    );
}

const FUNCTION = /^[a-z_]+\(\) \{$[\s\S]*?^\}$/gm;

/** The commands of a script, in order, without the options that all have; long ones are on one line. */
export function commandsIn(script: string): string[] {
    const [, body = ""] = script.split("EXIT\n");
    return body
        .replace(FUNCTION, "")
        .replaceAll("\\\n", " ")
        .split("\n")
        .map((line) => line.trim().replace(/ +/g, " "))
        .filter((line) => /^(run|ensure_|set_|require_|create_|if in_)/.test(line));
}

/** The notes at the end of a script, by title; of each finding only what is not about the program. */
export function notesIn(script: string, title: string): string[] {
    const [, after = ""] = script.split(`\n# ${title}\n`);
    const [block = ""] = after.split("\n\n");
    return block
        .split("\n")
        .map((line) => line.replace(/^# ?/, "").trim())
        .filter((line) => line !== "");
}
