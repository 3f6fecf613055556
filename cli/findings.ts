/** What `check` and `report` have to say, before it is written in a format. */

export type Level = "mandatory" | "advisory";

/** A place in the user's program, the path relative to the repository or wherever `--source-dir` says. */
export interface Location {
    readonly path: string;
    /** Counted from 1, as is the column; programs in some languages have no columns. */
    readonly line: number;
    readonly column?: number;
}

export interface Finding {
    readonly policy: string;
    readonly level: Level;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** `project/stack`. */
    readonly stack: string;
    /** The file that was read, as it was named; "-" for standard input. */
    readonly file: string;
    /** Its lines are what is wrong, how to mend it and, where there is some, the code to write. */
    readonly message: string;
    readonly severity: string | null;
    /** The Security Hub control, "APIGateway.1". */
    readonly control: string | null;
    readonly location: Location | null;
    /** The policy is at level `remediate` and would mend this by itself in a deployment. */
    readonly wouldBeRemediated: boolean;
}

/** What is known of a policy; of one of another pack it is little more than its name. */
export interface Rule {
    readonly policy: string;
    readonly pack: string;
    readonly displayName: string | null;
    readonly description: string | null;
    readonly severity: string | null;
    readonly control: string | null;
    /** How to mend what it finds. */
    readonly remediationSteps: string | null;
    /** Where to read on: the page of the control, or AWS's on the subject. */
    readonly url: string | null;
}

export interface JudgedStack {
    readonly stack: string;
    readonly file: string;
    /** `null` where it is not known: engine events do not tell. */
    readonly resources: number | null;
}

export interface Report {
    /** In the order in which they are to be shown: by file, stack, resource, policy. */
    readonly findings: readonly Finding[];
    readonly stacks: readonly JudgedStack[];
    /** The policies that were asked, in reading order, those that found nothing included. */
    readonly rules: readonly Rule[];
    /** What a policy could not decide, and passed over. */
    readonly undecided: readonly { readonly stack: string; readonly file: string; readonly message: string }[];
    /** The files that could not be judged, and why, in one line. */
    readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** What one file, or one run in it, adds to a report. */
export type Part = Omit<Report, "rules">;

export function together(parts: readonly Part[]): Part {
    return {
        findings: parts.flatMap(({ findings }) => findings),
        stacks: parts.flatMap(({ stacks }) => stacks),
        undecided: parts.flatMap(({ undecided }) => undecided),
        problems: parts.flatMap(({ problems }) => problems),
    };
}

export function problemOf(file: string, message: string): Part {
    return { findings: [], stacks: [], undecided: [], problems: [{ file, message }] };
}

/** The parts of a finding's message: the first line, the second, the rest. */
export function partsOf({ message }: Pick<Finding, "message">): { fact: string; fix?: string; code?: string } {
    const [fact = "", fix, ...code] = message.split("\n");
    return {
        fact,
        ...(fix === undefined ? {} : { fix }),
        ...(code.length === 0 ? {} : { code: code.join("\n") }),
    };
}

/** `index.ts:31:14`. */
export function placeOf({ path, line, column }: Location): string {
    return column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
}

export function countOf(findings: readonly Finding[], level: Level): number {
    return findings.filter((finding) => finding.level === level).length;
}

/** `1 finding`, `2 findings`, `no findings`. */
export function plural(count: number, noun: string): string {
    return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `6 findings (2 mandatory, 4 advisory) in 1 stack, 16 resources`. */
export function summaryOf({ findings, stacks }: Report): string {
    if (stacks.length === 0) {
        return "no stacks judged";
    }
    const levels =
        findings.length === 0
            ? ""
            : ` (${countOf(findings, "mandatory")} mandatory, ${countOf(findings, "advisory")} advisory)`;
    const resources = stacks.every((stack) => stack.resources !== null)
        ? `, ${plural(
              stacks.reduce((sum, stack) => sum + (stack.resources ?? 0), 0),
              "resource",
          )}`
        : "";
    return `${plural(findings.length, "finding")}${levels} in ${plural(stacks.length, "stack")}${resources}`;
}

/** As a sentence begins. */
export function capitalised(words: string): string {
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Things by what they have in common, in the order of their first. */
export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const thing of things) {
        const key = keyOf(thing);
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [thing]);
        } else {
            group.push(thing);
        }
    }
    return groups;
}

/** One stack of a report, by the file it is in: several files may hold states of the same stack. */
export function stackKey({ file, stack }: { readonly file: string; readonly stack: string }): string {
    return JSON.stringify([file, stack]);
}
