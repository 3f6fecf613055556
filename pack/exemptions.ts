/**
 * Exemptions: findings that somebody has decided to live with, by config keys that every policy has. Pulumi's own policy
 * exceptions name exact URNs; these name patterns, may end on a day, and need no new CLI.
 */

import { describeResource } from "../aws/apigateway/describe";
import { stagePath } from "../aws/apigateway/rest-stage";
import { apiOfStage, type PartOfName, stageNames } from "../aws/apigateway/stage-names";
import { getOrAdd } from "../stack/maps";
import type { Inputs } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { quote } from "../stack/text";
import { nameOf, typesOf } from "../stack/urn";
import { indices, isKnown, type Maybe, text } from "../stack/values";
import type { Finding, Undecided } from "./finding";
import { mayMatch } from "./may-match";
import { matchingPatterns } from "./pattern";

const MINIMUM_REASON = 10;

/** The config keys. */
export const EXEMPTION_KEYS = {
    exemptions: {
        type: "array",
        items: {
            type: "object",
            properties: {
                match: {
                    type: "string",
                    minLength: 1,
                    description:
                        "The resources: a pattern for a URN, a name, `type::name`, or `api/stage`. `*` stands for any characters.",
                },
                reason: { type: "string", minLength: MINIMUM_REASON, description: "Why, in 10 characters or more." },
                until: {
                    type: "string",
                    description: "The last day, in UTC, as `2027-03-31`. Left out: the exemption has no end.",
                },
            },
            required: ["match", "reason"],
            additionalProperties: false,
        },
        default: [],
        description: "Resources that the policy leaves out, each with a reason: see docs/exceptions.md.",
    },
    exemptionTag: {
        type: "boolean",
        default: false,
        description:
            "Whether a tag `policy-exempt/<policy>`, whose value is the reason, exempts a resource. Who writes the program can then exempt it.",
    },
} as const;

/** One entry of a config. */
export interface Exemption {
    readonly match: string;
    readonly reason: string;
    /** The last day, in UTC: `2027-03-31`. */
    readonly until?: string;
}

interface Exempting {
    readonly exemptions?: readonly Exemption[];
    readonly exemptionTag?: boolean;
}

/** Why a finding does not count: an exemption, a tag, or a policy exception of Pulumi's. */
export interface Reason {
    readonly kind: "exemption" | "tag" | "exception";
    /** The pattern of the exemption, the key of the tag, or the id of the exception. */
    readonly name: string;
    readonly reason: string;
    /** The last day, in UTC: `2027-03-31`. */
    readonly until?: string;
}

/** A finding that is exempt, and why: one reason at least. */
export interface Exempt {
    readonly finding: Finding;
    readonly reasons: readonly Reason[];
}

/**
 * The first mistake in the exemptions of a config: a date that does not exist and a reason of blanks, which a schema lets
 * pass; and what is not an exemption at all, in the words of the engine, which is not the only one to send a config.
 */
export function exemptionProblem({ exemptions = [] }: { readonly exemptions?: unknown }): string | undefined {
    if (!Array.isArray(exemptions)) {
        return `exemptions: Invalid type. Expected: array, given: ${typeName(exemptions)}`;
    }
    return getOrAdd(problems, exemptions, () => ({ first: firstProblem(exemptions) })).first;
}

/** Of the exemptions of each config: the pack is handed the config again with each resource. */
const problems = new WeakMap<readonly unknown[], { readonly first: string | undefined }>();

function firstProblem(exemptions: readonly unknown[]): string | undefined {
    for (const [index, given] of exemptions.entries()) {
        const at = `exemptions.${index}`;
        const problem = shapeProblem(given, at);
        if (problem !== undefined) {
            return problem;
        }
        const { reason, until } = given as Exemption;
        if (!isReason(reason)) {
            return `${at}.reason: Say why in ${MINIMUM_REASON} characters or more, blanks aside.`;
        }
        if (until !== undefined && !isDay(until)) {
            return `${at}.until: ${quote(until)} is not a day such as "2027-03-31".`;
        }
    }
    return undefined;
}

