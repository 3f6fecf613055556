/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), written for what GitHub code scanning
 * makes of it (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
 */

import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { STDIN } from "../../inputs/file-names";
import { TOOL } from "../../tool";
import { byControl, type Group, groupIds } from "../groups";
import {
    describeReasons,
    type Excepted,
    findingTextWithOwners,
    type Report,
    type ReportFinding,
    type Rule,
} from "../model";
import { uncheckedLines } from "../summary";
import { escapeUnseen, jsonOf } from "./characters";
import { markdownLink, markdownText } from "./markdown";
import type { SarifOptions } from "./options";

const SARIF_LEVELS = { mandatory: "error", advisory: "warning" } as const;

/** Within what GitHub takes for low, medium, high and critical. */
const SECURITY_SEVERITIES: ReadonlyMap<string | undefined, string> = new Map([
    ["low", "3.0"],
    ["medium", "5.5"],
    ["high", "8.0"],
    ["critical", "9.5"],
]);

/** A log with one run, in which each policy, or each control if so grouped, is a rule. */
export function sarifReport(report: Report, { groupBy, suppressions = false }: SarifOptions = {}): string {
    const { findings, excepted, undecided, exempt, unchecked, problems } = report;
    const rules = groupBy === undefined ? report.rules : byControl(report).flatMap(rulesOf);
    const log: Log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: TOOL.name,
                        version: TOOL.version,
                        semanticVersion: TOOL.version,
                        rules: rules.map(descriptorOf),
                    },
                },
                columnKind: "utf16CodeUnits",
                invocations: [
                    {
                        executionSuccessful: problems.length === 0,
                        toolExecutionNotifications: [
                            ...problems.map(({ file, message }) => notification("error", `${file}: ${message}`)),
                            ...uncheckedLines(unchecked).map(({ where, message }) =>
                                notification("warning", `Not checked in ${where}: ${message}`),
                            ),
                            ...[...undecided, ...exempt].map(({ stack, message }) =>
                                notification("note", `${stack}: ${message}`),
                            ),
                            ...(suppressions ? [] : excepted.map(exceptedNote)),
                        ],
                    },
                ],
                results: resultsOf(
                    [...findings, ...(suppressions ? excepted : [])],
                    rules,
                    groupBy === undefined ? ({ policy }) => [policy] : groupIds,
                ),
            },
        ],
    };
    return jsonOf(log);
}

/** A control as a rule, with how to fix what its policies find; or the policy. Several may have its name, in other packs. */
function rulesOf({ id, control, rules }: Group): readonly Rule[] {
    if (control === undefined) {
        return rules.slice(0, 1);
    }
    const { title, severity, url } = control;
    const steps = rules.map(({ policy, remediationSteps }) => `${policy}: ${remediationSteps}`);
    return [
        {
            policy: id,
            pack: TOOL.name,
            displayName: title,
            description: `${title}.`,
            severity,
            controls: [id],
            remediationSteps: steps.join(" ") || undefined,
            url,
        },
    ];
}

function descriptorOf(rule: Rule): ReportingDescriptor {
    const { policy, pack, displayName, description, severity, controls, url } = rule;
    const title = displayName ?? policy;
    const securitySeverity = SECURITY_SEVERITIES.get(severity);
    return {
        id: escapeUnseen(policy),
        name: escapeUnseen(policy).replace(/(?:^|-)([a-z0-9])/g, (_match, first: string) => first.toUpperCase()),
        shortDescription: { text: literalText(title) },
        fullDescription: { text: literalText(description ?? title) },
        help: helpOf(rule),
        ...(url?.startsWith("https://") ? { helpUri: url } : {}),
        // Whether a finding stops a deployment is for the config to say, and each result says it.
        defaultConfiguration: { level: "warning" },
        properties: {
            tags: [...(securitySeverity === undefined ? [] : ["security"]), ...controls],
            precision: "very-high",
            "problem.severity": "warning",
            ...(securitySeverity === undefined ? {} : { "security-severity": securitySeverity }),
            pack: escapeUnseen(pack),
        },
    };
}

