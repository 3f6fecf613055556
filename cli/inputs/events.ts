/** Engine events, as `pulumi policy analyze --json` prints them and event logs have them: one JSON object a line. */

import { stripVTControlCharacters } from "node:util";
import { type Schema, Validator } from "jsonschema";
import { BadInput } from "./files";
import { parseJson, shownPosition } from "./json";

/** The events that are read, as far as they are (sdk/go/common/apitype/events.go). */
export interface EngineEvent {
    readonly sequence: number;
    readonly policyEvent?: PolicyEvent;
    readonly policyRemediationEvent?: RemediationEvent;
    readonly policyAnalyzeSummaryEvent?: PolicySummary;
    readonly policyAnalyzeStackSummaryEvent?: PolicySummary;
    readonly resourcePreEvent?: { readonly metadata: { readonly urn: string } };
    readonly diagnosticEvent?: { readonly message: string };
    readonly summaryEvent?: { readonly result?: unknown; readonly PolicyPacks?: unknown };
}

export interface PolicyEvent {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly policyPackName: string;
    readonly enforcementLevel: string;
    readonly severity?: string;
    /** Those that except the finding; left out for one that counts. */
    readonly exceptions?: readonly { readonly id: string; readonly reason: string }[];
}

export interface RemediationEvent {
    readonly resourceUrn?: string;
    readonly policyName: string;
}

export interface PolicySummary {
    readonly policyPackName: string;
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

const TEXT: Schema = { type: "string" };
/** A name, which is never empty. */
const NAME: Schema = { type: "string", minLength: 1 };
const NAMES: Schema = { type: "array", items: NAME };
const EXCEPTION: Schema = { type: "object", properties: { id: NAME, reason: TEXT }, required: ["id", "reason"] };
const SUMMARY: Schema = {
    type: "object",
    properties: { policyPackName: TEXT, passed: NAMES, failed: NAMES },
    required: ["policyPackName"],
};

const SCHEMA: Schema = {
    type: "object",
    // Before what else may be wrong.
    required: ["sequence"],
    properties: {
        sequence: { type: "number" },
        policyEvent: {
            type: "object",
            properties: {
                ...{ resourceUrn: TEXT, message: TEXT, policyName: NAME, policyPackName: TEXT },
                ...{ enforcementLevel: TEXT, severity: TEXT },
                exceptions: { type: "array", items: EXCEPTION },
            },
            required: ["message", "policyName", "policyPackName", "enforcementLevel"],
        },
        policyRemediationEvent: {
            type: "object",
            properties: { resourceUrn: TEXT, policyName: NAME },
            required: ["policyName"],
        },
        policyAnalyzeSummaryEvent: SUMMARY,
        policyAnalyzeStackSummaryEvent: SUMMARY,
        resourcePreEvent: {
            type: "object",
            properties: { metadata: { type: "object", properties: { urn: TEXT }, required: ["urn"] } },
            required: ["metadata"],
        },
        diagnosticEvent: { type: "object", properties: { message: TEXT }, required: ["message"] },
        summaryEvent: { type: "object" },
    },
};

/** @throws BadInput if the text is something else, at the first line that is */
export function parseEvents(text: string): EngineEvent[] {
    const validator = new Validator();
    const events = text
        .split("\n")
        .flatMap((line, index) => (line.trim() === "" ? [] : [eventOf(line, index + 1, validator)]));
    if (events.length === 0) {
        throw new BadInput("is empty");
    }
    return events;
}

function eventOf(line: string, number: number, validator: Validator): EngineEvent {
    const event = parseLine(line, number);
    const [error] = validator.validate(event, SCHEMA).errors;
    if (error === undefined) {
        return event as EngineEvent;
    }
    const [kind] = error.path;
    throw new BadInput(
        kind === undefined || kind === "sequence"
            ? `does not have an engine event at line ${number}`
            : `has an invalid ${kind} at line ${number}`,
    );
}

function parseLine(line: string, number: number): unknown {
    const parsed = parseJson(line);
    if ("error" in parsed) {
        throw new BadInput(`is not JSON: ${shownPosition({ ...parsed.error, line: number })}`);
    }
    return parsed.value;
}

/** The runs of a file: several logs may be in one, and each counts its events from the start. */
export function runsOf(events: readonly EngineEvent[]): EngineEvent[][] {
    const runs: EngineEvent[][] = [];
    let last = Number.POSITIVE_INFINITY;
    for (const event of events) {
        if (event.sequence <= last) {
            runs.push([]);
        }
        runs.at(-1)?.push(event);
        last = event.sequence;
    }
    return runs;
}

/** Text of the engine without its color tags (`<{%fg 1%}>`) and the terminal's color codes. */
export function withoutColor(text: string): string {
    return stripVTControlCharacters(text.replace(/<\{%[^%]*%\}>/g, "")).trim();
}
