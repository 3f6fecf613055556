import { type Block, isNative, isRegional, type Type, typeOf } from "./types";
import { type Aws, hex, isObject, MAPS, type Props, SIGNATURE, UNKNOWN } from "./values";

export interface Failure {
    property: string;
    reason: string;
}

/** What the engine calls the checked inputs: what the program wrote, and the provider's defaults. */
export function check(
    token: string,
    urn: string,
    olds: Props,
    news: Props,
    aws: Aws,
): { inputs: Props; failures: Failure[] } {
    const type = typeOf(token);
    const named = name(type, urn, olds, news);
    if (isNative(token)) {
        return { inputs: { ...news, ...named }, failures: failuresOf(type, news) };
    }
    const added = { ...type.defaults, ...named };
    const missing = Object.keys(added).filter((key) => news[key] === undefined);
    const inputs: Props = { ...missingOf(added, missing), ...blocks(news, type, aws) };
    // The part of the bridge that serves the plugin framework does not list defaults (seen with pulumi-aws 7.48).
    if (type.framework === undefined || !aws.v7) {
        inputs.__defaults = missing.sort();
    }
    if (aws.v7) {
        // The provider adds these two before it fills in defaults, so they are not listed in __defaults.
        if (isRegional(token)) {
            inputs.region ??= aws.region;
        }
        if (type.taggable) {
            inputs.tagsAll = news.tags ?? {};
        }
    }
    return { inputs, failures: [...failuresOf(type, news), ...(aws.v7 ? removed(type, news) : [])] };
}

function removed(type: Type, news: Props): Failure[] {
    return (type.removedInV7 ?? [])
        .filter((property) => property in news)
        .map((property) => ({ property, reason: "Invalid or unknown key" }));
}

function missingOf(added: Props, missing: string[]): Props {
    return Object.fromEntries(missing.map((key) => [key, added[key]]));
}

/** The real provider draws the hex by lot and keeps it; here it comes from the URN, for runs that can be compared. */
function name(type: Type, urn: string, olds: Props, news: Props): Props {
    const property = type.autoName;
    if (property === undefined || news[property] !== undefined || news[`${property}Prefix`] !== undefined) {
        return {};
    }
    const generated = !Array.isArray(olds.__defaults) || olds.__defaults.includes(property);
    const logicalName = urn.split("::").slice(3).join("::");
    const named = type.generatedName?.(logicalName, urn, news) ?? `${logicalName}-${hex(urn, 7)}`;
    return { [property]: (generated ? olds[property] : undefined) ?? named };
}

/** Nested blocks with their own defaults and their own `__defaults`. */
function blocks(props: Props, type: Type, aws: Aws): Props {
    return Object.fromEntries(
        Object.entries(props).map(([key, value]) => [key, block(value, type.blocks?.[key] ?? {}, key, aws)]),
    );
}

function block(value: unknown, schema: Block, key: string, aws: Aws): unknown {
    if (Array.isArray(value)) {
        // Without the key: a list is of blocks, also where another type has a map of the same name.
        return value.map((item) => block(item, schema, "", aws));
    }
    if (!isObject(value) || SIGNATURE in value) {
        return value;
    }
    if (key === "policy" || key === "assumeRolePolicy") {
        return JSON.stringify(value);
    }
    // Providers before v7 wrote __defaults into maps too (seen in states of v5 and v6, gone in previews of v7).
    if (MAPS.has(key)) {
        return aws.v7 ? value : { __defaults: [], ...value };
    }
    const missing = Object.keys(schema.defaults ?? {}).filter((name) => value[name] === undefined);
    const nested = Object.entries(value).map(([name, item]) => [name, block(item, {}, name, aws)]);
    return { ...missingOf(schema.defaults ?? {}, missing), ...Object.fromEntries(nested), __defaults: missing.sort() };
}

function failuresOf(type: Type, news: Props): Failure[] {
    const missing = (type.required ?? [])
        .filter((property) => news[property] === undefined || news[property] === null)
        .map((property) => ({ property, reason: `Missing required property '${property}'` }));
    const invalid = Object.entries(type.oneOf ?? {}).flatMap(([path, allowed]) =>
        at(news, path.split("."))
            .filter((value) => value !== undefined && value !== null && value !== UNKNOWN && !allowed.includes(value))
            .map((value) => ({
                property: path.replace(".[]", ""),
                reason: `expected ${path} to be one of [${allowed.join(" ")}], got ${String(value)}`,
            })),
    );
    return [...missing, ...invalid, ...notArns(type, news)];
}

function notArns(type: Type, news: Props): Failure[] {
    return (type.arns ?? [])
        .filter((property) => isText(news[property]) && !String(news[property]).startsWith("arn:"))
        .map((property) => ({
            property,
            reason: `"${property}" (${String(news[property])}) is an invalid ARN: arn: invalid prefix`,
        }));
}

function isText(value: unknown): boolean {
    return typeof value === "string" && value !== "" && value !== UNKNOWN;
}

function at(value: unknown, [step, ...rest]: string[]): unknown[] {
    if (step === undefined) {
        return [value];
    }
    if (step === "[]") {
        return Array.isArray(value) ? value.flatMap((item) => at(item, rest)) : [];
    }
    return isObject(value) ? at(value[step], rest) : [];
}
