/** One page to look at findings in a browser. It loads nothing, and runs no script but its own. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import mustache from "mustache";
import type { Level } from "../../../pack/enabled";
import { groupBy } from "../../../stack/maps";
import { shownFile } from "../../inputs/file-names";
import { TOOL } from "../../tool";
import { byControl, groupIds } from "../groups";
import {
    type CheckedStack,
    capitalized,
    countOf,
    describeLocation,
    describeReasons,
    type Excepted,
    type Note,
    type Outcome,
    ownership,
    type PolicyCoverage,
    plural,
    type Report,
    type ReportFinding,
    type Rule,
    type Run,
    withRun,
} from "../model";
import { isClean, reportSummary, uncheckedLines } from "../summary";
import { escapeUnseen, withoutCommands } from "./characters";
import type { GroupingOptions } from "./options";

const EFFECTS: Readonly<Record<Level, string>> = {
    mandatory: "stop a deployment",
    advisory: "only warn",
};
const ENFORCEMENT_LEVELS = ["mandatory", "advisory"] as const;
const UNDECIDED = "What these depend on is not known yet, so the policies passed them over.";
const NOT_CHECKED = "You asked for these or gave them, and they were not looked at.";
const EXEMPT = "The config of the policies exempts these.";
/** Stands in the place of a level. */
const EXCEPTED = "excepted";

/** What findings are counted by. */
type Tallied = Pick<Report, "findings" | "rules" | "coverage">;

/** A report whose findings include what is excepted. */
type Listed = Tallied & { readonly findings: readonly (ReportFinding | Excepted)[] };

/** The page: counts by level, policy or control, and stack, then a table of all findings that a reader can filter. */
export function htmlReport(report: Report, { groupBy: by }: GroupingOptions = {}): string {
    // A checkout on Windows may have CRLF, which browsers read as LF before they hash.
    const template = readFileSync(join(__dirname, "html.html"), "utf8").replaceAll("\r\n", "\n");
    const view = { csp: policyOf(template), ...viewOf(report, by === "control") };
    const escaped = (value: unknown) => withoutCommands(mustache.escape(escapeUnseen(String(value))));
    return mustache.render(template, view, {}, { escape: escaped });
}

