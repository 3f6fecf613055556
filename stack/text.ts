/** Text helpers for all folders. */

/** A name in quotes, as TypeScript would write it. */
export function quote(name: string): string {
    return JSON.stringify(name);
}

/** `ERROR or INFO`; `a, b or c`. */
export function either(words: readonly string[]): string {
    return enumerated(words, "or");
}

/** `audit and error`; `a, b and c`. */
export function both(words: readonly string[]): string {
    return enumerated(words, "and");
}

function enumerated(words: readonly string[], last: string): string {
    return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** The order of two texts, by their characters and not by the rules of a language, so that it is the same everywhere. */
export function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}

/** Line breaks as they are written in code. */
export function oneLine(words: string): string {
    return words.replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}
