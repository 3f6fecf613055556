/** String literals. */

import { quote } from "../../../stack/text";

/**
 * A string in JSON, without what JSON may have in it as it is and Go or YAML may not: control characters, byte order
 * marks, line separators, and surrogates without the other half.
 */
export function literal(words: string): string {
    const wellFormed = words.replace(/\p{Cs}/gu, "\ufffd");
    return quote(wellFormed).replace(
        /[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/gu,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
