import { isDeepStrictEqual } from "node:util";
import { resolve } from "./template";
import { type Block, isNative, isRegional, type Type, typeOf } from "./types";
import { type Aws, isObject, MAPS, type Props, UNKNOWN, without } from "./values";

/** A resource so far. */
export interface Olds {
    inputs: Props;
    outputs: Props;
}

export function create(token: string, urn: string, inputs: Props, aws: Aws, preview: boolean) {
    const props = clean(inputs);
    if (preview) {
        // An unknown id is an empty one here, whatever the manner: the SDK takes any other text for the id itself.
        return { id: "", outputs: { ...idIn(token, ""), ...plan(token, UNKNOWN, undefined, props, aws) } };
    }
    const type = typeOf(token);
    const names = { id: "", seed: seed(type, urn, props), aws };
    const id = resolve(typeof type.id === "string" ? type.id : type.id(props), props, names);
    return { id, outputs: known(token, props, id, aws) };
}

/**
 * What is Computed, or Optional and Computed, stays as it was when the program does not set it: deleting `loggingLevel`
 * from a program leaves the level on (`HasChange` in terraform-provider-aws). What is only Optional goes.
 */
export function update(token: string, id: string, olds: Olds, news: Props, aws: Aws, preview: boolean): Props {
    const props = clean(news);
    if (preview) {
        return plan(token, id, olds, props, aws);
    }
    const type = typeOf(token);
    const complete: Complete = (block, old) => ({ ...block.computed, ...pick(old, block.computed) });
    const merged = { ...pick(olds.outputs, keeping(type, props)), ...fill(type, props, complete, olds) };
    return known(token, merged, id, aws);
}

/** Answers `.get()` and refresh. Nothing is stored: what the type does not tell is taken from what the caller has. */
export function read(token: string, id: string, given: Props, aws: Aws): Props {
    const region = aws.v7 && isRegional(token) ? { region: aws.region } : {};
    const found = resolveAll(typeOf(token).read, {}, id, aws);
    return known(token, { ...region, ...found, ...given }, id, aws);
}

export function diff(token: string, oldInputs: Props, newInputs: Props) {
    const type = typeOf(token);
    const olds = clean(oldInputs);
    const news = withKept(type, olds, clean(newInputs));
    const changes = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((key) => !isDeepStrictEqual(olds[key], news[key]))
        .sort();
    const replaces = changes.filter((key) => key === "region" || type.replaces?.includes(key));
    // A resource with a name of the user's own cannot exist twice, not even for a moment.
    const ownName =
        type.autoName !== undefined && !(newInputs.__defaults as unknown[] | undefined)?.includes(type.autoName);
    return { changes, replaces, deleteBeforeReplace: replaces.length > 0 && ownName };
}

/** Terraform plans no change for a value that stays when the program no longer sets it. */
function withKept(type: Type, olds: Props, news: Props): Props {
    const blocks = Object.entries(type.blocks ?? {})
        .filter(([key]) => isObject(olds[key]) && isObject(news[key]))
        .map(([key, { computed }]) => [key, { ...pick(olds[key], computed), ...(news[key] as Props) }]);
    return { ...pick(olds, keeping(type, news)), ...news, ...Object.fromEntries(blocks) };
}

/** What a preview says of a resource that is to be created (without `olds`) or updated. */
function plan(token: string, id: string, olds: Olds | undefined, props: Props, aws: Aws): Props {
    const type = typeOf(token);
    const isMap = (key: string) => MAPS.has(key) && !isNative(token);
    const taggable = type.taggable ? { tags: null, tagsAll: olds === undefined ? UNKNOWN : (props.tags ?? {}) } : {};
    const complete: Complete = (block, old) => ({
        ...planned(block, old, aws),
        ...unknown(block.computed),
        ...pick(old, block.computed),
    });
    const set = Object.entries(fill(type, props, complete, olds))
        .filter(([key, value]) => !(key === "tagsAll" && isEmpty(value)))
        .map(([key, value]) => [key, isMap(key) && hasUnknown(value) ? UNKNOWN : value]);
    const outputs = {
        ...(aws.plans ? taggable : {}),
        ...planned(type, olds?.outputs, aws),
        ...(aws.v7 ? type.framework?.defaults : {}),
        ...(olds === undefined ? unknown(computedOf(type, props)) : pick(olds.outputs, keeping(type, props))),
        ...Object.fromEntries(set),
        ...idIn(token, id),
    };
    return aws.plans || isNative(token) ? outputs : knownOnly(outputs);
}

/** Optional properties in a plan, if the program does not set them. What AWS answered before stays. */
function planned({ unset = {} }: Pick<Type, "unset">, old: unknown, aws: Aws): Props {
    const stays = Object.entries(pick(old, unset)).filter(([key, value]) => isDeepStrictEqual(value, unset[key]));
    const nulls = mapValues(unset, (value) => (Array.isArray(value) ? [] : null));
    return { ...(aws.plans ? nulls : {}), ...Object.fromEntries(stays) };
}

