import { messageOf, policyOfUndecidedLine, undecidedLine } from "../../pack/finding";
import { table } from "../support/rows";

table("messageOf", messageOf, [
    ["problem, advice and code have a line each", { problem: "Bad.", advice: "Fix.", code: "x" }, "Bad.\nFix.\nx"],
    ["a finding without code has no line for it", { problem: "Bad.", advice: "Fix." }, "Bad.\nFix."],
    ["a line break in a part does not add a line", { problem: "GET /a\r\nb", advice: "Fix." }, "GET /a\\r\\nb\nFix."],
]);

table("policyOfUndecidedLine", policyOfUndecidedLine, [
    [
        "a line of undecidedLine contains the policy",
        undecidedLine("shop-policy", [{ undecided: "a could not decide on b" }]),
        "shop-policy",
    ],
    ["another line does not contain a policy", "could not decide", undefined],
]);
