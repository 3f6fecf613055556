import { describeResource } from "../aws/apigateway/describe";
import { LOGGING_LEVELS, type LoggingLevel, preferredLevel } from "../aws/apigateway/logging-level";
import { coverage, describeKey } from "../aws/apigateway/method-path";
import {
    type InlineEntry,
    inlineEntries,
    makesStage,
    type SettingsEntry,
    settingOf,
} from "../aws/apigateway/rest-stage";
import { methodSettingsFixes, ownStageFix, type RestSetting } from "../aws/apigateway/rest-stage-fix";
import { METHOD_SETTINGS, NATIVE_DEPLOYMENT, NATIVE_STAGE } from "../aws/apigateway/types";
import type { LiveFix } from "../aws/live-fix";
import type { Finding, Remedy } from "../pack/finding";
import { LEVELS_KEY } from "../pack/levels";
import { resourcePolicy } from "../pack/policy";
import { remedyWithCode } from "../pack/remedy";
import type { Inputs } from "../stack/resource";
import { either, quote } from "../stack/text";
import { isKnown, text, UNKNOWN } from "../stack/values";

/**
 * An override for one method is a copy of the settings that `*\/*` had when the override was created. If it sets no
 * level, its level depends on the order of creation, and may be OFF (localstack's recorded AWS snapshots,
 * terraform-provider-aws#9738).
 */
export default resourcePolicy({
    name: "apigateway-method-settings-logging-level",
    displayName: "Method settings set a logging level",
    description: "API Gateway method settings, for all methods or for one, write execution logs at an allowed level.",
    mirrors: ["APIGateway.1"],
    remediationSteps: "Set loggingLevel to ERROR or INFO in every aws.apigateway.MethodSettings, overrides included.",
    isCore: true,
    types: [METHOD_SETTINGS, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    config: {
        levels: LEVELS_KEY,
        setLevel: {
            description: "The level that remediation sets. Left out: ERROR if levels has it, else the first of levels.",
            type: "string",
            enum: LOGGING_LEVELS,
        },
    },
    wants: ({ levels, setLevel = preferredLevel(levels) }) => [{ set: ["settings", "loggingLevel"], to: setLevel }],
    contradiction: ({ levels, setLevel }) =>
        setLevel === undefined || levels.includes(setLevel)
            ? undefined
            : `setLevel is ${setLevel}, which levels does not allow. Set it to ${either(levels)}.`,
    remediates: true,
    evaluate: (resource, { levels, setLevel = preferredLevel(levels) }) =>
        resource.type === METHOD_SETTINGS
            ? evaluateSettings(resource, levels, setLevel)
            : evaluateNativeStage(resource, levels, setLevel),
});

function evaluateSettings(
    settings: Inputs,
    levels: readonly LoggingLevel[],
    setLevel: LoggingLevel,
): Finding | undefined {
    const key = text(settings, "methodPath");
    const path = settingOf(settings, "loggingLevel");
    const problem = problemOf({ key, level: text(settings, ...path) }, levels);
    return problem === undefined
        ? undefined
        : {
              problem: `${describeResource(settings)} ${problem}.`,
              advice: `Set loggingLevel to ${either(levels)}.`,
              ...remedyWithCode(settings, [{ set: path, to: setLevel }]),
              live: methodSettingsFixes(settings, [key], levelOf(setLevel)),
          };
}

/** A stage of aws-native has all of its entries inside, and must have one for all methods among them. */
function evaluateNativeStage(
    stage: Inputs,
    levels: readonly LoggingLevel[],
    setLevel: LoggingLevel,
): Finding | undefined {
    const entries = inlineEntries(stage);
    if (entries === UNKNOWN || !makesStage(stage)) {
        return undefined;
    }
    const found = (entries ?? []).map((entry) => ({ ...entry, problem: problemOf(entry, levels) }));
    const wrong = found.filter(({ problem }) => problem !== undefined);
    const isMissing = found.every(({ coversAllMethods }) => coversAllMethods === false);
    const problems = [
        ...(isMissing ? ["has no method settings for */*, so execution logging is off"] : []),
        ...wrong.map(({ problem }) => problem),
    ];
    return problems.length === 0
        ? undefined
        : {
              problem: `${describeResource(stage)} ${problems.join("; it ")}.`,
              advice: isMissing
                  ? `Add an entry for all methods, and set loggingLevel to ${either(levels)} in every entry.`
                  : `Set loggingLevel to ${either(levels)}.`,
              ...remedyWithCode(stage, nativeRemedy(entries, wrong, isMissing, setLevel)),
              live: nativeFixes(stage, wrong, isMissing, setLevel),
          };
}

/** Sets the level of the entries that are wrong. A Stage gets the entry that is missing; a Deployment never lacks one. */
function nativeRemedy(
    entries: readonly InlineEntry[] | undefined,
    wrong: readonly InlineEntry[],
    isMissing: boolean,
    level: LoggingLevel,
): Remedy {
    const added = { resourcePath: "/*", httpMethod: "*", loggingLevel: level };
    if (entries === undefined) {
        return [{ set: ["methodSettings"], to: [added] }];
    }
    return [
        ...wrong.map(({ path }) => ({ set: [...path, "loggingLevel"] as const, to: level })),
        ...(isMissing ? [{ set: ["methodSettings", entries.length] as const, to: added }] : []),
    ];
}

function nativeFixes(
    stage: Inputs,
    wrong: readonly InlineEntry[],
    isMissing: boolean,
    level: LoggingLevel,
): readonly LiveFix[] {
    const keys = wrong.map(({ key }) => key);
    return [
        ...(isMissing ? [ownStageFix(stage, [levelOf(level)("*/*")])] : []),
        ...methodSettingsFixes(stage, keys, levelOf(level)),
    ];
}

function levelOf(level: LoggingLevel): (key: string) => RestSetting {
    return (key) => ({ setting: "level", key, level });
}

/** What is wrong with the level of an entry, if anything; a level that is not known yet is not a finding. */
function problemOf(
    { key, level }: Pick<SettingsEntry, "key" | "level">,
    levels: readonly LoggingLevel[],
): string | undefined {
    if (level === UNKNOWN || levels.some((allowed) => allowed === level)) {
        return undefined;
    }
    const where = isKnown(key) ? ` for ${describeKey(key)}` : "";
    if (level === "OFF") {
        return `sets loggingLevel to OFF${where}`;
    }
    if (level !== undefined) {
        return `sets loggingLevel to ${quote(level)}${where}, which is not ${either(levels)}`;
    }
    return isKnown(key) && coverage(key).covers === "one method"
        ? `sets no loggingLevel${where}, so it keeps the level that */* had when it was created`
        : `sets no loggingLevel${where}, so execution logging is off`;
}
