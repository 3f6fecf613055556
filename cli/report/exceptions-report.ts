/** What `apigateway-guard exceptions` writes. */

import { quote } from "../../stack/text";
import type { Entry, Exceptions } from "../commands/exceptions";
import { escapeForLog, jsonOf } from "./formats/characters";
import { plural } from "./model";
import { TOOL } from "./tool";

export function exceptionsText({ file, entries, errors }: Exceptions): string {
    const blocks = [
        ...entries.map(entryLines),
        ...(errors.length === 0 ? [] : [errors.map((error) => `error: ${escapeForLog(error)}\n`).join("")]),
        `${escapeForLog(`${file}: ${exceptionsSummary({ entries, errors })}.`)}\n`,
    ];
    return blocks.join("\n");
}

function entryLines({ kind, name, policies, reason, until, covers, unused, attention }: Entry): string {
    const end = until === undefined ? "no end" : attention.includes("ended") ? `ended on ${until}` : `until ${until}`;
    const count = covers === undefined ? [] : [plural(covers.length, "finding")];
    const marks = attention.length === 0 ? [] : [`needs attention: ${attention.join(", ")}`];
    const lines = [
        [kind, quote(name), end, ...count, ...marks].join("  "),
        `  ${reason}`,
        ...(covers === undefined || covers.length === 0
            ? policies.map((policy) => `  ${policy}`)
            : covers.map(({ policy, urn }) => `  ${policy}  ${urn}`)),
        ...(attention.includes("has unused targets") ? (unused ?? []).map((urn) => `  unused: ${urn}`) : []),
    ];
    return lines.map((line) => `${escapeForLog(line)}\n`).join("");
}

/** `2 exceptions, 1 exemption; 1 ended, 1 covering nothing`. */
export function exceptionsSummary({ entries, errors }: Pick<Exceptions, "entries" | "errors">): string {
    const count = (isCounted: (entry: Entry) => boolean) => entries.filter(isCounted).length;
    const parts = [
        ["ended", count(({ attention }) => attention.includes("ended"))],
        ["ending soon", count(({ attention }) => attention.includes("ends soon"))],
        ["covering nothing", count(({ attention }) => attention.includes("covers nothing"))],
        ["with unused targets", count(({ attention }) => attention.includes("has unused targets"))],
        ["wrong", errors.length],
    ] as const;
    const kinds = (["exception", "exemption"] as const).map((kind) =>
        plural(
            count((one) => one.kind === kind),
            kind,
        ),
    );
    const wanting = parts.filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`);
    return `${kinds.join(", ")}${wanting.length === 0 ? "" : `; ${wanting.join(", ")}`}`;
}

/** Field by field, so that nothing is published by accident. */
export function exceptionsJson({ file, entries, errors, stacks, problems }: Exceptions): string {
    return jsonOf({
        version: 1,
        tool: TOOL,
        file,
        entries: entries.map(({ kind, name, policies, reason, until, covers, unused, attention }) => ({
            kind,
            name,
            policies,
            reason,
            until: until ?? null,
            covers: covers ?? null,
            unused: unused ?? null,
            attention,
        })),
        errors,
        stacks: stacks.map(({ stack, file: read }) => ({ stack, file: read })),
        problems: problems.map(({ file: read, message }) => ({ file: read, message })),
    });
}
