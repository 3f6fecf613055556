/** What `check` and `report` found, before it is written in a format. */

import type { Level } from "../../pack/enabled";
import type { Reason } from "../../pack/exemptions";
import type { Remedy } from "../../pack/finding";
import { quote } from "../../stack/text";
import type { Created } from "../owners";

/** A place in the user's program, the path relative to the repository or wherever `--source-dir` says. */
export interface Location {
    readonly path: string;
    /** Counted from 1, as is the column; programs in some languages have no columns. */
    readonly line: number;
    readonly column?: number;
    /** That line of the program, where it is there to be read. */
    readonly source?: string;
}

/** Which of several runs of a stack in a file, counted from 1; `undefined` for the only one. */
export type Run = number | undefined;

/** A finding of a policy, with what the file that was read says of its resource. */
export interface ReportFinding {
    readonly policy: string;
    readonly level: Level;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** `project/stack`. */
    readonly stack: string;
    /** The file that was read, as it was named; "-" for standard input. */
    readonly file: string;
    readonly run?: Run;
    readonly problem: string;
    /** How to fix it, in words; findings of other packs may not say. */
    readonly advice?: string | undefined;
    /** Code to add, in the language of the program. */
    readonly code?: string | undefined;
    /** Engine events do not contain it. */
    readonly remedy?: Remedy | undefined;
    readonly severity?: string | undefined;
    /** The Security Hub controls that the resource fails, "APIGateway.1"; none where that is not known. */
    readonly controls: readonly string[];
    readonly location?: Location | undefined;
    /**
     * For a finding about what AWS has: the resources of programs that make it, none if no stack that was given does; left
     * out where no stacks were given. The location is that of the first.
     */
    readonly owners?: readonly Owner[];
    /** The policy is at level `remediate` and would fix this itself in a deployment. */
    readonly wouldBeRemediated: boolean;
}

/** A finding that does not count, and why. */
export interface Excepted extends ReportFinding {
    /** One at least; those of an exemption, or of Pulumi's policy exceptions. */
    readonly reasons: readonly Reason[];
}

/** A resource of a program, which makes what a finding about AWS is about, or what that belongs to. */
export interface Owner {
    readonly makes: Created;
    readonly stack: string;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** The file with the state of the stack. */
    readonly file: string;
    readonly location?: Location | undefined;
}

/** What is known of a policy; of another pack's it is little more than the name. */
export interface Rule {
    readonly policy: string;
    readonly pack: string;
    readonly displayName?: string | undefined;
    readonly description?: string | undefined;
    readonly severity?: string | undefined;
    /** The Security Hub controls that the policy mirrors, with its config where that is known. */
    readonly controls: readonly string[];
    /** How to fix what it finds. */
    readonly remediationSteps?: string | undefined;
    /** Where to read on: the page of the control, or AWS's page on the subject. */
    readonly url?: string | undefined;
}

/** A stack that was checked, in one file and run. */
export interface CheckedStack {
    readonly stack: string;
    readonly file: string;
    readonly run?: Run;
    /** How many it has; engine events do not say. */
    readonly resources?: number | undefined;
}

/** Everything that a format may show. */
export interface Report {
    /** In the order in which they are to be shown: by file, stack, resource, policy. */
    readonly findings: readonly ReportFinding[];
    /** In the same order. */
    readonly excepted: readonly Excepted[];
    readonly stacks: readonly CheckedStack[];
    /** The policies that were evaluated, those that found nothing included. */
    readonly rules: readonly Rule[];
    /** What a policy could not decide, in one sentence for each policy and stack. */
    readonly undecided: readonly Note[];
    /** What a policy exempts, in one sentence for each policy and stack, where engine events have no more than that. */
    readonly exempt: readonly Note[];
    /** What was asked for or given and was not looked at, in one sentence each. */
    readonly unchecked: readonly Unchecked[];
    /**
     * What became of each policy in each stack. Engine events name some of the policies at most, so that a run may have
     * none here.
     */
    readonly coverage: readonly PolicyCoverage[];
    /** The files that could not be checked, and why, in one line. */
    readonly problems: readonly { readonly file: string; readonly message: string }[];
    /** What may be a mistake of the config, in one line each. */
    readonly warnings?: readonly string[];
}

/** A sentence about a policy in a stack that is not a finding. */
export interface Note {
    readonly stack: string;
    readonly file: string;
    readonly run?: Run;
    readonly policy: string;
    readonly message: string;
}

