/** The bash functions that commands call; each is in a .sh file beside the code that makes the commands. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In the order in which a script defines their functions. */
const FILES = ["command.sh", "logs/live-fix.sh", "apigateway/account-fix.sh", "apigateway/v2-stage-fix.sh"];

/**
 * The definitions of the functions that a script calls, and of those that they call.
 *
 * @param calls the first words of commands; programs, such as `aws`, need no definition
 */
export function functionsFor(calls: readonly string[]): string[] {
    const all = definitions();
    const needed = new Set(calls.filter((call) => all.has(call)));
    // A set that is added to while it is walked is walked to its end.
    for (const name of needed) {
        for (const other of all.keys()) {
            if (new RegExp(`\\b${other} `).test(bodyOf(all.get(name) as string))) {
                needed.add(other);
            }
        }
    }
    return [...all].flatMap(([name, definition]) => (needed.has(name) ? [definition] : []));
}

/** By name. A definition begins with its comment, after an empty line. */
function definitions(): ReadonlyMap<string, string> {
    const parts = FILES.flatMap((file) => {
        // A checkout on Windows may have CRLF, which bash does not accept.
        const text = readFileSync(join(__dirname, file), "utf8").replaceAll("\r\n", "\n");
        return text.trimEnd().split(/\n\n(?=#)/);
    });
    return new Map(parts.map((part) => [/^(\w+)\(\) \{$/m.exec(part)?.[1] as string, part]));
}

function bodyOf(definition: string): string {
    return definition.slice(definition.indexOf("() {"));
}
