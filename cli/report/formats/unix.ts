/**
 * A line for each finding, `path:line:col: level: message [policy]`, as compilers write them: editors and reviewdog read
 * such lines with a pattern, in which the file and the line are not optional.
 */

import { TOOL } from "../../tool";
import { describeReasons, ownership, type Report, type ReportFinding } from "../model";
import { uncheckedLines } from "../summary";
import { escapeForLog } from "./characters";

/** The levels that both VS Code and reviewdog know by these names. */
const LEVELS = { mandatory: "error", advisory: "warning" } as const;

/** Findings first, then what is excepted, problems, what was not checked, and notes. */
export function unixReport({ findings, excepted, exempt, undecided, unchecked, problems }: Report): string {
    return [
        ...findings.map((finding) => lineOf(finding, LEVELS[finding.level])),
        ...excepted.map((finding) => lineOf(finding, "info", `Excepted. ${describeReasons(finding)}`)),
        ...problems.map(({ file, message }) => line({ path: file }, "error", [message], TOOL.name)),
        ...uncheckedLines(unchecked).map(({ file, where, message }) =>
            line({ path: file }, "info", [`Not checked in ${where}: ${message}`], TOOL.name),
        ),
        ...[...undecided, ...exempt].map(({ file, stack, policy, message }) =>
            line({ path: file }, "info", [`${stack}: ${message}`], policy),
        ),
    ].join("");
}

/** A finding whose place in the program is not known is at the top of the file that was read, and names its resource. */
function lineOf(finding: ReportFinding, level: string, why?: string): string {
    const { policy, problem, advice, location, file, urn } = finding;
    const said = [why, problem, advice, ownership(finding), location === undefined ? urn : undefined];
    return line(location ?? { path: file }, level, said, policy);
}

/** The code to add is not in it: an editor shows the whole message in one line. */
function line(
    { path, line = 1, column = 1 }: { path: string; line?: number; column?: number },
    level: string,
    said: readonly (string | undefined)[],
    policy: string,
): string {
    const message = said.filter((part) => part !== undefined).join(" ");
    const shown = `${path}:${line}:${column}: ${level}: ${message.replace(/\s*[\r\n]\s*/g, " ")} [${word(policy)}]`;
    return `${escapeForLog(shown)}\n`;
}

/** The name of a policy without what would end it: other packs may have any in their names. */
function word(policy: string): string {
    return policy.replace(/[\s[\]]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