/** Something that was asked for or given and was not looked at. */
export interface Unchecked {
    readonly file: string;
    /** Left out where it is about the whole file. */
    readonly stack?: string;
    readonly run?: Run;
    /** The policies that it is about; left out where it is about none in particular. */
    readonly policies?: readonly string[];
    /** The Security Hub controls that it is about, known to the pack or not. */
    readonly controls?: readonly string[];
    /** A whole sentence, such as `2 resources look like API Gateway stages but are of types that no policy reads.` */
    readonly message: string;
}

/**
 * What became of a policy in a stack. It was evaluated on resources; or there are no resources of its types; or it could
 * not decide on some of them; or it was not checked at all.
 */
export type Outcome = "evaluated" | "notApplicable" | "undecided" | "notChecked";

/** A policy that was asked for, in one stack. */
export interface PolicyCoverage {
    readonly stack: string;
    readonly file: string;
    readonly run?: Run;
    readonly policy: string;
    readonly outcome: Outcome;
    /** How many resources of its types the stack has, without those that the program only reads; events do not say. */
    readonly resources?: number | undefined;
    /** For people: what it could not decide on; or why it was not checked, or not on everything. */
    readonly reason?: string | undefined;
}

/** What one file, or one run in it, adds to a report. */
export type Part = Omit<Report, "rules" | "warnings">;

/** One part with the entries of all, in their order. */
export function mergeParts(parts: readonly Part[]): Part {
    return {
        findings: parts.flatMap(({ findings }) => findings),
        excepted: parts.flatMap(({ excepted }) => excepted),
        stacks: parts.flatMap(({ stacks }) => stacks),
        undecided: parts.flatMap(({ undecided }) => undecided),
        exempt: parts.flatMap(({ exempt }) => exempt),
        unchecked: parts.flatMap(({ unchecked }) => unchecked),
        coverage: parts.flatMap(({ coverage }) => coverage),
        problems: parts.flatMap(({ problems }) => problems),
    };
}

/** The part of a file that adds nothing. */
export const NOTHING: Part = {
    findings: [],
    excepted: [],
    stacks: [],
    undecided: [],
    exempt: [],
    unchecked: [],
    coverage: [],
    problems: [],
};

/** The part of a file that could not be checked. */
export function problemOf(file: string, message: string): Part {
    return { ...NOTHING, problems: [{ file, message }] };
}

/** The finding as one text: problem, advice and code, each on a line of its own. */
export function findingText({ problem, advice, code }: Pick<ReportFinding, "problem" | "advice" | "code">): string {
    return [problem, advice, code].filter((part) => part !== undefined).join("\n");
}

/** Which program makes what a finding is about, in a sentence or two; nothing if that was not asked. */
export function ownership({ owners }: Pick<ReportFinding, "owners">): string | undefined {
    const [first] = owners ?? [];
    if (first === undefined) {
        return owners === undefined ? undefined : "In no stack given.";
    }
    const { makes } = first;
    const by = (owners ?? []).map(({ stack, urn }) => `${stack}: ${urn}`).join("; ");
    return makes === "resource" ? `Made by ${by}.` : `In no stack given. Its ${makes} is made by ${by}.`;
}

/** The same, with which program makes it, where that was asked. */
export function findingTextWithOwners(finding: Pick<ReportFinding, "problem" | "advice" | "code" | "owners">): string {
    return [findingText(finding), ownership(finding)].filter((part) => part !== undefined).join("\n");
}

/** `index.ts:31:14`. */
export function describeLocation({ path, line, column }: Location): string {
    return column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** How many findings are at a level. */
export function countOf(findings: readonly ReportFinding[], level: Level): number {
    return findings.filter((finding) => finding.level === level).length;
}

/** `1 finding`, `2 findings`, `no findings`. */
export function plural(count: number, noun: string): string {
    return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `Exception "EXC-1", until 2027-03-31: Moves to HTTP APIs.` */
export function describeReasons({ reasons }: Pick<Excepted, "reasons">): string {
    return reasons
        .map(({ kind, name, reason, until }) => {
            const end = until === undefined ? "" : `, until ${until}`;
            return `${capitalized(kind)} ${quote(name)}${end}: ${reason}`;
        })
        .join(" ");
}

/** With a capital first letter, as at the start of a sentence. */
export function capitalized(words: string): string {
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One stack of a report, by file and run: several files may hold states of the same stack, and one file several runs. */
export function stackKey({ file, stack, run }: Pick<CheckedStack, "file" | "stack" | "run">): string {
    return JSON.stringify([file, stack, run]);
}

/** `states/shop.json`, or `events.json, run 2`. */
export function withRun(shownFile: string, run: Run): string {
    return run === undefined ? shownFile : `${shownFile}, run ${run}`;
}
