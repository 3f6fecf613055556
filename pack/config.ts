/** The config of a policy: the schema of its keys, the type derived from it, and a strict reader. */

import { distance } from "fastest-levenshtein";
import { getOrAdd } from "../stack/maps";
import { quote } from "../stack/text";
import { exemptionProblem } from "./exemptions";

interface Described {
    /** For a key without a default, it also says what happens without the key, after the words "Left out:". */
    readonly description: string;
}

/** One key, as JSON Schema. The engine checks types, enums and ranges against it. */
export type ConfigKey = Described &
    (
        | { readonly type: "boolean"; readonly default?: boolean }
        | { readonly type: "integer"; readonly minimum?: number; readonly maximum?: number; readonly default?: number }
        | { readonly type: "string"; readonly enum?: readonly string[]; readonly default?: string }
        | {
              readonly type: "array";
              readonly items: {
                  readonly type: "string";
                  readonly enum?: readonly string[];
                  readonly minLength?: number;
              };
              readonly minItems?: number;
              readonly uniqueItems?: boolean;
              readonly default?: readonly string[];
          }
        | {
              readonly type: "array";
              readonly items: {
                  readonly type: "object";
                  readonly properties: Readonly<Record<string, Described & { type: "string"; minLength?: number }>>;
                  readonly required: readonly string[];
                  readonly additionalProperties: false;
              };
              readonly default: readonly never[];
          }
    );

/** The config keys of a policy, by name. */
export type ConfigKeys = Readonly<Record<string, ConfigKey>>;

type ValueOf<Key> = Key extends { readonly type: "boolean" }
    ? boolean
    : Key extends { readonly type: "integer" }
      ? number
      : Key extends { readonly enum: readonly (infer Value)[] }
        ? Value
        : Key extends { readonly items: infer Items }
          ? readonly ValueOf<Items>[]
          : string;

/** The config that a policy gets: keys with a default are always set. */
export type ConfigOf<Keys> = {
    readonly [Key in keyof Keys as Keys[Key] extends { readonly default: unknown } ? Key : never]: ValueOf<Keys[Key]>;
} & {
    readonly [Key in keyof Keys as Keys[Key] extends { readonly default: unknown } ? never : Key]?: ValueOf<Keys[Key]>;
};

interface Configurable<Keys extends ConfigKeys = ConfigKeys> {
    readonly name: string;
    readonly config: Keys;
    contradiction?(config: object): string | undefined;
}

/**
 * A policy's config with its defaults. The engine has checked it against the schema, but it accepts unknown keys and
 * keys that contradict each other, and exemptions that could be meant to have an end and have none.
 *
 * @throws Error for a key that the policy does not have, for a malformed exemption, or for a contradiction
 */
export function readConfig<Keys extends ConfigKeys>(policy: Configurable<Keys>, given: object): ConfigOf<Keys> {
    const keys = Object.keys(policy.config);
    const unknown = Object.keys(given).find((key) => !keys.includes(key));
    if (unknown !== undefined) {
        throw configError(policy, `there is no config key ${quote(unknown)}. ${adviceOn(unknown, keys)}`);
    }
    const config = { ...defaultsOf(policy.config), ...given };
    const contradiction = exemptionProblem(config) ?? policy.contradiction?.(config);
    if (contradiction !== undefined) {
        throw configError(policy, contradiction);
    }
    // Its types were checked against the schema.
    return config as ConfigOf<Keys>;
}

/** Of the keys of each policy: a config is read for every resource. */
const defaults = new WeakMap<ConfigKeys, object>();

function defaultsOf(keys: ConfigKeys): object {
    return getOrAdd(defaults, keys, () => {
        const entries = Object.entries(keys).map(([key, schema]) => [key, schema.default] as const);
        return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    });
}

/** An error whose stack is its message: the policy SDK prints the stack, which would not help a user of the pack. */
function configError({ name }: Configurable, message: string): Error {
    const error = new Error(`${name}: ${message}`);
    error.stack = error.message;
    return error;
}

function adviceOn(unknown: string, keys: readonly string[]): string {
    const near = nearest(unknown, keys);
    if (near !== undefined) {
        return `Did you mean ${quote(near)}?`;
    }
    return `Its keys are ${keys.map(quote).join(", ")}.`;
}

/** The known word that is nearest to a misspelt one, at most two letters from it. */
export function nearest(unknown: string, words: readonly string[]): string | undefined {
    const distanceTo = (word: string) => distance(unknown.toLowerCase(), word.toLowerCase());
    for (let most = 0; most <= 2; most++) {
        const near = words.find((word) => distanceTo(word) === most);
        if (near !== undefined) {
            return near;
        }
    }
    return undefined;
}
