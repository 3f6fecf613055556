/**
 * Mutants that no test can kill, because the program with them does the same; `npm run mutation` leaves them out of its score. It
 * also rejects an entry that a test kills, or whose code is gone, so that the list stays true.
 */

export interface Equivalent {
    /** Why nobody can see the difference. */
    readonly because: string;
    readonly file: string;
    /** The line on which the mutated code starts, without its indentation. */
    readonly line: string;
    /** The code that stands in its place, or its first line. */
    readonly becomes: readonly string[];
}

export const EQUIVALENT: readonly Equivalent[] = [];
