/**
 * The policy config file, read as the engine reads it, with its words for what is wrong
 * (pkg/resource/analyzer/config.go). Beyond that, names of policies that do not exist are rejected; the engine only
 * warns of them.
 */

import { nearest, readConfig } from "../../pack/config";
import type { EnabledPolicy } from "../../pack/enabled";
import type { Exemption } from "../../pack/exemptions";
import { DEFAULT_LEVEL, defaultLevel, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { quote } from "../../stack/text";
import { BadInput } from "../errors";
import { parseJson, repeatedKey } from "./json";
import { type PolicyException, readExceptions, unknownKey } from "./policy-exceptions";
import { isObject, type Properties } from "./properties";
import { EVERYTHING, isEverything, isSelected, type Selection } from "./selection";

const ENFORCEMENT_LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
type EnforcementLevel = (typeof ENFORCEMENT_LEVELS)[number];

/** The settings of a policy in a config file. */
export interface Setting {
    readonly level: EnforcementLevel | undefined;
    readonly config: Properties;
}

/** By the name of the policy, or "all". */
export type Settings = ReadonlyMap<string, Setting>;

/** A config file, as far as it concerns the policies of a pack. */
export interface PolicyConfig {
    /** See `enabledPolicies`. */
    readonly settings: Settings;
    readonly enabled: readonly EnabledPolicy[];
    readonly exceptions: readonly PolicyException[];
    /** Those of each policy, of disabled ones too, that has some. */
    readonly exemptions: readonly { readonly policy: string; readonly exemption: Exemption }[];
    /** What is wrong with exceptions, or may have been meant as some, a line each. */
    readonly errors: readonly string[];
}

/**
 * The policies that a config leaves enabled, each with what the file has for it. One that is asked for is evaluated,
 * unless the config itself disables it.
 *
 * @param text the content of the config file; without one every policy has its defaults
 * @throws BadInput for all that is wrong with it, in one line, exceptions aside
 */
export async function policyConfig(
    text = "",
    selection: Selection = EVERYTHING,
    pack: readonly Policy[] = policies,
): Promise<PolicyConfig> {
    const { settings, exceptions, errors } = parseConfig(text, pack);
    const all = settings.get("all");
    if (Object.keys(all?.config ?? {}).length > 0) {
        throw new BadInput('gives "all" a config; "all" takes an enforcement level only');
    }
    await assertValid(settings, pack);
    const exemptions = [...settings].flatMap(([policy, { config }]) =>
        ((config.exemptions ?? []) as readonly Exemption[]).map((exemption) => ({ policy, exemption })),
    );
    return { settings, enabled: enabledPolicies(settings, selection, pack), exceptions, exemptions, errors };
}

/** The policies that settings leave enabled, of those that are selected, with the configs that the file has for them. */
export function enabledPolicies(
    settings: Settings,
    selection: Selection = EVERYTHING,
    pack: readonly Policy[] = policies,
): EnabledPolicy[] {
    const all = settings.get("all");
    return pack.flatMap((policy): EnabledPolicy[] => {
        const own = settings.get(policy.name);
        const otherwise = isEverything(selection) ? defaultLevel(policy) : DEFAULT_LEVEL;
        const level = own?.level ?? all?.level ?? otherwise;
        if (level === "disabled" || !isSelected(policy, selection)) {
            return [];
        }
        const remediates = level === "remediate";
        return [{ policy, level: remediates ? "mandatory" : level, remediates, config: own?.config ?? {} }];
    });
}

/** @throws BadInput for all that is wrong, in one line, exceptions included */
export async function validPolicyConfig(...args: Parameters<typeof policyConfig>): Promise<PolicyConfig> {
    const config = await policyConfig(...args);
    if (config.errors.length > 0) {
        throw new BadInput(config.errors.join("; "));
    }
    return config;
}

/**
 * Policies with the configs that they are evaluated with.
 *
 * @throws Error as `readConfig` does
 */
export function configured(enabled: readonly EnabledPolicy[]): EnabledPolicy[] {
    return enabled.map((one) => ({ ...one, config: readConfig(one.policy, one.config) }));
}

/** Types, enums and ranges; unknown keys and contradictions are left to `readConfig`. */
async function assertValid(settings: Settings, pack: readonly Policy[]): Promise<void> {
    const inFile = pack.filter(({ name }) => settings.has(name));
    if (inFile.length === 0) {
        return;
    }
    // Loaded when it is needed: most runs have no config, and a JSON Schema validator takes a while to load.
    const { violations } = await import("./config-violations");
    const wrong = inFile.flatMap(({ name, config }) =>
        violations(config, settings.get(name)?.config ?? {}).map((violation) => `${name}: ${violation}`),
    );
    if (wrong.length > 0) {
        throw new BadInput(`is not a valid policy config: ${wrong.join("; ")}`);
    }
}

/**
 * @param who what names them, as a sentence begins
 * @throws BadInput if there is no policy of one of the names, with the name that may have been meant
 */
export function assertPolicies(names: readonly string[], who: string, pack: readonly Policy[] = policies): void {
    const known = pack.map((policy) => policy.name);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
        const near = nearest(unknown, known);
        const advice = near === undefined ? `The policies are ${known.join(", ")}.` : `Did you mean ${quote(near)}?`;
        throw new BadInput(`${who} names ${quote(unknown)}, which is not a policy. ${advice}`);
    }
}

