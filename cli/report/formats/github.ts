/**
 * Workflow commands, which GitHub shows beside the lines of a pull request:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */

import { groupBy } from "../../../stack/maps";
import { TOOL } from "../../tool";
import { describeReasons, type Excepted, findingTextWithOwners, type Report, type ReportFinding } from "../model";
import { uncheckedLines } from "../summary";
import { escapeUnseen } from "./characters";

const COMMANDS = { mandatory: "error", advisory: "warning" } as const;

/** A workflow command for each finding, problem and note; excepted findings are one notice for each stack. */
export function githubReport({ findings, excepted, undecided, exempt, unchecked, problems }: Report): string {
    return [
        ...findings.map(annotation),
        ...problems.map(({ file, message }) => command("error", { title: TOOL.name }, `${file}: ${message}`)),
        ...uncheckedLines(unchecked).map(({ where, message }) => notice(`Not checked in ${where}: ${message}`)),
        ...[...undecided, ...exempt].map(({ stack, message }) => notice(`${stack}: ${message}`)),
        ...[...groupBy(excepted, ({ stack }) => stack)].map(([stack, all]) =>
            notice(exceptedText(`${stack}: ${all.length} excepted`, all.map(lineOf))),
        ),
    ].join("");
}

function notice(message: string): string {
    return command("notice", { title: TOOL.name }, message);
}

/** The runner cuts off what is longer (src/Runner.Worker/ExecutionContext.cs in actions/runner). */
const LONGEST = 4096;
const MORE = "the format json has them all";

function exceptedText(heading: string, lines: readonly string[]): string {
    const shown = [heading];
    let left = LONGEST - heading.length - `\nand ${lines.length} more; ${MORE}`.length;
    for (const line of lines) {
        left -= escapeUnseen(line).length + 1;
        if (left < 0) {
            return [...shown, `and ${lines.length - shown.length + 1} more; ${MORE}`].join("\n");
        }
        shown.push(line);
    }
    return shown.join("\n");
}

/** What is excepted is one notice for a stack: GitHub shows ten notices of a step at most. */
function lineOf(finding: Excepted): string {
    return `${finding.policy}, ${finding.urn}: ${describeReasons(finding)}`;
}

function annotation(finding: ReportFinding): string {
    const { policy, level, controls, location, urn } = finding;
    const message = findingTextWithOwners(finding);
    const title = controls.length === 0 ? policy : `${policy} (${controls.join(", ")})`;
    return location === undefined
        ? command(COMMANDS[level], { title }, `${message}\n${urn}`)
        : command(COMMANDS[level], { file: location.path, line: location.line, col: location.column, title }, message);
}

function command(name: string, properties: Record<string, string | number | undefined>, message: string): string {
    const pairs = Object.entries(properties)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
    return `::${name} ${pairs.join(",")}::${escapedData(message)}\n`;
}

/** As @actions/core escapes (packages/core/src/command.ts in actions/toolkit); a carriage return is no longer one here. */
function escapedData(text: string): string {
    return escapeUnseen(text, "\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
    return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
