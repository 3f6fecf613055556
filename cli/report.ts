/** `apigateway-guard report`: what policies said in the engine, from the events of a run. */

import { type Finding, problemOf, type Report, together } from "./findings";
import { BadInput, parse, STDIN, textOf } from "./input";
import { locationOf } from "./location";
import { isObject } from "./properties";
import { readState } from "./read-state";
import { ruleNamed } from "./rules";
import { nameOf, type StateResource, stackNameOf, typeOf } from "./state";

export interface ReportOptions {
    /** A state of the stack, or a preview, to take places in the program from: events tell none. */
    readonly state?: string | undefined;
    /** The folder of the Pulumi program, to be put before the paths of places in it. */
    readonly sourceDir?: string;
}

/** The events that are read, as far as they are (sdk/go/common/apitype/events.go). */
interface Event {
    readonly sequence: number;
    readonly policyEvent?: PolicyEvent;
    readonly policyRemediationEvent?: Pick<PolicyEvent, "resourceUrn" | "policyName">;
    readonly policyAnalyzeSummaryEvent?: PolicySummary;
    readonly policyAnalyzeStackSummaryEvent?: PolicySummary;
    readonly resourcePreEvent?: { readonly metadata: { readonly urn: string } };
    readonly diagnosticEvent?: { readonly message: string; readonly severity: string };
    readonly summaryEvent?: { readonly result?: string; readonly PolicyPacks?: unknown };
}

interface PolicyEvent {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly policyPackName: string;
    readonly enforcementLevel: string;
    readonly severity?: string;
}

interface PolicySummary {
    readonly policyPackName: string;
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

const EXPECTED =
    "Expected: engine events, one a line, as `pulumi policy analyze --json` prints them and event logs have them.";

/** Runs that cannot be read, or did not come to their end, are among the report's problems. */
export async function report(file: string, { state, sourceDir = "" }: ReportOptions = {}): Promise<Report> {
    if (state === STDIN) {
        throw new BadInput("--state takes a file, not standard input");
    }
    const resources = state === undefined ? [] : await resourcesOf(state);
    try {
        const parts = runsOf(parseEvents(await textOf(file))).map((run) => reportOf(file, run, resources, sourceDir));
        const rules = parts.flatMap((part) => part.rules);
        return {
            ...together(parts),
            rules: [...new Map(rules.map((rule) => [`${rule.pack}\n${rule.policy}`, rule])).values()],
        };
    } catch (error) {
        if (!(error instanceof BadInput)) {
            throw error;
        }
        return { ...problemOf(file, `${error.message}. ${EXPECTED}`), rules: [] };
    }
}

/** Several logs may be in one file; each run counts its events from the start. */
function runsOf(events: readonly Event[]): Event[][] {
    const runs: Event[][] = [];
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

function reportOf(
    file: string,
    events: readonly Event[],
    resources: readonly StateResource[],
    sourceDir: string,
): Report {
    const urns = events.map(
        ({ policyEvent, resourcePreEvent }) => policyEvent?.resourceUrn ?? resourcePreEvent?.metadata.urn,
    );
    const stack = stackNameOf(
        urns.flatMap((urn) => (urn === undefined ? [] : [{ urn }])),
        "a stack",
    );
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const remediated = new Set(events.map(({ policyRemediationEvent }) => keyOf(policyRemediationEvent)));
    const findings = events.flatMap(({ policyEvent }): Finding[] => {
        if (policyEvent === undefined) {
            return [];
        }
        const { policyName, policyPackName, resourceUrn: urn = "", enforcementLevel, severity } = policyEvent;
        const { control, description } = ruleNamed(policyName, policyPackName);
        return [
            {
                policy: policyName,
                level: STOPS.includes(enforcementLevel) ? "mandatory" : "advisory",
                urn,
                type: typeOf(urn),
                name: nameOf(urn),
                stack,
                file,
                message: withoutHeading(uncoloured(policyEvent.message), description),
                severity: severity ?? null,
                control,
                location: locationOf(byUrn.get(urn), byUrn, sourceDir),
                wouldBeRemediated: remediated.has(keyOf(policyEvent)),
            },
        ];
    });
    return {
        // The engine works on many resources at once, so the order of its events means nothing.
        findings: findings.sort((a, b) => compare(a.urn, b.urn) || compare(a.policy, b.policy)),
        stacks: [{ stack, file, resources: null }],
        rules: rulesOf(events),
        undecided: undecidedOf(events).map((message) => ({ stack, file, message })),
        problems: problemsOf(events, findings).map((message) => ({ file, message })),
    };
}

const STOPS = ["mandatory", "remediate"];

function keyOf(event: Pick<PolicyEvent, "resourceUrn" | "policyName"> | undefined): string | undefined {
    return event && JSON.stringify([event.policyName, event.resourceUrn]);
}

function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}

/** The policies that a run names. Only summaries name those that found nothing, and `policy analyze` prints none. */
function rulesOf(events: readonly Event[]): Report["rules"] {
    const named = events.flatMap(({ policyEvent, policyAnalyzeSummaryEvent, policyAnalyzeStackSummaryEvent }) => [
        ...(policyEvent === undefined ? [] : [[policyEvent.policyPackName, policyEvent.policyName]]),
        ...[policyAnalyzeSummaryEvent, policyAnalyzeStackSummaryEvent].flatMap((summary) =>
            [...(summary?.passed ?? []), ...(summary?.failed ?? [])].map((name) => [summary?.policyPackName, name]),
        ),
    ]);
    const distinct = new Map(named.map((pair) => [pair.join("\n"), pair]));
    const rules = [...distinct.values()].map(([pack = "", policy = ""]) => ruleNamed(policy, pack));
    return rules.sort((a, b) => compare(a.pack, b.pack) || compare(a.policy, b.policy));
}

function undecidedOf(events: readonly Event[]): string[] {
    const lines = events.map(({ diagnosticEvent }) => uncoloured(diagnosticEvent?.message ?? "").trim());
    return lines.filter((line) => / could not decide on /.test(line));
}

function problemsOf(events: readonly Event[], findings: readonly Finding[]): string[] {
    const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent;
    if (summary === undefined) {
        return ["ends before the run does, so findings may be missing"];
    }
    if (isObject(summary.PolicyPacks) && Object.keys(summary.PolicyPacks).length === 0) {
        return ["tells of a run without any policy pack. Run it with --policy-pack"];
    }
    return summary.result === "failed" && !findings.some(({ level }) => level === "mandatory")
        ? ["tells of a run that failed for another reason than a policy, so findings may be missing"]
        : [];
}

/** The SDK puts the policy's description above its message; the rule has it. */
function withoutHeading(message: string, heading: string | null): string {
    return heading !== null && message.startsWith(`${heading}\n`) ? message.slice(heading.length + 1) : message;
}

const ESCAPE = String.fromCharCode(27);
const COLOURS = new RegExp(`<\\{%[^%]*%\\}>|${ESCAPE}\\[[0-9;]*m`, "g");

/** Without the engine's colour tags and the terminal's colour codes. */
export function uncoloured(message: string): string {
    return message.replace(COLOURS, "").trim();
}

function parseEvents(text: string): Event[] {
    const events = text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [eventOf(line, index + 1)]));
    if (events.length === 0) {
        throw new BadInput("is empty");
    }
    return events;
}

