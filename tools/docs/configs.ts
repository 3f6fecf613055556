/** The ready config files, and the JSON Schema of config files. */

import { EXEMPTION_KEYS } from "../../pack/exemptions";
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

/** The files in config/, each with a setting for every policy. */
export function configFiles(policies: readonly Policy[]): [file: string, content: string][] {
    return Object.entries(CONFIGS).map(([name, settingOf]) => {
        const settings = Object.fromEntries(policies.map((policy) => [policy.name, settingOf(policy)]));
        return [`config/${name}.json`, json(settings)];
    });
}

const LEVEL = { type: "string", enum: ["advisory", "mandatory", "remediate", "disabled"] };
const ref = (to: string) => ({ $ref: `#/definitions/${to}` });
const texts = (description: string) => ({ type: "array", items: { type: "string" }, minItems: 1, description });

/**
 * For editors, which complete and check config files by it. Editors must be configured to use it (.vscode/settings.json
 * does so): the engine takes a `$schema` key inside a config file for a policy with an invalid level.
 */
export function configSchema(policies: readonly Policy[]): string {
    const { exemptions, exemptionTag } = EXEMPTION_KEYS;
    const policyConfigs = policies.map(({ name, displayName, config }) => [
        name,
        {
            description: displayName,
            anyOf: [
                LEVEL,
                {
                    type: "object",
                    properties: {
                        enforcementLevel: LEVEL,
                        ...config,
                        exemptions: ref("exemptions"),
                        exemptionTag: ref("exemptionTag"),
                    },
                    additionalProperties: false,
                },
            ],
        },
    ]);
    const properties = {
        all: { description: "The level of every policy, also of those that are disabled by default.", ...LEVEL },
        ...Object.fromEntries(policyConfigs),
    };
    const environments = {
        type: "array",
        items: { type: "string" },
        description: "Pulumi ESC environments; these policies read none.",
    };
    const inPolicies = Object.keys(properties).map((name) => [name, ref(`policies/properties/${name}`)]);
    return json({
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Policy config of apigateway-guard",
        description: "What `pulumi preview --policy-pack-config` takes: of version 2, or without a version.",
        type: "object",
        if: { required: ["version"] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
            properties: {
                version: { const: 2 },
                policies: ref("policies"),
                environments,
                exceptions: {
                    description: "Pulumi's policy exceptions, by id: see docs/exceptions.md.",
                    type: "object",
                    propertyNames: { pattern: "^[A-Za-z0-9_.-]+$" },
                    additionalProperties: ref("exception"),
                },
            },
            additionalProperties: false,
        },
        else: { properties: { environments, ...Object.fromEntries(inPolicies) }, additionalProperties: false },
        definitions: {
            policies: { type: "object", properties, additionalProperties: false },
            exemptions,
            exemptionTag,
            exception: EXCEPTION,
        },
    });
}

const EXCEPTION = {
    type: "object",
    properties: {
        reason: { type: "string", minLength: 1, description: "Why." },
        until: {
            type: "string",
            pattern: "^\\d{4}-\\d\\d-\\d\\d$",
            description: "The last day, in UTC, as `2027-03-31`. apigateway-guard reads it; the engine does not.",
        },
        match: {
            type: "array",
            minItems: 1,
            items: {
                type: "object",
                properties: { policies: texts("Names of policies."), targets: texts("URNs, without patterns.") },
                required: ["policies", "targets"],
                additionalProperties: false,
            },
        },
    },
    required: ["reason", "match"],
    additionalProperties: false,
};

function json(value: object): string {
    return `${JSON.stringify(value, null, 2)}\n`;
}