function helpOf({ pack, description, remediationSteps, url }: Rule): { text: string; markdown: string } {
    const said = [description ?? `A policy of ${pack}.`, ...(remediationSteps === undefined ? [] : [remediationSteps])];
    return {
        text: [...said.map(literalText), ...(url === undefined ? [] : [url])].join("\n\n"),
        markdown: [...said.map(markdownText), ...(url === undefined ? [] : [markdownLink("Read on", url)])].join(
            "\n\n",
        ),
    };
}

function exceptedNote(finding: Excepted): Notification {
    return notification("note", `${finding.policy}, ${finding.urn}: ${describeReasons(finding)}`);
}

function resultsOf(
    findings: readonly (ReportFinding | Excepted)[],
    rules: readonly Rule[],
    ruleIdsOf: (finding: ReportFinding) => readonly string[],
): Result[] {
    const counts = new Map<string, number>();
    // The first of a name, if packs have policies of the same name.
    const indices = new Map(rules.map(({ policy }, index) => [policy, index] as const).reverse());
    const resultOf = (finding: ReportFinding | Excepted, ruleId: string): Result => {
        const { policy, urn, level } = finding;
        const isOfPolicy = ruleId === policy;
        const hash = hashOf(isOfPolicy ? [policy, urn] : [ruleId, policy, urn]);
        const count = (counts.get(hash) ?? 0) + 1;
        counts.set(hash, count);
        const message = isOfPolicy
            ? findingTextWithOwners(finding)
            : `${findingTextWithOwners(finding)}\nPolicy: ${policy}`;
        return {
            ruleId: escapeUnseen(ruleId),
            ruleIndex: indices.get(ruleId) ?? -1,
            level: SARIF_LEVELS[level],
            message: { text: literalText(message) },
            locations: [locationOf(finding)],
            // The only one GitHub reads, in the form that its own have.
            partialFingerprints: { primaryLocationLineHash: `${hash}:${count}` },
            ...("reasons" in finding ? { suppressions: suppressionsOf(finding) } : {}),
            ...(isOfPolicy ? {} : { properties: { policy: escapeUnseen(policy) } }),
        };
    };
    return findings.flatMap((finding) => ruleIdsOf(finding).map((ruleId) => resultOf(finding, ruleId)));
}

/** They are in a config, or in a tag, and not in the line that has the finding. */
function suppressionsOf({ reasons }: Excepted): Result["suppressions"] {
    return reasons.map((reason) => ({
        kind: "external",
        status: "accepted",
        justification: literalText(describeReasons({ reasons: [reason] })),
    }));
}

/**
 * What an alert is known by from one run to the next: a finding stays the same when its line moves or its words change.
 * GitHub's own is of the source line, and makes one alert of all the resources that a line in a loop creates.
 */
function hashOf(identity: readonly string[]): string {
    return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

/**
 * Where no place in the program is known, it is the file that was read, as a whole: GitHub refuses all results when one
 * is without a file (github/codeql-action#1738), and takes files without a line (src/fingerprints.ts in that repository).
 */
function locationOf({ location, file, urn, name }: ReportFinding): Location {
    return {
        physicalLocation: {
            artifactLocation: { uri: uriOf(location?.path ?? (file === STDIN ? "standard-input" : file)) },
            ...(location === undefined ? {} : { region: { startLine: location.line, startColumn: location.column } }),
        },
        logicalLocations: [{ fullyQualifiedName: escapeUnseen(urn), name: escapeUnseen(name), kind: "resource" }],
    };
}

function uriOf(path: string): string {
    if (isAbsolute(path)) {
        return pathToFileURL(path).href;
    }
    // A lone surrogate has no UTF-8, which encodeURIComponent throws at.
    return path
        .replace(/\p{Surrogate}/gu, "\uFFFD")
        .split("/")
        .map(encodeURIComponent)
        .join("/");
}

/**
 * A message in which nothing is a link (`[text](target)`, 3.11.6) or stands for an argument (`{0}`, 3.11.5). There is no
 * way to escape a link (oasis-tcs/sarif-spec#597), and GitHub shows the doubled braces that the other escape asks for;
 * a zero width space keeps both from being what they look like.
 */
function literalText(text: string): string {
    return escapeUnseen(text, "\n\t").replace(/\](?=\()|\{(?=\d+\}|\{)|\}(?=\})/g, "$&\u200B");
}

function notification(level: Notification.level, text: string): Notification {
    return { level, message: { text: literalText(text) } };
}
