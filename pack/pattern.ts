/**
 * Patterns, of which a config may have thousands. `*` stands for any text, slashes included; nothing else is special.
 */

import { append, getOrAdd } from "../stack/maps";

/** A pattern with a `*`: what is before the first, between two of them, and after the last. */
interface Parts {
    readonly index: number;
    readonly between: readonly string[];
}

/** The patterns whose beginnings are of one length, and whose ends are. */
interface Shape {
    readonly start: number;
    readonly end: number;
    /** By beginning and end, written as one text. */
    readonly byEnds: Map<string, Parts[]>;
}

interface Compiled {
    /** The places of the patterns without a `*`. */
    readonly exact: ReadonlyMap<string, readonly number[]>;
    readonly shapes: readonly Shape[];
}

/** A config is read once, and its patterns are held against each finding. */
const compiled = new WeakMap<readonly string[], Compiled>();

/**
 * The places in a list of the patterns that match the whole text, in their order.
 *
 * A pattern is looked at only if the text begins and ends as it does; which do is looked up, for each length of beginning and
 * end that some pattern has.
 *
 * @param patterns a list that does not change
 */
export function matchingPatterns(patterns: readonly string[], text: string): number[] {
    const { exact, shapes } = getOrAdd(compiled, patterns, () => compile(patterns));
    const found = [...(exact.get(text) ?? [])];
    for (const { start, end, byEnds } of shapes) {
        const last = text.length - end;
        const candidates = start > last ? undefined : byEnds.get(text.slice(0, start) + text.slice(last));
        for (const { index, between } of candidates ?? []) {
            if (hasInTurn(text, between, start, last)) {
                found.push(index);
            }
        }
    }
    return found.sort((a, b) => a - b);
}

/** Whether one pattern or more matches the whole text: see `matchingPatterns`. */
export function matchesPattern(patterns: readonly string[], text: string): boolean {
    return matchingPatterns(patterns, text).length > 0;
}

function compile(patterns: readonly string[]): Compiled {
    const exact = new Map<string, number[]>();
    const shapes = new Map<string, Shape>();
    for (const [index, pattern] of patterns.entries()) {
        const [first = "", ...between] = pattern.split("*");
        const last = between.pop();
        if (last === undefined) {
            append(exact, pattern, index);
            continue;
        }
        const [start, end] = [first.length, last.length];
        const { byEnds } = getOrAdd(shapes, `${start} ${end}`, () => ({ start, end, byEnds: new Map() }));
        append(byEnds, first + last, { index, between });
    }
    return { exact, shapes: [...shapes.values()] };
}

/**
 * Whether a text has some parts one after another, from a place on and before another. Each is taken where it first appears,
 * which leaves the most text for the parts after it. So there is never a reason to go back.
 */
function hasInTurn(text: string, parts: readonly string[], from: number, to: number): boolean {
    let end = from;
    for (const part of parts) {
        const start = text.indexOf(part, end);
        if (start === -1) {
            return false;
        }
        end = start + part.length;
    }
    return end <= to;
}
