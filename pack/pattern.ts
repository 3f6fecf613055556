/** Whether a pattern matches the whole text. `*` stands for any text, slashes included; nothing else is special. */
export function matchesPattern(pattern: string, text: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}
