/** For programs: docs/findings.md says what they may rely on, docs/findings.schema.json is the document's JSON Schema. */

import type { Reason } from "../../../pack/exemptions";
import { groupBy } from "../../../stack/maps";
import { TOOL } from "../../tool";
import {
    type CheckedStack,
    countOf,
    findingText,
    type Location,
    type Note,
    type Owner,
    type PolicyCoverage,
    type Report,
    type ReportFinding,
    type Unchecked,
} from "../model";
import { jsonOf } from "./characters";

/** Goes up when what a program may rely on changes; a field more does not change it. */
const VERSION = 2;

/** The document, in which `null` stands for what is not known or not set. */
export function jsonReport(report: Report): string {
    const { findings, excepted, stacks, rules, undecided, exempt, unchecked, coverage, problems } = report;
    const byPolicy = groupBy(findings, ({ policy }) => policy);
    const document = {
        version: VERSION,
        tool: TOOL,
        findings: findings.map(published),
        excepted: excepted.map((one) => ({ ...published(one), grounds: one.reasons.map(publishedReason) })),
        undecided: undecided.map(publishedNote),
        exempt: exempt.map(publishedNote),
        unchecked: unchecked.map(publishedUnchecked),
        coverage: coverage.map(publishedCoverage),
        problems: problems.map(({ file, message }) => ({ file, message })),
        summary: {
            findings: findings.length,
            mandatory: countOf(findings, "mandatory"),
            advisory: countOf(findings, "advisory"),
            excepted: excepted.length,
            stacks: stacks.length,
            resources: resourcesOf(stacks) ?? null,
            policies: Object.fromEntries(
                rules.map(({ policy }) => [policy, byPolicy.get(policy)?.length ?? 0] as const),
            ),
        },
    };
    return jsonOf(document);
}

/** Field by field, so that nothing is published that the schema does not know. */
function published({ location, ...finding }: ReportFinding) {
    return {
        policy: finding.policy,
        level: finding.level,
        urn: finding.urn,
        type: finding.type,
        name: finding.name,
        stack: finding.stack,
        file: finding.file,
        run: finding.run ?? null,
        message: findingText(finding),
        problem: finding.problem,
        advice: finding.advice ?? null,
        code: finding.code ?? null,
        remedy: finding.remedy ?? null,
        severity: finding.severity ?? null,
        control: finding.controls[0] ?? null,
        controls: finding.controls,
        location: publishedLocation(location),
        owners: finding.owners?.map(publishedOwner) ?? null,
        wouldBeRemediated: finding.wouldBeRemediated,
    };
}

function publishedReason({ kind, name, reason, until }: Reason) {
    return { kind, name, reason, until: until ?? null };
}

function publishedNote({ stack, file, run, policy, message }: Note) {
    return { stack, file, run: run ?? null, policy, message };
}

function publishedUnchecked({ file, stack, run, policies = [], controls = [], message }: Unchecked) {
    return { file, stack: stack ?? null, run: run ?? null, policies, controls, message };
}

function publishedCoverage({ stack, file, run, policy, outcome, resources, reason }: PolicyCoverage) {
    return { stack, file, run: run ?? null, policy, outcome, resources: resources ?? null, reason: reason ?? null };
}

function publishedOwner({ makes, stack, urn, type, name, file, location }: Owner) {
    return { makes, stack, urn, type, name, file, location: publishedLocation(location) };
}

function publishedLocation(location: Location | undefined) {
    return location === undefined
        ? null
        : { path: location.path, line: location.line, column: location.column ?? null };
}

function resourcesOf(stacks: readonly CheckedStack[]): number | undefined {
    return stacks.reduce<number | undefined>(
        (sum, { resources }) => (sum === undefined || resources === undefined ? undefined : sum + resources),
        0,
    );
}
