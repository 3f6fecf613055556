/** `apigateway-guard report`: what policies said in the engine, from the events of a run. */

import type { Finding, Level, Report } from "./findings";
import { BadInput, parse, textOf } from "./input";
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
    readonly summaryEvent?: { readonly result?: string };
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

/** A run that cannot be read, or did not come to its end, is among the report's problems. */
export async function report(file: string, options: ReportOptions = {}): Promise<Report> {
    try {
        const resources = options.state === undefined ? [] : await resourcesOf(options.state);
        return reportOf(file, parseEvents(await textOf(file)), resources, options.sourceDir ?? "");
    } catch (error) {
        if (!(error instanceof BadInput)) {
            throw error;
        }
        const problem = { file, message: `${error.message}. ${EXPECTED}` };
        return { findings: [], stacks: [], rules: [], undecided: [], problems: [problem] };
    }
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
                level: LEVELS[enforcementLevel] ?? "advisory",
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

const LEVELS: Readonly<Record<string, Level>> = { mandatory: "mandatory", remediate: "mandatory" };

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
function uncoloured(message: string): string {
    return message.replace(COLOURS, "").trim();
}

function parseEvents(text: string): Event[] {
    const events = text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line, index) => {
            const event = parseLine(line, index + 1);
            if (!isObject(event) || typeof event.sequence !== "number") {
                throw new BadInput(`is something else than engine events, at line ${index + 1}`);
            }
            return event as unknown as Event;
        });
    if (events.length === 0) {
        throw new BadInput("is empty");
    }
    return events;
}

function parseLine(line: string, number: number): unknown {
    try {
        return JSON.parse(line);
    } catch (error) {
        throw new BadInput(`is no JSON at line ${number}: ${(error as Error).message}`);
    }
}

async function resourcesOf(file: string): Promise<readonly StateResource[]> {
    const state = readState(parse(await textOf(file)));
    if (state === undefined) {
        throw new BadInput(`${file} is no state and no preview`);
    }
    return state.resources;
}
