/** What a report says as a whole, on the account of what was checked and what was not. */

import { groupBy } from "../../stack/maps";
import { shownFile } from "../inputs/file-names";
import { countOf, type PolicyCoverage, plural, type Report, type Unchecked, withRun } from "./model";

/** `6 findings (2 mandatory, 4 advisory) in 1 stack, 16 resources; 8 policies; 2 excepted`. */
export function reportSummary({ findings, excepted, stacks, coverage }: Report): string {
    if (stacks.length === 0) {
        return "no stacks checked";
    }
    const levels =
        findings.length === 0
            ? ""
            : ` (${countOf(findings, "mandatory")} mandatory, ${countOf(findings, "advisory")} advisory)`;
    const resources = stacks.every((stack) => stack.resources !== undefined)
        ? `, ${plural(
              stacks.reduce((sum, stack) => sum + (stack.resources ?? 0), 0),
              "resource",
          )}`
        : "";
    const parts = [
        `${plural(findings.length, "finding")}${levels} in ${plural(stacks.length, "stack")}${resources}`,
        ...(coverage.length === 0 ? [] : [policiesIn(coverage)]),
        ...(excepted.length === 0 ? [] : [`${excepted.length} excepted`]),
    ];
    return parts.join("; ");
}

/** How many policies were evaluated on a resource of any of the stacks: only for these "no findings" means something. */
function policiesIn(coverage: readonly PolicyCoverage[]): string {
    const named = (outcomes: readonly string[]) =>
        new Set(coverage.filter(({ outcome }) => outcomes.includes(outcome)).map(({ policy }) => policy)).size;
    const evaluated = named(["evaluated", "undecided"]);
    if (evaluated === 0) {
        return coverage.every(({ outcome }) => outcome === "notApplicable")
            ? "no policy applies to them"
            : "no policy was evaluated";
    }
    const undecided = named(["undecided"]);
    const policies = evaluated === 1 ? "1 policy" : `${evaluated} policies`;
    return undecided === 0 ? policies : `${policies} (${undecided} undecided)`;
}

/**
 * Whether a report may have a tick: nothing was found, at least one policy was evaluated on a resource and decided, and
 * everything that was asked for or given was looked at.
 */
export function isClean({ findings, problems, unchecked, coverage }: Report): boolean {
    return (
        findings.length + problems.length + unchecked.length === 0 &&
        coverage.some(({ outcome }) => outcome === "evaluated")
    );
}

/** What was not checked for one reason. */
export interface UncheckedLine {
    /** `live.json, 111122223333/eu-west-1`, or `3 stacks`. */
    readonly where: string;
    /** One of the files. */
    readonly file: string;
    /** A whole sentence. */
    readonly message: string;
}

/** One line for each reason, however many stacks or files it is about. */
export function uncheckedLines(unchecked: readonly Unchecked[]): UncheckedLine[] {
    return [...groupBy(unchecked, ({ message }) => message)].map(([message, all]) => {
        const [{ file }] = all as [Unchecked];
        return { where: placesOf(all), file, message };
    });
}

function placesOf(all: readonly Unchecked[]): string {
    const names = new Set(all.map(({ file, stack, run }) => nameOf(withRun(shownFile(file), run), stack)));
    const [first = ""] = names;
    return names.size === 1 ? first : plural(names.size, all.every(({ stack }) => stack) ? "stack" : "file");
}

function nameOf(file: string, stack: string | undefined): string {
    return stack === undefined ? file : `${file}, ${stack}`;
}
