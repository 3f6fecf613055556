/** `apigateway-guard locate`: the programs, and the lines, that own what AWS Security Hub found. */

import { containersOf, parseArn, pathFinder, typeOfPath } from "../../aws/identity";
import { readConfig } from "../../pack/config";
import { CONTROLS, type ControlId } from "../../pack/controls";
import type { EnabledPolicy } from "../../pack/enabled";
import { today } from "../../pack/exemptions";
import { partsOf } from "../../pack/finding";
import { answeredControls, DEFAULT_LEVEL, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { append, groupBy } from "../../stack/maps";
import { both, compare } from "../../stack/text";
import { nameOf, typeOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { evaluate, type Verdict } from "../evaluate";
import { STDIN } from "../inputs/file-names";
import { parseJson } from "../inputs/json";
import { textOf } from "../inputs/read-text";
import { type HubFinding, type HubFindings, readHubFindings } from "../inputs/security-hub";
import { type FindOwners, type Owning, type OwningStack, ownerFinder } from "../owners";
import { writerFor } from "../report/language";
import { locationOf } from "../report/location";
import {
    type CheckedStack,
    mergeParts,
    NOTHING,
    type Part,
    type PolicyCoverage,
    plural,
    type Report,
    type ReportFinding,
    type Rule,
    type Unchecked,
} from "../report/model";
import { ruleOf } from "../report/rules";
import { ownersShown } from "../report/shown-owners";
import { type StateResource, shownNameOf } from "../state";
import { TOOL } from "../tool";
import { owningStacks } from "./each-stack";

/**
 * Each finding is about the resource of a program that makes what Security Hub names. Those that no stack owns come last.
 *
 * @throws BadInput if the findings cannot be read; states that cannot be are among the report's problems
 */
export async function locate(file: string, states: readonly string[], sourceDir = ""): Promise<Report> {
    const hub = await hubFindings(file);
    const found = hub.known;
    const { stacks, problems } = await owningStacks(states);
    const find = ownerFinder(stacks);
    const controls = [...new Set(found.map(({ control }) => control))];
    const enabled = policies
        .filter((policy) => answeredControls(policy).some((control) => controls.includes(control)))
        .map(asSecurityHub);
    const located = found.map((one) => ({ one, owning: owningOf(one, find) }));
    const parts = stacks.map((stack) => {
        const own = located.flatMap(({ one, owning }) =>
            owning
                .filter(({ of, makes }) => of === stack && makes === "resource")
                .map(({ resource }) => ({ one, resource })),
        );
        const part = partOf(stack, own, enabled, sourceDir);
        return { ...part, coverage: coverageOf({ stack: stack.state.name, file: stack.file }, own) };
    });
    const unowned = located.filter(({ owning }) => owning.every(({ makes }) => makes !== "resource"));
    const unlocated = { ...NOTHING, unchecked: uncheckedOf(file, hub) };
    const whole = mergeParts([...parts, ...unownedParts(file, unowned, sourceDir), unlocated, ...problems]);
    return { ...whole, rules: rulesFor(whole.findings) };
}

async function hubFindings(file: string): Promise<HubFindings> {
    try {
        return readHubFindings(parseJson(await textOf(file)));
    } catch (error) {
        throw error instanceof BadInput
            ? new BadInput(`${file === STDIN ? "standard input" : file} ${error.message}`)
            : error;
    }
}

const SHOWN = 10;

/** What the file has beside findings that can be located. */
function uncheckedOf(file: string, { others, withoutResource }: HubFindings): Unchecked[] {
    const count = [...others.values()].reduce((sum, one) => sum + one, 0);
    const names = [...others.keys()].filter((name) => name !== "").sort(compare);
    const shown = names.length > SHOWN ? [...names.slice(0, SHOWN), `${names.length - SHOWN} more`] : names;
    const list = names.length === 0 ? "" : `: ${both(shown)}`;
    const failed = (many: number) => `${plural(many, "failed finding")} ${many === 1 ? "is" : "are"}`;
    return [
        ...(count === 0
            ? []
            : [{ file, controls: names, message: `${failed(count)} of no control that this pack has${list}.` }]),
        ...(withoutResource === 0 ? [] : [{ file, message: `${failed(withoutResource)} of no resource.` }]),
    ];
}

/** With the parameters of the control, whose verdict it is to explain. */
function asSecurityHub(policy: Policy): EnabledPolicy {
    return { policy, level: DEFAULT_LEVEL, remediates: false, config: readConfig(policy, { ...policy.securityHub }) };
}

function owningOf({ arn, account, region }: HubFinding, find: FindOwners): readonly Owning[] {
    const parsed = parseArn(arn);
    return parsed === undefined
        ? []
        : find({ path: parsed.path, region: parsed.region || region, account: parsed.account || account });
}

interface Failure {
    readonly one: HubFinding;
    /** What makes the resource that fails. */
    readonly resource: StateResource;
}

function partOf(
    { state, file }: OwningStack,
    failures: readonly Failure[],
    enabled: readonly EnabledPolicy[],
    sourceDir: string,
): Part {
    const stack: CheckedStack = { stack: state.name, file, resources: state.resources.length };
    const none: Part = { ...NOTHING, stacks: [stack] };
    if (failures.length === 0) {
        return none;
    }
    const { byUrn } = state;
    const verdictsOf = verdictsByPath({ state, file }, enabled);
    const writerAt = writerFor(state.resources);
    const order = new Map(state.resources.map(({ urn }, index) => [urn, index]));
    const placed = (resource: StateResource | undefined, urn: string) => ({
        urn,
        type: resource?.type ?? typeOf(urn),
        name: resource === undefined ? nameOf(urn) : shownNameOf(resource),
        stack: state.name,
        file,
        location: locationOf(resource, byUrn, sourceDir),
    });
    const findings = failures.flatMap(({ one, resource }): ReportFinding[] => {
        const verdicts = verdictsOf(one);
        return verdicts.length > 0
            ? verdicts.map((verdict) => explained(one, verdict, placed(byUrn.get(verdict.urn), verdict.urn), writerAt))
            : [{ ...unexplained(one, resource.type, NOT_SHOWN), ...placed(resource, resource.urn) }];
    });
    const sorted = findings.sort((a, b) => (order.get(a.urn) ?? 0) - (order.get(b.urn) ?? 0));
    return { ...none, findings: withAllControls(sorted) };
}

/** A resource may fail several controls by the same mistake. */
function withAllControls(findings: readonly ReportFinding[]): ReportFinding[] {
    const same = groupBy(findings, ({ policy, urn, problem }) => JSON.stringify([policy, urn, problem]));
    return [...same.values()].map((group) => ({
        ...(group[0] as ReportFinding),
        controls: [...new Set(group.flatMap(({ controls }) => controls))],
    }));
}

/** Answers what policies find in a state that explains a finding: about the resource, or about what belongs to it. */
function verdictsByPath({ state }: OwningStack, enabled: readonly EnabledPolicy[]): (one: HubFinding) => Verdict[] {
    const { stack } = state;
    const pathsOf = pathFinder(stack);
    const byPath = new Map<string, Verdict[]>();
    for (const verdict of evaluate(state, { enabled, today: today() }).verdicts) {
        const resource = stack.byUrn.get(verdict.urn);
        const paths = resource === undefined ? [] : pathsOf(resource);
        for (const path of new Set(
            paths.flatMap((one) => [one, ...containersOf(one).map((container) => container.path)]),
        )) {
            append(byPath, path, verdict);
        }
    }
    return ({ control, arn }) =>
        (byPath.get(parseArn(arn)?.path ?? "") ?? []).filter(({ enabled: { policy }, finding }) =>
            (finding.controls ?? answeredControls(policy)).includes(control),
        );
}

type Place = Pick<ReportFinding, "urn" | "type" | "name" | "stack" | "file" | "location">;
type Words = Omit<ReportFinding, keyof Place>;

const COMMON = { level: DEFAULT_LEVEL, wouldBeRemediated: false } as const;

/** A policy's own finding. */
function explained(
    { control }: HubFinding,
    { enabled: { policy }, finding }: Verdict,
    place: Place,
    writerAt: ReturnType<typeof writerFor>,
): ReportFinding {
    const write = writerAt(place.location);
    const { problem, advice, code } = partsOf(finding, (one) => write(one, place.type));
    const { severity } = CONTROLS[control];
    const { remedy } = finding;
    return { ...COMMON, policy: policy.name, problem, advice, code, remedy, severity, controls: [control], ...place };
}

const NOT_SHOWN =
    "The state does not show this: the resource was changed outside of the program, or the finding is older than the state.";

/** @param hint why there is no finding of a policy */
function unexplained({ control, arn }: HubFinding, type: string | undefined, hint: string): Words {
    const { title, severity, url } = CONTROLS[control];
    const mirroring = policies.filter((one) => answeredControls(one).includes(control));
    const policy = mirroring.find(({ types }) => type !== undefined && types.includes(type)) ?? mirroring[0];
    const { problem, advice } = partsOf({
        problem: `${arn} fails ${control}: ${title}.`,
        advice: policy === undefined ? `See ${url}.` : [hint, policy.remediationSteps].filter(Boolean).join(" "),
    });
    return {
        ...COMMON,
        policy: policy?.name ?? control,
        problem,
        advice,
        severity,
        controls: [control],
    };
}

/** What no stack owns, by account and region. A stack may still have the API or the stage that it belongs to. */
function unownedParts(
    file: string,
    unowned: readonly { readonly one: HubFinding; readonly owning: readonly Owning[] }[],
    sourceDir: string,
): Part[] {
    const findings = unowned.map(({ one, owning }): ReportFinding => {
        const owners = ownersShown(owning, sourceDir);
        const { path = one.arn } = parseArn(one.arn) ?? {};
        const type = typeOfPath(path);
        return {
            ...unexplained(one, type, ""),
            urn: one.arn,
            type: type ?? "",
            name: path,
            stack: placeOf(one),
            file,
            owners,
            location: owners[0]?.location,
        };
    });
    const byName = (a: ReportFinding, b: ReportFinding) => compare(a.stack, b.stack) || compare(a.urn, b.urn);
    const stacks = [...new Set(findings.map(({ stack }) => stack))].sort();
    return [
        {
            ...NOTHING,
            findings: findings.sort(byName),
            stacks: stacks.map((stack) => ({ stack, file })),
            coverage: stacks.flatMap((stack) =>
                coverageOf(
                    { stack, file },
                    unowned.filter(({ one }) => placeOf(one) === stack),
                ),
            ),
        },
    ];
}

function placeOf({ arn, account, region }: HubFinding): string {
    const parsed = parseArn(arn);
    return `${parsed?.account || account || "unknown"}/${parsed?.region || region || "unknown"}`;
}

/** Each policy that may explain a finding, with the resources of a stack that a finding is about. */
function coverageOf(
    of: Pick<PolicyCoverage, "stack" | "file">,
    failures: readonly { readonly one: HubFinding }[],
): PolicyCoverage[] {
    return policies
        .filter((policy) => answeredControls(policy).length > 0)
        .map((policy): PolicyCoverage => {
            const own = failures.filter(({ one }) => answeredControls(policy).includes(one.control));
            const resources = new Set(own.map(({ one }) => one.arn)).size;
            return { ...of, policy: policy.name, outcome: resources > 0 ? "evaluated" : "notApplicable", resources };
        });
}

/** The policies of the findings, and the controls that no policy mirrors. */
function rulesFor(findings: readonly ReportFinding[]): Rule[] {
    const named = new Map(findings.map(({ policy, controls }) => [policy, controls[0] as ControlId]));
    return [...named]
        .sort(([a], [b]) => compare(a, b))
        .map(([name, control]) => {
            const policy = policies.find((one) => one.name === name);
            return policy === undefined ? ruleOfControl(control) : ruleOf(policy);
        });
}

function ruleOfControl(control: ControlId): Rule {
    const { title, severity, url } = CONTROLS[control];
    const about = { displayName: title, description: title, severity, url };
    return { policy: control, pack: TOOL.name, ...about, controls: [control] };
}
