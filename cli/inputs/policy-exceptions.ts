/**
 * Pulumi's policy exceptions, of a version-2 policy config file, as the engine reads them and with its words for what is
 * wrong (pkg/resource/analyzer/exceptions.go). Beyond that, a key that the engine passes over is an error, and an
 * exception may end on a day, which the engine knows in Pulumi Cloud only.
 */

import { nearest } from "../../pack/config";
import { isDay } from "../../pack/exemptions";
import { append } from "../../stack/maps";
import { compare, quote } from "../../stack/text";
import { nameOf, stackNameOf } from "../../stack/urn";
import type { ExceptionReason, FindExceptions } from "../evaluate";
import type { StackState } from "../state";
import { isObject, type Properties } from "./properties";

/** One of Pulumi's policy exceptions: an id, a reason, and what it covers. */
export interface PolicyException extends ExceptionReason {
    readonly match: readonly Match[];
}

interface Match {
    readonly policies: readonly string[];
    /** URNs, which are compared as they are. */
    readonly targets: readonly string[];
}

/** What could be read, and what is wrong with the rest, a line each. */
export interface ReadExceptions {
    readonly exceptions: readonly PolicyException[];
    readonly errors: readonly string[];
}

/** Reads the value of the key `exceptions` of a policy config file. */
export function readExceptions(given: unknown): ReadExceptions {
    if (given === undefined || given === null) {
        return { exceptions: [], errors: [] };
    }
    if (!isObject(given)) {
        return { exceptions: [], errors: ['"exceptions" must be an object that maps exception IDs to exceptions'] };
    }
    const exceptions: PolicyException[] = [];
    const errors: string[] = [];
    for (const id of Object.keys(given).sort(inNaturalOrder)) {
        const wrong = errorIn(id, given[id]);
        if (wrong === undefined) {
            exceptions.push({ id, ...(given[id] as Omit<PolicyException, "id">) });
        } else {
            errors.push(`policy exception ${quote(id)}: ${wrong}`);
        }
    }
    return { exceptions, errors };
}

/** The engine's: `EXC-2` comes before `EXC-10`, and capitals come before small letters. */
function inNaturalOrder(a: string, b: string): number {
    const runsOf = (id: string): readonly string[] => id.match(/\d+|\D+/g) ?? [];
    const [runs, others] = [runsOf(a), runsOf(b)];
    for (const [index, run] of runs.entries()) {
        const order = compareRuns(run, others[index] ?? "");
        if (order !== 0) {
            return order;
        }
    }
    return runs.length - others.length || compare(a, b);
}

function compareRuns(a: string, b: string): number {
    const [one, other] = [a, b].map((run) => /^0*(\d+)$/.exec(run)?.[1]);
    return one === undefined || other === undefined ? compare(a, b) : one.length - other.length || compare(one, other);
}

function errorIn(id: string, exception: unknown): string | undefined {
    if (!/^[\w.-]+$/.test(id)) {
        return "the ID must be non-empty and contain only letters, digits, '-', '.' and '_'";
    }
    if (!isObject(exception)) {
        return "must be an object";
    }
    const { reason, until } = exception;
    const match = exception.match ?? [];
    if (!Array.isArray(match)) {
        return '"match" must be a list of {"policies", "targets"} entries';
    }
    return (
        unknownKey(exception, ["reason", "match", "until"]) ??
        (typeof reason === "string" && reason.trim() !== "" ? undefined : '"reason" is required') ??
        (match.length === 0 ? '"match" must list at least one {"policies", "targets"} entry' : undefined) ??
        match.map(errorInMatch).find((wrong) => wrong !== undefined) ??
        (until === undefined || (typeof until === "string" && isDay(until))
            ? undefined
            : `"until" is ${JSON.stringify(until)}, which is not a day such as "2027-03-31"`)
    );
}

function errorInMatch(match: unknown, index: number): string | undefined {
    const wrong = isObject(match) ? wrongMatch(match) : "must be an object";
    return wrong && `match[${index}]: ${wrong}`;
}

