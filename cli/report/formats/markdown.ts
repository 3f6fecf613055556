/** For a comment on a pull request and for the summary of a job: GitHub Flavored Markdown (https://github.github.com/gfm/). */

import { groupBy } from "../../../stack/maps";
import { TOOL } from "../../tool";
import { byControl, type Group } from "../groups";
import {
    type CheckedStack,
    capitalized,
    describeLocation,
    describeReasons,
    type Excepted,
    type Note,
    ownership,
    plural,
    type Report,
    type ReportFinding,
    stackKey,
    withRun,
} from "../model";
import { reportSummary, uncheckedLines } from "../summary";
import { escapeForLog, escapeUnseen } from "./characters";
import type { GroupingOptions } from "./options";

/** GitHub takes comments of up to 65,536 characters; the rest is for who posts it, to put a mark or a line of theirs. */
const LIMIT = 65_000;

/** The findings as tables by stack, cut where GitHub would refuse the comment as too long. */
export function markdownReport(report: Report, options: GroupingOptions = {}): string {
    const { findings, excepted, undecided, exempt, unchecked, problems } = report;
    const mostNotes = Math.max(...[excepted, exempt].map(({ length }) => length));
    const most = Math.max(...[findings, undecided, unchecked, problems].map(({ length }) => length));
    const whole = shortened(report, most, mostNotes, options);
    if (whole.length <= LIMIT) {
        return whole;
    }
    // What counts comes before what does not.
    const withNotes = (count: number) => shortened(report, most, count, options);
    if (withNotes(0).length <= LIMIT) {
        return withNotes(fitting(withNotes, mostNotes));
    }
    const withFindings = (count: number) => shortened(report, count, 0, options);
    return withFindings(fitting(withFindings, most));
}

/** The most that fits, by halving: `tooMany` does not, `enough` does. */
function fitting(write: (count: number) => string, tooMany: number, enough = 0): number {
    if (tooMany - enough === 1) {
        return enough;
    }
    const middle = Math.floor((enough + tooMany) / 2);
    return write(middle).length > LIMIT ? fitting(write, middle, enough) : fitting(write, tooMany, middle);
}

/** What the report says, with no more than so many of its findings, of what was undecided, of its problems, and of what is excepted. */
function shortened(report: Report, most: number, mostExcepted: number, options: GroupingOptions): string {
    const findings = report.findings.slice(0, most);
    const byStack = groupBy(findings, stackKey);
    const urls = new Map(report.rules.map(({ policy, url }) => [policy, url] as const).reverse());
    const tablesOf = (some: readonly ReportFinding[]) =>
        options.groupBy === undefined
            ? [tableOf(some, urls)]
            : byControl({ findings: some, rules: [] }).flatMap((group) => [
                  headingOf(group, urls),
                  tableOf(group.findings, urls),
              ]);
    const excepted = report.excepted.slice(0, mostExcepted);
    const undecided = report.undecided.slice(0, most);
    const exempt = report.exempt.slice(0, mostExcepted);
    const problems = report.problems.slice(0, most);
    const lines = uncheckedLines(report.unchecked);
    const unchecked = lines.slice(0, most);
    const blocks = [
        `## ${TOOL.name}`,
        `${capitalized(reportSummary(report))}.`,
        ...list(
            "Could not be checked",
            problems.map(({ file, message }) => `${code(file)}: ${markdownText(message)}`),
        ),
        ...list(
            "Not checked",
            unchecked.map(({ where, message }) => `${code(where)}: ${markdownText(message)}`),
        ),
        ...report.stacks.flatMap((stack) => section(stack, byStack.get(stackKey(stack)) ?? [], tablesOf)),
        ...list("Not decided", undecided.map(noted)),
        ...list("Excepted", [...excepted.map(exceptedItem), ...exempt.map(noted)]),
        ...leftOut([
            [report.findings.length - findings.length, "finding"],
            [report.excepted.length + report.exempt.length - excepted.length - exempt.length, "excepted finding"],
            [report.undecided.length - undecided.length, "undecided case"],
            [lines.length - unchecked.length, "reason not to have checked something"],
            [report.problems.length - problems.length, "problem"],
        ]),
    ];
    return `${blocks.join("\n\n")}\n`;
}

function noted({ stack, message }: Note): string {
    return `${code(stack)}: ${markdownText(message)}`;
}

function exceptedItem(finding: Excepted): string {
    return `${code(finding.policy)}, ${code(finding.urn)}: ${markdownText(describeReasons(finding))}`;
}

