/** `apigateway-guard fix`: a script that fixes on AWS itself what the policies find in the stacks of files. */

import { type LoggingLevel, preferredLevel } from "../../aws/apigateway/logging-level";
import { preferredRetention } from "../../aws/logs/retention";
import { type ConfigKeys, type ConfigOf, readConfig } from "../../pack/config";
import type { EnabledPolicy } from "../../pack/enabled";
import type { PolicyWith } from "../../pack/policy";
import loggingLevel from "../../policies/apigateway-method-settings-logging-level";
import stageLogging from "../../policies/apigatewayv2-stage-execution-logging";
import retention from "../../policies/cloudwatch-log-group-retention";
import { both, either, quote } from "../../stack/text";
import { BadInput } from "../errors";
import { evaluate } from "../evaluate";
import { type PlanOptions, planFor, type StackPlan, sectionsOf } from "../fix/plan";
import { type Script, scriptOf, scriptSummary } from "../fix/script";
import { assertAwsOptions } from "../inputs/aws-options";
import { targetsOf } from "../inputs/policy-exceptions";
import { ownerFinder } from "../owners";
import { mergeParts, NOTHING, type ReportFinding } from "../report/model";
import type { StackState } from "../state";
import type { CheckOptions } from "./check";
import { assertNoPatterns, chosenPolicies } from "./chosen-policies";
import { assertIsLive, eachStack, owningStacks } from "./each-stack";
import { type CheckContext, stackPart } from "./stack-part";

/** Options of `fix`. */
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

/** The script, and what was read for it. */
export interface Fix extends Pick<Script, "stacks" | "problems"> {
    readonly script: string;
    readonly findings: readonly ReportFinding[];
    /** `5 commands for 4 findings; 2 findings not fixed`. */
    readonly summary: string;
}

/** @throws BadInput if an option is wrong; what cannot be read is among the problems */
export async function fix(paths: readonly string[], options: FixOptions = {}): Promise<Fix> {
    assertAwsOptions({ regions: options.region === undefined ? [] : [options.region], profile: options.profile });
    const chosen = await chosenPolicies(options);
    const planOptions = planOptionsFor(options, chosen.everyEnabled());
    const { states = [], sourceDir = "", stacks: only = [] } = options;
    const owning = await owningStacks(states);
    const findOwners = states.length === 0 ? undefined : ownerFinder(owning.stacks);
    const context: CheckContext = { options: chosen, sourceDir, findOwners, leftOut: chosen.leftOut };
    const plans: StackPlan[] = [];
    let isLive = false;
    const names: string[] = [];
    const targets = targetsOf(chosen.exceptions);
    const visit = (state: StackState, file: string) => {
        isLive ||= state.live !== undefined;
        names.push(state.name);
        targets.lookIn(state);
        if (!isChosen(state.name, only)) {
            return NOTHING;
        }
        const evaluation = evaluate(state, chosen);
        const part = stackPart(state, file, context, evaluation);
        plans.push(planFor(state, evaluation, part, planOptions));
        return part;
    };
    const parts = await eachStack(paths, visit, options.onProgress);
    assertNoPatterns(targets.unmatched().patterns, options.config);
    assertIsLive(states, isLive, parts);
    assertStacks(only, names);
    const { stacks, findings, excepted, undecided, unchecked, problems } = mergeParts([...parts, ...owning.problems]);
    const sections = sectionsOf(
        plans.flatMap(({ placed }) => placed),
        planOptions,
    );
    const { wanted } = planOptions;
    const script: Script = {
        stacks,
        excepted,
        undecided,
        unchecked,
        problems,
        sections,
        planned: plans.flatMap(({ planned }) => planned),
        level: { value: wanted.level(undefined), isByOption: options.level !== undefined },
        days: { value: wanted.days(undefined), isByOption: options.retention !== undefined },
    };
    return { stacks, findings, problems, script: scriptOf(script), summary: scriptSummary(script) };
}

function isChosen(name: string, only: readonly string[]): boolean {
    return only.length === 0 || only.some((one) => one === name || name.endsWith(`/${one}`));
}

/** @throws BadInput if there is no stack of one of the names that are asked for */
function assertStacks(only: readonly string[], names: readonly string[]): void {
    const missing = only.find((one) => !names.some((name) => isChosen(name, [one])));
    if (missing !== undefined) {
        throw new BadInput(
            `--stack names ${quote(missing)}, which is not one of the stacks. There ${names.length === 1 ? "is" : "are"} ${both(names.map(quote)) || "none"}.`,
        );
    }
}

/** @param all the policies that are enabled, chosen or not: what others want is not to be undone for the sake of those chosen */
function planOptionsFor(
    { level, retention: days, region, profile, accountRole, createAccountRole }: FixOptions,
    all: readonly EnabledPolicy[],
): PlanOptions {
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
        wanted: { level: (own = ownLevel) => level ?? own, days: (own = ownDays) => days ?? own },
        place: { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) },
        role: createAccountRole ? "new" : accountRole,
    };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** The config of a policy, be it enabled or not, with its defaults. */
function configOf<Keys extends ConfigKeys>(
    policy: PolicyWith<Keys>,
    enabled: readonly EnabledPolicy[],
): ConfigOf<Keys> {
    return readConfig<Keys>(policy, enabled.find((one) => one.policy === policy)?.config ?? {});
}

/** The policies that allow some logging levels. */
const POLICIES_WITH_LEVELS = [loggingLevel, stageLogging];

function assertAllowed(level: LoggingLevel, enabled: readonly EnabledPolicy[]): void {
    for (const policy of POLICIES_WITH_LEVELS.filter((one) => enabled.some((other) => other.policy === one))) {
        const { levels } = configOf(policy, enabled);
        if (!levels.includes(level)) {
            throw new BadInput(`--level ${level} is not allowed by ${policy.name}, which allows ${either(levels)}`);
        }
    }
}

function assertAccepted(days: number, bounds: ConfigOf<typeof retention.config>): void {
    try {
        readConfig(retention, { ...bounds, setDays: days });
    } catch (error) {
        throw new BadInput(`--retention ${days}: ${(error as Error).message}`);
    }
}
