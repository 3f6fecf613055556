/** `apigateway-guard check`: what the policies find in the stacks of files. */

import { readConfig } from "../../pack/config";
import { partsOf, undecidedLine } from "../../pack/finding";
import { mirroredControls } from "../../pack/policy";
import { type EnabledPolicy, evaluate, type Verdict } from "../evaluate";
import { BadInput, type Found, filesOf, isPulumis, parse, realPath, STDIN, textOf } from "../inputs/files";
import { assertPolicies, enabledPolicies } from "../inputs/policy-config";
import { mayHaveSecrets } from "../inputs/properties";
import { readState } from "../inputs/read-state";
import { assertControls, isEverything, narrowed } from "../inputs/selection";
import { nameOf, type StackState, secretsOf } from "../inputs/state";
import { locationOf } from "../report/location";
import { type Finding, type Part, problemOf, type Report, together } from "../report/model";
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
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const EXPECTED =
    "Expected: the output of `pulumi stack export` or of `pulumi preview --json --show-sames`, or a checkpoint.";

/**
 * Checks the stacks in files and folders, each by itself. What cannot be checked is among the report's problems.
 *
 * @throws BadInput if the config file or the name of a policy or control is wrong
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<Report> {
    const enabled = await policiesFor(options);
    const targets = distinct(paths.map(targetOf));
    const total = targets.reduce((sum, { files }) => sum + files.length, 0);
    const parts: Part[] = [];
    let done = 0;
    for (const { path, files, isFolder, isRepeated, problem } of targets) {
        const before = parts.length;
        for (const { file, problem } of files) {
            options.onProgress?.(done++, total);
            parts.push(
                ...(problem === undefined
                    ? await checkFile(file, isFolder, enabled, options.sourceDir ?? "")
                    : [problemOf(file, problem)]),
            );
        }
        if (problem !== undefined || (parts.length === before && !isRepeated)) {
            parts.push(problemOf(path, problem ?? `holds no stacks. ${EXPECTED}`));
        }
    }
    options.onProgress?.(total, total);
    return { ...together(parts), rules: enabled.map(({ policy, config }) => ruleOf(policy, config)) };
}

async function policiesFor({ config, policies = [], controls = [] }: CheckOptions): Promise<readonly EnabledPolicy[]> {
    const selection = { policies, controls };
    assertPolicies(policies, "--policy");
    assertControls(controls);
    if (config === STDIN) {
        throw new BadInput("--config takes a file, not standard input");
    }
    try {
        const enabled = await enabledPolicies(config === undefined ? "" : await textOf(config), selection);
        const chosen = enabled
            .map((one) => ({ ...one, config: readConfig(one.policy, one.config) }))
            .flatMap((one) => narrowed(one, selection) ?? []);
        if (chosen.length === 0) {
            const what = isEverything(selection) ? "every policy" : [...policies, ...controls].join(", ");
            throw new BadInput(`disables ${what}, so there is nothing to check`);
        }
        return chosen;
    } catch (error) {
        throw new BadInput(`${config ?? "the default config"}: ${(error as Error).message}`);
    }
}

interface Target {
    readonly path: string;
    readonly files: readonly Found[];
    readonly isFolder: boolean;
    /** Whether some of its files, or all, are another target's already. */
    readonly isRepeated: boolean;
    readonly problem?: string;
}

function targetOf(path: string): Target {
    try {
        return { path, isRepeated: false, ...filesOf(path) };
    } catch (error) {
        return { path, files: [], isFolder: false, isRepeated: false, problem: reasonOf(error) };
    }
}

/** Each file once, however many ways it is named. */
function distinct(targets: readonly Target[]): Target[] {
    const seen = new Set<string>();
    return targets.map((target) => {
        const files = target.files.filter(({ file }) => {
            const before = seen.size;
            return seen.add(realPath(file)).size > before;
        });
        return { ...target, files, isRepeated: files.length < target.files.length };
    });
}

/** Nothing for a file of a folder that has nothing to do with Pulumi. */
async function checkFile(
    file: string,
    inFolder: boolean,
    enabled: readonly EnabledPolicy[],
    sourceDir: string,
): Promise<readonly Part[]> {
    try {
        const found = await stateIn(file, inFolder);
        return found === undefined ? [] : [partOf(file, found, enabled, sourceDir)];
    } catch (error) {
        return [problemOf(file, reasonOf(error))];
    }
}

interface FoundState {
    readonly state: StackState;
    readonly mayHaveSecrets: boolean;
}

/** A function of its own, so that the text of a large file is freed before its stack is evaluated. */
async function stateIn(file: string, inFolder: boolean): Promise<FoundState | undefined> {
    let text: string | undefined;
    let document: unknown;
    try {
        text = await textOf(file);
        document = parse(text);
    } catch (error) {
        if (inFolder && !(await isPulumis(file, text))) {
            return undefined;
        }
        throw error;
    }
    const state = readState(document);
    if (state === undefined && !inFolder) {
        throw new BadInput("is JSON, but not from Pulumi");
    }
    return state && { state, mayHaveSecrets: mayHaveSecrets(text) };
}

function partOf(file: string, found: FoundState, enabled: readonly EnabledPolicy[], sourceDir: string): Part {
    const { state } = found;
    const { verdicts, undecided } = evaluate(state, enabled);
    const byUrn = new Map(verdicts.length > 0 ? state.resources.map((resource) => [resource.urn, resource]) : []);
    const findingOf = ({ enabled: { policy, level, remediates, config }, urn, finding }: Verdict): Finding => {
        const { severity } = policy;
        const { problem, advice, code = null } = partsOf(finding);
        return {
            policy: policy.name,
            level,
            urn,
            type: byUrn.get(urn)?.type ?? "pulumi:pulumi:Stack",
            name: nameOf(urn),
            stack: state.name,
            file,
            run: null,
            ...{ problem, advice, code, remedy: finding.remedy ?? null },
            severity,
            controls: finding.controls ?? mirroredControls(policy, config),
            location: locationOf(byUrn.get(urn), byUrn, sourceDir),
            wouldBeRemediated: remediates && finding.remedy !== undefined,
        };
    };
    const part: Part = {
        findings: verdicts.map(findingOf),
        stacks: [{ stack: state.name, file, run: null, resources: state.resources.length }],
        undecided: undecided.map(({ policy, cases }) => ({
            stack: state.name,
            file,
            run: null,
            policy: policy.name,
            message: undecidedLine(policy.name, cases),
        })),
        problems: [],
    };
    const isQuiet = part.findings.length === 0 && part.undecided.length === 0;
    const redact = isQuiet || !found.mayHaveSecrets ? undefined : redactorOf(secretsOf(state.resources));
    return redact === undefined ? part : redacted(part, redact);
}

function reasonOf(error: unknown): string {
    if (error instanceof BadInput) {
        return error.hasAdvice ? error.message : `${error.message}. ${EXPECTED}`;
    }
    // Node's stack is what gives in first; the engine gives up at 10,000 levels.
    return error instanceof RangeError
        ? `is nested too deeply. ${EXPECTED}`
        : `cannot be checked because of a bug in apigateway-guard; please report it: ${(error as Error).message}`;
}
