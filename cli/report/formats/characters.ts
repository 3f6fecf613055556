/** What the text of others may do to its reader, and how each channel is kept from it. */

/**
 * An emoji as a whole, with the joiners and selectors that make it one; or, one at a time, control characters, what
 * cannot be seen (zero width, tags, fillers, selectors), what turns the direction of writing, and what is no character.
 */
const UNSEEN =
    /(\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)*)|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Surrogate}\u2800]/gu;

type Kept = "" | "\n" | "\n\t";

function replaceUnseen(text: string, keep: Kept, shownAs: (character: string) => string): string {
    return text.replace(UNSEEN, (found: string, emoji: string | undefined) =>
        emoji !== undefined || keep.includes(found) ? found : shownAs(found),
    );
}

/** Shows characters that a reader would not see, or that would do something to a terminal, as `\u{1b}`. */
export function escapeUnseen(text: string, keep: Kept = ""): string {
    return replaceUnseen(text, keep, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/**
 * What the runner of a CI service takes for a command in a log: a line that begins with `::`, for GitHub, and anywhere in
 * a line `##[`, for GitHub, or `##vso[` and the like, for Azure Pipelines and TeamCity.
 */
const COMMANDS = /^[^\S\n]*:(?=:)|#(?=#[a-z]*\[)/gim;

/** Text for a terminal or a log: nothing in it does something to a terminal, or is a command to what runs a job. */
export function escapeForLog(text: string, keep: Kept = ""): string {
    return escapeUnseen(text, keep).replace(COMMANDS, "$&\u200B");
}

/** Text for HTML and XML that is escaped but for what a log would take for a command, if it is printed there. */
export function withoutCommands(markup: string): string {
    return markup.replace(COMMANDS, (found) => `${found.slice(0, -1)}&#${found.at(-1)?.charCodeAt(0)};`);
}

/** A value as JSON that can be printed anywhere, and that reads as the same value. */
export function jsonOf(value: unknown): string {
    const units = (text: string) =>
        text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const json = replaceUnseen(JSON.stringify(value, null, 2), "\n", units);
    // Only strings have these characters, and no line begins in one.
    return `${json.replace(/#(?=#[a-z]*\[)/gi, "\\u0023")}\n`;
}
