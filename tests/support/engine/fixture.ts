import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FIXTURES, type RecordedState } from "../../../tools/recorded-state";

export { FIXTURES, type StateResource } from "../../../tools/recorded-state";

/** The recorded state of an example. */
export function fixture(example: string): RecordedState {
    return JSON.parse(readFileSync(join(FIXTURES, `${example}.json`), "utf8"));
}
