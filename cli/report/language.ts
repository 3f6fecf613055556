/** The language in which a report shows the code of its findings. */

import { languageOf, type WriteCode } from "../../stack/code/languages";
import type { StateResource } from "../state";
import { programFile } from "./location";
import type { Location } from "./model";

/** Answers how to write code for a finding at a location; without a location, for the program of the stack. */
export function writerFor(resources: readonly StateResource[]): (location: Location | undefined) => WriteCode {
    let main: { readonly file: string | undefined } | undefined;
    return (location) => {
        if (location !== undefined) {
            return languageOf(location.path);
        }
        main ??= { file: programFile(resources) };
        return languageOf(main.file);
    };
}
