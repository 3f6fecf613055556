/** `apigateway-guard exceptions`: what a policy config file excepts, until when, and what of it needs attention. */

import { dayOf, hasEnded, today } from "../../pack/exemptions";
import { append, groupBy } from "../../stack/maps";
import { stackNameOf } from "../../stack/urn";
import { BadInput } from "../errors";
import { STDIN } from "../inputs/file-names";
import { configured, type PolicyConfig, policyConfig } from "../inputs/policy-config";
import { findingKey, findingKeys, targetsOf } from "../inputs/policy-exceptions";
import { textOf } from "../inputs/read-text";
import type { Attention, CoveredFinding, ExceptionEntry, ListedExceptions } from "../report/exception-list";
import { type Excepted, mergeParts, type Report, type ReportFinding } from "../report/model";
import { eachStack } from "./each-stack";
import { type CheckContext, stackPart } from "./stack-part";

/** Options of `exceptions`. */
export interface ExceptionsOptions {
    /** What ends within so many days needs attention already. */
    readonly within: number;
    /** In UTC, as `2027-03-31`; today's if left out. */
    readonly today?: string;
}

/** @throws BadInput if the file is not a policy config; stacks that cannot be read are among the problems */
export async function exceptions(
    file: string,
    states: readonly string[],
    { within, today: day = today() }: ExceptionsOptions,
): Promise<ListedExceptions> {
    if (file === STDIN) {
        throw new BadInput("the config is to be a file, not standard input");
    }
    const config = await configIn(file);
    const targets = targetsOf(config.exceptions);
    // On a day on which nothing has ended.
    const options = { enabled: config.enabled, today: "" };
    const context: CheckContext = { options, sourceDir: "", findOwners: undefined, leftOut: [] };
    const parts = await eachStack(states, (state, read) => {
        targets.lookIn(state);
        return stackPart(state, read, context);
    });
    const { findings, excepted, stacks, problems } = mergeParts(parts);
    const soon = dayOf(new Date(Date.parse(day) + within * MILLISECONDS_A_DAY));
    const found = states.length === 0 ? undefined : foundIn([...findings, ...excepted], stacks);
    const unfinished = entriesOf(config, found);
    const entries = unfinished.map((entry) => ({ ...entry, attention: attentionFor(entry, day, soon) }));
    return { file, entries, errors: [...config.errors, ...targets.unmatched().patterns], stacks, problems };
}

const MILLISECONDS_A_DAY = 86_400_000;

async function configIn(file: string): Promise<PolicyConfig> {
    try {
        const config = await policyConfig(await textOf(file));
        return { ...config, enabled: configured(config.enabled) };
    } catch (error) {
        throw new BadInput(`${file}: ${(error as Error).message}`);
    }
}

type Unfinished = Omit<ExceptionEntry, "attention">;

/** What was found, by what covers it: there may be thousands of both. */
interface Found {
    /** By policy and resource. */
    readonly byKey: ReadonlyMap<string, readonly ReportFinding[]>;
    /** By policy and exemption. */
    readonly exempt: ReadonlyMap<string, readonly ReportFinding[]>;
    readonly stacks: ReadonlySet<string>;
}

function foundIn(found: readonly (ReportFinding | Excepted)[], stacks: Report["stacks"]): Found {
    const exempt = new Map<string, ReportFinding[]>();
    for (const one of found) {
        const reasons = "reasons" in one ? one.reasons.filter(({ kind }) => kind === "exemption") : [];
        for (const name of new Set(reasons.map((reason) => reason.name))) {
            append(exempt, findingKey(one.policy, name), one);
        }
    }
    return {
        byKey: groupBy(found, (one) => findingKey(one.policy, one.urn)),
        exempt,
        stacks: new Set(stacks.map(({ stack }) => stack)),
    };
}

function entriesOf({ exceptions, exemptions }: PolicyConfig, found: Found | undefined): Unfinished[] {
    return [
        ...exceptions.map((exception): Unfinished => {
            const { id: name, reason, until, match } = exception;
            const policies = [...new Set(match.flatMap((one) => one.policies))];
            const covers = found && [...findingKeys(exception)].flatMap((key) => found.byKey.get(key) ?? []);
            const used = new Set(covers?.map(({ urn }) => urn));
            const targets = new Set(match.flatMap((one) => one.targets));
            const unused =
                found && [...targets].filter((urn) => !used.has(urn) && found.stacks.has(stackNameOf(urn) ?? ""));
            return { kind: "exception", name, policies, reason, until, covers: covers?.map(covered), unused };
        }),
        ...exemptions.map(({ policy, exemption }): Unfinished => {
            const { match: name, reason, until } = exemption;
            const covers = found && (found.exempt.get(findingKey(policy, name)) ?? []).map(covered);
            return { kind: "exemption", name, policies: [policy], reason, until, covers, unused: found && [] };
        }),
    ];
}

function covered({ policy, stack, urn }: ReportFinding): CoveredFinding {
    return { policy, stack, urn };
}

function attentionFor({ until, covers, unused }: Unfinished, day: string, soon: string): Attention[] {
    return [
        ...(hasEnded(until, day)
            ? ["ended" as const]
            : until !== undefined && until <= soon
              ? ["ends soon" as const]
              : []),
        ...(covers?.length === 0
            ? ["covers nothing" as const]
            : (unused ?? []).length > 0
              ? ["has unused targets" as const]
              : []),
    ];
}
