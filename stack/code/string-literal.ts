/** String literals of Go and YAML. */

import { quote } from "../text";

/**
 * A string in JSON that Go and YAML also accept. They refuse some characters that JSON allows unescaped: control characters,
 * byte order marks, line separators and lone surrogates.
 */
export function stringLiteral(words: string): string {
    const wellFormed = words.replace(/\p{Cs}/gu, "\ufffd");
    return quote(wellFormed).replace(
        /[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/gu,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
