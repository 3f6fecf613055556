/** What the pack has to say beside findings: what is exempt from a policy, and what a policy could not decide. */

import { type Exempt, exemptLine } from "./exemptions";
import { type Undecided, undecidedLine } from "./finding";

/** One line, about a resource or about the stack. */
export interface LogNote {
    readonly text: string;
    /** The resource; left out if there are several, or the line is about the stack. */
    readonly urn?: string;
}

/** Shows a note to the user. It is shown once the promise is fulfilled, so an answer to the engine must wait for it. */
export type Say = (note: LogNote) => Promise<void>;

/**
 * What a policy exempts in a stack.
 *
 * @param exempt by URN, one entry at least
 */
export function exemptNote(policy: string, exempt: ReadonlyMap<string, Exempt>): LogNote {
    const [urn, ...others] = exempt.keys();
    return { text: exemptLine(policy, exempt), ...(urn !== undefined && others.length === 0 && { urn }) };
}

/** What a stack policy exempts and could not decide, in a note each. */
export function stackNotes(policy: string, exempt: readonly Exempt[], undecided: readonly Undecided[]): LogNote[] {
    const byUrn = new Map(exempt.map((one) => [one.finding.resource?.urn as string, one]));
    return [
        ...(byUrn.size > 0 ? [exemptNote(policy, byUrn)] : []),
        ...(undecided.length > 0 ? [{ text: undecidedLine(policy, undecided) }] : []),
    ];
}

/** Says notes one after the other, so that they are shown in their order. */
export async function sayAll(say: Say, notes: readonly LogNote[]): Promise<void> {
    for (const note of notes) {
        await say(note);
    }
}
