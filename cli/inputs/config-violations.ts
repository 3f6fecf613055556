/** What a policy's config violates in its schema, in the words of the engine's validator (gojsonschema's locale). */

import { type Schema, type ValidationError, validate } from "jsonschema";
import type { ConfigKeys } from "../../pack/config";
import { quote } from "../../stack/text";
import { isObject, type Properties } from "./properties";

/** The violations of a config, each in one line that begins with its key. */
export function violations(keys: ConfigKeys, config: Properties): string[] {
    const { errors } = validate(config, { type: "object", properties: ownOnly(keys) });
    const placed = errors.map((error) => ({ error, at: error.path.join(".") }));
    // A value of the wrong type is not reported for the other keywords as well.
    const wrongType = new Set(placed.filter(({ error }) => error.name === "type").map(({ at }) => at));
    return placed
        .filter(({ error, at }) => error.name === "type" || !wrongType.has(at))
        .flatMap(({ error, at }) => {
            const words = WORDS[error.name]?.(error, at) ?? [error.message];
            return words.map((one) => (at === "" ? one : `${at}: ${one}`));
        });
}

/** A schema that inherits nothing: the validator takes `constructor` for one of the properties that every object inherits. */
function ownOnly(schema: ConfigKeys): Record<string, Schema> {
    return JSON.parse(JSON.stringify(schema), (_, value) =>
        isObject(value) ? Object.assign(Object.create(null), value) : value,
    );
}

type Words = (error: ValidationError, at: string) => string[];

/** For the keywords that the config keys of policies use. */
const WORDS: Readonly<Record<string, Words>> = {
    type: ({ argument, instance }) => [`Invalid type. Expected: ${argument}, given: ${typeOf(instance)}`],
    enum: ({ argument }, at) => [`${at} must be one of the following: ${argument.map(quote).join(", ")}`],
    required: ({ argument }) => [`${argument} is required`],
    additionalProperties: ({ argument }) => [`Additional property ${argument} is not allowed`],
    minimum: ({ argument }) => [`Must be greater than or equal to ${argument}`],
    maximum: ({ argument }) => [`Must be less than or equal to ${argument}`],
    minLength: ({ argument }) => [`String length must be greater than or equal to ${argument}`],
    minItems: ({ argument }) => [`Array must have at least ${argument} items`],
    uniqueItems: ({ instance }) => repeated(instance).map(([i, j]) => `array items[${i},${j}] must be unique`),
};

/** Where an item is that is in the list again, and where it is again. */
function repeated(items: readonly unknown[]): [number, number][] {
    const last = new Map<unknown, number>();
    return items.flatMap((item, index): [number, number][] => {
        const before = last.get(item);
        last.set(item, index);
        return before === undefined ? [] : [[before, index]];
    });
}

function typeOf(value: unknown): string {
    if (value === null) {
        return "null";
    }
    return Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
}
