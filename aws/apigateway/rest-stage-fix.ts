/** How stages of REST APIs are fixed on AWS itself, whichever program makes them. */

import type { Inputs } from "../../stack/resource";
import { quote } from "../../stack/text";
import { deployed, isKnown, type Maybe, text } from "../../stack/values";
import { type Cannot, type Command, cannot, mergedFixes, option, UNKNOWN_STAGE, type Wanted } from "../command";
import type { LoggingLevel } from "./logging-level";
import { coverage, describeKey } from "./method-path";
import { METHOD_SETTINGS } from "./types";

/** Settings of a stage to be set. */
export interface RestStageFix {
    readonly kind: "REST stage";
    readonly restApi: string;
    readonly stageName: string;
    readonly set: readonly RestSetting[];
}

/** `key` is the one of an entry of method settings, as AWS has it. */
export type RestSetting =
    | { readonly setting: "level"; readonly key: string; readonly level?: LoggingLevel }
    | { readonly setting: "no data trace" | "cache encryption"; readonly key: string }
    | { readonly setting: "tracing" };

/** Fixes a stage, if the id of its API and its name are known. */
export function restStageFix(
    { api, name }: { readonly api: { readonly id: Maybe<string> }; readonly name: Maybe<string> },
    set: readonly RestSetting[],
): RestStageFix | Cannot {
    return isKnown(api.id) && isKnown(name)
        ? { kind: "REST stage", restApi: api.id, stageName: name, set }
        : UNKNOWN_STAGE;
}

/** Fixes the stage that a resource makes, or that its method settings are of. */
export function ownStageFix(resource: Inputs, set: readonly RestSetting[]): RestStageFix | Cannot {
    const of = deployed(resource);
    const id = text(of, "restApi") ?? text(of, "restApiId");
    return restStageFix({ api: { id }, name: text(of, "stageName") }, set);
}

/** Fixes entries of method settings, each by the key that the resource has for it. */
export function methodSettingsFixes(
    resource: Inputs,
    keys: readonly Maybe<string>[],
    settingOf: (key: string) => RestSetting,
): (RestStageFix | Cannot)[] {
    const found = keys.map((key) => (isKnown(key) ? keyOnAws(resource, key) : undefined));
    const own = found.filter((key) => key !== undefined);
    return [
        ...(own.length > 0 ? [ownStageFix(resource, own.map(settingOf))] : []),
        ...(own.length < found.length
            ? [cannot("API Gateway cannot have an entry of method settings with such a key.")]
            : []),
    ];
}

/**
 * AWS has the key that @pulumi/aws sends. The `/~1pets` and `GET` of CloudFormation, and its `/` for the root, become
 * `~1pets/GET` and `~1/GET` (hashicorp/terraform-provider-aws#9738).
 */
function keyOnAws({ type }: Inputs, key: string): string | undefined {
    const covered = coverage(key);
    if (covered.covers === "no method") {
        return undefined;
    }
    return covered.covers === "all methods" || type === METHOD_SETTINGS
        ? key.replace(/^\//, "")
        : `${covered.path.replaceAll("/", "~1")}/${covered.method}`;
}

interface Patch {
    readonly path: string;
    readonly value: string;
    readonly what: string;
}

/** All that there is to set of a stage is set at once, unless it is too much for one command. */
export function restStageCommands(fixes: readonly RestStageFix[], wanted: Wanted): Command[] {
    return mergedFixes(fixes, ({ restApi, stageName }) => [restApi, stageName]).flatMap(
        ({ restApi, stageName, set }) => {
            // An entry for one method starts as a copy of the one for all methods, so that one comes first.
            const patches = [...set.filter(isForAll), ...set.filter((one) => !isForAll(one))].map((one) =>
                patchFor(one, wanted),
            );
            const distinct = [...new Map(patches.map((patch) => [patch.path, patch])).values()];
            return partsOf(distinct).map((part) => ({
                args: [
                    "aws",
                    "apigateway",
                    "update-stage",
                    ...option("--rest-api-id", restApi),
                    ...option("--stage-name", stageName),
                    "--patch-operations",
                    // The short form cannot express the braces of a path.
                    JSON.stringify(part.map(({ path, value }) => ({ op: "replace", path, value }))),
                ],
                what: `stage ${quote(stageName)} of API ${quote(restApi)}: ${part.map(({ what }) => what).join("; ")}`,
            }));
        },
    );
}

/** An API may have thousands of methods, and Linux takes 128 KiB in one argument of a command (execve(2)). */
const MOST = 200;

function partsOf(patches: readonly Patch[]): Patch[][] {
    const count = Math.ceil(patches.length / MOST);
    return Array.from({ length: count }, (_, index) => patches.slice(index * MOST, (index + 1) * MOST));
}

function isForAll(one: RestSetting): boolean {
    return !("key" in one) || one.key === "*/*";
}

function patchFor(one: RestSetting, { level }: Wanted): Patch {
    switch (one.setting) {
        case "level":
            return patchOf(one.key, "logging/loglevel", level(one.level), `loggingLevel ${level(one.level)}`);
        case "no data trace":
            return patchOf(one.key, "logging/dataTrace", "false", "no data tracing");
        case "cache encryption":
            return patchOf(one.key, "caching/dataEncrypted", "true", "encryption of the cache");
        case "tracing":
            return { path: "/tracingEnabled", value: "true", what: "X-Ray tracing" };
    }
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html */
function patchOf(key: string, property: string, value: string, what: string): Patch {
    return { path: `/${key}/${property}`, value, what: `${what} for ${describeKey(key)}` };
}
