/** What is to be done on AWS for the findings of stacks, and what cannot be done there. */

import { executionLogGroupFixes, letsLog } from "../../aws/apigateway/execution-log-fix";
import type { Command, Wanted } from "../../aws/command";
import { importId } from "../../aws/import-id";
import { commandsFor, isStage, type LiveFix } from "../../aws/live-fix";
import type { Code } from "../../stack/code";
import { groupBy } from "../../stack/maps";
import type { Stack } from "../../stack/stack";
import type { Evaluation, Verdict } from "../evaluate";
import { isRegion } from "../inputs/aws-options";
import type { Part, ReportFinding } from "../report/model";
import type { StackState } from "../state";
import { type AwsPlace, optionsFor, placeFinder } from "./aws-place";
import { unusable } from "./shell";

/** A finding, and what is done about it. */
export interface Planned {
    readonly finding: ReportFinding;
    /** Whether a command changes something on AWS for it. */
    readonly isFixed: boolean;
    /** Why something is not changed; nothing if only the program is wrong. */
    readonly reasons: readonly string[];
    /** Whether its commands set a logging level. */
    readonly setsLevel: boolean;
    /** Whether its commands set the retention of a log group. */
    readonly setsDays: boolean;
    /** The code to add to the program, as data: not every language can write it. */
    readonly code?: Code | undefined;
    /** What to import the resource by; only in a live account. */
    readonly importId?: string | undefined;
    readonly isLive: boolean;
}

/** What is done in one place, in this order. */
export interface Section {
    readonly place: AwsPlace;
    readonly commands: readonly Command[];
}

/** What the options and the config say of all fixes. */
export interface PlanOptions {
    /** Where resources are of which that is not known. */
    readonly place: AwsPlace;
    readonly wanted: Pick<Wanted, "level" | "days">;
    /** The ARN of the CloudWatch role for accounts without one, or `"new"`. */
    readonly role: string | undefined;
}

/** Fixes in one place. */
interface Placed {
    readonly place: AwsPlace;
    readonly fixes: readonly LiveFix[];
}

/** What is planned for one stack. */
export interface StackPlan {
    readonly planned: readonly Planned[];
    readonly placed: readonly Placed[];
}

/** @param part has a finding for each verdict, in the same order */
export function planFor(
    state: StackState,
    { verdicts, excepted }: Evaluation,
    { findings }: Part,
    options: PlanOptions,
): StackPlan {
    if (verdicts.length === 0) {
        return { planned: [], placed: [] };
    }
    const { stack } = state;
    const isLive = state.live !== undefined;
    const placeOf = placeFinder(state, stack.all(), options.place);
    const leftAlone = new Set(excepted.flatMap(logGroupsOf));
    const plans = verdicts.map((verdict, index) => {
        const resource = stack.byUrn.get(verdict.urn);
        const place = resource === undefined ? options.place : placeOf(resource);
        const all = fixesOf(stack, verdict, leftAlone).map((fix) => ({
            fix,
            why: obstacle(fix, place, options),
        }));
        const fixes = all.flatMap(({ fix, why }) => (why === undefined ? [fix] : []));
        const reasons = [...new Set(all.flatMap(({ why = [] }) => why))];
        const finding = findings[index] as ReportFinding;
        return {
            planned: {
                finding,
                isFixed: fixes.length > 0,
                reasons,
                setsLevel: fixes.some((fix) => isStage(fix) && letsLog(fix)),
                setsDays: fixes.some(({ kind }) => kind === "log group" || kind === "retention"),
                code: verdict.finding.code,
                isLive,
                importId: isLive && resource !== undefined ? importId(resource) : undefined,
            },
            placed: { place, fixes },
        };
    });
    return { planned: plans.map(({ planned }) => planned), placed: plans.map(({ placed }) => placed) };
}

/** What is the same for several findings, or for several stacks, is done once. */
export function sectionsOf(placed: readonly Placed[], options: PlanOptions): Section[] {
    const some = placed.filter(({ fixes }) => fixes.length > 0);
    const byPlace = groupBy(some, ({ place: { account, region, profile } }) =>
        JSON.stringify([account, region, profile]),
    );
    return [...byPlace.values()].map((group) => {
        const { place } = group[0] as Placed;
        const fixes = group.flatMap((one) => one.fixes);
        return { place, commands: commandsFor(fixes, wantedIn(place, options)) };
    });
}

/** Why something cannot be fixed, if it cannot. */
function obstacle(fix: LiveFix, place: AwsPlace, options: PlanOptions): string | undefined {
    if (fix.kind === "cannot") {
        return fix.why;
    }
    if (place.region === undefined) {
        return "Its region is not known. Give it with --region.";
    }
    const wanted = wantedIn(place, options);
    if (fix.kind === "account role" && wanted.role === undefined) {
        return "All APIs of the account and region share the role. Give --account-role ARN, with a role of this account, or --create-account-role.";
    }
    if (!isRegion(place.region)) {
        return "What the state has for its region is not the name of a region.";
    }
    const words = [...commandsFor([fix], wanted).flatMap(({ args }) => args), ...optionsFor(place)];
    const why = words.map(unusable).find((one) => one !== undefined);
    return why && `Its name, or a part of it, ${why}.`;
}

/** A role is for the account that it is of. */
function wantedIn({ account }: AwsPlace, { wanted, role }: PlanOptions): Wanted {
    const isOther = account !== undefined && role !== undefined && role !== "new" && !role.includes(`:${account}:`);
    return { ...wanted, role: isOther ? undefined : role, otherRole: isOther ? role : undefined };
}

/** With the log groups of stages that are to log, unless they are to stay as they are. */
function fixesOf(
    stack: Stack,
    { finding: { live = [] } }: Verdict,
    leftAlone: ReadonlySet<string>,
): readonly LiveFix[] {
    const groups = executionLogGroupFixes(stack, live.filter(isStage));
    return [...groups.filter(({ name }) => !leftAlone.has(name)), ...live];
}

/** The names of the log groups that a finding is about. */
function logGroupsOf({ finding: { live = [] } }: Verdict): string[] {
    return live.flatMap((fix) => (fix.kind === "retention" || fix.kind === "log group" ? [fix.name] : []));
}
