/** Tables of rows for pure functions: an input and the exact result that is expected. */

import assert from "node:assert/strict";

export type Row<Given, Result> = readonly [when: string, given: Given, expected: Result];

export function table<Given, Result>(
    name: string,
    run: (given: Given) => Result,
    rows: readonly Row<Given, NoInfer<Result>>[],
): void {
    describe(name, () => {
        for (const [when, given, expected] of rows) {
            it(when, () => assert.deepEqual(run(given), expected));
        }
    });
}
