/**
 * Whether a pattern matches the whole text. `*` stands for any text, slashes included; nothing else is special.
 *
 * Each part between two `*` is taken where it first appears, which leaves the most text for the parts after it. So there
 * is never a reason to go back, and a pattern is read once.
 */
export function matchesPattern(pattern: string, text: string): boolean {
    if (!pattern.includes("*")) {
        return pattern === text;
    }
    const [first = "", ...parts] = pattern.split("*");
    const last = parts.pop() as string;
    if (!text.startsWith(first)) {
        return false;
    }
    let end = first.length;
    for (const part of parts) {
        const start = text.indexOf(part, end);
        if (start === -1) {
            return false;
        }
        end = start + part.length;
    }
    return end + last.length <= text.length && text.endsWith(last);
}
