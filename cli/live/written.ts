/** Answers of AWS, as the document of `live` has them. */

import { compare } from "../../stack/text";
import { FIELDS, type LiveFields, type Shape } from "../inputs/live/document";

/** The fields of an answer that are written, in the order of `FIELDS`; what AWS leaves out is left out. */
export function written<Sdk extends object, Kind extends keyof LiveFields, Required extends keyof Sdk = never>(
    answer: Sdk,
    kind: Kind,
): Shape<Sdk, Kind, Required> {
    const all = answer as Readonly<Record<string, unknown>>;
    const fields: readonly string[] = FIELDS[kind];
    const some = fields.filter((field) => all[field] !== undefined && all[field] !== null);
    return Object.fromEntries(some.map((field) => [field, plain(all[field])])) as Shape<Sdk, Kind, Required>;
}

/** Dates as texts, and maps in the order of their keys, so that what is the same is written in the same way. */
function plain(value: unknown): unknown {
    if (value instanceof Date) {
        return value.toISOString();
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([key, inner]) => [key, plain(inner)]));
}