function wrongMatch(match: Properties): string | undefined {
    const { policies = [], targets = [] } = match;
    if (!isTexts(policies) || policies.length === 0) {
        return unknownKey(match, MATCH_KEYS) ?? '"policies" must list at least one policy';
    }
    const wrong = policies.find((name) => name === "" || name === "all");
    if (wrong !== undefined) {
        return wrong === ""
            ? '"policies" can\'t contain an empty name'
            : '"policies" must name policies; "all" isn\'t allowed';
    }
    if (!isTexts(targets) || targets.length === 0) {
        return unknownKey(match, MATCH_KEYS) ?? '"targets" must list at least one URN';
    }
    const invalid = targets.find((target) => !isUrn(target));
    if (invalid !== undefined) {
        const why = invalid === "" ? "missing required URN" : `invalid URN ${quote(invalid)}`;
        return `target ${quote(invalid)} is not a valid URN: ${why}`;
    }
    return unknownKey(match, MATCH_KEYS);
}

const MATCH_KEYS = ["policies", "targets"];

function isTexts(value: unknown): value is readonly string[] {
    return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** sdk/go/common/resource/urn/urn.go */
function isUrn(text: string): boolean {
    return text.startsWith("urn:pulumi:") && text.split("::").length > 3;
}

/** What is wrong with an object that has a key the engine would pass over. */
export function unknownKey(object: Properties, keys: readonly string[]): string | undefined {
    const unknown = Object.keys(object).find((key) => !keys.includes(key));
    if (unknown === undefined) {
        return undefined;
    }
    const near = nearest(unknown, keys);
    const advice = near === undefined ? `The keys are ${keys.map(quote).join(", ")}.` : `Did you mean ${quote(near)}?`;
    return `there is no key ${quote(unknown)}. ${advice}`;
}

/** What a finding of a policy on a resource is excepted by. */
export function findingKey(policy: string, urn: string): string {
    return `${policy}\n${urn}`;
}

/** Answers exceptions by what they cover. */
export function exceptionFinder(exceptions: readonly PolicyException[]): FindExceptions {
    const byFinding = new Map<string, PolicyException[]>();
    for (const exception of exceptions) {
        for (const key of findingKeys(exception)) {
            append(byFinding, key, exception);
        }
    }
    return (policy, urn) => byFinding.get(findingKey(policy, urn)) ?? [];
}

/** The findings that an exception covers, each once. */
export function findingKeys({ match }: Pick<PolicyException, "match">): ReadonlySet<string> {
    return new Set(
        match.flatMap(({ policies, targets }) =>
            policies.flatMap((policy) => targets.map((urn) => findingKey(policy, urn))),
        ),
    );
}

interface Targets {
    /** Looks for targets among the resources of a stack. */
    lookIn(state: Pick<StackState, "name" | "resources">): void;
    /**
     * What is wrong with the targets that were not found, a line each. A target of a stack that was not looked in may be
     * right, even with a `*`: the name of a resource may have one, and nothing else in a URN.
     */
    unmatched(): { readonly patterns: readonly string[]; readonly warnings: readonly string[] };
}

/** Looks for the targets of exceptions in stacks, one stack after the other. */
export function targetsOf(exceptions: readonly PolicyException[]): Targets {
    const ids = new Map(
        exceptions.flatMap(({ id, match }) => match.flatMap(({ targets }) => targets.map((target) => [target, id]))),
    );
    const stacks = new Set<string | undefined>();
    return {
        lookIn: ({ name, resources }) => {
            stacks.add(name);
            for (const { urn } of ids.size === 0 ? [] : resources) {
                ids.delete(urn);
            }
        },
        unmatched: () => ({
            patterns: [...ids]
                .filter(
                    ([target]) =>
                        target.slice(0, target.length - nameOf(target).length).includes("*") ||
                        (target.includes("*") && (stacks.size === 0 || stacks.has(stackNameOf(target)))),
                )
                .map(([target, id]) => patternError(id, target)),
            warnings: [...ids]
                .filter(([target]) => stacks.has(stackNameOf(target)))
                .map(([target, id]) => `policy exception ${quote(id)}: the stack has no resource ${target}`),
        }),
    };
}

function patternError(id: string, target: string): string {
    return `policy exception ${quote(id)}: target ${quote(target)} never matches, since targets are not patterns. Use the config key "exemptions" of the policy`;
}
