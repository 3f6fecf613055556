import type { ResourceValidationPolicy } from "@pulumi/policy";
import { either, LEVELS, type Level, preferred } from "../apigateway/logging-level";
import { finding, quote } from "../apigateway/messages";
import { coverage, describeKey } from "../apigateway/method-path";
import { METHOD_SETTINGS, NATIVE_STAGE } from "../apigateway/resource";
import { type Entry, inlineEntries } from "../apigateway/rest-stage";
import { isKnown, text, UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { controlPage, EXECUTION_LOGGING, NIST_LOGGING } from "./common/framework";
import { LEVELS_KEY } from "./common/levels";
import { state } from "./common/remediation";
import { type Inputs, mendTypes, onTypes } from "./common/scope";

const NAME = "apigateway-method-settings-logging-level";
const TYPES = [METHOD_SETTINGS, NATIVE_STAGE];

interface Config {
    readonly levels: readonly Level[];
    readonly setLevel?: Level;
}

const SCHEMA = {
    properties: {
        ...LEVELS_KEY,
        setLevel: {
            description:
                "The level that a remediation sets. Left out: ERROR if levels has it, else the first of levels.",
            type: "string" as const,
            enum: [...LEVELS],
        },
    },
};

const readConfig = strictConfig<Config>(NAME, SCHEMA, ({ levels, setLevel }) =>
    setLevel === undefined || levels.includes(setLevel)
        ? undefined
        : `setLevel is ${setLevel}, which levels does not allow. Set it to ${either(levels)}.`,
);

/**
 * An override for one method is a copy of what `*\/*` had when it was created, so one without a level is at a level
 * that depends on the order of creation, OFF included (localstack's recorded AWS snapshots, terraform-provider-aws#9738).
 */
export const apigatewayMethodSettingsLoggingLevel: ResourceValidationPolicy = {
    name: NAME,
    displayName: "Method settings state a logging level",
    description: "API Gateway method settings, for all methods or for one, write execution logs at an allowed level.",
    severity: "medium",
    framework: EXECUTION_LOGGING,
    tags: NIST_LOGGING,
    remediationSteps: "Set loggingLevel to ERROR or INFO in every aws.apigateway.MethodSettings, overrides included.",
    url: controlPage("apigateway", 1),
    configSchema: SCHEMA,
    validateResource: onTypes(TYPES, readConfig, (resource, { levels }, report) => {
        const wrong =
            resource.type === METHOD_SETTINGS ? wrongWith(entryOf(resource), levels) : wrongInside(resource, levels);
        if (wrong !== undefined) {
            const { who, code } = resource.type === METHOD_SETTINGS ? SETTINGS_TERMS : STAGE_TERMS;
            const fact = `${who} ${quote(resource.name)} ${wrong}.`;
            report(finding(fact, `Set loggingLevel to ${either(levels)}.`, code(preferred(levels))));
        }
    }),
    remediateResource: mendTypes(TYPES, readConfig, (resource, { levels, setLevel = preferred(levels) }) =>
        resource.type === METHOD_SETTINGS ? mend(resource, levels, setLevel) : mendInside(resource, levels, setLevel),
    ),
};

const SETTINGS_TERMS = {
    who: "Method settings",
    code: (level: Level) => `settings: { loggingLevel: "${level}" }`,
};

const STAGE_TERMS = {
    who: "Stage",
    code: (level: Level) => `methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "${level}" }]`,
};

function entryOf(settings: Inputs): Pick<Entry, "key" | "level"> {
    return { key: text(settings, "methodPath"), level: text(settings, "settings", "loggingLevel") };
}

/** What is wrong with the level of an entry, if anything is; nothing when the level is not known yet. */
function wrongWith({ key, level }: Pick<Entry, "key" | "level">, levels: readonly Level[]): string | undefined {
    if (level === UNKNOWN || levels.some((allowed) => allowed === level)) {
        return undefined;
    }
    const where = isKnown(key) ? ` for ${describeKey(key)}` : "";
    if (level === "OFF") {
        return `switches execution logging OFF${where}`;
    }
    if (level !== undefined) {
        return `has level ${quote(level)}${where}, which is not ${either(levels)}`;
    }
    return isKnown(key) && coverage(key).covers === "method"
        ? `states no level${where}; AWS copied whatever */* had when it was created`
        : `states no level${where}, so execution logging is off`;
}

/** A stage of aws-native has all of its entries inside, and must have one for all methods among them. */
function wrongInside(stage: Inputs, levels: readonly Level[]): string | undefined {
    const entries = inlineEntries(stage) ?? [];
    if (entries === UNKNOWN) {
        return undefined;
    }
    const missing = lacksEverything(entries) ? ["has no method settings for */*, so execution logging is off"] : [];
    const wrong = entries.map((entry) => wrongWith(entry, levels)).filter((one) => one !== undefined);
    return missing.length + wrong.length > 0 ? [...missing, ...wrong].join("; it ") : undefined;
}

function lacksEverything(entries: readonly Entry[]): boolean {
    return entries.every(({ everything }) => everything === "no");
}

function mend(settings: Inputs, levels: readonly Level[], level: Level): boolean {
    if (wrongWith(entryOf(settings), levels) === undefined) {
        return false;
    }
    state(settings, level, "settings", "loggingLevel");
    return true;
}

function mendInside(stage: Inputs, levels: readonly Level[], level: Level): boolean {
    const entries = inlineEntries(stage);
    if (entries === UNKNOWN || wrongInside(stage, levels) === undefined) {
        return false;
    }
    if (entries === undefined) {
        state(stage, [], "methodSettings");
    }
    const stated = entries ?? [];
    for (const [index, entry] of stated.entries()) {
        if (wrongWith(entry, levels) !== undefined) {
            state(stage, level, "methodSettings", index, "loggingLevel");
        }
    }
    if (lacksEverything(stated)) {
        const everything = { resourcePath: "/*", httpMethod: "*", loggingLevel: level };
        state(stage, everything, "methodSettings", stated.length);
    }
    return true;
}
