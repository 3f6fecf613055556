/**
 * The policy config file, read as the engine reads it, with its words for what is wrong
 * (pkg/resource/analyzer/config.go). Beyond that, names of policies that there are none of are rejected; the engine passes
 * over them.
 */

import { quote } from "../apigateway/messages";
import { ENFORCEMENT_LEVEL, policies } from "../policies";
import { nearest } from "../policies/common/config";
import { BadInput, parse } from "./input";
import type { Enabled } from "./judge";
import { isObject, type Properties } from "./properties";

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
type EnforcementLevel = (typeof LEVELS)[number];

interface Given {
    readonly level: EnforcementLevel | undefined;
    readonly config: Properties;
}

/**
 * The policies that a config leaves enabled, in reading order.
 *
 * @param text the content of the config file; without one every policy has its defaults
 * @throws BadInput for all that is wrong with it, in one line
 */
export function enabledPolicies(text = ""): Enabled[] {
    const given = parseConfig(text);
    const unknown = Object.keys(given).find(
        (name) => name !== "all" && !policies.some((policy) => policy.name === name),
    );
    if (unknown !== undefined) {
        throw new BadInput(noSuchPolicy(unknown));
    }
    if (Object.keys(given.all?.config ?? {}).length > 0) {
        throw new BadInput('gives "all" a config; "all" takes an enforcement level only');
    }
    assertValid(given);
    return policies.flatMap((policy) => {
        const own = given[policy.name];
        const level = own?.level ?? given.all?.level ?? policy.enforcementLevel ?? ENFORCEMENT_LEVEL;
        if (level === "disabled") {
            return [];
        }
        const remediates = level === "remediate";
        return [{ policy, level: remediates ? "mandatory" : level, remediates, config: own?.config ?? {} }];
    });
}

/** Types, enums and ranges; the policies themselves see to unknown keys and contradictions. */
function assertValid(given: Readonly<Record<string, Given>>): void {
    const configured = policies.filter(({ name }) => given[name] !== undefined);
    if (configured.length === 0) {
        return;
    }
    // Loaded when it is needed: most runs have no config, and a JSON Schema validator takes a while to load.
    const { violations } = require("./config-schema") as typeof import("./config-schema");
    const wrong = configured.flatMap(({ name, configSchema = { properties: {} } }) =>
        violations(configSchema, given[name]?.config ?? {}).map((violation) => `${name}: ${violation}`),
    );
    if (wrong.length > 0) {
        throw new BadInput(`is no valid policy config: ${wrong.join("; ")}`);
    }
}

/** `there is no policy "x"`, with the name that was perhaps meant. */
export function noSuchPolicy(name: string): string {
    const names = policies.map((policy) => policy.name);
    const near = nearest(name, names);
    const advice = near === undefined ? `The policies are ${names.join(", ")}.` : `Did you mean ${quote(near)}?`;
    return `names ${quote(name)}, but there is no such policy. ${advice}`;
}

function parseConfig(text: string): Readonly<Record<string, Given>> {
    if (text.trim() === "") {
        return {};
    }
    const document = parse(text);
    if (!isObject(document)) {
        throw new BadInput("is not a JSON object of policy names");
    }
    // Pulumi ESC environments, for packs that read environment variables; none of these policies does.
    const { environments = [], ...given } = document;
    if (!Array.isArray(environments)) {
        throw new BadInput(`"environments" must be an array of strings, got ${typeof environments}`);
    }
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, parseOne(name, value)]));
}

function parseOne(name: string, value: unknown): Given {
    if (typeof value === "string") {
        return { level: levelOf(name, value), config: {} };
    }
    if (!isObject(value)) {
        throw new BadInput(`parsing ${quote(name)}: ${goText(value)} is not a valid value; must be a string or object`);
    }
    const { enforcementLevel, ...config } = value;
    return { level: enforcementLevel === undefined ? undefined : levelOf(name, enforcementLevel), config };
}

function levelOf(name: string, value: unknown): EnforcementLevel {
    const level = LEVELS.find((one) => one === value);
    if (level === undefined) {
        const wrong =
            typeof value === "string"
                ? `${quote(value)} is not a valid enforcement level`
                : `${goText(value)} is not a valid enforcement level; must be a string`;
        throw new BadInput(`parsing enforcement level for ${quote(name)}: ${wrong}`);
    }
    return level;
}

/** As Go prints a value. */
function goText(value: unknown): string {
    return value === null ? "<nil>" : typeof value === "object" ? JSON.stringify(value) : String(value);
}
