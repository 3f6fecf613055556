/**
 * Keeps the secrets of a state out of a report. A state made with `--show-secrets` has them in the clear, and policies
 * evaluate them like any other value, so that messages may repeat them.
 *
 * A secret of some length that is not merely a word is replaced wherever it is. Any other, such as `a`, `prod` or `OFF`,
 * may well be part of our own words or of another name. It is replaced where a value may have been put in: as all of a
 * name or of what is in quotes, or there between slashes and other marks; and in a problem also outside of quotes, unless
 * it looks like our own words.
 */

import { describeKey, keyOf } from "../../aws/apigateway/method-path";
import { groupBy } from "../../stack/maps";
import { nameOf } from "../../stack/urn";
import type { Note, Part, ReportFinding } from "./model";

const REDACTED = "[secret]";

/**
 * What a text is: `ours` with values in quotes and elsewhere, `code` with values in quotes, a `value` of the program, or
 * an `identity` that the state itself does not hide.
 */
type Kind = "ours" | "code" | "value" | "identity";

/** A text without the secrets. */
export type Redact = (text: string, kind: Kind) => string;

/** @returns nothing if there are no secrets */
export function redactorOf(secrets: ReadonlySet<string>): Redact | undefined {
    const spellings = new Set([...secrets].flatMap(spellingsOf));
    const distinctive = distinctiveOf([...spellings].filter(isDistinctive));
    const common = commonOf([...spellings].filter((one) => !isDistinctive(one)));
    const asValue = (text: string) => (common.all.has(text) ? REDACTED : withoutParts(text, common, mayBePart));
    const redact: Redact = (text, kind) => {
        const rest = withoutDistinctive(text, distinctive);
        switch (kind) {
            case "identity":
                return rest;
            case "value":
                return asValue(rest);
            default:
                return rest.replace(QUOTED_OR_NOT, (part) => {
                    const value = quotedBy(part);
                    if (value !== undefined) {
                        const shown = kind === "code" && OUR_VALUES.has(value) ? value : asValue(value);
                        return shown === value ? part : JSON.stringify(shown);
                    }
                    if (part.startsWith("`")) {
                        return part.replace(/\$\{[^}]*\}|[^$]+|\$/g, (one) =>
                            one.startsWith("${") ? one : asValue(one),
                        );
                    }
                    return kind === "ours" ? withoutParts(part, common, (found) => !isOurWord(found)) : part;
                });
        }
    };
    return secrets.size === 0 ? undefined : redact;
}

/** What a report has of a stack, without the stack's secrets. */
export function redacted(part: Part, redact: Redact): Part {
    const asIs = (text: string) => redact(text, "identity");
    const inFinding = <Found extends ReportFinding>(finding: Found): Found => {
        const place = redactedPlace(finding, redact);
        return {
            ...finding,
            ...place,
            ...(place.urn !== finding.urn && { exactUrn: finding.urn }),
            problem: redact(finding.problem, "ours"),
            advice: finding.advice === undefined ? undefined : redact(finding.advice, "code"),
            code: finding.code === undefined ? undefined : redact(finding.code, "code"),
        };
    };
    const inNote = (note: Note): Note => ({ ...note, stack: asIs(note.stack), message: redact(note.message, "ours") });
    return {
        ...part,
        findings: part.findings.map(inFinding),
        excepted: part.excepted.map((one) => ({
            ...inFinding(one),
            // A reason may be the value of a tag.
            reasons: one.reasons.map((reason) => ({ ...reason, reason: redact(reason.reason, "value") })),
        })),
        stacks: part.stacks.map((one) => ({ ...one, stack: asIs(one.stack), redact })),
        undecided: part.undecided.map(inNote),
        exempt: part.exempt.map(inNote),
    };
}

type Place = Pick<ReportFinding, "urn" | "type" | "name" | "stack" | "location">;

/** What identifies a resource and says where it comes from, without the secrets of its stack. */
export function redactedPlace({ urn, type, name, stack, location }: Place, redact: Redact): Place {
    const asIs = (text: string) => redact(text, "identity");
    const value = (text: string) => redact(text, "value");
    return {
        urn: withoutName(urn, asIs) + value(nameOf(urn)),
        type: asIs(type),
        name: value(name),
        stack: asIs(stack),
        location:
            location === undefined ? undefined : { ...location, path: location.path.split("/").map(value).join("/") },
    };
}

