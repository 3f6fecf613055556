/** Control characters, those that turn the direction of writing, the invisible U+FEFF, and what is no character. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Surrogate}\uFEFF]/gu;

/** Shows characters that a reader would not see, or that would do something to a terminal, as `\u{1b}`. */
export function visible(text: string, keep: "" | "\n" | "\n\t" = ""): string {
    return text.replace(UNSEEN, (character) =>
        keep.includes(character) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
}