interface Parsed extends Pick<PolicyConfig, "exceptions" | "errors"> {
    readonly settings: Settings;
}

function parseConfig(text: string, pack: readonly Policy[]): Parsed {
    if (text.trim() === "") {
        return { settings: new Map(), exceptions: [], errors: [] };
    }
    const document = parseJson(text);
    if (!isObject(document)) {
        throw new BadInput("is not a JSON object of policy names");
    }
    // The engine takes the last of them for most, and merges others; whoever wrote them meant both.
    const twice = repeatedKey(text);
    if (twice !== undefined) {
        throw new BadInput(`has the key ${quote(twice.key)} twice in an object, again at line ${twice.line}`);
    }
    // The engine, too, takes a version that is not a number for the name of a policy.
    return typeof document.version === "number"
        ? parseVersion2(document, document.version, pack)
        : parseVersion1(document, pack);
}

function parseVersion1({ environments = [], ...given }: Properties, pack: readonly Policy[]): Parsed {
    assertEnvironments(environments);
    // The engine takes them for a policy that it does not have, and excepts nothing.
    const misplaced = ["exceptions", "policies"].find((key) => isObject(given[key]));
    if (misplaced !== undefined) {
        throw new BadInput(`has the key ${quote(misplaced)}, which is one of version 2. Add "version": 2 to the file`);
    }
    return { settings: settingsOf(given, pack), exceptions: [], errors: [] };
}

const VERSION_2_KEYS = ["version", "policies", "environments", "exceptions"];

function parseVersion2(document: Properties, version: number, pack: readonly Policy[]): Parsed {
    if (version !== 2) {
        throw new BadInput(
            version > 2
                ? `policy pack config version ${version} isn't supported; try upgrading the Pulumi CLI`
                : '"version" must be 2',
        );
    }
    const { exceptions: all } = document;
    const given = document.policies ?? {};
    assertEnvironments(document.environments ?? []);
    if (!isObject(given)) {
        throw new BadInput('"policies" must be an object of policy names');
    }
    const { exceptions, errors } = readExceptions(all);
    const known = pack.map(({ name }) => name);
    return {
        settings: settingsOf(given, pack),
        exceptions,
        errors: [
            ...[unknownKey(document, VERSION_2_KEYS)].filter((one) => one !== undefined),
            ...errors,
            ...exceptions.flatMap((exception) => namesUnknown(exception, known)),
        ],
    };
}

/** Of a policy that is not in the pack, the engine only warns. */
function namesUnknown({ id, match }: PolicyException, known: readonly string[]): string[] {
    const unknown = new Set(match.flatMap(({ policies: named }) => named.filter((name) => !known.includes(name))));
    return [...unknown].map((name) => {
        const near = nearest(name, known);
        const advice = near === undefined ? "" : `. Did you mean ${quote(near)}?`;
        return `policy exception ${quote(id)} names policy ${quote(name)}, which isn't in the pack${advice}`;
    });
}

/** Pulumi ESC environments, for packs that read environment variables; none of these policies does. */
function assertEnvironments(environments: unknown): void {
    if (!Array.isArray(environments)) {
        throw new BadInput(`"environments" must be an array of strings, got ${goType(environments)}`);
    }
    const index = environments.findIndex((one) => typeof one !== "string");
    if (index !== -1) {
        throw new BadInput(`"environments[${index}]" must be a string, got ${goType(environments[index])}`);
    }
}

function settingsOf(given: Properties, pack: readonly Policy[]): Settings {
    // First, so that errors have values only from what is a policy config, and not from any file with passwords.
    assertPolicies(
        Object.keys(given).filter((name) => name !== "all"),
        "it",
        pack,
    );
    return new Map(Object.entries(given).map(([name, value]) => [name, parseSetting(name, value)]));
}

function parseSetting(name: string, value: unknown): Setting {
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
    const level = ENFORCEMENT_LEVELS.find((one) => one === value);
    if (level === undefined) {
        const wrong =
            typeof value === "string"
                ? `${quote(value)} is not a valid enforcement level`
                : `${goText(value)} is not a valid enforcement level; must be a string`;
        throw new BadInput(`parsing enforcement level for ${quote(name)}: ${wrong}`);
    }
    return level;
}

/** As Go names the type of a value from JSON. */
function goType(value: unknown): string {
    if (typeof value === "object") {
        return value === null ? "<nil>" : Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
    }
    return { number: "float64", boolean: "bool" }[typeof value as string] ?? typeof value;
}

/** As Go prints a value. */
function goText(value: unknown): string {
    return value === null ? "<nil>" : typeof value === "object" ? JSON.stringify(value) : String(value);
}
