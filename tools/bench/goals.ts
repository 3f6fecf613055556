/** What is aimed at, beside what was measured. */

import { table } from "./measure";

/** A number to reach, and the number that was measured. */
export interface Goal {
    readonly what: string;
    readonly aim: string;
    readonly measured: string;
    readonly isMet: boolean;
}

/** A part of the page, and what was aimed at in it. */
export interface Part {
    readonly text: string;
    readonly goals: readonly Goal[];
}

/** A goal that is met by `most` or less. */
export function atMost(what: string, most: number, is: number): Goal {
    return { what, aim: `at most ${most}`, measured: shown(is), isMet: is <= most };
}

/** A goal that is met by `least` or more. */
export function atLeast(what: string, least: number, is: number): Goal {
    return { what, aim: `at least ${least}`, measured: shown(is), isMet: is >= least };
}

/** A measurement that failed is not a number. */
export function shown(value: number): string {
    return Number.isNaN(value) ? "none" : value.toFixed(2);
}

/** The parts under a table of their targets. */
export function withGoals(parts: readonly Part[]): string {
    return [goalTable(parts.flatMap(({ goals }) => goals)), ...parts.map(({ text }) => text)].join("\n\n");
}

function goalTable(goals: readonly Goal[]): string {
    const missed = goals.filter(({ isMet }) => !isMet).map(({ what }) => what);
    const rows = goals.map(({ what, aim, measured, isMet }) => [what, aim, measured, isMet ? "yes" : "no"]);
    const verdict = missed.length === 0 ? "All targets are met." : `Missed: ${missed.join("; ")}.`;
    return `${verdict}\n\n${table(["target", "aim", "measured", "met"], rows)}`;
}
