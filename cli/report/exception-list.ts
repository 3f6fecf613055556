/** The exceptions and exemptions of a policy config file, and how `apigateway-guard exceptions` writes them. */

import { quote } from "../../stack/text";
import { TOOL } from "../tool";
import { escapeForLog, jsonOf } from "./formats/characters";
import { plural, type Report, type ReportFinding } from "./model";

/** Why somebody has to look at an entry. */
export type Attention = "ended" | "ends soon" | "covers nothing" | "has unused targets";

/** An exception or an exemption of a config file. */
export interface ExceptionEntry {
    readonly kind: "exception" | "exemption";
    /** The id of an exception, or the pattern of an exemption. */
    readonly name: string;
    readonly policies: readonly string[];
    readonly reason: string;
    /** The last day, in UTC. */
    readonly until?: string | undefined;
    /** The findings that it covers, or would if it had not ended; `undefined` if no stacks were given. */
    readonly covers?: readonly CoveredFinding[] | undefined;
    /**
     * The targets of an exception that cover nothing, though their stacks were given: a new finding there
     * would also be excepted. `undefined` if no stacks were given.
     */
    readonly unused?: readonly string[] | undefined;
    readonly attention: readonly Attention[];
}

/** What identifies a finding that an entry covers. */
export type CoveredFinding = Pick<ReportFinding, "policy" | "stack" | "urn">;

/** What a policy config file excepts, and the stacks that were looked at for it. */
export interface ListedExceptions extends Pick<Report, "stacks" | "problems"> {
    readonly file: string;
    readonly entries: readonly ExceptionEntry[];
    /** Mistakes that the engine ignores without a message, a line each. */
    readonly errors: readonly string[];
}

/** The list for people to read, with its summary at the end. */
export function exceptionsText({ file, entries, errors }: ListedExceptions): string {
    const blocks = [
        ...entries.map(entryLines),
        ...(errors.length === 0 ? [] : [errors.map((error) => `error: ${escapeForLog(error)}\n`).join("")]),
        `${escapeForLog(`${file}: ${exceptionsSummary({ entries, errors })}.`)}\n`,
    ];
    return blocks.join("\n");
}

function entryLines({ kind, name, policies, reason, until, covers, unused, attention }: ExceptionEntry): string {
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
export function exceptionsSummary({ entries, errors }: Pick<ListedExceptions, "entries" | "errors">): string {
    const count = (isCounted: (entry: ExceptionEntry) => boolean) => entries.filter(isCounted).length;
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

/** The list as JSON, field by field, so that nothing is published by accident. */
export function exceptionsJson({ file, entries, errors, stacks, problems }: ListedExceptions): string {
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