function list(heading: string, items: readonly string[]): string[] {
    return items.length === 0 ? [] : [`### ${heading}`, items.map((item) => `- ${item}`).join("\n")];
}

function leftOut(counts: readonly (readonly [count: number, noun: string])[]): string[] {
    const some = counts.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
    const limit = "GitHub limits the length of a comment; the formats `text` and `json` have them all.";
    return some.length === 0 ? [] : [`**Left out here: ${some.join(", ")}.** ${limit}`];
}

function section(
    { stack, file, run }: CheckedStack,
    findings: readonly ReportFinding[],
    tablesOf: (findings: readonly ReportFinding[]) => readonly string[],
): string[] {
    if (findings.length === 0) {
        return [];
    }
    const fixes = findings.flatMap(fixOf);
    return [
        `### ${markdownText(stack)}, ${code(withRun(file, run))}`,
        ...tablesOf(findings),
        ...(fixes.length === 0 ? [] : ["<details>\n<summary>How to fix this</summary>", ...fixes, "</details>"]),
    ];
}

/** Where to read on about each policy. */
type Urls = ReadonlyMap<string, string | undefined>;

function headingOf({ id, control }: Group, urls: Urls): string {
    return control === undefined
        ? `#### ${markdownLink(code(id), urls.get(id))}`
        : `#### ${markdownLink(markdownText(id), control.url)}: ${markdownText(control.title)}`;
}

function tableOf(findings: readonly ReportFinding[], urls: Urls): string {
    return [
        "| level | policy | resource | place | finding |",
        "| --- | --- | --- | --- | --- |",
        ...findings.map((finding) => rowOf(finding, urls)),
    ].join("\n");
}

function rowOf(finding: ReportFinding, urls: Urls): string {
    const { policy, level, name, location, wouldBeRemediated } = finding;
    const cells = [
        wouldBeRemediated ? `${level}, would be remediated` : level,
        markdownLink(code(policy), urls.get(policy)),
        code(name),
        location === undefined ? "" : code(describeLocation(location)),
        markdownText([finding.problem, ownership(finding)].filter((part) => part !== undefined).join(" ")),
    ];
    return `| ${cells.join(" | ")} |`;
}

function fixOf(finding: ReportFinding): string[] {
    if (finding.advice === undefined) {
        return [];
    }
    const fix = `${code(finding.urn)}: ${markdownText(finding.advice)}`;
    return finding.code === undefined ? [fix] : [fix, fenced(finding.code)];
}

/**
 * A fence is longer than any within, so that the code cannot end it (GFM, 4.5). Nor can the code give commands to what runs
 * a job, where this is written to the job's log.
 */
function fenced(text: string): string {
    const longest = [...text.matchAll(/`+/g)].reduce((most, [ticks]) => Math.max(most, ticks.length), 2);
    const fence = "`".repeat(longest + 1);
    return `${fence}\n${escapeForLog(text, "\n\t")}\n${fence}`;
}

/** @param url anything but an HTTPS address leaves the text without a link */
export function markdownLink(text: string, url: string | undefined): string {
    return url?.startsWith("https://") ? `[${text}](<${entities(escapeUnseen(url))}>)` : text;
}

/**
 * An element rather than backticks, since backticks cannot be escaped. GitHub sees no mentions, issues or emoji in it, but
 * it does see addresses (GFM, 6.9).
 */
function code(text: string): string {
    const broken = escapeUnseen(text).replace(/:(?=\/\/)|www(?=\.)|(?<=[\w.+-])@(?=\w)/gi, BROKEN);
    return `<code>${entities(broken)}</code>`;
}

/**
 * Text that is shown as it is. GitHub looks for addresses, mentions, issues, commits and emoji after entities were read, so that
 * only a zero width space keeps it from finding them; for a dollar that begins no formula it asks for an element of its own:
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
export function markdownText(text: string): string {
    const broken = escapeUnseen(text).replace(
        /:(?=\/\/|[\w+-]+:)|www(?=\.)|[@#](?=\w)|GH-(?=\d)|\b[\da-f](?=[\da-f]{39}\b)/gi,
        BROKEN,
    );
    return entities(broken).replaceAll("&#36;", "<span>&#36;</span>");
}

const BROKEN = "$&\u200B";

/** An entity is never taken for markup (GFM, 6.2); a first character could begin a list, a heading or an indented block. */
function entities(text: string): string {
    return text.replace(
        /[#$&*<>@[\\\]_`|~]|^[^\p{L}\p{Extended_Pictographic}]/gu,
        (character) => `&#${character.codePointAt(0)};`,
    );
}
