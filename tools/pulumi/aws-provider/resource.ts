import { isDeepStrictEqual } from "node:util";
import { type Block, isNative, isRegional, type Type, typeOf } from "./types";
import { type Aws, isObject, type Props, UNKNOWN, without } from "./values";

export interface Answer {
    id: string;
    outputs: Props;
}

export function create(token: string, urn: string, inputs: Props, aws: Aws, preview: boolean): Answer {
    const type = typeOf(token);
    const props = clean(inputs);
    if (!preview) {
        const id = type.id(seed(type, urn, props), props, aws);
        return { id, outputs: known(token, props, id, aws) };
    }
    const computed = mapValues({ ...type.computed?.(props, UNKNOWN, aws) }, () => UNKNOWN);
    const planned = aws.v7 ? type.planned : {};
    const complete = fill(type, props, (block) => mapValues(block, () => UNKNOWN));
    const outputs = { ...computed, ...planned, ...complete, ...idIn(token, UNKNOWN) };
    // An unknown id is an empty one here, whatever the manner: the SDK takes any other text for the id itself.
    return { id: "", outputs: aws.v7 || isNative(token) ? outputs : { ...knownOnly(outputs), id: "" } };
}

/** A replaced resource has another id than before: what forces the replacement goes into it. */
function seed(type: Type, urn: string, props: Props): string {
    const forcing = Object.entries(pick(props, Object.fromEntries((type.replaces ?? []).map((key) => [key, 0]))));
    return [urn, ...forcing.map(([key, value]) => `${key}=${stable(value)}`).sort()].join(" ");
}

/** JSON with the keys in order: they arrive in any. */
function stable(value: unknown): string {
    return JSON.stringify(value, (_, item) =>
        isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    );
}

/**
 * What is computed, or optional and computed, stays as it was when the program does not state it: deleting
 * `loggingLevel` from a program leaves the level on (`HasChange` in the Terraform provider).
 */
export function update(token: string, id: string, olds: Props, news: Props, aws: Aws, preview: boolean): Props {
    const type = typeOf(token);
    const props = clean(news);
    const kept = Object.keys({ ...type.computed?.(props, id, aws), defaultRouteSettings: 0 }).filter(
        (key) => key in olds,
    );
    const before = Object.fromEntries(kept.map((key) => [key, olds[key]]));
    const merged = { ...before, ...fill(type, props, (block, old) => ({ ...block, ...pick(old, block) }), olds) };
    const outputs = known(token, merged, id, aws);
    return preview && !aws.v7 && !isNative(token) ? knownOnly(outputs) : outputs;
}

/** Answers `.get()` and refresh. Nothing is stored: what the id does not tell is taken from what the caller has. */
export function read(token: string, id: string, given: Props, aws: Aws): Answer {
    const type = typeOf(token);
    const region = aws.v7 && isRegional(token) ? { region: aws.region } : {};
    return { id, outputs: known(token, { ...region, ...type.read?.(id), ...given }, id, aws) };
}

export interface Diff {
    changes: string[];
    replaces: string[];
    deleteBeforeReplace: boolean;
}

export function diff(token: string, oldInputs: Props, newInputs: Props): Diff {
    const type = typeOf(token);
    const [olds, news] = [clean(oldInputs), clean(newInputs)];
    const changes = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((key) => !isDeepStrictEqual(olds[key], news[key]))
        .sort();
    const replaces = changes.filter((key) => key === "region" || type.replaces?.includes(key));
    // A resource with a name of the user's own cannot exist twice, not even for a moment.
    const ownName =
        type.autoName !== undefined && !(newInputs.__defaults as unknown[] | undefined)?.includes(type.autoName);
    return { changes, replaces, deleteBeforeReplace: replaces.length > 0 && ownName };
}

/** Everything AWS would answer. */
function known(token: string, props: Props, id: string, aws: Aws): Props {
    const type = typeOf(token);
    const outputs: Props = {
        ...type.unset,
        ...(type.taggable ? { tags: {}, tagsAll: props.tags ?? {} } : {}),
        ...type.computed?.(props, id, aws),
        ...fill(type, props, (block) => block),
        ...idIn(token, id),
    };
    return { ...outputs, ...type.settle?.(outputs) };
}

/** Bridged providers repeat the id among the outputs; aws-native does not. */
function idIn(token: string, id: string): Props {
    return isNative(token) ? {} : { id };
}

/** `props` with every nested block completed by `computed`, which also gets the block's old value. */
function fill(type: Type, props: Props, computed: (block: Props, old: unknown) => Props, olds: Props = {}): Props {
    const complete = (value: unknown, block: Block, old: unknown): unknown => {
        if (Array.isArray(value)) {
            return value.map((item) => complete(item, block, sameKey(old, item, block.key)));
        }
        return isObject(value) ? { ...computed(block.computed ?? {}, old), ...value } : value;
    };
    const blocks = Object.entries(type.blocks ?? {}).filter(([key]) => props[key] !== undefined);
    return {
        ...props,
        ...Object.fromEntries(blocks.map(([key, block]) => [key, complete(props[key], block, olds[key])])),
    };
}

function sameKey(olds: unknown, item: unknown, key: string | undefined): unknown {
    return Array.isArray(olds) && key !== undefined && isObject(item)
        ? olds.find((old) => isObject(old) && old[key] === item[key])
        : undefined;
}

function pick(from: unknown, keys: Props): Props {
    return isObject(from) ? Object.fromEntries(Object.entries(from).filter(([key]) => key in keys)) : {};
}

function mapValues(props: Props, to: (value: unknown) => unknown): Props {
    return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, to(value)]));
}

/** Outputs never have `__defaults`. */
function clean(props: Props): Props {
    return without(props, (key) => key === "__defaults") as Props;
}

/** Providers v5 and v6 answer a preview without what is not known. */
function knownOnly(outputs: Props): Props {
    return without(outputs, (_, value) => value === UNKNOWN) as Props;
}
