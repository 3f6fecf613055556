/** Engine events, as `pulumi policy analyze --json` prints them and event logs have them: one JSON object a line. */

import { stripVTControlCharacters } from "node:util";
import { BadInput } from "../errors";
import { parseJson } from "./json";
import { isObject } from "./properties";

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

/** A finding of a policy. */
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

/** A change that a policy made. */
export interface RemediationEvent {
    readonly resourceUrn?: string;
    readonly policyName: string;
}

/** The policies of a pack, at the end of a run. */
export interface PolicySummary {
    readonly policyPackName: string;
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

type Is = (value: unknown) => boolean;

const isText: Is = (value) => typeof value === "string";
/** A name is never empty. */
const isName: Is = (value) => isText(value) && value !== "";
const listOf =
    (is: Is): Is =>
    (value) =>
        Array.isArray(value) && value.every(is);
const optional =
    (is: Is): Is =>
    (value) =>
        value === undefined || is(value);
const having = (fields: Readonly<Record<string, Is>>): Is => {
    const entries = Object.entries(fields);
    return (value) => isObject(value) && entries.every(([field, is]) => is(value[field]));
};

const SUMMARY = having({
    policyPackName: isText,
    passed: optional(listOf(isName)),
    failed: optional(listOf(isName)),
});

/** What events have to be like, as far as they are read. A log may have as many as ten for each resource. */
const KINDS: readonly (readonly [kind: string, is: Is])[] = Object.entries({
    policyEvent: having({
        message: isText,
        policyName: isName,
        policyPackName: isText,
        enforcementLevel: isText,
        resourceUrn: optional(isText),
        severity: optional(isText),
        exceptions: optional(listOf(having({ id: isName, reason: isText }))),
    }),
    policyRemediationEvent: having({ policyName: isName, resourceUrn: optional(isText) }),
    policyAnalyzeSummaryEvent: SUMMARY,
    policyAnalyzeStackSummaryEvent: SUMMARY,
    resourcePreEvent: having({ metadata: having({ urn: isText }) }),
    diagnosticEvent: having({ message: isText }),
    summaryEvent: isObject,
});

/** @throws BadInput if the text is something else, at the first line that is */
export function parseEvents(text: string): EngineEvent[] {
    const events = text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [eventOf(line, index + 1)]));
    if (events.length === 0) {
        throw new BadInput("is empty");
    }
    return events;
}

function eventOf(line: string, number: number): EngineEvent {
    const event = parseJson(line, number);
    if (!isObject(event) || typeof event.sequence !== "number") {
        throw new BadInput(`does not have an engine event at line ${number}`);
    }
    for (const [kind, is] of KINDS) {
        if (event[kind] !== undefined && !is(event[kind])) {
            throw new BadInput(`has an invalid ${kind} at line ${number}`);
        }
    }
    return event as unknown as EngineEvent;
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
