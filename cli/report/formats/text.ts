/** For people to read, on a terminal or in a log. */

import { styleText } from "node:util";
import { groupBy } from "../../../stack/maps";
import {
    capitalized,
    type Excepted,
    type Finding,
    groundsOf,
    type Location,
    ownership,
    placeOf,
    plural,
    type Report,
    stackKey,
    summaryOf,
    withRun,
} from "../model";
import { shown, visible } from "./characters";

export interface TextOptions {
    readonly color: boolean;
    /** The findings only: neither summary nor notes. */
    readonly quiet: boolean;
    /** What is excepted, too. */
    readonly showExcepted?: boolean | undefined;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** By stack and resource: what was found, how to fix it, and how much it is in all. */
export function textFormat(report: Report, { color, quiet, showExcepted = false }: TextOptions): string {
    // Whether to colour is decided already, whatever Node thinks of its own output.
    const paint: Paint = (style, words) => (color ? styleText(style, words, { validateStream: false }) : words);
    const excepted = showExcepted ? report.excepted : [];
    const findings = groupBy<Finding | Excepted, string>([...report.findings, ...excepted], stackKey);
    const noted = groupBy(quiet ? [] : [...report.undecided, ...report.exempt], stackKey);
    const stacks = report.stacks.flatMap((stack) => {
        const notes = noted.get(stackKey(stack)) ?? [];
        const body = [
            ...ofStack(findings.get(stackKey(stack)) ?? [], paint),
            ...notes.map(({ message }) => `  ${paint("dim", `Note: ${shown(message)}`)}\n`),
        ];
        const title = `${paint(["bold", "underline"], shown(stack.stack))}  ${paint("dim", shown(withRun(stack.file, stack.run)))}\n`;
        return body.length === 0 ? [] : [title, ...body];
    });
    return [...stacks, ...(quiet ? [] : [`${summary(report, paint, showExcepted)}\n`])].join("\n");
}

function ofStack(findings: readonly (Finding | Excepted)[], paint: Paint): string[] {
    return [...groupBy(findings, ({ urn }) => urn).values()].map((found) => {
        const finding = found[0] as Finding;
        const { name, type, location } = finding;
        const owned = ownership(finding);
        const place = location === null ? "" : `  ${paint("cyan", shown(placeOf(location)))}`;
        const title = `  ${paint("bold", shown(name))}  ${paint("dim", shown(type))}${place}\n`;
        const owner = owned === null ? "" : `    ${paint("dim", shown(owned))}\n`;
        return title + sourceOf(location, paint) + owner + found.map((one) => ofFinding(one, paint)).join("");
    });
}

/** The line of the program, with a caret under the column. */
function sourceOf(location: Location | null, paint: Paint): string {
    if (location?.source === undefined) {
        return "";
    }
    const { line, column, source } = location;
    const expanded = (text: string) => text.replaceAll("\t", "    ");
    const gutter = " ".repeat(String(line).length);
    const indent = " ".repeat(visible(expanded(source.slice(0, (column ?? 1) - 1))).length);
    return [
        `    ${paint("dim", `${line} |`)} ${shown(expanded(source))}\n`,
        column === undefined ? "" : `    ${paint("dim", `${gutter} |`)} ${indent}${paint("yellow", "^")}\n`,
    ].join("");
}

function ofFinding(finding: Finding | Excepted, paint: Paint): string {
    const isExcepted = "grounds" in finding;
    const { level, policy, severity, controls, wouldBeRemediated } = finding;
    const { problem, advice, code } = finding;
    const about = [severity, ...controls, wouldBeRemediated ? "would be remediated" : null].filter(
        (one) => one !== null,
    );
    const lines = [
        [
            ...(isExcepted ? [paint("green", "excepted")] : []),
            paint(isExcepted ? "dim" : level === "mandatory" ? "red" : "yellow", level),
            shown(policy),
            ...(about.length === 0 ? [] : [paint("dim", shown(about.join(", ")))]),
        ].join("  "),
        ...(isExcepted ? [`  ${shown(groundsOf(finding))}`] : []),
        `  ${shown(problem)}`,
        ...(advice === null ? [] : [`  ${shown(advice)}`]),
        ...(code ?? "")
            .split("\n")
            .filter(Boolean)
            .map((line) => `  ${paint("green", shown(line))}`),
    ];
    return lines.map((line) => `    ${line}\n`).join("");
}

function summary(report: Report, paint: Paint, showExcepted: boolean): string {
    const { findings, excepted, problems } = report;
    const remediated = findings.filter(({ wouldBeRemediated }) => wouldBeRemediated).length;
    const sentences = [
        `${summaryOf(report)}${excepted.length > 0 && !showExcepted ? " (--show-excepted)" : ""}`,
        ...(remediated === 0 ? [] : [`${remediated} would be remediated`]),
        ...(problems.length === 0 ? [] : [`${plural(problems.length, "file")} could not be checked`]),
    ];
    const sign = findings.length === 0 && problems.length === 0 ? paint("green", "✓ ") : "";
    return sign + paint("bold", capitalized(`${sentences.join(". ")}.`));
}
