/** `apigateway-guard exceptions`: what a policy config file excepts, until when, and what of it needs attention. */

import { readConfig } from "../../pack/config";
import { dayOf, hasEnded, today } from "../../pack/exemptions";
import { exceptionFinder, targetsOf } from "../inputs/exceptions";
import { BadInput, STDIN, textOf } from "../inputs/files";
import { type PolicyConfig, policyConfig } from "../inputs/policy-config";
import { stacksIn } from "../inputs/stacks";
import { type Excepted, type Finding, type Part, problemOf, type Report, together } from "../report/model";
import { partsOfFile } from "./check";

/** Why somebody has to look at an entry. */
export type Attention = "ended" | "ends soon" | "covers nothing";

/** An exception or an exemption of a config file. */
export interface Entry {
    readonly kind: "exception" | "exemption";
    /** The id of an exception, or the pattern of an exemption. */
    readonly name: string;
    readonly policies: readonly string[];
    readonly reason: string;
    /** The last day, in UTC. */
    readonly until: string | null;
    /** The findings that it covers, or would if it had not ended; `null` if no stacks were given. */
    readonly covers: readonly Covered[] | null;
    readonly attention: readonly Attention[];
}

type Covered = Pick<Finding, "policy" | "stack" | "urn">;

export interface Exceptions extends Pick<Report, "stacks" | "problems"> {
    readonly file: string;
    readonly entries: readonly Entry[];
    /** What the engine passes over in silence, a line each. */
    readonly errors: readonly string[];
}

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
): Promise<Exceptions> {
    if (file === STDIN) {
        throw new BadInput("the config is to be a file, not standard input");
    }
    const config = await configIn(file);
    const targets = targetsOf(config.exceptions);
    const parts: Part[] = [];
    for await (const read of stacksIn(states)) {
        if ("problem" in read) {
            parts.push(problemOf(read.file, read.problem));
            continue;
        }
        read.states.forEach(targets.lookIn);
        // On a day on which nothing has ended.
        const terms = { enabled: config.enabled, today: "" };
        parts.push(...partsOfFile(read, { terms, sourceDir: "", findOwners: undefined }));
    }
    const { findings, excepted, stacks, problems } = together(parts);
    const soon = dayOf(new Date(Date.parse(day) + within * MILLISECONDS_A_DAY));
    const unfinished = entriesOf(config, states.length === 0 ? null : [...findings, ...excepted]);
    const entries = unfinished.map((entry) => ({ ...entry, attention: attentionFor(entry, day, soon) }));
    return { file, entries, errors: [...config.errors, ...targets.unmatched().patterns], stacks, problems };
}

const MILLISECONDS_A_DAY = 86_400_000;

async function configIn(file: string): Promise<PolicyConfig> {
    try {
        const config = await policyConfig(await textOf(file));
        return {
            ...config,
            enabled: config.enabled.map((one) => ({ ...one, config: readConfig(one.policy, one.config) })),
        };
    } catch (error) {
        throw new BadInput(`${file}: ${(error as Error).message}`);
    }
}

type Unfinished = Omit<Entry, "attention">;

function entriesOf(
    { exceptions, exemptions }: PolicyConfig,
    found: readonly (Finding | Excepted)[] | null,
): Unfinished[] {
    return [
        ...exceptions.map((exception): Unfinished => {
            const { id: name, reason, until = null, match } = exception;
            const policies = [...new Set(match.flatMap((one) => one.policies))];
            const find = exceptionFinder([exception]);
            const covers = found?.filter(({ policy, urn }) => find(policy, urn).length > 0).map(covered) ?? null;
            return { kind: "exception", name, policies, reason, until, covers };
        }),
        ...exemptions.map(({ policy, exemption }): Unfinished => {
            const { match: name, reason, until = null } = exemption;
            const covers = found?.filter((one) => one.policy === policy && isExemptBy(one, name)).map(covered) ?? null;
            return { kind: "exemption", name, policies: [policy], reason, until, covers };
        }),
    ];
}

function isExemptBy(found: Finding | Excepted, name: string): boolean {
    return "grounds" in found && found.grounds.some((ground) => ground.kind === "exemption" && ground.name === name);
}

function covered({ policy, stack, urn }: Finding): Covered {
    return { policy, stack, urn };
}

function attentionFor({ until, covers }: Unfinished, day: string, soon: string): Attention[] {
    const end = until ?? undefined;
    return [
        ...(hasEnded(end, day) ? ["ended" as const] : until !== null && until <= soon ? ["ends soon" as const] : []),
        ...(covers?.length === 0 ? ["covers nothing" as const] : []),
    ];
}