/** Why a value is not an exemption. */
function shapeProblem(given: unknown, at: string): string | undefined {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
        return `${at}: Invalid type. Expected: object, given: ${typeName(given)}`;
    }
    const { properties, required } = EXEMPTION_KEYS.exemptions.items;
    const missing = required.find((key) => !Object.hasOwn(given, key));
    if (missing !== undefined) {
        return `${at}: ${missing} is required`;
    }
    const unknown = Object.keys(given).find((key) => !Object.hasOwn(properties, key));
    if (unknown !== undefined) {
        return `${at}: Additional property ${unknown} is not allowed`;
    }
    const [key, wrong] = Object.entries(given).find(([, value]) => typeof value !== "string") ?? [];
    if (key !== undefined) {
        return `${at}.${key}: Invalid type. Expected: string, given: ${typeName(wrong)}`;
    }
    const { match } = given as Exemption;
    return match === "" ? `${at}.match: String length must be greater than or equal to 1` : undefined;
}

/** As JSON Schema names the type of a value; a number from the wire may be a whole one. */
function typeName(value: unknown): string {
    if (value === null) {
        return "null";
    }
    return Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
}

/** Whether a text is a day of the calendar, as `2027-03-31`. */
export function isDay(given: string): boolean {
    const date = new Date(`${given}T00:00:00Z`);
    return /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(date.valueOf()) && dayOf(date) === given;
}

/** The day in UTC, as `2027-03-31`; days compare as texts. */
export function dayOf(date: Date): string {
    return date.toISOString().slice(0, "2027-03-31".length);
}

/** Today in UTC, as `2027-03-31`. */
export function today(): string {
    return dayOf(new Date());
}

/** What a policy's findings are checked against. */
export interface ExemptionContext {
    readonly policy: string;
    readonly config: Exempting;
    /** The stack, for a stack policy. */
    readonly stack?: Stack;
    readonly today: string;
}

/**
 * A finding, or one that is exempt. One exemption that has not ended is enough; if all have, the finding says so. It is
 * undecided while an exemption may cover the resource by a name that is not known yet.
 *
 * @param resource the resource that it is reported of; none if the stack is without the resource that stands for it
 */
export function exempted(
    finding: Finding,
    resource: Inputs | undefined,
    { policy, config, stack, today }: ExemptionContext,
): Finding | Exempt | Undecided {
    const { exemptions = [], exemptionTag = false } = config;
    if (resource === undefined || (exemptions.length === 0 && !exemptionTag)) {
        return finding;
    }
    const { names, partlyKnown } = exemptions.length === 0 ? NAMELESS : namesOf(resource, stack);
    const matching = exemptions.length === 0 ? [] : matchingExemptions(exemptions, names);
    const tag = exemptionTag ? tagOf(resource, `policy-exempt/${policy}`, stack) : undefined;
    const given = [...matching.map(exemptionReason), ...(tag === undefined ? [] : [tag])];
    const reasons = given.filter(({ reason, until }) => isReason(reason) && !hasEnded(until, today));
    if (reasons.length > 0) {
        return { finding, reasons };
    }
    const possible = partlyKnown.length === 0 ? undefined : mayBeExempt(exemptions, partlyKnown, today);
    return possible === undefined
        ? withSentences(finding, given.map(whyNot))
        : {
              undecided: `${describeResource(resource)}: whether the exemption ${quote(possible.match)} covers it is not known yet`,
          };
}

/** The first exemption that holds and may cover one of some names once all of it is known. */
function mayBeExempt(
    exemptions: readonly Exemption[],
    partlyKnown: readonly PartOfName[],
    today: string,
): Exemption | undefined {
    return exemptions.find(
        ({ match, reason, until }) =>
            isReason(reason) && !hasEnded(until, today) && partlyKnown.some((parts) => mayMatch(match, parts)),
    );
}

/** The patterns of the exemptions of a config, which is read once. */
const patterns = new WeakMap<readonly Exemption[], readonly string[]>();

function matchingExemptions(exemptions: readonly Exemption[], names: readonly string[]): Exemption[] {
    const all = getOrAdd(patterns, exemptions, () => exemptions.map(({ match }) => match));
    const found = new Set(names.flatMap((name) => matchingPatterns(all, name)));
    return [...found].sort((a, b) => a - b).map((index) => exemptions[index] as Exemption);
}

