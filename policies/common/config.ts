import type { PolicyConfigSchema } from "@pulumi/policy";
import { quote } from "../../apigateway/messages";

/** The engine checks types, enums and ranges against the schema; it lets unknown keys and contradictions pass. */
export type ConfigReader<Config> = (args: { getConfig<T extends object>(): T }) => Config;

/** An error whose stack is its message: the policy SDK prints the stack, of which a user of the pack needs nothing. */
function configError(policy: string, message: string): Error {
    const error = new Error(`${policy}: ${message}`);
    error.stack = error.message;
    return error;
}

/**
 * Reads a policy's config strictly.
 *
 * @param contradiction says what is wrong between keys that are each fine by themselves, if anything is
 * @throws Error for a key the schema does not have, and for a contradiction
 */
export function strictConfig<Config extends object>(
    policy: string,
    schema: PolicyConfigSchema,
    contradiction: (config: Config) => string | undefined = () => undefined,
): ConfigReader<Config> {
    const known = Object.keys(schema.properties);
    const defaults = Object.fromEntries(
        Object.entries(schema.properties).flatMap(([key, { default: value }]) =>
            value === undefined ? [] : [[key, value]],
        ),
    );
    // `check` gives every resource the same object, which need not be read again for each.
    const read = new WeakMap<object, Config>();
    return (args) => {
        const given = args.getConfig<Record<string, unknown>>();
        const before = read.get(given);
        if (before !== undefined) {
            return before;
        }
        const unknown = Object.keys(given).find((key) => !known.includes(key));
        if (unknown !== undefined) {
            throw configError(policy, `there is no config key ${quote(unknown)}. ${advice(unknown, known)}`);
        }
        const config = { ...defaults, ...given } as Config;
        const wrong = contradiction(config);
        if (wrong !== undefined) {
            throw configError(policy, wrong);
        }
        read.set(given, config);
        return config;
    };
}

function advice(unknown: string, known: readonly string[]): string {
    const near = nearest(unknown, known);
    if (near !== undefined) {
        return `Did you mean ${quote(near)}?`;
    }
    return known.length === 0 ? "This policy has no config." : `Its keys are ${known.map(quote).join(", ")}.`;
}

/** The known word that is at most two letters from a misspelt one. */
export function nearest(unknown: string, known: readonly string[]): string | undefined {
    return known.find((word) => distance(unknown.toLowerCase(), word.toLowerCase()) <= 2);
}

/** How many letters must be added, removed or changed to get from one word to the other (Levenshtein). */
function distance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let line = 1; line <= from.length; line++) {
        const above = row;
        row = [line];
        for (let column = 1; column <= to.length; column++) {
            const changed = from[line - 1] === to[column - 1] ? 0 : 1;
            row[column] = Math.min(
                (above[column] as number) + 1,
                (row[column - 1] as number) + 1,
                (above[column - 1] as number) + changed,
            );
        }
    }
    return row[to.length] as number;
}
