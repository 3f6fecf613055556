/** `apigateway-guard check`: what the policies find in the stacks of files. */

import { today } from "../../pack/exemptions";
import { partsOf, undecidedLine } from "../../pack/finding";
import { mirroredControls } from "../../pack/policy";
import { nameOf } from "../../stack/urn";
import { type Evaluation, evaluate, type Terms, type Verdict } from "../evaluate";
import { exceptionFinder, type PolicyException, targetsOf } from "../inputs/exceptions";
import { BadInput, STDIN, textOf } from "../inputs/files";
import { assertPolicies, configured, validPolicyConfig } from "../inputs/policy-config";
import { assertControls, isEverything, narrowed } from "../inputs/selection";
import { reasonOf, type Stacks, stacksIn } from "../inputs/stacks";
import { type StackState, secretsOf, shownNameOf } from "../inputs/state";
import { assertIsLive, type FindOwners, liveOwners, ownerFinder, ownersShown, owningStacks } from "../owners";
import { writerFor } from "../report/language";
import { locationOf } from "../report/location";
import { type Excepted, mergeParts, type Part, problemOf, type Report, type ReportFinding } from "../report/model";
import { ruleOf } from "../report/rules";
import { redacted, redactorOf } from "../report/secrets";

export interface CheckOptions {
    /** The policy config file. */
    readonly config?: string | undefined;
    /** The names of policies to evaluate, and no others; without names or controls, all that are enabled. */
    readonly policies?: readonly string[];
    /** Controls whose policies are to be evaluated, and no others: those that mirror or support them. */
    readonly controls?: readonly string[];
    /** The folder of the Pulumi program, to be put before the paths of locations in it. */
    readonly sourceDir?: string;
    /** Files and folders with the states of the stacks that may own what a live account has. */
    readonly states?: readonly string[];
    /** The day of the check, in UTC, as `2027-03-31`; today's if left out. */
    readonly today?: string;
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Checks the stacks in files and folders, each by itself. What cannot be checked is among the report's problems.
 *
 * @throws BadInput if the config file or the name of a policy or control is wrong
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<Report> {
    const { exceptions, ...terms } = await termsFor(options);
    const { states = [], sourceDir = "" } = options;
    const owning = await owningStacks(states);
    const how: How = { terms, sourceDir, findOwners: states.length === 0 ? undefined : ownerFinder(owning.stacks) };
    const parts: Part[] = [];
    const targets = targetsOf(exceptions);
    let isLive = false;
    for await (const read of stacksIn(paths, options.onProgress)) {
        if ("problem" in read) {
            parts.push(problemOf(read.file, read.problem));
            continue;
        }
        isLive ||= read.states.some(({ live }) => live !== undefined);
        read.states.forEach(targets.lookIn);
        parts.push(...partsOfFile(read, how));
    }
    assertIsLive(states, isLive, parts);
    const { patterns, warnings } = targets.unmatched();
    assertNoPatterns(patterns, options.config);
    return {
        ...mergeParts([...parts, ...owning.problems]),
        rules: terms.enabled.map(({ policy, config }) => ruleOf(policy, config)),
        ...(warnings.length > 0 && { warnings: warnings.map((warning) => `${options.config}: ${warning}`) }),
    };
}

/** @throws BadInput if there is one: whoever wrote it means to have excepted something */
export function assertNoPatterns(patterns: readonly string[], config: string | undefined): void {
    if (patterns.length > 0) {
        throw new BadInput(`${config}: ${patterns.join("; ")}`);
    }
}

/** What stacks are evaluated by, and what findings are completed with. */
export interface How {
    readonly terms: Terms;
    readonly sourceDir: string;
    /** Only if there are states of stacks that may own something. */
    readonly findOwners: FindOwners | undefined;
}

export interface TermsWithExceptions extends Terms {
    readonly exceptions: readonly PolicyException[];
}

/**
 * @param read reads the config file, where it is to be read once for several choices of policies
 * @throws BadInput if the config file, or the name of a policy or control, is wrong
 */
export async function termsFor(
    { config, policies = [], controls = [], today: day = today() }: CheckOptions,
    read: (config: string) => Promise<string> = textOf,
): Promise<TermsWithExceptions> {
    const selection = { policies, controls };
    assertPolicies(policies, "--policy");
    assertControls(controls);
    if (config === STDIN) {
        throw new BadInput("--config takes a file, not standard input");
    }
    try {
        const text = config === undefined ? "" : await read(config);
        const { enabled, exceptions } = await validPolicyConfig(text, selection);
        const chosen = configured(enabled).flatMap((one) => narrowed(one, selection) ?? []);
        if (chosen.length === 0) {
            const what = isEverything(selection) ? "every policy" : [...policies, ...controls].join(", ");
            throw new BadInput(`disables ${what}, so there is nothing to check`);
        }
        return { enabled: chosen, exceptions, exceptionsFor: exceptionFinder(exceptions), today: day };
    } catch (error) {
        throw new BadInput(`${config ?? "the default config"}: ${(error as Error).message}`);
    }
}

/** A stack that cannot be evaluated is a problem of its file, whatever the reason. */
export function partsOfFile(of: Stacks, how: How): Part[] {
    return of.states.map((state) => {
        try {
            return partOf(of, state, how);
        } catch (error) {
            return problemOf(of.file, reasonOf(error));
        }
    });
}

/** What a report has of a stack, with a finding for each verdict, in the same order. */
export function partOf(
    { file, mayHaveSecrets }: Omit<Stacks, "states">,
    state: StackState,
    { terms, sourceDir, findOwners }: How,
    { verdicts, excepted, undecided }: Evaluation = evaluate(state, terms),
): Part {
    const { live } = state;
    const ownersOf = live && findOwners && liveOwners(state, findOwners);
    const show = ownersShown(sourceDir);
    const { byUrn } = state;
    const writerAt = writerFor(state.resources);
    const findingOf = ({ enabled: { policy, level, remediates, config }, urn, finding }: Verdict): ReportFinding => {
        const { severity } = policy;
        const resource = byUrn.get(urn);
        const owners = ownersOf && show(ownersOf(urn));
        const location = owners === undefined ? locationOf(resource, byUrn, sourceDir) : owners[0]?.location;
        const type = resource?.type ?? "pulumi:pulumi:Stack";
        const write = writerAt(location);
        const { problem, advice, code } = partsOf(finding, (one) => write(one, type));
        return {
            policy: policy.name,
            level,
            urn,
            type,
            name: resource === undefined ? nameOf(urn) : shownNameOf(resource),
            stack: state.name,
            file,
            ...{ problem, advice, code, remedy: finding.remedy },
            severity,
            controls: finding.controls ?? mirroredControls(policy, config),
            location,
            ...(owners && { owners }),
            wouldBeRemediated: remediates && finding.remedy !== undefined,
        };
    };
    const part: Part = {
        findings: verdicts.map(findingOf),
        excepted: excepted.map((verdict) => exceptedOf(findingOf(verdict), verdict.reasons)),
        stacks: [{ stack: state.name, file, resources: state.resources.length }],
        undecided: undecided.map(({ policy, cases }) => ({
            stack: state.name,
            file,
            policy: policy.name,
            message: undecidedLine(policy.name, cases),
        })),
        exempt: [],
        problems: live?.problem === undefined ? [] : [{ file, message: live.problem }],
    };
    const isQuiet = verdicts.length + excepted.length + part.undecided.length === 0;
    const redact = isQuiet || !mayHaveSecrets ? undefined : redactorOf(secretsOf(state.resources));
    return redact === undefined ? part : redacted(part, redact);
}

/** The pack does not remediate what is exempt; the engine remediates also what Pulumi's policy exceptions except. */
function exceptedOf(finding: ReportFinding, reasons: Excepted["reasons"]): Excepted {
    const isException = reasons.every(({ kind }) => kind === "exception");
    return { ...finding, wouldBeRemediated: finding.wouldBeRemediated && isException, reasons };
}
