/** Text in a bash script. */

import { escapeForLog } from "../report/formats/characters";

/** A word of a command, which bash takes for nothing else, whatever is in it. */
export function quoted(word: string): string {
    if (/^[\w@%+=:,./-]+$/.test(word)) {
        return word;
    }
    if (escapeForLog(word) === word) {
        return `'${word.replaceAll("'", "'\\''")}'`;
    }
    // A reader of the script would not see such characters, or would see something else; or a log would take them for a command.
    const bytes = [...Buffer.from(word)].map((byte) =>
        byte > 0x1f && byte < 0x7f && !ESCAPED.includes(String.fromCharCode(byte))
            ? String.fromCharCode(byte)
            : `\\x${byte.toString(16).padStart(2, "0")}`,
    );
    return `$'${bytes.join("")}'`;
}

const ESCAPED = "'\\#:";

/** Why a text cannot be the argument of a command of the AWS CLI, if it cannot. */
export function unusable(text: string): string | undefined {
    if (/\0|\p{Surrogate}/u.test(text)) {
        return "has a character that no command can be given";
    }
    // https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
    return /^(file|fileb|https?):\/\//.test(text) ? "would be taken for a file to read by the AWS CLI" : undefined;
}

/** A command, on several lines if it is long. */
export function commandLine(words: readonly string[]): string {
    const parts = words.map(quoted);
    const line = parts.join(" ");
    if (line.length <= LONGEST) {
        return line;
    }
    return parts
        .map((part, index) => (index > 0 && words[index]?.startsWith("--") ? `\\\n    ${part}` : part))
        .join(" ");
}

const LONGEST = 100;

/** A line of a comment, which nothing in the text ends. */
export function comment(text = "", indent = 0): string {
    return `# ${" ".repeat(indent)}${escapeForLog(text)}`.trimEnd();
}