const QUOTED_OR_NOT = /"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`]+|["`]/g;

function quotedBy(part: string): string | undefined {
    if (!part.startsWith('"')) {
        return undefined;
    }
    try {
        return JSON.parse(part);
    } catch {
        return undefined;
    }
}

/** As it is, and as messages write it: as JSON, in one line, and, if it is a method path or the path in one, decoded. */
function spellingsOf(secret: string): string[] {
    const inKey = describeKey(keyOf(secret, "X"));
    const path = /^\/|~1/.test(secret) && inKey.startsWith("X /") ? [inKey.slice(2)] : [];
    const decoded = [secret, describeKey(secret), ...path];
    return decoded
        .flatMap((one) => [one, JSON.stringify(one).slice(1, -1), one.replaceAll("\r", "\\r").replaceAll("\n", "\\n")])
        .filter((one) => one !== "");
}

function isDistinctive(secret: string): boolean {
    return secret.length >= (/^\p{L}*$/u.test(secret) ? 16 : START);
}

/** As long as the shortest secret that is replaced wherever it is. */
const START = 6;

/** Secrets, with the codes of their first characters: of most of a text that is all that is looked at. */
interface Secrets {
    readonly heads: ReadonlySet<number>;
}

interface Distinctive extends Secrets {
    /** By their first characters, so that a text is searched once for all of them; the longest first. */
    readonly byStart: ReadonlyMap<string, readonly string[]>;
}

interface Common extends Secrets {
    readonly all: ReadonlySet<string>;
    /** The longest first. */
    readonly lengths: readonly number[];
}

function headsOf(secrets: readonly string[]): ReadonlySet<number> {
    return new Set(secrets.map((secret) => secret.charCodeAt(0)));
}

function distinctiveOf(secrets: readonly string[]): Distinctive {
    const sorted = [...secrets].sort((a, b) => b.length - a.length);
    return { heads: headsOf(secrets), byStart: groupBy(sorted, (secret) => secret.slice(0, START)) };
}

function commonOf(secrets: readonly string[]): Common {
    const lengths = [...new Set(secrets.map(({ length }) => length))].sort((a, b) => b - a);
    return { heads: headsOf(secrets), all: new Set(secrets), lengths };
}

function withoutDistinctive(text: string, secrets: Distinctive): string {
    return replaced(text, secrets, (at) =>
        secrets.byStart.get(text.slice(at, at + START))?.find((one) => text.startsWith(one, at)),
    );
}

/** Without the secrets that stand in a text between marks, or between a mark and its end. */
function withoutParts(
    text: string,
    secrets: Common,
    mayBe: (found: string, text: string, at: number) => boolean,
): string {
    const isThere = (found: string, at: number) =>
        secrets.all.has(found) && isEdge(text, at + found.length) && mayBe(found, text, at);
    return replaced(text, secrets, (at) =>
        isEdge(text, at)
            ? secrets.lengths.map((length) => text.slice(at, at + length)).find((found) => isThere(found, at))
            : undefined,
    );
}

function replaced(text: string, { heads }: Secrets, foundAt: (at: number) => string | undefined): string {
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at < text.length; ) {
        const found = heads.has(text.charCodeAt(at)) ? foundAt(at) : undefined;
        if (found === undefined) {
            at++;
        } else {
            parts.push(text.slice(from, at), REDACTED);
            at += found.length;
            from = at;
        }
    }
    return parts.length === 0 ? text : parts.join("") + text.slice(from);
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Whether a letter or digit is not followed by another here. */
function isEdge(text: string, at: number): boolean {
    return !LETTER_OR_DIGIT.test(text[at - 1] ?? "") || !LETTER_OR_DIGIT.test(text[at] ?? "");
}

/** Marks alone are a part of nearly everything, and so are one or two letters, except between slashes or underscores. */
function mayBePart(found: string, text: string, at: number): boolean {
    const isBetween = [text[at - 1] ?? "/", text[at + found.length] ?? "/"].every(
        (mark) => mark === "/" || mark === "_",
    );
    return LETTER_OR_DIGIT.test(found) && (found.length > 2 || isBetween);
}

/** What our own words are like: marks, plain words, and some names in capitals. */
function isOurWord(found: string): boolean {
    return !LETTER_OR_DIGIT.test(found) || /^\p{Lu}?\p{Ll}+$/u.test(found) || OUR_NAMES.has(found);
}

const OUR_NAMES: ReadonlySet<string> = new Set(["API", "ARN", "AWS", "ERROR", "HTTP", "INFO", "REST", "WebSocket"]);

/** What code that a finding suggests has in quotes, whatever the program has. */
const OUR_VALUES: ReadonlySet<string> = new Set(["ERROR", "INFO", "*/*", "/*", "*"]);

function withoutName(urn: string, asIs: (text: string) => string): string {
    const name = nameOf(urn);
    return asIs(urn.slice(0, urn.length - name.length));
}
