/** JSON, with errors that say where they are and do not repeat the text, which may have secrets. */

/** Where a text stops being JSON, counted from 1. */
export interface Position {
    readonly line: number;
    readonly column: number;
    /** The text is the beginning of JSON, and ends there. */
    readonly isEnd: boolean;
}

/** @returns a position in place of a value if the text is not JSON */
export function parseJson(text: string): { readonly value: unknown } | { readonly error: Position } {
    try {
        return { value: JSON.parse(text) };
    } catch {
        return { error: positionOf(errorIn(text), text) };
    }
}

function positionOf(offset: number, text: string): Position {
    let line = 1;
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
        line++;
        start = end + 1;
    }
    return { line, column: offset - start + 1, isEnd: offset >= text.length };
}

export function shownPosition({ line, column, isEnd }: Position): string {
    return `${isEnd ? "it ends too early" : "it goes wrong"} at line ${line}, column ${column}`;
}

const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BEGUN_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.(?!\d)|(?:\.\d+)?(?:[eE][+-]?)?))?/y;
const ESCAPE = /["\\/bfnrt]|u[\da-fA-F]{4}/y;
const BEGUN_ESCAPE = /(?:u[\da-fA-F]{0,3})?/y;
const WORDS = ["true", "false", "null"];

/**
 * The offset at which a text that JSON.parse refuses goes wrong, which JSON.parse says in only some of its messages. The
 * text is read once, and needs no stack however deeply it is nested.
 */
function errorIn(text: string): number {
    let at = 0;
    let expected: "value" | "first value" | "key" | "first key" | "colon" | "what follows" = "value";
    const open: string[] = [];
    for (;;) {
        at = endOf(SPACE, text, at);
        const next = text[at] ?? "";
        const isKey: boolean = expected === "key" || expected === "first key";
        if (expected === "colon") {
            if (next !== ":") {
                return at;
            }
            at++;
            expected = "value";
        } else if (expected !== "value" && expected !== "key" && next !== "" && next === open.at(-1)) {
            at++;
            open.pop();
            expected = "what follows";
        } else if (expected === "what follows") {
            if (next !== "," || open.length === 0) {
                return at;
            }
            at++;
            expected = open.at(-1) === "}" ? "key" : "value";
        } else if (!isKey && (next === "{" || next === "[")) {
            at++;
            open.push(next === "{" ? "}" : "]");
            expected = next === "{" ? "first key" : "first value";
        } else if (isKey && next !== '"') {
            return at;
        } else {
            const { end, isWhole } = next === '"' ? stringAt(text, at) : scalarAt(text, at);
            if (!isWhole) {
                return end;
            }
            at = end;
            expected = isKey ? "colon" : "what follows";
        }
    }
}

function endOf(token: RegExp, text: string, from: number): number {
    token.lastIndex = from;
    return token.test(text) ? token.lastIndex : from;
}

/** How far a token goes, and whether it is one as a whole. */
interface Token {
    readonly end: number;
    readonly isWhole: boolean;
}

function stringAt(text: string, from: number): Token {
    for (let at = from + 1; at < text.length; at++) {
        if (text[at] === '"') {
            return { end: at + 1, isWhole: true };
        }
        if (text.charCodeAt(at) < 0x20) {
            return { end: at, isWhole: false };
        }
        if (text[at] === "\\") {
            const end = endOf(ESCAPE, text, at + 1);
            if (end === at + 1) {
                return { end: endOf(BEGUN_ESCAPE, text, at + 1), isWhole: false };
            }
            at = end - 1;
        }
    }
    return { end: text.length, isWhole: false };
}

function scalarAt(text: string, from: number): Token {
    const word = WORDS.find(([first]) => first === text[from]);
    if (word === undefined) {
        const [end, begun] = [endOf(NUMBER, text, from), endOf(BEGUN_NUMBER, text, from)];
        return { end: Math.max(end, begun), isWhole: end > from && begun <= end };
    }
    let end = from;
    while (end - from < word.length && text[end] === word[end - from]) {
        end++;
    }
    return { end, isWhole: end - from === word.length };
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** The first key that an object of a JSON text has already, and its line, counted from 1; of two, JSON.parse drops one. */
export function repeatedKey(text: string): { readonly key: string; readonly line: number } | undefined {
    /** The keys of each object that is open; none for a list. */
    const open: (Set<string> | undefined)[] = [];
    let mayBeKey = false;
    for (const { 0: token, index } of text.matchAll(TOKENS)) {
        const keys = open.at(-1);
        if (token.startsWith('"')) {
            if (mayBeKey && keys !== undefined) {
                const key: string = JSON.parse(token);
                if (keys.has(key)) {
                    return { key, line: text.slice(0, index).split("\n").length };
                }
                keys.add(key);
            }
            mayBeKey = false;
            continue;
        }
        if (token === "{" || token === "[") {
            open.push(token === "{" ? new Set() : undefined);
        } else if (token !== ",") {
            open.pop();
        }
        mayBeKey = token === "{" || token === ",";
    }
    return undefined;
}
