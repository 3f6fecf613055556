import { isDeepStrictEqual } from "node:util";
import { type Block, isNative, isRegional, type Type, typeOf } from "./types";
import { type Aws, isObject, MAPS, type Props, UNKNOWN, without } from "./values";

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
    const computed = unknown(type.computed?.(props, UNKNOWN, aws));
    const blocks = fill(type, props, (block) => ({ ...planned(block, undefined, aws), ...unknown(block.computed) }));
    const outputs = { ...computed, ...plan(token, blocks, undefined, aws), ...idIn(token, UNKNOWN) };
    // An unknown id is an empty one here, whatever the manner: the SDK takes any other text for the id itself.
    return { id: "", outputs: aws.plans || isNative(token) ? outputs : { ...knownOnly(outputs), id: "" } };
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

/** A resource so far. */
export interface Olds {
    inputs: Props;
    outputs: Props;
}

/**
 * What is Computed, or Optional and Computed, stays as it was when the program does not set it: deleting `loggingLevel`
 * from a program leaves the level on (`HasChange` in terraform-provider-aws). What is only Optional goes.
 */
export function update(token: string, id: string, olds: Olds, news: Props, aws: Aws, preview: boolean): Props {
    const type = typeOf(token);
    const props = clean(news);
    const before = pick(olds.outputs, keeping(type, props, aws));
    const complete: Complete = (block, old) =>
        preview
            ? { ...planned(block, old, aws), ...unknown(block.computed), ...pick(old, block.computed) }
            : { ...block.computed, ...pick(old, block.computed) };
    const merged = { ...before, ...fill(type, props, complete, olds) };
    if (!preview) {
        return known(token, merged, id, aws);
    }
    const outputs = { ...plan(token, merged, olds.outputs, aws), ...idIn(token, id) };
    return aws.plans || isNative(token) ? outputs : knownOnly(outputs);
}

/** The properties whose value stays when the program no longer sets them. */
function keeping(type: Type, props: Props, aws: Aws): Props {
    const suppressed = (type.suppressed ?? []).map((key) => [key, null]);
    return { ...type.computed?.(props, "", aws), ...Object.fromEntries(suppressed) };
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

export function diff(token: string, oldInputs: Props, newInputs: Props, aws: Aws): Diff {
    const type = typeOf(token);
    const olds = clean(oldInputs);
    const news = withKept(type, olds, clean(newInputs), aws);
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
function withKept(type: Type, olds: Props, news: Props, aws: Aws): Props {
    const blocks = Object.entries(type.blocks ?? {})
        .filter(([key]) => isObject(olds[key]) && isObject(news[key]))
        .map(([key, { computed }]) => [key, { ...pick(olds[key], computed), ...(news[key] as Props) }]);
    return { ...pick(olds, keeping(type, news, aws)), ...news, ...Object.fromEntries(blocks) };
}

/** What a preview says of properties that it need not compute. */
function plan(token: string, props: Props, olds: Props | undefined, aws: Aws): Props {
    const type = typeOf(token);
    const isMap = (key: string) => MAPS.has(key) && !isNative(token);
    const taggable = type.taggable ? { tags: null, tagsAll: olds === undefined ? UNKNOWN : (props.tags ?? {}) } : {};
    const set = Object.fromEntries(
        Object.entries(props).filter(([key, value]) => !(key === "tagsAll" && isEmpty(value))),
    );
    return {
        ...(aws.plans ? taggable : {}),
        ...planned(type, olds, aws),
        ...(aws.v7 ? type.framework?.defaults : {}),
        ...mapValues(set, (value, key) => (isMap(key) && hasUnknown(value) ? UNKNOWN : value)),
        ...ignored(type, props),
    };
}

/** Optional properties in a plan, if the program does not set them. What AWS answered before stays. */
function planned({ unset = {} }: Pick<Type, "unset">, old: unknown, aws: Aws): Props {
    const same = pick(old, unset);
    const stays = Object.entries(same).filter(([key, value]) => isDeepStrictEqual(value, unset[key]));
    const nulls = mapValues(unset, (value) => (Array.isArray(value) ? [] : null));
    return { ...(aws.plans ? nulls : {}), ...Object.fromEntries(stays) };
}

function ignored(type: Type, props: Props): Props {
    return Object.fromEntries((type.ignored?.(props) ?? []).map((key) => [key, null]));
}

/** Everything AWS would answer. */
function known(token: string, props: Props, id: string, aws: Aws): Props {
    const type = typeOf(token);
    const outputs: Props = {
        ...type.unset,
        ...(type.taggable ? { tags: null, tagsAll: props.tags ?? {} } : {}),
        ...type.computed?.(props, id, aws),
        ...fill(type, props, ({ computed, unset }) => ({ ...unset, ...computed })),
        ...ignored(type, props),
        ...idIn(token, id),
    };
    return { ...outputs, ...type.settle?.(outputs, id), ...rawState(token, aws) };
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

function pick(from: unknown, keys: Props = {}): Props {
    return isObject(from) ? Object.fromEntries(Object.entries(from).filter(([key]) => key in keys)) : {};
}

function mapValues(props: Props, to: (value: unknown, key: string) => unknown): Props {
    return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, to(value, key)]));
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
