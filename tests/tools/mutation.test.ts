import { type MutationReport, type Score, scoreOf } from "../../tools/mutation";
import { table } from "../support/rows";

const SOURCE = "if (a) {\n    return 1;\n}\n";
type Mutant = MutationReport["files"][string]["mutants"][number];
const at = (line: number, status: string, replacement: string): Mutant => ({
    status,
    replacement,
    location: { start: { line, column: 5 } },
});
const LISTED = { because: "x", file: "a.ts", line: "return 1;", becomes: ["return 2;"] };
const score = (mutants: readonly Mutant[]): Score =>
    scoreOf({ files: { "a.ts": { source: SOURCE, mutants } } }, [LISTED]);
const listed = at(2, "Survived", "return 2;");
const NONE: Score = { score: 100, total: 0, survivors: [], equivalent: 1, wrong: [] };

table("the score of mutants", score, [
    ["is full where none is left that matters", [listed], NONE],
    ["counts mutants that tests notice", [listed, at(1, "Killed", "true")], { ...NONE, total: 1 }],
    [
        "counts mutants that do not end, or do not run, as noticed",
        [listed, at(1, "Timeout", "true"), at(1, "RuntimeError", "false")],
        { ...NONE, total: 2 },
    ],
    ["leaves out mutants that were not tried", [listed, at(1, "Ignored", "true"), at(1, "CompileError", "x")], NONE],
    [
        "falls with mutants that no test notices, and with those that no test reaches",
        [
            listed,
            at(1, "Killed", "true"),
            at(1, "Survived", "false"),
            at(2, "NoCoverage", "\n{\n}"),
            at(2, "Killed", ""),
        ],
        { ...NONE, score: 50, total: 4, survivors: ["a.ts:1:5: if (a) { → false", "a.ts:2:5: return 1; → {"] },
    ],
    [
        "rejects an entry of the list that a test notices",
        [at(2, "Killed", "return 2;")],
        { ...NONE, total: 1, equivalent: 0, wrong: ["a.ts: return 1; → return 2;"] },
    ],
]);