/** The page's Content Security Policy: its own style and script by their hashes, and nothing else. */
function policyOf(template: string): string {
    const hash = (tag: string) => {
        const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(template) ?? [];
        return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    return [
        "default-src 'none'",
        `style-src ${hash("style")}`,
        `script-src ${hash("script")}`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
}

/** Every key is there, if only as `undefined`: Mustache looks for a missing one in what is around it. */
function viewOf(report: Report, isByControl: boolean) {
    const { findings, excepted, problems, undecided, exempt, unchecked } = report;
    const groupsOf = isByControl ? controlTallies : policyTallies;
    const checked = stackTallies(report);
    // The table has what is excepted, too.
    const listed = { ...report, findings: [...findings, ...excepted] };
    return {
        tool: TOOL,
        summary: capitalized(reportSummary(report)),
        problems: section(`${plural(problems.length, "file")} could not be checked`, problems.map(readable)),
        totals: checked.length === 0 ? undefined : totalsOf(report, groupsOf(report), checked),
        nothing: findings.length === 0 ? nothingOf(report) : undefined,
        table:
            listed.findings.length === 0
                ? undefined
                : tableOf(listed, groupsOf(listed), stackTallies(listed), isByControl),
        notes: [
            { title: "Not checked", about: NOT_CHECKED, items: uncheckedLines(unchecked) },
            { title: "Not decided", about: UNDECIDED, items: undecided.map(noteOf) },
            { title: "Exempt", about: EXEMPT, items: exempt.map(noteOf) },
        ].filter(({ items }) => items.length > 0),
    };
}

function stackTallies({ findings, stacks }: Report): Tally[] {
    const byName = groupBy(stacks, ({ stack }) => stack);
    const resources = new Map([...byName].map(([name, all]) => [name, resourcesOf(all)]));
    return tallies(findings, ({ stack }) => [stack], resources);
}

function section<Item>(title: string, items: readonly Item[]) {
    return items.length === 0 ? undefined : { title, items };
}

function readable<Item extends { readonly file: string; readonly run?: Run }>(item: Item): Item {
    return { ...item, file: withRun(shownFile(item.file), item.run) };
}

function noteOf({ message, stack, file, run }: Note) {
    return { message, where: `${stack}, ${withRun(shownFile(file), run)}` };
}

interface Tally {
    readonly name: string;
    readonly about: string | undefined;
    readonly count: number;
    /** Of the longest bar, in per cent. */
    readonly mandatoryShare: string;
    readonly advisoryShare: string;
}

/** What findings are counted and filtered by, beside their stacks: its heading, its key in a row, and its counts. */
interface Groups {
    readonly title: string;
    readonly label: string;
    readonly key: string;
    readonly items: readonly Tally[];
}

function policyTallies({ findings, rules, coverage }: Tallied): Groups {
    const outcomes = groupBy(coverage, ({ policy }) => policy);
    const abouts = new Map(
        rules.map((rule) => [rule.policy, otherPack(rule) ?? withoutResources(outcomes.get(rule.policy) ?? [])]),
    );
    return {
        title: "Policies",
        label: "Policy",
        key: "policy",
        items: tallies(findings, ({ policy }) => [policy], abouts),
    };
}

/** That no findings of a policy mean nothing. */
function withoutResources(coverage: readonly PolicyCoverage[]): string | undefined {
    const has = (outcome: Outcome) => coverage.some((one) => one.outcome === outcome);
    if (coverage.length === 0 || has("evaluated") || has("undecided")) {
        return undefined;
    }
    return has("notChecked") ? "not checked" : "not applicable";
}

function controlTallies(report: Tallied): Groups {
    const abouts = new Map(
        byControl(report).map(({ id, control, rules: [rule] }) => [
            id,
            control?.title ?? (rule ? otherPack(rule) : undefined),
        ]),
    );
    return { title: "Controls", label: "Control", key: "control", items: tallies(report.findings, groupIds, abouts) };
}

/** How many findings have each of some names, the most first; `abouts` has those without any, too. */
function tallies(
    findings: readonly ReportFinding[],
    namesOf: (finding: ReportFinding) => readonly string[],
    abouts: ReadonlyMap<string, string | undefined>,
): Tally[] {
    const counts = new Map([...abouts.keys()].map((name) => [name, { mandatory: 0, advisory: 0 }]));
    for (const finding of findings) {
        for (const name of namesOf(finding)) {
            const count = counts.get(name) ?? { mandatory: 0, advisory: 0 };
            count[finding.level]++;
            counts.set(name, count);
        }
    }
    const most = [...counts.values()].reduce((max, { mandatory, advisory }) => Math.max(max, mandatory + advisory), 1);
    return [...counts]
        .map(([name, { mandatory, advisory }]) => ({
            name,
            about: abouts.get(name),
            count: mandatory + advisory,
            mandatoryShare: ((mandatory / most) * 100).toFixed(1),
            advisoryShare: ((advisory / most) * 100).toFixed(1),
        }))
        .sort((a, b) => b.count - a.count);
}

function otherPack({ pack }: Rule): string | undefined {
    return pack === TOOL.name ? undefined : pack;
}

/** `16 resources`, from all files that have a part of the stack. */
function resourcesOf(parts: readonly CheckedStack[]): string | undefined {
    let sum = 0;
    for (const { resources } of parts) {
        if (resources === undefined) {
            return undefined;
        }
        sum += resources;
    }
    return plural(sum, "resource");
}

function totalsOf({ findings }: Report, { title, items }: Groups, stacks: readonly Tally[]) {
    return {
        levels: ENFORCEMENT_LEVELS.map((level) => ({ level, count: countOf(findings, level), effect: EFFECTS[level] })),
        tallies: [
            { title, items },
            { title: "Stacks", items: stacks },
        ],
    };
}

function nothingOf(report: Report) {
    const { excepted, stacks, problems, undecided, unchecked } = report;
    if (stacks.length === 0) {
        const text = "No stack could be read.";
        return { clean: false, title: "Nothing was checked", text };
    }
    if (problems.length > 0) {
        const text = "This says nothing about the files above, which could not be checked.";
        return { clean: false, title: "No findings in what was checked", text };
    }
    if (!isClean(report)) {
        const text =
            unchecked.length > 0
                ? "What was not checked is listed below."
                : "No policy could decide on a resource of these stacks, so this says nothing about them.";
        return { clean: false, title: "No findings in what was checked", text };
    }
    const rest = undecided.length === 0 ? "" : " What they could not decide is listed below.";
    const found = excepted.length === 0 ? "nothing to fix" : "nothing but what is excepted";
    return { clean: true, title: "No findings", text: `The policies found ${found}.${rest}` };
}

function tableOf({ findings, rules }: Listed, groups: Groups, stacks: readonly Tally[], isByControl: boolean) {
    const byPolicy = new Map(rules.map((rule) => [rule.policy, rule]));
    const rows = findings.map((finding) => rowOf(finding, byPolicy.get(finding.policy), isByControl));
    const levels = [...ENFORCEMENT_LEVELS, EXCEPTED].map((name) => ({
        name,
        count: rows.filter(({ level }) => level === name).length,
    }));
    const select = (key: string, label: string, options: readonly { name: string; count: number }[]) => ({
        key,
        label,
        options: options.filter(({ count }) => count > 0),
    });
    return {
        selects: [
            select("level", "Level", levels),
            select(groups.key, groups.label, groups.items),
            select("stack", "Stack", stacks),
        ],
        many: findings.length > 200,
        rows,
    };
}

function rowOf(finding: ReportFinding | Excepted, rule: Rule | undefined, isByControl: boolean) {
    const [first, ...rest] = finding.code?.replaceAll("\t", "    ").split("\n") ?? [];
    const href = webAddress(rule?.url ?? "");
    const controls = finding.controls.length === 0 ? undefined : finding.controls.join(", ");
    const isExcepted = "reasons" in finding;
    return {
        level: isExcepted ? EXCEPTED : finding.level,
        reasons: isExcepted ? `${capitalized(finding.level)}, but excepted. ${describeReasons(finding)}` : undefined,
        policy: finding.policy,
        // The script finds a row by each of its controls.
        groups: isByControl ? groupIds(finding) : [],
        severity: finding.severity,
        problem: finding.problem,
        advice: finding.advice,
        code: first === undefined ? undefined : { first, rest },
        wouldBeRemediated: finding.wouldBeRemediated,
        link: href === undefined ? undefined : { href, label: controls ?? "Documentation" },
        unlinked: href === undefined ? controls : undefined,
        name: finding.name,
        typeParts: finding.type.split(/(?<=:)/),
        place: finding.location === undefined ? undefined : describeLocation(finding.location),
        owned: ownership(finding),
        urn: finding.urn,
        stack: finding.stack,
        file: readable(finding).file,
    };
}

/** A rule may be of any pack: only what is sure to be a page becomes a link. */
function webAddress(url: string): string | undefined {
    return URL.canParse(url) && new URL(url).protocol === "https:" ? new URL(url).href : undefined;
}