function exemptionReason({ match, ...exemption }: Exemption): Reason {
    return { kind: "exemption", name: match, ...exemption };
}

/** Why a reason does not hold. */
function whyNot(reason: Reason): string {
    return reason.kind === "tag"
        ? `The tag ${reason.name} does not give a reason of ${MINIMUM_REASON} characters or more.`
        : endedSentence(reason);
}

/** A finding whose problem goes on in more sentences. */
export function withSentences(finding: Finding, more: readonly string[]): Finding {
    return more.length === 0 ? finding : { ...finding, problem: [finding.problem, ...more].join(" ") };
}

/** Whether an end is over on a day, both as `2027-03-31`; the last day itself still counts. */
export function hasEnded(until: string | undefined, today: string): boolean {
    return until !== undefined && until < today;
}

/** The sentence of a finding about an exemption or exception that has ended. */
export function endedSentence({ kind, name, until }: Reason): string {
    return `The ${kind} ${quote(name)} ended on ${until}.`;
}

interface Names {
    readonly names: readonly string[];
    /** Names of which a part is not known yet. */
    readonly partlyKnown: readonly PartOfName[];
}

const NAMELESS: Names = { names: [], partlyKnown: [] };

function namesOf(resource: Inputs, stack: Stack | undefined): Names {
    const { urn, type, name } = resource;
    const { known, partlyKnown } = stageNames(resource, stack);
    return { names: [urn, ...innerNames(resource), name, `${type}::${name}`, ...known], partlyKnown };
}

/** More components around a resource than in any program. */
const DEEPEST = 20;

/**
 * The end of a URN from each component inside another one on, so that `*::T$*` covers what is in a component of type `T`
 * wherever that is: `::T$aws:apigateway/stage:Stage::prod`.
 */
function innerNames({ urn, name }: Inputs): string[] {
    const [, ...inner] = typesOf(urn);
    return inner.slice(-DEEPEST).map((_, index, types) => `::${types.slice(index).join("$")}::${name}`);
}

function isReason(reason: string): boolean {
    return reason.trim().length >= MINIMUM_REASON;
}

/** The tag of a resource, or of its API. */
function tagOf(resource: Inputs, name: string, stack: Stack | undefined): Reason | undefined {
    const api = apiOfStage(resource, stack);
    const reason = tagValue(resource, name) ?? (api && tagValue(api, name));
    return reason === undefined ? undefined : { kind: "tag", name, reason };
}

/** @pulumi/aws has a map of tags, aws-native a list. */
function tagValue(resource: Inputs, key: string): string | undefined {
    const tags = stagePath(resource, "tags");
    const list = indices(resource, ...tags);
    const index = (isKnown(list) ? list : []).find((at) => text(resource, ...tags, at, "key") === key);
    const value: Maybe<string> =
        index === undefined ? text(resource, ...tags, key) : text(resource, ...tags, index, "value");
    return isKnown(value) ? value : undefined;
}

const SHOWN = 3;
const EXEMPTS = "exempts";

/** One line for all that a policy exempts in a stack, by URN. */
export function exemptLine(policy: string, exempt: ReadonlyMap<string, Exempt>): string {
    const names = [...exempt.keys()].map((urn) => nameOf(urn));
    const shown = names.slice(0, SHOWN).map(quote).join(", ");
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
    const ends = [...exempt.values()].flatMap(({ reasons }) => reasons.flatMap(({ until = [] }) => until)).sort();
    const end = ends[0] === undefined ? "" : `; an exemption ends on ${ends[0]}`;
    return `${policy} ${EXEMPTS} ${names.length} resource${names.length === 1 ? "" : "s"}: ${shown}${more}${end}`;
}

/** The policy of a line from `exemptLine`: the engine's events contain such a line only as text. */
export function policyOfExemptLine(line: string): string | undefined {
    return new RegExp(`^(\\S+) ${EXEMPTS} \\d+ resources?: `).exec(line)?.[1];
}
