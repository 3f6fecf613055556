import { type Block, isNative, isRegional, type Type, typeOf } from "./types";
import { type Aws, hex, isObject, MAPS, type Props, SIGNATURE, UNKNOWN } from "./values";

export interface Failure {
    property: string;
    reason: string;
}

/** What the engine calls the checked inputs: what the program wrote, and the provider's defaults. */
export function check(token: string, urn: string, olds: Props, news: Props, aws: Aws) {
    const type = typeOf(token);
    const failures = failuresOf(type, news, aws);
    const added = { ...type.defaults, ...name(type, urn, olds, news) };
    if (isNative(token)) {
        return { inputs: { ...news, ...added }, failures };
    }
    // The part of the bridge that serves the plugin framework does not list defaults (seen with pulumi-aws 7.48).
    const { __defaults, ...filled } = withDefaults(added, blocks(news, type, aws));
    const inputs: Props = type.framework !== undefined && aws.v7 ? filled : { ...filled, __defaults };
    // The provider of v7 adds these two before it fills in defaults, so they are not listed in __defaults.
    if (aws.v7 && isRegional(token)) {
        inputs.region ??= aws.region;
    }
    if (aws.v7 && type.taggable) {
        inputs.tagsAll = news.tags ?? {};
    }
    return { inputs, failures };
}

/** What a program leaves out is filled in, and listed. */
function withDefaults(defaults: Props, props: Props): Props {
    const missing = Object.keys(defaults).filter((key) => props[key] === undefined);
    const filledIn = Object.fromEntries(missing.map((key) => [key, defaults[key]]));
    return { ...filledIn, ...props, __defaults: missing.sort() };
}

/** The real provider draws the hex by lot and keeps it; here it comes from the URN, for runs that can be compared. */
function name(type: Type, urn: string, olds: Props, news: Props): Props {
    const property = type.autoName;
    if (property === undefined || news[property] !== undefined || news[`${property}Prefix`] !== undefined) {
        return {};
    }
    const generated = !Array.isArray(olds.__defaults) || olds.__defaults.includes(property);
    const logicalName = urn.split("::").slice(3).join("::");
    const drawn = `${logicalName}${type.autoNameSeparator ?? "-"}${hex(urn, 7)}`;
    return { [property]: (generated ? olds[property] : undefined) ?? drawn };
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
    const nested = Object.entries(value).map(([name, item]) => [name, block(item, {}, name, aws)]);
    return withDefaults(schema.defaults ?? {}, Object.fromEntries(nested));
}

function failuresOf(type: Type, news: Props, aws: Aws): Failure[] {
    const removed = (type.removedInV7 ?? [])
        .filter((property) => aws.v7 && property in news)
        .map((property) => ({ property, reason: "Invalid or unknown key" }));
    const missing = (type.required ?? [])
        .filter((property) => news[property] === undefined || news[property] === null)
        .map((property) => ({ property, reason: `Missing required property '${property}'` }));
    const invalid = Object.entries(type.oneOf ?? {}).flatMap(([path, allowed]) =>
        at(news, path.split("."))
            .filter((value) => value !== undefined && value !== null && value !== UNKNOWN && !allows(allowed, value))
            .map((value) => ({
                property: path.replace(".[]", ""),
                reason: `expected ${path} to be ${wanted(allowed)}, got ${String(value)}`,
            })),
    );
    return [...removed, ...missing, ...invalid];
}

function allows(allowed: unknown[] | RegExp, value: unknown): boolean {
    return Array.isArray(allowed) ? allowed.includes(value) : allowed.test(String(value));
}

function wanted(allowed: unknown[] | RegExp): string {
    return Array.isArray(allowed) ? `one of [${allowed.join(" ")}]` : `like ${allowed.source}`;
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
