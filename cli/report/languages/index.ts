/** The language of a program, and code in it. */

import { type Code, typeScript } from "../../../stack/code";
import type { StateResource } from "../../state";
import { programFile } from "../location";
import type { Location } from "../model";
import { go } from "./go";
import { python } from "./python";
import { yaml } from "./yaml";

/** Writes code, of a finding on a resource of some type; nothing if the language cannot say it, or we do not know how. */
export type Write = (code: Code, type: string) => string | undefined;

const BY_ENDING: Readonly<Record<string, Write>> = { py: python, go, yaml, yml: yaml };

/** How to write code for the program that a file belongs to: in TypeScript, unless its ending says otherwise. */
export function languageOf(path: string | undefined): Write {
    const [, ending = ""] = /\.([a-z]+)$/i.exec(path ?? "") ?? [];
    return (Object.hasOwn(BY_ENDING, ending.toLowerCase()) && BY_ENDING[ending.toLowerCase()]) || typeScript;
}

/** Answers how to write code for a finding at a place, or, where it has none, for the program of the stack. */
export function writerFor(resources: readonly StateResource[]): (location: Location | null) => Write {
    let main: { readonly file: string | undefined } | undefined;
    return (location) => {
        if (location !== null) {
            return languageOf(location.path);
        }
        main ??= { file: programFile(resources) };
        return languageOf(main.file);
    };
}
