/** For people to read, on a terminal or in a log. */

import { styleText } from "node:util";
import { groupBy } from "../../../stack/maps";
import {
    capitalized,
    describeLocation,
    describeReasons,
    type Excepted,
    type Location,
    ownership,
    plural,
    type Report,
    type ReportFinding,
    stackKey,
    withRun,
} from "../model";
import { isClean, reportSummary, uncheckedLines } from "../summary";
import { escapeForLog, escapeUnseen } from "./characters";
import type { TextOptions } from "./options";

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** By stack and resource: what was found, how to fix it, and how much it is in all. */
export function textReport(report: Report, { color, quiet, showExcepted = false }: TextOptions): string {
    // Whether to colour is decided already, whatever Node thinks of its own output.
    const paint: Paint = (style, words) => (color ? styleText(style, words, { validateStream: false }) : words);
    const excepted = showExcepted ? report.excepted : [];
    const findings = groupBy<ReportFinding | Excepted, string>([...report.findings, ...excepted], stackKey);
    const noted = groupBy(quiet ? [] : [...report.undecided, ...report.exempt], stackKey);
    const stacks = report.stacks.flatMap((stack) => {
        const notes = noted.get(stackKey(stack)) ?? [];
        const body = [
            ...ofStack(findings.get(stackKey(stack)) ?? [], paint),
            ...notes.map(({ message }) => `  ${paint("dim", `Note: ${escapeForLog(message)}`)}\n`),
        ];
        const title = `${paint(["bold", "underline"], escapeForLog(stack.stack))}  ${paint("dim", escapeForLog(withRun(stack.file, stack.run)))}\n`;
        return body.length === 0 ? [] : [title, ...body];
    });
    const end = quiet ? [] : [[summary(report, paint, showExcepted), ...notChecked(report, paint), ""].join("\n")];
    return [...stacks, ...end].join("\n");
}

function ofStack(findings: readonly (ReportFinding | Excepted)[], paint: Paint): string[] {
    return [...groupBy(findings, ({ urn }) => urn).values()].map((found) => {
        const finding = found[0] as ReportFinding;
        const { name, type, location } = finding;
        const owned = ownership(finding);
        const place = location === undefined ? "" : `  ${paint("cyan", escapeForLog(describeLocation(location)))}`;
        const title = `  ${paint("bold", escapeForLog(name))}  ${paint("dim", escapeForLog(type))}${place}\n`;
        const owner = owned === undefined ? "" : `    ${paint("dim", escapeForLog(owned))}\n`;
        return title + sourceOf(location, paint) + owner + found.map((one) => ofFinding(one, paint)).join("");
    });
}

/** The line of the program, with a caret under the column. */
function sourceOf(location: Location | undefined, paint: Paint): string {
    if (location?.source === undefined) {
        return "";
    }
    const { line, column, source } = location;
    const expanded = (text: string) => text.replaceAll("\t", "    ");
    const gutter = " ".repeat(String(line).length);
    const indent = " ".repeat(escapeUnseen(expanded(source.slice(0, (column ?? 1) - 1))).length);
    return [
        `    ${paint("dim", `${line} |`)} ${escapeForLog(expanded(source))}\n`,
        column === undefined ? "" : `    ${paint("dim", `${gutter} |`)} ${indent}${paint("yellow", "^")}\n`,
    ].join("");
}

function ofFinding(finding: ReportFinding | Excepted, paint: Paint): string {
    const isExcepted = "reasons" in finding;
    const { level, policy, severity, controls, wouldBeRemediated } = finding;
    const { problem, advice, code } = finding;
    const about = [severity, ...controls, wouldBeRemediated ? "would be remediated" : undefined].filter(
        (one) => one !== undefined,
    );
    const lines = [
        [
            ...(isExcepted ? [paint("green", "excepted")] : []),
            paint(isExcepted ? "dim" : level === "mandatory" ? "red" : "yellow", level),
            escapeForLog(policy),
            ...(about.length === 0 ? [] : [paint("dim", escapeForLog(about.join(", ")))]),
        ].join("  "),
        ...(isExcepted ? [`  ${escapeForLog(describeReasons(finding))}`] : []),
        `  ${escapeForLog(problem)}`,
        ...(advice === undefined ? [] : [`  ${escapeForLog(advice)}`]),
        ...(code ?? "")
            .split("\n")
            .filter(Boolean)
            .map((line) => `  ${paint("green", escapeForLog(line))}`),
    ];
    return lines.map((line) => `    ${line}\n`).join("");
}

function summary(report: Report, paint: Paint, showExcepted: boolean): string {
    const { findings, excepted, problems } = report;
    const remediated = findings.filter(({ wouldBeRemediated }) => wouldBeRemediated).length;
    const sentences = [
        `${reportSummary(report)}${excepted.length > 0 && !showExcepted ? " (--show-excepted)" : ""}`,
        ...(remediated === 0 ? [] : [`${remediated} would be remediated`]),
        ...(problems.length === 0 ? [] : [`${plural(problems.length, "file")} could not be checked`]),
    ];
    const sign = isClean(report) ? paint("green", "✓ ") : "";
    return sign + paint("bold", capitalized(`${sentences.join(". ")}.`));
}

/** A line for each reason. */
function notChecked({ unchecked }: Report, paint: Paint): string[] {
    return uncheckedLines(unchecked).map(
        ({ where, message }) => `${paint("yellow", "Not checked")} in ${escapeForLog(where)}: ${escapeForLog(message)}`,
    );
}