/** Everything AWS would answer. */
function known(token: string, props: Props, id: string, aws: Aws): Props {
    const type = typeOf(token);
    const outputs: Props = {
        ...type.unset,
        ...(type.taggable ? { tags: null, tagsAll: props.tags ?? {} } : {}),
        ...resolveAll(computedOf(type, props), props, id, aws),
        ...fill(type, props, ({ computed, unset }) => ({ ...unset, ...computed })),
        ...idIn(token, id),
    };
    return { ...outputs, ...resolveAll(type.settle?.(outputs), outputs, id, aws), ...rawState(token, aws) };
}

/**
 * What a bridge needs to make Terraform's state of Pulumi's (pulumi-terraform-bridge, pkg/tfbridge/rawstate.go), in
 * outline. The bridge makes a secret of what it can only store as a whole.
 */
function rawState(token: string, aws: Aws): Props {
    if (!aws.plans || isNative(token)) {
        return {};
    }
    const { framework } = typeOf(token);
    return { __pulumi_raw_state_delta: { obj: aws.v7 && framework ? { o: framework.rawState } : {} } };
}

/** Bridged providers repeat the id among the outputs; aws-native does not. */
function idIn(token: string, id: string): Props {
    return isNative(token) ? {} : { id };
}

type Complete = (block: Block, old: unknown) => Props;

/** `props` with every nested block completed, for which `complete` also gets the block's old value. */
function fill(type: Type, props: Props, complete: Complete, olds: Olds = { inputs: {}, outputs: {} }): Props {
    const blocks = Object.entries(type.blocks ?? {}).filter(([key]) => props[key] !== undefined);
    const filled = blocks.map(([key, block]) => {
        const [value, inputs, outputs] = [props[key], clean(olds.inputs)[key], olds.outputs[key]];
        const one = (item: unknown, old: unknown) => (isObject(item) ? { ...complete(block, old), ...item } : item);
        return [
            key,
            Array.isArray(value)
                ? value.map((item) => one(item, same(item, block, inputs, outputs)))
                : one(value, outputs),
        ];
    });
    return { ...props, ...Object.fromEntries(filled) };
}

/** An element of a set has an old value only if nothing in it changes. */
function same(item: unknown, { key = "" }: Block, inputs: unknown, outputs: unknown): unknown {
    const unchanged = Array.isArray(inputs) && inputs.some((old) => isDeepStrictEqual(old, item));
    return unchanged && Array.isArray(outputs) && isObject(item)
        ? outputs.find((old) => isObject(old) && old[key] === item[key])
        : undefined;
}

/** A replaced resource has another id than before: what forces the replacement goes into it. */
function seed(type: Type, urn: string, props: Props): string {
    const forcing = Object.entries(props).filter(([key]) => type.replaces?.includes(key));
    return [urn, ...forcing.map(([key, value]) => `${key}=${stable(value)}`).sort()].join(" ");
}

/** JSON with the keys in order: they arrive in any. */
function stable(value: unknown): string {
    return JSON.stringify(value, (_, item) =>
        isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    );
}

function computedOf({ computed = {} }: Type, props: Props): Props {
    return typeof computed === "function" ? computed(props) : computed;
}

/** The properties whose value stays when the program no longer sets them. */
function keeping(type: Type, props: Props): Props {
    return { ...computedOf(type, props), ...Object.fromEntries((type.suppressed ?? []).map((key) => [key, null])) };
}

function resolveAll(templates: Props = {}, props: Props, id: string, aws: Aws): Props {
    const names = { id, seed: `${id}/`, aws };
    return mapValues(templates, (value) => (typeof value === "string" ? resolve(value, props, names) : value));
}

function pick(from: unknown, keys: Props = {}): Props {
    return isObject(from) ? Object.fromEntries(Object.entries(from).filter(([key]) => key in keys)) : {};
}

function mapValues(props: Props, to: (value: unknown) => unknown): Props {
    return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, to(value)]));
}

function unknown(props: Props = {}): Props {
    return mapValues(props, () => UNKNOWN);
}

/** Terraform's SDK does not know a map of which it does not know a value. */
function hasUnknown(map: unknown): boolean {
    return isObject(map) && Object.values(map).includes(UNKNOWN);
}

function isEmpty(value: unknown): boolean {
    return isObject(value) && Object.keys(value).length === 0;
}

/** Outputs never have `__defaults`. */
function clean(props: Props): Props {
    return without(props, (key) => key === "__defaults") as Props;
}

/** Older bridges answer a preview without what is not known at the top level; within blocks they say so. */
function knownOnly(outputs: Props): Props {
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== UNKNOWN));
}
