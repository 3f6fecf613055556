/** `apigateway-guard report`: what policies found in the engine, from the events of a run. */

import { policyOfExemptLine, type Reason } from "../../pack/exemptions";
import { policyOfUndecidedLine } from "../../pack/finding";
import { groupBy } from "../../stack/maps";
import { compare } from "../../stack/text";
import { nameOf, typeOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { type EngineEvent, type PolicyEvent, parseEvents, runsOf, withoutColor } from "../inputs/events";
import { STDIN } from "../inputs/file-names";
import { parseJson } from "../inputs/json";
import { isObject } from "../inputs/properties";
import { readState } from "../inputs/read-state";
import { textOf } from "../inputs/read-text";
import { locationOf } from "../report/location";
import {
    type Excepted,
    mergeParts,
    type Note,
    type PolicyCoverage,
    problemOf,
    type Report,
    type ReportFinding,
    type Run,
} from "../report/model";
import { ruleNamed } from "../report/rules";
import { nameOfStack, type StateResource } from "../state";

/** Options of `report`. */
export interface ReportOptions {
    /** A state of the stack, or a preview, for the locations in the program, which events do not have. */
    readonly state?: string | undefined;
    /** The folder of the Pulumi program, to be put before the paths of locations in it. */
    readonly sourceDir?: string;
}

const EXPECTED =
    "Expected: engine events, one a line, as `pulumi policy analyze --json` prints them and event logs have them.";

/** Runs that cannot be read, or that ended early, are among the report's problems. */
export async function report(file: string, { state, sourceDir = "" }: ReportOptions = {}): Promise<Report> {
    if (state === STDIN) {
        throw new BadInput("--state takes a file, not standard input");
    }
    const resources = state === undefined ? [] : await resourcesOf(state);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    try {
        const runs = runsOf(parseEvents(await textOf(file)));
        const parts = numbered(runs.map((events) => ({ file, stack: stackOf(events), run: undefined, events }))).map(
            (run) => reportOf(run, byUrn, sourceDir),
        );
        const whole = mergeParts(parts);
        const rules = parts.flatMap((part) => part.rules);
        return {
            ...whole,
            rules: [...new Map(rules.map((rule) => [`${rule.pack}\n${rule.policy}`, rule])).values()],
        };
    } catch (error) {
        if (!(error instanceof BadInput)) {
            throw error;
        }
        return { ...problemOf(file, `${error.message}. ${EXPECTED}`), rules: [] };
    }
}

interface StackRun {
    readonly file: string;
    readonly stack: string;
    readonly run: Run;
    readonly events: readonly EngineEvent[];
}

/** With the numbers of the runs of each stack that has several. */
function numbered(runs: readonly StackRun[]): StackRun[] {
    const numbers = new Map<StackRun, number>();
    for (const ofStack of groupBy(runs, ({ stack }) => stack).values()) {
        if (ofStack.length > 1) {
            ofStack.forEach((run, index) => {
                numbers.set(run, index + 1);
            });
        }
    }
    return runs.map((run) => ({ ...run, run: numbers.get(run) }));
}

function stackOf(events: readonly EngineEvent[]): string {
    const urns = events.map(
        ({ policyEvent, resourcePreEvent }) => policyEvent?.resourceUrn ?? resourcePreEvent?.metadata.urn,
    );
    return nameOfStack(
        urns.flatMap((urn) => (urn === undefined ? [] : [{ urn }])),
        "a stack",
    );
}

function reportOf(
    { file, stack, run, events }: StackRun,
    byUrn: ReadonlyMap<string, StateResource>,
    sourceDir: string,
): Report {
    const remediated = new Set(events.map(({ policyRemediationEvent }) => keyOf(policyRemediationEvent)));
    const findingOf = (event: PolicyEvent): ReportFinding => {
        const { policyName, policyPackName, resourceUrn: urn = "", enforcementLevel, severity } = event;
        const { controls, description } = ruleNamed(policyName, policyPackName);
        return {
            policy: policyName,
            level: STOPPING.includes(enforcementLevel) ? "mandatory" : "advisory",
            urn,
            type: typeOf(urn),
            name: nameOf(urn),
            stack,
            file,
            run,
            ...partsOf(withoutHeading(withoutColor(event.message), description)),
            severity,
            // An event does not say which of several controls the resource fails.
            controls: controls.length === 1 ? controls : [],
            location: locationOf(byUrn.get(urn), byUrn, sourceDir),
            wouldBeRemediated: remediated.has(keyOf(event)),
        };
    };
    const policyEvents = events.flatMap(({ policyEvent }) => policyEvent ?? []);
    const isExcepted = ({ exceptions = [] }: PolicyEvent) => exceptions.length > 0;
    const findings = policyEvents.filter((event) => !isExcepted(event)).map(findingOf);
    const problems = problemsOf(events, findings);
    const rules = rulesOf(events);
    const undecided = notesOf(events, policyOfUndecidedLine).map((one) => ({ stack, file, run, ...one }));
    const excepted = policyEvents
        .filter(isExcepted)
        .map((event): Excepted => ({ ...findingOf(event), reasons: (event.exceptions ?? []).map(exceptionReason) }));
    return {
        findings: findings.sort(inOrder),
        excepted: excepted.sort(inOrder),
        stacks: [{ stack, file, run }],
        rules,
        undecided,
        coverage: coverageOf({ stack, file, run }, rules, undecided),
        unchecked: rules.length > 0 || problems.length > 0 ? [] : [{ file, stack, run, message: UNNAMED }],
        exempt: notesOf(events, policyOfExemptLine).map((one) => ({ stack, file, run, ...one })),
        problems: problems.map((message) => ({
            file,
            message: run === undefined ? message : `${message} (run ${run} of ${stack})`,
        })),
    };
}

const UNNAMED = "These events name no policy, so which policies were evaluated is not known.";

/** The policies that a run names. Whether it had others, and how many resources they were about, events do not say. */
function coverageOf(
    of: Pick<PolicyCoverage, "stack" | "file" | "run">,
    rules: Report["rules"],
    undecided: readonly Note[],
): PolicyCoverage[] {
    const open = new Map(undecided.map(({ policy, message }) => [policy, message]));
    return [...new Set([...rules.map(({ policy }) => policy), ...open.keys()])].map((policy) => {
        const reason = open.get(policy);
        return {
            ...of,
            policy,
            ...(reason === undefined ? { outcome: "evaluated" } : { outcome: "undecided", reason }),
        };
    });
}

/** At level `remediate`, what is still wrong after the remediation stops the deployment. */
const STOPPING = ["mandatory", "remediate"];

function keyOf(event: Pick<PolicyEvent, "resourceUrn" | "policyName"> | undefined): string | undefined {
    return event && JSON.stringify([event.policyName, event.resourceUrn]);
}

function exceptionReason({ id, reason }: NonNullable<PolicyEvent["exceptions"]>[number]): Reason {
    return { kind: "exception", name: id, reason };
}

/** The engine works on many resources at once, so the order of its events means nothing. */
function inOrder(a: ReportFinding, b: ReportFinding): number {
    return compare(a.urn, b.urn) || compare(a.policy, b.policy);
}

/** An event has one text for all parts of a finding; the pack writes each part on a line of its own. */
function partsOf(message: string): Pick<ReportFinding, "problem" | "advice" | "code"> {
    const [problem = "", advice, ...code] = message.split("\n");
    return { problem, advice, code: code.length === 0 ? undefined : code.join("\n") };
}

/** The SDK puts the policy's description above its message; the rule has it. */
function withoutHeading(message: string, heading: string | undefined): string {
    return heading !== undefined && message.startsWith(`${heading}\n`) ? message.slice(heading.length + 1) : message;
}

/** The policies that a run names. Only summaries name those that found nothing, and `policy analyze` prints none. */
function rulesOf(events: readonly EngineEvent[]): Report["rules"] {
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

/** Lines of the pack in the engine's log, which events have as text only. */
function notesOf(
    events: readonly EngineEvent[],
    policyOf: (line: string) => string | undefined,
): Pick<Note, "policy" | "message">[] {
    return events.flatMap(({ diagnosticEvent }) => {
        const message = withoutColor(diagnosticEvent?.message ?? "");
        const policy = policyOf(message);
        return policy === undefined ? [] : [{ policy, message }];
    });
}

function problemsOf(events: readonly EngineEvent[], findings: readonly ReportFinding[]): string[] {
    const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent;
    if (summary === undefined) {
        return ["ends before the run does, so findings may be missing"];
    }
    if (isObject(summary.PolicyPacks) && Object.keys(summary.PolicyPacks).length === 0) {
        return ["is of a run without any policy pack. Run it with --policy-pack"];
    }
    return summary.result === "failed" && !findings.some(({ level }) => level === "mandatory")
        ? ["is of a run that failed for another reason than a policy, so findings may be missing"]
        : [];
}

async function resourcesOf(file: string): Promise<readonly StateResource[]> {
    try {
        const state = readState(parseJson(await textOf(file)));
        if (state === undefined) {
            throw new BadInput("is JSON, but neither a state nor a preview of Pulumi");
        }
        return state.resources;
    } catch (error) {
        throw error instanceof BadInput ? new BadInput(`${file} ${error.message}`) : error;
    }
}
