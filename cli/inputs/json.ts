/** JSON, with errors that say where they are and do not repeat the text, which may have secrets. */

import type { JSONVisitor } from "jsonc-parser";
import { BadInput } from "../errors";

/**
 * The value of a JSON text.
 *
 * @param firstLine the line of its file in which the text begins, counted from 1
 * @throws BadInput if the text is not JSON, with the line and column at which it goes wrong, counted from 1
 */
export function parseJson(text: string, firstLine = 1): unknown {
    if (!/\S/.test(text)) {
        throw new BadInput("is empty");
    }
    try {
        return JSON.parse(text);
    } catch {
        const { offset, isEnd } = errorIn(text);
        const before = text.slice(0, offset).split("\n");
        const line = firstLine + before.length - 1;
        const column = (before.at(-1) as string).length + 1;
        const end = isEnd ? "it ends too early" : "it goes wrong";
        throw new BadInput(`is not JSON: ${end} at line ${line}, column ${column}`);
    }
}

interface TextError {
    readonly offset: number;
    /** The text is the beginning of JSON, and ends there. */
    readonly isEnd: boolean;
}

/**
 * Where a text that JSON.parse refuses goes wrong, which JSON.parse says in only some of its messages: at the beginning of
 * what cannot be there, or at the end of a text or number that breaks off.
 */
function errorIn(text: string): TextError {
    let first: { readonly start: number; readonly offset: number } | undefined;
    const onError: JSONVisitor["onError"] = (code, start, length) => {
        // Of what is broken and cannot be there either, both are said, in this order.
        if (first === undefined || first.start === start) {
            first = { start, offset: BROKEN.includes(parser().printParseErrorCode(code)) ? start + length : start };
        }
    };
    walk(text, { onError });
    const { offset = text.length } = first ?? {};
    return { offset, isEnd: offset === text.length };
}

const BROKEN: readonly string[] = ["UnexpectedEndOfString", "UnexpectedEndOfNumber"];

/** The first key that an object of a JSON text has already, and its line, counted from 1; of two, JSON.parse drops one. */
export function repeatedKey(text: string): { readonly key: string; readonly line: number } | undefined {
    const open: Set<string>[] = [];
    let repeated: { readonly key: string; readonly line: number } | undefined;
    walk(text, {
        onObjectBegin: () => {
            open.push(new Set());
        },
        onObjectEnd: () => {
            open.pop();
        },
        onObjectProperty: (key, _offset, _length, line) => {
            const keys = open.at(-1);
            if (keys?.has(key)) {
                repeated ??= { key, line: line + 1 };
            }
            keys?.add(key);
        },
    });
    return repeated;
}

/** Loaded when it is needed, for what is wrong and for config files: most runs have neither, and it takes a while. */
function parser(): typeof import("jsonc-parser") {
    return require("jsonc-parser");
}

/** @throws BadInput if the text is nested more deeply than the stack allows a function to recurse */
function walk(text: string, visitor: JSONVisitor): void {
    try {
        parser().visit(text, visitor, { disallowComments: true });
    } catch (error) {
        throw error instanceof RangeError ? new BadInput("is nested too deeply") : error;
    }
}
