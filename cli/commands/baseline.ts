/** `apigateway-guard check --write-baseline`: today's findings as Pulumi policy exceptions, so that only new ones count. */

import { isDeepStrictEqual } from "node:util";
import { hasEnded, isDay, today } from "../../pack/exemptions";
import { groupBy } from "../../stack/maps";
import { compare, quote } from "../../stack/text";
import { stackNameOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { STDIN, shownFile } from "../inputs/file-names";
import { parseJson } from "../inputs/json";
import { findingKey, type PolicyException } from "../inputs/policy-exceptions";
import type { Properties } from "../inputs/properties";
import { textOf } from "../inputs/read-text";
import { type Excepted, plural, type Report, type ReportFinding } from "../report/model";
import { contentOf, writeUnlessChanged } from "../write-file";
import { type CheckOptions, check } from "./check";

/** How a baseline is written. */
export interface BaselineOptions {
    readonly reason: string;
    /** The last day, in UTC: `2027-03-31`. Left out: as it is in the file, else without an end. */
    readonly until?: string | undefined;
    /** The day of the check, in UTC. */
    readonly today: string;
    /** What errors call the file. */
    readonly file: string;
}

/** A baseline that was written. */
export interface Baseline {
    /** What a check of the same stacks with the file that was written reports. */
    readonly report: Report;
    /** `guard.json: 12 findings in 3 exceptions, 2 of them new; 1 dropped`. */
    readonly summary: string;
}

/**
 * Checks stacks, and writes a policy config file whose exceptions cover what was found. A file that exists is the config
 * of the check, too, and keeps what it has.
 *
 * @throws BadInput if an option or the file is wrong
 */
export async function writeBaseline(
    paths: readonly string[],
    file: string,
    { reason, until, ...options }: CheckOptions & { reason?: string | undefined; until?: string | undefined },
): Promise<Baseline> {
    const day = options.today ?? today();
    if (reason === undefined || reason.trim() === "") {
        throw new BadInput("--write-baseline needs a --reason");
    }
    if (until !== undefined && (!isDay(until) || hasEnded(until, day))) {
        throw new BadInput(`--until ${quote(until)} is not a day such as "2027-03-31", today or later`);
    }
    if (file === STDIN) {
        throw new BadInput("--write-baseline takes a file, not standard output");
    }
    const content = contentOf(file);
    const isThere = content !== undefined;
    const config = isThere ? file : options.config;
    const report = await check(paths, { ...options, config });
    const before = asVersion2(await documentIn(config));
    if (isThere && options.config !== undefined) {
        assertSamePolicies(file, before, options.config, asVersion2(await documentIn(options.config)));
    }
    const written = withBaseline(before, report, { reason, until, today: day, file });
    const { document, count, exceptions, dropped } = written;
    writeUnlessChanged(file, content, `${JSON.stringify(document, null, 2)}\n`);
    const excepted = report.findings.map((finding): Excepted => {
        const name = written.idFor(finding);
        const end = document.exceptions?.[name]?.until;
        return { ...finding, reasons: [{ kind: "exception", name, reason, ...(end !== undefined && { until: end }) }] };
    });
    const parts = [
        `${plural(count, "finding")} in ${plural(exceptions, "exception")}`,
        ...(excepted.length === 0 ? [] : [`${keysOf(excepted).size} of them new`]),
    ];
    return {
        report: { ...report, findings: [], excepted: [...report.excepted, ...excepted] },
        summary: `${shownFile(file)}: ${parts.join(", ")}${dropped === 0 ? "" : `; ${dropped} dropped`}`,
    };
}

async function documentIn(file: string | undefined): Promise<Properties> {
    const text = file === undefined ? "" : await textOf(file);
    return text.trim() === "" ? {} : (parseJson(text) as Properties);
}

/** The engine takes one config file, so that the baseline has to be in that with the levels. */
function assertSamePolicies(file: string, own: Version2, config: string, other: Version2): void {
    if (!isDeepStrictEqual(own.policies ?? {}, other.policies ?? {})) {
        throw new BadInput(
            `${file} has other policies than ${config}. Leave out --config, or write the baseline to ${config}`,
        );
    }
}

/** Of `baseline.POLICY.PROJECT.STACK`, with or without a number. Any other that begins so is not ours to write again. */
const PREFIX = "baseline.";

type Exception = Properties & Omit<PolicyException, "id">;
type Match = PolicyException["match"][number];

/** A policy config file of version 2, as `validPolicyConfig` has let it pass. */
type Version2 = Properties & { readonly exceptions?: Readonly<Record<string, Exception>> };

/** What a config file says, in version 2, which has exceptions; older CLIs do not read it. */
export function asVersion2(document: Properties): Version2 {
    if (typeof document.version === "number") {
        return document;
    }
    const { environments, ...policies } = document;
    return { version: 2, ...(environments !== undefined && { environments }), policies };
}

/** What is written, and how much that is. */
interface Written {
    readonly document: Version2;
    /** The findings of the stacks and policies that were checked. */
    readonly count: number;
    /** Those that cover these findings. */
    readonly exceptions: number;
    /** What the baseline had, and has no longer. */
    readonly dropped: number;
    /** Answers the id of the exception for a finding. */
    readonly idFor: (finding: ReportFinding) => string;
}

/**
 * The file with an exception for each policy and stack that has findings. What a baseline before has of these policies and
 * stacks is written again, so that what was fixed is dropped; everything else is kept.
 *
 * @throws BadInput if what would be kept has ended
 */
export function withBaseline(before: Version2, report: Report, options: BaselineOptions): Written {
    const { exceptions = {} } = before;
    const { kept, old } = keptOf(exceptions, report);
    const covered = [...report.findings, ...report.excepted.filter(isOfBaseline)];
    const idFor = idFinder(exceptions, new Map(kept), options);
    const written = writtenFor(covered, idFor, exceptions, new Map(kept), options);
    const baseline = new Map([...kept.filter(([id]) => id.startsWith(PREFIX)), ...written]);
    const now = keysOf(covered);
    return {
        document: {
            ...before,
            exceptions: Object.fromEntries([
                ...kept.filter(([id]) => !id.startsWith(PREFIX)),
                ...[...baseline].sort(([a], [b]) => compare(a, b)),
            ]),
        },
        count: now.size,
        exceptions: written.length,
        dropped: [...old].filter((key) => !now.has(key)).length,
        idFor,
    };
}

type Exceptions = Readonly<Record<string, Exception>>;
type NamedException = readonly [id: string, exception: Exception];

/** What stays of the exceptions of a file, and the keys of what a baseline before had of the policies and stacks checked. */
function keptOf(exceptions: Exceptions, report: Report): { kept: NamedException[]; old: ReadonlySet<string> } {
    const policies = new Set(report.rules.map(({ policy }) => policy));
    const wasChecked = stacksOf(report);
    const old = new Set<string>();
    const kept = Object.entries(exceptions).flatMap(([id, exception]): NamedException[] => {
        const isOld = (policy: string, urn: string) => {
            const is = isIdFor(id, policy, urn) && policies.has(policy) && wasChecked(urn);
            if (is) {
                old.add(findingKey(policy, urn));
            }
            return is;
        };
        const match = id.startsWith(PREFIX) ? without(exception.match, isOld) : exception.match;
        return match.length === 0 ? [] : [[id, { ...exception, match }]];
    });
    return { kept, old };
}

/**
 * Answers the id of the exception for a finding. One exception has one reason and one end; nothing is said in the name of
 * somebody who gave another.
 */
function idFinder(
    exceptions: Exceptions,
    kept: ReadonlyMap<string, Exception>,
    { reason, until }: Pick<BaselineOptions, "reason" | "until">,
): (finding: ReportFinding) => string {
    const takes = (id: string, because: string) => {
        const own = exceptions[id];
        const isTheEnd = until === undefined || own?.until === until;
        return own === undefined || (own.reason === because && (isTheEnd || !kept.has(id)));
    };
    return (finding) => {
        const now = idNow(finding);
        const because = now === undefined ? reason : (exceptions[now]?.reason ?? reason);
        return now !== undefined && takes(now, because) ? now : firstId(finding, (id) => takes(id, because));
    };
}

/** @throws BadInput if what would be kept has ended */
function writtenFor(
    covered: readonly ReportFinding[],
    idFor: (finding: ReportFinding) => string,
    exceptions: Exceptions,
    kept: ReadonlyMap<string, Exception>,
    { reason, until, today, file }: BaselineOptions,
): NamedException[] {
    return [...groupBy(covered, idFor)].map(([id, findings]): NamedException => {
        const { policy } = findings[0] as ReportFinding;
        const targets = [...new Set(findings.map(({ urn }) => urn))].sort();
        const last = until ?? exceptions[id]?.until;
        assertNotEnded(findings, exceptions, { until, today, file });
        const match = [...(kept.get(id)?.match ?? []), { policies: [policy], targets }];
        const because = exceptions[id]?.reason ?? reason;
        return [id, { reason: because, ...(last !== undefined && { until: last }), match }];
    });
}

/** Several files may have the same stack, and so the same findings. */
function keysOf(findings: readonly ReportFinding[]): ReadonlySet<string> {
    return new Set(findings.map((one) => findingKey(one.policy, one.urn)));
}

/** Answers whether the stack of a URN was checked. */
function stacksOf({ stacks }: Pick<Report, "stacks">): (urn: string) => boolean {
    const names = new Set(stacks.map(({ stack }) => stack));
    return (urn) => names.has(stackNameOf(urn) ?? "");
}

/** @throws BadInput if an exception of the baseline covers a finding of some, and has ended */
function assertNotEnded(
    findings: readonly ReportFinding[],
    exceptions: Readonly<Record<string, Exception>>,
    { until, today, file }: Pick<BaselineOptions, "until" | "today" | "file">,
): void {
    const urns = new Set(findings.map(({ urn }) => urn));
    for (const [id, { until: end, match }] of Object.entries(exceptions)) {
        const covers = ({ policies, targets }: Match) =>
            targets.some((urn) => urns.has(urn) && policies.some((policy) => isIdFor(id, policy, urn)));
        if (until === undefined && hasEnded(end, today) && match.some(covers)) {
            throw new BadInput(
                `${file} has the exception ${quote(id)}, which ended on ${end}. Give its new end with --until`,
            );
        }
    }
}

/** The exception of the baseline that covers a finding now. */
function idNow(finding: ReportFinding | Excepted): string | undefined {
    const { policy, urn } = finding;
    const reasons = "reasons" in finding ? finding.reasons : [];
    return reasons.find(({ kind, name }) => kind === "exception" && isIdFor(name, policy, urn))?.name;
}

/** Whether nothing but the baseline excepts a finding. */
function isOfBaseline(finding: Excepted): boolean {
    const { policy, urn, reasons } = finding;
    return reasons.every(({ kind, name }) => kind === "exception" && isIdFor(name, policy, urn));
}

function without(match: readonly Match[], isOld: (policy: string, urn: string) => boolean): Match[] {
    return match.flatMap(({ policies, targets }) =>
        policies.flatMap((policy) => {
            const left = targets.filter((urn) => !isOld(policy, urn));
            return left.length === 0 ? [] : [{ policies: [policy], targets: left }];
        }),
    );
}

/** An id has letters, digits and `-._`; the names of projects and stacks in a backend have no others either. */
function idOf(policy: string, urn: string): string {
    const stack = stackNameOf(urn) ?? "";
    return `${PREFIX}${policy}.${stack.replaceAll("/", ".").replaceAll(/[^\w.-]/g, "_")}`;
}

/** Whether an id is that of the baseline for a policy and the stack of a URN, or one with a number after it. */
function isIdFor(id: string, policy: string, urn: string): boolean {
    const first = idOf(policy, urn);
    return id.startsWith(first) && /^(?:\.\d+)?$/.test(id.slice(first.length));
}

/** The first id for a finding that is wanted; those after the first have a number at their end. */
function firstId({ policy, urn }: ReportFinding, isWanted: (id: string) => boolean): string {
    const first = idOf(policy, urn);
    let id = first;
    for (let number = 2; !isWanted(id); number++) {
        id = `${first}.${number}`;
    }
    return id;
}
