import { readdirSync } from "node:fs";

/** The names of the examples: the folders beside this file. */
export const EXAMPLE_NAMES: readonly string[] = readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** The program of an example, as an inline program of the Automation API. */
export function programOf(example: string): () => Promise<Record<string, unknown> | undefined> {
    const program = require(`./${example}`) as () => Record<string, unknown> | undefined;
    return async () => program();
}
