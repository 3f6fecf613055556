/** What policies find in a stack, as a part of a report. */

import { partsOf, undecidedLine } from "../../pack/finding";
import { mirroredControls } from "../../pack/policy";
import { nameOf } from "../../stack/urn";
import { type Evaluation, type EvaluationOptions, evaluate, type Verdict } from "../evaluate";
import { unreadResources } from "../lookalikes";
import { type FindOwners, liveOwners } from "../owners";
import { writerFor } from "../report/language";
import { locationOf } from "../report/location";
import type { Excepted, Part, ReportFinding } from "../report/model";
import { ownersShown } from "../report/shown-owners";
import { type StackState, shownNameOf } from "../state";
import type { LeftOut } from "./chosen-policies";
import { stackCoverage } from "./stack-coverage";

/** What stacks are evaluated with, and what completes their findings. */
export interface CheckContext {
    readonly options: EvaluationOptions;
    /** The folder of the Pulumi program, to be put before the paths of locations in it. */
    readonly sourceDir: string;
    /** Only if there are states of stacks that may own something. */
    readonly findOwners: FindOwners | undefined;
    /** What was asked for and is not among the policies that are evaluated. */
    readonly leftOut: readonly LeftOut[];
}

/** A part with a finding for each verdict, in the same order. */
export function stackPart(
    state: StackState,
    file: string,
    { options, sourceDir, findOwners, leftOut }: CheckContext,
    evaluation: Evaluation = evaluate(state, options),
): Part {
    const { live } = state;
    const { verdicts, excepted, undecided } = evaluation;
    const findingOf = findingsIn(state, file, sourceDir, live && findOwners);
    const { coverage, unchecked } = stackCoverage(state, file, evaluation, leftOut);
    return {
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
        coverage,
        unchecked: [
            ...unchecked,
            ...unreadResources(state, options.enabled).map((unread) => ({ file, stack: state.name, ...unread })),
        ],
        problems: live?.problem === undefined ? [] : [{ file, message: live.problem }],
    };
}

/** Answers the findings of a report for the verdicts on a stack. */
function findingsIn(
    state: StackState,
    file: string,
    sourceDir: string,
    findOwners: FindOwners | undefined,
): (verdict: Verdict) => ReportFinding {
    const { byUrn } = state;
    const ownersOf = findOwners && liveOwners(state, findOwners);
    const writerAt = writerFor(state.resources);
    return ({ enabled: { policy, level, remediates, config }, urn, finding }) => {
        const resource = byUrn.get(urn);
        const owners = ownersOf && ownersShown(ownersOf(urn), sourceDir);
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
            problem,
            advice,
            code,
            remedy: finding.remedy,
            severity: policy.severity,
            controls: finding.controls ?? mirroredControls(policy, config),
            location,
            ...(owners && { owners }),
            wouldBeRemediated: remediates && finding.remedy !== undefined,
        };
    };
}

/** The pack does not remediate what is exempt; the engine remediates also what Pulumi's policy exceptions except. */
function exceptedOf(finding: ReportFinding, reasons: Excepted["reasons"]): Excepted {
    const isException = reasons.every(({ kind }) => kind === "exception");
    return { ...finding, wouldBeRemediated: finding.wouldBeRemediated && isException, reasons };
}
