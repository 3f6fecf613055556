/** What policies return, as data and as text for the engine and for people. */

import type { LiveFix } from "../aws/live-fix";
import type { Code } from "../stack/code";
import { typeScript } from "../stack/code/typescript";
import type { Resource } from "../stack/resource";
import { oneLine } from "../stack/text";
import type { Path } from "../stack/values";
import type { ControlId } from "./controls";

/** A mistake that a policy found: one resource to change, or the stack as a whole. */
export interface Finding {
    /** The resource to change. Resource policies leave it out; for a stack policy, left out means the whole stack. */
    readonly resource?: Resource;
    /** What is wrong, in one sentence. */
    readonly problem: string;
    /** How to fix it, in words that users of any language can follow. */
    readonly advice: string;
    /** The code to add; messages have it in TypeScript. */
    readonly code?: Code;
    /** The inputs that fix the resource. */
    readonly remedy?: Remedy;
    /** What fixes the resource on AWS itself, or why nothing does; left out if only the program is wrong. */
    readonly live?: readonly LiveFix[];
    /** The controls that the resource fails; left out if they are all that the policy mirrors. */
    readonly controls?: readonly ControlId[];
}

/** Inputs to set, in this order. */
export type Remedy = readonly { readonly set: Path; readonly to: unknown }[];

/** Something that a stack policy could not decide, because it depends on values that are not known yet. */
export interface Undecided {
    readonly undecided: string;
}

/** What a stack policy returns. */
export type Answer = Finding | Undecided;

interface Parts extends Pick<Finding, "problem" | "advice"> {
    readonly code?: string;
}

/** The message of a finding: problem, advice and code, each on a line of its own. */
export function policyMessageOf(finding: Finding): string {
    const { problem, advice, code } = partsOf(finding);
    return [problem, advice, ...(code === undefined ? [] : [code])].join("\n");
}

/**
 * The parts of a message, problem and advice on one line each: names and method paths come from the program and may have
 * line breaks.
 *
 * @param write the code in a language; a finding has none if that language cannot say it
 */
export function partsOf(
    { problem, advice, code }: Finding,
    write: (code: Code) => string | undefined = typeScript,
): Parts {
    const written = code && write(code);
    return {
        problem: oneLine(problem),
        advice: oneLine(advice),
        ...(written === undefined ? {} : { code: written }),
    };
}

const SHOWN = 3;
const COULD_NOT_DECIDE = "could not decide on";

/** One line for everything that a policy could not decide in a stack. */
export function undecidedLine(policy: string, cases: readonly Undecided[]): string {
    const shown = cases.slice(0, SHOWN).map(({ undecided }) => undecided);
    const more = cases.length > SHOWN ? `; and ${cases.length - SHOWN} more` : "";
    return `${policy} ${COULD_NOT_DECIDE} ${shown.join("; ")}${more}`;
}

/** The policy of a line from `undecidedLine`: the engine's events contain such a line only as text. */
export function policyOfUndecidedLine(line: string): string | undefined {
    const [policy, rest] = line.split(` ${COULD_NOT_DECIDE} `);
    return rest === undefined ? undefined : policy;
}
