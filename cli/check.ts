/** `apigateway-guard check`: what the policies say of the stacks in files. */

import { policies } from "../policies";
import { enabledPolicies, noSuchPolicy } from "./config";
import { type Finding, type Part, problemOf, type Report, together } from "./findings";
import { BadInput, filesOf, parse, realPath, STDIN, textOf } from "./input";
import { assertConfigured, type Enabled, judge, type Verdict } from "./judge";
import { locationOf } from "./location";
import { readState } from "./read-state";
import { ruleOf } from "./rules";
import { nameOf, type StackState } from "./state";

export interface CheckOptions {
    /** The policy config file. */
    readonly config?: string | undefined;
    /** The names of the only policies to ask; all that are enabled if there are none. */
    readonly policies?: readonly string[];
    /** The folder of the Pulumi program, to be put before the paths of places in it. */
    readonly sourceDir?: string;
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const EXPECTED =
    "Expected: the output of `pulumi stack export` or of `pulumi preview --json --show-sames`, or a checkpoint.";

/**
 * Judges the stacks in files and folders, each alone. What cannot be judged is among the report's problems.
 *
 * @throws BadInput if the config file or the name of a policy is wrong
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<Report> {
    const enabled = await policiesToAsk(options);
    const targets = distinct(paths.map(targetOf));
    const total = targets.reduce((sum, { files }) => sum + files.length, 0);
    const parts: Part[] = [];
    let done = 0;
    for (const { path, files, isFolder, isRepeated, problem } of targets) {
        const before = parts.length;
        for (const file of files) {
            options.onProgress?.(done++, total);
            parts.push(...(await checkFile(file, isFolder, enabled, options.sourceDir ?? "")));
        }
        if (problem !== undefined || (parts.length === before && !isRepeated)) {
            parts.push(problemOf(path, problem ?? `holds no stacks. ${EXPECTED}`));
        }
    }
    options.onProgress?.(total, total);
    return { ...together(parts), rules: enabled.map(({ policy }) => ruleOf(policy)) };
}

async function policiesToAsk({ config, policies: only = [] }: CheckOptions): Promise<readonly Enabled[]> {
    const unknown = only.find((name) => !policies.some((policy) => policy.name === name));
    if (unknown !== undefined) {
        throw new BadInput(`--policy ${noSuchPolicy(unknown)}`);
    }
    if (config === STDIN) {
        throw new BadInput("--config takes a file, not standard input");
    }
    try {
        const enabled = enabledPolicies(config === undefined ? "" : await textOf(config));
        const asked = enabled.filter(({ policy }) => only.length === 0 || only.includes(policy.name));
        if (asked.length === 0) {
            throw new BadInput("disables every policy there is to ask");
        }
        assertConfigured(asked);
        return asked;
    } catch (error) {
        throw new BadInput(`${config}: ${(error as Error).message}`);
    }
}

interface Target {
    readonly path: string;
    readonly files: readonly string[];
    readonly isFolder: boolean;
    /** Whether some of its files, or all, are others' already. */
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
        const files = target.files.filter((file) => {
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
    enabled: readonly Enabled[],
    sourceDir: string,
): Promise<readonly Part[]> {
    try {
        const state = await stateIn(file, inFolder);
        return state === undefined ? [] : [judged(file, state, enabled, sourceDir)];
    } catch (error) {
        return [problemOf(file, reasonOf(error))];
    }
}

/** A function of its own, so that the text of a large file is gone by the time its stack is judged. */
async function stateIn(file: string, inFolder: boolean): Promise<StackState | undefined> {
    const text = await textOf(file);
    let document: unknown;
    try {
        document = parse(text);
    } catch (error) {
        if (inFolder && !text.includes("urn:pulumi:")) {
            return undefined;
        }
        throw error;
    }
    const state = readState(document);
    if (state === undefined && !inFolder) {
        throw new BadInput("is JSON, but not Pulumi's");
    }
    return state;
}

function judged(file: string, state: StackState, enabled: readonly Enabled[], sourceDir: string): Part {
    const { verdicts, undecided } = judge(state, enabled);
    const byUrn = new Map(verdicts.length > 0 ? state.resources.map((resource) => [resource.urn, resource]) : []);
    const finding = ({ policy, level, urn, message, wouldBeRemediated }: Verdict): Finding => {
        const { severity, control } = ruleOf(policy);
        return {
            policy: policy.name,
            level,
            urn,
            type: byUrn.get(urn)?.type ?? "pulumi:pulumi:Stack",
            name: nameOf(urn),
            stack: state.name,
            file,
            message,
            severity,
            control,
            location: locationOf(byUrn.get(urn), byUrn, sourceDir),
            wouldBeRemediated,
        };
    };
    return {
        findings: verdicts.map(finding),
        stacks: [{ stack: state.name, file, resources: state.resources.length }],
        undecided: undecided.map((line) => ({ stack: state.name, file, message: line })),
        problems: [],
    };
}

function reasonOf(error: unknown): string {
    if (error instanceof BadInput) {
        return error.hasAdvice ? error.message : `${error.message}. ${EXPECTED}`;
    }
    // Node's stack is what gives in first; the engine gives up at 10,000 levels.
    return error instanceof RangeError
        ? `is nested too deeply. ${EXPECTED}`
        : `cannot be judged, which is a mistake of apigateway-guard; please report it: ${(error as Error).message}`;
}
