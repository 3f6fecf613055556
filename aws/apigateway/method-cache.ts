/** The caches of methods, as entries of method settings configure them. */

import type { Inputs } from "../../stack/resource";
import { flag, isKnown, type Maybe, type Path, text, UNKNOWN } from "../../stack/values";
import { type InlineEntry, inlineEntries, makesStage, settingOf } from "./rest-stage";
import { METHOD_SETTINGS, NATIVE_DEPLOYMENT } from "./types";

interface CacheEntry {
    readonly key: Maybe<string>;
    /** Not set means more than false here: what an entry leaves out may be copied from another. */
    readonly isCaching: Maybe<boolean>;
    readonly isEncrypted: Maybe<boolean>;
    /** The path of `cacheDataEncrypted` in the resource. */
    readonly encryptedPath: Path;
}

/**
 * The entries that cache without encryption, in a MethodSettings resource or inside an aws-native resource that makes a
 * stage. A method's own entry starts as a copy of the one for all methods, its caching included (localstack's recorded
 * AWS snapshots, tests/aws/services/apigateway/test_apigateway_common.snapshot.json).
 */
export function unencryptedCaches(resource: Inputs): CacheEntry[] {
    if (resource.type === METHOD_SETTINGS) {
        return [settingsEntry(resource)].filter(cachesUnencrypted);
    }
    const inline = makesStage(resource) ? inlineEntries(resource) : undefined;
    const entries = (isKnown(inline) ? inline : []).map((entry) => ({ ...entry, ...inlineAt(resource, entry) }));
    const isCopied = entries.some((entry) => entry.coversAllMethods === true && entry.isCaching === true);
    return entries.filter(
        (entry) =>
            cachesUnencrypted(entry) || (isCopied && entry.isCaching === undefined && entry.isEncrypted === false),
    );
}

function settingsEntry(settings: Inputs): CacheEntry {
    const encryptedPath = settingOf(settings, "cacheDataEncrypted");
    return {
        key: text(settings, "methodPath"),
        isCaching: flag(settings, ...settingOf(settings, "cachingEnabled")),
        isEncrypted: flag(settings, ...encryptedPath),
        encryptedPath,
    };
}

function cachesUnencrypted({ isCaching, isEncrypted }: CacheEntry): boolean {
    return isCaching === true && isEncrypted !== true && isEncrypted !== UNKNOWN;
}

/**
 * What the entry for all methods of a Deployment leaves out may be in the `stageDescription` itself
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-deployment-stagedescription.html).
 */
function inlineAt(stage: Inputs, { path, key, coversAllMethods }: InlineEntry): CacheEntry {
    const entry = entryAt(stage, path, key);
    if (stage.type !== NATIVE_DEPLOYMENT || coversAllMethods !== true) {
        return entry;
    }
    const ofStage = entryAt(stage, ["stageDescription"], key);
    return {
        ...entry,
        isCaching: entry.isCaching ?? ofStage.isCaching,
        isEncrypted: entry.isEncrypted ?? ofStage.isEncrypted,
    };
}

function entryAt(resource: Inputs, path: Path, key: Maybe<string>): CacheEntry {
    return {
        key,
        isCaching: flag(resource, ...path, "cachingEnabled"),
        isEncrypted: flag(resource, ...path, "cacheDataEncrypted"),
        encryptedPath: [...path, "cacheDataEncrypted"],
    };
}
