/** What a policy's config violates in its schema, in the words of the engine's validator (gojsonschema's locale). */

import Ajv, { type ErrorObject } from "ajv";
import type { ConfigKeys } from "../../pack/config";
import { quote } from "../../stack/text";
import type { Properties } from "./properties";

export function violations(keys: ConfigKeys, config: Properties): string[] {
    const ajv = new Ajv({ allErrors: true, verbose: true });
    if (ajv.validate({ type: "object", properties: keys }, config)) {
        return [];
    }
    const errors = ajv.errors ?? [];
    // A value of the wrong type is not reported for the other keywords as well.
    const isWrongType = (at: string) => errors.some((error) => error.keyword === "type" && error.instancePath === at);
    return errors
        .filter((error) => error.keyword === "type" || !isWrongType(error.instancePath))
        .map((error) => {
            const at = error.instancePath.slice(1).replaceAll("/", ".");
            const words = WORDS[error.keyword]?.(error, at) ?? error.message ?? error.keyword;
            return at === "" ? words : `${at}: ${words}`;
        });
}

type Words = (error: ErrorObject, at: string) => string;

/** For the keywords that the config keys of policies use. */
const WORDS: Readonly<Record<string, Words>> = {
    type: ({ params, data }) => `Invalid type. Expected: ${params.type}, given: ${typeOf(data)}`,
    enum: ({ params }, at) => `${at} must be one of the following: ${params.allowedValues.map(quote).join(", ")}`,
    required: ({ params }) => `${params.missingProperty} is required`,
    additionalProperties: ({ params }) => `Additional property ${params.additionalProperty} is not allowed`,
    minimum: ({ params }) => `Must be greater than or equal to ${params.limit}`,
    maximum: ({ params }) => `Must be less than or equal to ${params.limit}`,
    minLength: ({ params }) => `String length must be greater than or equal to ${params.limit}`,
    minItems: ({ params }) => `Array must have at least ${params.limit} items`,
    uniqueItems: ({ params: { i, j } }) => `array items[${Math.min(i, j)},${Math.max(i, j)}] must be unique`,
};

function typeOf(value: unknown): string {
    if (value === null) {
        return "null";
    }
    return Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
}
