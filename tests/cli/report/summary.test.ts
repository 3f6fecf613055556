import assert from "node:assert/strict";
import { NOTHING, type Outcome, type Report } from "../../../cli/report/model";
import { isClean, reportSummary, uncheckedLines } from "../../../cli/report/summary";
import { COVERED, EXCEPTED, LOG_GROUP, PROBLEM, report, UNCHECKED } from "./formats/reports";

const covered = (...outcomes: readonly (readonly [policy: string, outcome: Outcome, stack?: string])[]) =>
    outcomes.map(([policy, outcome, stack = "shop/dev"]) => ({ ...COVERED, policy, outcome, stack }));

interface Row {
    readonly when: string;
    readonly given: Partial<Report>;
    readonly says: string;
    readonly ticked: boolean;
}

const ROWS: readonly Row[] = [
    {
        when: "all policies were evaluated",
        given: {},
        says: "no findings in 1 stack, 16 resources; 3 policies",
        ticked: true,
    },
    {
        when: "one policy was evaluated",
        given: { coverage: covered(["a", "evaluated"], ["b", "notApplicable"]) },
        says: "no findings in 1 stack, 16 resources; 1 policy",
        ticked: true,
    },
    {
        when: "a policy was evaluated in one of two stacks",
        given: { coverage: covered(["a", "notApplicable"], ["a", "evaluated", "shop/prod"]) },
        says: "no findings in 1 stack, 16 resources; 1 policy",
        ticked: true,
    },
    {
        when: "one of two policies did not decide",
        given: { coverage: covered(["a", "evaluated"], ["b", "undecided"]) },
        says: "no findings in 1 stack, 16 resources; 2 policies (1 undecided)",
        ticked: true,
    },
    {
        when: "no policy decided",
        given: { coverage: covered(["a", "undecided"]) },
        says: "no findings in 1 stack, 16 resources; 1 policy (1 undecided)",
        ticked: false,
    },
    {
        when: "no policy applies",
        given: { coverage: covered(["a", "notApplicable"]) },
        says: "no findings in 1 stack, 16 resources; no policy applies to them",
        ticked: false,
    },
    {
        when: "the only policy was not checked",
        given: { coverage: covered(["a", "notChecked"]), unchecked: [UNCHECKED] },
        says: "no findings in 1 stack, 16 resources; no policy was evaluated",
        ticked: false,
    },
    {
        when: "something was not checked",
        given: { unchecked: [UNCHECKED] },
        says: "no findings in 1 stack, 16 resources; 3 policies",
        ticked: false,
    },
    {
        when: "a file has a problem",
        given: { problems: [PROBLEM] },
        says: "no findings in 1 stack, 16 resources; 3 policies",
        ticked: false,
    },
    {
        when: "events name no policy",
        given: { coverage: [], stacks: [{ stack: "shop/dev", file: "events" }] },
        says: "no findings in 1 stack",
        ticked: false,
    },
    {
        when: "there are findings, and some are excepted",
        given: { findings: [LOG_GROUP], excepted: [EXCEPTED] },
        says: "1 finding (0 mandatory, 1 advisory) in 1 stack, 16 resources; 3 policies; 1 excepted",
        ticked: false,
    },
    { when: "there is no stack", given: { ...NOTHING }, says: "no stacks checked", ticked: false },
];

describe("the summary of a report", () => {
    for (const { when, given, says, ticked } of ROWS) {
        it(`says what was evaluated, and ${ticked ? "has a" : "has no"} tick, if ${when}`, () => {
            const whole = { ...report(), ...given };
            assert.deepEqual([reportSummary(whole), isClean(whole)], [says, ticked]);
        });
    }
});

describe("what was not checked is said", () => {
    const { message } = UNCHECKED;
    const file = "states/shop.json";
    const rows: readonly (readonly [what: string, unchecked: Report["unchecked"], where: readonly string[]])[] = [
        ["of a stack", [UNCHECKED], ["states/shop.json, shop/dev"]],
        ["of a run of a stack", [{ ...UNCHECKED, run: 2 }], ["states/shop.json, run 2, shop/dev"]],
        ["of standard input as a whole", [{ file: "-", message }], ["standard input"]],
        ["once for several stacks", [UNCHECKED, { ...UNCHECKED, stack: "shop/prod" }], ["2 stacks"]],
        [
            "once for several files",
            [
                { file, message },
                { file: "b.json", message },
            ],
            ["2 files"],
        ],
        ["once for the same twice", [UNCHECKED, UNCHECKED], ["states/shop.json, shop/dev"]],
        ["once for each reason", [UNCHECKED, { file, message: "Other." }], ["states/shop.json, shop/dev", file]],
    ];
    for (const [what, unchecked, where] of rows) {
        it(what, () =>
            assert.deepEqual(
                uncheckedLines(unchecked).map((one) => one.where),
                where,
            ),
        );
    }
});
