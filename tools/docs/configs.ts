/** The ready config files, and the JSON Schema of config files. */

import type { Policy } from "../../pack/policy";

/**
 * What each ready config sets for a policy; `undefined` leaves it at its default level. They never use "all", which would
 * also enable policies that are disabled by default.
 */
const CONFIGS: Readonly<Record<string, (policy: Policy) => string | object | undefined>> = {
    advisory: byDefault(() => "advisory"),
    mandatory: byDefault(({ isCore }) => (isCore ? "mandatory" : "advisory")),
    remediate: byDefault((policy) => (policy.kind === "resource" && policy.remediates ? "remediate" : "advisory")),
    "security-hub": ({ mirrors, supports, securityHub }) => {
        const level = mirrors.length + supports.length > 0 ? "advisory" : "disabled";
        return securityHub === undefined ? level : { enforcementLevel: level, ...securityHub };
    },
};

function byDefault(levelOf: (policy: Policy) => string): (policy: Policy) => string | undefined {
    return (policy) => (policy.isOptional ? undefined : levelOf(policy));
}

export function configFiles(policies: readonly Policy[]): [file: string, content: string][] {
    return Object.entries(CONFIGS).map(([name, settingOf]) => {
        const settings = Object.fromEntries(policies.map((policy) => [policy.name, settingOf(policy)]));
        return [`config/${name}.json`, json(settings)];
    });
}

const LEVEL = { type: "string", enum: ["advisory", "mandatory", "remediate", "disabled"] };

/**
 * For editors, which complete and check config files by it. Editors must be configured to use it (.vscode/settings.json
 * does so): the engine takes a `$schema` key inside a config file for a policy with an invalid level.
 */
export function configSchema(policies: readonly Policy[]): string {
    const policyConfigs = policies.map(({ name, displayName, config }) => [
        name,
        {
            description: displayName,
            anyOf: [
                LEVEL,
                {
                    type: "object",
                    properties: { enforcementLevel: LEVEL, ...config },
                    additionalProperties: false,
                },
            ],
        },
    ]);
    return json({
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Policy config of apigateway-guard",
        description: "What `pulumi preview --policy-pack-config` takes.",
        type: "object",
        properties: {
            all: { description: "The level of every policy, also of those that are disabled by default.", ...LEVEL },
            ...Object.fromEntries(policyConfigs),
        },
        additionalProperties: false,
    });
}

function json(value: object): string {
    return `${JSON.stringify(value, null, 2)}\n`;
}
