import { type Finding, partsOf, policyMessageOf, policyOfUndecidedLine, undecidedLine } from "../../pack/finding";
import { table } from "../support/rows";

table("policyMessageOf", policyMessageOf, [
    [
        "problem, advice and code, in TypeScript, have a line each",
        { problem: "Bad.", advice: "Fix.", code: { inputs: { x: "y" } } },
        'Bad.\nFix.\nx: "y"',
    ],
    ["a finding without code has no line for it", { problem: "Bad.", advice: "Fix." }, "Bad.\nFix."],
    ["a line break in a part does not add a line", { problem: "GET /a\r\nb", advice: "Fix." }, "GET /a\\r\\nb\nFix."],
]);

table("partsOf", (finding: Finding) => partsOf(finding), [
    [
        "a finding with code has three parts",
        { problem: "Bad.", advice: "Fix.", code: { inputs: { x: "y" } } },
        { problem: "Bad.", advice: "Fix.", code: 'x: "y"' },
    ],
    ["a finding without code has two", { problem: "Bad.", advice: "Fix." }, { problem: "Bad.", advice: "Fix." }],
]);

table("policyOfUndecidedLine", policyOfUndecidedLine, [
    [
        "a line of undecidedLine contains the policy",
        undecidedLine("shop-policy", [{ undecided: "a could not decide on b" }]),
        "shop-policy",
    ],
    ["another line does not contain a policy", "could not decide", undefined],
]);
