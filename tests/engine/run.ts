import type { EngineEvent } from "@pulumi/pulumi/automation";
import { uncoloured } from "../../cli/commands/report";
import { nameOf, typeOf } from "../../cli/inputs/state";

/** One violation, as the engine reports it. */
export interface Finding {
    policy: string;
    level: string;
    /** `type::name`, or "stack" when the violation is nobody's in particular. */
    resource: string;
    urn: string;
    /** The policy's description, a line break, the message of the violation: that is how the SDK joins them. */
    message: string;
}

export interface Remediation {
    policy: string;
    resource: string;
    before: unknown;
    after: unknown;
}

/** What a command of the CLI did. A command that fails is a run like any other. */
export interface Run {
    exitCode: number;
    stdout: string;
    stderr: string;
    findings: Finding[];
    remediations: Remediation[];
    /** Warnings and errors, and what packs write to stderr, in the order of arrival: `severity: message`, where
     * "info#err" is plain text. */
    diagnostics: string[];
    /** What was or would be done, `operation type::name`, in the order of the names. */
    steps: string[];
}

type Reported = Pick<Run, "findings" | "remediations" | "diagnostics" | "steps">;

/** Engine events that the SDK's types leave out. */
interface MoreEvents {
    policyRemediationEvent?: {
        resourceUrn?: string;
        policyName: string;
        before?: unknown;
        after?: unknown;
    };
}

/** The SDK also logs at the level of debugging. */
const SEVERITIES = new Set(["info#err", "warning", "error"]);

/** Collects a run's engine events. */
export class Recorder {
    private readonly reported: Reported = { findings: [], remediations: [], diagnostics: [], steps: [] };

    add(event: EngineEvent & MoreEvents): void {
        const { policyEvent, policyRemediationEvent, diagnosticEvent, resourcePreEvent } = event;
        if (policyEvent) {
            this.reported.findings.push({
                policy: policyEvent.policyName,
                level: policyEvent.enforcementLevel,
                resource: resourceOf(policyEvent.resourceUrn),
                urn: policyEvent.resourceUrn ?? "",
                message: uncoloured(policyEvent.message),
            });
        }
        if (policyRemediationEvent) {
            const { policyName, resourceUrn, before, after } = policyRemediationEvent;
            this.reported.remediations.push({ policy: policyName, resource: resourceOf(resourceUrn), before, after });
        }
        if (diagnosticEvent && !diagnosticEvent.ephemeral) {
            this.addDiagnostic(diagnosticEvent.severity, diagnosticEvent.message);
        }
        if (resourcePreEvent) {
            const { op, urn } = resourcePreEvent.metadata;
            this.reported.steps.push(`${op} ${resourceOf(urn)}`);
        }
    }

    /** What the CLI itself prints to stderr. */
    addText(stderr: string): void {
        for (const line of lines(stderr)) {
            const [, severity = "info#err", message = line] = /^(warning|error): (.*)$/.exec(line) ?? [];
            this.addDiagnostic(severity, message);
        }
    }

    private addDiagnostic(severity: string, coloured: string): void {
        const message = uncoloured(coloured);
        // Where the CLI found what starts a pack says something of the machine, nothing of the run.
        const ofTheMachine = message.startsWith("using pulumi-analyzer-policy-nodejs from $PATH");
        if (message !== "" && SEVERITIES.has(severity) && !ofTheMachine) {
            this.reported.diagnostics.push(`${severity}: ${message}`);
        }
    }

    /** The engine works on many resources at once, so the order of its events means nothing. */
    read(): Reported {
        const { findings, remediations, diagnostics, steps } = this.reported;
        return {
            findings: [...findings].sort(by((one) => [one.resource, one.policy, one.message])),
            remediations: [...remediations].sort(by((one) => [one.resource, one.policy])),
            diagnostics,
            steps: [...steps].sort(by((one) => [one.replace(/^\S+ /, ""), one])),
        };
    }
}

/** `pulumi policy analyze --json` prints engine events, one a line; all else goes to stderr as text. */
export function readAnalysis({ stdout, stderr }: Pick<Run, "stdout" | "stderr">): Reported {
    const recorder = new Recorder();
    for (const line of lines(stdout)) {
        recorder.add(JSON.parse(line));
    }
    recorder.addText(stderr);
    return recorder.read();
}

function lines(text: string): string[] {
    return text.split("\n").filter((line) => line.trim() !== "");
}

function by<T>(key: (item: T) => string[]): (a: T, b: T) => number {
    const text = (item: T) => key(item).join("\n");
    return (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
}

/** `type::name`. */
export function typeAndName(urn: string): string {
    return `${typeOf(urn)}::${nameOf(urn)}`;
}

function resourceOf(urn: string | undefined): string {
    const resource = typeAndName(urn ?? "");
    return urn === undefined || resource.startsWith("pulumi:pulumi:Stack::") ? "stack" : resource;
}
