/**
 * Workflow commands, which GitHub shows beside the lines of a pull request:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */

import { type Finding, ownedMessageOf, type Report } from "../model";
import { TOOL } from "../tool";
import { visible } from "./characters";

const COMMANDS = { mandatory: "error", advisory: "warning" } as const;

export function github({ findings, undecided, problems }: Report): string {
    return [
        ...findings.map(annotation),
        ...problems.map(({ file, message }) => command("error", { title: TOOL.name }, `${file}: ${message}`)),
        ...undecided.map(({ stack, message }) => command("notice", { title: TOOL.name }, `${stack}: ${message}`)),
    ].join("");
}

function annotation(finding: Finding): string {
    const { policy, level, controls, location, urn } = finding;
    const message = ownedMessageOf(finding);
    const title = controls.length === 0 ? policy : `${policy} (${controls.join(", ")})`;
    return location === null
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
    return visible(text, "\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
    return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
