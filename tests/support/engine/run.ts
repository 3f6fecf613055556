import { withoutColor } from "../../../cli/inputs/events";
import { nameOf, typeOf } from "../../../stack/urn";
import type { EngineEvent, Ran } from "../../../tools/pulumi/engine";

/** One violation, as the engine reports it. */
export interface Finding {
    policy: string;
    level: string;
    /** `type::name`, or "stack" when the violation is of the stack as a whole. */
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

export interface Run extends Ran {
    findings: Finding[];
    remediations: Remediation[];
    /** Warnings and errors, and what packs log ("info") or write to stderr ("info#err"), in the order of arrival:
     * `severity: message`. */
    diagnostics: string[];
    /** What was or would be done, `operation type::name`, in the order of the names. */
    steps: string[];
}

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
const SEVERITIES = new Set(["info", "info#err", "warning", "error"]);

/** Where the CLI found its language host says something about the machine, nothing about the run. */
const OF_THE_MACHINE = /^using pulumi-language-nodejs from \$PATH/;

/** A run with what its events say. The engine works on many resources at once, so the order of events means nothing. */
export function read(ran: Ran): Run {
    const events: readonly (EngineEvent & MoreEvents)[] = ran.events;
    return {
        ...ran,
        findings: events
            .flatMap(({ policyEvent }) => policyEvent ?? [])
            .map(({ policyName, enforcementLevel, resourceUrn, message }) => ({
                policy: policyName,
                level: enforcementLevel,
                resource: resourceOf(resourceUrn),
                urn: resourceUrn ?? "",
                message: withoutColor(message),
            }))
            .sort(by((one) => [one.resource, one.policy, one.message])),
        remediations: events
            .flatMap(({ policyRemediationEvent }) => policyRemediationEvent ?? [])
            .map(({ policyName, resourceUrn, before, after }) => ({
                policy: policyName,
                resource: resourceOf(resourceUrn),
                before,
                after,
            }))
            .sort(by((one) => [one.resource, one.policy])),
        diagnostics: [
            ...events
                .flatMap(({ diagnosticEvent }) => diagnosticEvent ?? [])
                .filter(({ ephemeral }) => !ephemeral)
                .map(({ severity, message }) => ({ severity, message: withoutColor(message) })),
            ...printed(ran.stderr),
        ]
            .filter(
                ({ severity, message }) => SEVERITIES.has(severity) && message !== "" && !OF_THE_MACHINE.test(message),
            )
            .map(({ severity, message }) => `${severity}: ${message}`),
        steps: events
            .flatMap(({ resourcePreEvent }) => resourcePreEvent ?? [])
            .map(({ metadata: { op, urn } }) => `${op} ${resourceOf(urn)}`)
            .sort(by((one) => [one.replace(/^\S+ /, ""), one])),
    };
}

/** What the CLI itself prints to stderr. */
function printed(stderr: string): { severity: string; message: string }[] {
    const lines = stderr.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => {
        const [, severity = "info#err", message = line] = /^(warning|error): (.*)$/.exec(line) ?? [];
        return { severity, message: withoutColor(message) };
    });
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
