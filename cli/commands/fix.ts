/** `apigateway-guard fix`: a script that fixes on AWS itself what the policies find in the stacks of files. */

import { type LoggingLevel, preferredLevel } from "../../aws/apigateway/logging-level";
import { preferredRetention } from "../../aws/logs/retention";
import { readConfig } from "../../pack/config";
import type { Policy } from "../../pack/policy";
import loggingLevel from "../../policies/apigateway-method-settings-logging-level";
import retention from "../../policies/cloudwatch-log-group-retention";
import { both, either, quote } from "../../stack/text";
import { type EnabledPolicy, evaluate } from "../evaluate";
import { type PlanOptions, planFor, type StackPlan, sectionsOf } from "../fix/plan";
import { type Script, scriptOf, scriptSummary } from "../fix/script";
import { targetsOf } from "../inputs/exceptions";
import { BadInput, textOf } from "../inputs/files";
import { assertPlace } from "../inputs/place";
import { reasonOf, type Stacks, stacksIn } from "../inputs/stacks";
import type { StackState } from "../inputs/state";
import { assertIsLive, ownerFinder, owningStacks } from "../owners";
import { mergeParts, type Part, problemOf } from "../report/model";
import { assertNoPatterns, type CheckOptions, type How, partOf, type TermsWithExceptions, termsFor } from "./check";

export interface FixOptions extends CheckOptions {
    /** The names of the only stacks to fix, with or without their project. */
    readonly stacks?: readonly string[];
    /** The level to set, in place of what the config says. */
    readonly level?: LoggingLevel | undefined;
    /** The days to set, in place of what the config says. */
    readonly retention?: number | undefined;
    /** For resources of which it is not known. */
    readonly region?: string | undefined;
    readonly profile?: string | undefined;
    /** The CloudWatch role for accounts that have none. */
    readonly accountRole?: string | undefined;
    readonly createAccountRole?: boolean | undefined;
}

export interface Fix extends Pick<Script, "stacks" | "problems"> {
    readonly script: string;
    /** `5 commands for 4 findings; 2 findings not fixed`. */
    readonly summary: string;
}

/** @throws BadInput if an option is wrong; what cannot be read is among the problems */
export async function fix(paths: readonly string[], options: FixOptions = {}): Promise<Fix> {
    const { terms, planOptions } = await chosen(options);
    const { states = [], sourceDir = "", stacks: only = [] } = options;
    const owning = await owningStacks(states);
    const how: How = { terms, sourceDir, findOwners: states.length === 0 ? undefined : ownerFinder(owning.stacks) };
    const parts: Part[] = [];
    const plans: StackPlan[] = [];
    let isLive = false;
    const names: string[] = [];
    const targets = targetsOf(terms.exceptions);
    for await (const read of stacksIn(paths, options.onProgress)) {
        if ("problem" in read) {
            parts.push(problemOf(read.file, read.problem));
            continue;
        }
        isLive ||= read.states.some(({ live }) => live !== undefined);
        names.push(...read.states.map(({ name }) => name));
        read.states.forEach(targets.lookIn);
        for (const state of read.states.filter(({ name }) => isChosen(name, only))) {
            const { part, plan } = planned(read, state, how, planOptions);
            parts.push(part);
            plans.push(...plan);
        }
    }
    assertNoPatterns(targets.unmatched().patterns, options.config);
    assertIsLive(states, isLive, parts);
    const missing = only.find((one) => !names.some((name) => isChosen(name, [one])));
    if (missing !== undefined) {
        throw new BadInput(
            `--stack names ${quote(missing)}, which is not one of the stacks. There ${names.length === 1 ? "is" : "are"} ${both(names.map(quote)) || "none"}.`,
        );
    }
    const { stacks, excepted, undecided, problems } = mergeParts([...parts, ...owning.problems]);
    const sections = sectionsOf(
        plans.flatMap(({ placed }) => placed),
        planOptions,
    );
    const { wanted } = planOptions;
    const script: Script = {
        stacks,
        excepted,
        undecided,
        problems,
        sections,
        planned: plans.flatMap(({ planned }) => planned),
        level: { value: wanted.level(undefined), isByOption: options.level !== undefined },
        days: { value: wanted.days(undefined), isByOption: options.retention !== undefined },
    };
    return { stacks, problems, script: scriptOf(script), summary: scriptSummary(script) };
}

function isChosen(name: string, only: readonly string[]): boolean {
    return only.length === 0 || only.some((one) => one === name || name.endsWith(`/${one}`));
}

/** A stack that cannot be evaluated is a problem of its file, as in a check. */
function planned(of: Stacks, state: StackState, how: How, options: PlanOptions): { part: Part; plan: StackPlan[] } {
    try {
        const evaluation = evaluate(state, how.terms);
        const part = partOf(of, state, how, evaluation);
        return { part, plan: [planFor(state, evaluation, part, options)] };
    } catch (error) {
        return { part: problemOf(of.file, reasonOf(error)), plan: [] };
    }
}

async function chosen(options: FixOptions): Promise<{ terms: TermsWithExceptions; planOptions: PlanOptions }> {
    const { config, level, retention: days, region, profile, accountRole, createAccountRole } = options;
    assertPlace({ regions: region === undefined ? [] : [region], profile });
    let text: Promise<string> | undefined;
    const read = (file: string) => {
        text ??= textOf(file);
        return text;
    };
    const terms = await termsFor(options, read);
    // What other policies want is not to be undone for the sake of those that were chosen.
    const { enabled: all } = await termsFor({ config }, read);
    const levels = configOf(loggingLevel, all);
    const bounds = configOf(retention, all);
    if (level !== undefined) {
        assertAllowed(level, all);
    }
    if (days !== undefined) {
        assertAccepted(days, bounds);
    }
    if (accountRole !== undefined && (createAccountRole || !ROLE.test(accountRole))) {
        throw new BadInput(
            createAccountRole
                ? "--account-role and --create-account-role exclude each other"
                : `--account-role ${quote(accountRole)} is not the ARN of a role, such as arn:aws:iam::123456789012:role/NAME`,
        );
    }
    const ownLevel = levels.setLevel ?? preferredLevel(levels.levels);
    const ownDays = bounds.setDays ?? preferredRetention(bounds);
    return {
        terms,
        planOptions: {
            wanted: { level: (own = ownLevel) => level ?? own, days: (own = ownDays) => days ?? own },
            place: { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) },
            role: createAccountRole ? "new" : accountRole,
        },
    };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

interface Config {
    readonly levels: readonly LoggingLevel[];
    readonly setLevel?: LoggingLevel;
    readonly minDays: number;
    readonly maxDays: number;
    readonly setDays?: number;
}

/** The config of a policy, be it enabled or not. */
function configOf(policy: Policy, enabled: readonly EnabledPolicy[]): Config {
    const own = enabled.find((one) => one.policy === policy);
    return (own?.config ?? readConfig(policy, {})) as Config;
}

function assertAllowed(level: LoggingLevel, enabled: readonly EnabledPolicy[]): void {
    for (const { policy, config } of enabled) {
        const { levels } = config as Partial<Config>;
        if (levels !== undefined && !levels.includes(level)) {
            throw new BadInput(`--level ${level} is not allowed by ${policy.name}, which allows ${either(levels)}`);
        }
    }
}

function assertAccepted(days: number, bounds: Config): void {
    try {
        readConfig(retention, { ...bounds, setDays: days });
    } catch (error) {
        throw new BadInput(`--retention ${days}: ${(error as Error).message}`);
    }
}
