/**
 * JUnit's XML, which GitLab, Jenkins and Azure DevOps show as test results. There is no standard; what is written here
 * is valid by the strictest schema around (https://github.com/windyroad/JUnit-Schema), which has one failure a test, so
 * that each finding is a test that failed, and each policy that was evaluated on a stack and found nothing one that passed.
 * What is excepted is a test that was skipped, which that schema does not have and those three tools do; so is a policy
 * that could not decide or was not checked. What became of each policy is among the properties of the suite.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "mustache";
import { groupBy } from "../../../stack/maps";
import { TOOL } from "../../tool";
import {
    type CheckedStack,
    describeLocation,
    describeReasons,
    type Excepted,
    type Outcome,
    ownership,
    type PolicyCoverage,
    plural,
    type Report,
    type ReportFinding,
    stackKey,
    withRun,
} from "../model";
import { type UncheckedLine, uncheckedLines } from "../summary";
import { escapeUnseen, withoutCommands } from "./characters";

const TEMPLATE = readFileSync(join(__dirname, "junit.xml"), "utf8");

/** The schema wants to know when; a report that is the same each time it is made can be compared. */
const TIMESTAMP = "1970-01-01T00:00:00";

interface Case {
    readonly name: string;
    readonly classname: string;
    readonly failure?: { readonly type: string; readonly message: string; readonly text: string };
    readonly error?: { readonly type: string; readonly message: string };
    readonly skipped?: string;
}

/** A test suite for each stack, one for the files that could not be checked, and one for what was not checked. */
export function junitReport(report: Report): string {
    const { findings, excepted, stacks, undecided, exempt, unchecked, coverage, problems } = report;
    const covered = groupBy(coverage, stackKey);
    const found = groupBy(findings, stackKey);
    const skipped = groupBy(excepted, stackKey);
    const noted = groupBy([...undecided, ...exempt], stackKey);
    const suites = [
        ...stacks.map((stack) => ({
            name: stack.stack,
            package: withRun(stack.file, stack.run),
            cases: casesOf(
                stack,
                found.get(stackKey(stack)) ?? [],
                skipped.get(stackKey(stack)) ?? [],
                covered.get(stackKey(stack)) ?? [],
            ),
            properties: (covered.get(stackKey(stack)) ?? []).map(propertyOf),
            out: (noted.get(stackKey(stack)) ?? []).map(({ message }) => message).join("\n"),
        })),
        ...extraSuite("problems", problems.map(caseOfProblem)),
        ...extraSuite("not checked", uncheckedLines(unchecked).map(caseOfUnchecked)),
    ].map((suite, id) => ({
        ...suite,
        id,
        timestamp: TIMESTAMP,
        tests: suite.cases.length,
        failures: suite.cases.filter(({ failure }) => failure !== undefined).length,
        errors: suite.cases.filter(({ error }) => error !== undefined).length,
        hasProperties: suite.properties.length > 0,
        skippedCases: suite.cases.filter(({ skipped }) => skipped !== undefined).length,
    }));
    return render(TEMPLATE, { suites }, {}, { escape: escaped });
}

function extraSuite(name: string, cases: readonly Case[]) {
    return cases.length === 0 ? [] : [{ name, package: TOOL.name, cases, properties: [], out: "" }];
}

function casesOf(
    { stack }: CheckedStack,
    found: readonly ReportFinding[],
    excepted: readonly Excepted[],
    coverage: readonly PolicyCoverage[],
): Case[] {
    const broken = new Set([...found, ...excepted].map(({ policy }) => policy));
    return [
        ...found.map((finding) => ({
            name: `${finding.policy}: ${finding.name}`,
            classname: stack,
            failure: failureOf(finding),
        })),
        ...excepted.map((finding) => ({
            name: `${finding.policy}: ${finding.name}`,
            classname: stack,
            skipped: describeReasons(finding),
        })),
        ...coverage
            .filter(({ policy, outcome }) => !broken.has(policy) && outcome !== "notApplicable")
            .map(({ policy, outcome, reason = outcome }) => ({
                name: policy,
                classname: stack,
                ...(outcome !== "evaluated" && { skipped: reason }),
            })),
    ];
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
    evaluated: "evaluated",
    notApplicable: "not applicable",
    undecided: "undecided",
    notChecked: "not checked",
};

/** `evaluated, 3 resources`. */
function propertyOf({ policy, outcome, resources, reason }: PolicyCoverage) {
    const count = resources === undefined ? "" : `, ${plural(resources, "resource")}`;
    return { name: policy, value: `${OUTCOMES[outcome]}${count}${reason === undefined ? "" : `: ${reason}`}` };
}

/** An advisory finding fails its test, too: JUnit has no warnings. What stops a pipeline is the exit code. */
function failureOf(finding: ReportFinding) {
    const { problem, advice, code } = finding;
    const place = finding.location === undefined ? undefined : describeLocation(finding.location);
    const text = [advice, code, ownership(finding), place, finding.urn].filter((line) => line !== undefined).join("\n");
    return { type: finding.level, message: problem, text };
}

function caseOfProblem({ file, message }: Report["problems"][number]): Case {
    return { name: file, classname: TOOL.name, error: { type: "problem", message } };
}

function caseOfUnchecked({ where, message }: UncheckedLine): Case {
    return { name: where, classname: TOOL.name, skipped: message };
}

/** Line feeds and tabs as references, since a parser makes spaces of them in an attribute (XML 1.0, 3.3.3). */
function escaped(value: string | number): string {
    return withoutCommands(
        escapeUnseen(String(value), "\n\t").replace(/[&<>"\n\t]/g, (character) => `&#${character.charCodeAt(0)};`),
    );
}