function eventOf(line: string, number: number): Event {
    const event = parseLine(line, number);
    if (!isObject(event) || typeof event.sequence !== "number") {
        throw new BadInput(`is something else than engine events, at line ${number}`);
    }
    const broken = Object.entries(SHAPES).find(([kind, isRight]) => kind in event && !isRight(event[kind]));
    if (broken !== undefined) {
        throw new BadInput(`has a broken ${broken[0]} at line ${number}`);
    }
    return event as unknown as Event;
}

const isText = (value: unknown) => typeof value === "string";
const isTextOrNone = (value: unknown) => value === undefined || isText(value);
const isNames = (value: unknown) => value === undefined || (Array.isArray(value) && value.every(isText));
const isSummary = (value: unknown) =>
    isObject(value) && isText(value.policyPackName) && isNames(value.passed) && isNames(value.failed);

/** What must be where it is read, by kind of event. */
const SHAPES: Readonly<Record<string, (event: unknown) => boolean>> = {
    policyEvent: (event) =>
        isObject(event) &&
        [event.message, event.policyName, event.policyPackName, event.enforcementLevel].every(isText) &&
        [event.resourceUrn, event.severity].every(isTextOrNone),
    policyRemediationEvent: (event) => isObject(event) && isText(event.policyName) && isTextOrNone(event.resourceUrn),
    policyAnalyzeSummaryEvent: isSummary,
    policyAnalyzeStackSummaryEvent: isSummary,
    resourcePreEvent: (event) => isObject(event) && isObject(event.metadata) && isText(event.metadata.urn),
    diagnosticEvent: (event) => isObject(event) && isText(event.message),
    summaryEvent: isObject,
};

function parseLine(line: string, number: number): unknown {
    try {
        return JSON.parse(line);
    } catch (error) {
        throw new BadInput(`is no JSON at line ${number}: ${(error as Error).message}`);
    }
}

async function resourcesOf(file: string): Promise<readonly StateResource[]> {
    try {
        const state = readState(parse(await textOf(file)));
        if (state === undefined) {
            throw new BadInput("is JSON, but neither a state nor a preview of Pulumi's");
        }
        return state.resources;
    } catch (error) {
        throw error instanceof BadInput ? new BadInput(`${file} ${error.message}`) : error;
    }
}
