/** What `pulumi preview --json` prints. */

import { isDeepStrictEqual } from "node:util";
import { ACCOUNT, DOMAIN_NAME, METHOD_SETTINGS, STAGE, V2_INTEGRATION, V2_STAGE } from "../../aws/apigateway/types";
import { LOG_GROUP } from "../../aws/logs/types";
import { CLUSTER_PARAMETER_GROUP, DB_CLUSTER, DB_INSTANCE } from "../../aws/rds/types";
import { nameOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { nameOfStack } from "../state";
import { isMap, isObject, type Properties, plainProperties } from "./properties";
import { brokenField, providerOf, type RecordedResource, type RecordedStack, treeOf } from "./recorded";

interface Step {
    readonly op: string;
    readonly urn: string;
    readonly oldState?: RecordedResource;
    readonly newState?: RecordedResource;
}

/** Steps after which the resource is gone, or is not the program's: the engine sends neither to a pack. */
const NOT_SENT = new Set([
    "delete",
    "delete-replaced",
    "discard",
    "discard-replaced",
    "read",
    "read-replacement",
    "read-discard",
    "remove-pending-replace",
]);

/** Stands for a value that is not known before the deployment. */
const UNKNOWN_VALUE = "[unknown]";

/**
 * The stack as a preview says it will be.
 *
 * @returns undefined if the document is something else
 * @throws BadInput if it lists changed resources only, because half a stack cannot be checked
 */
export function readPreview(document: Properties): RecordedStack | undefined {
    const { changeSummary, steps = [], config, diagnostics = [] } = document;
    if (!Array.isArray(steps) || !Array.isArray(diagnostics) || !isPreview(document)) {
        return undefined;
    }
    assertSucceeded(diagnostics);
    steps.forEach(assertStep);
    assertWhole(steps, changeSummary);
    const resources = new Map<string, RecordedResource>();
    const providers = new Map<string, Properties>();
    for (const step of steps as Step[]) {
        // With --refresh, what the program no longer has is refreshed before it is deleted.
        if (step.op === "delete") {
            resources.delete(step.urn);
        }
        if (step.newState === undefined || NOT_SENT.has(step.op) || step.newState.external) {
            continue;
        }
        const resource = { ...resourceAfter(step, step.newState), ...importedBy(step) };
        resources.set(step.urn, resource);
        if (resource.type.startsWith("pulumi:providers:")) {
            providers.set(step.urn, plainProperties(resource.inputs));
        }
    }
    const all = [...resources.values()];
    const byUrn = treeOf("preview", all);
    for (const provider of all.map(providerOf)) {
        if (provider !== undefined && !providers.has(provider)) {
            providers.set(provider, unseenProvider(provider, isObject(config) ? config : {}));
        }
    }
    return { name: nameOfStack(all, "an empty stack"), resources: all, byUrn, providers };
}

/** One that failed before its first step has neither steps nor a summary, only diagnostics. */
function isPreview({ changeSummary, steps, diagnostics }: Properties): boolean {
    const [step] = Array.isArray(steps) ? steps : [];
    const [diagnostic] = Array.isArray(diagnostics) ? diagnostics : [];
    return (
        isObject(changeSummary) ||
        (isObject(step) && "op" in step) ||
        (isObject(diagnostic) && "severity" in diagnostic)
    );
}

/** What a preview says at its end when a pack stopped it, after it went through the whole program. */
const STOPPED_BY_POLICY = "error: preview failed";

function assertSucceeded(diagnostics: readonly unknown[]): void {
    for (const diagnostic of diagnostics) {
        const { severity, message } = asProperties(diagnostic);
        const [line = ""] = typeof message === "string" ? message.trim().split("\n") : [];
        if (severity === "error" && line !== STOPPED_BY_POLICY) {
            throw new BadInput(`is a preview that failed (${line}), so resources may be missing. Fix that first`, true);
        }
    }
}

function assertStep(step: unknown, index: number): asserts step is Step {
    const { op, urn, newState } = (step ?? {}) as { op?: unknown; urn?: unknown; newState?: { type?: unknown } };
    if (typeof op !== "string" || typeof urn !== "string" || !urn.startsWith("urn:pulumi:") || nameOf(urn) === "") {
        throw new BadInput(`is a preview whose step ${index + 1} has no operation or no valid URN`);
    }
    if (newState !== undefined && typeof newState?.type !== "string") {
        throw new BadInput(
            `is a preview whose step ${index + 1} (${JSON.stringify(urn)}) has a resource without a type`,
        );
    }
    const broken = brokenField(newState ?? {});
    if (broken !== undefined) {
        throw new BadInput(
            `is a preview whose step ${index + 1} (${JSON.stringify(urn)}) has a resource without a valid ${broken}`,
        );
    }
}

/** Without `--show-sames` a preview lists only what changes, and what that belongs to may well stay the same. */
function assertWhole(steps: readonly Step[], changeSummary: unknown): void {
    const { same } = asProperties(changeSummary);
    const unchanged = typeof same === "number" ? same : 0;
    const listed = steps.filter(({ op }) => op === "same").length;
    if (unchanged > listed) {
        throw new BadInput(
            `is a preview without ${unchanged - listed} of its unchanged resources. Make it with: pulumi preview --json --show-sames`,
            true,
        );
    }
}

/** An import that is still to be done. What is imported already has its id in the new state. */
function importedBy({ op, urn }: Step): Pick<RecordedResource, "importID"> {
    return op === "import" || op === "import-replacement" ? { importID: urn } : {};
}

/**
 * The resource once the step is done. A preview has no outputs: they are the new inputs over what is there already,
 * unless the step replaces it. A resource that stays the same keeps its outputs, whatever its inputs are now.
 */
function resourceAfter({ op, urn, oldState }: Step, newState: RecordedResource): RecordedResource {
    const inputs = asProperties(newState.inputs);
    if (op === "same" && isObject(oldState?.outputs)) {
        return { ...newState, urn, inputs, outputs: oldState.outputs };
    }
    const stays = op === "same" || op === "update" || op === "refresh";
    const before = asProperties(stays ? oldState?.outputs : undefined);
    const after = { ...DEFAULTS[newState.type], ...inputs };
    const stated = newState.type === V2_STAGE ? withOldLevels(before, after) : after;
    const outputs = over(before, asProperties(oldState?.inputs), stated, planOf(newState.type));
    // Only a resource whose provider the engine cannot ask has no outputs at all, and a preview does not show which.
    const isBare = newState.provider !== undefined && Object.keys(outputs).length === 0;
    return { ...newState, urn, inputs, outputs: isBare ? { id: UNKNOWN_VALUE } : outputs };
}

/** Defaults that are not among the inputs, as those of resources written with Terraform's plugin framework. */
const DEFAULTS: Readonly<Record<string, Properties>> = {
    [ACCOUNT]: { cloudwatchRoleArn: "" },
};

/** What becomes of outputs that the program no longer sets, or never set, by their paths. */
interface Plan {
    /** Stays even if the program did set it: Optional and Computed properties in Terraform. */
    readonly kept?: RegExp;
    /** Goes even if the program never set it, as what a refresh found: properties that are Optional only. */
    readonly dropped?: RegExp;
    /** Objects that stay, and what is planned for them: what it is for one that the program states with just these values. */
    readonly restated?: Readonly<Record<string, Properties>>;
}

/** Of the properties that are read (hashicorp/terraform-provider-aws, internal/service). */
const PLANS: Readonly<Record<string, Plan>> = {
    [DOMAIN_NAME]: { kept: /^(endpointConfiguration|securityPolicy)$/ },
    [LOG_GROUP]: { kept: /^logGroupClass$/ },
    [METHOD_SETTINGS]: { kept: /^settings\./ },
    [STAGE]: { dropped: /^(accessLogSettings|canarySettings|clientCertificateId|xrayTracingEnabled)$/ },
    [V2_STAGE]: {
        kept: /^defaultRouteSettings(\.loggingLevel)?$/,
        dropped: /^(accessLogSettings|routeSettings|defaultRouteSettings\.throttling.*)$/,
        restated: { defaultRouteSettings: { dataTraceEnabled: false, detailedMetricsEnabled: false } },
    },
    [V2_INTEGRATION]: { dropped: /^(integrationUri|tlsConfig)$/ },
    [DB_INSTANCE]: { kept: /^(engine|identifier)$/, dropped: /^enabledCloudwatchLogsExports$/ },
    [DB_CLUSTER]: {
        kept: /^(clusterIdentifier|dbClusterParameterGroupName|engineVersion)$/,
        dropped: /^enabledCloudwatchLogsExports$/,
    },
    [CLUSTER_PARAMETER_GROUP]: { dropped: /^parameters$/ },
};

/**
 * A preview of aws-native has the inputs, and of all else only what identifies the resource
 * (https://github.com/pulumi/pulumi-aws-native/blob/master/provider/pkg/provider/previewOutputs.go).
 */
const NATIVE_PLAN: Plan = { dropped: /^(?!(id|arn|name|[^.]*(Id|Arn|Name))$)/ };

function planOf(type: string): Plan {
    return PLANS[type] ?? (type.startsWith("aws-native:") ? NATIVE_PLAN : {});
}

/** What becomes of outputs when inputs change. What the program never set stays and what it no longer sets goes, but for `plan`. */
function over(before: Properties, set: Properties, inputs: Properties, plan: Plan, parent = ""): Properties {
    const stay = Object.entries(before).flatMap(([key, old]): [string, unknown][] => {
        const path = `${parent}${key}`;
        const next = key in inputs ? inputs[key] : plan.restated?.[path];
        if (isMap(old) && isMap(next)) {
            return [[key, over(old, asProperties(set[key]), next, plan, `${path}.`)]];
        }
        if (key in inputs || plan.dropped?.test(path)) {
            return [];
        }
        return key in set && !plan.kept?.test(path) ? [] : [[key, old]];
    });
    return { ...inputs, ...Object.fromEntries(stay) };
}

/** Terraform takes an entry of a set for the one that is there if it has the same values but for computed ones, as a level is. */
function withOldLevels(before: Properties, inputs: Properties): Properties {
    const { routeSettings: old } = before;
    const { routeSettings: next } = inputs;
    if (!Array.isArray(old) || !Array.isArray(next)) {
        return inputs;
    }
    const olds = old.filter(isObject);
    const routeSettings = next.map((entry) => {
        const { __defaults: _, ...stated } = asProperties(entry);
        return olds.find(({ loggingLevel, ...others }) => isDeepStrictEqual(others, stated)) ?? entry;
    });
    return { ...inputs, routeSettings };
}

function asProperties(value: unknown): Properties {
    return isObject(value) ? value : {};
}

/**
 * The inputs of a provider that the preview does not list. A default provider gets what the stack's config has for its
 * package, and the preview lists that; of any other nothing is known.
 */
function unseenProvider(urn: string, config: Properties): Properties {
    const unknown = { region: UNKNOWN_VALUE, profile: UNKNOWN_VALUE };
    const [, provider] = /pulumi:providers:([^:]+)::default(?:_|$)/.exec(urn) ?? [];
    if (provider === undefined) {
        return unknown;
    }
    const own = Object.entries(config).filter(([key]) => key.startsWith(`${provider}:`));
    const stated = Object.fromEntries(own.map(([key, value]) => [key.slice(provider.length + 1), value]));
    return { region: UNKNOWN_VALUE, ...stated };
}
