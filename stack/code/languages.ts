/** The language of a program. */

import { go } from "./go";
import type { Code } from "./index";
import { python } from "./python";
import { typeScript } from "./typescript";
import { yaml } from "./yaml";

/** Writes code for a resource of some type. Answers nothing if the language cannot express it, or we do not know how. */
export type WriteCode = (code: Code, type: string) => string | undefined;

const BY_EXTENSION: ReadonlyMap<string, WriteCode> = new Map<string, WriteCode>([
    ["py", python],
    ["go", go],
    ["yaml", yaml],
    ["yml", yaml],
]);

/** How to write code for the program that a file belongs to: in TypeScript, unless its extension says otherwise. */
export function languageOf(path: string | undefined): WriteCode {
    const [, extension = ""] = /\.([a-z]+)$/i.exec(path ?? "") ?? [];
    return BY_EXTENSION.get(extension.toLowerCase()) ?? typeScript;
}
