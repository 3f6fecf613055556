import assert from "node:assert/strict";
import { BadInput } from "../../../cli/errors";
import { type EngineEvent, parseEvents, runsOf, withoutColor } from "../../../cli/inputs/events";
import { table } from "../../support/rows";

const POLICY_EVENT = {
    resourceUrn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::photos",
    message: "Bucket is public.",
    policyName: "private-buckets",
    policyPackName: "house-rules",
    enforcementLevel: "mandatory",
};

/** The events of a text, or what is wrong with it. */
function parsed(text: string): unknown {
    try {
        return parseEvents(text);
    } catch (error) {
        assert.ok(error instanceof BadInput, error as Error);
        return error.message;
    }
}

const line = (event: object) => JSON.stringify({ sequence: 0, ...event });

table("parseEvents", parsed, [
    ["reads one event a line", '{"sequence":0}\n{"sequence":1}', [{ sequence: 0 }, { sequence: 1 }]],
    ["reads lines that end as on Windows", '{"sequence":0}\r\n{"sequence":1}\r\n', [{ sequence: 0 }, { sequence: 1 }]],
    ["skips empty lines", '\n{"sequence":0}\n \n', [{ sequence: 0 }]],
    ["reads a policy event", line({ policyEvent: POLICY_EVENT }), [{ sequence: 0, policyEvent: POLICY_EVENT }]],
    [
        "keeps events of other kinds, and other fields",
        line({ timestamp: 5, cancelEvent: {}, summaryEvent: { result: 5, resourceChanges: null } }),
        [{ sequence: 0, timestamp: 5, cancelEvent: {}, summaryEvent: { result: 5, resourceChanges: null } }],
    ],
    ["rejects an empty text", "", "is empty"],
    ["rejects empty lines alone", "\n \n", "is empty"],
    ["rejects a list, counting empty lines", '\n{"sequence":0}\n[1]', "does not have an engine event at line 3"],
    [
        "rejects a line that is cut off, with its place",
        '{"sequence":0}\n{"seq',
        "is not JSON: it ends too early at line 2, column 6",
    ],
    [
        "rejects a line that is not JSON, without repeating it",
        '\n{"sequence":0}\r\n{"sequence":1,hunter2}',
        "is not JSON: it goes wrong at line 3, column 15",
    ],
    ["rejects null", "null", "does not have an engine event at line 1"],
    ["rejects an event without a number", '{"policyEvent":5}', "does not have an engine event at line 1"],
    ["rejects an event whose number is text", '{"sequence":"0"}', "does not have an engine event at line 1"],
    ...[
        { policyEvent: null },
        { policyEvent: { ...POLICY_EVENT, message: undefined } },
        { policyEvent: { ...POLICY_EVENT, policyName: undefined } },
        { policyEvent: { ...POLICY_EVENT, policyName: "" } },
        { policyEvent: { ...POLICY_EVENT, policyPackName: undefined } },
        { policyEvent: { ...POLICY_EVENT, enforcementLevel: undefined } },
        { policyEvent: { ...POLICY_EVENT, resourceUrn: 5 } },
        { policyEvent: { ...POLICY_EVENT, severity: 5 } },
        { policyRemediationEvent: null },
        { policyRemediationEvent: { resourceUrn: POLICY_EVENT.resourceUrn } },
        { policyAnalyzeSummaryEvent: { policyPackName: "house-rules", passed: "all" } },
        { policyAnalyzeSummaryEvent: { passed: [] } },
        { policyAnalyzeStackSummaryEvent: [] },
        { policyAnalyzeStackSummaryEvent: { policyPackName: "house-rules", passed: [""] } },
        { policyAnalyzeStackSummaryEvent: { policyPackName: "house-rules", failed: [5] } },
        { resourcePreEvent: {} },
        { resourcePreEvent: { metadata: {} } },
        { resourcePreEvent: { metadata: { urn: 5 } } },
        { diagnosticEvent: { message: 5 } },
        { diagnosticEvent: {} },
        { summaryEvent: null },
    ].map((event): [string, string, string] => [
        `rejects ${JSON.stringify(event)}`,
        `{"sequence":0}\n${line(event)}`,
        `has an invalid ${Object.keys(event)[0]} at line 2`,
    ]),
]);

const numbered = (...numbers: number[]): EngineEvent[] => numbers.map((sequence) => ({ sequence }));

table("runsOf", (numbers: readonly number[]) => runsOf(numbered(...numbers)), [
    ["is one run, if the numbers grow", [0, 1, 5], [numbered(0, 1, 5)]],
    ["is a run from each number that does not", [0, 1, 0, 0, 7], [numbered(0, 1), numbered(0), numbered(0, 7)]],
    ["is no run without events", [], []],
]);

table("withoutColor", withoutColor, [
    ["removes the engine's color tags", "<{%fg 1%}>Bucket<{%reset%}> is public.", "Bucket is public."],
    ["removes the terminal's color codes", "\u001b[31mBucket\u001b[0m is public.", "Bucket is public."],
    ["removes space around the text", "\n Bucket is public.<{%reset%}>\n", "Bucket is public."],
    ["keeps other brackets", "a <{b}> 100% c", "a <{b}> 100% c"],
]);
